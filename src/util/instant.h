/* SPDX-License-Identifier: MIT
 * Points in time as RFC 3339 writes them, and as a distance from a beginning. */
#ifndef UTIL_INSTANT_H
#define UTIL_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"
#include "util/str.h"

/* "2026-01-31T12:00:00.25Z", with an offset "+01:00", the T also a blank: ns since 1970 in UTC.  The fraction counts to the ninth digit.
 * False when it is none, or beyond what 64 bits hold (the years 1677 to 2262). */
bool instant_parse(struct str text, int64_t *ns_out);

/* That, or a number with a unit of time ("1.5s", "-200 ms") after start_ns. */
bool instant_parse_from(struct str text, int64_t start_ns, int64_t *ns_out);

/* A moment that instant_parse() reads back: in UTC, with as many digits of the second as it has. */
void instant_format(int64_t ns, struct buf *out);

#endif

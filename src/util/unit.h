/* SPDX-License-Identifier: MIT
 * Numbers as people read them, and numbers as programs read them. */
#ifndef UTIL_UNIT_H
#define UTIL_UNIT_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"
#include "util/str.h"

/* Three significant digits with a unit: "1.24 s", "820 ms", "168 µs", "12 ns", "1.5 h" for units of time
 * (nanoseconds, microseconds, milliseconds, seconds, ns, us, ms, s ...), "12.4 MiB" for bytes; for counted things the whole number
 * up to a million and then "1.2 M objects": "1,315 samples", "1 sample".  Any other unit is counted by its own name.
 * Unit "", "none" or "count": the number alone.  ascii: "us" for "µs".  NaN and infinities print as 0. */
void unit_format(double value, struct str unit, bool ascii, struct buf *out);

/* A duration in ns, as unit_format. */
void unit_duration(int64_t ns, bool ascii, struct buf *out);

/* "12.4%": one decimal; "<0.1%" for a positive share that would print as 0.0. */
void unit_percent(double part, double whole, struct buf *out);

/* "1,234,567". */
void unit_count(uint64_t value, struct buf *out);

/* The shortest decimal that reads back to the same double, without an exponent: "0.1", "1000000", "-2.5".
 * NaN and infinities print as "0". */
void number_format(double value, struct buf *out);

/* A decimal number (sign, digits, fraction, exponent) that fills the whole text; independent of the locale.
 * False as well when it is too large for a double. */
bool number_parse(struct str text, double *out);

/* Whether unit is one of time and how many ns one of it is; of bytes likewise. */
bool unit_is_time(struct str unit, double *ns_out);
bool unit_is_bytes(struct str unit);

#endif

/* SPDX-License-Identifier: MIT
 * A record of the input, mostly of JSON, found again where it was when it was loaded: for the details of a span. */
#ifndef LOAD_RECORD_H
#define LOAD_RECORD_H

#include "load/json.h"
#include "model/dataset.h"
#include "util/error.h"

/* Sets a scanner inside the object at a place of the source; false: it is not there. */
bool record_open(struct json *json, const struct source *source, uint64_t at, uint32_t len);

/* After reading: false with err when the scanner has met a fault. */
bool record_check(const struct json *json, struct error *err);

/* False with err: what, as "the span", is not where it was. */
bool record_lost(const char *what, struct error *err);

#endif

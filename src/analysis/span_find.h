/* SPDX-License-Identifier: MIT
 * Spans by their ids. */
#ifndef ANALYSIS_SPAN_FIND_H
#define ANALYSIS_SPAN_FIND_H

#include "model/dataset.h"

/* The first span of the trace with this id; ID_NONE if there is none.  Looks at all spans. */
span_id span_find(const struct dataset *ds, const uint8_t trace_id[16], uint64_t id);

#endif

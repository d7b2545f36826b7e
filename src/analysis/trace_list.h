/* SPDX-License-Identifier: MIT
 * One row per trace: what a list of traces shows of each. */
#ifndef ANALYSIS_TRACE_LIST_H
#define ANALYSIS_TRACE_LIST_H

#include "analysis/forest.h"

struct trace_row {
	track_id track;
	int64_t  start_ns, duration_ns;    /* extent of all its spans */
	span_id  root;        /* the earliest root that names no parent, else the earliest root */
	uint32_t spans, services, depth, errors;    /* depth: levels of spans */
};

struct trace_list {
	struct trace_row *rows;
	uint32_t          count;
};

/* Every track with spans, in the order of their starts; ties in input order.  forest is that of the dataset. */
struct trace_list *trace_list_build(const struct dataset *ds, const struct forest *forest);
void               trace_list_free(struct trace_list *list);    /* NULL is allowed */

#endif

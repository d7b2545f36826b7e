/* SPDX-License-Identifier: MIT
 * One row per trace or thread: what a list of them shows of each, and the orders in which it is shown. */
#ifndef ANALYSIS_TRACE_LIST_H
#define ANALYSIS_TRACE_LIST_H

#include "analysis/forest.h"
#include "model/column.h"

struct trace_row {
	track_id track;
	int64_t  start_ns, duration_ns;    /* extent of all its spans, or of its samples with a time */
	span_id  root;        /* the earliest root that names no parent, else the earliest root; ID_NONE without spans */
	uint32_t spans, samples, services, depth, errors;    /* depth: levels of spans, else of frames */
};

enum trace_sort {
	TRACES_BY_START, TRACES_BY_NAME, TRACES_BY_DURATION, TRACES_BY_SPANS, TRACES_BY_SERVICES, TRACES_BY_DEPTH, TRACES_BY_ERRORS,
	TRACES_BY_TOKENS, TRACES_BY_COST, TRACES_BY_ID, TRACE_SORTS
};

struct trace_list {
	struct trace_row *rows;
	uint32_t          count;
	double           *tokens, *cost;    /* per row, from trace_list_sums(); NULL: not known */
};

/* Every track with spans, in the order of their starts; ties in input order.  forest is that of the dataset. */
struct trace_list *trace_list_build(const struct dataset *ds, const struct forest *forest);
/* Every track with spans or samples, likewise; one that has both is what track_is_of_spans() says. */
struct trace_list *trace_list_build_all(const struct dataset *ds, const struct forest *forest);
void               trace_list_free(struct trace_list *list);    /* NULL is allowed */

/* Per row the sum of a COLUMN_NUMBER over its spans; free(). */
double            *trace_list_sums(const struct trace_list *list, const struct dataset *ds, const struct column *column);

/* Indices of rows in an order; equals stand in the order of their starts whichever way.  By name traces go by the label of their root, behind
 * them threads and profiles by process and name.  Spans and samples are counted together; without tokens or cost they are all equal.  ranks are label_ranks() of the dataset; NULL: computed here if they are needed.  free(). */
uint32_t          *trace_list_order(const struct trace_list *list, const struct dataset *ds, enum trace_sort by, bool descending,
                                    const uint32_t *ranks);

/* What a service has of a trace. */
struct trace_part {
	str_id   service;
	uint32_t spans, errors;
	int64_t  self_ns;     /* sum of its spans' self times */
};

struct trace_parts { struct trace_part *at; uint32_t count; int64_t self_ns; };    /* self_ns: of all */

/* The services of a track with spans, the greatest self time first, then by name; free() the array. */
struct trace_parts trace_parts_of(const struct dataset *ds, const struct forest *forest, track_id track);

struct search;

/* Which rows a search finds, a bit each; free().  Each term may be found in the label of the root span, in the trace's id, in the name of
 * one of its services, in the names of thread and process. */
uint64_t          *trace_list_search(const struct trace_list *list, const struct dataset *ds, const struct forest *forest,
                                     const struct search *search);

/* Whether the least comes first unless the other way is asked for: what is first in time or by name; of numbers the greatest does. */
bool               trace_sort_grows(enum trace_sort sort);

#endif

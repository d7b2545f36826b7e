/* SPDX-License-Identifier: MIT
 * The spans of a dataset as a forest by array: children lists and an order that has parents before children.
 * Siblings, and the roots of a track, are sorted by start, longer first, input order. */
#ifndef ANALYSIS_FOREST_H
#define ANALYSIS_FOREST_H

#include "model/dataset.h"

struct forest {
	uint32_t  count;          /* spans */
	uint32_t  track_count;
	uint32_t *first_child;    /* count + 1 offsets into child; the children of s are child[first_child[s] .. first_child[s + 1]) */
	span_id  *child;
	span_id  *order;          /* count spans, track after track, depth-first with every parent before its children */
	uint32_t *track_start;    /* track_count + 1 offsets into order */
	uint32_t *level;          /* per span: 1 for roots */
};

struct forest *forest_new(const struct dataset *ds);    /* of a sealed dataset; iterative, O(n log n) */
void           forest_free(struct forest *forest);      /* NULL is allowed */

/* Self time in ns per span: duration less the union of its children's intervals clipped to it; never negative.  count values; free(). */
int64_t       *forest_self_ns(const struct forest *forest, const struct dataset *ds);
int64_t        span_self_ns(const struct forest *forest, const struct dataset *ds, span_id span);    /* that of one span */

/* From an earlier time to a later one; right for any two. */
static inline uint64_t
time_since(int64_t later_ns, int64_t earlier_ns)
{
	return (uint64_t)later_ns - (uint64_t)earlier_ns;
}

static inline int64_t
span_end(const struct dataset *ds, span_id span)
{
	return ds->spans.start_ns[span] + ds->spans.duration_ns[span];
}

#endif

/* SPDX-License-Identifier: MIT
 * The spans of a dataset as a forest by array: children lists and an order that has parents before children. */
#ifndef ANALYSIS_FOREST_H
#define ANALYSIS_FOREST_H

#include "model/dataset.h"

struct forest {
	uint32_t  count;          /* spans */
	uint32_t *first_child;    /* count + 1 offsets into child; the children of s are child[first_child[s] .. first_child[s + 1]) */
	span_id  *child;          /* by start, longer first, input order */
	span_id  *order;          /* count spans, every parent before its children, roots in input order */
	uint32_t *level;          /* per span: 1 for roots */
};

struct forest *forest_new(const struct dataset *ds);    /* of a sealed dataset; iterative, O(n log n) */
void           forest_free(struct forest *forest);

/* Self time in ns per span: duration less the union of its children's intervals clipped to it; never negative.  count values; free(). */
int64_t       *forest_self_ns(const struct forest *forest, const struct dataset *ds);

#endif

/* SPDX-License-Identifier: MIT
 * The table of functions: self adds up over all nodes of a frame, total counts only its outermost nodes on each path. */
#ifndef ANALYSIS_TOP_H
#define ANALYSIS_TOP_H

#include "model/tree.h"

struct top_row {
	frame_id frame;
	double   self, total;    /* in the tree's unit */
	uint64_t count;          /* spans or sample records that end in this frame */
	uint32_t nodes;          /* boxes of this frame */
	node_id  heaviest;       /* its node with the greatest total */
};

enum top_sort { TOP_SELF, TOP_TOTAL, TOP_COUNT, TOP_NAME };

struct top {
	struct top_row *rows;
	uint32_t        count;
	double          total;    /* of the part of the tree looked at */
};

/* Over the subtree of within (NODE_ALL: everything).  In a timed tree a row's total is the sum of durations of outermost spans.
 * Rows are sorted by self, descending; ties by greater self, greater total, then name, service and file. */
struct top *top_build(const struct tree *tree, const struct dataset *ds, node_id within);
void        top_free(struct top *top);
void        top_sort(struct top *top, const struct dataset *ds, enum top_sort by, bool ascending);    /* the same ties */

#endif

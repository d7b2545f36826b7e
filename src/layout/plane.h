/* SPDX-License-Identifier: MIT
 * Rows of disjoint, sorted boxes over the value or time axis: what gets drawn.
 * A merged tree's row is the node's level.  A timed tree is packed: bottom-up, a subtree is the rectangle from its earliest start to
 * its latest end by its height; siblings by start, longer first, input order; each takes the nearest run of rows under its parent that
 * is free over its interval.  Intervals are half-open and at least 1 ns wide for packing.
 * A plane borrows its tree. */
#ifndef LAYOUT_PLANE_H
#define LAYOUT_PLANE_H

#include "model/tree.h"

struct plane {
	const struct tree *tree;
	uint32_t  rows;
	uint32_t *row_start;     /* rows + 1 offsets into box: the boxes of row r are box[row_start[r] .. row_start[r + 1]) */
	node_id  *box;           /* sorted by left edge inside a row */
	double   *sum_before;    /* per box and one more: running sum of totals over all boxes */
	uint32_t *row_of;        /* per node */
	uint32_t *index_of;      /* per node: its place in box */
};

struct plane *plane_new(const struct tree *tree);
void          plane_free(struct plane *plane);    /* NULL is allowed */

/* A box's edges on the axis.  Timed boxes of no length are 1 ns wide. */
double        plane_left(const struct plane *plane, node_id node);
double        plane_right(const struct plane *plane, node_id node);

/* The box of a row that covers x, or NODE_NONE. */
node_id       plane_at(const struct plane *plane, uint32_t row, double x);

/* Whether the box does not stand directly under its parent's row: it bears an arrow. */
bool          plane_is_detached(const struct plane *plane, node_id node);

#endif

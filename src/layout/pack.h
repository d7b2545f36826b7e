/* SPDX-License-Identifier: MIT
 * Rows for the boxes of a timed tree of spans, whose siblings may overlap and whose children may reach outside their parents.
 * Bottom-up, a subtree is the rectangle from its earliest start to its latest end by its height.  Siblings are taken by the start of
 * their rectangles, longer first, then in node order; each gets the lowest run of rows under its parent that is free over its
 * rectangle, so that boxes never overlap and a child is always below its parent.  O(n log n) whatever the shape. */
#ifndef LAYOUT_PACK_H
#define LAYOUT_PACK_H

#include "model/tree.h"

/* Where a box of a timed tree ends: at least 1 ns after its start, or the least the axis can tell apart. */
double pack_right(double start, double total);

static inline double
pack_end(const struct tree *tree, node_id node)
{
	return pack_right(tree->x0[node], tree->total[node]);
}

/* Fills row_of, one entry a node: 0 for `all`.  size, NULL or per node: where it is 0 the node takes no row of its own but shares its
 * parent's, whose only child it is and which covers it; it gets PLANE_NO_ROW. */
void   pack_rows(const struct tree *tree, const uint32_t *size, uint32_t *row_of);

#endif

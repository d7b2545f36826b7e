/* SPDX-License-Identifier: MIT
 * From one box to another: where the arrows go, and what lies under a point.
 * Up is towards the root here; a view that is drawn upside down turns the keys round, not these.
 * Nodes without a box count as the box that stands for them (plane.index_of); NODE_NONE means that there is nowhere to go.
 * Every answer takes logarithmic time, except that of at most HIT_MOST_CHILDREN boxes the widest is looked for one by one. */
#ifndef LAYOUT_HIT_H
#define LAYOUT_HIT_H

#include "layout/strip.h"

enum { HIT_MOST_CHILDREN = 4096 };

/* The parent's box. */
node_id hit_up(const struct plane *plane, node_id node);

/* The child to go down to, one that overlaps the viewport: the one on the way to `last` (where the cursor has been; NODE_NONE: nowhere),
 * else the widest on screen of those right under the node, else the first of these, else the widest of the others. */
node_id hit_down(const struct plane *plane, node_id node, struct viewport view, node_id last);

/* The neighbours in the row, however small and wherever they are. */
node_id hit_left(const struct plane *plane, node_id node);
node_id hit_right(const struct plane *plane, node_id node);

/* The first and the last box of the row that overlap the viewport. */
node_id hit_first(const struct plane *plane, uint32_t row, struct viewport view);
node_id hit_last(const struct plane *plane, uint32_t row, struct viewport view);

/* The box of a row that covers x, else the one whose edge is nearest; NODE_NONE in an empty row. */
node_id hit_near(const struct plane *plane, uint32_t row, double x);

#endif

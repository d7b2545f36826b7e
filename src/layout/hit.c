/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "layout/hit.h"

#include <math.h>

static node_id
box_of(const struct plane *plane, node_id node)
{
	return plane->box[plane->index_of[node]];
}

/* How much of a box is on screen; not positive: nothing. */
static double
seen_width(const struct plane *plane, node_id node, struct viewport view)
{
	return fmin(plane_right(plane, node), view.to) - fmax(plane_left(plane, node), view.from);
}

node_id
hit_up(const struct plane *plane, node_id node)
{
	node_id parent = plane->tree->parent[box_of(plane, node)];

	return parent == NODE_NONE ? NODE_NONE : box_of(plane, parent);
}

/* The child of node that is last or above it, if that has a box on screen. */
static node_id
child_towards(const struct plane *plane, node_id node, struct viewport view, node_id last)
{
	const struct tree *tree = plane->tree;

	if (last >= tree->count || last == node || !tree_is_inside(tree, last, node))
		return NODE_NONE;
	while (tree->parent[last] != node)
		last = tree->parent[last];
	return plane_has_box(plane, last) && seen_width(plane, last, view) > 0 ? last : NODE_NONE;
}

/* Of the boxes right under a node: the widest that is drawn alone, else the first that is not too far along. */
static node_id
child_below(const struct plane *plane, node_id node, struct viewport view)
{
	const node_id *parent = plane->tree->parent;
	struct strips strips = { 0 };
	node_id best = NODE_NONE;
	uint32_t row = plane->row_of[node] + 1, begin, end;

	if (row >= plane->rows)
		return NODE_NONE;
	strips_of_row(plane, row, view, &strips);
	for (size_t i = 0; i < strips.len; i++)
		if (!strips.at[i].small && parent[strips.at[i].node] == node &&
		    (best == NODE_NONE || seen_width(plane, strips.at[i].node, view) > seen_width(plane, best, view)))
			best = strips.at[i].node;
	vec_fini(&strips);
	if (best != NODE_NONE)
		return best;
	plane_range(plane, row, fmax(view.from, plane_left(plane, node)), fmin(view.to, plane_right(plane, node)), &begin, &end);
	for (uint32_t i = begin; i < end && i - begin < HIT_MOST_CHILDREN; i++)
		if (parent[plane->box[i]] == node)
			return plane->box[i];
	return NODE_NONE;
}

/* The widest child wherever it stands. */
static node_id
child_anywhere(const struct plane *plane, node_id node, struct viewport view)
{
	const struct tree *tree = plane->tree;
	node_id best = NODE_NONE, child = tree_first_child(tree, node);

	for (int i = 0; i < HIT_MOST_CHILDREN && child != NODE_NONE; i++, child = tree_next_sibling(tree, child))
		if (plane_has_box(plane, child) && seen_width(plane, child, view) > 0 &&
		    (best == NODE_NONE || seen_width(plane, child, view) > seen_width(plane, best, view)))
			best = child;
	return best;
}

node_id
hit_down(const struct plane *plane, node_id node, struct viewport view, node_id last)
{
	node_id child;

	node = box_of(plane, node);
	child = child_towards(plane, node, view, last);
	if (child == NODE_NONE)
		child = child_below(plane, node, view);
	return child != NODE_NONE ? child : child_anywhere(plane, node, view);
}

node_id
hit_left(const struct plane *plane, node_id node)
{
	uint32_t index = plane->index_of[node];

	return index > plane->row_start[plane->row_of[node]] ? plane->box[index - 1] : NODE_NONE;
}

node_id
hit_right(const struct plane *plane, node_id node)
{
	uint32_t index = plane->index_of[node];

	return index + 1 < plane->row_start[plane->row_of[node] + 1] ? plane->box[index + 1] : NODE_NONE;
}

node_id
hit_first(const struct plane *plane, uint32_t row, struct viewport view)
{
	uint32_t begin, end;

	plane_range(plane, row, view.from, view.to, &begin, &end);
	return begin < end ? plane->box[begin] : NODE_NONE;
}

node_id
hit_last(const struct plane *plane, uint32_t row, struct viewport view)
{
	uint32_t begin, end;

	plane_range(plane, row, view.from, view.to, &begin, &end);
	return begin < end ? plane->box[end - 1] : NODE_NONE;
}

node_id
hit_near(const struct plane *plane, uint32_t row, double x)
{
	uint32_t begin, end, first = plane->row_start[row];

	/* The range of one point is what covers it, or else the place where it would be. */
	plane_range(plane, row, x, x, &begin, &end);
	if (begin < plane->row_start[row + 1] && plane_left(plane, plane->box[begin]) <= x)
		return plane->box[begin];
	if (begin == plane->row_start[row + 1])
		return begin > first ? plane->box[begin - 1] : NODE_NONE;
	if (begin > first && x - plane_right(plane, plane->box[begin - 1]) <= plane_left(plane, plane->box[begin]) - x)
		return plane->box[begin - 1];
	return plane->box[begin];
}

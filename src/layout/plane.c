/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "layout/plane.h"

#include <math.h>

#include "layout/pack.h"

double
plane_left(const struct plane *plane, node_id node)
{
	return node == NODE_ALL ? plane->from : plane->tree->x0[node];
}

double
plane_right_at(const struct plane *plane, uint32_t place, uint32_t row_end)
{
	const struct box *box = &plane->box[place];

	if (box->node == NODE_ALL)
		return plane->to;
	if (tree_is_packed(plane->tree))
		return pack_right(box->left, box->total);
	double right = box->left + box->total;
	/* Sums of fractions may reach a rounding beyond the neighbour's edge. */
	return place + 1 < row_end ? fmin(right, box[1].left) : right;
}

double
plane_right(const struct plane *plane, node_id node)
{
	if (node == NODE_ALL)
		return plane->to;
	if (tree_is_packed(plane->tree))
		return pack_end(plane->tree, node);
	if (!plane_has_box(plane, node))
		return plane->tree->x0[node] + plane->tree->total[node];
	return plane_right_at(plane, plane->index_of[node], plane->row_start[plane->row_of[node] + 1]);
}

void
plane_prefetch(const struct plane *plane, const uint32_t *places, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		__builtin_prefetch(&plane->box[places[i]]);
}

/* The first place in [begin, end) whose box begins after x (or at it). */
static uint32_t
first_after(const struct plane *plane, uint32_t begin, uint32_t end, double x, bool or_at)
{
	while (begin < end) {
		uint32_t middle = begin + (end - begin) / 2;
		double left = plane->box[middle].left;

		if (left > x || (or_at && left == x))
			end = middle;
		else
			begin = middle + 1;
	}
	return begin;
}

void
plane_range(const struct plane *plane, uint32_t row, double from, double to, uint32_t *begin_out, uint32_t *end_out)
{
	uint32_t begin = plane->row_start[row], end = plane->row_start[row + 1];
	uint32_t first = first_after(plane, begin, end, from, false);

	if (first > begin && plane_right_at(plane, first - 1, end) > from)
		first--;
	*begin_out = first;
	*end_out = first_after(plane, first, end, to, true);
}

uint32_t
plane_next_peak(const struct plane *plane, uint32_t begin, uint32_t end, double least, uint64_t *steps_inout)
{
	uint32_t at = begin;

	while (at < end) {
		uint32_t entry = at, level = 0;
		uint64_t stretch = 1;

		/* Climbs to the largest aligned stretch that begins here and holds nothing wide enough, without a look at what it sums up. */
		while (++*steps_inout, entry % PEAK_FAN == 0 && level + 1 < plane->peak_levels &&
		       (double)plane->peak[level + 1][entry / PEAK_FAN] < least) {
			entry /= PEAK_FAN;
			level++;
			stretch *= PEAK_FAN;
		}
		if (level == 0 && (double)plane->peak[0][at] >= least)
			return at;
		at = stretch < end - at ? at + (uint32_t)stretch : end;
	}
	return end;
}

bool
plane_is_detached(const struct plane *plane, node_id node)
{
	if (!tree_is_packed(plane->tree))
		return false;
	node_id parent = plane->tree->parent[node];
	return parent != NODE_NONE && plane->row_of[node] > plane->row_of[parent] + 1;
}

double
plane_sum(const struct plane *plane, uint32_t first, uint32_t count)
{
	const struct box *box = &plane->box[first];

	return count == 1 ? box->total : box[count - 1].sum_to - box->sum_to + box->total;
}

struct reach
reach_join(struct reach a, struct reach b)
{
	return (struct reach){ fmin(a.from, b.from), fmax(a.to, b.to), a.row > b.row ? a.row : b.row };
}

struct reach
reach_of(const struct plane *plane, node_id node)
{
	if (!tree_is_packed(plane->tree))
		return (struct reach){ INFINITY, -INFINITY, plane->row_of[node] };
	return (struct reach){ plane_left(plane, node), plane_right(plane, node), plane->row_of[node] };
}

struct reach
plane_reach(const struct plane *plane, node_id node)
{
	node_id end = plane->tree->end[node];
	struct reach reach = { plane_left(plane, node), plane_right(plane, node), plane->row_of[node] };

	for (node_id at = node; at < end;) {
		if (at % REACH_FAN == 0 && at + REACH_FAN <= end) {
			reach = reach_join(reach, plane->reach[at / REACH_FAN]);
			at += REACH_FAN;
		} else {
			reach = reach_join(reach, reach_of(plane, at++));
		}
	}
	return reach;
}

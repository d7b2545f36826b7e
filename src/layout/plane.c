/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "layout/plane.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/pack.h"
#include "util/alloc.h"

struct placed {
	double  left;
	node_id node;
};

/* Whether a node of a tree without overlaps is wide enough for doubles to tell. */
static bool
has_width(const struct tree *tree, node_id node)
{
	return tree->x0[node] + tree->total[node] > tree->x0[node];
}

static bool
gets_box(const struct plane *plane, node_id node)
{
	return plane->row_of[node] != PLANE_NO_ROW && (node == NODE_ALL || tree_is_packed(plane->tree) || has_width(plane->tree, node));
}

double
plane_left(const struct plane *plane, node_id node)
{
	return node == NODE_ALL ? plane->from : plane->tree->x0[node];
}

double
plane_right(const struct plane *plane, node_id node)
{
	const struct tree *tree = plane->tree;
	uint32_t index = plane->index_of[node];
	double right;

	if (node == NODE_ALL)
		return plane->to;
	if (tree_is_packed(tree))
		return pack_end(tree, node);
	right = tree->x0[node] + tree->total[node];
	/* Sums of fractions may reach a rounding beyond the neighbour's edge. */
	if (plane_has_box(plane, node) && index + 1 < plane->row_start[plane->row_of[node] + 1])
		right = fmin(right, tree->x0[plane->box[index + 1]]);
	return right;
}

/* The first place in [begin, end) whose box begins after x (or at it). */
static uint32_t
first_after(const struct plane *plane, uint32_t begin, uint32_t end, double x, bool or_at)
{
	while (begin < end) {
		uint32_t middle = begin + (end - begin) / 2;
		double left = plane_left(plane, plane->box[middle]);

		if (left > x || (or_at && left == x))
			end = middle;
		else
			begin = middle + 1;
	}
	return begin;
}

node_id
plane_at(const struct plane *plane, uint32_t row, double x)
{
	uint32_t begin = plane->row_start[row];
	uint32_t after = first_after(plane, begin, plane->row_start[row + 1], x, false);

	return after > begin && plane_right(plane, plane->box[after - 1]) > x ? plane->box[after - 1] : NODE_NONE;
}

void
plane_range(const struct plane *plane, uint32_t row, double from, double to, uint32_t *begin_out, uint32_t *end_out)
{
	uint32_t begin = plane->row_start[row], end = plane->row_start[row + 1];
	uint32_t first = first_after(plane, begin, end, from, false);

	if (first > begin && plane_right(plane, plane->box[first - 1]) > from)
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

		/* Climbs from the box to the largest aligned stretch that begins here and holds nothing wide enough. */
		while (++*steps_inout, (double)plane->peak[level][entry] < least && level + 1 < plane->peak_levels &&
		       entry % PEAK_FAN == 0 && (double)plane->peak[level + 1][entry / PEAK_FAN] < least) {
			entry /= PEAK_FAN;
			level++;
			stretch *= PEAK_FAN;
		}
		if ((double)plane->peak[level][entry] >= least)
			return at;
		at = stretch < end - at ? at + (uint32_t)stretch : end;
	}
	return end;
}

bool
plane_is_detached(const struct plane *plane, node_id node)
{
	node_id parent = plane->tree->parent[node];

	return tree_is_packed(plane->tree) && parent != NODE_NONE && plane->row_of[node] > plane->row_of[parent] + 1;
}

/* The axis: all boxes lie on it, and it is never empty. */
static void
set_axis(struct plane *plane)
{
	const struct tree *tree = plane->tree;

	plane->from = tree->timed ? 0 : tree->x0[NODE_ALL];
	plane->to = plane->from + tree->width;
	for (node_id node = 1; node < tree->count; node++) {
		double right = tree_is_packed(tree) ? pack_end(tree, node) : tree->x0[node] + tree->total[node];

		if (plane->from > tree->x0[node])
			plane->from = tree->x0[node];
		if (plane->to < right)
			plane->to = right;
	}
	if (!(plane->to > plane->from))
		plane->to = plane->from + 1;
}

/* Rows and, in row_start[r + 1], how many boxes row r has. */
static void
count_rows(struct plane *plane)
{
	const struct tree *tree = plane->tree;
	uint32_t rows = 1;

	for (node_id node = 0; node < tree->count; node++)
		if (gets_box(plane, node) && plane->row_of[node] >= rows)
			rows = plane->row_of[node] + 1;
	plane->rows = rows;
	plane->row_start = xcalloc((size_t)rows + 1, sizeof *plane->row_start);
	for (node_id node = 0; node < tree->count; node++)
		if (gets_box(plane, node))
			plane->row_start[plane->row_of[node] + 1]++;
	for (uint32_t row = 0; row < rows; row++)
		plane->row_start[row + 1] += plane->row_start[row];
}

static int
placed_compare(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->left != y->left)
		return x->left < y->left ? -1 : 1;
	return x->node < y->node ? -1 : x->node > y->node;
}

/* Nodes come in pre-order, which is nearly always the order of left edges in a row too. */
static void
sort_row(struct plane *plane, uint32_t row)
{
	const double *x0 = plane->tree->x0;
	uint32_t begin = plane->row_start[row], end = plane->row_start[row + 1];
	struct placed *placed;
	uint32_t at = begin + 1;

	while (at < end && x0[plane->box[at - 1]] <= x0[plane->box[at]])
		at++;
	if (at >= end)
		return;
	placed = xreallocarray(NULL, end - begin, sizeof *placed);
	for (uint32_t i = begin; i < end; i++)
		placed[i - begin] = (struct placed){ x0[plane->box[i]], plane->box[i] };
	qsort(placed, end - begin, sizeof *placed, placed_compare);
	for (uint32_t i = begin; i < end; i++)
		plane->box[i] = placed[i - begin].node;
	free(placed);
}

/* The first box right under `all`, or NODE_NONE. */
static node_id
first_under_all(const struct plane *plane)
{
	node_id node = tree_first_child(plane->tree, NODE_ALL);

	while (node != NODE_NONE && !gets_box(plane, node))
		node = tree_next_sibling(plane->tree, node);
	return node;
}

static void
fill_rows(struct plane *plane)
{
	const struct tree *tree = plane->tree;
	uint32_t boxes = plane->row_start[plane->rows];
	uint32_t *next = xreallocarray(NULL, plane->rows, sizeof *next);

	memcpy(next, plane->row_start, plane->rows * sizeof *next);
	plane->box = xreallocarray(NULL, boxes, sizeof *plane->box);
	plane->index_of = xreallocarray(NULL, tree->count, sizeof *plane->index_of);
	for (node_id node = 0; node < tree->count; node++)
		if (gets_box(plane, node))
			plane->box[next[plane->row_of[node]]++] = node;
	free(next);
	for (uint32_t row = 0; row < plane->rows; row++)
		sort_row(plane, row);
	for (uint32_t i = 0; i < boxes; i++)
		plane->index_of[plane->box[i]] = i;
	if (!gets_box(plane, NODE_ALL)) {
		plane->index_of[NODE_ALL] = plane->index_of[first_under_all(plane)];
		plane->row_of[NODE_ALL] = 0;
	}
	for (node_id node = 1; node < tree->count; node++)
		if (!gets_box(plane, node)) {
			plane->index_of[node] = plane->index_of[tree->parent[node]];
			plane->row_of[node] = plane->row_of[plane->box[plane->index_of[node]]];
		}
}

/* Never smaller than the value. */
static float
float_above(double value)
{
	float rounded;

	if (!(value < (double)FLT_MAX))
		return INFINITY;
	rounded = (float)value;
	return (double)rounded < value ? nextafterf(rounded, INFINITY) : rounded;
}

static void
sum_up(struct plane *plane)
{
	uint32_t boxes = plane->row_start[plane->rows];

	plane->sum_before = xreallocarray(NULL, (size_t)boxes + 1, sizeof *plane->sum_before);
	plane->peak[0] = xreallocarray(NULL, boxes, sizeof *plane->peak[0]);
	plane->peak_levels = 1;
	plane->sum_before[0] = 0;
	for (uint32_t row = 0; row < plane->rows; row++)
		for (uint32_t i = plane->row_start[row]; i < plane->row_start[row + 1]; i++) {
			double right = plane_right(plane, plane->box[i]);
			double peak = right - plane_left(plane, plane->box[i]);

			if (i + 1 < plane->row_start[row + 1])
				peak = fmax(peak, (plane_left(plane, plane->box[i + 1]) - right) / 2);
			plane->peak[0][i] = float_above(peak);
			plane->sum_before[i + 1] = plane->sum_before[i] + plane->tree->total[plane->box[i]];
		}
	for (uint32_t count = boxes; count > PEAK_FAN; plane->peak_levels++) {
		const float *below = plane->peak[plane->peak_levels - 1];
		uint32_t above = (count - 1) / PEAK_FAN + 1;
		float *peak = xcalloc(above, sizeof *peak);

		for (uint32_t i = 0; i < count; i++)
			peak[i / PEAK_FAN] = fmaxf(peak[i / PEAK_FAN], below[i]);
		plane->peak[plane->peak_levels] = peak;
		count = above;
	}
}

static struct reach
join(struct reach a, struct reach b)
{
	return (struct reach){ fmin(a.from, b.from), fmax(a.to, b.to), a.row > b.row ? a.row : b.row };
}

/* Where children lie inside their parents only rows are looked at. */
static struct reach
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
			reach = join(reach, plane->reach[at / REACH_FAN]);
			at += REACH_FAN;
		} else {
			reach = join(reach, reach_of(plane, at++));
		}
	}
	return reach;
}

static void
sum_reach(struct plane *plane)
{
	uint32_t count = plane->tree->count;

	plane->reach = xreallocarray(NULL, (count - 1) / REACH_FAN + 1, sizeof *plane->reach);
	for (node_id first = 0; first < count; first += REACH_FAN) {
		struct reach reach = { INFINITY, -INFINITY, 0 };
		for (node_id node = first; node < count && node < first + REACH_FAN; node++)
			reach = join(reach, reach_of(plane, node));
		plane->reach[first / REACH_FAN] = reach;
	}
}

static void
place_boxes(struct plane *plane)
{
	set_axis(plane);
	count_rows(plane);
	fill_rows(plane);
	sum_up(plane);
	sum_reach(plane);
}

struct plane *
plane_new(const struct tree *tree)
{
	struct plane *plane = xcalloc(1, sizeof *plane);

	plane->tree = tree;
	plane->row_of = xreallocarray(NULL, tree->count, sizeof *plane->row_of);
	if (tree_is_packed(tree))
		pack_rows(tree, plane->row_of);
	else
		memcpy(plane->row_of, tree->level, tree->count * sizeof *plane->row_of);
	place_boxes(plane);
	return plane;
}

struct plane *
plane_new_rows(const struct tree *tree, const uint32_t *rows)
{
	struct plane *plane = xcalloc(1, sizeof *plane);

	plane->tree = tree;
	plane->row_of = xreallocarray(NULL, tree->count, sizeof *plane->row_of);
	memcpy(plane->row_of, rows, tree->count * sizeof *plane->row_of);
	if (first_under_all(plane) == NODE_NONE)
		plane->row_of[NODE_ALL] = 0;
	place_boxes(plane);
	return plane;
}

void
plane_free(struct plane *plane)
{
	if (!plane)
		return;
	for (uint32_t level = 0; level < plane->peak_levels; level++)
		free(plane->peak[level]);
	free(plane->reach);
	free(plane->row_start);
	free(plane->box);
	free(plane->sum_before);
	free(plane->row_of);
	free(plane->index_of);
	free(plane);
}

/* SPDX-License-Identifier: MIT
 * Boxes are put into rows. */
#include "config.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/pack.h"
#include "layout/plane.h"
#include "util/alloc.h"

struct placed {
	double  left;
	node_id node;
};

/* A row while it is filled from the left. */
struct row_end {
	uint32_t next;           /* place of the next box */
	double   left, right;    /* of the last one */
	double   sum;
};

/* Whether a node of a tree without overlaps is wide enough for doubles to tell. */
static inline bool
has_width(const struct tree *tree, node_id node)
{
	return tree->x0[node] + tree->total[node] > tree->x0[node];
}

static inline bool
gets_box(const struct plane *plane, node_id node)
{
	return plane->row_of[node] != PLANE_NO_ROW && (node == NODE_ALL || tree_is_packed(plane->tree) || has_width(plane->tree, node));
}

/* The axis: all boxes lie on it, and it is never empty. */
static void
set_axis(struct plane *plane)
{
	const struct tree *tree = plane->tree;
	bool packed = tree_is_packed(tree);
	double from = packed ? 0 : tree->x0[NODE_ALL], to = from + tree->width;

	for (node_id node = 1; node < tree->count; node++) {
		double left = tree->x0[node], right = packed ? pack_end(tree, node) : left + tree->total[node];

		from = left < from ? left : from;
		to = right > to ? right : to;
	}
	plane->from = from;
	plane->to = to > from ? to : from + 1;
}

/* Rows and, in row_start, where each begins. */
static void
count_rows(struct plane *plane)
{
	const struct tree *tree = plane->tree;
	uint32_t rows = 1;

	for (node_id node = 0; node < tree->count; node++)
		if (plane->row_of[node] != PLANE_NO_ROW && plane->row_of[node] >= rows && gets_box(plane, node))
			rows = plane->row_of[node] + 1;
	plane->rows = rows;
	plane->row_start = xcalloc((size_t)rows + 1, sizeof *plane->row_start);
	for (node_id node = 0; node < tree->count; node++)
		if (gets_box(plane, node))
			plane->row_start[plane->row_of[node] + 1]++;
	for (uint32_t row = 0; row < rows; row++)
		plane->row_start[row + 1] += plane->row_start[row];
}

static void
make_room(struct plane *plane)
{
	uint32_t boxes = plane->row_start[plane->rows];

	plane->box = xalloc_lines(boxes, sizeof *plane->box);
	plane->index_of = xreallocarray(NULL, plane->tree->count, sizeof *plane->index_of);
	plane->peak[0] = xalloc_lines(boxes, sizeof *plane->peak[0]);
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

/* Never smaller than the value, which is at least 0. */
static inline float
float_above(double value)
{
	union { float number; uint32_t bits; } rounded;

	if (!(value < (double)FLT_MAX))
		return INFINITY;
	rounded.number = (float)value;
	rounded.bits += (double)rounded.number < value;    /* the next float there is */
	return rounded.number;
}

/* Once the next box of its row is known, or INFINITY. */
static inline float
peak_of(const struct row_end *end, double next_left)
{
	double right = end->right < next_left ? end->right : next_left;
	double peak = right - end->left, half_gap = (next_left - right) / 2;

	return float_above(next_left < INFINITY && half_gap > peak ? half_gap : peak);
}

/* Boxes without a place get that of the nearest one above. */
static void
inherit(struct plane *plane, node_id node)
{
	plane->index_of[node] = plane->index_of[plane->tree->parent[node]];
	plane->row_of[node] = plane->row_of[plane->tree->parent[node]];
}

/* Where nodes come in the order of their left edges, all is done in one go. */
static void
fill_in_order(struct plane *plane)
{
	const struct tree *tree = plane->tree;
	struct row_end *ends = xcalloc(plane->rows, sizeof *ends);

	for (uint32_t row = 0; row < plane->rows; row++)
		ends[row].next = plane->row_start[row];
	bool all_has_box = gets_box(plane, NODE_ALL);
	if (!all_has_box) {
		plane->row_of[NODE_ALL] = plane->row_of[first_under_all(plane)];
		plane->index_of[NODE_ALL] = plane->row_start[plane->row_of[NODE_ALL]];
	}
	for (node_id node = 0; node < tree->count; node++) {
		if (node ? !gets_box(plane, node) : !all_has_box) {
			if (node)
				inherit(plane, node);
			continue;
		}
		uint32_t row = plane->row_of[node];
		struct row_end *end = &ends[row];
		double left = node ? tree->x0[node] : plane->from;
		if (end->next > plane->row_start[row])
			plane->peak[0][end->next - 1] = peak_of(end, left);
		end->left = left;
		end->right = node ? left + tree->total[node] : plane->to;
		end->sum += tree->total[node];
		plane->box[end->next] = (struct box){ left, tree->total[node], end->sum, node, tree->frame[node] };
		plane->index_of[node] = end->next++;
	}
	for (uint32_t row = 0; row < plane->rows; row++)
		if (ends[row].next > plane->row_start[row])
			plane->peak[0][ends[row].next - 1] = peak_of(&ends[row], INFINITY);
	plane->row_of[NODE_ALL] = 0;
	free(ends);
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

	while (at < end && x0[plane->box[at - 1].node] <= x0[plane->box[at].node])
		at++;
	if (at >= end)
		return;
	placed = xreallocarray(NULL, end - begin, sizeof *placed);
	for (uint32_t i = begin; i < end; i++)
		placed[i - begin] = (struct placed){ x0[plane->box[i].node], plane->box[i].node };
	qsort(placed, end - begin, sizeof *placed, placed_compare);
	for (uint32_t i = begin; i < end; i++)
		plane->box[i].node = placed[i - begin].node;
	free(placed);
}

static void
fill_packed(struct plane *plane)
{
	const struct tree *tree = plane->tree;
	uint32_t *next = xreallocarray(NULL, plane->rows, sizeof *next);

	memcpy(next, plane->row_start, plane->rows * sizeof *next);
	for (node_id node = 0; node < tree->count; node++)
		if (gets_box(plane, node))
			plane->box[next[plane->row_of[node]]++].node = node;
	free(next);
	for (uint32_t row = 0; row < plane->rows; row++) {
		struct row_end end = { 0 };
		sort_row(plane, row);
		for (uint32_t i = plane->row_start[row]; i < plane->row_start[row + 1]; i++) {
			node_id node = plane->box[i].node;
			double left = plane_left(plane, node);
			if (i > plane->row_start[row])
				plane->peak[0][i - 1] = peak_of(&end, left);
			end = (struct row_end){ 0, left, node ? pack_end(tree, node) : plane->to, end.sum + tree->total[node] };
			plane->box[i] = (struct box){ left, tree->total[node], end.sum, node, tree->frame[node] };
			plane->index_of[node] = i;
		}
		if (plane->row_start[row] < plane->row_start[row + 1])
			plane->peak[0][plane->row_start[row + 1] - 1] = peak_of(&end, INFINITY);
	}
	for (node_id node = 1; node < tree->count; node++)
		if (plane->row_of[node] == PLANE_NO_ROW)
			inherit(plane, node);
}

/* The further levels of peaks. */
static void
sum_peaks(struct plane *plane)
{
	plane->peak_levels = 1;
	for (uint32_t count = plane->row_start[plane->rows]; count > PEAK_FAN; plane->peak_levels++) {
		const float *below = plane->peak[plane->peak_levels - 1];
		uint32_t above = (count - 1) / PEAK_FAN + 1;
		float *peak = xalloc_lines(above, sizeof *peak);

		memset(peak, 0, above * sizeof *peak);
		for (uint32_t i = 0; i < count; i++)
			peak[i / PEAK_FAN] = below[i] > peak[i / PEAK_FAN] ? below[i] : peak[i / PEAK_FAN];
		plane->peak[plane->peak_levels] = peak;
		count = above;
	}
}

static void
sum_reach(struct plane *plane)
{
	uint32_t count = plane->tree->count;
	bool packed = tree_is_packed(plane->tree);

	plane->reach = xreallocarray(NULL, (count - 1) / REACH_FAN + 1, sizeof *plane->reach);
	for (node_id first = 0; first < count; first += REACH_FAN) {
		struct reach reach = { INFINITY, -INFINITY, 0 };
		for (node_id node = first; node < count && node < first + REACH_FAN && !packed; node++)
			reach.row = plane->row_of[node] > reach.row ? plane->row_of[node] : reach.row;
		for (node_id node = first; node < count && node < first + REACH_FAN && packed; node++)
			reach = reach_join(reach, reach_of(plane, node));
		plane->reach[first / REACH_FAN] = reach;
	}
}

/* From rows to everything else. */
static struct plane *
place_boxes(struct plane *plane)
{
	set_axis(plane);
	count_rows(plane);
	make_room(plane);
	if (tree_is_packed(plane->tree))
		fill_packed(plane);
	else
		fill_in_order(plane);
	sum_peaks(plane);
	sum_reach(plane);
	return plane;
}

struct plane *
plane_new(const struct tree *tree)
{
	struct plane *plane = xcalloc(1, sizeof *plane);

	plane->tree = tree;
	plane->row_of = xreallocarray(NULL, tree->count, sizeof *plane->row_of);
	if (tree_is_packed(tree))
		pack_rows(tree, NULL, plane->row_of);
	else
		memcpy(plane->row_of, tree->level, tree->count * sizeof *plane->row_of);
	return place_boxes(plane);
}

struct plane *
plane_new_rows(const struct tree *tree, uint32_t *rows)
{
	struct plane *plane = xcalloc(1, sizeof *plane);

	plane->tree = tree;
	plane->row_of = rows;
	if (first_under_all(plane) == NODE_NONE)
		plane->row_of[NODE_ALL] = 0;
	return place_boxes(plane);
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
	free(plane->row_of);
	free(plane->index_of);
	free(plane);
}

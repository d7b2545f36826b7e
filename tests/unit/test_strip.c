/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/tap.h"
#include "tests/unit/random_tree.h"

#include "layout/strip.h"
#include "util/buf.h"

enum { MOST_COLS = 300 };

/* What a row of strips got wrong; "" if nothing. */
static const char *fault = "";

static bool
fails(const char *what)
{
	fault = what;
	return false;
}

static double
exact_eighth(struct viewport view, double x)
{
	return fmin(fmax((x - view.from) / (view.to - view.from), 0), 1) * view.cols * 8;
}

/* Boxes of the row that overlap the viewport, found slowly: each must be in exactly one strip. */
static bool
nothing_is_lost(const struct plane *plane, uint32_t row, struct viewport view, const struct strips *strips)
{
	size_t strip = 0;
	uint32_t seen = 0;
	double sum = 0, strip_sum = 0;

	for (uint32_t i = plane->row_start[row]; i < plane->row_start[row + 1]; i++) {
		node_id node = plane->box[i].node;

		if (!(plane_left(plane, node) < view.to && plane_right(plane, node) > view.from))
			continue;
		while (strip < strips->len && strips->at[strip].first + strips->at[strip].count <= i)
			strip++;
		if (strip == strips->len || strips->at[strip].first > i)
			return fails("a visible box is in no strip");
		sum += plane->tree->total[node];
		seen++;
	}
	for (strip = 0; strip < strips->len; strip++) {
		if (strip && strips->at[strip - 1].first + strips->at[strip - 1].count != strips->at[strip].first)
			return fails("strips do not follow each other");
		seen -= strips->at[strip].count;
		strip_sum += strips->at[strip].sum;
	}
	if (seen != 0)
		return fails("strips count boxes that are not visible");
	return fabs(sum - strip_sum) <= 1e-9 * (1 + plane->box[plane->row_start[row + 1] - 1].sum_to) || fails("totals differ");
}

static bool
is_gathered_rightly(const struct plane *plane, struct viewport view, const struct strip *strip)
{
	double cell = (view.to - view.from) / view.cols;

	if (!strip->small && strip->count != 1)
		return fails("a box of its own counts several");
	if (strip->node != plane->box[strip->first].node)
		return fails("a strip names another box than its first");
	for (uint32_t i = strip->first; i < strip->first + strip->count; i++) {
		node_id node = plane->box[i].node;
		double width = plane_right(plane, node) - plane_left(plane, node);

		if (strip->small ? width >= cell / 2 * (1 + 1e-9) : width < cell / 2 * (1 - 1e-9))
			return fails("half a cell decides whether a box stands alone");
		if (i > strip->first && plane_left(plane, node) - plane_right(plane, plane->box[i - 1].node) >= cell * (1 + 1e-9))
			return fails("a small strip spans a gap of a cell");
	}
	return true;
}

/* Whether a box cut by the viewport's edge shows less than an eighth. */
static bool
is_sliver(struct viewport view, const struct plane *plane, const struct strip *strip)
{
	double begin = exact_eighth(view, plane_left(plane, strip->node));
	double end = exact_eighth(view, plane_right(plane, plane->box[strip->first + strip->count - 1].node));

	return (strip->cut_left || strip->cut_right) && end - begin < 1;
}

static bool
edges_are_right(const struct plane *plane, struct viewport view, const struct strips *strips)
{
	bool slivers = strips->len && (is_sliver(view, plane, &strips->at[0]) || is_sliver(view, plane, &strips->at[strips->len - 1]));
	double slack = (slivers ? 2 : 1) + 1e-6;
	int32_t reached = 0;

	for (size_t i = 0; i < strips->len; i++) {
		const struct strip *strip = &strips->at[i];
		double left = plane_left(plane, strip->node), right = plane_right(plane, plane->box[strip->first + strip->count - 1].node);

		if (strip->begin < reached || strip->end <= strip->begin || strip->end > view.cols * 8)
			return fails("strips overlap, are empty, or leave the viewport");
		reached = strip->end;
		if (fabs(strip->begin - exact_eighth(view, left)) > slack || fabs(strip->end - exact_eighth(view, right)) > slack)
			return fails("an edge is not near its place");
		if (strip->cut_left != (left < view.from) || strip->cut_right != (right > view.to))
			return fails("cut marks are wrong");
		if (i && strip->small && strip[-1].small &&
		    left - plane_right(plane, plane->box[strip->first - 1].node) < (view.to - view.from) / view.cols * (1 - 1e-9))
			return fails("small neighbours are not gathered");
		if (!is_gathered_rightly(plane, view, strip))
			return false;
	}
	return true;
}

static int
overlap(int a_begin, int a_end, int b_begin, int b_end)
{
	int begin = a_begin > b_begin ? a_begin : b_begin, end = a_end < b_end ? a_end : b_end;

	return end > begin ? end - begin : 0;
}

/* The eighths of a cell that a strip (or the gaps) cover. */
static int
coverage(const struct strips *strips, uint32_t which, int cell)
{
	int sum = 0;

	if (which != STRIP_GAP)
		return overlap(strips->at[which].begin, strips->at[which].end, cell * 8, cell * 8 + 8);
	for (size_t i = 0; i < strips->len; i++)
		sum += overlap(strips->at[i].begin, strips->at[i].end, cell * 8, cell * 8 + 8);
	return 8 - sum;
}

/* Whether the eighth at which a shared cell changes is an edge of what it shows, or between the two. */
static bool
edge_is_right(const struct strips *strips, struct strip_cell got, int cell)
{
	int edge = cell * 8 + got.eighths;

	if (got.left == STRIP_GAP)
		return edge == strips->at[got.right].begin;
	if (got.right == STRIP_GAP)
		return edge == strips->at[got.left].end;
	return edge >= strips->at[got.left].end && edge <= strips->at[got.right].begin;
}

static bool
cells_are_right(const struct strips *strips, int cols, const struct strip_cell *cells)
{
	static bool shown[MOST_COLS * 8];

	memset(shown, 0, sizeof shown);
	for (int cell = 0; cell < cols; cell++) {
		struct strip_cell got = cells[cell];
		bool border = got.left == STRIP_GAP && got.eighths == 1 && got.right != STRIP_GAP && got.right > 0 &&
		              strips->at[got.right].begin == cell * 8 && strips->at[got.right - 1].end == cell * 8;

		if (got.eighths > 7 || (got.eighths == 0) != (got.left == got.right))
			return fails("a cell's halves are inconsistent");
		if (!coverage(strips, got.right, cell) || (!border && !coverage(strips, got.left, cell)))
			return fails("a cell shows what is not there");
		if (border && coverage(strips, got.right, cell) < 8)
			return fails("a border where another piece is in the cell");
		if (!border && got.eighths && !edge_is_right(strips, got, cell))
			return fails("an edge is not on its eighth");
		for (size_t i = 0; i < strips->len; i++) {
			int there = coverage(strips, (uint32_t)i, cell);

			if (there == 8 && got.right != i)
				return fails("a full cell is not shown");
			if (got.left != STRIP_GAP && got.right != STRIP_GAP && got.left != i && got.right != i &&
			    (there > coverage(strips, got.left, cell) || there > coverage(strips, got.right, cell)))
				return fails("a narrower strip is kept");
		}
		if (got.left != STRIP_GAP)
			shown[got.left] = true;
		if (got.right != STRIP_GAP)
			shown[got.right] = true;
	}
	for (size_t i = 0; i < strips->len; i++) {
		int cell = strips->at[i].begin / 8;

		if (coverage(strips, (uint32_t)i, cell) < coverage(strips, (uint32_t)i, cell + 1))
			cell++;
		if (!shown[i] && (cells[cell].left == STRIP_GAP || cells[cell].right == STRIP_GAP || !cells[cell].eighths))
			return fails("a strip that has room is in no cell");
	}
	return true;
}

static struct viewport
random_view(struct rng *rng, const struct plane *plane)
{
	static const int cols[] = { 1, 2, 3, 10, 80, 160, MOST_COLS };
	struct viewport view = { plane->from, plane->to, cols[rng_below(rng, 7)] };
	double width = (plane->to - plane->from) * exp2(-12 * rng_share(rng));

	if (rng_below(rng, 5)) {
		node_id node = rng_below(rng, plane->tree->count);
		double anchor = rng_below(rng, 2) ? plane_left(plane, node) : plane->from + (plane->to - plane->from) * rng_share(rng);

		view.from = anchor - (rng_below(rng, 2) ? width * rng_share(rng) : 0);
		view.to = view.from + width;
	}
	return view;
}

static bool
view_is_right(const struct plane *plane, struct viewport view)
{
	struct strips strips = { 0 };
	struct strip_cell cells[MOST_COLS];
	bool right = true;

	for (uint32_t row = 0; row < plane->rows && right; row++) {
		strips_of_row(plane, row, view, &strips);
		right = nothing_is_lost(plane, row, view, &strips) && edges_are_right(plane, view, &strips);
		if (right) {
			strips_to_cells(&strips, view.cols, cells);
			right = cells_are_right(&strips, view.cols, cells);
		}
	}
	vec_fini(&strips);
	return right;
}

static void
test_random(const char *what, uint64_t seed, bool timed)
{
	struct rng rng = { seed };
	bool right = true;

	for (uint32_t round = 0; round < 300 && right; round++) {
		uint32_t nodes = rng_below(&rng, round % 3 ? 60 : 2000), levels = 1 + rng_below(&rng, 12);
		struct tree *tree = timed ? random_timed(&rng, nodes, levels, round % 2 ? 1e9 : 3000) :
		                            random_merged(&rng, nodes, levels, round % 2);
		struct plane *plane = plane_new(tree);

		for (int i = 0; i < 12 && right; i++)
			right = view_is_right(plane, random_view(&rng, plane));
		plane_free(plane);
		tree_free(tree);
	}
	if (!ok(right, "%s: disjoint, sorted, near their place, and nothing is lost", what))
		diag("%s", fault);
}

/* A row of equal boxes with gaps, on an axis of any length. */
static struct tree *
comb(uint32_t boxes, double from, double step, double width)
{
	struct tree *tree = tree_new(boxes + 1, false);

	tree->timed = true;
	tree->width = from + step * boxes;
	for (uint32_t i = 0; i < boxes; i++) {
		node_id node = tree_add(tree, 0, 1);

		tree->x0[node] = from + step * i;
		tree->total[node] = width;
	}
	tree_finish(tree);
	return tree;
}

static void
test_extreme_scales(void)
{
	struct rng rng = { 5 };
	bool right = true;

	for (double scale = 1; scale <= 1e18; scale *= 1000) {
		struct tree *tree = comb(50, scale, scale / 50, 1);
		struct plane *plane = plane_new(tree);

		for (int i = 0; i < 50; i++) {
			double from = plane_left(plane, 1 + rng_below(&rng, 50)), to = from + 1;
			struct viewport one = { from, to > from ? to : nextafter(from, INFINITY), 200 };
			struct viewport all = { plane->from, plane->to, 200 };

			right = right && view_is_right(plane, one) && view_is_right(plane, all);
			one.from = from - scale / 50;
			right = right && view_is_right(plane, one);
		}
		plane_free(plane);
		tree_free(tree);
	}
	if (!ok(right, "one nanosecond of 10^18 is as exact as all of it"))
		diag("%s", fault);
	{
		struct tree *tree = comb(3, 0, 4, 4);
		struct plane *plane = plane_new(tree);
		struct strips strips = { 0 };

		strips_of_row(plane, 1, (struct viewport){ 5, 5 + 1e-15, 100 }, &strips);
		ok(strips.len == 1 && strips.at[0].begin == 0 && strips.at[0].end == 800 && strips.at[0].cut_left && strips.at[0].cut_right,
		   "the inside of a box fills the screen");
		strips_of_row(plane, 1, (struct viewport){ -1e300, 1e300, 1 }, &strips);
		ok(strips.len == 1 && strips.at[0].small && strips.at[0].count == 3 && strips.at[0].sum == 12, "all of a tiny row is one small strip");
		vec_fini(&strips);
		plane_free(plane);
		tree_free(tree);
	}
}

/* Steps for a screen full of comb, by number of boxes. */
static uint64_t
steps_for(uint32_t boxes, double zoom, double width)
{
	struct tree *tree = comb(boxes, 0, 10, width);
	struct plane *plane = plane_new(tree);
	struct strips strips = { 0 };
	double middle = plane->to / 2;

	strips_of_row(plane, 1, (struct viewport){ middle - zoom / 2 * middle, middle + zoom / 2 * middle, 200 }, &strips);
	vec_fini(&strips);
	plane_free(plane);
	tree_free(tree);
	return strips.steps;
}

static void
test_cost(void)
{
	uint64_t few = steps_for(1000, 1, 9), many = steps_for(1000000, 1, 9);

	diag("%d steps for 10^3 boxes, %d for 10^6", (int)few, (int)many);
	ok(few < 200 && many < 200, "a screen of 10^6 small boxes costs as little as one of 10^3");
	few = steps_for(1000, 0.1, 9);
	many = steps_for(1000000, 0.0001, 9);
	diag("%d steps for 100 wide boxes of 10^3, %d of 10^6", (int)few, (int)many);
	ok(many < 3 * few, "wide boxes cost alike however many there are beside them");
	ok(steps_for(1000000, 0.0004, 4) < 200 * 60, "and so does the worst mixture");
}

/* Boxes by exact eighths: one letter an eighth, `.` for gaps. */
static struct tree *
tree_of(const char *drawing)
{
	struct tree *tree = tree_new(0, false);

	tree->timed = true;
	tree->width = (double)strlen(drawing);
	for (const char *at = drawing; *at;) {
		size_t width = strspn(at, (char[]){ *at, 0 });

		if (*at != '.') {
			node_id node = tree_add(tree, 0, 1);

			tree->x0[node] = (double)(at - drawing);
			tree->total[node] = (double)width;
		}
		at += width;
	}
	tree_finish(tree);
	return tree;
}

static void
is_drawn(const char *drawing, const char *want, const char *what)
{
	struct tree *tree = tree_of(drawing);
	struct plane *plane = plane_new(tree);
	struct strips strips = { 0 };
	struct strip_cell cells[8];
	int cols = (int)strlen(drawing) / 8;
	struct buf got = { 0 };

	strips_of_row(plane, 1, (struct viewport){ 0, tree->width, cols }, &strips);
	strips_to_cells(&strips, cols, cells);
	for (int i = 0; i < cols; i++) {
		char left = (char)(cells[i].left == STRIP_GAP ? '.' : strips.at[cells[i].left].small ? 's' : 'a' + (char)cells[i].left);
		char right = (char)(cells[i].right == STRIP_GAP ? '.' : strips.at[cells[i].right].small ? 's' : 'a' + (char)cells[i].right);

		if (cells[i].eighths)
			buf_addf(&got, "%s%c%d%c", i ? " " : "", left, cells[i].eighths, right);
		else
			buf_addf(&got, "%s%c", i ? " " : "", right);
	}
	is_text(got.at, want, what);
	buf_fini(&got);
	vec_fini(&strips);
	plane_free(plane);
	tree_free(tree);
}

static void
test_cells(void)
{
	is_drawn("aaaaaaaaaaaaaaaa", "a a", "a box that fills its cells");
	is_drawn("aaaaaaaabbbbbbbb", "a .1b", "a box that begins on a border has a gap of an eighth");
	is_drawn("........bbbbbbbb", ". a", "but not after a gap");
	is_drawn("aaaaaaaaaaabbbbb", "a a3b", "an edge inside a cell");
	is_drawn("aaaaa......bbbbb", "a5. .3b", "gaps inside cells");
	is_drawn("aaaaabccccccccccbbbbbbbb", "a5c c .1d", "of three strips the two widest; the small one is not shown");
	is_drawn("....b...........", ".4s .", "a small strip with room around");
	is_drawn("aaaaaaaaa......bbbbbbbbb", "a a1. b", "a gap takes the place of a tail");
	is_drawn("aaaaaaaaa...b...", "a s5.", "but not of what no other cell shows");
}

int
main(void)
{
	test_random("merged", 11, false);
	test_random("timed", 12, true);
	test_extreme_scales();
	test_cost();
	test_cells();
	return done();
}

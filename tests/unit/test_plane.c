/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/tap.h"
#include "tests/unit/random_tree.h"

#include "layout/pack.h"
#include "layout/plane.h"
#include "layout/runs.h"

enum { ROWS = 300 };

/* A slow twin of runs_take(). */
static uint32_t
take_slowly(bool *taken, uint32_t height)
{
	for (uint32_t begin = 0;; begin++) {
		uint32_t free_rows = 0;

		while (free_rows < height && !taken[begin + free_rows])
			free_rows++;
		if (free_rows == height) {
			memset(taken + begin, true, height);
			return begin;
		}
	}
}

static void
test_runs(void)
{
	struct rng rng = { 7 };
	struct runs runs;
	bool same = true;

	runs_init(&runs);
	for (int round = 0; round < 40; round++) {
		bool taken[ROWS * 8] = { false };
		uint32_t begin[ROWS], height[ROWS], held = 0;

		runs_reset(&runs);
		for (int step = 0; step < 500; step++) {
			if (held < ROWS && rng_below(&rng, 100) < 55) {
				height[held] = 1 + rng_below(&rng, round % 2 ? 7 : 1);
				begin[held] = runs_take(&runs, height[held]);
				same = same && begin[held] == take_slowly(taken, height[held]);
				held++;
			} else if (held > 0) {
				uint32_t which = rng_below(&rng, held);

				runs_give(&runs, begin[which], height[which]);
				memset(taken + begin[which], false, height[which]);
				held--;
				begin[which] = begin[held];
				height[which] = height[held];
			}
		}
		while (held-- > 0)
			runs_give(&runs, begin[held], height[held]);
		same = same && runs_take(&runs, ROWS) == 0;
	}
	ok(same, "the lowest free run is found, as by a slow search");
	runs_fini(&runs);
}

/* What must hold of every plane. */
static bool
plane_is_sound(const struct plane *plane)
{
	const struct tree *tree = plane->tree;
	uint32_t boxes = 0;

	for (node_id node = 0; node < tree->count; node++) {
		bool wide = node == NODE_ALL || tree->timed || tree->total[node] > 0;

		if (plane_has_box(plane, node) != wide)
			return false;
		if (wide && node && plane->row_of[node] <= plane->row_of[tree->parent[node]])
			return false;
		if (wide && !(plane_right(plane, node) > plane_left(plane, node)))
			return false;
		boxes += wide;
	}
	if (plane->row_start[0] != 0 || plane->row_start[plane->rows] != boxes || plane->box[0].node != NODE_ALL || plane->row_start[1] != 1)
		return false;
	for (uint32_t row = 0; row < plane->rows; row++) {
		double reached = plane->from, sum = 0;
		uint32_t begin, end;

		for (uint32_t i = plane->row_start[row]; i < plane->row_start[row + 1]; i++) {
			node_id node = plane->box[i].node;

			if (plane->row_of[node] != row || plane->index_of[node] != i || plane_left(plane, node) < reached)
				return false;
			reached = plane_right(plane, node);
			plane_range(plane, row, plane_left(plane, node), reached, &begin, &end);
			if (reached > plane->to || begin != i || end != i + 1)
				return false;
			sum += tree->total[node];
			if (plane->box[i].sum_to != sum)
				return false;
		}
	}
	return true;
}

static void
test_merged(void)
{
	struct rng rng = { 1 };
	bool sound = true, inside = true, levels = true, attached = true;

	for (uint32_t round = 0; round < 150; round++) {
		struct tree *tree = random_merged(&rng, rng_below(&rng, 400), 1 + rng_below(&rng, 30), round % 2);
		struct plane *plane = plane_new(tree);

		sound = sound && plane_is_sound(plane);
		for (node_id node = 1; node < tree->count; node++) {
			node_id parent = tree->parent[node];
			double slack = round % 2 ? 1e-9 * tree->width : 0;

			if (!plane_has_box(plane, node)) {
				attached = attached && plane->index_of[node] == plane->index_of[parent];
				continue;
			}
			levels = levels && plane->row_of[node] == tree->level[node] && !plane_is_detached(plane, node);
			inside = inside && plane_left(plane, node) >= plane_left(plane, parent) - slack &&
			         plane_right(plane, node) <= plane_right(plane, parent) + slack;
		}
		plane_free(plane);
		tree_free(tree);
	}
	ok(sound, "merged: rows are disjoint and sorted, look-ups agree");
	ok(levels, "merged: a box's row is its level");
	ok(inside, "merged: children are inside their parents");
	ok(attached, "merged: what has no width is found at its ancestor");
}

struct rect { double start, end; uint32_t top, bottom; };

/* The rectangle of a subtree as it was placed. */
static struct rect
rect_of(const struct plane *plane, node_id node)
{
	struct rect rect = { INFINITY, -INFINITY, UINT32_MAX, 0 };

	for (node_id inner = node; inner < plane->tree->end[node]; inner++) {
		rect.start = fmin(rect.start, plane->tree->x0[inner]);
		rect.end = fmax(rect.end, pack_end(plane->tree, inner));
		if (rect.top > plane->row_of[inner])
			rect.top = plane->row_of[inner];
		if (rect.bottom < plane->row_of[inner] + 1)
			rect.bottom = plane->row_of[inner] + 1;
	}
	return rect;
}

static bool
comes_before(struct rect a, struct rect b)
{
	return a.start < b.start || (a.start == b.start && a.end > b.end);
}

/* First fit, checked by definition: no rectangle meets another, and each stands where all lower places are taken by those before it. */
static bool
siblings_fit(const struct plane *plane, node_id parent)
{
	const struct tree *tree = plane->tree;
	struct { VEC(struct rect); } rects = { 0 };
	bool fit = true;

	for (node_id node = parent + 1; node < tree->end[parent]; node = tree->end[node])
		vec_push(&rects, rect_of(plane, node));
	for (size_t i = 0; i < rects.len; i++) {
		struct rect rect = rects.at[i];
		uint32_t height = rect.bottom - rect.top, top = plane->row_of[parent] + 1;

		for (bool moved = true; moved;) {
			moved = false;
			for (size_t j = 0; j < rects.len; j++) {
				struct rect other = rects.at[j];
				bool earlier = comes_before(other, rect) || (!comes_before(rect, other) && j < i);

				if (j != i && earlier && other.start < rect.end && rect.start < other.end && other.top < top + height &&
				    top < other.bottom) {
					top = other.bottom;
					moved = true;
				}
			}
		}
		fit = fit && top == rect.top;
	}
	vec_fini(&rects);
	return fit;
}

static void
test_timed(void)
{
	struct rng rng = { 2 };
	bool sound = true, fit = true;
	uint32_t detached = 0;

	for (uint32_t round = 0; round < 120; round++) {
		double extent = round % 3 ? 100000 : 40;
		struct tree *tree = random_timed(&rng, rng_below(&rng, 120), 1 + rng_below(&rng, 20), extent);
		struct plane *plane = plane_new(tree);

		sound = sound && plane_is_sound(plane);
		for (node_id node = 0; node < tree->count; node++) {
			fit = fit && siblings_fit(plane, node);
			detached += plane_is_detached(plane, node);
		}
		plane_free(plane);
		tree_free(tree);
	}
	ok(sound, "timed: boxes never overlap, children are below their parents, look-ups agree");
	ok(fit, "timed: subtrees are rectangles, each at the first free place in order of start");
	ok(detached > 0, "timed: some children are detached");
}

static node_id
add_timed(struct tree *tree, uint32_t level, double start, double duration)
{
	node_id node = tree_add(tree, 0, level);

	tree->x0[node] = start;
	tree->total[node] = duration;
	return node;
}

static struct tree *
new_timed(double width)
{
	struct tree *tree = tree_new(0, false);

	tree->timed = true;
	tree->width = width;
	return tree;
}

/* A box of no length at the end of all, and one at a time when doubles are 64 ns apart. */
static void
test_instants(void)
{
	struct tree *tree = new_timed(10);
	struct plane *plane;
	node_id last, far;

	last = add_timed(tree, 1, 10, 0);
	far = add_timed(tree, 1, 1e18, 0);
	tree_finish(tree);
	plane = plane_new(tree);
	ok(plane_is_sound(plane), "boxes of no length: sound");
	is_double(plane_right(plane, last), 11, 0, "a box of no length is 1 ns wide");
	ok(plane_right(plane, far) > 1e18 && plane->to >= plane_right(plane, far), "and has a width wherever it is, on the axis");
	plane_free(plane);
	tree_free(tree);

	tree = tree_new(0, false);
	tree_finish(tree);
	plane = plane_new(tree);
	ok(plane->rows == 1 && plane->to > plane->from && plane->box[0].node == NODE_ALL, "a tree of nothing has one box");
	plane_free(plane);
	tree_free(tree);
}

static void
test_order(void)
{
	struct tree *tree = new_timed(100);
	struct plane *plane;
	node_id a, b, c, d;

	a = add_timed(tree, 1, 0, 50);
	b = add_timed(tree, 1, 10, 20);
	c = add_timed(tree, 1, 30, 30);
	d = add_timed(tree, 1, 60, 40);
	tree_finish(tree);
	plane = plane_new(tree);
	ok(plane->row_of[a] == 1 && plane->row_of[b] == 2 && plane->row_of[c] == 2 && plane->row_of[d] == 1,
	   "an interval that ends where another begins leaves its row free");
	ok(!plane_is_detached(plane, a) && plane_is_detached(plane, b), "what is not right under its parent is detached");
	plane_free(plane);
	tree_free(tree);
}

/* Shapes on which a careless packer needs quadratic time or a deep stack; the test's own time limit is the bound. */
static void
test_extremes(void)
{
	enum { SIBLINGS = 100000, LEVELS = 200000 };
	struct tree *tree = new_timed(2.0 * SIBLINGS);
	struct plane *plane;

	for (uint32_t i = 0; i < SIBLINGS; i++)
		add_timed(tree, 1, i, SIBLINGS);
	tree_finish(tree);
	plane = plane_new(tree);
	is_int(plane->rows, SIBLINGS + 1, "100,000 siblings at once take a row each");
	plane_free(plane);
	tree_free(tree);

	tree = new_timed(2.0 * SIBLINGS);
	for (uint32_t i = 0; i < SIBLINGS; i++)
		add_timed(tree, 1, i, i % 2 ? 7 : 3000 + i % 1000);
	tree_finish(tree);
	plane = plane_new(tree);
	ok(plane_is_sound(plane) && plane->rows < 4000, "100,000 siblings of mixed length are packed");
	plane_free(plane);
	tree_free(tree);

	/* Two at every level: a chain that goes on, and one that lies across it. */
	tree = new_timed(4.0 * LEVELS);
	for (uint32_t i = 1; i <= LEVELS; i++)
		add_timed(tree, i, i, 4.0 * LEVELS - 2 * i);
	for (uint32_t i = LEVELS; i > 0; i--)
		add_timed(tree, i, i + 1, 5);
	tree_finish(tree);
	plane = plane_new(tree);
	ok(plane->rows > LEVELS && plane_right(plane, tree->count - 1) == 7, "200,000 levels with a sibling each are packed");
	plane_free(plane);
	tree_free(tree);

	tree = tree_new(0, false);
	for (uint32_t i = 1; i <= LEVELS; i++) {
		node_id node = tree_add(tree, 0, i);

		tree->self[node] = 1;
	}
	add_up(tree);
	plane = plane_new(tree);
	is_int(plane->rows, LEVELS + 1, "200,000 merged levels are as many rows");
	plane_free(plane);
	tree_free(tree);
}

static void
test_peaks(void)
{
	struct rng rng = { 3 };
	bool same = true;
	uint64_t steps = 0, most = 0;

	for (uint32_t round = 0; round < 60; round++) {
		struct tree *tree = random_timed(&rng, 1 + rng_below(&rng, 3000), 3, 1e6);
		struct plane *plane = plane_new(tree);

		for (int i = 0; i < 40; i++) {
			uint32_t boxes = plane->row_start[plane->rows];
			uint32_t end = 1 + rng_below(&rng, boxes), begin = rng_below(&rng, end), want = begin;
			double least = exp2(20 * rng_share(&rng));

			while (want < end && (double)plane->peak[0][want] < least)
				want++;
			steps = 0;
			same = same && plane_next_peak(plane, begin, end, least, &steps) == want;
			most = most < steps ? steps : most;
		}
		plane_free(plane);
		tree_free(tree);
	}
	ok(same, "the next peak is found, as by a slow search");
	ok(most <= 4 * PEAK_FAN * 3, "in steps that grow with the logarithm");
}

int
main(void)
{
	test_runs();
	test_merged();
	test_timed();
	test_instants();
	test_order();
	test_extremes();
	test_peaks();
	return done();
}

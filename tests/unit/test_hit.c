/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/tap.h"
#include "tests/unit/random_tree.h"

#include "layout/hit.h"

static bool
is_seen(const struct plane *plane, node_id node, struct viewport view)
{
	return plane_has_box(plane, node) && plane_left(plane, node) < view.to && plane_right(plane, node) > view.from;
}

static double
seen_width(const struct plane *plane, node_id node, struct viewport view)
{
	return fmin(plane_right(plane, node), view.to) - fmax(plane_left(plane, node), view.from);
}

static bool
down_is_right(const struct plane *plane, node_id node, struct viewport view)
{
	const struct tree *tree = plane->tree;
	node_id got = hit_down(plane, node, view, NODE_NONE);
	bool below = false, any = false, drawn = false;
	double widest = 0, cell = (view.to - view.from) / view.cols;

	for (node_id child = node + 1; child < tree->end[node]; child = tree->end[child]) {
		if (!is_seen(plane, child, view))
			continue;
		any = true;
		if (hit_down(plane, node, view, child) != child || hit_down(plane, node, view, tree->end[child] - 1) != child)
			return false;
		if (!plane_is_detached(plane, child)) {
			below = true;
			drawn = drawn || plane_right(plane, child) - plane_left(plane, child) >= cell * 0.6;
			widest = fmax(widest, seen_width(plane, child, view));
		}
	}
	if (!any)
		return got == NODE_NONE;
	if (got == NODE_NONE || tree->parent[got] != node || !is_seen(plane, got, view))
		return false;
	/* Where nothing under the node is drawn alone the first is taken; in a timed tree that may not be found under the node. */
	if (below && !tree->timed && plane_is_detached(plane, got))
		return false;
	return !drawn || seen_width(plane, got, view) >= fmin(widest, cell / 2) * (1 - 1e-9);
}

static bool
row_is_right(const struct plane *plane, uint32_t row, struct viewport view)
{
	node_id first = NODE_NONE, last = NODE_NONE, before = NODE_NONE;

	for (uint32_t i = plane->row_start[row]; i < plane->row_start[row + 1]; i++) {
		node_id node = plane->box[i];

		if (is_seen(plane, node, view)) {
			first = first == NODE_NONE ? node : first;
			last = node;
		}
		if (hit_left(plane, node) != before || (before != NODE_NONE && hit_right(plane, before) != node))
			return false;
		before = node;
	}
	return (before == NODE_NONE || hit_right(plane, before) == NODE_NONE) && hit_first(plane, row, view) == first &&
	       hit_last(plane, row, view) == last;
}

static bool
near_is_right(const struct plane *plane, uint32_t row, double x)
{
	node_id got = hit_near(plane, row, x);
	double best = INFINITY, distance = INFINITY;

	for (uint32_t i = plane->row_start[row]; i < plane->row_start[row + 1]; i++) {
		node_id node = plane->box[i];
		double away = fmax(0, fmax(plane_left(plane, node) - x, x - plane_right(plane, node)));

		best = fmin(best, away);
		if (node == got)
			distance = away;
	}
	if (plane_at(plane, row, x) != NODE_NONE)
		return got == plane_at(plane, row, x);
	return distance == best;
}

static void
test_random(const char *what, bool timed)
{
	struct rng rng = { 31 };
	bool up = true, down = true, rows = true, near = true;

	for (uint32_t round = 0; round < 120; round++) {
		struct tree *tree = timed ? random_timed(&rng, rng_below(&rng, 150), 8, 10000) : random_merged(&rng, rng_below(&rng, 150), 8, false);
		struct plane *plane = plane_new(tree);
		double from = plane->from + (plane->to - plane->from) * rng_share(&rng) * 0.9;
		struct viewport view = { from, from + (plane->to - from) * (0.01 + rng_share(&rng)), 1 + (int)rng_below(&rng, 100) };

		for (node_id node = 0; node < tree->count; node++) {
			if (!plane_has_box(plane, node)) {
				up = up && hit_up(plane, node) == hit_up(plane, tree->parent[node]);
				continue;
			}
			up = up && hit_up(plane, node) == tree->parent[node];
			down = down && down_is_right(plane, node, view);
		}
		for (uint32_t row = 0; row < plane->rows; row++) {
			rows = rows && row_is_right(plane, row, view);
			for (int i = 0; i < 20; i++)
				near = near && near_is_right(plane, row, plane->from + (plane->to - plane->from) * (rng_share(&rng) * 1.2 - 0.1));
		}
		plane_free(plane);
		tree_free(tree);
	}
	ok(up, "%s: up is the parent", what);
	ok(down, "%s: down is a child on screen, the widest that is drawn, or the one last visited", what);
	ok(rows, "%s: neighbours and ends of the row", what);
	ok(near, "%s: the nearest box", what);
}

int
main(void)
{
	test_random("merged", false);
	test_random("timed", true);
	return done();
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/tap.h"
#include "tests/unit/random_tree.h"

#include "layout/minimap.h"

/* A tree with one box a level, each half as wide as its parent. */
static struct tree *
stairs(uint32_t levels, double width)
{
	struct tree *tree = tree_new(levels + 1, false);

	tree->self[NODE_ALL] = width / 2;
	for (uint32_t level = 1; level <= levels; level++) {
		node_id node = tree_add(tree, 0, level);

		width /= 2;
		tree->self[node] = level == levels ? width : width / 2;
	}
	add_up(tree);
	return tree;
}

static void
test_stairs(void)
{
	struct tree *tree = stairs(4, 16);
	struct plane *plane = plane_new(tree);
	uint32_t height[16];
	static const uint32_t want[16] = { 5, 4, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1 };

	is_int(minimap_build(plane, (struct viewport){ 0, 16, 16 }, height), 5, "the tallest column");
	ok(memcmp(height, want, sizeof want) == 0, "the height of each column");
	minimap_build(plane, (struct viewport){ 0, 16, 2 }, height);
	ok(height[0] == 4 && height[1] == 1, "narrow tops are not seen from afar");
	plane_free(plane);
	tree_free(tree);
}

/* Small boxes count together by how dense they are. */
static void
test_small(void)
{
	uint32_t dense[4], sparse[4];

	for (int sparseness = 1; sparseness <= 3; sparseness += 2) {
		struct tree *tree = tree_new(0, false);
		struct plane *plane;

		tree->timed = true;
		tree->width = 3000;
		for (int i = 0; i < 3000; i += sparseness) {
			node_id node = tree_add(tree, 0, 1);

			tree->x0[node] = i;
			tree->total[node] = 1;
		}
		tree_finish(tree);
		plane = plane_new(tree);
		minimap_build(plane, (struct viewport){ 0, 3000, 4 }, sparseness == 1 ? dense : sparse);
		plane_free(plane);
		tree_free(tree);
	}
	ok(dense[0] == 2 && dense[3] == 2, "thousands of small boxes side by side are a row");
	ok(sparse[0] == 1 && sparse[3] == 1, "and are none when they cover less than half");
}

static void
test_deep(void)
{
	enum { LEVELS = 200000 };
	struct tree *tree = tree_new(0, false);
	struct plane *plane;
	uint32_t height[100];

	for (uint32_t level = 1; level <= LEVELS; level++) {
		node_id node = tree_add(tree, 0, level);

		tree->self[node] = level == LEVELS ? 100 : 0;
	}
	tree_add(tree, 0, 1);
	tree->self[tree->count - 1] = 100;
	add_up(tree);
	plane = plane_new(tree);
	is_int(minimap_build(plane, (struct viewport){ 0, 200, 100 }, height), LEVELS + 1, "the deepest of 200,000 levels is seen");
	ok(height[0] == LEVELS + 1 && height[99] > 0 && height[99] <= LEVELS / MINIMAP_MOST_ROWS + 2,
	   "and the shallow part is right to a step of the rows looked at");
	plane_free(plane);
	tree_free(tree);
}

static void
test_eighths(void)
{
	is_int(minimap_eighths(0, 10, 2), 0, "nothing is nothing");
	is_int(minimap_eighths(1, 100000, 2), 1, "the least is an eighth");
	is_int(minimap_eighths(10, 10, 2), 16, "the tallest fills it");
	is_int(minimap_eighths(5, 10, 1), 4, "half is half");
	is_int(minimap_eighths(5, 10, 0), 0, "no room, nothing");
}

int
main(void)
{
	test_stairs();
	test_small();
	test_deep();
	test_eighths();
	return done();
}

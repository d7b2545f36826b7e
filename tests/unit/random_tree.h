/* SPDX-License-Identifier: MIT
 * Random trees for property tests of the layout, the same ones in every run. */
#ifndef TESTS_RANDOM_TREE_H
#define TESTS_RANDOM_TREE_H

#include <stdint.h>

#include "model/tree.h"

struct rng { uint64_t state; };

__attribute__((unused)) static uint64_t
rng_next(struct rng *rng)
{
	rng->state += UINT64_C(0x9e3779b97f4a7c15);
	return hash_u64(rng->state);
}

__attribute__((unused)) static uint32_t
rng_below(struct rng *rng, uint32_t limit)
{
	return (uint32_t)(rng_next(rng) % limit);
}

/* In [0, 1). */
__attribute__((unused)) static double
rng_share(struct rng *rng)
{
	return (double)(rng_next(rng) >> 11) * 0x1p-53;
}

/* Totals from selfs, bottom-up; then edges. */
__attribute__((unused)) static void
add_up(struct tree *tree)
{
	for (node_id node = tree->count; node-- > 0;) {
		tree->total[node] += tree->self[node];
		if (node)
			tree->total[tree->parent[node]] += tree->total[node];
	}
	tree_finish(tree);
}

/* A merged tree of some nodes: sizes from nothing to large, whole numbers or fractions. */
__attribute__((unused)) static struct tree *
random_merged(struct rng *rng, uint32_t nodes, uint32_t max_level, bool fractions)
{
	struct tree *tree = tree_new(nodes + 1, false);

	for (uint32_t i = 0; i < nodes; i++) {
		uint32_t most = tree->level[tree->count - 1] + 1;
		node_id node = tree_add(tree, rng_below(rng, 50), 1 + rng_below(rng, most < max_level ? most : max_level));
		double size = rng_below(rng, 4) == 0 ? 0 : rng_below(rng, 30) == 0 ? 1000.0 * rng_below(rng, 1000) : rng_below(rng, 20);

		tree->self[node] = fractions ? size * rng_share(rng) : size;
		tree->items[node] = 1;
	}
	add_up(tree);
	return tree;
}

/* A timed tree: children start around their parents, some before or after them, many at once; siblings in order of start. */
__attribute__((unused)) static struct tree *
random_timed(struct rng *rng, uint32_t nodes, uint32_t max_level, double extent)
{
	struct tree *tree = tree_new(nodes + 1, true);
	double last_start[64] = { 0 };

	tree->timed = true;
	tree->width = tree->total[NODE_ALL] = extent;
	for (uint32_t i = 0; i < nodes; i++) {
		uint32_t most = tree->level[tree->count - 1] + 1;
		uint32_t level = 1 + rng_below(rng, most < max_level ? most : max_level);
		node_id node = tree_add(tree, rng_below(rng, 50), level);
		node_id parent = tree->parent[node];
		double room = parent == NODE_ALL ? extent : tree->total[parent];
		double start = tree->x0[parent] + floor(room * (rng_share(rng) * 1.3 - 0.15));
		bool first = node == parent + 1;

		if (!first && rng_below(rng, 10))
			start = fmax(start, last_start[level] + rng_below(rng, 3));
		start = fmin(fmax(start, 0), extent);
		last_start[level] = start;
		tree->x0[node] = start;
		tree->total[node] = rng_below(rng, 6) == 0 ? 0 : fmin(floor(room * rng_share(rng) * rng_share(rng)), extent - start);
		tree->self[node] = tree->total[node];
		tree->items[node] = 1;
		tree->span[node] = i;
	}
	tree_finish(tree);
	return tree;
}

#endif

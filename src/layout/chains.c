/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "layout/chains.h"

#include "layout/pack.h"
#include "util/alloc.h"
#include "util/bits.h"

static const double least_share = 0.99;

static bool
covers(const struct tree *tree, node_id parent, node_id child)
{
	return tree->x0[child] >= tree->x0[parent] && tree->x0[child] + tree->total[child] <= tree->x0[parent] + tree->total[parent];
}

bool
chain_goes_on(const struct tree *tree, node_id node)
{
	node_id parent = node ? node - 1 : NODE_ALL;

	return parent != NODE_ALL && tree->parent[node] == parent && tree->end[node] == tree->end[parent] && tree->total[node] > 0 &&
	       tree->total[node] > tree->total[parent] * least_share && !(tree->halves && tree->level[parent] == 1) &&
	       (!tree_is_packed(tree) || covers(tree, parent, node));
}

node_id
chain_head(const struct tree *tree, node_id node)
{
	while (chain_goes_on(tree, node))
		node--;
	return node;
}

bool
chain_has(const struct tree *tree, node_id node)
{
	return chain_goes_on(tree, node) || (node + 1 < tree->end[node] && chain_goes_on(tree, node + 1));
}

/* Sets the sizes that chains_fold() returns. */
static uint32_t *
size_chains(const struct tree *tree, bool all, const uint64_t *turned)
{
	uint32_t *size = xreallocarray(NULL, tree->count, sizeof *size);
	node_id head = NODE_ALL;
	bool folds = all;

	size[NODE_ALL] = 1;
	for (node_id node = 1; node < tree->count; node++) {
		bool goes_on = chain_goes_on(tree, node);
		if (!goes_on) {
			head = node;
			folds = all != (turned && bits_has(turned, head));
		}
		size[node] = !(goes_on && folds);
		size[head] += goes_on && folds;
	}
	return size;
}

/* Rows of boxes that stand right under or right above their parents. */
static void
step_rows(const struct plane *open, const uint32_t *size, uint32_t *row)
{
	const struct tree *tree = open->tree;
	uint32_t least = UINT32_MAX;

	/* The highest callers are folded too: whatever is free above the rest is given up. */
	row[NODE_ALL] = 0;
	for (node_id node = 1; node < tree->count; node++) {
		node_id parent = tree->parent[node];
		uint32_t step = size[node] != 0;
		if (parent == NODE_ALL)
			row[node] = open->row_of[node];
		else
			row[node] = open->row_of[node] < open->row_of[parent] ? row[parent] - step : row[parent] + step;
		least = row[node] < least ? row[node] : least;
	}
	bool at_root = plane_has_box(open, NODE_ALL) || tree->count == 1;
	for (node_id node = 1; node < tree->count; node++)
		row[node] = size[node] == 0 ? PLANE_NO_ROW : at_root ? row[node] : row[node] - least;
	if (!at_root)
		row[NODE_ALL] = PLANE_NO_ROW;
}

uint32_t *
chains_fold(const struct plane *open, bool all, const uint64_t *turned, uint32_t **rows_out)
{
	const struct tree *tree = open->tree;
	uint32_t *size = size_chains(tree, all, turned);
	uint32_t *row = xreallocarray(NULL, tree->count, sizeof *row);

	if (tree_is_packed(tree))
		pack_rows(tree, size, row);
	else
		step_rows(open, size, row);
	*rows_out = row;
	return size;
}

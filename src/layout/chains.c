/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "layout/chains.h"

#include "layout/plane.h"
#include "util/alloc.h"

static const double least_share = 0.99;

bool
chain_goes_on(const struct tree *tree, node_id node)
{
	node_id parent = tree->parent[node];

	return node != NODE_ALL && parent != NODE_ALL && node == parent + 1 && tree->end[node] == tree->end[parent] && tree->total[node] > 0 &&
	       tree->total[node] > tree->total[parent] * least_share;
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

uint32_t *
chains_fold(const struct tree *tree, bool all, const uint64_t *turned, uint32_t **rows_out)
{
	uint32_t *size = xcalloc(tree->count, sizeof *size), *row = xcalloc(tree->count, sizeof *row);
	node_id head = NODE_ALL;

	size[NODE_ALL] = 1;
	for (node_id node = 1; node < tree->count; node++) {
		node_id parent = tree->parent[node];
		bool goes_on = chain_goes_on(tree, node);
		if (!goes_on)
			head = node;
		bool is_turned = turned && turned[head / 64] >> (head % 64) & 1;
		bool folded = goes_on && all != is_turned;
		size[node] = !folded;
		size[head] += folded;
		row[node] = folded ? row[parent] : row[parent] + 1;
	}
	for (node_id node = 1; node < tree->count; node++)
		if (size[node] == 0)
			row[node] = PLANE_NO_ROW;
	*rows_out = row;
	return size;
}

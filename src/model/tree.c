/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/tree.h"

#include <stdlib.h>

#include "util/alloc.h"

enum { TREE_FIRST_CAP = 64 };

static void
resize(struct tree *tree, uint32_t cap, bool with_spans)
{
	tree->frame = xreallocarray(tree->frame, cap, sizeof *tree->frame);
	tree->level = xreallocarray(tree->level, cap, sizeof *tree->level);
	tree->parent = xreallocarray(tree->parent, cap, sizeof *tree->parent);
	tree->end = xreallocarray(tree->end, cap, sizeof *tree->end);
	tree->total = xreallocarray(tree->total, cap, sizeof *tree->total);
	tree->self = xreallocarray(tree->self, cap, sizeof *tree->self);
	tree->x0 = xreallocarray(tree->x0, cap, sizeof *tree->x0);
	tree->items = xreallocarray(tree->items, cap, sizeof *tree->items);
	if (with_spans)
		tree->span = xreallocarray(tree->span, cap, sizeof *tree->span);
	tree->cap = cap;
}

struct tree *
tree_new(uint32_t cap, bool with_spans)
{
	struct tree *tree = xcalloc(1, sizeof *tree);

	resize(tree, cap ? cap : TREE_FIRST_CAP, with_spans);
	tree_add(tree, ID_NONE, 0);
	return tree;
}

void
tree_free(struct tree *tree)
{
	if (!tree)
		return;
	free(tree->frame);
	free(tree->level);
	free(tree->parent);
	free(tree->end);
	free(tree->total);
	free(tree->self);
	free(tree->x0);
	free(tree->items);
	free(tree->span);
	free(tree->place);
	free(tree);
}

node_id
tree_add(struct tree *tree, frame_id frame, uint32_t level)
{
	node_id node = tree->count;
	node_id parent = NODE_NONE;

	CHECK(node < NODE_NONE - 1 && (node == 0) == (level == 0));
	if (node == tree->cap)
		resize(tree, node < NODE_NONE / 3 * 2 ? node + node / 2 + 8 : NODE_NONE, tree->span != NULL);
	if (node) {
		parent = node - 1;
		CHECK(level <= tree->level[parent] + 1);
		/* Every step undoes an earlier descent by one, so that all steps together are at most the nodes. */
		while (tree->level[parent] >= level)
			parent = tree->parent[parent];
	}
	tree->frame[node] = frame;
	tree->level[node] = level;
	tree->parent[node] = parent;
	tree->end[node] = node + 1;
	tree->total[node] = tree->self[node] = tree->x0[node] = 0;
	tree->items[node] = 0;
	if (tree->span)
		tree->span[node] = ID_NONE;
	tree->count++;
	return node;
}

void
tree_finish(struct tree *tree)
{
	tree->depth = 0;
	for (node_id node = tree->count - 1; node > 0; node--) {
		node_id parent = tree->parent[node];

		if (tree->end[parent] < tree->end[node])
			tree->end[parent] = tree->end[node];
		if (tree->level[node] > tree->depth)
			tree->depth = tree->level[node];
	}
	if (tree->timed)
		return;
	tree->x0[NODE_ALL] = 0;
	for (node_id node = 0; node < tree->count; node++) {
		double x = tree->x0[node];

		for (node_id child = tree_first_child(tree, node); child != NODE_NONE; child = tree_next_sibling(tree, child)) {
			tree->x0[child] = x;
			x += tree->total[child];
		}
	}
	tree->width = tree->total[NODE_ALL];
}

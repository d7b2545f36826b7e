/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/grow.h"

#include <stdlib.h>

#include "util/alloc.h"

void
grow_init(struct grow *grow)
{
	*grow = (struct grow){ .tree = tree_new(0, false) };
	grow->tree->timed = grow->tree->sampled = true;
}

static void
close_below(struct grow *grow, uint32_t depth)
{
	struct tree *tree = grow->tree;

	for (; grow->depth > depth; grow->depth--) {
		node_id node = grow->open[grow->depth - 1];
		tree->total[node] = grow->end - tree->x0[node];
	}
}

void
grow_stack(struct grow *grow, const frame_id *path, uint32_t depth, double from, double to, uint32_t items)
{
	struct tree *tree = grow->tree;
	uint32_t same = 0;

	if (from <= grow->end)
		while (same < grow->depth && same < depth && tree->frame[grow->open[same]] == path[same])
			same++;
	close_below(grow, same);
	if (depth > grow->cap) {
		grow->cap = depth < UINT32_MAX / 2 ? depth * 2 : depth;
		grow->open = xreallocarray(grow->open, grow->cap, sizeof *grow->open);
	}
	for (; grow->depth < depth; grow->depth++) {
		node_id node = tree_add(tree, path[grow->depth], grow->depth + 1);
		tree->x0[node] = from;
		grow->open[grow->depth] = node;
	}
	grow->end = to;
	if (depth) {
		tree->self[grow->open[depth - 1]] += to - from;
		tree->items[grow->open[depth - 1]] += items;
	}
}

struct tree *
grow_finish(struct grow *grow, double width)
{
	struct tree *tree = grow->tree;

	close_below(grow, 0);
	tree->width = tree->total[NODE_ALL] = width > grow->end ? width : grow->end;
	tree_finish(tree);
	free(grow->open);
	*grow = (struct grow){ 0 };
	return tree;
}

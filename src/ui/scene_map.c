/* SPDX-License-Identifier: MIT
 * From one scene to another: which node stands for which. */
#include "config.h"

#include "ui/scene.h"

#include "util/alloc.h"

static node_id
find_span(const struct tree *tree, span_id span)
{
	for (node_id n = 1; n < tree->count; n++)
		if (tree->span[n] == span)
			return n;
	return NODE_NONE;
}

/* Where boxes have other names, at the one with its first span. */
static node_id
map_by_span(const struct scene *from, node_id node, const struct scene *to)
{
	node_id same = NODE_NONE;

	if (from->tree->span && to->tree->span && from->tree->span[node] != ID_NONE)
		same = find_span(to->tree, from->tree->span[node]);
	return same != NODE_NONE ? same : NODE_ALL;
}

node_id
scene_map(const struct scene *from, node_id node, const struct scene *to)
{
	uint32_t depth = from->tree->level[node];
	node_id at = NODE_ALL;

	if (from == to || node == NODE_ALL)
		return node;
	if (from->ds != to->ds)
		return map_by_span(from, node, to);
	if (from->key.recipe.inverted != to->key.recipe.inverted) {
		node_id same = tree_child_of_frame(to->tree, NODE_ALL, from->tree->frame[node]);
		return same != NODE_NONE ? same : NODE_ALL;
	}
	if (from->tree->span && to->tree->span && from->tree->span[node] != ID_NONE) {
		node_id same = find_span(to->tree, from->tree->span[node]);
		if (same != NODE_NONE && to->tree->frame[same] == from->tree->frame[node])
			return same;
	}
	frame_id *path = xcalloc(depth, sizeof *path);
	for (uint32_t level = depth; level-- > 0; node = from->tree->parent[node])
		path[level] = from->tree->frame[node];
	for (uint32_t level = 0; level < depth; level++) {
		node_id child = tree_child_of_frame(to->tree, at, path[level]);
		if (child == NODE_NONE)
			break;
		at = child;
	}
	free(path);
	return at;
}

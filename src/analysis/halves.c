/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/halves.h"

#include <stdlib.h>

#include "util/alloc.h"

static void
copy_weights(struct tree *to, node_id node, const struct tree *from, node_id source)
{
	to->total[node] = from->total[source];
	to->self[node] = from->self[source];
	to->items[node] = from->items[source];
	if (to->span && from->span)
		to->span[node] = from->span[source];
}

/* The nodes below a function of one of the halves, under the same function of the joined tree. */
static void
add_half(struct tree *to, const struct tree *from, node_id function)
{
	for (node_id source = function + 1; source < from->end[function]; source++)
		copy_weights(to, tree_add(to, from->frame[source], from->level[source]), from, source);
}

/* Per frame the function of a half. */
static node_id *
list_functions(const struct tree *half)
{
	frame_id last = 0;

	for (node_id f = tree_first_child(half, NODE_ALL); f != NODE_NONE; f = tree_next_sibling(half, f))
		if (half->frame[f] > last)
			last = half->frame[f];
	node_id *functions = xcalloc((size_t)last + 1, sizeof *functions);
	for (node_id f = tree_first_child(half, NODE_ALL); f != NODE_NONE; f = tree_next_sibling(half, f))
		functions[half->frame[f]] = f;
	return functions;
}

/* Each half of a function begins where the function does. */
static void
place(struct halves *out, const struct tree *half, node_id function, node_id begin, node_id to, bool above)
{
	struct tree *tree = out->tree;

	for (node_id source = function + 1; source < half->end[function]; source++, begin++) {
		tree->x0[begin] = tree->x0[to] + (half->x0[source] - half->x0[function]);
		out->row[begin] = above ? out->hub - (half->level[source] - 1) : out->hub + (half->level[source] - 1);
	}
}

struct halves
halves_build(const struct sandwich *sandwich)
{
	const struct tree *callees = sandwich->callees, *callers = sandwich->callers;
	node_id *function_above = list_functions(callers);
	uint32_t cap = callees->count + callers->count;
	struct halves out = { .tree = tree_new(cap, callees->span != NULL), .hub = callers->depth ? callers->depth - 1 : 0 };

	for (node_id f = tree_first_child(callees, NODE_ALL); f != NODE_NONE; f = tree_next_sibling(callees, f)) {
		node_id function = tree_add(out.tree, callees->frame[f], 1);
		copy_weights(out.tree, function, callees, f);
		add_half(out.tree, callees, f);
		add_half(out.tree, callers, function_above[callees->frame[f]]);
	}
	copy_weights(out.tree, NODE_ALL, callees, NODE_ALL);
	tree_finish(out.tree);
	out.tree->halves = true;
	out.row = xcalloc(out.tree->count, sizeof *out.row);
	for (node_id f = tree_first_child(callees, NODE_ALL), to = 1; f != NODE_NONE; f = tree_next_sibling(callees, f)) {
		node_id caller = function_above[callees->frame[f]];
		node_id first_above = to + (callees->end[f] - f);
		out.tree->x0[to] = callees->x0[f];
		out.row[to] = out.hub;
		place(&out, callees, f, to + 1, to, false);
		place(&out, callers, caller, first_above, to, true);
		to = out.tree->end[to];
	}
	free(function_above);
	return out;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/jump.h"

node_id
jump_slowest_child(const struct tree *tree, node_id node)
{
	node_id slowest = tree_first_child(tree, node);

	for (node_id child = slowest; child != NODE_NONE; child = tree_next_sibling(tree, child))
		if (tree->total[child] > tree->total[slowest])
			slowest = child;
	return slowest;
}

node_id
jump_sibling(const struct tree *tree, node_id node, bool backwards)
{
	node_id before = NODE_NONE;

	if (node == NODE_ALL)
		return NODE_NONE;
	if (!backwards)
		return tree_next_sibling(tree, node);
	for (node_id child = tree_first_child(tree, tree->parent[node]); child != node; child = tree_next_sibling(tree, child))
		before = child;
	return before;
}

static void
offer(struct jump_gap *best, int64_t from_ns, int64_t to_ns, span_id before, span_id after)
{
	if (to_ns > from_ns && time_since(to_ns, from_ns) > time_since(best->to_ns, best->from_ns))
		*best = (struct jump_gap){ from_ns, to_ns, before, after };
}

bool
jump_longest_gap(const struct forest *forest, const struct dataset *ds, span_id span, struct jump_gap *out)
{
	int64_t end = span_end(ds, span), covered_to = ds->spans.start_ns[span];
	span_id last = ID_NONE;

	*out = (struct jump_gap){ .before = ID_NONE, .after = ID_NONE };
	for (uint32_t i = forest->first_child[span]; i < forest->first_child[span + 1]; i++) {
		span_id child = forest->child[i];
		int64_t from = ds->spans.start_ns[child], to = span_end(ds, child);

		if (from >= end)
			break;
		offer(out, covered_to, from, last, child);
		if (to > covered_to) {
			covered_to = to;
			last = child;
		}
	}
	offer(out, covered_to, end, last, ID_NONE);
	return out->to_ns > out->from_ns;
}

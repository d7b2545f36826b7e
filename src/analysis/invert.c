/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/invert.h"

#include <stdlib.h>

#include "analysis/merge.h"
#include "util/alloc.h"

static const enum merge_order merge_orders[] = {
	[ORDER_HEAVIEST] = MERGE_BY_TOTAL, [ORDER_ALPHABETICAL] = MERGE_BY_RANK, [ORDER_FIRST] = MERGE_BY_FIRST,
};

static const struct merge_item nothing = { .first_ns = INT64_MAX, .first = ID_NONE };

/* A node's own weight, or its total when it stands for its whole subtree. */
static struct merge_item
item_of(const struct tree *tree, const struct dataset *ds, node_id node, double weight)
{
	span_id span = tree->span ? tree->span[node] : ID_NONE;

	return (struct merge_item){
		.self = weight,
		.items = tree->items[node],
		.first_ns = span == ID_NONE ? (int64_t)node : ds->spans.start_ns[span],
		.first = tree->span ? span : node,
	};
}

/* The path from node up to its root, the weight at the root's end. */
static void
push_upwards(struct merge *merge, const struct tree *tree, node_id node, const struct merge_item *item)
{
	uint32_t at = 0;

	for (; node != NODE_ALL; node = tree->parent[node])
		at = merge_push(merge, at, tree->frame[node], tree->parent[node] == NODE_ALL ? item : &nothing);
}

static struct tree *
finish(struct merge *merge, enum tree_order order, const uint32_t *rank)
{
	struct tree *out = merge_finish(merge, merge_orders[order], rank);

	merge_free(merge);
	return out;
}

/* Samples end in the frame that they are counted in: right under `all`. */
static void
gather_items(struct tree *tree)
{
	for (node_id top = tree_first_child(tree, NODE_ALL); top != NODE_NONE; top = tree_next_sibling(tree, top))
		for (node_id node = top + 1; node < tree->end[top]; node++) {
			tree->items[top] += tree->items[node];
			tree->items[node] = 0;
		}
}

struct tree *
tree_invert(const struct tree *tree, const struct dataset *ds, enum tree_order order, const uint32_t *rank, struct job *job)
{
	struct merge *merge = merge_new(tree->span != NULL);

	if (tree->self[NODE_ALL] > 0) {
		struct merge_item item = item_of(tree, ds, NODE_ALL, tree->self[NODE_ALL]);
		merge_push_all(merge, &item);
	}
	for (node_id node = 1; node < tree->count && !job_stopped_at(job, node - 1); node++) {
		if (!(tree->self[node] > 0))
			continue;
		struct merge_item item = item_of(tree, ds, node, tree->self[node]);
		push_upwards(merge, tree, node, &item);
	}
	struct tree *out = finish(merge, order, rank);
	out->inverted = true;
	gather_items(out);
	return out;
}

/* The subtree of an outermost occurrence, under `all`. */
static void
push_subtree(struct merge *merge, const struct tree *tree, const struct dataset *ds, node_id top, uint32_t *made)
{
	uint32_t before = merge_count(merge);

	for (node_id node = top; node < tree->end[top]; node++) {
		struct merge_item item = item_of(tree, ds, node, tree->self[node]);
		uint32_t parent = node == top ? 0 : made[tree->parent[node]];
		/* What is new has the children of this occurrence alone. */
		made[node] = (parent && parent >= before ? merge_push_new : merge_push)(merge, parent, tree->frame[node], &item);
	}
}

struct sandwich
sandwich_build(const struct tree *tree, const struct dataset *ds, const frame_word *set, enum tree_order order, const uint32_t *rank,
               struct job *job)
{
	struct merge *callees = merge_new(tree->span != NULL), *callers = merge_new(tree->span != NULL);
	uint32_t *made = xreallocarray(NULL, tree->count, sizeof *made);
	struct sandwich out = { 0 };

	CHECK(!tree->timed);
	for (node_id node = 1; node < tree->count && !job_stopped_at(job, out.occurrences);) {
		if (!frame_set_has(set, tree->frame[node])) {
			node++;
			continue;
		}
		struct merge_item item = item_of(tree, ds, node, tree->total[node]);
		push_subtree(callees, tree, ds, node, made);
		push_upwards(callers, tree, node, &item);
		out.occurrences++;
		node = tree->end[node];
	}
	free(made);
	out.callees = finish(callees, order, rank);
	out.callers = finish(callers, order, rank);
	return out;
}

void
sandwich_fini(struct sandwich *sandwich)
{
	tree_free(sandwich->callees);
	tree_free(sandwich->callers);
	*sandwich = (struct sandwich){ 0 };
}

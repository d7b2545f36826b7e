/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/merge.h"

#include <stdlib.h>

#include "util/alloc.h"
#include "util/vec.h"

struct merge_node {
	double   self, total;
	int64_t  first_ns;
	uint32_t first;       /* in the input */
	uint32_t parent;
	frame_id frame;
	uint32_t items;
};

struct merge {
	struct { VEC(struct merge_node); } nodes;    /* parents before children */
	struct idmap by_key;                         /* (parent, frame) to node */
	bool         with_spans;
	uint32_t    *place, things;                  /* of each span or stack its node, ID_NONE: none; NULL unless asked for */
};

/* Siblings being sorted: what decides, in this order. */
struct sibling {
	double   total;       /* or nothing, when the order is another */
	uint32_t rank;
	int64_t  first_ns;
	uint32_t first;
	uint32_t node;
};

static const struct merge_node untouched = { .first_ns = INT64_MAX, .first = ID_NONE, .parent = ID_NONE, .frame = ID_NONE };

struct merge *
merge_new(bool with_spans)
{
	struct merge *merge = xcalloc(1, sizeof *merge);

	merge->with_spans = with_spans;
	vec_push(&merge->nodes, untouched);
	return merge;
}

void
merge_free(struct merge *merge)
{
	if (!merge)
		return;
	vec_fini(&merge->nodes);
	idmap_fini(&merge->by_key);
	free(merge->place);
	free(merge);
}

static uint32_t
find_or_add(struct merge *merge, uint32_t parent, frame_id frame)
{
	uint64_t hash = hash_pair(parent, frame);

	for (struct idmap_at at = idmap_first(&merge->by_key, hash); idmap_id(&merge->by_key, at) != ID_NONE;
	     at = idmap_next(&merge->by_key, at)) {
		const struct merge_node *node = &merge->nodes.at[idmap_id(&merge->by_key, at)];

		if (idmap_tag_matches(&merge->by_key, at, hash) && node->parent == parent && node->frame == frame)
			return idmap_id(&merge->by_key, at);
	}
	uint32_t id = (uint32_t)merge->nodes.len;
	vec_push(&merge->nodes, untouched);
	merge->nodes.at[id].parent = parent;
	merge->nodes.at[id].frame = frame;
	idmap_add(&merge->by_key, hash, id);
	return id;
}

static void
add_item(struct merge_node *node, const struct merge_item *item)
{
	node->self += item->self;
	node->items += item->items;
	if (item->first_ns < node->first_ns)
		node->first_ns = item->first_ns;
	if (item->first < node->first)
		node->first = item->first;
}

uint32_t
merge_push(struct merge *merge, uint32_t parent, frame_id frame, const struct merge_item *item)
{
	uint32_t id = find_or_add(merge, parent, frame);

	add_item(&merge->nodes.at[id], item);
	return id;
}

uint32_t
merge_push_or_join(struct merge *merge, uint32_t parent, frame_id frame, bool join, const struct merge_item *item)
{
	if (!join || merge->nodes.at[parent].frame != frame)
		return merge_push(merge, parent, frame, item);
	add_item(&merge->nodes.at[parent], item);
	return parent;
}

void
merge_add(struct merge *merge, uint32_t node, const struct merge_item *item)
{
	add_item(&merge->nodes.at[node], item);
}

void
merge_push_all(struct merge *merge, const struct merge_item *item)
{
	add_item(&merge->nodes.at[0], item);
}

void
merge_keep_places(struct merge *merge, uint32_t count)
{
	merge->place = xreallocarray(NULL, count ? count : 1, sizeof *merge->place);
	merge->things = count;
	for (uint32_t i = 0; i < count; i++)
		merge->place[i] = ID_NONE;
}

void
merge_place(struct merge *merge, uint32_t thing, uint32_t node)
{
	if (merge->place)
		merge->place[thing] = node;
}

/* Totals, from the leaves up.  What has no span or sample of its own came when the first of its children did. */
static void
add_up(struct merge *merge)
{
	struct merge_node *nodes = merge->nodes.at;

	for (size_t i = 0; i < merge->nodes.len; i++)
		nodes[i].total = nodes[i].self;
	for (size_t i = merge->nodes.len; i-- > 1;) {
		struct merge_node *parent = &nodes[nodes[i].parent];

		parent->total += nodes[i].total;
		if (merge->with_spans)
			continue;
		if (nodes[i].first_ns < parent->first_ns)
			parent->first_ns = nodes[i].first_ns;
		if (nodes[i].first < parent->first)
			parent->first = nodes[i].first;
	}
}

static int
by_place(const void *a, const void *b)
{
	const struct sibling *x = a, *y = b;

	if (x->total != y->total)
		return x->total > y->total ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (x->first_ns != y->first_ns)
		return x->first_ns < y->first_ns ? -1 : 1;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->node < y->node ? -1 : x->node > y->node;
}

/* All nodes but `all`, grouped by parent: the children of n are child[start[n]] up to child[start[n + 1]]. */
static void
group_children(const struct merge *merge, uint32_t *start, uint32_t *child)
{
	uint32_t count = (uint32_t)merge->nodes.len, sum = 0;

	for (uint32_t i = 1; i < count; i++)
		start[merge->nodes.at[i].parent]++;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t len = start[i];

		start[i] = sum;
		sum += len;
	}
	start[count] = sum;
	for (uint32_t i = 1; i < count; i++)
		child[start[merge->nodes.at[i].parent]++] = i;
	for (uint32_t i = count; i > 0; i--)
		start[i] = start[i - 1];
	start[0] = 0;
}

static void
sort_children(const struct merge *merge, uint32_t *child, uint32_t count, enum merge_order order, const uint32_t *frame_rank,
              struct sibling *room)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct merge_node *node = &merge->nodes.at[child[i]];

		room[i] = (struct sibling){
			.total = order == MERGE_BY_TOTAL ? node->total : 0,
			.rank = order == MERGE_BY_RANK ? frame_rank[node->frame] : 0,
			.first_ns = node->first_ns,
			.first = node->first,
			.node = child[i],
		};
	}
	qsort(room, count, sizeof *room, by_place);
	for (uint32_t i = 0; i < count; i++)
		child[i] = room[i].node;
}

static uint32_t
most_children(const uint32_t *start, uint32_t count)
{
	uint32_t most = 0;

	for (uint32_t i = 0; i < count; i++)
		if (start[i + 1] - start[i] > most)
			most = start[i + 1] - start[i];
	return most;
}

static void
copy_node(struct tree *tree, node_id to, const struct merge_node *from)
{
	tree->total[to] = from->total;
	tree->self[to] = from->self;
	tree->items[to] = from->items;
	if (tree->span)
		tree->span[to] = from->first;
}

/* Depth-first; the way back up is the parent links, so that no stack is needed. */
static void
emit(const struct merge *merge, struct tree *tree, const uint32_t *start, const uint32_t *child, node_id *node_of)
{
	uint32_t count = (uint32_t)merge->nodes.len;
	uint32_t *next = xreallocarray(NULL, count, sizeof *next);    /* per node: its next child to emit */
	uint32_t at = 0, level = 0;

	for (uint32_t i = 0; i < count; i++)
		next[i] = start[i];
	copy_node(tree, NODE_ALL, &merge->nodes.at[0]);
	while (at != ID_NONE) {
		if (next[at] < start[at + 1]) {
			at = child[next[at]++];
			node_id node = tree_add(tree, merge->nodes.at[at].frame, ++level);
			copy_node(tree, node, &merge->nodes.at[at]);
			if (node_of)
				node_of[at] = node;
		} else {
			at = merge->nodes.at[at].parent;
			level--;
		}
	}
	free(next);
}

/* From numbers to nodes. */
static void
give_places(struct merge *merge, struct tree *tree, const node_id *node_of)
{
	for (uint32_t i = 0; i < merge->things; i++)
		merge->place[i] = merge->place[i] == ID_NONE ? NODE_NONE : node_of[merge->place[i]];
	tree->place = merge->place;
	merge->place = NULL;
}

struct tree *
merge_finish(struct merge *merge, enum merge_order order, const uint32_t *frame_rank)
{
	uint32_t count = (uint32_t)merge->nodes.len;
	uint32_t *start = xcalloc((size_t)count + 1, sizeof *start);
	uint32_t *child = xreallocarray(NULL, count, sizeof *child);

	idmap_fini(&merge->by_key);
	add_up(merge);
	group_children(merge, start, child);
	struct sibling *room = xreallocarray(NULL, most_children(start, count), sizeof *room);
	for (uint32_t i = 0; i < count; i++)
		if (start[i + 1] - start[i] > 1)
			sort_children(merge, &child[start[i]], start[i + 1] - start[i], order, frame_rank, room);
	free(room);
	struct tree *tree = tree_new(count, merge->with_spans);
	node_id *node_of = merge->place ? xcalloc(count, sizeof *node_of) : NULL;
	emit(merge, tree, start, child, node_of);
	tree_finish(tree);
	if (merge->place)
		give_places(merge, tree, node_of);
	free(node_of);
	free(start);
	free(child);
	return tree;
}

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
	uint32_t first_child, next;    /* the last one that came, and the one that came before it; in the end in their order */
	bool     indexed;              /* its children are in by_key */
};

struct merge {
	struct { VEC(struct merge_node); } nodes;    /* parents before children */
	struct idmap by_key;                         /* (parent, frame) to node, where a second child of a frame may come */
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

struct siblings { VEC(struct sibling); };

static const struct merge_node untouched = {
	.first_ns = INT64_MAX, .first = ID_NONE, .parent = ID_NONE, .frame = ID_NONE, .first_child = ID_NONE, .next = ID_NONE,
};

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

void
merge_reserve(struct merge *merge, uint32_t count)
{
	merge->nodes.at = xreallocarray(merge->nodes.at, (size_t)count + 1, sizeof *merge->nodes.at);
	merge->nodes.cap = (size_t)count + 1;
}

static uint32_t
add_child(struct merge *merge, uint32_t parent, frame_id frame)
{
	uint32_t id = (uint32_t)merge->nodes.len;
	struct merge_node node = untouched;

	node.parent = parent;
	node.frame = frame;
	node.next = merge->nodes.at[parent].first_child;
	vec_push(&merge->nodes, node);
	merge->nodes.at[parent].first_child = id;
	if (merge->nodes.at[parent].indexed)
		idmap_add(&merge->by_key, hash_pair(parent, frame), id);
	return id;
}

static void
index_children(struct merge *merge, uint32_t parent)
{
	struct merge_node *nodes = merge->nodes.at;

	nodes[parent].indexed = true;
	for (uint32_t child = nodes[parent].first_child; child != ID_NONE; child = nodes[child].next)
		idmap_add(&merge->by_key, hash_pair(parent, nodes[child].frame), child);
}

static uint32_t
find_or_add(struct merge *merge, uint32_t parent, frame_id frame)
{
	uint64_t hash = hash_pair(parent, frame);

	/* The last child, or the only one, needs no index. */
	uint32_t last = merge->nodes.at[parent].first_child;
	if (last == ID_NONE)
		return add_child(merge, parent, frame);
	if (merge->nodes.at[last].frame == frame)
		return last;
	if (!merge->nodes.at[parent].indexed)
		index_children(merge, parent);
	for (struct idmap_at at = idmap_first(&merge->by_key, hash); idmap_id(&merge->by_key, at) != ID_NONE;
	     at = idmap_next(&merge->by_key, at)) {
		const struct merge_node *node = &merge->nodes.at[idmap_id(&merge->by_key, at)];

		if (idmap_tag_matches(&merge->by_key, at, hash) && node->parent == parent && node->frame == frame)
			return idmap_id(&merge->by_key, at);
	}
	return add_child(merge, parent, frame);
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
merge_push_new(struct merge *merge, uint32_t parent, frame_id frame, const struct merge_item *item)
{
	uint32_t id = add_child(merge, parent, frame);

	add_item(&merge->nodes.at[id], item);
	return id;
}

uint32_t
merge_count(const struct merge *merge)
{
	return (uint32_t)merge->nodes.len;
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

/* Links the children of a node in their order. */
static void
sort_children(struct merge *merge, uint32_t parent, enum merge_order order, const uint32_t *frame_rank, struct siblings *room)
{
	struct merge_node *nodes = merge->nodes.at;

	room->len = 0;
	for (uint32_t child = nodes[parent].first_child; child != ID_NONE; child = nodes[child].next)
		vec_push(room, (struct sibling){
			.total = order == MERGE_BY_TOTAL ? nodes[child].total : 0,
			.rank = order == MERGE_BY_RANK ? frame_rank[nodes[child].frame] : 0,
			.first_ns = nodes[child].first_ns,
			.first = nodes[child].first,
			.node = child,
		});
	qsort(room->at, room->len, sizeof *room->at, by_place);
	nodes[parent].first_child = room->at[0].node;
	for (size_t i = 0; i < room->len; i++)
		nodes[room->at[i].node].next = i + 1 < room->len ? room->at[i + 1].node : ID_NONE;
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
emit(const struct merge *merge, struct tree *tree, node_id *node_of)
{
	const struct merge_node *nodes = merge->nodes.at;
	uint32_t at = 0, level = 0;

	copy_node(tree, NODE_ALL, &nodes[0]);
	for (;;) {
		uint32_t next = nodes[at].first_child;
		if (next != ID_NONE)
			level++;
		for (; next == ID_NONE && at != 0; at = nodes[at].parent, level -= next == ID_NONE)
			next = nodes[at].next;
		if (next == ID_NONE)
			return;
		at = next;
		node_id node = tree_add(tree, nodes[at].frame, level);
		copy_node(tree, node, &nodes[at]);
		if (node_of)
			node_of[at] = node;
	}
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
	struct siblings room = { 0 };

	idmap_fini(&merge->by_key);
	add_up(merge);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t first = merge->nodes.at[i].first_child;
		if (first != ID_NONE && merge->nodes.at[first].next != ID_NONE)
			sort_children(merge, i, order, frame_rank, &room);
	}
	vec_fini(&room);
	struct tree *tree = tree_new(count, merge->with_spans);
	node_id *node_of = merge->place ? xcalloc(count, sizeof *node_of) : NULL;
	emit(merge, tree, node_of);
	tree_finish(tree);
	if (merge->place)
		give_places(merge, tree, node_of);
	free(node_of);
	return tree;
}

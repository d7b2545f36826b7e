/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/merge.h"

#include <stdlib.h>

#include "util/alloc.h"
#include "util/bits.h"
#include "util/vec.h"

struct merge_node {
	double   self, total;
	int64_t  first_ns;
	uint32_t first;       /* in the input */
	uint32_t parent;
	frame_id frame;
	uint32_t items;
	union {
		uint32_t first_child;    /* the last one that came; once sorted, the first */
		node_id  number;         /* in the tree */
	};
	union {
		uint32_t next;           /* the sibling that came before it; once sorted, the one behind it */
		uint32_t level;
	};
};

#define SPENT_STEP ((uint32_t)1 << 16)    /* nodes whose memory goes back at a time */
#define RUN        509u                   /* nodes that a processor's cache holds; a prime, for runs that begin at other places of it */

struct merge {
	struct { VEC(struct merge_node); } nodes;    /* parents before children */
	struct { VEC(uint64_t); } indexed;           /* a bit for each node: its children are in by_key */
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

/* A node that is yet to come into the tree. */
struct pending { uint32_t node, level; };

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
	vec_fini(&merge->indexed);
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

static bool
is_indexed(const struct merge *merge, uint32_t node)
{
	return node / 64 < merge->indexed.len && bits_has(merge->indexed.at, node);
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
	if (is_indexed(merge, parent))
		idmap_add(&merge->by_key, hash_pair(parent, frame), id);
	return id;
}

static void
index_children(struct merge *merge, uint32_t parent)
{
	struct merge_node *nodes = merge->nodes.at;

	while (merge->indexed.len <= parent / 64)
		vec_push(&merge->indexed, 0);
	bits_set(merge->indexed.at, parent);
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
	if (!is_indexed(merge, parent))
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

/* The children of a node in their order. */
static void
sort_children(const struct merge *merge, uint32_t parent, enum merge_order order, const uint32_t *frame_rank, struct siblings *room)
{
	const struct merge_node *nodes = merge->nodes.at;

	room->len = 0;
	for (uint32_t child = nodes[parent].first_child; child != ID_NONE; child = nodes[child].next)
		vec_push(room, (struct sibling){
			.total = order == MERGE_BY_TOTAL ? nodes[child].total : 0,
			.rank = order == MERGE_BY_RANK ? frame_rank[nodes[child].frame] : 0,
			.first_ns = nodes[child].first_ns,
			.first = nodes[child].first,
			.node = child,
		});
	if (room->len > 1)
		qsort(room->at, room->len, sizeof *room->at, by_place);
}

/* Links the children of all nodes in their order. */
static void
link_children(struct merge *merge, enum merge_order order, const uint32_t *frame_rank)
{
	struct merge_node *nodes = merge->nodes.at;
	struct siblings room = { 0 };

	for (uint32_t parent = 0; parent < merge->nodes.len; parent++) {
		uint32_t first = nodes[parent].first_child;
		if (first == ID_NONE || nodes[first].next == ID_NONE)
			continue;
		sort_children(merge, parent, order, frame_rank, &room);
		nodes[parent].first_child = room.at[0].node;
		for (size_t i = 0; i < room.len; i++)
			nodes[room.at[i].node].next = i + 1 < room.len ? room.at[i + 1].node : ID_NONE;
	}
	vec_fini(&room);
}

/* Numbers the nodes depth-first.  The way back up is the parent links, so that no stack is needed. */
static void
number_nodes(struct merge *merge)
{
	struct merge_node *nodes = merge->nodes.at;
	uint32_t at = 0, level = 0;
	node_id number = 0;

	for (;;) {
		uint32_t next = nodes[at].first_child;
		nodes[at].number = number++;
		level += next != ID_NONE;
		while (next == ID_NONE && at != 0) {
			next = nodes[at].next;
			nodes[at].level = level;
			if (next == ID_NONE) {
				at = nodes[at].parent;
				level--;
			}
		}
		if (next == ID_NONE)
			return;
		at = next;
	}
}

static void
swap(struct merge_node *a, struct merge_node *b)
{
	struct merge_node moved = *a;

	*a = *b;
	*b = moved;
}

/* Each node to the place of its number, in two steps that stay in the cache: first into the run of nodes that it belongs to, then inside it. */
static void
arrange_nodes(struct merge *merge)
{
	struct merge_node *nodes = merge->nodes.at;
	uint32_t count = (uint32_t)merge->nodes.len, runs = count / RUN + 1;
	uint32_t *free_at = xreallocarray(NULL, runs, sizeof *free_at);    /* in each run, what is before it belongs there */

	for (uint32_t run = 0; run < runs; run++)
		free_at[run] = run * RUN;
	for (uint32_t run = 0; run < runs; run++) {
		uint32_t end = count - run * RUN < RUN ? count : (run + 1) * RUN;
		while (free_at[run] < end) {
			uint32_t right = nodes[free_at[run]].number / RUN;
			if (right == run) {
				free_at[run]++;
				continue;
			}
			swap(&nodes[free_at[run]], &nodes[free_at[right]++]);
			/* What is exchanged there next, when others have been. */
			__builtin_prefetch(&nodes[free_at[right] + 2], 1);
		}
	}
	free(free_at);
	for (uint32_t i = 0; i < count; i++)
		while (nodes[i].number != i)
			swap(&nodes[i], &nodes[nodes[i].number]);
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

/* The memory of the nodes goes back as that of the tree comes. */
static void
emit(struct merge *merge, struct tree *tree)
{
	struct merge_node *nodes = merge->nodes.at;

	copy_node(tree, NODE_ALL, &nodes[0]);
	for (uint32_t i = 1; i < merge->nodes.len; i++) {
		copy_node(tree, tree_add(tree, nodes[i].frame, nodes[i].level), &nodes[i]);
		if (i % SPENT_STEP == 0)
			give_back(nodes + (i - SPENT_STEP), SPENT_STEP * sizeof *nodes);
	}
}

/* From numbers to nodes. */
static void
give_places(struct merge *merge, struct tree *tree)
{
	for (uint32_t i = 0; i < merge->things; i++)
		merge->place[i] = merge->place[i] == ID_NONE ? NODE_NONE : merge->nodes.at[merge->place[i]].number;
	tree->place = merge->place;
	merge->place = NULL;
}

/* Of spans, whose records are long beside a node, the tree is made while the nodes are there: each is looked at once more, with its siblings. */
static struct tree *
make_beside(struct merge *merge, enum merge_order order, const uint32_t *frame_rank)
{
	struct merge_node *nodes = merge->nodes.at;
	struct tree *tree = tree_new((uint32_t)merge->nodes.len, true);
	struct { VEC(struct pending); } pending = { 0 };
	struct siblings room = { 0 };
	node_id number = NODE_ALL;

	vec_push(&pending, (struct pending){ 0, 0 });
	while (pending.len) {
		struct pending at = vec_pop(&pending);

		copy_node(tree, at.node ? tree_add(tree, nodes[at.node].frame, at.level) : NODE_ALL, &nodes[at.node]);
		sort_children(merge, at.node, order, frame_rank, &room);
		nodes[at.node].number = number++;
		for (size_t i = room.len; i-- > 0;)
			vec_push(&pending, (struct pending){ room.at[i].node, at.level + 1 });
	}
	vec_fini(&pending);
	vec_fini(&room);
	if (merge->place)
		give_places(merge, tree);
	return tree;
}

/* Of samples, of which a few bytes of input can make a node, the nodes go as the tree comes. */
static struct tree *
make_instead(struct merge *merge, enum merge_order order, const uint32_t *frame_rank)
{
	link_children(merge, order, frame_rank);
	number_nodes(merge);
	struct tree *tree = tree_new((uint32_t)merge->nodes.len, false);
	if (merge->place)
		give_places(merge, tree);
	arrange_nodes(merge);
	emit(merge, tree);
	return tree;
}

struct tree *
merge_finish(struct merge *merge, enum merge_order order, const uint32_t *frame_rank)
{
	idmap_fini(&merge->by_key);
	add_up(merge);
	struct tree *tree = merge->with_spans ? make_beside(merge, order, frame_rank) : make_instead(merge, order, frame_rank);
	tree_finish(tree);
	return tree;
}

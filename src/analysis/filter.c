/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/filter.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/grow.h"
#include "analysis/merge.h"
#include "util/alloc.h"
#include "util/keyed.h"
#include "util/vec.h"

enum { SETS_AT_ONCE = 16 };

/* What becomes of a node, and what its descendants inherit from it. */
struct fate {
	uint16_t only;       /* of some sets of `only` at a time: those that its path goes through so far */
	bool     lacks;      /* it does not go through all of those that were looked at before */
	bool     dropped;    /* its path goes through an ignored frame */
	bool     begun;      /* its path has reached a frame to show from */
	bool     kept;       /* its own weight counts */
	bool     leads;      /* its own weight or that of a descendant counts */
};

struct walk {
	const struct tree        *tree;
	const struct tree_filter *filter;
	struct fate              *fate;      /* per node */
	node_id                  *target;    /* per node: itself when it is shown, else the node that it joins; NODE_ALL: none */
};

/* A shown node that was put on the path, and what is to be there again once its subtree is left. */
struct opened {
	node_id  end;            /* of the subtree in which it is open */
	frame_id frame;
	node_id  open_before;    /* of its frame */
	node_id  path_before;    /* at its level */
};

/* The path of shown nodes to where the walk is.  A frame that joins an earlier occurrence takes the path back to it. */
struct path {
	node_id  *open;          /* per frame: its last node that was put on the path; it counts while the path still goes through it */
	node_id  *at;            /* per level */
	uint32_t *level;         /* per shown node */
	struct { VEC(struct opened); } log;
};

bool
filter_is_empty(const struct tree_filter *filter)
{
	return !filter->ignore && !filter->only_count && !filter->show_from && !filter->hide && filter->recursion == RECURSION_KEEP;
}

static struct fate
judge(const struct walk *walk, node_id node)
{
	const struct tree_filter *filter = walk->filter;
	frame_id frame = walk->tree->frame[node];
	struct fate fate = walk->fate[walk->tree->parent[node]];

	fate.lacks = walk->fate[node].lacks;
	fate.dropped |= frame_set_has(filter->ignore, frame);
	fate.begun |= frame_set_has(filter->show_from, frame);
	fate.kept = !fate.dropped && fate.begun && !fate.lacks;
	return fate;
}

/* Looks at some sets of `only`, from the first on. */
static void
judge_only(struct walk *walk, uint32_t first)
{
	const struct tree_filter *filter = walk->filter;
	uint32_t count = filter->only_count - first < SETS_AT_ONCE ? filter->only_count - first : SETS_AT_ONCE;
	uint16_t all = (uint16_t)((1u << count) - 1);

	walk->fate[NODE_ALL].only = 0;
	for (node_id node = 1; node < walk->tree->count; node++) {
		struct fate *fate = &walk->fate[node];
		fate->only = walk->fate[walk->tree->parent[node]].only;
		for (uint32_t i = 0; i < count; i++)
			if (frame_set_has(filter->only[first + i], walk->tree->frame[node]))
				fate->only |= (uint16_t)(1u << i);
		fate->lacks |= fate->only != all;
	}
}

static void
judge_all(struct walk *walk)
{
	const struct tree *tree = walk->tree;
	bool from_root = !walk->filter->show_from;

	for (uint32_t first = 0; first < walk->filter->only_count; first += SETS_AT_ONCE)
		judge_only(walk, first);
	walk->fate[NODE_ALL] = (struct fate){ .begun = from_root };
	walk->fate[NODE_ALL].kept = from_root && !walk->filter->only_count;
	for (node_id node = 1; node < tree->count; node++)
		walk->fate[node] = judge(walk, node);
	/* A node without spans or samples of its own stays when what it leads to does. */
	for (node_id node = 1; node < tree->count; node++)
		walk->fate[node].leads = walk->fate[node].kept && tree->items[node] > 0;
	for (node_id node = tree->count - 1; node > 0; node--)
		walk->fate[tree->parent[node]].leads |= walk->fate[node].leads;
}

static void
path_init(struct path *path, const struct tree *tree, const struct dataset *ds)
{
	*path = (struct path){
		.open = xreallocarray(NULL, ds->frame_count, sizeof *path->open),
		.at = xcalloc((size_t)tree->depth + 2, sizeof *path->at),
		.level = xcalloc(tree->count, sizeof *path->level),
	};
	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		path->open[frame] = NODE_NONE;
}

static void
path_fini(struct path *path)
{
	free(path->open);
	free(path->at);
	free(path->level);
	vec_fini(&path->log);
}

static void
path_leave(struct path *path, node_id node)
{
	while (path->log.len && vec_last(&path->log).end <= node) {
		struct opened last = vec_pop(&path->log);
		path->at[path->level[path->open[last.frame]]] = last.path_before;
		path->open[last.frame] = last.open_before;
	}
}

/* The node that a shown frame joins because of recursion: itself when there is none, and then it is put on the path. */
static node_id
path_enter(const struct walk *walk, struct path *path, node_id node, node_id parent)
{
	const struct tree *tree = walk->tree;
	frame_id frame = tree->frame[node];
	uint32_t level = path->level[parent];
	node_id open = path->open[frame];

	if (walk->filter->recursion == RECURSION_DIRECT && parent != NODE_ALL && tree->frame[parent] == frame)
		return parent;
	if (walk->filter->recursion == RECURSION_ALL && open != NODE_NONE && path->level[open] <= level && path->at[path->level[open]] == open)
		return open;
	path->level[node] = level + 1;
	vec_push(&path->log, (struct opened){ tree->end[node], frame, open, path->at[level + 1] });
	path->open[frame] = node;
	path->at[level + 1] = node;
	return node;
}

static void
find_targets(struct walk *walk, const struct dataset *ds)
{
	const struct tree *tree = walk->tree;
	struct path path;

	path_init(&path, tree, ds);
	walk->target[NODE_ALL] = NODE_ALL;
	for (node_id node = 1; node < tree->count; node++) {
		node_id parent = walk->target[tree->parent[node]];
		path_leave(&path, node);
		if (!walk->fate[node].begun || frame_set_has(walk->filter->hide, tree->frame[node]))
			walk->target[node] = parent;
		else
			walk->target[node] = path_enter(walk, &path, node, parent);
	}
	path_fini(&path);
}

static struct merge_item
item_of(const struct walk *walk, const struct dataset *ds, node_id node)
{
	const struct tree *tree = walk->tree;
	span_id span = tree->span ? tree->span[node] : ID_NONE;

	if (!walk->fate[node].kept)
		return (struct merge_item){ .first_ns = INT64_MAX, .first = ID_NONE };
	return (struct merge_item){
		.self = tree->self[node],
		.items = tree->items[node],
		.first_ns = span == ID_NONE ? (int64_t)node : ds->spans.start_ns[span],
		.first = tree->span ? span : node,
	};
}

/* Spans or stacks go with the nodes that they are counted in. */
static void
move_places(const struct walk *walk, struct merge *merge, const uint32_t *made, uint32_t count)
{
	merge_keep_places(merge, count);
	for (uint32_t i = 0; i < count; i++) {
		node_id from = walk->tree->place[i], target = from == NODE_NONE ? NODE_ALL : walk->target[from];
		if (target != NODE_ALL && walk->fate[from].kept)
			merge_place(merge, i, made[target]);
	}
}

static struct tree *
emit_merged(const struct walk *walk, const struct dataset *ds, enum tree_order order, const uint32_t *rank)
{
	static const enum merge_order orders[] = {
		[ORDER_HEAVIEST] = MERGE_BY_TOTAL, [ORDER_ALPHABETICAL] = MERGE_BY_RANK, [ORDER_FIRST] = MERGE_BY_FIRST,
	};
	const struct tree *tree = walk->tree;
	struct merge *merge = merge_new(tree->span != NULL);
	uint32_t *made = xcalloc(tree->count, sizeof *made);    /* per shown node: its number in the merge */
	/* Per shown node: whether only its own children have come to it. */
	bool *alone = xcalloc(tree->count, sizeof *alone), keeps = walk->filter->recursion == RECURSION_KEEP;

	merge_reserve(merge, tree->count - 1);
	alone[NODE_ALL] = keeps;
	if (walk->fate[NODE_ALL].kept) {
		struct merge_item item = item_of(walk, ds, NODE_ALL);
		merge_push_all(merge, &item);
	}
	for (node_id node = 1; node < tree->count && !job_stopped_at(walk->filter->job, node - 1); node++) {
		node_id target = walk->target[node];
		if (!walk->fate[node].leads)
			continue;
		struct merge_item item = item_of(walk, ds, node);
		if (target == node) {
			node_id above = walk->target[tree->parent[node]];
			uint32_t before = merge_count(merge);
			alone[above] = alone[above] && above == tree->parent[node];
			made[node] = (alone[above] ? merge_push_new : merge_push)(merge, made[above], tree->frame[node], &item);
			alone[node] = keeps && made[node] >= before;
		} else if (target != NODE_ALL)
			merge_add(merge, made[target], &item);
	}
	if (tree->place)
		move_places(walk, merge, made, tree->span ? ds->spans.count : ds->stacks.count);
	struct tree *out = merge_finish(merge, orders[order], rank);
	merge_free(merge);
	free(made);
	free(alone);
	return out;
}

static bool
joins(const struct walk *walk, node_id node)
{
	return walk->target[node] != node && walk->target[node] != NODE_ALL && walk->fate[node].leads && walk->fate[node].kept;
}

/* A span that others have joined works while any of these or it itself does, so whenever nothing else below it has its time: at work at
 * the same time they do not count twice.  made: per shown node that one in out; NODE_ALL in no other's place. */
static void
find_self(const struct walk *walk, const node_id *made, struct tree *out)
{
	const struct tree *tree = walk->tree;
	struct keyed *items = xreallocarray(NULL, tree->count, sizeof *items), *spare = xreallocarray(NULL, tree->count, sizeof *spare);
	double *told = xreallocarray(NULL, out->count, sizeof *told);    /* per node in out: until when; NAN: its self is as it was */
	uint32_t count = 0;

	for (node_id node = 0; node < out->count; node++)
		told[node] = NAN;
	for (node_id node = 1; node < tree->count; node++)
		if (joins(walk, node)) {
			node_id at = made[walk->target[node]];
			told[at] = out->x0[at];
			out->self[at] = out->total[at];
		}
	for (node_id node = 1; node < tree->count; node++)
		if (!joins(walk, node) && !isnan(told[made[walk->target[tree->parent[node]]]]))
			items[count++] = (struct keyed){ keyed_of_double(tree->x0[node]), node };
	keyed_sort(&items, &spare, count);
	for (uint32_t i = 0; i < count; i++) {
		node_id node = items[i].value, at = made[walk->target[tree->parent[node]]];
		double from = fmax(tree->x0[node], told[at]);
		double to = fmin(tree->x0[node] + tree->total[node], out->x0[at] + out->total[at]);
		if (to > from) {
			out->self[at] -= to - from;
			told[at] = to;
		}
	}
	free(items);
	free(spare);
	free(told);
}

static struct tree *
emit_timed(const struct walk *walk)
{
	const struct tree *tree = walk->tree;
	struct tree *out = tree_new(tree->count, true);
	node_id *made = xcalloc(tree->count, sizeof *made);
	bool joined = false;

	out->timed = true;
	out->width = tree->width;
	out->total[NODE_ALL] = tree->total[NODE_ALL];
	for (node_id node = 1; node < tree->count; node++) {
		joined |= joins(walk, node);
		if (!walk->fate[node].leads || walk->target[node] != node)
			continue;
		made[node] = tree_add(out, tree->frame[node], out->level[made[walk->target[tree->parent[node]]]] + 1);
		out->total[made[node]] = tree->total[node];
		out->self[made[node]] = tree->self[node];
		out->x0[made[node]] = tree->x0[node];
		out->items[made[node]] = tree->items[node];
		out->span[made[node]] = tree->span[node];
	}
	tree_finish(out);
	if (joined)
		find_self(walk, made, out);
	free(made);
	return out;
}

/* What is left of a tree of samples, along the clock. */
struct replay {
	const struct walk *walk;
	struct grow        grow;
	double            *reached;    /* per level of the path that is open: how far its own time has been told */
	bool              *counted;    /* per level: its items have been */
	frame_id          *path;       /* room for one */
};

/* Tells a node's own time up to a point.  What was left of it has moved to the node that it joins. */
static void
replay_self(struct replay *replay, node_id node, double to)
{
	const struct walk *walk = replay->walk;
	const struct tree *tree = walk->tree;
	uint32_t level = tree->level[node], depth = 0;
	double from = replay->reached[level];
	uint32_t items = replay->counted[level] ? 0 : tree->items[node];

	replay->reached[level] = to;
	if (!walk->fate[node].kept || (!(to > from) && !items))
		return;
	replay->counted[level] = true;
	for (node_id at = walk->target[node]; at != NODE_ALL; at = walk->target[tree->parent[at]])
		depth++;
	if (depth == 0)
		return;
	uint32_t left = depth;
	for (node_id at = walk->target[node]; at != NODE_ALL; at = walk->target[tree->parent[at]])
		replay->path[--left] = tree->frame[at];
	grow_stack(&replay->grow, replay->path, depth, from, to, items);
}

static struct tree *
emit_sampled(const struct walk *walk)
{
	const struct tree *tree = walk->tree;
	struct replay replay = {
		.walk = walk,
		.reached = xcalloc((size_t)tree->depth + 1, sizeof *replay.reached),
		.counted = xcalloc((size_t)tree->depth + 1, sizeof *replay.counted),
		.path = xcalloc((size_t)tree->depth + 1, sizeof *replay.path),
	};

	grow_init(&replay.grow);
	for (node_id node = 1, open = NODE_ALL; node <= tree->count; node++) {
		node_id parent = node < tree->count ? tree->parent[node] : NODE_ALL;
		for (; open != parent; open = tree->parent[open]) {
			double end = tree->x0[open] + tree->total[open];
			replay_self(&replay, open, end);
			replay.reached[tree->level[open] - 1] = end;
		}
		if (node == tree->count)
			break;
		if (parent != NODE_ALL && tree->x0[node] > replay.reached[tree->level[parent]])
			replay_self(&replay, parent, tree->x0[node]);
		replay.reached[tree->level[node]] = tree->x0[node];
		replay.counted[tree->level[node]] = false;
		open = node;
	}
	free(replay.reached);
	free(replay.counted);
	free(replay.path);
	return grow_finish(&replay.grow, tree->width);
}

struct tree *
tree_filter(const struct tree *tree, const struct dataset *ds, const struct tree_filter *filter, enum tree_order order,
            const uint32_t *rank)
{
	struct walk walk = {
		.tree = tree,
		.filter = filter,
		.fate = xcalloc(tree->count, sizeof *walk.fate),
		.target = xreallocarray(NULL, tree->count, sizeof *walk.target),
	};

	judge_all(&walk);
	find_targets(&walk, ds);
	struct tree *out = tree_is_packed(tree) ? emit_timed(&walk)
	                   : tree->timed       ? emit_sampled(&walk)
	                                       : emit_merged(&walk, ds, order, rank);
	free(walk.fate);
	free(walk.target);
	return out;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/occurrences.h"

#include <stdlib.h>

#include "util/alloc.h"
#include "util/vec.h"

static void
count_frames(struct occurrences *out, const frame_id *of_node)
{
	uint32_t sum = 0;

	for (node_id node = 1; node < out->tree->count; node++)
		out->start[of_node[node]]++;
	for (frame_id frame = 0; frame <= out->frame_count; frame++) {
		uint32_t count = out->start[frame];
		out->start[frame] = sum;
		sum += count;
	}
}

/* How long a node is there while the one that it lies in is not. */
static double
late_part(const struct tree *tree, node_id node, node_id outer)
{
	double from = tree->x0[node], to = from + tree->total[node];
	double low = tree->x0[outer], high = low + tree->total[outer];
	double inside = (to < high ? to : high) - (from > low ? from : low);

	return to - from - (inside > 0 ? inside : 0);
}

/* Of one occurrence alone. */
static double
late_of(const struct occurrences *occurrences, uint32_t at, uint32_t start)
{
	return occurrences->late ? occurrences->late[at] - (at > start ? occurrences->late[at - 1] : 0) : 0;
}

/* The sums up to an occurrence.  latest: the one of its frame before it. */
static void
add_sums(struct occurrences *out, uint32_t at, uint32_t latest, node_id node)
{
	const struct tree *tree = out->tree;
	uint32_t outer = latest, sibling = ID_NONE;

	while (outer != ID_NONE && tree->end[out->node[outer]] <= node) {
		sibling = outer;
		outer = out->outer[outer];
	}
	out->outer[at] = outer;
	out->self[at] = tree_own(tree, node) + (latest == ID_NONE ? 0 : out->self[latest]);
	out->items[at] = tree->items[node] + (latest == ID_NONE ? 0 : out->items[latest]);
	double late = out->late && outer != ID_NONE ? late_part(tree, node, out->node[outer]) : 0;
	if (out->late)
		out->late[at] = late + (latest == ID_NONE ? 0 : out->late[latest]);
	out->total[at] = tree->total[node] - late + (sibling == ID_NONE ? 0 : out->total[sibling]);
}

static void
add(struct occurrences *out, uint32_t *next, frame_id frame, node_id node)
{
	const struct tree *tree = out->tree;
	uint32_t at = next[frame]++;
	bool first = at == out->start[frame];

	out->node[at] = node;
	if (out->self)
		add_sums(out, at, first ? ID_NONE : at - 1, node);
	if (first || tree->total[node] > tree->total[out->heaviest[frame]])
		out->heaviest[frame] = node;
}

static struct occurrence_sum *
sum_all(const struct occurrences *occurrences)
{
	struct occurrence_sum *all = xcalloc(occurrences->frame_count ? occurrences->frame_count : 1, sizeof *all);

	for (frame_id frame = 0; frame < occurrences->frame_count; frame++)
		all[frame] = occurrences_sum(occurrences, frame, NODE_ALL);
	return all;
}

struct occurrences *
occurrences_new_of(const struct tree *tree, const frame_id *of_node, uint32_t frame_count, bool sums)
{
	struct occurrences *out = xcalloc(1, sizeof *out);
	uint32_t *next = xreallocarray(NULL, frame_count ? frame_count : 1, sizeof *next);

	out->tree = tree;
	out->frame_count = frame_count;
	out->start = xcalloc((size_t)frame_count + 1, sizeof *out->start);
	out->node = xreallocarray(NULL, tree->count, sizeof *out->node);
	if (sums) {
		out->self = xreallocarray(NULL, tree->count, sizeof *out->self);
		out->items = xreallocarray(NULL, tree->count, sizeof *out->items);
		out->total = xreallocarray(NULL, tree->count, sizeof *out->total);
		if (tree_is_packed(tree))
			out->late = xreallocarray(NULL, tree->count, sizeof *out->late);
		out->outer = xreallocarray(NULL, tree->count, sizeof *out->outer);
	}
	out->heaviest = xreallocarray(NULL, frame_count ? frame_count : 1, sizeof *out->heaviest);
	count_frames(out, of_node);
	for (frame_id frame = 0; frame < frame_count; frame++) {
		next[frame] = out->start[frame];
		out->heaviest[frame] = NODE_NONE;
	}
	for (node_id node = 1; node < tree->count; node++)
		add(out, next, of_node[node], node);
	free(next);
	if (sums)
		out->all = sum_all(out);
	return out;
}

struct occurrences *
occurrences_new(const struct tree *tree, const struct dataset *ds, bool sums)
{
	return occurrences_new_of(tree, tree->frame, ds->frame_count, sums);
}

void
occurrences_free(struct occurrences *occurrences)
{
	if (!occurrences)
		return;
	free(occurrences->start);
	free(occurrences->node);
	free(occurrences->self);
	free(occurrences->total);
	free(occurrences->late);
	free(occurrences->items);
	free(occurrences->outer);
	free(occurrences->all);
	free(occurrences->heaviest);
	free(occurrences);
}

/* The first of [begin, end) that is not before a node. */
static uint32_t
lower_bound(const struct occurrences *occurrences, uint32_t begin, uint32_t end, node_id node)
{
	while (begin < end) {
		uint32_t middle = begin + (end - begin) / 2;

		if (occurrences->node[middle] < node)
			begin = middle + 1;
		else
			end = middle;
	}
	return begin;
}

/* Each for itself. */
static void
add_up(const struct occurrences *occurrences, uint32_t begin, uint32_t end, struct occurrence_sum *sum)
{
	const struct tree *tree = occurrences->tree;
	struct { VEC(node_id); } above = { 0 };
	bool packed = tree_is_packed(tree);

	for (uint32_t i = begin; i < end; i++) {
		node_id node = occurrences->node[i];
		sum->self += tree_own(tree, node);
		sum->items += tree->items[node];
		while (above.len && tree->end[vec_last(&above)] <= node)
			above.len--;
		if (above.len == 0)
			sum->total += tree->total[node];
		else if (packed)
			sum->total += late_part(tree, node, vec_last(&above));
		/* Where nothing is late the outermost one is all that counts. */
		if (above.len == 0 || packed)
			vec_push(&above, node);
	}
	vec_fini(&above);
}

struct occurrence_sum
occurrences_sum(const struct occurrences *occurrences, frame_id frame, node_id within)
{
	const struct tree *tree = occurrences->tree;
	uint32_t start = occurrences->start[frame], stop = occurrences->start[frame + 1];
	uint32_t begin = within == NODE_ALL ? start : lower_bound(occurrences, start, stop, within);
	uint32_t end = within == NODE_ALL ? stop : lower_bound(occurrences, begin, stop, tree->end[within]);
	struct occurrence_sum sum = { .nodes = end - begin };

	if (within == NODE_ALL && occurrences->all)
		return occurrences->all[frame];
	if (begin == end)
		return sum;
	if (!occurrences->self) {
		add_up(occurrences, begin, end, &sum);
		return sum;
	}
	sum.self = occurrences->self[end - 1] - (begin > start ? occurrences->self[begin - 1] : 0);
	sum.items = occurrences->items[end - 1] - (begin > start ? occurrences->items[begin - 1] : 0);
	/* The first one inside is an outermost one there; what lies in the same as it does are the others. */
	uint32_t last = end - 1, outer = occurrences->outer[begin];
	while (occurrences->outer[last] != outer)
		last = occurrences->outer[last];
	sum.total = occurrences->total[last] - occurrences->total[begin] + tree->total[occurrences->node[begin]] - late_of(occurrences, begin, start);
	if (occurrences->late)
		sum.total += occurrences->late[end - 1] - (begin > start ? occurrences->late[begin - 1] : 0);
	return sum;
}

node_id
occurrences_heaviest(const struct occurrences *occurrences, frame_id frame, node_id within)
{
	const struct tree *tree = occurrences->tree;
	node_id heaviest = occurrences->heaviest[frame];
	uint32_t stop = occurrences->start[frame + 1];

	if (heaviest == NODE_NONE || within == NODE_ALL || tree_is_inside(tree, heaviest, within))
		return heaviest;
	heaviest = NODE_NONE;
	for (uint32_t i = lower_bound(occurrences, occurrences->start[frame], stop, within);
	     i < stop && occurrences->node[i] < tree->end[within]; i++)
		if (heaviest == NODE_NONE || tree->total[occurrences->node[i]] > tree->total[heaviest])
			heaviest = occurrences->node[i];
	return heaviest;
}

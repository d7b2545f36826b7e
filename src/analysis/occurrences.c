/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/occurrences.h"

#include <stdlib.h>

#include "util/alloc.h"

static void
count_frames(struct occurrences *out)
{
	const struct tree *tree = out->tree;
	uint32_t sum = 0;

	for (node_id node = 1; node < tree->count; node++)
		out->start[tree->frame[node]]++;
	for (frame_id frame = 0; frame <= out->frame_count; frame++) {
		uint32_t count = out->start[frame];
		out->start[frame] = sum;
		sum += count;
	}
}

/* Per frame where its next occurrence goes, and where the subtree of its last outermost one ends. */
struct progress { uint32_t next; node_id covered_to; };

static void
add(struct occurrences *out, struct progress *progress, node_id node)
{
	const struct tree *tree = out->tree;
	frame_id frame = tree->frame[node];
	uint32_t at = progress->next++;
	bool first = at == out->start[frame], outermost = first || node >= progress->covered_to;

	out->node[at] = node;
	if (out->self) {
		out->self[at] = tree->self[node] + (first ? 0 : out->self[at - 1]);
		out->items[at] = tree->items[node] + (first ? 0 : out->items[at - 1]);
		out->total[at] = (outermost ? tree->total[node] : 0) + (first ? 0 : out->total[at - 1]);
	}
	if (outermost)
		progress->covered_to = tree->end[node];
	if (first || tree->total[node] > tree->total[out->heaviest[frame]])
		out->heaviest[frame] = node;
}

struct occurrences *
occurrences_new(const struct tree *tree, const struct dataset *ds, bool sums)
{
	struct occurrences *out = xcalloc(1, sizeof *out);
	struct progress *progress = xreallocarray(NULL, ds->frame_count ? ds->frame_count : 1, sizeof *progress);

	out->tree = tree;
	out->frame_count = ds->frame_count;
	out->start = xcalloc((size_t)ds->frame_count + 1, sizeof *out->start);
	out->node = xreallocarray(NULL, tree->count, sizeof *out->node);
	if (sums) {
		out->self = xreallocarray(NULL, tree->count, sizeof *out->self);
		out->total = xreallocarray(NULL, tree->count, sizeof *out->total);
		out->items = xreallocarray(NULL, tree->count, sizeof *out->items);
	}
	out->heaviest = xreallocarray(NULL, ds->frame_count ? ds->frame_count : 1, sizeof *out->heaviest);
	count_frames(out);
	for (frame_id frame = 0; frame < ds->frame_count; frame++) {
		progress[frame] = (struct progress){ out->start[frame], 0 };
		out->heaviest[frame] = NODE_NONE;
	}
	for (node_id node = 1; node < tree->count; node++)
		add(out, &progress[tree->frame[node]], node);
	free(progress);
	return out;
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
	free(occurrences->items);
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
	node_id covered_to = 0;

	for (uint32_t i = begin; i < end; i++) {
		node_id node = occurrences->node[i];
		sum->self += tree->self[node];
		sum->items += tree->items[node];
		if (node < covered_to)
			continue;
		sum->total += tree->total[node];
		covered_to = tree->end[node];
	}
}

struct occurrence_sum
occurrences_within(const struct occurrences *occurrences, frame_id frame, node_id within, bool above)
{
	const struct tree *tree = occurrences->tree;
	uint32_t start = occurrences->start[frame], stop = occurrences->start[frame + 1];
	uint32_t begin = within == NODE_ALL ? start : lower_bound(occurrences, start, stop, within);
	uint32_t end = within == NODE_ALL ? stop : lower_bound(occurrences, begin, stop, tree->end[within]);
	struct occurrence_sum sum = { .nodes = end - begin };

	if (begin == end)
		return sum;
	if (!occurrences->self) {
		add_up(occurrences, begin, end, &sum);
		return sum;
	}
	sum.self = occurrences->self[end - 1] - (begin > start ? occurrences->self[begin - 1] : 0);
	sum.items = occurrences->items[end - 1] - (begin > start ? occurrences->items[begin - 1] : 0);
	if (!above) {
		sum.total = occurrences->total[end - 1] - (begin > start ? occurrences->total[begin - 1] : 0);
		return sum;
	}
	while (begin < end) {
		node_id node = occurrences->node[begin];
		sum.total += tree->total[node];
		begin = lower_bound(occurrences, begin + 1, end, tree->end[node]);
	}
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

struct occurrence_sum
occurrences_sum(const struct occurrences *occurrences, frame_id frame, node_id within)
{
	const struct tree *tree = occurrences->tree;
	node_id up = within == NODE_ALL ? NODE_ALL : tree->parent[within];

	while (up != NODE_ALL && tree->frame[up] != frame)
		up = tree->parent[up];
	return occurrences_within(occurrences, frame, within, up != NODE_ALL);
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/occurrences.h"

#include <stdlib.h>

#include "util/alloc.h"

struct occurrences *
occurrences_build(const struct tree *tree, uint32_t frame_count)
{
	struct occurrences *occurrences = xcalloc(1, sizeof *occurrences);
	uint32_t *first = xcalloc((size_t)frame_count + 1, sizeof *first), *next = xcalloc((size_t)frame_count + 1, sizeof *next);

	occurrences->nodes = xreallocarray(NULL, tree->count, sizeof *occurrences->nodes);
	for (node_id node = 1; node < tree->count; node++)
		first[tree->frame[node] + 1]++;
	for (frame_id frame = 0; frame < frame_count; frame++) {
		first[frame + 1] += first[frame];
		next[frame] = first[frame];
	}
	for (node_id node = 1; node < tree->count; node++)
		occurrences->nodes[next[tree->frame[node]]++] = node;
	free(next);
	occurrences->first = first;
	return occurrences;
}

void
occurrences_free(struct occurrences *occurrences)
{
	if (!occurrences)
		return;
	free(occurrences->nodes);
	free(occurrences->first);
	free(occurrences);
}

/* The first of sorted nodes [low, high) that is node or comes after it. */
static uint32_t
lower_bound(const node_id *nodes, uint32_t low, uint32_t high, node_id node)
{
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (nodes[middle] < node)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct occurrence_sum
occurrences_sum(const struct occurrences *occurrences, const struct tree *tree, frame_id frame, node_id within)
{
	const node_id *nodes = occurrences->nodes;
	uint32_t high = occurrences->first[frame + 1];
	uint32_t low = lower_bound(nodes, occurrences->first[frame], high, within);
	struct occurrence_sum sum = { 0 };
	node_id covered = 0;    /* end of the outermost node so far */

	for (uint32_t i = low; i < high && nodes[i] < tree->end[within]; i++) {
		sum.self += tree->self[nodes[i]];
		sum.nodes++;
		if (nodes[i] < covered)
			continue;
		sum.total += tree->total[nodes[i]];
		covered = tree->end[nodes[i]];
	}
	return sum;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/match.h"

#include <stdlib.h>

#include "util/alloc.h"
#include "util/vec.h"

/* Sets the bits of frames that occur in the tree and match. */
static void
match_frames(struct match *match, const struct tree *tree, const struct dataset *ds, const struct search *search)
{
	size_t words = (size_t)ds->frame_count / 64 + 1;
	uint64_t *seen = xcalloc(words, sizeof *seen);
	struct buf scratch = { 0 };

	for (node_id node = 1; node < tree->count; node++) {
		frame_id frame = tree->frame[node];
		uint64_t bit = UINT64_C(1) << (frame % 64);

		if (seen[frame / 64] & bit)
			continue;
		seen[frame / 64] |= bit;
		if (search_finds(search, ds, frame, &scratch)) {
			match->frame_bits[frame / 64] |= bit;
			match->frame_count++;
		}
	}
	free(seen);
	buf_fini(&scratch);
}

struct match *
match_build(const struct tree *tree, const struct dataset *ds, const struct search *search)
{
	struct match *match = xcalloc(1, sizeof *match);
	struct { VEC(node_id); } nodes = { 0 };

	match->frame_bits = xcalloc((size_t)ds->frame_count / 64 + 1, sizeof *match->frame_bits);
	match_frames(match, tree, ds, search);
	if (match->frame_count)
		for (node_id node = 1; node < tree->count; node++)
			if (match_has_frame(match, tree->frame[node]))
				vec_push(&nodes, node);
	match->nodes = nodes.at;
	match->node_count = (uint32_t)nodes.len;
	return match;
}

void
match_free(struct match *match)
{
	if (!match)
		return;
	free(match->frame_bits);
	free(match->nodes);
	free(match);
}

/* The place of the first matching node that is not before node. */
static uint32_t
lower_bound(const struct match *match, node_id node)
{
	uint32_t low = 0, high = match->node_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (match->nodes[middle] < node)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

double
match_weight(const struct match *match, const struct tree *tree, node_id within)
{
	double weight = 0;

	for (uint32_t i = lower_bound(match, within); i < match->node_count && match->nodes[i] < tree->end[within];) {
		node_id end = tree->end[match->nodes[i]];

		weight += tree->total[match->nodes[i]];
		while (i < match->node_count && match->nodes[i] < end)
			i++;
	}
	return weight;
}

node_id
match_next(const struct match *match, node_id from, bool backwards)
{
	if (!match->node_count)
		return NODE_NONE;
	uint32_t i = lower_bound(match, backwards ? from : from + 1);
	if (backwards)
		return match->nodes[i ? i - 1 : match->node_count - 1];
	return match->nodes[i < match->node_count ? i : 0];
}

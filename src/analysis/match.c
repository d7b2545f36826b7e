/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/match.h"

#include <stdlib.h>

#include "util/alloc.h"
#include "util/bits.h"
#include "util/keyed.h"
#include "util/vec.h"

enum { FEW = 64 };    /* matches are listed by frame and sorted when they are fewer than one of so many nodes */

struct nodes { VEC(node_id); };

static void
find_frame(struct match *match, const struct dataset *ds, const struct search *search, frame_id frame, struct buf *scratch)
{
	if (!search_finds(search, ds, frame, scratch))
		return;
	bits_set(match->frame_bits, frame);
	match->frame_count++;
}

/* Sets the bits of frames that occur in the tree and match. */
static void
match_frames(struct match *match, const struct tree *tree, const struct dataset *ds, const struct occurrences *places,
             const struct search *search)
{
	uint64_t *seen = bits_new(ds->frame_count);
	struct buf scratch = { 0 };

	for (frame_id frame = 0; places && frame < ds->frame_count; frame++)
		if (occurrences_of(places, frame))
			find_frame(match, ds, search, frame, &scratch);
	for (node_id node = 1; !places && node < tree->count; node++) {
		frame_id frame = tree->frame[node];
		uint64_t bit = UINT64_C(1) << (frame % 64);

		if (seen[frame / 64] & bit)
			continue;
		seen[frame / 64] |= bit;
		find_frame(match, ds, search, frame, &scratch);
	}
	free(seen);
	buf_fini(&scratch);
}

static int
by_number(const void *a, const void *b)
{
	node_id x = *(const node_id *)a, y = *(const node_id *)b;

	return x < y ? -1 : x > y;
}

/* The matching nodes frame by frame, then in order; false when they are too many for it to be worth while. */
static bool
list_by_frame(const struct match *match, const struct tree *tree, const struct occurrences *places, struct nodes *out)
{
	uint32_t count = 0;

	for (frame_id frame = 0; frame < places->frame_count; frame++)
		count += match_has_frame(match, frame) ? occurrences_of(places, frame) : 0;
	if (count > tree->count / FEW)
		return false;
	vec_reserve(out, count);
	for (frame_id frame = 0; frame < places->frame_count; frame++)
		for (uint32_t i = places->start[frame]; match_has_frame(match, frame) && i < places->start[frame + 1]; i++)
			out->at[out->len++] = places->node[i];
	if (out->len)
		qsort(out->at, out->len, sizeof *out->at, by_number);
	return true;
}

static struct match *
build(const struct tree *tree, const struct dataset *ds, const struct occurrences *places, const struct search *search)
{
	struct match *match = xcalloc(1, sizeof *match);
	struct nodes nodes = { 0 };

	match->frame_bits = bits_new(ds->frame_count);
	match_frames(match, tree, ds, places, search);
	if (match->frame_count && !(places && list_by_frame(match, tree, places, &nodes)))
		for (node_id node = 1; node < tree->count; node++)
			if (match_has_frame(match, tree->frame[node]))
				vec_push(&nodes, node);
	match->nodes = nodes.at;
	match->node_count = (uint32_t)nodes.len;
	return match;
}

struct match *
match_build(const struct tree *tree, const struct dataset *ds, const struct search *search)
{
	return build(tree, ds, NULL, search);
}

struct match *
match_build_at(const struct occurrences *places, const struct dataset *ds, const struct search *search)
{
	return build(places->tree, ds, places, search);
}

struct match *
match_spans(const struct tree *tree, const uint64_t *spans)
{
	struct match *match = xcalloc(1, sizeof *match);
	struct { VEC(node_id); } nodes = { 0 };

	for (node_id node = 1; node < tree->count; node++)
		if (tree->span[node] != ID_NONE && bits_has(spans, tree->span[node]))
			vec_push(&nodes, node);
	match->nodes = nodes.at;
	match->node_count = (uint32_t)nodes.len;
	return match;
}

uint32_t
match_index(const struct match *match, node_id node)
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

void
match_free(struct match *match)
{
	if (!match)
		return;
	free(match->frame_bits);
	free(match->nodes);
	free(match);
}

double
match_weight(const struct match *match, const struct tree *tree, node_id within)
{
	double weight = 0;

	for (uint32_t i = match_index(match, within); i < match->node_count && match->nodes[i] < tree->end[within];) {
		node_id end = tree->end[match->nodes[i]];

		weight += tree->total[match->nodes[i]];
		while (i < match->node_count && match->nodes[i] < end)
			i++;
	}
	return weight;
}

struct stretch { double from, to; };
struct stretches { VEC(struct stretch); };

/* Sorted by where they begin. */
static void
sort_stretches(struct stretches *stretches)
{
	uint32_t count = (uint32_t)stretches->len;
	bool sorted = true;

	for (uint32_t i = 1; i < count && sorted; i++)
		sorted = stretches->at[i - 1].from <= stretches->at[i].from;
	if (sorted)
		return;
	struct keyed *items = xreallocarray(NULL, count, sizeof *items), *spare = xreallocarray(NULL, count, sizeof *spare);
	for (uint32_t i = 0; i < count; i++)
		items[i] = (struct keyed){ keyed_of_double(stretches->at[i].from), i };
	keyed_sort(&items, &spare, count);
	struct stretch *at = xreallocarray(NULL, count, sizeof *at);
	for (uint32_t i = 0; i < count; i++)
		at[i] = stretches->at[items[i].value];
	memcpy(stretches->at, at, count * sizeof *at);
	free(at);
	free(items);
	free(spare);
}

double
match_cover(const struct match *match, const struct tree *tree, node_id within, double from, double to)
{
	struct stretches stretches = { 0 };
	struct stretch outer = { 0 };
	double sum = 0, reached = from;

	for (uint32_t i = match_index(match, within); i < match->node_count && match->nodes[i] < tree->end[within]; i++) {
		node_id node = match->nodes[i];
		struct stretch is = { tree->x0[node], tree->x0[node] + tree->total[node] };
		if (is.from >= outer.from && is.to <= outer.to)
			continue;
		outer = is;
		vec_push(&stretches, is);
	}
	sort_stretches(&stretches);
	for (size_t i = 0; i < stretches.len; i++) {
		double begin = stretches.at[i].from > reached ? stretches.at[i].from : reached, end = stretches.at[i].to < to ? stretches.at[i].to : to;
		if (end > begin) {
			sum += end - begin;
			reached = end;
		}
	}
	vec_fini(&stretches);
	return sum;
}

node_id
match_next(const struct match *match, node_id from, bool backwards)
{
	if (!match->node_count)
		return NODE_NONE;
	uint32_t i = match_index(match, backwards ? from : from + 1);
	if (backwards)
		return match->nodes[i ? i - 1 : match->node_count - 1];
	return match->nodes[i < match->node_count ? i : 0];
}

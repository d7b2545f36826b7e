/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/kept.h"

#include <stdlib.h>

#include "analysis/path.h"
#include "util/alloc.h"
#include "util/bits.h"

/* Whether each node goes through a frame of the set; free(). */
static bool *
find_through(const struct tree *tree, const frame_word *set)
{
	bool *through = xcalloc(tree->count, sizeof *through);

	for (node_id node = 1; node < tree->count; node++)
		through[node] = through[tree->parent[node]] || frame_set_has(set, tree->frame[node]);
	return through;
}

/* Adds what a tree of the metric has.  False when nothing is at the path. */
static bool
add_tree(struct build_cache *cache, const struct recipe *recipe, const struct strtab *patterns, const struct kept_wish *wish,
         uint64_t *bits, uint32_t count, struct error *err)
{
	struct tree *tree = recipe_build(cache, recipe, patterns, NULL, NULL);
	const struct dataset *frames = build_cache_frames(cache, &recipe->spec);
	frame_word *set = wish->through.len ? recipe_frames(NULL, frames, wish->through) : NULL;
	bool *through = set ? find_through(tree, set) : NULL;
	node_id within = NODE_ALL;
	bool found = !wish->focus || path_find(tree, frames, str_of(wish->focus), &within, err);

	CHECK(tree->place);
	for (uint32_t i = 0; i < count && found; i++) {
		node_id node = tree->place[i];
		if (node != NODE_NONE && node >= within && node < tree->end[within] && (!through || through[node]))
			bits_set(bits, i);
	}
	free(through);
	free(set);
	tree_free(tree);
	return found;
}

static bool
keeps_empty(const struct recipe *recipe, const struct strtab *patterns, const struct kept_wish *wish)
{
	for (uint32_t i = 0; i < recipe->filter_count; i++) {
		enum filter_kind kind = filter_effect(recipe_filter(recipe, patterns, i).kind);
		if (kind == FILTER_ONLY || kind == FILTER_SHOW_FROM)
			return false;
	}
	return !wish->focus && !wish->through.len;
}

bool
kept_build(struct build_cache *cache, const struct recipe *recipe, const struct strtab *patterns, const struct kept_wish *wish,
           struct kept *out, struct error *err)
{
	const struct dataset *ds = build_cache_dataset(cache);
	struct recipe base = recipe_until(recipe, RECIPE_FILTERED);
	struct error of_spans = { 0 };
	bool found = false;

	*out = (struct kept){ .track = recipe->spec.track };
	if (!recipe->filter_count && !wish->focus && !wish->through.len)
		return true;
	base.select = (struct select_spec){ 0 };
	base.spec.merge = MERGE_MERGED;
	base.spec.critical = false;
	base.spec.placed = true;
	out->spans = bits_new(ds->spans.count);
	out->stacks = bits_new((size_t)ds->stacks.count + 1);
	if (keeps_empty(recipe, patterns, wish))
		bits_set(out->stacks, ds->stacks.count);
	if (dataset_has_spans(ds)) {
		base.spec.metric = (struct metric){ .kind = METRIC_COUNT };
		found |= add_tree(cache, &base, patterns, wish, out->spans, ds->spans.count, &of_spans);
	}
	/* A stack may weigh nothing in one of the metrics. */
	for (uint32_t type = 0; dataset_has_samples(ds) && type < ds->sample_type_count; type++) {
		struct error ignored = { 0 };
		base.spec.metric = (struct metric){ .kind = METRIC_SAMPLE_TYPE, .sample_type = type };
		found |= add_tree(cache, &base, patterns, wish, out->stacks, ds->stacks.count, of_spans.code ? &ignored : &of_spans);
	}
	if (!found && wish->focus) {
		if (err)
			*err = of_spans;
		kept_fini(out);
		return false;
	}
	return true;
}

void
kept_fini(struct kept *kept)
{
	free(kept->spans);
	free(kept->stacks);
	*kept = (struct kept){ .track = TRACK_ALL };
}

bool
kept_has_span(const struct kept *kept, const struct dataset *ds, span_id span)
{
	return (kept->track == TRACK_ALL || kept->track == ds->spans.track[span]) && (!kept->spans || bits_has(kept->spans, span));
}

bool
kept_has_sample(const struct kept *kept, const struct dataset *ds, sample_id sample)
{
	stack_id stack = samples_stack(&ds->samples, sample);

	return (kept->track == TRACK_ALL || kept->track == samples_track(&ds->samples, sample)) &&
	       (!kept->stacks || bits_has(kept->stacks, stack == ID_NONE ? ds->stacks.count : stack));
}

uint64_t *
kept_tracks(const struct kept *kept, const struct dataset *ds)
{
	uint64_t *tracks = bits_new(ds->track_count);

	for (span_id span = 0; span < ds->spans.count; span++)
		if (kept_has_span(kept, ds, span))
			bits_set(tracks, ds->spans.track[span]);
	for (sample_id sample = 0; sample < ds->samples.count; sample++)
		if (kept_has_sample(kept, ds, sample))
			bits_set(tracks, samples_track(&ds->samples, sample));
	return tracks;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/build.h"

#include <stdlib.h>

#include "analysis/forest.h"
#include "analysis/push_samples.h"
#include "analysis/sampled.h"
#include "util/alloc.h"

/* The job is asked once in so many spans; a power of two. */
enum { ASK_EVERY = 1 << 16 };

static const enum merge_order merge_order_of[] = {
	[ORDER_HEAVIEST]     = MERGE_BY_TOTAL,
	[ORDER_ALPHABETICAL] = MERGE_BY_RANK,
	[ORDER_FIRST]        = MERGE_BY_FIRST,
};

/* What keeps only some spans; NULL: all are kept. */
static const struct critical *
kept_spans(struct build_cache *cache, const struct tree_spec *spec)
{
	return spec->critical ? build_cache_critical(cache, false) : NULL;
}

static bool
has_times(const struct dataset *ds, track_id track, bool of_spans)
{
	return track < ds->track_count && (of_spans ? ds->tracks[track].span_count > 0 : sampled_has(ds, track));
}

/* The only track with spans, or samples, that have times; TRACK_ALL when there are several or none. */
static track_id
only_track(const struct dataset *ds, bool of_spans)
{
	track_id only = TRACK_ALL;

	for (track_id i = 0; i < ds->track_count; i++) {
		if (!has_times(ds, i, of_spans))
			continue;
		if (only != TRACK_ALL)
			return TRACK_ALL;
		only = i;
	}
	return only;
}

/* The track that a timed tree of this spec shows, or TRACK_ALL when it is merged. */
static track_id
timed_track(const struct dataset *ds, const struct tree_spec *spec)
{
	bool of_spans = metric_is_of_spans(spec->metric);

	if (spec->merge != MERGE_TIME || spec->group)
		return TRACK_ALL;
	if (spec->track == TRACK_ALL)
		return only_track(ds, of_spans);
	return has_times(ds, spec->track, of_spans) ? spec->track : TRACK_ALL;
}

bool
tree_spec_is_timed(const struct dataset *ds, const struct tree_spec *spec)
{
	return timed_track(ds, spec) != TRACK_ALL;
}

struct tree_spec
tree_spec_default(const struct dataset *ds)
{
	struct tree_spec spec = { .track = TRACK_ALL, .merge = MERGE_MERGED, .order = ORDER_HEAVIEST };
	track_id only = only_track(ds, true);

	spec.metric = metric_default(ds);
	if (only != TRACK_ALL && metric_is_of_spans(spec.metric)) {
		spec.track = only;
		spec.merge = MERGE_TIME;
	} else if (ds->active != ID_NONE && ds->source_count == 1 && ds->track_count > 1) {
		spec.track = ds->active;
		spec.metric = (struct metric){ .kind = METRIC_SAMPLE_TYPE, .sample_type = ds->active_type };
	}
	return spec;
}

track_id
tree_spec_track(const struct dataset *ds, struct metric metric)
{
	track_id track = tree_spec_default(ds).track;

	return track != TRACK_ALL && track == ds->active && !metric_equal(metric_of_track(ds, metric, track), metric) ? TRACK_ALL : track;
}

static bool
asked_to_stop(struct job *job, uint32_t step)
{
	return (step & (ASK_EVERY - 1)) == 0 && job_stopped(job);
}

static struct tree *
build_timed(struct build_cache *cache, const struct tree_spec *spec, track_id track, struct job *job)
{
	const struct dataset *ds = build_cache_dataset(cache);
	const struct forest *forest = build_cache_forest(cache);
	const struct column *self = build_cache_weights(cache, (struct metric){ .kind = METRIC_BUSY }, NULL);
	const struct critical *kept = kept_spans(cache, spec);
	int64_t start = ds->tracks[track].start_ns;
	struct tree *tree = tree_new(ds->tracks[track].span_count + 1, true);
	uint32_t end = selected_has_track(spec->selected, track) ? forest->track_start[track + 1] : forest->track_start[track];
	uint32_t *level = xreallocarray(NULL, ds->spans.count, sizeof *level);    /* of a span left out: that of the next one above it */
	uint32_t i = forest->track_start[track];

	tree->timed = true;
	tree->width = tree->total[NODE_ALL] = (double)time_since(ds->tracks[track].end_ns, start);
	for (; i < end && !asked_to_stop(job, i); i++) {
		span_id span = forest->order[i], parent = ds->spans.parent[span];
		bool looked_at = selected_has_span(spec->selected, ds, span) && (!kept || critical_has(kept, span));

		level[span] = (parent == ID_NONE ? 0 : level[parent]) + looked_at;
		if (!looked_at)
			continue;
		node_id node = tree_add(tree, ds->spans.frame[span], level[span]);
		tree->total[node] = (double)ds->spans.duration_ns[span];
		tree->self[node] = self->number[span];
		tree->x0[node] = (double)time_since(ds->spans.start_ns[span], start);
		tree->items[node] = 1;
		tree->span[node] = span;
	}
	free(level);
	if (i < end) {
		tree_free(tree);
		return NULL;
	}
	tree_finish(tree);
	return tree;
}

/* Also after something else has been told, such as the reading of attributes. */
static void
tell_phase(struct job *job)
{
	if (!job)
		return;
	atomic_store_explicit(&job->total, 0, memory_order_relaxed);
	atomic_store_explicit(&job->phase, "building the graph", memory_order_relaxed);
}

static bool
push_spans(struct build_cache *cache, const struct tree_spec *spec, const struct lens *lens, struct merge *merge, struct job *job)
{
	const struct spans *spans = &build_cache_dataset(cache)->spans;
	const frame_id *frame = lens ? lens->ds->spans.frame : spans->frame;
	const struct forest *forest = build_cache_forest(cache);
	const struct column *weights = build_cache_weights(cache, spec->metric, job);
	bool all = spec->track == TRACK_ALL;
	uint32_t begin = all ? 0 : forest->track_start[spec->track];
	uint32_t end = all ? forest->count : forest->track_start[spec->track + 1];
	if (!weights)
		return false;
	tell_phase(job);
	uint32_t *node_of = xreallocarray(NULL, spans->count, sizeof *node_of);
	const struct critical *kept = kept_spans(cache, spec);
	uint32_t i = begin;

	for (; i < end && !asked_to_stop(job, i); i++) {
		span_id span = forest->order[i], parent = spans->parent[span];
		struct merge_item item = { .self = weights->number[span], .items = 1, .first_ns = spans->start_ns[span], .first = span };
		bool looked_at = selected_has_track(spec->selected, spans->track[span]) && selected_has_span(spec->selected, build_cache_dataset(cache), span) &&
		                 (!kept || critical_has(kept, span));

		node_of[span] = parent == ID_NONE ? 0 : node_of[parent];
		if (!looked_at)
			continue;
		node_of[span] = merge_push_or_join(merge, node_of[span], frame[span], lens && lens->joins, &item);
		merge_place(merge, span, node_of[span]);
	}
	free(node_of);
	return i == end;
}

struct tree *
tree_build(struct build_cache *cache, const struct tree_spec *spec, struct job *job)
{
	track_id track = timed_track(build_cache_dataset(cache), spec);
	bool of_spans = metric_is_of_spans(spec->metric);
	const struct lens *lens;

	tell_phase(job);
	if (job_stopped(job))
		return NULL;
	if (!build_cache_lens(cache, spec, job, &lens))
		return NULL;
	tell_phase(job);
	const uint32_t *rank = build_cache_ranks(cache, spec);
	if (spec->adjusted && !(cache = build_cache_adjusted(cache, job)))
		return NULL;
	if (track != TRACK_ALL)
		return of_spans ? build_timed(cache, spec, track, job)
		                : sampled_build(build_cache_dataset(cache), spec, lens, track, job);
	struct merge *merge = merge_new(of_spans);
	struct tree *tree = NULL;
	if (spec->placed)
		merge_keep_places(merge, of_spans ? build_cache_dataset(cache)->spans.count : build_cache_dataset(cache)->stacks.count);
	if (of_spans ? push_spans(cache, spec, lens, merge, job) : push_samples(build_cache_dataset(cache), spec, lens, merge, job))
		tree = merge_finish(merge, merge_order_of[spec->order], rank);
	merge_free(merge);
	return tree;
}

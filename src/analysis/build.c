/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/build.h"

#include <stdlib.h>

#include "analysis/forest.h"
#include "analysis/label.h"
#include "analysis/merge.h"
#include "analysis/sampled.h"
#include "model/moved.h"
#include "analysis/trace_list.h"
#include "analysis/usage.h"
#include "util/alloc.h"
#include "util/vec.h"

/* The job is asked once in so many spans, samples or stacks; a power of two. */
enum { ASK_EVERY = 1 << 16 };

/* The numbers of an attribute. */
struct named_weights { char *key; struct column *weights; };

struct build_cache {
	const struct dataset *ds;
	struct attrs  *attrs;
	struct forest *forest;                          /* NULL until it is needed, like the others */
	struct column *weights[METRIC_ATTRIBUTE];       /* per metric of spans, */
	struct { VEC(struct named_weights); } named;    /* and per attribute */
	uint32_t      *label_rank;
	struct critical *critical;
	struct skew   *skew;
	struct dataset *moved;                          /* with clocks corrected, */
	struct build_cache *adjusted;                   /* and the cache for it, which shares attrs */
	struct trace_list *traces;
	struct selected_list *selected;
};

static const char *const order_names[] = {
	[ORDER_HEAVIEST]     = "heaviest",
	[ORDER_ALPHABETICAL] = "alphabetical",
	[ORDER_FIRST]        = "first",
};

static const char *const mode_names[] = { [MERGE_MERGED] = "merged", [MERGE_TIME] = "time" };

static const enum merge_order merge_order_of[] = {
	[ORDER_HEAVIEST]     = MERGE_BY_TOTAL,
	[ORDER_ALPHABETICAL] = MERGE_BY_RANK,
	[ORDER_FIRST]        = MERGE_BY_FIRST,
};

const char *
tree_order_name(enum tree_order order)
{
	return order_names[order];
}

const char *
merge_mode_name(enum merge_mode mode)
{
	return mode_names[mode];
}

bool
tree_order_find(struct str name, enum tree_order *out)
{
	for (unsigned i = 0; i < sizeof order_names / sizeof *order_names; i++) {
		if (str_equal(name, str_of(order_names[i]))) {
			*out = (enum tree_order)i;
			return true;
		}
	}
	return false;
}

bool
merge_mode_find(struct str name, enum merge_mode *out)
{
	for (unsigned i = 0; i < sizeof mode_names / sizeof *mode_names; i++) {
		if (str_equal(name, str_of(mode_names[i]))) {
			*out = (enum merge_mode)i;
			return true;
		}
	}
	return false;
}

struct build_cache *
build_cache_new(const struct dataset *ds, const struct attr_reader *reader)
{
	struct build_cache *cache = xcalloc(1, sizeof *cache);

	CHECK(ds->sealed);
	cache->ds = ds;
	cache->attrs = attrs_new(ds, reader);
	return cache;
}

void
build_cache_free(struct build_cache *cache)
{
	if (!cache)
		return;
	if (cache->adjusted) {
		cache->adjusted->attrs = NULL;
		build_cache_free(cache->adjusted);
	}
	dataset_free(cache->moved);
	critical_free(cache->critical);
	skew_free(cache->skew);
	forest_free(cache->forest);
	attrs_free(cache->attrs);
	for (unsigned i = 0; i < METRIC_ATTRIBUTE; i++)
		column_free(cache->weights[i]);
	for (size_t i = 0; i < cache->named.len; i++) {
		free(cache->named.at[i].key);
		column_free(cache->named.at[i].weights);
	}
	vec_fini(&cache->named);
	free(cache->label_rank);
	trace_list_free(cache->traces);
	selected_list_free(cache->selected);
	free(cache);
}

const struct forest *
build_cache_forest(struct build_cache *cache)
{
	if (!cache->forest)
		cache->forest = forest_new(cache->ds);
	return cache->forest;
}

/* The cache of the dataset with clocks corrected; NULL when the job was stopped. */
static struct build_cache *
adjusted_cache(struct build_cache *cache, struct job *job)
{
	if (cache->adjusted)
		return cache->adjusted;
	if (!cache->skew)
		cache->skew = skew_build(cache->ds, build_cache_forest(cache), cache->attrs, job);
	if (!cache->skew)
		return NULL;
	cache->moved = dataset_moved(cache->ds, cache->skew->delta_ns);
	cache->adjusted = xcalloc(1, sizeof *cache->adjusted);
	cache->adjusted->ds = cache->moved;
	cache->adjusted->attrs = cache->attrs;
	return cache->adjusted;
}

/* Where the weights of a metric stand in the cache. */
static struct column **
place_of(struct build_cache *cache, struct metric metric)
{
	if (metric.kind != METRIC_ATTRIBUTE)
		return &cache->weights[metric.kind];
	for (size_t i = 0; i < cache->named.len; i++)
		if (strcmp(cache->named.at[i].key, metric.key) == 0)
			return &cache->named.at[i].weights;
	vec_push(&cache->named, (struct named_weights){ xstrndup(metric.key, strlen(metric.key)), NULL });
	return &vec_last(&cache->named).weights;
}

const struct column *
build_cache_weights(struct build_cache *cache, struct metric metric, struct job *job)
{
	struct column **weights = place_of(cache, metric);
	const struct forest *forest = build_cache_forest(cache);

	if (!*weights && metric_is_of_attributes(metric))
		*weights = usage_weights(cache->ds, forest, cache->attrs, metric, job);
	else if (!*weights)
		*weights = metric_weights(cache->ds, forest, metric);
	return *weights;
}

const struct critical *
build_cache_critical(struct build_cache *cache, bool adjusted)
{
	if (adjusted && cache->adjusted)
		cache = cache->adjusted;
	if (!cache->critical)
		cache->critical = critical_build(build_cache_forest(cache), cache->ds);
	return cache->critical;
}

/* What keeps only some spans; NULL: all are kept. */
static const struct critical *
kept_spans(struct build_cache *cache, const struct tree_spec *spec)
{
	return spec->critical ? build_cache_critical(cache, false) : NULL;
}

const struct skew *
build_cache_skew(const struct build_cache *cache)
{
	return cache->skew;
}

const struct dataset *
build_cache_times(const struct build_cache *cache, bool adjusted)
{
	return adjusted && cache->moved ? cache->moved : cache->ds;
}

struct selected_list *
build_cache_selected(struct build_cache *cache)
{
	if (!cache->selected)
		cache->selected = selected_list_new();
	return cache->selected;
}

const struct trace_list *
build_cache_traces(struct build_cache *cache)
{
	if (!cache->traces)
		cache->traces = trace_list_build(cache->ds, build_cache_forest(cache));
	return cache->traces;
}

struct attrs *
build_cache_attrs(struct build_cache *cache)
{
	return cache->attrs;
}

const struct dataset *
build_cache_dataset(const struct build_cache *cache)
{
	return cache->ds;
}

const uint32_t *
build_cache_ranks(struct build_cache *cache, enum tree_order order)
{
	if (order == ORDER_ALPHABETICAL && !cache->label_rank)
		cache->label_rank = label_ranks(cache->ds);
	return order == ORDER_ALPHABETICAL ? cache->label_rank : NULL;
}

static bool
has_times(const struct dataset *ds, track_id track, bool of_spans)
{
	return of_spans ? ds->tracks[track].span_count > 0 : sampled_has(ds, track);
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

	if (spec->merge != MERGE_TIME)
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
	struct metric_info first;
	track_id only = only_track(ds, true);

	metric_list(ds, NULL, &first, 1);
	spec.metric = first.metric;
	if (only != TRACK_ALL && metric_is_of_spans(spec.metric)) {
		spec.track = only;
		spec.merge = MERGE_TIME;
	}
	return spec;
}

static bool
asked_to_stop(struct job *job, uint32_t step)
{
	return (step & (ASK_EVERY - 1)) == 0 && job_stopped(job);
}

static struct tree *
build_timed(struct build_cache *cache, const struct tree_spec *spec, track_id track, struct job *job)
{
	const struct dataset *ds = cache->ds;
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

static bool
push_spans(struct build_cache *cache, const struct tree_spec *spec, struct merge *merge, struct job *job)
{
	const struct spans *spans = &cache->ds->spans;
	const struct forest *forest = build_cache_forest(cache);
	const struct column *weights = build_cache_weights(cache, spec->metric, job);
	bool all = spec->track == TRACK_ALL;
	uint32_t begin = all ? 0 : forest->track_start[spec->track];
	uint32_t end = all ? forest->count : forest->track_start[spec->track + 1];
	if (!weights)
		return false;
	uint32_t *node_of = xreallocarray(NULL, spans->count, sizeof *node_of);
	const struct critical *kept = kept_spans(cache, spec);
	uint32_t i = begin;

	for (; i < end && !asked_to_stop(job, i); i++) {
		span_id span = forest->order[i], parent = spans->parent[span];
		struct merge_item item = { .self = weights->number[span], .items = 1, .first_ns = spans->start_ns[span], .first = span };
		bool looked_at = selected_has_track(spec->selected, spans->track[span]) && selected_has_span(spec->selected, cache->ds, span) &&
		                 (!kept || critical_has(kept, span));

		node_of[span] = parent == ID_NONE ? 0 : node_of[parent];
		if (looked_at)
			node_of[span] = merge_push(merge, node_of[span], spans->frame[span], &item);
	}
	free(node_of);
	return i == end;
}

/* What the selected samples of one stack come to. */
struct stack_sum {
	double    weight;
	uint32_t  items;
	sample_id first;    /* the earliest, then first in the input; ID_NONE: no sample ends here */
};

static void
add_sample(struct stack_sum *sum, const struct samples *samples, sample_id sample, double weight)
{
	sum->weight += weight;
	sum->items++;
	if (sum->first == ID_NONE || (samples->time_ns && samples->time_ns[sample] < samples->time_ns[sum->first]))
		sum->first = sample;
}

static struct merge_item
item_of(const struct stack_sum *sum, const struct samples *samples)
{
	bool timed = sum->first != ID_NONE && samples->time_ns;

	return (struct merge_item){
		.self = sum->weight,
		.items = sum->items,
		.first_ns = timed ? samples->time_ns[sum->first] : INT64_MAX,
		.first = sum->first,
	};
}

/* Sums of each stack and, at stacks->count, of samples without one.  NULL when stopped. */
static struct stack_sum *
sum_samples(const struct dataset *ds, const struct tree_spec *spec, struct job *job)
{
	const struct samples *samples = &ds->samples;
	size_t types = ds->sample_type_count, type = spec->metric.sample_type;
	struct stack_sum *sums = xcalloc((size_t)ds->stacks.count + 1, sizeof *sums);

	for (size_t stack = 0; stack <= ds->stacks.count; stack++)
		sums[stack].first = ID_NONE;
	for (sample_id sample = 0; sample < samples->count; sample++) {
		stack_id stack = samples->stack[sample] == ID_NONE ? ds->stacks.count : samples->stack[sample];

		if ((spec->track == TRACK_ALL || samples->track[sample] == spec->track) &&
		    selected_has_track(spec->selected, samples->track[sample]) &&
		    (!samples->time_ns || selected_has_time(spec->selected, samples->time_ns[sample])))
			add_sample(&sums[stack], samples, sample, samples->weight[sample * types + type]);
		if (asked_to_stop(job, sample)) {
			free(sums);
			return NULL;
		}
	}
	return sums;
}

static bool
push_stacks(struct build_cache *cache, const struct tree_spec *spec, struct merge *merge, struct job *job)
{
	const struct dataset *ds = cache->ds;
	const struct stacks *stacks = &ds->stacks;
	struct stack_sum *sums = sum_samples(ds, spec, job);

	if (!sums)
		return false;
	struct merge_item rootless = item_of(&sums[stacks->count], &ds->samples);
	merge_push_all(merge, &rootless);
	/* First whether a stack leads to a sample (0 or 1), then its node. */
	uint32_t *node_of = xcalloc(stacks->count, sizeof *node_of);
	for (stack_id stack = stacks->count; stack-- > 0;) {
		node_of[stack] |= sums[stack].items > 0;
		if (node_of[stack] && stacks->parent[stack] != ID_NONE)
			node_of[stacks->parent[stack]] = 1;
	}
	stack_id stack = 0;
	for (; stack < stacks->count && !asked_to_stop(job, stack); stack++) {
		if (!node_of[stack])
			continue;
		struct merge_item item = item_of(&sums[stack], &ds->samples);
		stack_id parent = stacks->parent[stack];
		node_of[stack] = merge_push(merge, parent == ID_NONE ? 0 : node_of[parent], stacks->frame[stack], &item);
	}
	free(node_of);
	free(sums);
	return stack == stacks->count;
}

struct tree *
tree_build(struct build_cache *cache, const struct tree_spec *spec, struct job *job)
{
	track_id track = timed_track(cache->ds, spec);
	bool of_spans = metric_is_of_spans(spec->metric);

	if (job)
		atomic_store_explicit(&job->phase, "building the graph", memory_order_relaxed);
	if (job_stopped(job))
		return NULL;
	if (spec->adjusted && !(cache = adjusted_cache(cache, job)))
		return NULL;
	if (track != TRACK_ALL)
		return of_spans ? build_timed(cache, spec, track, job)
		                : sampled_build(cache->ds, track, spec->metric.sample_type, spec->selected, job);
	struct merge *merge = merge_new(of_spans);
	struct tree *tree = NULL;
	if ((of_spans ? push_spans : push_stacks)(cache, spec, merge, job))
		tree = merge_finish(merge, merge_order_of[spec->order], build_cache_ranks(cache, spec->order));
	merge_free(merge);
	return tree;
}

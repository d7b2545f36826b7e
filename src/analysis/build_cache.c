/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/build.h"

#include <stdlib.h>

#include "analysis/forest.h"
#include "analysis/label.h"
#include "analysis/trace_list.h"
#include "analysis/usage.h"
#include "model/moved.h"
#include "util/alloc.h"
#include "util/vec.h"

/* The numbers of an attribute. */
struct named_weights { char *key; struct column *weights; };

struct build_cache {
	const struct dataset *ds;
	struct attrs  *attrs;
	struct forest *forest;                          /* NULL until it is needed, like the others */
	struct column *weights[METRIC_ATTRIBUTE];       /* per metric of spans, */
	struct { VEC(struct named_weights); } named;    /* and per attribute */
	uint32_t      *label_rank;
	struct { VEC(struct lens *); } lenses;
	struct critical *critical;
	struct skew   *skew;
	struct dataset *moved;                          /* with clocks corrected, */
	struct build_cache *adjusted;                   /* and the cache for it, which shares attrs */
	struct trace_list *traces;
	struct selected_list *selected;
};

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
	for (size_t i = 0; i < cache->lenses.len; i++)
		lens_free(cache->lenses.at[i]);
	vec_fini(&cache->lenses);
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

struct build_cache *
build_cache_adjusted(struct build_cache *cache, struct job *job)
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
		*weights = metric_weights(cache->ds, forest, metric.kind == METRIC_CRITICAL ? build_cache_critical(cache, false) : NULL, metric);
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

static struct lens_spec
lens_spec_of(const struct tree_spec *spec)
{
	bool of_spans = metric_is_of_spans(spec->metric);

	return (struct lens_spec){ .keys = spec->group, .grain = of_spans ? GRAIN_FUNCTION : spec->grain, .of_spans = of_spans };
}

static bool
is_same_lens(const struct lens_spec *a, const struct lens_spec *b)
{
	return a->of_spans == b->of_spans && a->grain == b->grain && (a->keys == b->keys || (a->keys && b->keys && strcmp(a->keys, b->keys) == 0));
}

static struct lens *
find_lens(const struct build_cache *cache, const struct tree_spec *spec)
{
	struct lens_spec wanted = lens_spec_of(spec);

	for (size_t i = 0; i < cache->lenses.len; i++)
		if (is_same_lens(&cache->lenses.at[i]->spec, &wanted))
			return cache->lenses.at[i];
	return NULL;
}

bool
build_cache_lens(struct build_cache *cache, const struct tree_spec *spec, struct job *job, const struct lens **out)
{
	struct lens_spec wanted = lens_spec_of(spec);
	struct lens *lens = lens_is_plain(&wanted) ? NULL : find_lens(cache, spec);

	*out = lens;
	if (lens || lens_is_plain(&wanted))
		return true;
	*out = lens = lens_new(cache->ds, cache->attrs, &wanted, job);
	if (lens)
		vec_push(&cache->lenses, lens);
	return lens != NULL;
}

const struct dataset *
build_cache_frames(struct build_cache *cache, const struct tree_spec *spec)
{
	struct lens *lens = find_lens(cache, spec);

	return lens ? lens->ds : cache->ds;
}

const uint32_t *
build_cache_ranks(struct build_cache *cache, const struct tree_spec *spec)
{
	struct lens *lens = find_lens(cache, spec);
	uint32_t **rank = lens ? &lens->rank : &cache->label_rank;

	if (spec->order == ORDER_ALPHABETICAL && !*rank)
		*rank = label_ranks(lens ? lens->ds : cache->ds);
	return spec->order == ORDER_ALPHABETICAL ? *rank : NULL;
}

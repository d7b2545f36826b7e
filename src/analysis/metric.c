/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/metric.h"

#include <stdlib.h>

#include "analysis/critical.h"
#include "analysis/forest.h"
#include "analysis/usage.h"
#include "analysis/wall.h"
#include "util/alloc.h"

static const struct { const char *name, *unit; } of_spans[] = {
	[METRIC_WALL]     = { "wall", "nanoseconds" },
	[METRIC_BUSY]     = { "busy", "nanoseconds" },
	[METRIC_CRITICAL] = { "critical", "nanoseconds" },
	[METRIC_COUNT]    = { "count", "spans" },
	[METRIC_ERRORS]   = { "errors", "errors" },
	[METRIC_TOKENS]        = { "tokens", "tokens" },
	[METRIC_TOKENS_INPUT]  = { "tokens-input", "tokens" },
	[METRIC_TOKENS_OUTPUT] = { "tokens-output", "tokens" },
	[METRIC_COST]          = { "cost", "USD" },
};

struct metric_info
metric_describe(const struct dataset *ds, struct metric metric)
{
	if (metric.kind == METRIC_ATTRIBUTE)
		return (struct metric_info){ metric, str_of(metric.key), STR("") };
	if (metric.kind != METRIC_SAMPLE_TYPE)
		return (struct metric_info){ metric, str_of(of_spans[metric.kind].name), str_of(of_spans[metric.kind].unit) };
	const struct sample_type *type = &ds->sample_types[metric.sample_type];
	return (struct metric_info){ metric, dataset_str(ds, type->name), dataset_str(ds, type->unit) };
}

bool
metric_is_of_spans(struct metric metric)
{
	return metric.kind != METRIC_SAMPLE_TYPE;
}

bool
metric_is_of_attributes(struct metric metric)
{
	return metric.kind >= METRIC_TOKENS && metric.kind <= METRIC_ATTRIBUTE;
}

bool
metric_equal(struct metric a, struct metric b)
{
	return a.kind == b.kind && (a.kind != METRIC_SAMPLE_TYPE || a.sample_type == b.sample_type) &&
	       (a.kind != METRIC_ATTRIBUTE || strcmp(a.key, b.key) == 0);
}

/* Whether metrics of spans come first: what the first source holds decides, and spans where it holds both or neither, unless they
 * are marks beside samples. */
static bool
spans_lead(const struct dataset *ds)
{
	bool has_samples = false;

	if (!dataset_has_spans(ds))
		return false;
	for (track_id i = 0; i < ds->track_count; i++) {
		if (ds->tracks[i].source != 0)
			continue;
		if (ds->tracks[i].span_count && !ds->sources[0].is_profile)
			return true;
		has_samples |= ds->tracks[i].sample_count > 0;
	}
	return !has_samples;
}

/* Those of spans that the dataset has; returns how many. */
static uint32_t
list_of_spans(const struct dataset *ds, const struct attr_keys *keys, struct metric_info out[METRIC_ATTRIBUTE])
{
	uint32_t count = 0;

	if (!dataset_has_spans(ds) && ds->sample_type_count)
		return 0;
	for (enum metric_kind kind = METRIC_WALL; kind < METRIC_ATTRIBUTE; kind++)
		if (kind < METRIC_TOKENS || (keys && usage_is_there(keys, kind)))
			out[count++] = metric_describe(ds, (struct metric){ .kind = kind });
	return count;
}

uint32_t
metric_list(const struct dataset *ds, const struct attr_keys *keys, struct metric_info *out, uint32_t cap)
{
	struct metric_info spans[METRIC_ATTRIBUTE];
	bool spans_first = spans_lead(ds);
	uint32_t types = ds->sample_type_count, span_metrics = list_of_spans(ds, keys, spans);

	for (uint32_t i = 0; i < span_metrics + types && i < cap; i++) {
		uint32_t type = spans_first ? i - span_metrics : i;

		if (spans_first ? i >= span_metrics : i < types)
			out[i] = metric_describe(ds, (struct metric){ .kind = METRIC_SAMPLE_TYPE, .sample_type = type });
		else
			out[i] = spans[spans_first ? i : i - types];
	}
	return span_metrics + types;
}

struct metric
metric_default(const struct dataset *ds)
{
	struct metric_info first;

	metric_list(ds, NULL, &first, 1);
	return first.metric;
}

/* Whether it measures what the track has, spans or samples. */
static bool
suits(const struct dataset *ds, struct metric metric, track_id track)
{
	return metric_is_of_spans(metric) ? ds->tracks[track].span_count > 0 : ds->tracks[track].sample_count > 0;
}

static bool
weighs(const struct dataset *ds, struct metric metric, track_id track)
{
	if (metric_is_of_spans(metric) || !suits(ds, metric, track))
		return suits(ds, metric, track);
	for (sample_id i = 0; i < ds->samples.count; i++)
		if (samples_track(&ds->samples, i) == track && samples_weight(&ds->samples, i, metric.sample_type) != 0)
			return true;
	return false;
}

struct metric
metric_of_track(const struct dataset *ds, struct metric wish, track_id track)
{
	uint32_t count = metric_list(ds, NULL, NULL, 0);
	struct metric best = wish;
	bool found = suits(ds, wish, track);

	if (weighs(ds, wish, track))
		return wish;
	struct metric_info *infos = xreallocarray(NULL, count, sizeof *infos);
	metric_list(ds, NULL, infos, count);
	for (uint32_t i = 0; i < count; i++) {
		struct metric metric = infos[i].metric;
		if (!suits(ds, metric, track))
			continue;
		bool some = weighs(ds, metric, track);
		if (!found || some)
			best = metric;
		found = true;
		if (some)
			break;
	}
	free(infos);
	return best;
}

static bool
find_listed(const struct dataset *ds, const struct attr_keys *keys, struct str name, struct metric *out)
{
	uint32_t count = metric_list(ds, keys, NULL, 0);
	struct metric_info *infos = xreallocarray(NULL, count, sizeof *infos);
	bool found = false;

	metric_list(ds, keys, infos, count);
	for (uint32_t i = 0; i < count && !found; i++) {
		found = str_equal(infos[i].name, name);
		if (found)
			*out = infos[i].metric;
	}
	free(infos);
	return found;
}

uint32_t
metric_list_attributes(const struct dataset *ds, const struct attr_keys *keys, struct metric_info *out, uint32_t cap)
{
	struct metric unused;
	uint32_t count = 0;

	for (uint32_t i = 0; i < keys->count; i++) {
		const struct attr_key *key = &keys->keys[i];
		struct str name = strtab_get(keys->names, key->name);

		if (key->place != ATTR_SPAN || key->numbers < key->spans || find_listed(ds, keys, name, &unused))
			continue;
		if (count < cap)
			out[count] = metric_describe(ds, (struct metric){ .kind = METRIC_ATTRIBUTE, .key = name.at });
		count++;
	}
	return count;
}

bool
metric_find(const struct dataset *ds, const struct attr_keys *keys, struct str name, struct metric *out)
{
	uint32_t begin, end;

	if (find_listed(ds, keys, name, out))
		return true;
	if (!keys || !attr_keys_find(keys, name, &begin, &end))
		return false;
	while (begin < end && !keys->keys[begin].numbers)
		begin++;
	*out = (struct metric){ .kind = METRIC_ATTRIBUTE, .key = name.at };
	return begin < end;
}

static void
set_self_times(struct column *column, const struct dataset *ds, const struct forest *forest)
{
	struct forest *own = forest ? NULL : forest_new(ds);
	int64_t *self = forest_self_ns(forest ? forest : own, ds);

	for (span_id span = 0; span < ds->spans.count; span++)
		column->number[span] = (double)self[span];
	free(self);
	forest_free(own);
}

struct column *
metric_weights(const struct dataset *ds, const struct forest *forest, const struct critical *critical, struct metric metric)
{
	struct column *column = column_new(COLUMN_NUMBER, ds->spans.count);

	CHECK(metric_is_of_spans(metric) && !metric_is_of_attributes(metric) && (critical || metric.kind != METRIC_CRITICAL));
	if (metric.kind == METRIC_WALL)
		wall_add(ds, column->number);
	else if (metric.kind == METRIC_BUSY)
		set_self_times(column, ds, forest);
	for (span_id span = 0; span < ds->spans.count; span++) {
		if (metric.kind == METRIC_COUNT)
			column->number[span] = 1;
		else if (metric.kind == METRIC_ERRORS)
			column->number[span] = ds->spans.status[span] == STATUS_ERROR;
		else if (metric.kind == METRIC_CRITICAL)
			column->number[span] = (double)critical->own_ns[span];
		column_set_number(column, span, column->number[span]);
	}
	return column;
}

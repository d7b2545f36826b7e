/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/metric.h"

#include <stdlib.h>

#include "analysis/critical.h"
#include "analysis/forest.h"
#include "analysis/wall.h"
#include "util/alloc.h"

static const struct { const char *name, *unit; } of_spans[] = {
	[METRIC_WALL]     = { "wall", "nanoseconds" },
	[METRIC_BUSY]     = { "busy", "nanoseconds" },
	[METRIC_CRITICAL] = { "critical", "nanoseconds" },
	[METRIC_COUNT]    = { "count", "spans" },
	[METRIC_ERRORS]   = { "errors", "errors" },
};

enum { SPAN_METRICS = sizeof of_spans / sizeof *of_spans };

struct metric_info
metric_describe(const struct dataset *ds, struct metric metric)
{
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
metric_equal(struct metric a, struct metric b)
{
	return a.kind == b.kind && (a.kind != METRIC_SAMPLE_TYPE || a.sample_type == b.sample_type);
}

/* Whether metrics of spans come first: what the first source holds decides, and spans where it holds both or neither. */
static bool
spans_lead(const struct dataset *ds)
{
	bool has_samples = false;

	if (!dataset_has_spans(ds))
		return false;
	for (track_id i = 0; i < ds->track_count; i++) {
		if (ds->tracks[i].source != 0)
			continue;
		if (ds->tracks[i].span_count)
			return true;
		has_samples |= ds->tracks[i].sample_count > 0;
	}
	return !has_samples;
}

uint32_t
metric_list(const struct dataset *ds, struct metric_info *out, uint32_t cap)
{
	bool spans_first = spans_lead(ds);
	uint32_t types = ds->sample_type_count;
	uint32_t span_metrics = dataset_has_spans(ds) || !types ? SPAN_METRICS : 0;

	for (uint32_t i = 0; i < span_metrics + types && i < cap; i++) {
		uint32_t type = spans_first ? i - span_metrics : i;
		uint32_t kind = spans_first ? i : i - types;

		if (spans_first ? i >= span_metrics : i < types)
			out[i] = metric_describe(ds, (struct metric){ METRIC_SAMPLE_TYPE, type });
		else
			out[i] = metric_describe(ds, (struct metric){ (enum metric_kind)kind, 0 });
	}
	return span_metrics + types;
}

bool
metric_find(const struct dataset *ds, struct str name, struct metric *out)
{
	uint32_t count = metric_list(ds, NULL, 0);
	struct metric_info *infos = xreallocarray(NULL, count, sizeof *infos);
	bool found = false;

	metric_list(ds, infos, count);
	for (uint32_t i = 0; i < count && !found; i++) {
		found = str_equal(infos[i].name, name);
		if (found)
			*out = infos[i].metric;
	}
	free(infos);
	return found;
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

static void
set_critical_times(struct column *column, const struct dataset *ds, const struct forest *forest)
{
	struct forest *own = forest ? NULL : forest_new(ds);
	struct critical *critical = critical_build(forest ? forest : own, ds);

	for (span_id span = 0; span < ds->spans.count; span++)
		column->number[span] = (double)critical->own_ns[span];
	critical_free(critical);
	forest_free(own);
}

struct column *
metric_weights(const struct dataset *ds, const struct forest *forest, struct metric metric)
{
	struct column *column = column_new(COLUMN_NUMBER, ds->spans.count);

	CHECK(metric_is_of_spans(metric));
	if (metric.kind == METRIC_WALL)
		wall_add(ds, column->number);
	else if (metric.kind == METRIC_BUSY)
		set_self_times(column, ds, forest);
	else if (metric.kind == METRIC_CRITICAL)
		set_critical_times(column, ds, forest);
	for (span_id span = 0; span < ds->spans.count; span++) {
		if (metric.kind == METRIC_COUNT)
			column->number[span] = 1;
		else if (metric.kind == METRIC_ERRORS)
			column->number[span] = ds->spans.status[span] == STATUS_ERROR;
		column_set_number(column, span, column->number[span]);
	}
	return column;
}

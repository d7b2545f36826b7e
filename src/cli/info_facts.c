/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/info_facts.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/weighing.h"
#include "load/attr.h"
#include "util/alloc.h"
#include "util/bits.h"

static int
compare_names(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

static bool
has_track(const struct info_facts *facts, track_id track)
{
	return selected_has_track(facts->selected, track) && bits_has(facts->left, track);
}

static bool
has_span(const struct info_facts *facts, span_id span)
{
	return selected_has_track(facts->selected, facts->ds->spans.track[span]) && selected_has_span(facts->selected, facts->ds, span) &&
	       kept_has_span(facts->kept, facts->ds, span);
}

static bool
has_sample(const struct info_facts *facts, sample_id sample)
{
	const struct samples *samples = &facts->ds->samples;

	return selected_has_track(facts->selected, samples_track(samples, sample)) && kept_has_sample(facts->kept, facts->ds, sample) &&
	       (!samples_have_times(samples) || selected_has_time(facts->selected, samples_time(samples, sample)));
}

/* The frames that name a span which counts; free(). */
static bool *
find_span_frames(const struct info_facts *facts)
{
	const struct dataset *ds = facts->ds;
	bool *frames = xcalloc(ds->frame_count, sizeof *frames);

	for (span_id span = 0; span < ds->spans.count; span++)
		frames[ds->spans.frame[span]] |= has_span(facts, span);
	return frames;
}

static void
find_services(struct info_facts *facts, const bool *span_frames)
{
	const struct dataset *ds = facts->ds;
	bool *seen = xcalloc(strtab_count(ds->strings), sizeof *seen);

	facts->services = xreallocarray(NULL, ds->frame_count, sizeof *facts->services);
	for (frame_id i = 0; i < ds->frame_count; i++) {
		const struct frame *frame = &ds->frames[i];
		if (!span_frames[i] || seen[frame->module])
			continue;
		seen[frame->module] = true;
		facts->services[facts->service_count++] = dataset_str(ds, frame->module);
	}
	if (facts->service_count > 1)
		qsort(facts->services, facts->service_count, sizeof *facts->services, compare_names);
	free(seen);
}

/* Stacks are counted as they come; frames when a span is named by them or a weight goes through them, as they can be seen then.
 * An empty stack counts as a stack, too. */
static void
count_stacks(struct info_facts *facts, bool *frames)
{
	const struct dataset *ds = facts->ds;
	bool *seen = xcalloc((size_t)ds->stacks.count + 1, sizeof *seen), *weighs = xcalloc((size_t)ds->stacks.count + 1, sizeof *weighs);

	for (sample_id i = 0; i < ds->samples.count; i++) {
		stack_id stack = samples_stack(&ds->samples, i) == ID_NONE ? ds->stacks.count : samples_stack(&ds->samples, i);
		if (!has_sample(facts, i))
			continue;
		facts->samples++;
		facts->stacks += !seen[stack];
		seen[stack] = true;
		weighs[stack] = weighs[stack] || weighing_sample(ds, i);
	}
	facts->frames = weighing_frames(ds, weighs, frames);
	free(seen);
	free(weighs);
}

/* A sum that keeps what every addition rounds off: ten tenths are one. */
struct sum { double value, lost; };

static void
sum_add(struct sum *sum, double value)
{
	double next = sum->value + value;

	sum->lost += fabs(sum->value) >= fabs(value) ? sum->value - next + value : value - next + sum->value;
	sum->value = next;
}

static double
metric_total(const struct info_facts *facts, struct build_cache *cache, struct metric metric)
{
	const struct dataset *ds = build_cache_dataset(cache);
	struct sum sum = { 0 };

	if (metric.kind == METRIC_SAMPLE_TYPE) {
		for (sample_id i = 0; i < ds->samples.count; i++)
			if (has_sample(facts, i))
				sum_add(&sum, samples_weight(&ds->samples, i, metric.sample_type));
	} else {
		const struct column *weights = build_cache_weights(cache, metric, NULL);
		for (span_id i = 0; i < ds->spans.count; i++)
			if (has_span(facts, i))
				sum_add(&sum, weights->number[i]);
	}
	return sum.value + sum.lost;
}

/* The extent of what counts; without a selection that of the dataset. */
static void
find_extent(struct info_facts *facts)
{
	const struct dataset *ds = facts->ds;
	int64_t start = INT64_MAX, end = INT64_MIN;

	facts->timed = dataset_extent(ds, &facts->start_ns, &facts->end_ns);
	bool all = !facts->selected && facts->kept->track == TRACK_ALL && !facts->kept->spans;
	for (track_id i = 0; !all && i < ds->track_count; i++) {
		const struct track *track = &ds->tracks[i];
		if (!has_track(facts, i) || (!track->start_ns && !track->end_ns))
			continue;
		start = track->start_ns < start ? track->start_ns : start;
		end = track->end_ns > end ? track->end_ns : end;
	}
	if (!all) {
		facts->timed = start <= end;
		facts->start_ns = start;
		facts->end_ns = end;
	}
	if (!facts->timed)
		facts->start_ns = facts->end_ns = 0;
}

void
info_find_facts(struct info_facts *facts, struct build_cache *cache, const struct selected *selected, const struct kept *kept,
                const struct metric *metric)
{
	const struct dataset *ds = build_cache_dataset(cache);

	*facts = (struct info_facts){ .ds = ds, .selected = selected, .kept = kept };
	facts->left = kept_tracks(kept, ds);
	bool *span_frames = find_span_frames(facts);
	find_services(facts, span_frames);
	count_stacks(facts, span_frames);
	free(span_frames);
	find_extent(facts);
	for (span_id span = 0; span < ds->spans.count; span++) {
		facts->spans += has_span(facts, span);
		facts->errors += has_span(facts, span) && ds->spans.status[span] == STATUS_ERROR;
	}
	for (track_id i = 0; i < ds->track_count; i++)
		facts->tracks += has_track(facts, i) && (ds->tracks[i].span_count > 0 || ds->tracks[i].sample_count > 0);
	const struct attr_keys *keys = attrs_keys(build_cache_attrs(cache), NULL);
	facts->metric_count = metric_list(ds, keys, facts->metrics, INFO_METRICS_MAX);
	if (facts->metric_count > INFO_METRICS_MAX)
		facts->metric_count = INFO_METRICS_MAX;
	for (uint32_t i = 0; metric && i < facts->metric_count; i++)
		if (metric_equal(facts->metrics[i].metric, *metric)) {
			facts->metrics[0] = facts->metrics[i];
			facts->metric_count = 1;
		}
	for (uint32_t i = 0; i < facts->metric_count; i++)
		facts->totals[i] = metric_total(facts, cache, facts->metrics[i].metric);
	for (source_id i = 0; i < ds->source_count && !facts->source; i++)
		if (ds->sources[i].format != STR_EMPTY)
			facts->source = &ds->sources[i];
}

/* What the first file is: the default metric measures its kind. */
const char *
info_kind(const struct info_facts *facts)
{
	return facts->metric_count == 0 || metric_is_of_spans(facts->metrics[0].metric) ? "trace" : "profile";
}

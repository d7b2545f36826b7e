/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/trace_stats.h"

#include <math.h>
#include <stdlib.h>

#include "util/alloc.h"
#include "util/bits.h"

enum { SHORTEST_NS = 1000 };    /* durations below are one bucket: no clock that traces are taken with tells them apart */

static const unsigned percents[PERCENTILES] = { [PERCENTILE_50] = 50, [PERCENTILE_90] = 90, [PERCENTILE_99] = 99 };

/* A trace's bucket and duration: sorted, the durations of a bucket stand side by side in their order. */
struct entry {
	uint32_t bucket;
	int64_t  duration;
};

static int
by_bucket(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	if (a->bucket != b->bucket)
		return a->bucket < b->bucket ? -1 : 1;
	return a->duration < b->duration ? -1 : a->duration > b->duration;
}

/* The smallest of sorted values that at least so many of a hundred do not exceed; count at least 1. */
static int64_t
percentile(const int64_t *sorted, uint32_t count, unsigned percent)
{
	uint64_t rank = ((uint64_t)count * percent + 99) / 100;

	return sorted[rank ? rank - 1 : 0];
}

/* The bucket that holds a value: what lies before the first edge is in the first, what lies behind the last in the last. */
static uint32_t
bucket_at(const struct trace_buckets *buckets, int64_t value)
{
	uint32_t low = 0, high = buckets->count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (buckets->edge[middle] <= value)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static void
make_buckets(struct trace_buckets *buckets, uint32_t count)
{
	buckets->count = count;
	buckets->edge = xcalloc(count + 1, sizeof *buckets->edge);
	buckets->bucket = xcalloc(count, sizeof *buckets->bucket);
}

/* The starts lie in [first, last]. */
static void
make_time_buckets(struct trace_buckets *buckets, int64_t first, int64_t last, uint32_t wanted)
{
	uint64_t width = time_since(last, first) + 1;
	uint32_t count = width < wanted ? (uint32_t)width : wanted;

	if (width == 0)
		width = UINT64_MAX;
	make_buckets(buckets, count ? count : 1);
	for (uint32_t i = 0; i <= buckets->count; i++) {
		/* i * width / count without overflow. */
		uint64_t at = width / buckets->count * i + width % buckets->count * i / buckets->count;
		buckets->edge[i] = (int64_t)((uint64_t)first + at);
	}
}

static void
make_length_buckets(struct trace_buckets *buckets, int64_t shortest, int64_t longest, uint32_t wanted)
{
	double low = shortest > SHORTEST_NS ? (double)shortest : SHORTEST_NS, high = (double)longest >= low ? (double)longest + 1 : low + 1;
	double most = high - low;
	uint32_t count = most < wanted ? (uint32_t)most : wanted;

	make_buckets(buckets, count ? count : 1);
	for (uint32_t i = 1; i <= buckets->count; i++) {
		double edge = low * pow(high / low, (double)i / buckets->count);
		int64_t whole = edge < 9e18 ? (int64_t)edge : INT64_MAX;
		buckets->edge[i] = whole > buckets->edge[i - 1] ? whole : buckets->edge[i - 1] + 1;
	}
	if (buckets->edge[buckets->count] <= longest)
		buckets->edge[buckets->count] = longest < INT64_MAX ? longest + 1 : longest;
}

static void
count_trace(struct trace_bucket *bucket, const struct trace_row *row)
{
	bucket->traces++;
	bucket->failed += row->errors > 0;
}

static void
set_percentiles(struct trace_bucket *bucket, const int64_t *sorted)
{
	for (int p = 0; p < PERCENTILES; p++)
		bucket->percentile_ns[p] = bucket->traces ? percentile(sorted, bucket->traces, percents[p]) : -1;
}

static void
find_most(struct trace_buckets *buckets)
{
	struct trace_bucket *most = &buckets->most;

	for (uint32_t i = 0; i < buckets->count; i++) {
		const struct trace_bucket *bucket = &buckets->bucket[i];
		most->traces = bucket->traces > most->traces ? bucket->traces : most->traces;
		most->failed = bucket->failed > most->failed ? bucket->failed : most->failed;
		most->spans = bucket->spans > most->spans ? bucket->spans : most->spans;
		most->span_errors = bucket->span_errors > most->span_errors ? bucket->span_errors : most->span_errors;
		for (int p = 0; p < PERCENTILES; p++)
			if (bucket->percentile_ns[p] > most->percentile_ns[p])
				most->percentile_ns[p] = bucket->percentile_ns[p];
	}
}

/* Percentiles of buckets whose traces have been counted, from entries by bucket. */
static void
set_all_percentiles(struct trace_buckets *buckets, struct entry *entries, int64_t *sorted, uint32_t count)
{
	uint32_t at = 0;

	qsort(entries, count, sizeof *entries, by_bucket);
	for (uint32_t i = 0; i < count; i++)
		sorted[i] = entries[i].duration;
	for (uint32_t i = 0; i < buckets->count; i++) {
		set_percentiles(&buckets->bucket[i], sorted + at);
		at += buckets->bucket[i].traces;
	}
}

/* Spans by their own starts, those of listed traces. */
static void
count_spans(struct trace_stats *stats, const struct trace_list *list, const struct dataset *ds, const uint32_t *rows, uint32_t count)
{
	uint64_t *listed = bits_new(ds->track_count);
	struct trace_buckets *time = &stats->time;

	for (uint32_t i = 0; i < count; i++) {
		track_id track = list->rows[rows[i]].track;
		bits_set(listed, track);
	}
	for (span_id span = 0; span < ds->spans.count; span++) {
		track_id track = ds->spans.track[span];
		if (!bits_has(listed, track))
			continue;
		bool failed = ds->spans.status[span] == STATUS_ERROR;
		struct trace_bucket *bucket = &time->bucket[bucket_at(time, ds->spans.start_ns[span])];
		bucket->spans++;
		bucket->span_errors += failed;
		stats->all.spans++;
		stats->all.span_errors += failed;
	}
	free(listed);
}

static void
count_lengths(struct trace_stats *stats, const struct trace_list *list, const uint32_t *rows, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct trace_row *row = &list->rows[rows[i]];
		struct trace_bucket *bucket = &stats->length.bucket[bucket_at(&stats->length, row->duration_ns)];
		count_trace(bucket, row);
		bucket->spans += row->spans;
		bucket->span_errors += row->errors;
	}
}

static void
fill(struct trace_stats *stats, const struct trace_list *list, const struct dataset *ds, const uint32_t *rows, uint32_t count)
{
	struct entry *entries = xreallocarray(NULL, count, sizeof *entries);
	int64_t *sorted = xreallocarray(NULL, count, sizeof *sorted);

	for (uint32_t i = 0; i < count; i++) {
		const struct trace_row *row = &list->rows[rows[i]];
		entries[i] = (struct entry){ bucket_at(&stats->time, row->start_ns), row->duration_ns };
		count_trace(&stats->time.bucket[entries[i].bucket], row);
		count_trace(&stats->all, row);
	}
	set_all_percentiles(&stats->time, entries, sorted, count);
	for (uint32_t i = 0; i < count; i++)
		entries[i].bucket = bucket_at(&stats->length, entries[i].duration);
	count_lengths(stats, list, rows, count);
	/* Buckets of durations stand in the order of durations: all of them sorted is this. */
	set_all_percentiles(&stats->length, entries, sorted, count);
	set_percentiles(&stats->all, sorted);
	count_spans(stats, list, ds, rows, count);
	find_most(&stats->time);
	find_most(&stats->length);
	free(entries);
	free(sorted);
}

struct trace_stats *
trace_stats_build(const struct trace_list *list, const struct dataset *ds, const uint32_t *rows, uint32_t count, uint32_t time_buckets,
                  uint32_t length_buckets)
{
	struct trace_stats *stats = xcalloc(1, sizeof *stats);
	int64_t first = INT64_MAX, last = INT64_MIN, shortest = INT64_MAX, longest = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct trace_row *row = &list->rows[rows[i]];
		first = row->start_ns < first ? row->start_ns : first;
		last = row->start_ns > last ? row->start_ns : last;
		shortest = row->duration_ns < shortest ? row->duration_ns : shortest;
		longest = row->duration_ns > longest ? row->duration_ns : longest;
	}
	if (count == 0)
		first = last = 0;
	make_time_buckets(&stats->time, first, last, time_buckets);
	make_length_buckets(&stats->length, count ? shortest : 0, longest, length_buckets);
	fill(stats, list, ds, rows, count);
	return stats;
}

void
trace_stats_free(struct trace_stats *stats)
{
	if (!stats)
		return;
	free(stats->time.edge);
	free(stats->time.bucket);
	free(stats->length.edge);
	free(stats->length.bucket);
	free(stats);
}

/* SPDX-License-Identifier: MIT
 * Two passes: the records of the spans that have links are read on all cores, each run into a part of its own; then the ids that they
 * name are looked for among all spans. */
#include "config.h"

#include "load/links.h"

#include <stdlib.h>

#include "load/format.h"
#include "load/ids.h"
#include "load/share.h"
#include "util/alloc.h"

enum { RUN_MAX = 8192, RUNS_A_THREAD = 8 };

/* A link as it is read, and the span that it leads to once that is found. */
struct named {
	uint8_t  trace_id[16];
	uint64_t id;
	span_id  from, to;
};

struct part { VEC(struct named); };

struct reading {
	const struct dataset *ds;
	struct job           *job;
	struct part          *parts;
};

bool
link_ids(const struct dataset *ds, span_id span, const struct details *details, size_t first, uint8_t trace_id_out[16], uint64_t *id_out)
{
	uint32_t index = details->at[first].index;

	*id_out = 0;
	memcpy(trace_id_out, ds->tracks[ds->spans.track[span]].trace_id, 16);
	for (size_t i = first; i < details->len && details->at[i].section == DETAIL_LINK && details->at[i].index == index; i++)
		if (str_equal(details->at[i].key, STR("trace_id")))
			id_trace(details->at[i].value, trace_id_out);
		else if (str_equal(details->at[i].key, STR("span_id")))
			id_span(details->at[i].value, id_out);
	return *id_out != 0;
}

static bool
has_links(const struct dataset *ds, span_id span)
{
	if (!(ds->spans.flags[span] & SPAN_LINKS))
		return false;
	const struct source *source = &ds->sources[ds->groups[ds->spans.group[span]].source];
	const struct load_format *format = load_format_find(dataset_str(ds, source->format));
	return format && format->detail && !format->links_at_both_ends;
}

uint32_t
links_to_read(const struct dataset *ds)
{
	uint32_t count = 0;

	for (span_id span = 0; span < ds->spans.count; span++)
		count += has_links(ds, span);
	return count;
}

static void
take_links(const struct dataset *ds, span_id span, const struct details *details, struct part *part)
{
	for (size_t i = 0; i < details->len; i++) {
		const struct detail_row *row = &details->at[i];
		struct named named = { .from = span, .to = ID_NONE };
		bool begins = row->section == DETAIL_LINK && (i == 0 || row[-1].section != DETAIL_LINK || row[-1].index != row->index);

		if (begins && link_ids(ds, span, details, i, named.trace_id, &named.id))
			vec_push(part, named);
	}
}

static void
read_run(void *context, uint32_t run, uint32_t begin, uint32_t end)
{
	const struct reading *reading = context;
	struct details details = { .wish.without = ~(1u << DETAIL_LINK) };

	for (span_id span = begin; span < end && !job_stopped(reading->job); span++) {
		if (!has_links(reading->ds, span))
			continue;
		details_clear(&details);
		if (details_read(reading->ds, span, &details, NULL))
			take_links(reading->ds, span, &details, &reading->parts[run]);
	}
	if (reading->job)
		atomic_fetch_add_explicit(&reading->job->done, end - begin, memory_order_relaxed);
	details_fini(&details);
}

static int
compare_ids(const struct named *a, const struct named *b)
{
	return a->id != b->id ? (a->id > b->id) - (a->id < b->id) : memcmp(a->trace_id, b->trace_id, sizeof a->trace_id);
}

static int
by_ids(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = compare_ids(x, y);

	return order ? order : (x->from > y->from) - (x->from < y->from);
}

static int
by_to(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	return x->to != y->to ? (x->to > y->to) - (x->to < y->to) : (x->from > y->from) - (x->from < y->from);
}

/* The first of the sorted links that name these ids; the end where there is none. */
static size_t
first_named(const struct part *named, const struct named *ids)
{
	size_t low = 0, high = named->len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_ids(&named->at[middle], ids) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Of several spans with the same ids it is the first. */
static void
find_targets(const struct dataset *ds, struct part *named, struct job *job)
{
	struct named ids;

	if (!named->len)
		return;
	qsort(named->at, named->len, sizeof *named->at, by_ids);
	for (span_id span = 0; span < ds->spans.count && !job_stopped_at(job, span); span++) {
		ids.id = ds->spans.id[span];
		if (!ids.id)
			continue;
		memcpy(ids.trace_id, ds->tracks[ds->spans.track[span]].trace_id, sizeof ids.trace_id);
		for (size_t i = first_named(named, &ids); i < named->len && compare_ids(&named->at[i], &ids) == 0 && named->at[i].to == ID_NONE; i++)
			named->at[i].to = span;
	}
}

static struct links *
turn_round(const struct part *named)
{
	struct links *links = xcalloc(1, sizeof *links);
	size_t kept = 0;

	for (size_t i = 0; i < named->len; i++)
		if (named->at[i].to != ID_NONE)
			vec_push(links, (struct link){ named->at[i].to, named->at[i].from });
	if (links->len)
		qsort(links->at, links->len, sizeof *links->at, by_to);
	for (size_t i = 0; i < links->len; i++)
		if (!kept || by_to(&links->at[kept - 1], &links->at[i]) != 0)
			links->at[kept++] = links->at[i];
	links->len = kept;
	return links;
}

static void
tell_total(const struct dataset *ds, struct job *job)
{
	if (!job)
		return;
	atomic_store_explicit(&job->phase, "reading links", memory_order_relaxed);
	atomic_store_explicit(&job->done, 0, memory_order_relaxed);
	atomic_store_explicit(&job->total, ds->spans.count, memory_order_relaxed);
}

struct links *
links_read_on(const struct dataset *ds, unsigned threads, struct job *job)
{
	uint32_t step = ds->spans.count / (threads * RUNS_A_THREAD) + 1;
	struct reading reading = { .ds = ds, .job = job };
	struct part named = { 0 };

	step = step < RUN_MAX ? step : RUN_MAX;
	uint32_t runs = share_runs(ds->spans.count, step);
	tell_total(ds, job);
	reading.parts = xcalloc(runs ? runs : 1, sizeof *reading.parts);
	share_run(ds->spans.count, step, threads, read_run, &reading);
	for (uint32_t run = 0; run < runs; run++) {
		for (size_t i = 0; i < reading.parts[run].len; i++)
			vec_push(&named, reading.parts[run].at[i]);
		vec_fini(&reading.parts[run]);
	}
	free(reading.parts);
	find_targets(ds, &named, job);
	struct links *links = job_stopped(job) ? NULL : turn_round(&named);
	vec_fini(&named);
	return links;
}

struct links *
links_read(const struct dataset *ds, struct job *job)
{
	return links_read_on(ds, share_cores(), job);
}

void
links_free(struct links *links)
{
	if (!links)
		return;
	vec_fini(links);
	free(links);
}

uint32_t
links_to(const struct links *links, span_id to, const struct link **first_out)
{
	size_t low = 0, high = links->len, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (links->at[middle].to < to)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < links->len && links->at[end].to == to;)
		end++;
	*first_out = links->at ? &links->at[low] : NULL;
	return (uint32_t)(end - low);
}

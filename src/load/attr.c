/* SPDX-License-Identifier: MIT
 * Two passes: over the groups, whose scope and resource are read once, and over the spans, of which only those records are read that
 * hold the key's bytes.  Each run of either fills a part of its own; the parts are put together in the order of the spans. */
#include "config.h"

#include "load/attr.h"

#include <stdlib.h>

#include "load/detail.h"
#include "load/find.h"
#include "load/format.h"
#include "load/share.h"
#include "util/alloc.h"

enum { RUN_MAX = 8192, RUNS_A_THREAD = 8 };

#define WITHOUT(section) (1u << (section))

struct value { uint32_t index; str_id string; };    /* index: of a span or a group */

/* What a run found, by index. */
struct part {
	struct strtab *strings;
	VEC(struct value);
};

struct reading {
	const struct dataset *ds;
	struct str    key;
	struct job   *job;
	span_id      *first;    /* of each group a span; ID_NONE: it has none */
	struct part  *parts;
};

/* The order of the values of a span. */
static const enum detail_section sections[] = { DETAIL_ATTRIBUTE, DETAIL_EVENT, DETAIL_SCOPE, DETAIL_RESOURCE };

static const struct load_format *
format_of(const struct dataset *ds, group_id group)
{
	const struct source *source = &ds->sources[ds->groups[group].source];
	const struct load_format *format = source->bytes ? load_format_find(dataset_str(ds, source->format)) : NULL;

	return format && format->detail ? format : NULL;
}

/* Characters that JSON may write in other ways than \u. */
static bool
is_plain(struct str key)
{
	for (size_t i = 0; i < key.len; i++)
		if ((unsigned char)key.at[i] < 0x20 || key.at[i] == '"' || key.at[i] == '\\' || key.at[i] == '/')
			return false;
	return true;
}

/* The bytes that stand together in every record that has the key; empty: not known. */
static struct str
needle_of(const struct load_format *format, struct str key)
{
	const char *dot = format->split_keys && key.len ? memrchr(key.at, '.', key.len) : NULL;

	for (const char *const *given = format->given_keys; given && *given; given++)
		if (str_equal(key, str_of(*given)))
			return STR("");
	if (!is_plain(key))
		return STR("");
	return dot ? (struct str){ dot + 1, key.len - (size_t)(dot + 1 - key.at) } : key;
}

static bool
may_have(const struct source *source, uint64_t at, uint32_t len, struct str needle)
{
	struct str record = { source->bytes + at, len };

	if (at > source->size || len > source->size - at)
		return false;
	return find_bytes(record, needle) || (memchr(record.at, '\\', len) && find_bytes(record, STR("\\u")));
}

static bool
span_may_have(const struct dataset *ds, span_id span, struct str needle)
{
	uint32_t ref = dataset_first_ref(ds, span);

	if (!needle.len ||
	    may_have(&ds->sources[ds->groups[ds->spans.group[span]].source], ds->spans.detail_at[span], ds->spans.detail_len[span], needle))
		return true;
	for (; ref < ds->extra_ref_count && ds->extra_refs[ref].span == span; ref++) {
		const struct source *source = &ds->sources[ds->extra_refs[ref].source];

		if (source->bytes && may_have(source, ds->extra_refs[ref].at, ds->extra_refs[ref].len, needle))
			return true;
	}
	return false;
}

static bool
group_may_have(const struct reading *reading, group_id group, const struct load_format *format)
{
	const struct group *shared = &reading->ds->groups[group];
	const struct source *source = &reading->ds->sources[shared->source];
	struct str needle = needle_of(format, reading->key);

	return !needle.len || may_have(source, shared->resource_at, shared->resource_len, needle) ||
	       may_have(source, shared->scope_at, shared->scope_len, needle);
}

/* The rows in the order of values; only rows of the key are there, and the names of events. */
static void
take_rows(struct part *part, uint32_t index, const struct details *details)
{
	for (size_t s = 0; s < sizeof sections / sizeof *sections; s++)
		for (size_t i = 0; i < details->len; i++)
			if (details->at[i].section == sections[s] && !str_equal(str_of(details->at[i].type), STR("event")))
				vec_push(part, (struct value){ index, strtab_intern(part->strings, details->at[i].value) });
}

static void
read_groups(void *context, uint32_t run, uint32_t begin, uint32_t end)
{
	const struct reading *reading = context;
	struct details details = { .wish.key = reading->key };
	struct part *part = &reading->parts[run];

	part->strings = strtab_new();
	for (group_id group = begin; group < end && !job_stopped(reading->job); group++) {
		const struct load_format *format = reading->first[group] == ID_NONE ? NULL : format_of(reading->ds, group);

		if (!format || !group_may_have(reading, group, format))
			continue;
		details_clear(&details);
		details.wish.without = WITHOUT(DETAIL_SPAN) | WITHOUT(DETAIL_ATTRIBUTE) | WITHOUT(DETAIL_EVENT) | WITHOUT(DETAIL_LINK);
		if (!reading->ds->groups[group].scope_len)
			details.wish.without |= WITHOUT(DETAIL_SCOPE);
		if (format->detail(reading->ds, reading->first[group], &details, NULL))
			take_rows(part, group, &details);
	}
	details_fini(&details);
}

static void
read_spans(void *context, uint32_t run, uint32_t begin, uint32_t end)
{
	const struct reading *reading = context;
	const struct dataset *ds = reading->ds;
	struct details details = { .wish.key = reading->key };
	struct part *part = &reading->parts[run];
	const struct load_format *format = NULL;
	struct str needle = { 0 };
	group_id last = ID_NONE;

	part->strings = strtab_new();
	for (span_id span = begin; span < end && !job_stopped(reading->job); span++) {
		group_id group = ds->spans.group[span];

		if (group != last) {
			last = group;
			format = format_of(ds, group);
			needle = format ? needle_of(format, reading->key) : STR("");
			details.wish.without = WITHOUT(DETAIL_SPAN) | WITHOUT(DETAIL_LINK) | WITHOUT(DETAIL_RESOURCE);
			if (ds->groups[group].scope_len)
				details.wish.without |= WITHOUT(DETAIL_SCOPE);
		}
		if (reading->job)
			atomic_fetch_add_explicit(&reading->job->done, ds->spans.detail_len[span], memory_order_relaxed);
		if (!format || !span_may_have(ds, span, needle))
			continue;
		details_clear(&details);
		if (details_read(ds, span, &details, NULL))
			take_rows(part, span, &details);
	}
	details_fini(&details);
}

static uint32_t
step_of(uint32_t count, unsigned threads)
{
	uint32_t step = count / (threads * RUNS_A_THREAD) + 1;

	return step < RUN_MAX ? step : RUN_MAX;
}

/* Parts of count items, one for each run of *step_out; NULL when the job was stopped. */
static struct part *
read_parts(struct reading *reading, uint32_t count, unsigned threads, share_fn *fn, uint32_t *runs_out)
{
	uint32_t step = step_of(count, threads);

	*runs_out = share_runs(count, step);
	reading->parts = xcalloc(*runs_out ? *runs_out : 1, sizeof *reading->parts);
	share_run(count, step, threads, fn, reading);
	return reading->parts;
}

static void
free_parts(struct part *parts, uint32_t runs)
{
	for (uint32_t run = 0; run < runs; run++) {
		strtab_free(parts[run].strings);
		vec_fini(&parts[run]);
	}
	free(parts);
}

/* A part with its strings as ids of the column, given when they are first met. */
struct cursor {
	const struct part *parts;
	uint32_t           run, runs;
	size_t             at;
	str_id            *ids;        /* of the run's strings; STR_NONE: not met yet */
};

static void
renumber(struct cursor *cursor)
{
	const struct part *part = &cursor->parts[cursor->run];
	uint32_t count = strtab_count(part->strings);

	cursor->ids = xreallocarray(cursor->ids, count, sizeof *cursor->ids);
	memset(cursor->ids, 0xff, count * sizeof *cursor->ids);
}

/* The next value that belongs to index; false: there is none. */
static bool
next_value(struct cursor *cursor, uint32_t index, struct column *column, str_id *id_out)
{
	while (cursor->run < cursor->runs && cursor->at == cursor->parts[cursor->run].len) {
		cursor->run++;
		cursor->at = 0;
		if (cursor->run < cursor->runs)
			renumber(cursor);
	}
	if (cursor->run == cursor->runs)
		return false;
	const struct part *part = &cursor->parts[cursor->run];
	if (part->at[cursor->at].index != index)
		return false;
	str_id string = part->at[cursor->at++].string;
	if (cursor->ids[string] == STR_NONE)
		cursor->ids[string] = strtab_intern(column->strings, strtab_get(part->strings, string));
	*id_out = cursor->ids[string];
	return true;
}

static struct cursor
cursor_of(const struct part *parts, uint32_t runs)
{
	struct cursor cursor = { .parts = parts, .runs = runs };

	if (runs)
		renumber(&cursor);
	return cursor;
}

/* What each group gives to its spans: ids [start[group], start[group + 1]) of the column. */
struct shared {
	uint32_t *start;
	struct { VEC(str_id); } ids;
};

static struct shared
share_values(const struct dataset *ds, const struct part *parts, uint32_t runs, struct column *column)
{
	struct cursor cursor = cursor_of(parts, runs);
	struct shared shared = { .start = xreallocarray(NULL, (size_t)ds->group_count + 1, sizeof *shared.start) };
	str_id id;

	for (group_id group = 0; group < ds->group_count; group++) {
		shared.start[group] = (uint32_t)shared.ids.len;
		while (next_value(&cursor, group, column, &id))
			vec_push(&shared.ids, id);
	}
	shared.start[ds->group_count] = (uint32_t)shared.ids.len;
	free(cursor.ids);
	return shared;
}

/* The ids of a column are in the order in which its values are met: those of the groups first. */
static struct column *
join(const struct dataset *ds, const struct part *groups, uint32_t group_runs, const struct part *spans, uint32_t span_runs)
{
	struct column *column = column_new(COLUMN_STRING, ds->spans.count);
	struct shared shared = share_values(ds, groups, group_runs, column);
	struct cursor cursor = cursor_of(spans, span_runs);
	str_id id;

	for (span_id span = 0; span < ds->spans.count; span++) {
		group_id group = ds->spans.group[span];

		while (next_value(&cursor, span, column, &id))
			column_add_id(column, span, id);
		for (uint32_t i = shared.start[group]; i < shared.start[group + 1]; i++)
			column_add_id(column, span, shared.ids.at[i]);
	}
	free(cursor.ids);
	free(shared.start);
	vec_fini(&shared.ids);
	return column;
}

static span_id *
first_spans(const struct dataset *ds)
{
	span_id *first = xreallocarray(NULL, (size_t)ds->group_count + 1, sizeof *first);

	memset(first, 0xff, ((size_t)ds->group_count + 1) * sizeof *first);
	for (span_id span = ds->spans.count; span-- > 0;)
		first[ds->spans.group[span]] = span;
	return first;
}

static void
tell_total(const struct dataset *ds, struct job *job)
{
	uint64_t total = 0;

	if (!job)
		return;
	for (span_id span = 0; span < ds->spans.count; span++)
		total += ds->spans.detail_len[span];
	atomic_store_explicit(&job->phase, "reading attributes", memory_order_relaxed);
	atomic_store_explicit(&job->done, 0, memory_order_relaxed);
	atomic_store_explicit(&job->total, total, memory_order_relaxed);
}

struct column *
attr_column_on(const struct dataset *ds, struct str key, unsigned threads, struct job *job)
{
	struct reading reading = { .ds = ds, .key = key.at ? key : STR(""), .job = job };
	struct part *groups, *spans;
	struct column *column = NULL;
	uint32_t group_runs, span_runs;

	tell_total(ds, job);
	reading.first = first_spans(ds);
	groups = read_parts(&reading, ds->group_count, threads, read_groups, &group_runs);
	spans = read_parts(&reading, ds->spans.count, threads, read_spans, &span_runs);
	if (!job_stopped(job))
		column = join(ds, groups, group_runs, spans, span_runs);
	free_parts(groups, group_runs);
	free_parts(spans, span_runs);
	free(reading.first);
	return column;
}

struct column *
attr_column(const struct dataset *ds, struct str key, struct job *job)
{
	return attr_column_on(ds, key, share_cores(), job);
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/selected.h"

#include <stdlib.h>

#include "analysis/query.h"
#include "util/alloc.h"
#include "util/bits.h"

enum { ANSWERS_MAX = 16 };

struct answer {
	struct select_spec spec;
	struct selected    selected;
};

struct selected_list {
	struct answer answers[ANSWERS_MAX];    /* a ring: the oldest is replaced */
	unsigned      count, next;
};

bool
select_is_empty(const struct select_spec *spec)
{
	return !spec->query_count && !spec->has_from && !spec->has_to;
}

bool
select_equal(const struct select_spec *a, const struct select_spec *b)
{
	if (a->query_count != b->query_count || a->has_from != b->has_from || a->has_to != b->has_to ||
	    (a->has_from && a->from_ns != b->from_ns) || (a->has_to && a->to_ns != b->to_ns))
		return false;
	for (unsigned i = 0; i < a->query_count; i++)
		if (a->queries[i] != b->queries[i])
			return false;
	return true;
}

bool
select_add(struct select_spec *spec, struct strtab *patterns, struct str query, struct error *err)
{
	struct query *parsed = query_parse(query, err);

	if (!parsed)
		return false;
	query_free(parsed);
	str_id id = strtab_intern(patterns, query);
	for (unsigned i = 0; i < spec->query_count; i++)
		if (spec->queries[i] == id)
			return true;
	if (spec->query_count == SELECT_QUERIES_MAX)
		return error_set(err, ERROR_USAGE, "there can be at most %d queries; AND joins several into one", SELECT_QUERIES_MAX);
	spec->queries[spec->query_count++] = id;
	return true;
}

void
select_remove(struct select_spec *spec, unsigned index)
{
	CHECK(index < spec->query_count);
	for (unsigned i = index + 1u; i < spec->query_count; i++)
		spec->queries[i - 1] = spec->queries[i];
	spec->query_count--;
}

struct selected_list *
selected_list_new(void)
{
	return xcalloc(1, sizeof(struct selected_list));
}

static void
selected_fini(struct selected *selected)
{
	free(selected->tracks);
	free(selected->spans);
}

void
selected_list_free(struct selected_list *list)
{
	if (!list)
		return;
	for (unsigned i = 0; i < list->count; i++)
		selected_fini(&list->answers[i].selected);
	free(list);
}

/* ---- the range of time */

static void
drop_track(struct selected *selected, track_id track)
{
	bits_clear(selected->tracks, track);
}

/* Traces go by their start.  Of threads and profiles those stay in which something is left. */
static void
keep_in_range(struct selected *selected, const struct dataset *ds)
{
	bool *left = xcalloc(ds->track_count, sizeof *left);

	for (span_id span = 0; span < ds->spans.count; span++)
		left[ds->spans.track[span]] |= selected_has_time(selected, ds->spans.start_ns[span]);
	for (sample_id sample = 0; sample < ds->samples.count; sample++)
		left[samples_track(&ds->samples, sample)] |= !samples_have_times(&ds->samples) || selected_has_time(selected, samples_time(&ds->samples, sample));
	for (track_id track = 0; track < ds->track_count; track++)
		if (ds->tracks[track].kind == TRACK_TRACE ? !selected_has_time(selected, ds->tracks[track].start_ns) : !left[track])
			drop_track(selected, track);
	free(left);
}

/* ---- queries */

/* Keeps tracks in which the query finds a span; those without spans stay.  Takes the bits. */
static void
keep_found(struct selected *selected, const struct dataset *ds, uint64_t *bits)
{
	uint64_t *found = bits_new(ds->track_count);

	for (span_id span = 0; span < ds->spans.count; span++)
		if (bits_has(bits, span)) {
			track_id track = ds->spans.track[span];
			found[track / 64] |= (uint64_t)selected_has_span(selected, ds, span) << (track % 64);
		}
	for (track_id track = 0; track < ds->track_count; track++)
		if (ds->tracks[track].span_count && !bits_has(found, track))
			drop_track(selected, track);
	free(found);
	if (!selected->spans) {
		selected->spans = bits;
		return;
	}
	for (size_t i = 0; i < bits_words(ds->spans.count); i++)
		selected->spans[i] |= bits[i];
	free(bits);
}

static bool
ask_all(struct selected *selected, struct build_cache *cache, const struct select_spec *spec, const struct strtab *patterns, struct job *job)
{
	for (unsigned i = 0; i < spec->query_count; i++) {
		struct query *query = query_parse(strtab_get(patterns, spec->queries[i]), NULL);
		CHECK(query);
		uint64_t *bits = query_eval(query, cache, selected->tracks, job);
		query_free(query);
		if (!bits)
			return false;
		keep_found(selected, build_cache_dataset(cache), bits);
	}
	return true;
}

/* ---- the whole of it */

static void
count_kept(struct selected *selected, const struct dataset *ds)
{
	for (track_id track = 0; track < ds->track_count; track++)
		if (selected_has_track(selected, track) && (ds->tracks[track].span_count || (!selected->spans && ds->tracks[track].sample_count)))
			selected->track_count++;
	for (span_id span = 0; span < ds->spans.count; span++) {
		bool kept = selected_has_track(selected, ds->spans.track[span]) && selected_has_span(selected, ds, span);
		selected->span_count += kept;
		selected->error_count += kept && ds->spans.status[span] == STATUS_ERROR;
		if (selected->spans && !kept)
			bits_clear(selected->spans, span);
	}
}

static bool
build(struct selected *selected, struct build_cache *cache, const struct select_spec *spec, const struct strtab *patterns, struct job *job)
{
	const struct dataset *ds = build_cache_dataset(cache);

	*selected = (struct selected){
		.tracks = xreallocarray(NULL, bits_words(ds->track_count), sizeof *selected->tracks),
		.bounded = spec->has_from || spec->has_to,
		.from_ns = spec->has_from ? spec->from_ns : INT64_MIN,
		.to_ns = spec->has_to ? spec->to_ns : INT64_MAX,
	};
	memset(selected->tracks, 0xff, bits_words(ds->track_count) * sizeof *selected->tracks);
	if (selected->bounded)
		keep_in_range(selected, ds);
	if (!ask_all(selected, cache, spec, patterns, job)) {
		selected_fini(selected);
		return false;
	}
	count_kept(selected, ds);
	return true;
}

bool
selected_get(struct build_cache *cache, const struct select_spec *spec, const struct strtab *patterns, struct job *job,
             const struct selected **out)
{
	struct selected_list *list = build_cache_selected(cache);
	struct answer answer = { .spec = *spec };

	*out = NULL;
	if (select_is_empty(spec))
		return true;
	for (unsigned i = 0; i < list->count; i++)
		if (select_equal(&list->answers[i].spec, spec)) {
			*out = &list->answers[i].selected;
			return true;
		}
	if (!build(&answer.selected, cache, spec, patterns, job))
		return false;
	if (list->count < ANSWERS_MAX)
		list->next = list->count++;
	else
		selected_fini(&list->answers[list->next].selected);
	list->answers[list->next] = answer;
	*out = &list->answers[list->next].selected;
	list->next = (list->next + 1) % ANSWERS_MAX;
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/refs.h"

#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"

static const char of_trace[] = "a log record names no span that is there: its trace's details have it";
static const char of_nothing[] = "a log record of a trace that is not there: left out";

static int
by_ids(const void *a, const void *b)
{
	const struct loose_ref *x = a, *y = b;
	int order = memcmp(x->trace_id, y->trace_id, sizeof x->trace_id);

	if (order)
		return order;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static bool
same_ids(const struct loose_ref *ref, const uint8_t trace_id[16], uint64_t id)
{
	return ref->id == id && memcmp(ref->trace_id, trace_id, sizeof ref->trace_id) == 0;
}

static uint64_t
hash_ids(const uint8_t trace_id[16], uint64_t id)
{
	return hash_pair(hash_bytes((struct str){ (const char *)trace_id, 16 }), id);
}

/* The first ref with these ids, or ID_NONE. */
static uint32_t
find(const struct dataset *ds, const struct idmap *first, const uint8_t trace_id[16], uint64_t id)
{
	uint64_t hash = hash_ids(trace_id, id);

	for (struct idmap_at at = idmap_first(first, hash); idmap_id(first, at) != ID_NONE; at = idmap_next(first, at))
		if (idmap_tag_matches(first, at, hash) && same_ids(&ds->loose_refs[idmap_id(first, at)], trace_id, id))
			return idmap_id(first, at);
	return ID_NONE;
}

/* Gives span all refs with its ids, unless an earlier span took them. */
static void
take(struct dataset *ds, span_id span, uint32_t first, uint8_t *taken)
{
	if (taken[first])
		return;
	taken[first] = 1;
	const struct loose_ref *refs = ds->loose_refs;
	for (uint32_t i = first; i < ds->loose_ref_count && same_ids(&refs[i], refs[first].trace_id, refs[first].id); i++) {
		dataset_add_extra_ref(ds, &(struct detail_ref){
			.span = span, .source = refs[i].source, .at = refs[i].at, .len = refs[i].len, .role = refs[i].role,
		});
		ds->spans.events[span] += refs[i].role == REF_LOG;
	}
}

static int
compare_trace(const struct loose_ref *ref, const uint8_t trace_id[16])
{
	return memcmp(ref->trace_id, trace_id, sizeof ref->trace_id);
}

static bool
has_trace(const struct dataset *ds, const struct idmap *tracks, const struct loose_ref *ref)
{
	uint64_t hash = hash_ids(ref->trace_id, 0);

	for (struct idmap_at at = idmap_first(tracks, hash); idmap_id(tracks, at) != ID_NONE; at = idmap_next(tracks, at))
		if (idmap_tag_matches(tracks, at, hash) && memcmp(ds->tracks[idmap_id(tracks, at)].trace_id, ref->trace_id, sizeof ref->trace_id) == 0)
			return true;
	return false;
}

static void
note(struct dataset *ds, const char *text, uint64_t count)
{
	if (count)
		dataset_note(ds, &(struct note){
			.severity = NOTE_INFO, .source = ID_NONE, .text = strtab_intern(ds->strings, str_of(text)), .count = count,
		});
}

/* Of the refs that no span took those stay whose trace is there; the others are let go. */
static void
keep_loose(struct dataset *ds, const uint8_t *taken)
{
	struct loose_ref *refs = ds->loose_refs;
	uint32_t kept = 0, lost = 0;
	struct idmap tracks;
	bool gone = false;

	idmap_init(&tracks);
	for (track_id track = 0; track < ds->track_count; track++)
		if (ds->tracks[track].kind == TRACK_TRACE)
			idmap_add(&tracks, hash_ids(ds->tracks[track].trace_id, 0), track);
	for (uint32_t i = 0; i < ds->loose_ref_count; i++) {
		struct loose_ref ref = refs[i];
		if (i == 0 || !same_ids(&ref, refs[i - 1].trace_id, refs[i - 1].id))
			gone = taken[i];
		if (gone)
			continue;
		bool there = has_trace(ds, &tracks, &ref);
		lost += !there;
		if (there)
			refs[kept++] = ref;
	}
	idmap_fini(&tracks);
	note(ds, of_trace, kept);
	note(ds, of_nothing, lost);
	ds->loose_ref_count = kept;
}

void
refs_resolve(struct dataset *ds)
{
	const struct spans *spans = &ds->spans;
	uint32_t count = ds->loose_ref_count;
	struct idmap first;

	if (count == 0)
		return;
	uint8_t *taken = xcalloc(count, 1);
	qsort(ds->loose_refs, count, sizeof *ds->loose_refs, by_ids);
	idmap_init(&first);
	for (uint32_t i = 0; i < count; i++)
		if (i == 0 || !same_ids(&ds->loose_refs[i], ds->loose_refs[i - 1].trace_id, ds->loose_refs[i - 1].id))
			idmap_add(&first, hash_ids(ds->loose_refs[i].trace_id, ds->loose_refs[i].id), i);
	for (span_id span = 0; span < spans->count; span++) {
		uint32_t ref = find(ds, &first, ds->tracks[spans->track[span]].trace_id, spans->id[span]);
		if (ref != ID_NONE && spans->id[span])
			take(ds, span, ref, taken);
	}
	keep_loose(ds, taken);
	idmap_fini(&first);
	free(taken);
	if (ds->loose_ref_count)
		return;
	free(ds->loose_refs);
	ds->loose_refs = NULL;
	ds->loose_ref_cap = 0;
}

uint32_t
dataset_loose_refs(const struct dataset *ds, const uint8_t trace_id[16], uint32_t *first_out)
{
	uint32_t low = 0, high = ds->loose_ref_count, end;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (compare_trace(&ds->loose_refs[middle], trace_id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < ds->loose_ref_count && compare_trace(&ds->loose_refs[end], trace_id) == 0;)
		end++;
	*first_out = low;
	return end - low;
}

uint32_t
dataset_first_ref(const struct dataset *ds, span_id span)
{
	uint32_t low = 0, high = ds->extra_ref_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (ds->extra_refs[middle].span < span)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct heading *
dataset_heading(const struct dataset *ds, source_id source, uint64_t at)
{
	uint32_t low = 0, high = ds->heading_count;

	/* The first one behind the place. */
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct heading *heading = &ds->headings[middle];

		if (heading->source < source || (heading->source == source && heading->at <= at))
			low = middle + 1;
		else
			high = middle;
	}
	const struct heading *last = low ? &ds->headings[low - 1] : NULL;
	return last && last->source == source && at < last->end ? last : NULL;
}

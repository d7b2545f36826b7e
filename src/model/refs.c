/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/refs.h"

#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"

static const char note_text[] = "a log record names a span that is not there: left out";

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
static uint32_t
take(struct dataset *ds, span_id span, uint32_t first, uint8_t *taken)
{
	uint32_t count = 0;

	if (taken[first])
		return 0;
	taken[first] = 1;
	const struct loose_ref *refs = ds->loose_refs;
	for (uint32_t i = first; i < ds->loose_ref_count && same_ids(&refs[i], refs[first].trace_id, refs[first].id); i++) {
		dataset_add_extra_ref(ds, &(struct detail_ref){
			.span = span, .source = refs[i].source, .at = refs[i].at, .len = refs[i].len, .role = refs[i].role,
		});
		ds->spans.events[span] += refs[i].role == REF_LOG;
		count++;
	}
	return count;
}

void
refs_resolve(struct dataset *ds)
{
	const struct spans *spans = &ds->spans;
	uint32_t count = ds->loose_ref_count, found = 0;
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
		if (ref != ID_NONE)
			found += take(ds, span, ref, taken);
	}
	if (found < count)
		dataset_note(ds, &(struct note){
			.severity = NOTE_INFO, .source = ID_NONE, .text = strtab_intern(ds->strings, str_of(note_text)), .count = count - found,
		});
	idmap_fini(&first);
	free(taken);
	free(ds->loose_refs);
	ds->loose_refs = NULL;
	ds->loose_ref_count = ds->loose_ref_cap = 0;
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

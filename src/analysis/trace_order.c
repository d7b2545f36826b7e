/* SPDX-License-Identifier: MIT
 * The orders of a list of traces. */
#include "config.h"

#include "analysis/trace_list.h"

#include <stdlib.h>

#include "analysis/label.h"
#include "util/alloc.h"
#include "util/keyed.h"

/* What a row is sorted by, as a number that grows with it; an id has two. */
struct place {
	uint64_t key, low;
	uint32_t row;
};

enum { BEHIND_LABELS = 1 };    /* in the upper half of a key by name */

/* Rows come by start and track: the greater index breaks ties. */
static int
by_place(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->low != b->low)
		return a->low < b->low ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

static uint64_t
signed_key(int64_t value)
{
	return (uint64_t)value ^ UINT64_C(1) << 63;
}

static uint64_t
half_of_id(const uint8_t *id)
{
	uint64_t half = 0;

	for (int i = 0; i < 8; i++)
		half = half << 8 | id[i];
	return half;
}

static int
by_track_name(const void *left, const void *right, void *context)
{
	const struct dataset *ds = context;
	const struct track *a = &ds->tracks[*(const track_id *)left], *b = &ds->tracks[*(const track_id *)right];
	int order = str_compare(dataset_str(ds, a->process), dataset_str(ds, b->process));

	return order ? order : str_compare(dataset_str(ds, a->name), dataset_str(ds, b->name));
}

/* Threads and profiles have names of their own: those of one name share a key. */
static void
name_threads(const struct trace_list *list, const struct dataset *ds, uint64_t *key_of_track)
{
	track_id *threads = xreallocarray(NULL, (size_t)list->count + 1, sizeof *threads);
	uint32_t count = 0;
	uint64_t key = (uint64_t)BEHIND_LABELS << 32;

	for (uint32_t i = 0; i < list->count; i++)
		if (ds->tracks[list->rows[i].track].kind != TRACK_TRACE)
			threads[count++] = list->rows[i].track;
	if (count)
		qsort_r(threads, count, sizeof *threads, by_track_name, (void *)ds);
	for (uint32_t i = 0; i < count; i++) {
		key += i > 0 && by_track_name(&threads[i - 1], &threads[i], (void *)ds) != 0;
		key_of_track[threads[i]] = key;
	}
	free(threads);
}

static uint64_t
key_of(const struct trace_list *list, const struct dataset *ds, uint32_t index, enum trace_sort by, const uint32_t *ranks)
{
	const struct trace_row *row = &list->rows[index];

	switch (by) {
	case TRACES_BY_NAME:     return row->root != ID_NONE ? ranks[ds->spans.frame[row->root]] : UINT32_MAX;
	case TRACES_BY_DURATION: return signed_key(row->duration_ns);
	case TRACES_BY_SPANS:    return (uint64_t)row->spans + row->samples;
	case TRACES_BY_SERVICES: return row->services;
	case TRACES_BY_DEPTH:    return row->depth;
	case TRACES_BY_ERRORS:   return row->errors;
	case TRACES_BY_TOKENS:   return list->tokens ? keyed_of_double(list->tokens[index]) : 0;
	case TRACES_BY_COST:     return list->cost ? keyed_of_double(list->cost[index]) : 0;
	case TRACES_BY_ID:       return half_of_id(ds->tracks[row->track].trace_id);
	default:                 return signed_key(row->start_ns);
	}
}

uint32_t *
trace_list_order(const struct trace_list *list, const struct dataset *ds, enum trace_sort by, bool descending, const uint32_t *ranks)
{
	struct place *places = xreallocarray(NULL, list->count, sizeof *places);
	uint32_t *order = xreallocarray(NULL, list->count, sizeof *order);
	uint32_t *own = by == TRACES_BY_NAME && !ranks ? label_ranks(ds) : NULL;
	uint64_t *threads = by == TRACES_BY_NAME ? xcalloc((size_t)ds->track_count + 1, sizeof *threads) : NULL;

	if (threads)
		name_threads(list, ds, threads);
	for (uint32_t i = 0; i < list->count; i++) {
		track_id track = list->rows[i].track;
		uint64_t key = threads && threads[track] ? threads[track] : key_of(list, ds, i, by, own ? own : ranks);
		uint64_t low = by == TRACES_BY_ID ? half_of_id(ds->tracks[track].trace_id + 8) : 0;
		places[i] = (struct place){ descending ? ~key : key, descending ? ~low : low, i };
	}
	qsort(places, list->count, sizeof *places, by_place);
	for (uint32_t i = 0; i < list->count; i++)
		order[i] = places[i].row;
	free(own);
	free(threads);
	free(places);
	return order;
}

bool
trace_sort_grows(enum trace_sort sort)
{
	return sort == TRACES_BY_START || sort == TRACES_BY_NAME || sort == TRACES_BY_ID;
}

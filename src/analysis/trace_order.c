/* SPDX-License-Identifier: MIT
 * The orders of a list of traces. */
#include "config.h"

#include "analysis/trace_list.h"

#include <stdlib.h>

#include "analysis/label.h"
#include "util/alloc.h"

static const char *const sort_names[TRACE_SORTS] = {
	[TRACES_BY_START] = "start", [TRACES_BY_NAME] = "name", [TRACES_BY_DURATION] = "duration", [TRACES_BY_SPANS] = "spans",
	[TRACES_BY_SERVICES] = "services", [TRACES_BY_DEPTH] = "depth", [TRACES_BY_ERRORS] = "errors", [TRACES_BY_TOKENS] = "tokens",
	[TRACES_BY_COST] = "cost",
};

/* What a row is sorted by, as a number that grows with it. */
struct place {
	uint64_t key;
	uint32_t row;
};

/* Rows come by start and track: the greater index breaks ties. */
static int
by_place(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

static uint64_t
signed_key(int64_t value)
{
	return (uint64_t)value ^ UINT64_C(1) << 63;
}

/* Doubles are ordered as their bits are, negative ones the other way round. */
static uint64_t
double_key(double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
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
	case TRACES_BY_TOKENS:   return list->tokens ? double_key(list->tokens[index]) : 0;
	case TRACES_BY_COST:     return list->cost ? double_key(list->cost[index]) : 0;
	default:                 return signed_key(row->start_ns);
	}
}

uint32_t *
trace_list_order(const struct trace_list *list, const struct dataset *ds, enum trace_sort by, bool descending, const uint32_t *ranks)
{
	struct place *places = xreallocarray(NULL, list->count, sizeof *places);
	uint32_t *order = xreallocarray(NULL, list->count, sizeof *order);
	uint32_t *own = by == TRACES_BY_NAME && !ranks ? label_ranks(ds) : NULL;

	for (uint32_t i = 0; i < list->count; i++) {
		uint64_t key = key_of(list, ds, i, by, own ? own : ranks);
		places[i] = (struct place){ descending ? ~key : key, i };
	}
	qsort(places, list->count, sizeof *places, by_place);
	for (uint32_t i = 0; i < list->count; i++)
		order[i] = places[i].row;
	free(own);
	free(places);
	return order;
}

const char *
trace_sort_name(enum trace_sort sort)
{
	return sort_names[sort];
}

bool
trace_sort_find(struct str name, enum trace_sort *out)
{
	for (int i = 0; i < TRACE_SORTS; i++)
		if (str_equal(name, str_of(sort_names[i]))) {
			*out = (enum trace_sort)i;
			return true;
		}
	return false;
}

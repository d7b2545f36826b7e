/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/column.h"

#include <stdlib.h>

#include "util/alloc.h"
#include "util/bits.h"

struct column *
column_new(enum column_kind kind, uint32_t count)
{
	struct column *column = xcalloc(1, sizeof *column);

	column->kind = kind;
	column->count = count;
	column->present = bits_new(count);
	if (kind == COLUMN_NUMBER) {
		column->number = xcalloc(count, sizeof *column->number);
	} else {
		column->string = xcalloc(count, sizeof *column->string);
		column->strings = strtab_new();
	}
	return column;
}

void
column_free(struct column *column)
{
	if (!column)
		return;
	free(column->number);
	free(column->string);
	free(column->present);
	free(column->more);
	strtab_free(column->strings);
	free(column);
}

void
column_add_string(struct column *column, uint32_t index, struct str value)
{
	column_add_id(column, index, strtab_intern(column->strings, value));
}

void
column_add_id(struct column *column, uint32_t index, str_id id)
{
	if (!column_has(column, index)) {
		column->string[index] = id;
		bits_set(column->present, index);
		return;
	}
	if (column->more_count == column->more_cap) {
		column->more_cap = column->more_cap ? column->more_cap * 2 : 16;
		column->more = xreallocarray(column->more, column->more_cap, sizeof *column->more);
	}
	column->more[column->more_count++] = (struct column_more){ index, id };
}

static int
by_count(const void *a, const void *b)
{
	const struct column_count *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return x->string < y->string ? -1 : x->string > y->string;
}

uint32_t
column_frequent(const struct column *column, struct column_count *out, uint32_t cap)
{
	uint32_t strings = strtab_count(column->strings), values = 0;
	struct column_count *counts = xcalloc(strings, sizeof *counts);

	for (str_id id = 0; id < strings; id++)
		counts[id].string = id;
	for (uint32_t i = 0; i < column->count; i++)
		if (column_has(column, i))
			counts[column->string[i]].count++;
	for (uint32_t i = 0; i < column->more_count; i++)
		counts[column->more[i].string].count++;
	qsort(counts, strings, sizeof *counts, by_count);
	while (values < strings && counts[values].count)
		values++;
	for (uint32_t i = 0; i < values && i < cap; i++)
		out[i] = counts[i];
	free(counts);
	return values;
}

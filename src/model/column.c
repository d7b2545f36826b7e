/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/column.h"

#include <stdlib.h>

#include "util/alloc.h"

struct column *
column_new(enum column_kind kind, uint32_t count)
{
	struct column *column = xcalloc(1, sizeof *column);

	column->kind = kind;
	column->count = count;
	column->present = xcalloc((size_t)count / 64 + 1, sizeof *column->present);
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
	strtab_free(column->strings);
	free(column);
}

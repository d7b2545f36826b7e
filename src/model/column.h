/* SPDX-License-Identifier: MIT
 * One value per span, with a bit that says whether it is there: how attribute values and metrics reach analysis. */
#ifndef MODEL_COLUMN_H
#define MODEL_COLUMN_H

#include <stdbool.h>
#include <stdint.h>

#include "util/strtab.h"

enum column_kind { COLUMN_NUMBER, COLUMN_STRING };

struct column {
	enum column_kind kind;
	uint32_t         count;     /* one per span of the dataset */
	double          *number;    /* COLUMN_NUMBER */
	str_id          *string;    /* COLUMN_STRING: ids in the column's own table */
	struct strtab   *strings;   /* COLUMN_STRING */
	uint64_t        *present;   /* bit i of word i/64 */
};

struct column *column_new(enum column_kind kind, uint32_t count);    /* nothing present, numbers 0 */
void           column_free(struct column *column);                   /* NULL is allowed */

static inline bool
column_has(const struct column *column, uint32_t index)
{
	return column->present[index / 64] >> (index % 64) & 1;
}

static inline void
column_set_number(struct column *column, uint32_t index, double value)
{
	column->number[index] = value;
	column->present[index / 64] |= UINT64_C(1) << (index % 64);
}

#endif

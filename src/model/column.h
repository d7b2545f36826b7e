/* SPDX-License-Identifier: MIT
 * One value per span, with a bit that says whether it is there: how attribute values and metrics reach analysis.
 * An attribute may have further values for a span (of several events, or of its resource beside its own): those stand in `more`. */
#ifndef MODEL_COLUMN_H
#define MODEL_COLUMN_H

#include <stdbool.h>
#include <stdint.h>

#include "util/bits.h"
#include "util/strtab.h"

enum column_kind { COLUMN_NUMBER, COLUMN_STRING };

/* A further value. */
struct column_more {
	uint32_t index;
	str_id   string;
};

struct column {
	enum column_kind    kind;
	uint32_t            count;     /* one per span of the dataset */
	double             *number;    /* COLUMN_NUMBER */
	str_id             *string;    /* COLUMN_STRING: ids in the column's own table */
	struct strtab      *strings;   /* COLUMN_STRING */
	uint64_t           *present;   /* bit i of word i/64 */
	struct column_more *more;      /* COLUMN_STRING: by index, in the order in which they were added; NULL when there is none */
	uint32_t            more_count, more_cap;
};

struct column *column_new(enum column_kind kind, uint32_t count);    /* nothing present, numbers 0 */
void           column_free(struct column *column);                   /* NULL is allowed */

/* The first value of an index is its value, others become `more`; indices never go down from call to call. */
void           column_add_string(struct column *column, uint32_t index, struct str value);
void           column_add_id(struct column *column, uint32_t index, str_id id);    /* the same for an id of column->strings */

/* How often a value stands in a column. */
struct column_count {
	str_id   string;
	uint32_t count;
};

/* The most frequent of a COLUMN_STRING's values, ties in the order of their ids.  Returns how many different ones there are; writes at
 * most cap. */
uint32_t column_frequent(const struct column *column, struct column_count *out, uint32_t cap);

static inline bool
column_has(const struct column *column, uint32_t index)
{
	return bits_has(column->present, index);
}

static inline void
column_set_number(struct column *column, uint32_t index, double value)
{
	column->number[index] = value;
	bits_set(column->present, index);
}

#endif

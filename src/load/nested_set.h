/* SPDX-License-Identifier: MIT
 * Flame graphs as a table, as Grafana has them: a row for each box in depth-first order, with its level.
 * Columns are held until the table is complete, since they come one after another, and their names before or behind them. */
#ifndef LOAD_NESTED_SET_H
#define LOAD_NESTED_SET_H

#include "load/format.h"
#include "load/json_reader.h"
#include "load/profiles.h"
#include "util/numbers.h"
#include "util/strtab.h"
#include "util/vec.h"

extern const struct load_format load_nested_set;

/* A column: texts and numbers, each list as long as the last of its kind. */
struct nested_cells {
	struct numbers numbers;             /* NAN: none */
	struct { VEC(str_id); } texts;      /* STR_NONE: none */
	size_t count;
};

void nested_number(struct nested_cells *cells, double number);
void nested_text(struct nested_cells *cells, str_id text);
void nested_missing(struct nested_cells *cells);
void nested_clear(struct nested_cells *cells);    /* as if it had just been zeroed */

struct nested_column {
	str_id              name, unit;    /* STR_NONE: not told */
	struct nested_cells cells;
	struct { VEC(str_id); } words;     /* what the numbers of an enumeration stand for */
};

/* Its strings are its own.  Zeroed and given a strtab: without columns. */
struct nested_table {
	struct strtab *strings;
	struct { VEC(struct nested_column); } columns;
	bool           cut;       /* the input ends inside it */
	bool           formatted; /* values are as people read them, with units */
};

/* Column i, added with all before it when it is not there. */
struct nested_column *nested_column_at(struct nested_table *table, size_t i);

/* Pushes the table as a profile, or notes why it is none; at: where it begins. */
void nested_table_push(struct nested_table *table, struct profiles *profiles, struct str track, uint64_t at);
void nested_table_clear(struct nested_table *table);
void nested_table_fini(struct nested_table *table);

/* A number with or without a unit: "12", "1.5 KiB", "820 ms".  What the unit multiplies is the same for all units of its kind.
 * False: it is none.  *unit_out: what it is measured in then, "" without one; a constant. */
bool nested_formatted(struct str text, double *value_out, const char **unit_out);

/* The table as text with commas, tabs or semicolons between its columns. */
void nested_csv_read(struct input *in, struct sink *sink);
bool nested_csv_is_header(struct str head);

#endif

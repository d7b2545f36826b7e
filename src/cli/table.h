/* SPDX-License-Identifier: MIT
 * Tables on standard output, and their cells. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdint.h>

#include "cli/output.h"
#include "cli/request.h"
#include "util/buf.h"

/* How a table is written; each writer takes the table that table_print() was given. */
struct table_writers {
	void (*json)(const void *table, struct output *out);
	void (*csv)(const void *table, struct output *out);
	void (*text)(const void *table, int cols, bool ascii, struct output *out);    /* cols 0: as wide as it gets */
};

/* How many of count rows are asked for: -n, else all of them for programs and the first twenty for people. */
uint32_t table_shown(const struct request *request, uint32_t count);

/* Writes it as the request says.  The exit status. */
int table_print(const struct request *request, const struct table_writers *writers, const void *table);

/* "200 traces, the first 5:" and a newline. */
void table_heading(uint32_t count, uint32_t rows, const char *one, const char *many, struct buf *out);

/* A field of a CSV record (RFC 4180), quoted where it must be. */
void csv_field(struct str text, struct buf *out);

/* The cell with blanks in front to fill cols columns, and at least one where it is not the first of its line; the cell is emptied. */
void cell_right(struct buf *cell, int cols, struct buf *out);

#endif

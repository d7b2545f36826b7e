/* SPDX-License-Identifier: MIT
 * Entries laid out as lines of a pane.
 * A value that fits stands beside its key; one of several lines, or too long for three of them, begins below it and has the whole width.
 * Line breaks of the value are kept, JSON is laid out by its structure, and what is longer than the pane goes on at the next word, as
 * far in as it began. */
#ifndef UI_ENTRY_LINES_H
#define UI_ENTRY_LINES_H

#include "ui/entries.h"

struct entry_line {
	uint32_t   entry;
	struct str key;        /* sanitised; empty but for the first line */
	struct str text;       /* of the value, sanitised */
	int        col;        /* where text begins, counted from the line's start */
	struct str right;      /* dimmed, at the right end: the type */
};

/* A zeroed struct is empty.  Texts live in the arena. */
struct entry_lines {
	struct arena arena;
	VEC(struct entry_line);
	uint32_t    *first;    /* per entry its first line, and behind them the number of lines */
};

void entry_lines_make(const struct entries *entries, int cols, struct entry_lines *out);
void entry_lines_fini(struct entry_lines *lines);

#endif

/* SPDX-License-Identifier: MIT
 * From styles to the numbers that a terminal library wants: two colours and attributes, and one number for each pair of colours. */
#ifndef UI_PAIR_H
#define UI_PAIR_H

#include <stddef.h>

#include "ui/grid.h"
#include "ui/paint.h"

/* What a style comes to on a terminal. */
struct tint {
	int     fg, bg;    /* by depth: 0xRRGGBB, or numbers of colours; -1 in mono */
	uint8_t attrs;     /* enum paint_attr */
};

/* colors: how many the terminal has; a depth of 16 makes do with eight. */
struct tint tint_of(const struct theme *theme, enum color_depth depth, int colors, struct style style);

/* A space shows nothing of its foreground: it takes that of the cell before it, NULL at the start of a row, when their backgrounds are
 * one, else what is usual there; so that fewer changes of style are sent. */
struct style tint_space(struct style style, const struct style *before);

/* The cell as it is to be drawn: a space with the style that tint_space() gives it, unless styles are all there is to see. */
struct cell tint_cell(const struct cell *cell, const struct style *before, enum color_depth depth);

/* Pairs of colours, numbered from 1 in the order of their first use.  A zeroed struct is an empty table. */
struct pair_table {
	struct pair { int fg, bg, number; } *slots;    /* number 0: free */
	size_t cap, len;
};

/* The number of a pair; *is_new_out when it has just got it.  0 when it would be beyond most. */
int  pair_number(struct pair_table *table, int fg, int bg, int most, bool *is_new_out);
void pair_forget(struct pair_table *table);    /* frees it */

#endif

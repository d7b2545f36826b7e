/* SPDX-License-Identifier: MIT
 * The columns of a list: where they stand, their heading, and what is drawn into their cells.
 * One of them takes the room that the others leave; where that is little, others are left out, the least important first. */
#ifndef UI_CELLS_H
#define UI_CELLS_H

#include "ui/viewer.h"

enum { CELLS_MAX = 12 };

struct cell_look {
	const char *title;
	int         cols;      /* 0: the one that takes the rest */
	int         rank;      /* the greatest is left out first */
	int         sort;      /* what a click on the heading sorts by: the hit's arg; -1: nothing */
	bool        to_left;
};

/* Columns stand side by side, a cell between two. */
struct cells {
	int count;
	int col[CELLS_MAX];
	int cols[CELLS_MAX];    /* 0: left out */
};

/* From col on.  Columns go while the rest is less than `wanted` wide, those of rank 0 only while it is less than `least`. */
struct cells cells_split(const struct cell_look *looks, int count, int col, int cols, int wanted, int least);

/* The heading in the rectangle's first row.  sorted: the index of the column that bears the mark, -1: none; clickable: HIT_COLUMN. */
void         cells_heading(struct app *app, struct grid *grid, struct rect rect, const struct cell_look *looks, const struct cells *cells,
                           int sorted, bool ascending, bool clickable);

/* Safe text at the right end of a cell, over what is there. */
void         cells_right(struct grid *grid, int col, int row, int cols, struct str text, struct paint ink, uint8_t attrs);

/* A share from 0 to 1 as a bar to an eighth of a cell. */
void         cells_bar(struct grid *grid, int col, int row, int cols, double share, struct paint fill, struct paint bg);

#endif

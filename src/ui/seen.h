/* SPDX-License-Identifier: MIT
 * What a terminal was last given, cell by cell, so that only what differs is given to it. */
#ifndef UI_SEEN_H
#define UI_SEEN_H

#include "ui/grid.h"
#include "ui/paint.h"

struct seen {
	struct cell *cells;       /* cols * rows, with the colours that the terminal has */
	int          cols, rows;
	bool         nothing;     /* it may show anything: every cell differs */
};

void seen_fini(struct seen *seen);

/* Another size: then nothing is known.  False when it is the one that there was. */
bool seen_fit(struct seen *seen, int cols, int rows);

/* The next cells of a row that differ, from *col on: takes them over, says where they begin and sets *col behind them.
 * Returns how many there are; 0 at the end of the row.  The first is never the second half of a wide character. */
int  seen_next(struct seen *seen, const struct grid *grid, int row, enum color_depth depth, int *col, int *start_out);

#endif

/* SPDX-License-Identifier: MIT
 * Rows of a name and its numbers, as the table and the call tree have them: the columns at the right, the least important left out
 * where it is narrow, shares with a bar under them. */
#ifndef UI_COLUMNS_H
#define UI_COLUMNS_H

#include "ui/cells.h"

enum { COLUMNS = 6 };    /* the name and its numbers */

/* Where the columns stand in a row: one cell for a swatch, the name, the numbers. */
struct columns {
	int          name_cols;
	struct cells cells;
};

struct amounts {
	double   self, total;
	uint64_t count;
	double   whole;    /* what shares are of */
};

struct row_style {
	struct paint bg, ink, dim;
	uint8_t      attrs;
};

/* keep: the amount that stays when there is room for one, TOP_SELF or TOP_TOTAL. */
struct columns   columns_split(int cols, enum top_sort keep);

/* The heading.  Sorted columns bear a mark, and each is clicked to sort by it; else they are mere words. */
void             columns_heading(struct app *app, struct grid *grid, struct rect rect, const struct columns *columns,
                                 const char *title, bool sorted);

/* How a row looks: whether the cursor is on it, and whether a search finds it. */
struct row_style columns_style(struct app *app, bool hit, bool chosen, bool has_keys);

void             columns_amounts(struct app *app, struct grid *grid, const struct columns *columns, const struct amounts *amounts, int col, int row,
                                 const struct row_style *style);

#endif

/* SPDX-License-Identifier: MIT
 * The screen as cells in memory.  Columns and rows count from 0 at the top left.  Drawing outside is clipped.
 * A cell holds one grapheme cluster; the cell after a wide one is its continuation and holds nothing.
 * All text goes in through the functions here, which take sanitised text (util/text.h) and never let a wide cluster straddle an edge. */
#ifndef UI_GRID_H
#define UI_GRID_H

#include "ui/paint.h"
#include "util/str.h"

enum { CELL_BYTES = 24 };    /* longest cluster kept; a longer one is drawn as its base character */

struct cell {
	char         text[CELL_BYTES];    /* UTF-8, len bytes; a space when empty */
	uint8_t      len;
	uint8_t      width;               /* 1 or 2; 0: continuation of the wide cell to the left */
	struct style style;
};

struct grid {
	int          cols, rows;
	struct cell *cells;               /* cols * rows, row by row */
	int          cursor_col, cursor_row;   /* where the terminal's cursor is shown; cursor_col -1: nowhere */
	bool         ascii;               /* draw nothing beyond ASCII: glyph helpers take their twins */
};

void grid_init(struct grid *grid, int cols, int rows);
void grid_fini(struct grid *grid);
void grid_resize(struct grid *grid, int cols, int rows);    /* contents are lost */
void grid_clear(struct grid *grid, struct style style);

static inline struct cell *
grid_cell(struct grid *grid, int col, int row)
{
	return &grid->cells[(size_t)row * (size_t)grid->cols + (size_t)col];
}

/* Spaces over [col, col + cols). */
void grid_fill(struct grid *grid, int col, int row, int cols, struct style style);

/* Text from col on, at most cols columns, cut at a cluster; the rest is left alone.  Returns the columns drawn. */
int  grid_text(struct grid *grid, int col, int row, int cols, struct str safe, struct style style);

/* As grid_text with the background that is already there. */
int  grid_text_over(struct grid *grid, int col, int row, int cols, struct str safe, struct paint fg, uint8_t attrs);

/* One glyph of the box and block repertoire, or its ASCII twin. */
enum glyph {
	GLYPH_LEFT_1, GLYPH_LEFT_2, GLYPH_LEFT_3, GLYPH_LEFT_4, GLYPH_LEFT_5, GLYPH_LEFT_6, GLYPH_LEFT_7, GLYPH_FULL,    /* left eighths */
	GLYPH_LOWER_1, GLYPH_LOWER_2, GLYPH_LOWER_3, GLYPH_LOWER_4, GLYPH_LOWER_5, GLYPH_LOWER_6, GLYPH_LOWER_7,
	GLYPH_ARROW_UP, GLYPH_ARROW_DOWN, GLYPH_CLOSE, GLYPH_DOT, GLYPH_BULLET, GLYPH_CHEVRON, GLYPH_SORT_DOWN, GLYPH_SORT_UP, GLYPH_FOLDED, GLYPH_ELLIPSIS,
	GLYPH_HLINE, GLYPH_VLINE, GLYPH_BEFORE, GLYPH_SQUARE, GLYPH_DIAMOND, GLYPH_TICK, GLYPH_ODD,
};
struct str glyph_text(enum glyph glyph, bool ascii);
char glyph_ascii(struct str cluster);    /* what stands for any cluster in ASCII: '?' when nothing better does */
void grid_glyph(struct grid *grid, int col, int row, enum glyph glyph, struct style style);

/* The screen as text: a line a row, trailing spaces dropped. */
struct buf;
void grid_to_text(const struct grid *grid, struct buf *out);

#endif

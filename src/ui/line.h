/* SPDX-License-Identifier: MIT
 * One row of the screen being written from left to right in pieces of different looks. */
#ifndef UI_LINE_H
#define UI_LINE_H

#include "ui/grid.h"
#include "ui/screen.h"

struct line {
	struct grid *grid;
	int          row, col, end;    /* the next piece begins at col and must end before end */
};

/* The rectangle's first row, filled with the background. */
struct line line_begin(struct grid *grid, struct rect rect, enum role background);

/* A piece, cut where the line ends, with an ellipsis when cut is set. */
void        line_put(struct line *line, struct str safe, enum role ink, uint8_t attrs);
void        line_put_cut(struct line *line, struct str safe, enum role ink, uint8_t attrs);
void        line_space(struct line *line, int cols);

static inline int
line_left(const struct line *line)
{
	return line->end - line->col;
}

#endif

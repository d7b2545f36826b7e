/* SPDX-License-Identifier: MIT
 * How deep a graph is across its width, as a small profile: for each column the deepest row that covers at least half of one of its
 * samples.  Small boxes count by what they cover together.  No more than MINIMAP_MOST_ROWS rows are looked at, evenly spread and the
 * deepest among them, each at the cost of a drawn row. */
#ifndef LAYOUT_MINIMAP_H
#define LAYOUT_MINIMAP_H

#include "layout/strip.h"

enum {
	MINIMAP_MOST_ROWS = 64,     /* more than a profile of a few cells can show */
	MINIMAP_SAMPLES   = 2,      /* a column */
};

/* Fills height_out, one entry for each of view.cols columns, with a number of rows: 0 only where not even row 0 is.
 * Returns the greatest. */
uint32_t minimap_build(const struct plane *plane, struct viewport view, uint32_t *height_out);

/* A height as eighths of a cell in a profile that is `cells` high and as tall as `tallest`: 0 for 0, else from 1 to 8 * cells. */
int      minimap_eighths(uint32_t height, uint32_t tallest, int cells);

#endif

/* SPDX-License-Identifier: MIT
 * One row of a plane as it appears in a viewport: boxes at an eighth of a cell, and grey boxes for what is too small.
 *
 * Positions are eighths of a cell from the viewport's left: [begin, end) with 0 <= begin < end <= cols * 8.
 * Strips of a row are disjoint and sorted, and no box inside the viewport is lost: it is in its own strip or counted in a small one.
 * A box of half a cell or more (seen or not) has its own strip; neighbours below that are gathered, never across a gap of a cell or
 * more.  Work is O(cols log boxes), whatever the number of boxes.
 *
 * Rounding: every edge goes to its nearest eighth, upwards from the middle, so that edges that meet still meet.  What vanishes by that
 * gets the eighth that holds its middle, and a wide neighbour gives it up.  Hence every edge is within one eighth of its place; only
 * where a box that is cut by the viewport's edge shows less than an eighth may further ones be moved by one more. */
#ifndef LAYOUT_STRIP_H
#define LAYOUT_STRIP_H

#include "layout/plane.h"
#include "util/vec.h"

struct viewport {
	double from, to;    /* axis range on screen, half-open; to > from */
	int    cols;        /* cells across, at least 1 */
};

struct strip {
	int32_t  begin, end;      /* eighths */
	node_id  node;            /* the box; of a small strip its first one */
	frame_id frame;           /* of that node */
	bool     small;           /* several, or one below half a cell */
	uint32_t first, count;    /* boxes plane->box[first .. first + count): 1 unless small */
	double   sum;             /* their totals */
	bool     cut_left, cut_right;    /* the box goes on outside the viewport */
};

struct strips {
	VEC(struct strip);
	uint64_t steps;           /* what strips_of_row() has looked at so far, in boxes and sums: its cost, to be tested */
};

/* Replaces out with the strips of a row, left to right. */
void strips_of_row(const struct plane *plane, uint32_t row, struct viewport view, struct strips *out);

/* What is drawn in each cell: an edge falls on eighths, a cell shared by two strips is a left block glyph. */
struct strip_cell {
	uint32_t left, right;    /* index of the strip at the cell's left and right part; STRIP_GAP where there is none */
	uint8_t  eighths;        /* 1..7: the left part's width; 0: all of the cell is `right`, and left is the same */
};

#define STRIP_GAP UINT32_MAX

/* cells: view.cols of them.  Of three or more strips in one cell the two that cover most of it are kept.  Of two, one gives way to a gap
 * that covers more of the cell than it does, unless this is the cell that has most of that strip.
 * Where a strip begins on a cell border next to another and fills the cell, its first eighth is a gap: left = STRIP_GAP, eighths = 1. */
void strips_to_cells(const struct strips *strips, int cols, struct strip_cell *cells);

#endif

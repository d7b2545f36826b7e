/* SPDX-License-Identifier: MIT
 * A flame graph as plain text, for standard output and terminals without colour:
 *
 *	|all 1.24 s ---------------------------------------------------|
 *	|frontend POST /checkout 1.24 s -------------------------------|
 *	 |cart GET 310 ms 25.0% -|...|checkout PlaceOrder 820 ms 66.1% |
 *
 * Whole-cell edges are drawn with `|`, a box that does not stand right under its parent begins with an arrow instead, boxes under half
 * a cell are dots. */
#ifndef LAYOUT_CHART_H
#define LAYOUT_CHART_H

#include "layout/plane.h"
#include "util/buf.h"

enum { CHART_LEAST_COLS = 10 };

struct chart_options {
	int        cols;         /* at least CHART_LEAST_COLS, fewer are taken as that */
	bool       ascii;        /* nothing beyond ASCII: other characters of names become `?` */
	struct str unit;         /* of the tree's totals */
	uint32_t   max_rows;     /* 0: all; what is left out is counted in one line more */
	node_id    focus;        /* NODE_ALL: everything */
};

/* Appends one line a row, each ending in a newline, at most cols columns wide and without spaces at its end. */
void chart_print(const struct plane *plane, const struct dataset *ds, const struct chart_options *options, struct buf *out);

#endif

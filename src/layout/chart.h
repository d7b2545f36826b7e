/* SPDX-License-Identifier: MIT
 * A flame graph as plain text, for standard output and terminals without colour.
 * Whole-cell edges drawn with `|`, labels in boxes, small boxes as dots. */
#ifndef LAYOUT_CHART_H
#define LAYOUT_CHART_H

#include "layout/plane.h"
#include "util/buf.h"

struct chart_options {
	int        cols;         /* at least 10 */
	bool       ascii;        /* no block glyphs, no ellipsis character */
	struct str unit;         /* of the tree's totals */
	uint32_t   max_rows;     /* 0: all */
	node_id    focus;        /* NODE_ALL: everything */
};

/* Appends one line a row, each ending in a newline and at most cols columns wide. */
void chart_print(const struct plane *plane, const struct dataset *ds, const struct chart_options *options, struct buf *out);

#endif

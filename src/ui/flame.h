/* SPDX-License-Identifier: MIT
 * The geometry of the flame graph on screen: which rows there are below a focus, what stands in them, and where.
 * Rows count from 0 at the root: first the ancestors of the focus, then the rows of the plane from the focus on. */
#ifndef UI_FLAME_H
#define UI_FLAME_H

#include "layout/strip.h"
#include "ui/viewer.h"

struct flame {
	struct scene            *scene;
	const struct tree       *tree;
	const struct plane      *plane;
	const struct focus_info *focus;
	struct rect              rect;
	struct viewport          view;
	uint32_t                 rows;       /* in all */
	uint32_t                 top;        /* first one on screen */
	bool                     flipped;
};

void     flame_measure(struct app *app, struct flame *flame);

/* The row of a node that is below the focus or one of its ancestors. */
uint32_t flame_row_of(const struct flame *flame, node_id node);
bool     flame_has(const struct flame *flame, node_id node);    /* whether it is one of these */

/* What stands in a row, as strips_of_row(), less what does not belong to the focus. */
void     flame_strips(const struct flame *flame, uint32_t row, struct strips *out);
/* The strip that holds the node; -1 if none. */
long     flame_find(const struct flame *flame, const struct strips *strips, node_id node);

/* Between rows and rows of the screen; false when it is not on screen, or there is no such row. */
bool     flame_screen_row(const struct flame *flame, uint32_t row, int *screen_row_out);

/* Of the boxes of a strip that stands in a column of the screen, the one that lies there. */
node_id  flame_box_at(const struct flame *flame, const struct strip *strip, int col);

/* The strip under a cell of the screen.  strips: what stands in its row.  -1: nothing. */
long     flame_strip_at(const struct flame *flame, int col, int screen_row, struct strips *strips);

#endif

/* SPDX-License-Identifier: MIT
 * The critical path on the screen: marked in a picture in the order of time, or all that there is. */
#ifndef UI_CRITICAL_H
#define UI_CRITICAL_H

#include "ui/viewer.h"

/* The bar of a node: cells [begin, end) of a row, counted from `left`, where the viewport's `cols` cells begin.  Of a whole subtree the
 * path goes through it [from, to) on the axis, of a group it goes through its members and what is below them, else what counts is the
 * span's own time on the path. */
struct critical_bar {
	node_id node;
	const struct span_group *group;    /* NULL: none */
	int     row, begin, end;
	int     left, cols;
	bool    whole;
	double  from, to;
};

/* The paths of the present scene's times; NULL while a tree is being built and they are not known, since that may need them, too. */
const struct critical *critical_path(struct app *app);

/* Where they go in the present scene, which is in the order of time; NULL as above.  The scene's. */
const struct span_path *critical_sums(struct app *app);

/* Whether a node of the present scene is a span on the critical path; false in a merged one, and where that is not known. */
bool     critical_is_on(struct app *app, node_id node);

/* How much of [from, to) on the axis is a bar's time on the path; 0 in a merged scene. */
double   critical_part(struct app *app, const struct critical_bar *bar, double from, double to);

/* Paints over the whole cells of a bar what is its time on the path, to an eighth of a cell at its edges.  Cells that hold
 * anything but the bar's own colour are left alone, and so are all where there is no colour.  O(cells log pieces). */
void     critical_paint(struct app *app, struct grid *grid, const struct critical_bar *bar);

/* Marks it, shows nothing else, takes both back. */
unsigned critical_turn(struct app *app);
unsigned critical_remove(struct app *app);

#endif

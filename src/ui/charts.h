/* SPDX-License-Identifier: MIT
 * What stands above the list of traces: how many, how slow and how bad they are over time, and how long they take.
 * A range of a chart that is taken with the mouse or with keys is a pill: of the times, or of the durations of what is listed. */
#ifndef UI_CHARTS_H
#define UI_CHARTS_H

#include "ui/traces.h"

enum { CHARTS_MOST = 3 };

/* Which are on the screen; of each the first row is its title, the last ones its axis and, with room, its marks. */
struct charts {
	int count;
	struct { enum trace_chart chart; struct rect rect; } at[CHARTS_MOST];
	struct rect list;    /* what they leave of the view */
};

struct charts charts_layout(const struct app *app);

/* The cursor and the mark stay on a bucket when there are fewer of them. */
void     charts_settle(struct app *app);
void     charts_draw(struct app *app, struct grid *grid);
unsigned charts_choose(struct app *app, enum trace_chart chart);
bool     charts_act(struct app *app, enum action action, unsigned *update_out);    /* while one has the keys; false: not one of its actions */
unsigned charts_mouse(struct app *app, const struct event *event);                 /* over them, or while dragging from one */
unsigned charts_release(struct app *app);                                          /* the end of a drag */
/* "duration 13.2 ms…245 ms", where a query is a range that was taken from the durations; else false. */
bool     charts_range_text(struct str query, bool ascii, struct buf *out);
bool     charts_cancel(struct app *app);                                           /* false: there is nothing to give up */

#endif

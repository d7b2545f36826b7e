/* SPDX-License-Identifier: MIT
 * The timeline: a row for each span of one trace, its name at the left and its bar along the time at the right.
 * It is another picture of a time-ordered tree: focus, cursor, viewport, folds and search are those of the other views. */
#ifndef UI_TIMELINE_H
#define UI_TIMELINE_H

#include "layout/strip.h"
#include "ui/viewer.h"

/* Where things are, and what is shown; valid until the state changes. */
struct timeline {
	struct scene           *scene;
	const struct tree      *tree;
	const struct span_rows *rows;
	struct rect             names, chart, axis, work, minimap;    /* one cell between names and chart is where its width is dragged */
	struct viewport         view;       /* of the chart */
	uint32_t                top, end;   /* rows on screen */
	const struct match     *found;      /* nodes that queries find; NULL: there are no queries */
};

/* False in a scene that is not in time order, of which there is no timeline. */
bool     timeline_measure(struct app *app, struct timeline *timeline);

/* Whether a row's span is found by the search, without one by a query; and whether it gives way to what is found. */
bool     timeline_is_hit(const struct timeline *timeline, node_id node);
bool     timeline_is_faint(const struct timeline *timeline, node_id node);

/* Whether a row stands for its span alone: what is below it has rows of its own, if there is anything. */
bool     timeline_is_open(const struct timeline *timeline, struct span_row row);

/* The time at the left edge of a column of the screen, or in its middle. */
double   timeline_time(const struct timeline *timeline, double col);

/* Appends the names and offsets of a row's events at a column of the screen; nothing when there are none. */
void     timeline_events_at(struct app *app, const struct timeline *timeline, struct span_row row, int col, struct buf *out);

/* The rows with the present folds and search; only of a timed scene, valid until the next call. */
const struct span_rows *timeline_rows(struct app *app);

/* Opens the view; where the tree is not one of spans in time order, it goes to one trace and says so. */
unsigned timeline_open(struct app *app);
/* Before a first tree is built: a recipe that can be shown so.  False: there are no spans. */
bool     timeline_recipe(struct app *app, track_id track, struct recipe *recipe);

bool     timeline_act(struct app *app, enum action action, unsigned *update_out);    /* false: not one of its actions */
unsigned timeline_mouse(struct app *app, const struct event *event);
unsigned timeline_release(struct app *app);                     /* the end of a drag */
void     timeline_settle(struct app *app, enum follow follow);
void     timeline_draw(struct app *app, struct grid *grid);

/* Unfolds what hides the cursor. */
void     timeline_reveal(struct app *app);
/* To another node, unfolding what hides it, with its time in sight; a step of the history. */
unsigned timeline_go_to(struct app *app, node_id node);

/* Another part of the axis on screen, clamped to what the focus has; a step of the history of that kind. */
unsigned timeline_view(struct app *app, double from, double to, int history_kind);

/* The bars of the rows on screen (timeline_bars.c). */
void     timeline_draw_bars(struct app *app, struct grid *grid, const struct timeline *timeline);

#endif

/* SPDX-License-Identifier: MIT
 * The mouse over the timeline: a drag of a bar pans, one along the axis takes a range of time, one of the border makes room for names. */
#include "config.h"

#include <math.h>

#include "ui/timeline.h"
#include "ui/work.h"

enum { WHEEL_ROWS = 3 };

static const double wheel_zoom = 0.8, wheel_pan = 0.1;

static unsigned
zoom_at(struct app *app, const struct timeline *timeline, const struct event *event)
{
	double x = timeline_time(timeline, event->col + 0.5), width = app->state.to - app->state.from;
	double factor = event->what == MOUSE_WHEEL_UP ? wheel_zoom : 1 / wheel_zoom;

	return timeline_view(app, x - (x - app->state.from) * factor, x - (x - app->state.from) * factor + width * factor, HISTORY_ZOOM);
}

static unsigned
scroll(struct app *app, int64_t by)
{
	int64_t top = (int64_t)app->state.tree_top + by;

	app->state.tree_top = (uint32_t)(top < 0 ? 0 : top);
	return UPDATE_DRAW;
}

static unsigned
wheel(struct app *app, const struct timeline *timeline, const struct event *event)
{
	bool up = event->what == MOUSE_WHEEL_UP, sideways = event->what == MOUSE_WHEEL_LEFT || event->what == MOUSE_WHEEL_RIGHT;
	bool on_chart = event->col >= timeline->chart.col;

	app->hover.on = false;

	app->follow = FOLLOW_SCREEN;
	if (on_chart && !sideways && (event->row < timeline->chart.row || (event->mods & (MOD_CTRL | MOD_ALT))))
		return zoom_at(app, timeline, event);
	if (on_chart && (sideways || (event->mods & MOD_SHIFT))) {
		double by = (app->state.to - app->state.from) * (up || event->what == MOUSE_WHEEL_LEFT ? -wheel_pan : wheel_pan);
		return timeline_view(app, app->state.from + by, app->state.to + by, HISTORY_PAN);
	}
	return sideways ? UPDATE_NONE : scroll(app, up ? -WHEEL_ROWS : WHEEL_ROWS);
}

static void
begin_drag(struct app *app, enum drag_kind kind, const struct event *event)
{
	app->drag = (struct drag){
		.kind = kind, .col = event->col, .row = event->row, .from = app->state.from, .to = app->state.to, .top_row = app->state.tree_top,
	};
}

static unsigned
press_row(struct app *app, const struct timeline *timeline, const struct event *event)
{
	uint32_t row = timeline->top + (uint32_t)(event->row - timeline->names.row);

	if (event->button == BUTTON_LEFT)
		begin_drag(app, DRAG_TIMELINE, event);
	if (row >= timeline->end)
		return UPDATE_NONE;
	app->state.cursor = span_rows_at(timeline->rows, row).node;
	if (event->button == BUTTON_RIGHT)
		return menu_open(app, event->col, event->row);
	if (event->button != BUTTON_LEFT || event->clicks != 2)
		return UPDATE_DRAW;
	app->drag.kind = DRAG_NONE;
	return app_act(app, ACT_ENTER);
}

static unsigned
press(struct app *app, const struct timeline *timeline, const struct event *event)
{
	app->hover.on = false;
	if (event->button == BUTTON_LEFT && timeline->names.cols > 0 && event->col == timeline->names.col + timeline->names.cols) {
		begin_drag(app, DRAG_NAMES, event);
		return UPDATE_NONE;
	}
	if (event->row >= timeline->names.row)
		return press_row(app, timeline, event);
	if (event->button != BUTTON_LEFT || !rect_has(timeline->axis, event->col, event->row))
		return UPDATE_NONE;
	if (event->clicks == 2)
		return app_act(app, ACT_RESET);
	double x = timeline_time(timeline, event->col);
	begin_drag(app, DRAG_RANGE, event);
	app->range = (struct range){ .on = true, .from = x, .to = x };
	return UPDATE_DRAW;
}

static unsigned
drag(struct app *app, const struct timeline *timeline, const struct event *event)
{
	const struct drag *drag = &app->drag;

	if (drag->kind == DRAG_NAMES) {
		int cols = event->col - timeline->names.col;
		app->state.name_cols = cols > 1 ? (uint32_t)cols : 1;
		return UPDATE_DRAW;
	}
	if (drag->kind == DRAG_RANGE) {
		app->range.to = timeline_time(timeline, event->col + (event->col >= drag->col));
		return UPDATE_DRAW;
	}
	if (drag->kind != DRAG_TIMELINE)
		return UPDATE_NONE;
	app->follow = FOLLOW_SCREEN;
	scroll(app, (int64_t)drag->top_row + drag->row - event->row - (int64_t)app->state.tree_top);
	if (drag->col < timeline->chart.col || drag->col == event->col)
		return UPDATE_DRAW;
	double by = (drag->to - drag->from) * (drag->col - event->col) / timeline->view.cols;
	return timeline_view(app, drag->from + by, drag->to + by, HISTORY_PAN);
}

unsigned
timeline_release(struct app *app)
{
	struct range range = app->range;
	enum drag_kind kind = app->drag.kind;

	if (kind == DRAG_NAMES) {
		struct timeline timeline;
		if (timeline_measure(app, &timeline))
			app->state.name_cols = (uint32_t)timeline.names.cols;
	}
	if (kind != DRAG_RANGE || !range.on)
		return UPDATE_NONE;
	app->range.on = false;
	double from = fmax(fmin(range.from, range.to), app->state.from), to = fmin(fmax(range.from, range.to), app->state.to);
	return to > from ? timeline_view(app, from, to, 0) : UPDATE_DRAW;
}

unsigned
timeline_mouse(struct app *app, const struct event *event)
{
	struct timeline timeline;

	if (!timeline_measure(app, &timeline))
		return UPDATE_NONE;
	if (app->drag.kind != DRAG_MINIMAP && event->what == MOUSE_DRAG)
		return drag(app, &timeline, event);
	if (event->what == MOUSE_DRAG || rect_has(timeline.minimap, event->col, event->row))
		return minimap_mouse(app, event, timeline.minimap);
	if (event->what == MOUSE_PRESS && rect_has(timeline.work, event->col, event->row))
		return work_mouse(app, event, timeline.work);
	switch (event->what) {
	case MOUSE_PRESS: return press(app, &timeline, event);
	case MOUSE_WHEEL_UP:
	case MOUSE_WHEEL_DOWN:
	case MOUSE_WHEEL_LEFT:
	case MOUSE_WHEEL_RIGHT: return wheel(app, &timeline, event);
	case MOUSE_MOVE: return app_hover(app, event);
	default: return UPDATE_NONE;
	}
}

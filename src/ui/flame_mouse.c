/* SPDX-License-Identifier: MIT
 * The mouse over the flame graph. */
#include "config.h"

#include "ui/flame.h"

enum { WHEEL_ROWS = 3 };

static const double wheel_zoom = 0.8, wheel_pan = 0.1;

static unsigned
press(struct app *app, const struct event *event)
{
	struct strips strips = { 0 };
	struct flame flame;
	unsigned update = UPDATE_DRAW;

	flame_measure(app, &flame);
	long at = flame_strip_at(&flame, event->col, event->row, &strips);
	node_id node = at >= 0 ? flame_box_at(&flame, &strips.at[at], event->col) : NODE_NONE;
	bool opened = app->drag.opened && event->clicks == 2, small = at >= 0 && strips.at[at].small;
	vec_fini(&strips);
	app->state.pane = PANE_FLAME;
	app->hover.on = false;
	app->drag = (struct drag){
		.kind = event->button == BUTTON_LEFT ? DRAG_FLAME : DRAG_NONE, .col = event->col, .row = event->row,
		.from = app->state.from, .to = app->state.to, .top_row = app->state.top_row,
		.small = small && !opened && event->button == BUTTON_LEFT,
	};
	if (node == NODE_NONE)
		return update;
	app->state.cursor = node;
	app->trail = NODE_NONE;
	if (event->button == BUTTON_RIGHT)
		return menu_open(app, event->col, event->row);
	/* The first click of the two has opened what was here. */
	if (event->button == BUTTON_LEFT && event->clicks == 2 && !small && !opened) {
		app->drag.kind = DRAG_NONE;
		return app_act(app, ACT_ENTER);
	}
	return update;
}

static unsigned
drag(struct app *app, const struct event *event)
{
	struct drag *drag = &app->drag;
	int rows = app->state.flipped ? event->row - drag->row : drag->row - event->row;
	double by = (drag->to - drag->from) * (drag->col - event->col) / app_screen(app).flame.cols;

	if (drag->kind != DRAG_FLAME)
		return UPDATE_NONE;
	drag->small &= event->col == drag->col && event->row == drag->row;
	/* Scrolling alone is no step, and takes nothing of what one could go forward to. */
	if (by != 0)
		app_remember(app, HISTORY_PAN);
	app->follow = FOLLOW_SCREEN;
	app->state.from = drag->from + by;
	app->state.to = drag->to + by;
	int64_t top = (int64_t)drag->top_row + rows;
	app->state.top_row = (uint32_t)(top < 0 ? 0 : top);
	return UPDATE_DRAW;
}

unsigned
flame_release(struct app *app)
{
	if (app->drag.kind != DRAG_FLAME || !app->drag.small)
		return UPDATE_NONE;
	app->drag.small = false;
	app->drag.opened = true;
	return app_act(app, ACT_ENTER);
}

static unsigned
wheel(struct app *app, const struct event *event)
{
	struct rect rect = app_screen(app).flame;
	double width = app->state.to - app->state.from;
	bool up = event->what == MOUSE_WHEEL_UP;

	app->hover.on = false;
	app->follow = FOLLOW_SCREEN;
	if (event->mods & (MOD_CTRL | MOD_ALT)) {
		double share = (event->col - rect.col + 0.5) / rect.cols, x = app->state.from + share * width;
		width *= up ? wheel_zoom : 1 / wheel_zoom;
		app_remember(app, HISTORY_ZOOM);
		app->state.from = x - share * width;
		app->state.to = app->state.from + width;
		return UPDATE_DRAW;
	}
	if (event->what == MOUSE_WHEEL_LEFT || event->what == MOUSE_WHEEL_RIGHT || (event->mods & MOD_SHIFT)) {
		double by = width * (up || event->what == MOUSE_WHEEL_LEFT ? -wheel_pan : wheel_pan);
		app_remember(app, HISTORY_PAN);
		app->state.from += by;
		app->state.to += by;
		return UPDATE_DRAW;
	}
	if (up != app->state.flipped)
		app->state.top_row -= app->state.top_row < WHEEL_ROWS ? app->state.top_row : WHEEL_ROWS;
	else
		app->state.top_row += WHEEL_ROWS;
	return UPDATE_DRAW;
}

unsigned
app_hover(struct app *app, const struct event *event)
{
	struct hover *hover = &app->hover;

	if (hover->on && hover->col == event->col && hover->row == event->row)
		return UPDATE_NONE;
	*hover = (struct hover){ .on = true, .col = event->col, .row = event->row, .due = app->now + app->options.hover_delay_ms };
	return UPDATE_DRAW;
}

unsigned
flame_mouse(struct app *app, const struct event *event)
{
	switch (event->what) {
	case MOUSE_MOVE:  return app_hover(app, event);
	case MOUSE_PRESS: return press(app, event);
	case MOUSE_DRAG:  return drag(app, event);
	case MOUSE_WHEEL_UP:
	case MOUSE_WHEEL_DOWN:
	case MOUSE_WHEEL_LEFT:
	case MOUSE_WHEEL_RIGHT: return wheel(app, event);
	default: return UPDATE_NONE;
	}
}

/* SPDX-License-Identifier: MIT
 * The height profile of the whole axis, with the part on screen marked; a click or drag goes there. */
#include "config.h"

#include <math.h>

#include "layout/minimap.h"
#include "ui/flame.h"

void
minimap_draw(struct app *app, struct grid *grid, struct rect rect)
{
	const struct plane *plane = app_scene(app)->plane;
	double width = plane->to - plane->from;
	bool whole = app->state.from <= plane->from && app->state.to >= plane->to;
	uint32_t tallest;
	const uint32_t *heights = scene_profile(app_scene(app), rect.cols, &tallest);

	for (int i = 0; i < rect.cols; i++) {
		double left = plane->from + width * i / rect.cols, right = plane->from + width * (i + 1) / rect.cols;
		bool seen = !whole && right > app->state.from && left < app->state.to;
		struct style style = { PAINT(seen ? ROLE_MINIMAP_VIEW : ROLE_MINIMAP), PAINT(seen ? ROLE_BAR : ROLE_BACKGROUND), 0 };
		int level = minimap_eighths(heights[i], tallest, 1);
		if (level == 0)
			grid_fill(grid, rect.col + i, rect.row, 1, style);
		else
			grid_glyph(grid, rect.col + i, rect.row, level == 8 ? GLYPH_FULL : (enum glyph)(GLYPH_LOWER_1 + level - 1), style);
	}
}

/* The viewport's middle goes to x; outside the focus the focus gives way. */
static unsigned
jump(struct app *app, double x)
{
	const struct focus_info *focus = scene_focus(app_scene(app), app->state.focus);
	double width = app->state.to - app->state.from;

	if (x < focus->from || x > focus->to) {
		app_remember(app, 0);
		app->state.focus = NODE_ALL;
	}
	app->state.from = x - width / 2;
	app->state.to = x + width / 2;
	return UPDATE_DRAW;
}

unsigned
minimap_mouse(struct app *app, const struct event *event, struct rect rect)
{
	const struct plane *plane = app_scene(app)->plane;
	double x = plane->from + (plane->to - plane->from) * (event->col - rect.col + 0.5) / rect.cols;

	switch (event->what) {
	case MOUSE_PRESS:
		app->drag = (struct drag){ .kind = DRAG_MINIMAP };
		app_remember(app, HISTORY_PAN);
		return jump(app, x);
	case MOUSE_DRAG:
		return jump(app, x);
	case MOUSE_WHEEL_UP:
	case MOUSE_WHEEL_DOWN: {
		double factor = event->what == MOUSE_WHEEL_UP ? 0.8 : 1.25, view = app->state.to - app->state.from;
		double share = fmin(1, fmax(0, (x - app->state.from) / view));
		app_remember(app, HISTORY_ZOOM);
		app->state.from = x - view * factor * share;
		app->state.to = app->state.from + view * factor;
		return UPDATE_DRAW;
	}
	default:
		return UPDATE_NONE;
	}
}

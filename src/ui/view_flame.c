/* SPDX-License-Identifier: MIT
 * What keys do in the flame graph. */
#include "config.h"

#include <math.h>

#include "ui/chain.h"
#include "ui/flame.h"
#include "ui/flame_move.h"
#include "ui/pills.h"

enum { CELLS_TO_SEE = 3, CELLS_TO_SHOW = 12 };    /* a box narrower than the first is made the second wide when gone to */
enum { CELLS_A_PART = 4 };    /* of what was gathered, on average, once it is opened */

static unsigned
move_rows(struct app *app, bool down)
{
	flame_move_rows(app, down != app->state.flipped);
	return UPDATE_DRAW;
}

static unsigned
move_page(struct app *app, bool down)
{
	struct flame flame;

	flame_measure(app, &flame);
	int64_t page = flame.rect.rows > 1 ? flame.rect.rows - 1 : 1;
	int64_t row = flame_row_of(&flame, app->state.cursor);
	row += down != app->state.flipped ? page : -page;
	flame_move_to_row(app, row < 0 ? 0 : row >= (int64_t)flame.rows ? (int64_t)flame.rows - 1 : row);
	return UPDATE_DRAW;
}

static unsigned
zoom(struct app *app, double factor)
{
	struct flame flame;

	flame_measure(app, &flame);
	double width = app->state.to - app->state.from;
	double left = fmax(plane_left(flame.plane, app->state.cursor), app->state.from);
	double right = fmin(plane_right(flame.plane, app->state.cursor), app->state.to);
	double middle = right > left ? left + (right - left) / 2 : app->state.from + width / 2;
	double share = (middle - app->state.from) / width;
	app_remember(app, HISTORY_ZOOM);
	app->state.from = middle - width * factor * share;
	app->state.to = app->state.from + width * factor;
	if (factor > 1 && width >= flame.focus->to - flame.focus->from)
		return app->state.focus == NODE_ALL ? app_say(app, "this is everything")
		                                    : app_say(app, "this is all of the focus: u goes back, 0 shows everything");
	return UPDATE_DRAW;
}

static unsigned
pan(struct app *app, double share)
{
	double by = (app->state.to - app->state.from) * share;

	app_remember(app, HISTORY_PAN);
	app->state.from += by;
	app->state.to += by;
	return UPDATE_DRAW;
}

/* A sandwich has no focus: what is gone into fills the width, and both halves stay. */
static unsigned
fill_width(struct app *app, node_id node)
{
	const struct plane *plane = app_scene(app)->plane;
	double left = plane_left(plane, node), right = plane_right(plane, node);

	if (app->state.from == left && app->state.to == right)
		return app_say(app, "already in: u goes back, s shows its own sandwich");
	app_remember(app, 0);
	app->state.cursor = node;
	app->state.from = left;
	app->state.to = right;
	return UPDATE_DRAW;
}

void
flame_focus_at(struct app *app, node_id node)
{
	const struct focus_info *focus = scene_focus(app_scene(app), node);
	uint32_t third = (uint32_t)app_screen(app).flame.rows / 3;

	app->state.focus = node;
	app->state.cursor = node;
	app->state.from = focus->from;
	app->state.to = focus->to;
	app->state.top_row = focus->ancestor_count > third ? focus->ancestor_count - third : 0;
}

unsigned
flame_focus_on(struct app *app, node_id node)
{
	if (app->state.view == VIEW_SANDWICH && node != NODE_ALL)
		return fill_width(app, node);
	app_remember(app, 0);
	return chain_reveal(app, node, flame_focus_at);
}

/* The viewport takes the extent of a gathered box, which then falls apart into its parts; where that is no closer look, as much of it
 * around the cursor as can be told apart. */
static unsigned
open_small(struct app *app, const struct flame *flame, const struct strip *strip)
{
	const struct box *box = flame->plane->box;
	uint32_t first = strip->first, count = strip->count, most = (uint32_t)flame->view.cols / CELLS_A_PART + 1;
	uint32_t at = flame->plane->index_of[app->state.cursor];
	double width = app->state.to - app->state.from, left, right;

	for (;;) {
		left = box[first].left;
		right = plane_right(flame->plane, box[first + count - 1].node);
		if (right - left <= width / 2 || count == 1)
			break;
		count = count > most ? most : (count + 1) / 2;
		first = at > strip->first + count / 2 ? at - count / 2 : strip->first;
		if (first > strip->first + strip->count - count)
			first = strip->first + strip->count - count;
	}
	app_remember(app, 0);
	app->state.from = left;
	app->state.to = right > left ? right : left + width / 8;
	return UPDATE_DRAW;
}

static unsigned
go_in(struct app *app)
{
	struct strips strips = { 0 };
	struct flame flame;
	unsigned update;

	flame_measure(app, &flame);
	flame_strips(&flame, flame_row_of(&flame, app->state.cursor), &strips);
	long at = flame_find(&flame, &strips, app->state.cursor);
	bool whole = app->state.from <= flame.focus->from && app->state.to >= flame.focus->to;
	if (at >= 0 && strips.at[at].small)
		update = open_small(app, &flame, &strips.at[at]);
	else if (app->state.cursor == app->state.focus && whole)
		update = app->state.focus == NODE_ALL ? app_say(app, "this is everything: choose a box to go in")
		                                      : app_say(app, "already in: u goes back, 0 shows everything");
	else
		update = flame_focus_on(app, app->state.cursor);
	vec_fini(&strips);
	return update;
}

bool
flame_is_whole(struct app *app)
{
	return app->state.focus == NODE_ALL && !pill_is_on(app, PILL_ZOOM);
}

bool
flame_has_width(struct app *app, node_id node)
{
	if (plane_has_box(app_scene(app)->plane, node) || scene_is_folded(app_scene(app), node))
		return true;
	app_say(app, "it has no width: there is nothing of it in the graph");
	return false;
}

bool
flame_shows(struct app *app, node_id node)
{
	struct flame flame;

	flame_measure(app, &flame);
	return flame_has(&flame, node) && plane_right(flame.plane, node) > app->state.from && plane_left(flame.plane, node) < app->state.to;
}

void
flame_reveal(struct app *app, node_id node)
{
	struct flame flame;

	flame_measure(app, &flame);
	if (!flame_has(&flame, node)) {
		app->state.focus = NODE_ALL;
		flame_measure(app, &flame);
	}
	double left = plane_left(flame.plane, node), right = plane_right(flame.plane, node);
	double width = app->state.to - app->state.from;
	double cells = (right - left) / width * flame.view.cols;
	if (cells < CELLS_TO_SEE)
		width = (right - left) * flame.view.cols / fmin(CELLS_TO_SHOW, flame.view.cols);
	bool inside = right > app->state.from && left < app->state.to;
	if (cells < CELLS_TO_SEE || !inside)
		app->state.from = left + (right - left) / 2 - width / 2;
	app->state.to = app->state.from + width;
	app->state.cursor = node;
	app->trail = NODE_NONE;
}

unsigned
flame_bring(struct app *app, node_id node)
{
	return chain_reveal(app, node, flame_reveal);
}

unsigned
flame_go_to(struct app *app, node_id node)
{
	app_remember(app, HISTORY_FIND);
	return flame_bring(app, node);
}

bool
flame_act(struct app *app, enum action action, unsigned *update_out)
{
	unsigned update = UPDATE_DRAW;

	switch (action) {
	case ACT_MOVE_UP:    update = move_rows(app, false); break;
	case ACT_MOVE_DOWN:  update = move_rows(app, true); break;
	case ACT_MOVE_LEFT:  flame_move_sideways(app, false); break;
	case ACT_MOVE_RIGHT: flame_move_sideways(app, true); break;
	case ACT_ROW_START:  flame_move_end(app, false); break;
	case ACT_ROW_END:    flame_move_end(app, true); break;
	case ACT_FIRST:      flame_move_to_row(app, app->state.flipped ? INT64_MAX : 0); break;
	case ACT_LAST:       flame_move_to_row(app, app->state.flipped ? 0 : INT64_MAX); break;
	case ACT_PAGE_UP:    update = move_page(app, false); break;
	case ACT_PAGE_DOWN:  update = move_page(app, true); break;
	case ACT_PAN_LEFT:   update = pan(app, -0.25); break;
	case ACT_PAN_RIGHT:  update = pan(app, 0.25); break;
	case ACT_ZOOM_IN:    update = zoom(app, 0.5); break;
	case ACT_ZOOM_OUT:   update = zoom(app, 2); break;
	case ACT_ENTER:      update = go_in(app); break;
	case ACT_FOLD:       update = chain_toggle(app); break;
	default:             return false;
	}
	*update_out = update;
	return true;
}

/* SPDX-License-Identifier: MIT
 * Keeping the flame graph's state drawable: the viewport inside the focus, the cursor on a box that is on screen. */
#include "config.h"

#include <math.h>

#include "ui/flame.h"

/* The narrowest part of the axis that the numbers can still tell apart. */
static double
narrowest(const struct flame *flame)
{
	double reach = fmax(fabs(flame->focus->from), fabs(flame->focus->to)) * 1e-13;

	return flame->tree->timed ? fmax(reach, 1) : reach;
}

static void
clamp_viewport(struct view_state *state, const struct flame *flame)
{
	double low = flame->focus->from, high = flame->focus->to, width = state->to - state->from;

	if (!(width > 0) || width >= (high - low) * (1 - 1e-9)) {
		state->from = low;
		state->to = high;
		return;
	}
	if (width < narrowest(flame)) {
		double middle = state->from + width / 2;
		width = fmin(narrowest(flame), high - low);
		state->from = middle - width / 2;
	}
	if (state->from + width > high)
		state->from = high - width;
	if (state->from < low)
		state->from = low;
	state->to = fmin(state->from + width, high);
	if (!(state->to > state->from)) {
		state->from = low;
		state->to = high;
	}
}

/* How far a strip is from a range of eighths; negative: by how much they overlap. */
static int64_t
distance(const struct strip *strip, int64_t begin, int64_t end)
{
	int64_t from = strip->begin > begin ? strip->begin : begin;
	int64_t to = strip->end < end ? strip->end : end;

	return from - to;
}

static long
nearest(const struct strips *strips, int64_t begin, int64_t end)
{
	long best = -1;

	for (size_t i = 0; i < strips->len; i++)
		if (best < 0 || distance(&strips->at[i], begin, end) < distance(&strips->at[best], begin, end))
			best = (long)i;
	return best;
}

static int64_t
eighths(const struct flame *flame, double x)
{
	double at = (x - flame->view.from) / (flame->view.to - flame->view.from) * flame->view.cols * 8;

	return (int64_t)fmax(-1e15, fmin(1e15, at));
}

/* The box in the rows first .. last (in that direction) that lies nearest to where the node is drawn; NODE_NONE when they are empty. */
static node_id
nearest_in_rows(const struct flame *flame, node_id node, uint32_t first, uint32_t last, struct strips *strips)
{
	int64_t begin = eighths(flame, plane_left(flame->plane, node)), end = eighths(flame, plane_right(flame->plane, node));

	for (uint32_t row = first;; row = first > last ? row - 1 : row + 1) {
		flame_strips(flame, row, strips);
		long i = nearest(strips, begin, end > begin ? end : begin + 1);
		if (i >= 0)
			return flame_find(flame, strips, node) >= 0 ? node : strips->at[i].node;
		if (row == last)
			return NODE_NONE;
	}
}

static uint32_t
last_top(const struct flame *flame)
{
	uint32_t visible = (uint32_t)flame->rect.rows;

	return flame->rows > visible ? flame->rows - visible : 0;
}

static void
scroll_to(struct flame *flame, uint32_t row)
{
	uint32_t visible = (uint32_t)flame->rect.rows;

	if (row < flame->top)
		flame->top = row;
	if (row - flame->top >= visible)
		flame->top = row - visible + 1;
	if (flame->top > last_top(flame))
		flame->top = last_top(flame);
}

/* The row is off the screen: the cursor takes the nearest box that is on it, if there is one. */
static void
cursor_to_screen(struct app *app, struct flame *flame, struct strips *strips)
{
	uint32_t row = flame_row_of(flame, app->state.cursor), bottom = flame->top + (uint32_t)flame->rect.rows - 1;
	node_id node;

	if (bottom >= flame->rows)
		bottom = flame->rows - 1;
	if (row < flame->top)
		node = nearest_in_rows(flame, app->state.cursor, flame->top, flame->top, strips);
	else if (row > bottom)
		node = nearest_in_rows(flame, app->state.cursor, bottom, flame->top, strips);
	else
		return;
	if (node != NODE_NONE)
		app->state.cursor = node;
}

void
flame_settle(struct app *app, enum follow follow)
{
	struct strips strips = { 0 };
	struct flame flame;

	flame_measure(app, &flame);
	clamp_viewport(&app->state, &flame);
	flame.view.from = app->state.from;
	flame.view.to = app->state.to;
	if (app->state.cursor >= flame.tree->count || !flame_has(&flame, app->state.cursor))
		app->state.cursor = app->state.focus;
	app->state.cursor = flame.plane->box[flame.plane->index_of[app->state.cursor]].node;
	if (flame.top > last_top(&flame))
		flame.top = last_top(&flame);
	if (follow == FOLLOW_SCREEN)
		cursor_to_screen(app, &flame, &strips);
	node_id node = nearest_in_rows(&flame, app->state.cursor, flame_row_of(&flame, app->state.cursor), flame.scene->hub, &strips);
	app->state.cursor = node != NODE_NONE ? node : NODE_ALL;
	scroll_to(&flame, flame_row_of(&flame, app->state.cursor));
	app->state.top_row = flame.top;
	vec_fini(&strips);
}

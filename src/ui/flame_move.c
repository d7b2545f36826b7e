/* SPDX-License-Identifier: MIT
 * Moving the cursor to what is drawn there. */
#include "config.h"

#include "ui/flame.h"
#include "ui/flame_move.h"

enum { ROWS_AHEAD = 64 };    /* how far to look over empty rows between a box and one packed further down */

static int32_t
overlap(const struct strip *a, const struct strip *b)
{
	int32_t from = a->begin > b->begin ? a->begin : b->begin, to = a->end < b->end ? a->end : b->end;

	return to - from;
}

/* Of what overlaps `here`: what holds the favourite, else the widest part. */
static long
choose(const struct flame *flame, const struct strips *strips, const struct strip *here, node_id favourite)
{
	long best = -1;

	if (favourite != NODE_NONE) {
		best = flame_find(flame, strips, favourite);
		if (best >= 0 && overlap(&strips->at[best], here) > 0)
			return best;
		best = -1;
	}
	for (size_t i = 0; i < strips->len; i++) {
		int32_t shared = overlap(&strips->at[i], here);
		if (shared > 0 && (best < 0 || shared > overlap(&strips->at[best], here)))
			best = (long)i;
	}
	return best;
}

/* The ancestor of the trail's end, or itself, that stands in the row; NODE_NONE when it does not lead there. */
static node_id
trail_in_row(const struct app *app, const struct flame *flame, uint32_t row)
{
	node_id node = app->trail;

	if (node >= flame->tree->count || !tree_is_inside(flame->tree, node, app->state.cursor))
		return NODE_NONE;
	while (node != app->state.cursor && flame_row_of(flame, node) > row)
		node = flame->tree->parent[node];
	return flame_row_of(flame, node) == row ? node : NODE_NONE;
}

bool
flame_move_rows(struct app *app, bool deeper)
{
	struct strips strips = { 0 };
	struct flame flame;
	bool moved = false;

	flame_measure(app, &flame);
	uint32_t row = flame_row_of(&flame, app->state.cursor);
	flame_strips(&flame, row, &strips);
	long at = flame_find(&flame, &strips, app->state.cursor);
	if (at < 0)
		goto out;
	struct strip here = strips.at[at];
	for (int step = 0; step < ROWS_AHEAD && !moved; step++) {
		if (deeper ? row + 1 >= flame.rows : row == 0)
			break;
		row = deeper ? row + 1 : row - 1;
		flame_strips(&flame, row, &strips);
		long i = choose(&flame, &strips, &here, deeper ? trail_in_row(app, &flame, row) : flame.tree->parent[here.node]);
		if (i < 0)
			continue;
		if (!deeper && (app->trail == NODE_NONE || !tree_is_inside(flame.tree, app->trail, app->state.cursor)))
			app->trail = app->state.cursor;
		app->state.cursor = strips.at[i].node;
		moved = true;
	}
out:
	vec_fini(&strips);
	return moved;
}

/* Shifts the viewport so that the box beyond its edge can be seen. */
static void
pan_to_box(struct app *app, const struct flame *flame, node_id node)
{
	double width = app->state.to - app->state.from;
	double left = plane_left(flame->plane, node), right = plane_right(flame->plane, node);

	if (right - left >= width)
		app->state.from = left < app->state.from ? right - width / 2 : left - width / 2;
	else
		app->state.from = left < app->state.from ? left - width / 8 : right - width * 7 / 8;
	app->state.to = app->state.from + width;
}

bool
flame_move_sideways(struct app *app, bool right)
{
	struct strips strips = { 0 };
	struct flame flame;
	bool moved = false;

	flame_measure(app, &flame);
	uint32_t row = flame_row_of(&flame, app->state.cursor);
	flame_strips(&flame, row, &strips);
	long at = flame_find(&flame, &strips, app->state.cursor);
	app->trail = NODE_NONE;
	if (at < 0 || row < flame.focus->ancestor_count)
		goto out;
	long next = right ? at + 1 : at - 1;
	if (next >= 0 && next < (long)strips.len) {
		app->state.cursor = strips.at[next].node;
		moved = true;
		goto out;
	}
	const struct strip *here = &strips.at[at];
	uint32_t plane_row = flame.plane->row_of[here->node];
	uint32_t beyond = right ? here->first + here->count : here->first - 1;
	if (right ? beyond >= flame.plane->row_start[plane_row + 1] : here->first == flame.plane->row_start[plane_row])
		goto out;
	node_id node = flame.plane->box[beyond].node;
	if (!tree_is_inside(flame.tree, node, flame.focus->node))
		goto out;
	app->state.cursor = node;
	pan_to_box(app, &flame, node);
	moved = true;
out:
	vec_fini(&strips);
	return moved;
}

void
flame_move_end(struct app *app, bool right)
{
	struct strips strips = { 0 };
	struct flame flame;

	flame_measure(app, &flame);
	flame_strips(&flame, flame_row_of(&flame, app->state.cursor), &strips);
	if (strips.len)
		app->state.cursor = right ? vec_last(&strips).node : strips.at[0].node;
	app->trail = NODE_NONE;
	vec_fini(&strips);
}

/* The nearest box to the cursor in a row, or in the first row on the way back that has one. */
void
flame_move_to_row(struct app *app, int64_t want)
{
	struct strips strips = { 0 };
	struct flame flame;

	flame_measure(app, &flame);
	int64_t last = (int64_t)flame.rows - 1;
	int64_t from = flame_row_of(&flame, app->state.cursor);
	int64_t row = want < 0 ? 0 : want > last ? last : want;
	int64_t step = row > from ? 1 : -1;
	struct strip here = { 0 };
	flame_strips(&flame, (uint32_t)from, &strips);
	long at = flame_find(&flame, &strips, app->state.cursor);
	if (at >= 0)
		here = strips.at[at];
	for (; row != from; row -= step) {
		flame_strips(&flame, (uint32_t)row, &strips);
		long i = choose(&flame, &strips, &here, NODE_NONE);
		if (i < 0 && strips.len && want > last)
			i = 0;
		if (i >= 0) {
			app->state.cursor = strips.at[i].node;
			break;
		}
	}
	app->trail = NODE_NONE;
	vec_fini(&strips);
}

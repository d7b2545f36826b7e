/* SPDX-License-Identifier: MIT
 * What the pointer is over, beside it: never over the box itself, never beyond the screen. */
#include "config.h"

#include "ui/flame.h"
#include "util/text.h"
#include "util/unit.h"

enum { LINES = 4, TOOLTIP_COLS = 72 };

struct tooltip {
	struct buf line[LINES];
	int        count, cols;
};

static void
describe_small(struct app *app, struct tooltip *tip, const struct strip *strip, double whole)
{
	unit_count(strip->count, &tip->line[0]);
	buf_add(&tip->line[0], strip->count == 1 ? STR(" small box") : STR(" small boxes"));
	unit_format(strip->sum, app_scene(app)->unit, app->options.ascii, &tip->line[1]);
	buf_addc(&tip->line[1], ' ');
	unit_percent(strip->sum, whole, &tip->line[1]);
	buf_add(&tip->line[2], STR("a double click opens it"));
	tip->count = 3;
}

static void
describe_node(struct app *app, struct tooltip *tip, node_id node, double whole)
{
	struct scene *scene = app_scene(app);
	const struct tree *tree = scene->tree;
	frame_id frame = tree->frame[node];

	buf_add(&tip->line[0], names_get(&app->names, frame)->text);
	buf_add(&tip->line[1], STR("total "));
	unit_format(tree->total[node], scene->unit, app->options.ascii, &tip->line[1]);
	buf_addc(&tip->line[1], ' ');
	shares_text(app, tree->total[node], whole, &tip->line[1]);
	tip->count = 2;
	if (!scene_is_caller(scene, node)) {
		buf_add(&tip->line[2], STR("self "));
		unit_format(tree->self[node], scene->unit, app->options.ascii, &tip->line[2]);
		buf_addc(&tip->line[2], ' ');
		shares_text(app, tree->self[node], whole, &tip->line[2]);
		tip->count++;
	}
	if (frame != ID_NONE && scene->boxes_of_frame[frame] > 1) {
		struct buf *last = &tip->line[tip->count++];
		buf_add(last, STR("in "));
		unit_count(scene->boxes_of_frame[frame], last);
		buf_add(last, STR(" boxes"));
	}
}

/* Below the pointer, or above it where there is no room; nothing when there is none at all. */
static void
place_and_draw(struct app *app, struct grid *grid, struct tooltip *tip)
{
	int limit = grid->cols < TOOLTIP_COLS ? grid->cols : TOOLTIP_COLS;

	for (int i = 0; i < tip->count; i++) {
		int cols = text_width(buf_str(&tip->line[i])) + 2;
		if (cols > tip->cols)
			tip->cols = cols < limit ? cols : limit;
	}
	int row = app->hover.row + 1, col = app->hover.col + 1;
	if (row + tip->count > grid->rows)
		row = app->hover.row - tip->count;
	if (row < 0 || tip->cols < 4)
		return;
	if (col + tip->cols > grid->cols)
		col = grid->cols - tip->cols;
	for (int i = 0; i < tip->count; i++) {
		struct buf text = { 0 };
		grid_fill(grid, col, row + i, tip->cols, (struct style){ PAINT(ROLE_POPUP_TEXT), PAINT(ROLE_POPUP), 0 });
		text_fit(buf_str(&tip->line[i]), tip->cols - 2, false, grid->ascii, &text);
		grid_text_over(grid, col + 1, row + i, tip->cols - 2, buf_str(&text), PAINT(i ? ROLE_POPUP_TEXT : ROLE_ACCENT),
		               i ? 0 : ATTR_BOLD);
		buf_fini(&text);
	}
}

void
tooltip_draw(struct app *app, struct grid *grid, struct rect rect)
{
	struct tooltip tip = { 0 };
	struct strips strips = { 0 };
	struct flame flame;

	if (!app->hover.on || app->now < app->hover.due || !rect_has(rect, app->hover.col, app->hover.row))
		return;
	flame_measure(app, &flame);
	long at = flame_strip_at(&flame, app->hover.col, app->hover.row, &strips);
	if (at >= 0) {
		const struct strip *strip = &strips.at[at];
		bool inside = tree_is_inside(flame.tree, strip->node, app->state.focus);
		double whole = inside ? flame.tree->total[app->state.focus] : flame.scene->all;
		if (strip->small && strip->count > 1)
			describe_small(app, &tip, strip, whole);
		else
			describe_node(app, &tip, strip->node, whole);
		place_and_draw(app, grid, &tip);
	}
	for (int i = 0; i < LINES; i++)
		buf_fini(&tip.line[i]);
	vec_fini(&strips);
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/work.h"

#include <math.h>

#include "ui/clocks.h"
#include "util/text.h"
#include "util/unit.h"

enum { EIGHTHS = 8 };

/* What a column of the strip stands for. */
static void
column_span(const struct app *app, struct rect rect, int col, double *from_out, double *to_out)
{
	double width = app->state.to - app->state.from;

	*from_out = app->state.from + width * col / rect.cols;
	*to_out = app->state.from + width * (col + 1) / rect.cols;
}

void
work_draw(struct app *app, struct grid *grid, struct rect rect)
{
	const struct at_work *work = scene_work(app_scene(app));
	double scale = work->most > 1 ? work->most : 2;    /* one alone is no crowd */
	struct style style = { PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 };

	for (int i = 0; i < rect.cols; i++) {
		double from, to, mean;
		int level;

		column_span(app, rect, i, &from, &to);
		mean = at_work_mean(work, from, to);
		level = mean > 0 ? (int)fmin(EIGHTHS, fmax(1, ceil(mean / scale * EIGHTHS - 1e-9))) : 0;
		if (level == 0)
			grid_fill(grid, rect.col + i, rect.row, 1, style);
		else
			grid_glyph(grid, rect.col + i, rect.row, level == EIGHTHS ? GLYPH_FULL : (enum glyph)(GLYPH_LOWER_1 + level - 1), style);
	}
}

/* So many free cells side by side, and one at either end of them; no cells without. */
static struct rect
free_part(struct grid *grid, struct rect strip, int cols)
{
	int run = 0;

	for (int i = 0; i < strip.cols; i++) {
		run = grid_cell(grid, strip.col + i, strip.row)->text[0] == ' ' ? run + 1 : 0;
		if (run == cols + 2)
			return (struct rect){ strip.col + i - cols - 1, strip.row, cols + 1, 1 };
	}
	return (struct rect){ 0 };
}

void
work_label_draw(struct app *app, struct grid *grid, struct rect strip, struct rect label)
{
	struct str brief = STR("at work");
	struct buf text = { 0 };

	buf_add(&text, brief);
	buf_add(&text, STR(", at most "));
	unit_count(scene_work(app_scene(app))->most, &text);
	struct str shown = buf_str(&text);
	int cols = text_width(shown);
	if (!label.rows) {
		label = free_part(grid, strip, cols);
		if (!label.rows)
			label = free_part(grid, strip, text_width(brief));
	}
	if (label.cols - 1 < cols)
		shown = brief;
	if (label.rows && label.cols > 1)
		grid_text_over(grid, label.col + 1, label.row, label.cols - 1, shown, PAINT(ROLE_DIM), 0);
	buf_fini(&text);
}

/* "3", "2.4": how many at once. */
static void
add_mean(double mean, struct buf *out)
{
	buf_addf(out, fabs(mean - round(mean)) < 0.05 ? "%.0f" : "%.1f", mean);
}

unsigned
work_mouse(struct app *app, const struct event *event, struct rect rect)
{
	const struct at_work *work = scene_work(app_scene(app));
	struct buf text = { 0 };
	double from, to;

	if (event->what != MOUSE_PRESS)
		return UPDATE_NONE;
	column_span(app, rect, event->col - rect.col, &from, &to);
	add_mean(at_work_mean(work, from, to), &text);
	buf_add(&text, STR(" at work at "));
	clocks_moment(app, from, &text);
	buf_add(&text, STR(", "));
	add_mean(at_work_mean(work, app->state.from, app->state.to), &text);
	buf_addf(&text, " on average, at most %u", work->most);
	unsigned update = app_say(app, "%s", text.at);
	buf_fini(&text);
	return update;
}

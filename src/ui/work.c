/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/work.h"

#include <math.h>

#include "ui/clocks.h"

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

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/work.h"

#include <math.h>
#include <stdlib.h>

#include "ui/clocks.h"
#include "util/alloc.h"
#include "util/text.h"
#include "util/unit.h"

enum { EIGHTHS = 8, COLS_FOR_LABEL = 40 };

/* What a column of the strip stands for. */
static void
column_span(const struct app *app, struct rect rect, int col, double *from_out, double *to_out)
{
	double width = app->state.to - app->state.from;

	*from_out = app->state.from + width * col / rect.cols;
	*to_out = app->state.from + width * (col + 1) / rect.cols;
}

/* How high each column of the strip is, in eighths; free(). */
static int *
levels_of(struct app *app, struct rect rect)
{
	const struct at_work *work = scene_work(app_scene(app));
	double scale = work->most > 1 ? work->most : 2;    /* one alone is no crowd */
	double *means = xcalloc((size_t)rect.cols, sizeof *means);
	int *levels = xcalloc((size_t)rect.cols, sizeof *levels);

	at_work_means(work, app->state.from, app->state.to, rect.cols, means);
	for (int i = 0; i < rect.cols; i++)
		levels[i] = means[i] > 0 ? (int)fmin(EIGHTHS, fmax(1, ceil(means[i] / scale * EIGHTHS - 1e-9))) : 0;
	free(means);
	return levels;
}

void
work_draw(struct app *app, struct grid *grid, struct rect rect)
{
	struct style style = { PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 };
	int *levels = rect.cols > 0 ? levels_of(app, rect) : NULL;

	for (int i = 0; i < rect.cols; i++) {
		int level = levels[i];
		if (level == 0)
			grid_fill(grid, rect.col + i, rect.row, 1, style);
		else
			grid_glyph(grid, rect.col + i, rect.row, level == EIGHTHS ? GLYPH_FULL : (enum glyph)(GLYPH_LOWER_1 + level - 1), style);
	}
	free(levels);
}

/* Where so many cells side by side differ least in height, and by how much they do; below 0: there are not so many. */
static int
calm_part(const int *levels, int count, int cols, int *calm_out)
{
	int best = -1;

	*calm_out = EIGHTHS + 1;
	for (int i = 0; i + cols <= count && *calm_out > 0; i++) {
		int least = EIGHTHS, most = 0;
		for (int k = i; k < i + cols && most - least < *calm_out; k++) {
			least = levels[k] < least ? levels[k] : least;
			most = levels[k] > most ? levels[k] : most;
		}
		if (most - least < *calm_out) {
			*calm_out = most - least;
			best = i;
		}
	}
	return best;
}

/* In the strip itself the label stands where it hides least, in full only where it hides nothing: the cells beside it are as high. */
static void
draw_inside(struct app *app, struct grid *grid, struct rect strip, struct str full, struct str brief)
{
	int *levels, calm, at;
	struct str shown = full;

	if (strip.cols < COLS_FOR_LABEL)
		return;
	levels = levels_of(app, strip);
	at = calm_part(levels, strip.cols, text_width(full) + 2, &calm);
	if (calm > 0) {
		shown = brief;
		at = calm_part(levels, strip.cols, text_width(brief) + 2, &calm);
	}
	free(levels);
	if (at < 0)
		return;
	grid_fill(grid, strip.col + at, strip.row, text_width(shown) + 2, (struct style){ PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 });
	grid_text_over(grid, strip.col + at + 1, strip.row, text_width(shown), shown, PAINT(ROLE_TEXT), 0);
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
	if (label.cols - 1 < text_width(shown))
		shown = brief;
	if (!label.rows)
		draw_inside(app, grid, strip, buf_str(&text), brief);
	else if (label.cols > 1)
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

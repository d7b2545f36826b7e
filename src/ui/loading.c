/* SPDX-License-Identifier: MIT
 * While the input is read: how far it is, how long it will take, and how to stop it; and what is said when it failed. */
#include "config.h"

#include "ui/change.h"
#include "ui/viewer.h"
#include "util/text.h"
#include "util/unit.h"

enum { QUIET_MS = 100, BAR_COLS = 40 };

static void
put_centred(struct grid *grid, int row, struct str text, enum role role, uint8_t attrs)
{
	int cols = text_width(text), col = cols < grid->cols ? (grid->cols - cols) / 2 : 0;

	if (row >= 0 && row < grid->rows)
		grid_text_over(grid, col, row, grid->cols - col, text, PAINT(role), attrs);
}

/* "123 MiB of 456 MiB · 210 MiB/s · 1,234,567 spans · 3.2 s left" */
static void
add_progress(const struct app *app, uint64_t done, uint64_t total, struct buf *out)
{
	double seconds = (double)(app->now - app->loading.since) / 1000;
	double rate = seconds > 0 ? (double)done / seconds : 0;
	uint64_t spans = atomic_load(&app->loading.job->spans);
	bool ascii = app->options.ascii;
	struct str dot = glyph_text(GLYPH_DOT, ascii);

	unit_format((double)done, STR("bytes"), ascii, out);
	if (total) {
		buf_add(out, STR(" of "));
		unit_format((double)total, STR("bytes"), ascii, out);
	}
	if (rate > 0) {
		buf_addf(out, " %.*s ", (int)dot.len, dot.at);
		unit_format(rate, STR("bytes"), ascii, out);
		buf_add(out, STR("/s"));
	}
	buf_addf(out, " %.*s ", (int)dot.len, dot.at);
	unit_count(spans, out);
	buf_add(out, STR(" spans and samples"));
	if (total > done && rate > 0) {
		buf_addf(out, " %.*s ", (int)dot.len, dot.at);
		unit_format((double)(total - done) / rate * 1e9, STR("ns"), ascii, out);
		buf_add(out, STR(" left"));
	}
}

static void
draw_progress_bar(struct grid *grid, int row, uint64_t done, uint64_t total)
{
	int cols = grid->cols < BAR_COLS + 2 ? grid->cols - 2 : BAR_COLS;
	int col = (grid->cols - cols) / 2;

	if (total == 0 || cols < 4 || row >= grid->rows)
		return;
	int eighths = (int)((double)cols * 8 * (double)(done < total ? done : total) / (double)total);
	for (int i = 0; i < cols; i++) {
		int full = eighths - i * 8;
		struct style style = { PAINT(ROLE_MINIMAP_VIEW), PAINT(ROLE_BAR), 0 };
		if (full >= 8)
			grid_glyph(grid, col + i, row, GLYPH_FULL, style);
		else if (full > 0 && !grid->ascii)
			grid_glyph(grid, col + i, row, (enum glyph)(GLYPH_LEFT_1 + full - 1), style);
		else
			grid_text(grid, col + i, row, 1, grid->ascii ? STR("-") : STR(" "), style);
	}
}

static void
draw_question(struct grid *grid, int row)
{
	static const char *const answers[][2] = { { "k", "keep what has been read" }, { "d", "drop it and leave" }, { "g", "go on" } };
	int cols = 3 + (int)strlen(answers[0][1]), col = cols < grid->cols ? (grid->cols - cols) / 2 : 0;

	put_centred(grid, row, STR("stop reading?"), ROLE_TEXT, ATTR_BOLD);
	for (int i = 0; i < 3; i++) {
		grid_text_over(grid, col, row + 1 + i, grid->cols - col, str_of(answers[i][0]), PAINT(ROLE_ACCENT), ATTR_BOLD);
		grid_text_over(grid, col + 3, row + 1 + i, grid->cols - col - 3, str_of(answers[i][1]), PAINT(ROLE_TEXT), 0);
	}
}

static void
draw_running(struct app *app, struct grid *grid)
{
	struct job *job = app->loading.job;
	uint64_t done = atomic_load(&job->done), total = atomic_load(&job->total);
	const char *phase = atomic_load(&job->phase);
	int row = grid->rows > 12 ? grid->rows / 2 - 4 : 1;
	struct buf text = { 0 };

	if (app->now - app->loading.since < QUIET_MS && !app->loading.asking)
		return;
	put_centred(grid, row, str_of(phase ? phase : "opening"), ROLE_TEXT, 0);
	draw_progress_bar(grid, row + 1, done, total);
	add_progress(app, done, total, &text);
	put_centred(grid, row + 2, buf_str(&text), ROLE_TEXT, 0);
	if (atomic_load(&job->wish) != JOB_GO)
		put_centred(grid, row + 4, STR("stopping"), ROLE_ACCENT, 0);
	else if (app->loading.asking)
		draw_question(grid, row + 4);
	else
		put_centred(grid, row + 4, STR("Ctrl-C stops"), ROLE_DIM, 0);
	buf_fini(&text);
}

void
building_text(struct app *app, struct buf *out)
{
	struct job *job = builder_job(app->building.builder);
	const char *phase = atomic_load(&job->phase);
	uint64_t done = atomic_load(&job->done), total = atomic_load(&job->total);

	buf_add(out, str_of(phase ? phase : "building the graph"));
	if (total)
		buf_addf(out, " %d%%", (int)(100.0 * (double)(done < total ? done : total) / (double)total));
}

/* Read is everything; what is missing is the first picture. */
static void
draw_building(struct app *app, struct grid *grid)
{
	int row = grid->rows > 12 ? grid->rows / 2 - 4 : 1;
	struct buf text = { 0 };

	building_text(app, &text);
	buf_add(&text, STR(" of "));
	unit_count((uint64_t)app->session->ds->spans.count + app->session->ds->samples.count, &text);
	buf_add(&text, STR(" spans and samples"));
	put_centred(grid, row, buf_str(&text), ROLE_TEXT, 0);
	put_centred(grid, row + 2, STR("Ctrl-C stops and leaves"), ROLE_DIM, 0);
	buf_fini(&text);
}

void
loading_draw(struct app *app, struct grid *grid)
{
	struct rect bar = { 0, 0, grid->cols, 1 };

	if (grid->rows >= 3)
		header_draw(app, grid, bar);
	if (app->loading.job) {
		draw_running(app, grid);
		return;
	}
	if (app->building.builder) {
		draw_building(app, grid);
		return;
	}
	int row = grid->rows > 6 ? grid->rows / 2 - 2 : grid->rows > 1;
	put_centred(grid, row, STR("nothing to show"), ROLE_ERROR, ATTR_BOLD);
	if (app->loading.failure)
		put_centred(grid, row + 1, str_of(app->loading.failure), ROLE_TEXT, 0);
	put_centred(grid, row + 3, STR("R reads it again   q leaves"), ROLE_DIM, 0);
}

static bool
is_ctrl_c(const struct event *event)
{
	return event->key == 'c' && event->mods == MOD_CTRL;
}

static unsigned
handle_question(struct app *app, const struct event *event)
{
	struct job *job = app->loading.job;

	if (event->key == 'k' || event->key == K_ENTER)
		atomic_store(&job->wish, JOB_KEEP);
	else if (event->key == 'd' || event->key == 'q' || is_ctrl_c(event))
		atomic_store(&job->wish, JOB_DROP);
	else if (event->key != 'g' && event->key != K_ESC)
		return UPDATE_NONE;
	app->loading.asking = false;
	return UPDATE_DRAW;
}

unsigned
loading_handle(struct app *app, const struct event *event)
{
	if (event->kind == EVENT_TICK || event->kind == EVENT_LOAD)
		return UPDATE_DRAW;
	if (event->kind != EVENT_KEY)
		return UPDATE_NONE;
	if (event->key == 'z' && event->mods == MOD_CTRL)
		return UPDATE_STOP;
	if (app->building.builder)
		return is_ctrl_c(event) || event->key == 'q' ? app_stop_building(app) : UPDATE_NONE;
	if (!app->loading.job) {
		if (event->key == 'R')
			return UPDATE_RELOAD;
		return event->key == 'q' || event->key == K_ESC || is_ctrl_c(event) ? UPDATE_QUIT : UPDATE_NONE;
	}
	if (app->loading.asking)
		return handle_question(app, event);
	if (!is_ctrl_c(event) && event->key != 'q' && event->key != K_ESC)
		return UPDATE_NONE;
	app->loading.asking = true;
	return UPDATE_DRAW;
}

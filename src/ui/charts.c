/* SPDX-License-Identifier: MIT
 * Where the charts stand, and what keys and mouse do in them. */
#include "config.h"

#include "ui/charts.h"

#include <inttypes.h>

#include "ui/list_act.h"
#include "ui/selection.h"
#include "util/unit.h"

enum {
	COLS_FOR_ALL = 132,      /* all side by side */
	ROWS_FOR_CHARTS = 14,    /* of list and charts; with fewer only what has the keys is there */
	ROWS_LEAST = 5, ROWS_MOST = 9,
};

/* The query that a range of durations is. */
#define FROM_LENGTH "trace.duration>="
#define TO_LENGTH   " AND trace.duration<"

struct charts
charts_layout(const struct app *app)
{
	struct rect area = app_screen(app).table;
	struct charts charts = { .list = area };
	const struct traces *traces = app->session->traces;
	bool has_keys = app->state.pane == PANE_CHART;
	enum trace_chart chart = app->state.traces.chart;

	if (!traces || traces->threads || traces->list->count < 2 || traces->listed_count == 0 || chart == CHART_NONE || (area.rows < ROWS_FOR_CHARTS && !has_keys) || area.rows < 3 || area.cols < 3)
		return charts;
	int rows = area.rows < ROWS_FOR_CHARTS ? area.rows : area.rows / 4;
	rows = area.rows < ROWS_FOR_CHARTS ? rows : rows < ROWS_LEAST ? ROWS_LEAST : rows > ROWS_MOST ? ROWS_MOST : rows;
	charts.list.row += rows;
	charts.list.rows -= rows;
	if (area.cols < COLS_FOR_ALL) {
		charts.count = 1;
		charts.at[0].chart = chart;
		charts.at[0].rect = (struct rect){ area.col + 1, area.row, area.cols - 2, rows };
		return charts;
	}
	static const enum trace_chart all[CHARTS_MOST] = { CHART_TRACES, CHART_LATENCY, CHART_LENGTHS };
	int cols = (area.cols - 1) / CHARTS_MOST;
	charts.count = CHARTS_MOST;
	for (int i = 0; i < CHARTS_MOST; i++) {
		charts.at[i].chart = i == 0 && chart == CHART_SPANS ? CHART_SPANS : all[i];
		charts.at[i].rect = (struct rect){ area.col + 1 + i * cols, area.row, cols - 2, rows };
	}
	return charts;
}

/* The chart that has the cursor. */
static int
active(const struct app *app, const struct charts *charts)
{
	for (int i = 0; i < charts->count; i++)
		if (charts->at[i].chart == app->state.traces.chart)
			return i;
	return 0;
}

static const struct trace_buckets *
buckets_of(struct app *app, const struct charts *charts, int index)
{
	uint32_t cols = (uint32_t)charts->at[index].rect.cols;
	const struct trace_stats *stats = traces_stats(traces_of(app), cols, cols);

	return charts->at[index].chart == CHART_LENGTHS ? &stats->length : &stats->time;
}

void
charts_settle(struct app *app)
{
	struct charts charts = charts_layout(app);
	struct charting *charting = &app->charting;

	if (charts.count == 0 || (charting->at == 0 && charting->mark == 0))
		return;
	uint32_t last = buckets_of(app, &charts, active(app, &charts))->count - 1;
	charting->at = charting->at < last ? charting->at : last;
	charting->mark = charting->mark < last ? charting->mark : last;
}

unsigned
charts_choose(struct app *app, enum trace_chart chart)
{
	app_remember(app, HISTORY_CHART);
	app->charting = (struct charting){ 0 };
	app->state.traces.chart = chart;
	if (chart == CHART_NONE)
		app->state.pane = PANE_TRACES;
	return UPDATE_DRAW;
}

static unsigned
next_chart(struct app *app, int by)
{
	int chart = (int)app->state.traces.chart + by;

	return charts_choose(app, (enum trace_chart)((chart + TRACE_CHARTS) % TRACE_CHARTS));
}

static unsigned
move(struct app *app, int64_t by)
{
	struct charts charts = charts_layout(app);

	if (charts.count == 0)
		return UPDATE_NONE;
	const struct trace_buckets *buckets = buckets_of(app, &charts, active(app, &charts));
	int64_t at = (int64_t)app->charting.at + by;
	app->charting.at = (uint32_t)(at < 0 ? 0 : at >= buckets->count ? buckets->count - 1 : at);
	return UPDATE_DRAW;
}

static const struct { int64_t ns; const char *unit; } units[] = { { 1000000000, "s" }, { 1000000, "ms" }, { 1000, "us" }, { 1, "" } };

/* A whole number of nanoseconds in the largest unit that leaves it whole. */
static void
add_length(int64_t ns, struct buf *out)
{
	size_t i = 0;

	while (ns % units[i].ns)
		i++;
	buf_addf(out, "%" PRId64 "%s", ns / units[i].ns, units[i].unit);
}

/* What add_length() wrote, behind a word; *text goes on behind it. */
static bool
take_length(struct str *text, const char *word, int64_t *ns_out)
{
	int64_t value = 0;
	size_t at = strlen(word), digits = at, unit = 0;

	if (!str_starts(*text, str_of(word)))
		return false;
	for (; at < text->len && text->at[at] >= '0' && text->at[at] <= '9'; at++)
		if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, text->at[at] - '0', &value))
			return false;
	while (at > digits && units[unit].unit[0] && !str_starts((struct str){ text->at + at, text->len - at }, str_of(units[unit].unit)))
		unit++;
	if (at == digits || __builtin_mul_overflow(value, units[unit].ns, ns_out))
		return false;
	at += strlen(units[unit].unit);
	*text = (struct str){ text->at + at, text->len - at };
	return true;
}

bool
charts_range_text(struct str query, bool ascii, struct buf *out)
{
	int64_t from, to;

	if (!take_length(&query, FROM_LENGTH, &from) || !take_length(&query, TO_LENGTH, &to) || query.len)
		return false;
	buf_add(out, STR("duration "));
	unit_duration(from, ascii, out);
	buf_add(out, ascii ? STR("..") : STR("…"));
	unit_duration(to, ascii, out);
	return true;
}

static unsigned
take(struct app *app)
{
	struct charts charts = charts_layout(app);
	struct charting charting = app->charting;
	struct buf query = { 0 };

	if (charts.count == 0)
		return UPDATE_NONE;
	int index = active(app, &charts);
	const struct trace_buckets *buckets = buckets_of(app, &charts, index);
	uint32_t mark = charting.marking ? charting.mark : charting.at;
	uint32_t low = mark < charting.at ? mark : charting.at, high = mark < charting.at ? charting.at : mark;
	if (high >= buckets->count)
		return UPDATE_NONE;
	int64_t from = buckets->edge[low], to = buckets->edge[high + 1];
	app->charting = (struct charting){ 0 };
	if (charts.at[index].chart != CHART_LENGTHS)
		return selection_set_range(app, &from, &to);
	buf_add(&query, STR(FROM_LENGTH));
	add_length(from, &query);
	buf_add(&query, STR(TO_LENGTH));
	add_length(to, &query);
	unsigned update = selection_add(app, buf_str(&query));
	buf_fini(&query);
	return update;
}

static unsigned
mark(struct app *app)
{
	app->charting.marking = !app->charting.marking;
	app->charting.mark = app->charting.at;
	return app_say(app, "%s", app->charting.marking ? "a range from here: move to its end, enter takes it" : "no range");
}

bool
charts_cancel(struct app *app)
{
	if (app->state.view != VIEW_TRACES || app->state.pane != PANE_CHART || app->state.in_details)
		return false;
	if (!app->charting.marking)
		app->state.pane = PANE_TRACES;
	app->charting.marking = false;
	return true;
}

bool
charts_act(struct app *app, enum action action, unsigned *update_out)
{
	enum { PAGE = 10 };
	unsigned update;
	int64_t by;

	switch (action) {
	case ACT_CHART:      update = next_chart(app, 1); break;
	case ACT_MOVE_UP:    update = next_chart(app, -1); break;
	case ACT_MOVE_DOWN:  update = next_chart(app, 1); break;
	case ACT_MOVE_LEFT:  update = move(app, -1); break;
	case ACT_MOVE_RIGHT: update = move(app, 1); break;
	case ACT_RANGE:      update = mark(app); break;
	case ACT_ENTER:      update = take(app); break;
	default:
		if (!list_way(action, PAGE, &by))
			return false;
		update = move(app, by);
	}
	*update_out = update;
	return true;
}

static uint32_t
bucket_at(const struct trace_buckets *buckets, struct rect rect, int col)
{
	int at = col < rect.col ? 0 : col >= rect.col + rect.cols ? rect.cols - 1 : col - rect.col;

	return (uint32_t)((uint64_t)at * buckets->count / (uint32_t)rect.cols);
}

unsigned
charts_mouse(struct app *app, const struct event *event)
{
	struct charts charts = charts_layout(app);

	if (event->what == MOUSE_DRAG && app->drag.kind == DRAG_CHART && charts.count) {
		int index = active(app, &charts);
		app->charting.at = bucket_at(buckets_of(app, &charts, index), charts.at[index].rect, event->col);
		return UPDATE_DRAW;
	}
	for (int i = 0; i < charts.count && event->what == MOUSE_PRESS && event->button == BUTTON_LEFT; i++)
		if (rect_has(charts.at[i].rect, event->col, event->row)) {
			app->state.traces.chart = charts.at[i].chart;
			app->state.pane = PANE_CHART;
			app->charting.at = app->charting.mark = bucket_at(buckets_of(app, &charts, i), charts.at[i].rect, event->col);
			app->charting.marking = true;
			app->drag = (struct drag){ .kind = DRAG_CHART, .col = event->col, .row = event->row };
			return UPDATE_DRAW;
		}
	return UPDATE_NONE;
}

/* A click leaves the cursor there; only what was dragged over is a range. */
unsigned
charts_release(struct app *app)
{
	if (app->drag.kind != DRAG_CHART)
		return UPDATE_NONE;
	if (app->charting.at != app->charting.mark)
		return take(app);
	app->charting.marking = false;
	return UPDATE_DRAW;
}

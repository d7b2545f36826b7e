/* SPDX-License-Identifier: MIT
 * Drawing the charts above the list of traces, to an eighth of a cell. */
#include "config.h"

#include "ui/charts.h"

#include <math.h>

#include "ui/clocks.h"
#include "ui/line.h"
#include "util/choices.h"
#include "util/clock.h"
#include "util/text.h"
#include "util/unit.h"

enum { EIGHTHS = 8, ROWS_FOR_MARKS = 5 };

/* Up to where a column is filled with what, in eighths from below; each at least as high as the one before. */
struct layer {
	int           top;
	struct paint  paint;
	char          plain;    /* what its cells show without colours */
};

static enum glyph
lower(int eighths)
{
	return eighths >= EIGHTHS ? GLYPH_FULL : (enum glyph)(GLYPH_LOWER_1 + eighths - 1);
}

/* The lowest layer that reaches above a height; NULL: none does. */
static const struct layer *
layer_at(const struct layer *layers, int count, int eighths)
{
	for (int i = 0; i < count; i++)
		if (layers[i].top > eighths)
			return &layers[i];
	return NULL;
}

/* Of the layers that share a cell the one at its bottom and the one above it are drawn. */
static void
draw_cell(struct app *app, struct grid *grid, int col, int row, const struct layer *layers, int count, int bottom, struct paint bg)
{
	const struct layer *low = layer_at(layers, count, bottom);

	if (!low)
		return;
	const struct layer *above = layer_at(layers, count, low->top);
	int filled = low->top - bottom;
	if (app_plain_cells(app)) {
		const struct layer *most = filled < EIGHTHS / 2 && above ? above : low;
		grid_text(grid, col, row, 1, (struct str){ &most->plain, 1 }, (struct style){ most->paint, bg, 0 });
		return;
	}
	grid_glyph(grid, col, row, lower(filled), (struct style){ low->paint, above && filled < EIGHTHS ? above->paint : bg, 0 });
}

static int
eighths_of(double value, double most, int rows)
{
	if (!(value > 0) || !(most > 0))
		return 0;
	return (int)fmax(1, fmin(rows * EIGHTHS, round(value / most * rows * EIGHTHS)));
}

/* The place of a duration between the shortest and the longest, by its logarithm. */
static int
log_eighths(int64_t ns, double low, double high, int rows)
{
	double span = log(high / low);

	if (ns < 0)
		return 0;
	double share = span > 0 ? (log(fmax((double)ns, low) / low) / span * 0.875 + 0.125) : 1;
	return eighths_of(share, 1, rows);
}

struct scale { double low, high, most; };

static struct scale
scale_of(const struct trace_buckets *buckets, enum trace_chart chart)
{
	struct scale scale = { .low = INFINITY, .high = 1000, .most = chart == CHART_SPANS ? (double)buckets->most.spans : buckets->most.traces };

	for (uint32_t i = 0; i < buckets->count; i++)
		if (buckets->bucket[i].traces)
			scale.low = fmin(scale.low, (double)buckets->bucket[i].percentile_ns[PERCENTILE_50]);
	scale.low = fmax(fmin(scale.low, 1e18), 1000);
	scale.high = fmax((double)buckets->most.percentile_ns[PERCENTILE_99], scale.low);
	return scale;
}

static int
layers_of(const struct trace_bucket *bucket, enum trace_chart chart, const struct scale *scale, int rows, struct layer *out)
{
	if (chart == CHART_LATENCY) {
		out[0] = (struct layer){ log_eighths(bucket->percentile_ns[PERCENTILE_50], scale->low, scale->high, rows), PAINT(ROLE_MINIMAP_VIEW), '5' };
		out[1] = (struct layer){ log_eighths(bucket->percentile_ns[PERCENTILE_90], scale->low, scale->high, rows), PAINT(ROLE_MINIMAP), '9' };
		out[2] = (struct layer){ log_eighths(bucket->percentile_ns[PERCENTILE_99], scale->low, scale->high, rows), PAINT(ROLE_SMALL), '^' };
		return 3;
	}
	bool spans = chart == CHART_SPANS;
	double all = spans ? (double)bucket->spans : bucket->traces, bad = spans ? (double)bucket->span_errors : bucket->failed;
	out[0] = (struct layer){ eighths_of(bad, scale->most, rows), PAINT(ROLE_ERROR), '!' };
	out[1] = (struct layer){ eighths_of(all, scale->most, rows), PAINT(ROLE_BAR_FILL), '#' };
	if (out[1].top < out[0].top)
		out[1].top = out[0].top;
	return 2;
}

/* ---- one of them */

struct view {
	struct rect                 rect;
	enum trace_chart            chart;
	bool                        has_keys;
	const struct trace_stats   *stats;
	const struct trace_buckets *buckets;
};

static bool
is_marked(const struct app *app, const struct view *view, uint32_t bucket)
{
	const struct charting *charting = &app->charting;
	uint32_t mark = charting->marking ? charting->mark : charting->at;

	return view->has_keys && bucket >= (mark < charting->at ? mark : charting->at) && bucket <= (mark < charting->at ? charting->at : mark);
}

static void
draw_body(struct app *app, struct grid *grid, const struct view *view)
{
	struct scale scale = scale_of(view->buckets, view->chart);
	bool has_marks = view->rect.rows >= ROWS_FOR_MARKS;
	int rows = view->rect.rows - 2 - has_marks, axis = view->rect.row + view->rect.rows - 1 - has_marks;

	for (int i = 0; i < view->rect.cols; i++) {
		uint32_t at = (uint32_t)((uint64_t)i * view->buckets->count / (uint32_t)view->rect.cols);
		const struct trace_bucket *bucket = &view->buckets->bucket[at];
		bool marked = is_marked(app, view, at), failed = view->chart == CHART_SPANS ? bucket->span_errors > 0 : bucket->failed > 0;
		struct paint bg = PAINT(marked ? ROLE_SELECTED : ROLE_BACKGROUND);
		struct layer layers[PERCENTILES];
		int count = layers_of(bucket, view->chart, &scale, rows, layers);
		for (int row = 0; row < rows; row++) {
			grid_fill(grid, view->rect.col + i, axis - 1 - row, 1, (struct style){ PAINT(ROLE_TEXT), bg, 0 });
			draw_cell(app, grid, view->rect.col + i, axis - 1 - row, layers, count, row * EIGHTHS, bg);
		}
		if (view->has_keys && at == app->charting.at)
			grid_glyph(grid, view->rect.col + i, axis, GLYPH_SORT_UP, (struct style){ PAINT(ROLE_ACCENT), PAINT(ROLE_BACKGROUND), ATTR_BOLD });
		else if (failed)
			grid_glyph(grid, view->rect.col + i, axis, GLYPH_BULLET, (struct style){ PAINT(ROLE_ERROR), PAINT(ROLE_BACKGROUND), 0 });
		else
			grid_glyph(grid, view->rect.col + i, axis, GLYPH_HLINE, (struct style){ PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 });
	}
}

static void
add_moment(struct app *app, const struct view *view, int64_t ns, struct buf *out)
{
	const struct trace_list *list = traces_of(app)->list;

	if (view->chart == CHART_LENGTHS)
		unit_duration(ns, app->options.ascii, out);
	else if (clocks_mode(app) == CLOCK_RELATIVE || !clock_is_date(list->rows[0].start_ns))
		clock_moment(ns, list->rows[0].start_ns, CLOCK_RELATIVE, app->options.ascii, out);
	else
		clock_time(ns, clocks_mode(app), CLOCK_MILLIS, out);
}

/* ---- the row below its axis */

/* Durations that people think in: units, their tens and hundreds, twos and fives of these; the coarse ones before the fine ones. */
static const struct { int64_t ns; int64_t below; } units[] = {
	{ 1, 1000 }, { 1000, 1000 }, { 1000000, 1000 }, { 1000000000, 60 }, { 60 * INT64_C(1000000000), 60 }, { 3600 * INT64_C(1000000000), 24 },
	{ 86400 * INT64_C(1000000000), 1000 },
};
static const struct { int64_t times; int level; } multiples[] = {
	{ 1, 0 }, { 2, 2 }, { 5, 2 }, { 10, 1 }, { 20, 2 }, { 50, 2 }, { 100, 1 }, { 200, 2 }, { 500, 2 },
};
enum { LEVELS = 3 };
#define MARK_GAP 2    /* cells between two of them, at least */

/* The column in which a value lies. */
static int
column_of(const struct view *view, int64_t ns)
{
	uint32_t low = 0, high = view->buckets->count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (view->buckets->edge[middle] <= ns)
			low = middle;
		else
			high = middle;
	}
	return (int)(((uint64_t)low * (uint32_t)view->rect.cols + view->buckets->count - 1) / view->buckets->count);
}

/* The marks down to a level, drawn unless grid is NULL; none in the first bucket, which begins at 0.  False: they have no room side by side.  *count_out: how many there are. */
static bool
put_marks(const struct app *app, struct grid *grid, const struct view *view, int level, int *count_out)
{
	const int64_t *edge = view->buckets->edge;
	struct buf text = { 0 };
	int free_from = 0;
	bool fits = true;

	*count_out = 0;
	for (size_t i = 0; i < sizeof units / sizeof *units * (sizeof multiples / sizeof *multiples) && fits; i++) {
		size_t unit = i / (sizeof multiples / sizeof *multiples), multiple = i % (sizeof multiples / sizeof *multiples);
		int64_t ns = units[unit].ns * multiples[multiple].times;
		if (multiples[multiple].times >= units[unit].below || multiples[multiple].level > level || ns < edge[1] || ns >= edge[view->buckets->count])
			continue;
		buf_clear(&text);
		buf_add(&text, glyph_text(GLYPH_TICK, app->options.ascii));
		unit_duration(ns, app->options.ascii, &text);
		int col = column_of(view, ns), cols = text_width(buf_str(&text));
		if (col + cols > view->rect.cols)
			continue;
		fits = col >= free_from;
		free_from = col + cols + MARK_GAP;
		++*count_out;
		if (grid && fits)
			grid_text(grid, view->rect.col + col, view->rect.row + view->rect.rows - 1, cols, buf_str(&text),
			          (struct style){ PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 });
	}
	buf_fini(&text);
	return fits;
}

static void
draw_lengths(struct app *app, struct grid *grid, const struct view *view)
{
	int best = 0, most = -1, count;

	for (int level = 0; level < LEVELS; level++)
		if (put_marks(app, NULL, view, level, &count) && count > most) {
			best = level;
			most = count;
		}
	if (most > 0)
		put_marks(app, grid, view, best, &count);
}

/* Where the time begins and ends. */
static void
draw_ends(struct app *app, struct grid *grid, const struct view *view)
{
	struct style style = { PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 };
	int row = view->rect.row + view->rect.rows - 1;
	struct buf begin = { 0 }, end = { 0 };

	add_moment(app, view, view->buckets->edge[0], &begin);
	add_moment(app, view, view->buckets->edge[view->buckets->count], &end);
	int left = text_width(buf_str(&begin)), right = text_width(buf_str(&end));
	if (left + MARK_GAP + right <= view->rect.cols) {
		grid_text(grid, view->rect.col, row, left, buf_str(&begin), style);
		grid_text(grid, view->rect.col + view->rect.cols - right, row, right, buf_str(&end), style);
	}
	buf_fini(&begin);
	buf_fini(&end);
}

static void
draw_marks(struct app *app, struct grid *grid, const struct view *view)
{
	int row = view->rect.row + view->rect.rows - 1;

	if (view->rect.rows < ROWS_FOR_MARKS)
		return;
	grid_fill(grid, view->rect.col, row, view->rect.cols, (struct style){ PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 });
	if (view->chart == CHART_LENGTHS)
		draw_lengths(app, grid, view);
	else
		draw_ends(app, grid, view);
}

/* ---- its title */

/* What is in the marked part, or how it is altogether. */
static void
add_facts(struct app *app, const struct view *view, struct buf *out)
{
	uint32_t mark = app->charting.marking ? app->charting.mark : app->charting.at, at = app->charting.at;
	uint32_t low = mark < at ? mark : at, high = mark < at ? at : mark;
	uint64_t traces = 0, failed = 0, spans = 0;

	if (!view->has_keys)
		low = 0;
	if (!view->has_keys || high >= view->buckets->count)
		high = view->buckets->count - 1;
	for (uint32_t i = low; i <= high; i++) {
		traces += view->buckets->bucket[i].traces;
		failed += view->chart == CHART_SPANS ? view->buckets->bucket[i].span_errors : view->buckets->bucket[i].failed;
		spans += view->buckets->bucket[i].spans;
	}
	if (view->chart != CHART_LATENCY || view->has_keys) {
		add_moment(app, view, view->buckets->edge[low], out);
		buf_add(out, app->options.ascii ? STR("..") : STR("…"));
		add_moment(app, view, view->buckets->edge[high + 1], out);
	}
	if (view->chart == CHART_LATENCY) {
		const struct trace_bucket *bucket = view->has_keys && low == high ? &view->buckets->bucket[at < view->buckets->count ? at : 0] : &view->stats->all;
		for (int p = 0; p < PERCENTILES && bucket->traces; p++) {
			buf_add(out, p == 0 ? STR("  p50 ") : p == 1 ? STR("  p90 ") : STR("  p99 "));
			unit_duration(bucket->percentile_ns[p], app->options.ascii, out);
		}
		return;
	}
	buf_add(out, STR("  "));
	unit_count(view->chart == CHART_SPANS ? spans : traces, out);
	if (failed) {
		buf_addc(out, ' ');
		buf_add(out, glyph_text(GLYPH_BULLET, app->options.ascii));
		unit_count(failed, out);
	}
}

/* The names of the charts that can stand here, the one that does in the accent colour. */
static void
draw_title(struct app *app, struct grid *grid, const struct view *view, bool alone)
{
	static const enum trace_chart counts[] = { CHART_TRACES, CHART_SPANS, CHART_NONE };
	static const enum trace_chart all[] = { CHART_TRACES, CHART_SPANS, CHART_LATENCY, CHART_LENGTHS, CHART_NONE };
	const enum trace_chart own[] = { view->chart, CHART_NONE };
	const enum trace_chart *list = alone ? all : view->chart <= CHART_SPANS ? counts : own;
	struct line line = line_begin(grid, (struct rect){ view->rect.col, view->rect.row, view->rect.cols, 1 }, ROLE_BACKGROUND);
	struct buf facts = { 0 };

	for (; *list != CHART_NONE; list++) {
		bool open = *list == view->chart;
		int from = line.col;
		line_put(&line, str_of(choices_chart[*list]), open ? ROLE_ACCENT : ROLE_DIM, open && view->has_keys ? ATTR_BOLD | ATTR_UNDERLINE : open ? ATTR_BOLD : 0);
		hits_add(&app->hits, (struct rect){ from, line.row, line.col - from, 1 }, HIT_CHART, *list);
		line_space(&line, 2);
	}
	add_facts(app, view, &facts);
	if (text_width(buf_str(&facts)) <= line_left(&line)) {
		line.col = line.end - text_width(buf_str(&facts));
		line_put(&line, buf_str(&facts), ROLE_DIM, 0);
	} else {
		line_put_cut(&line, buf_str(&facts), ROLE_DIM, 0);
	}
	buf_fini(&facts);
}

void
charts_draw(struct app *app, struct grid *grid)
{
	struct charts charts = charts_layout(app);

	for (int i = 0; i < charts.count; i++) {
		struct view view = { .rect = charts.at[i].rect, .chart = charts.at[i].chart };
		uint32_t cols = (uint32_t)view.rect.cols;
		view.stats = traces_stats(traces_of(app), cols, cols);
		view.buckets = view.chart == CHART_LENGTHS ? &view.stats->length : &view.stats->time;
		view.has_keys = app->state.pane == PANE_CHART && app->state.traces.chart == view.chart;
		draw_body(app, grid, &view);
		draw_marks(app, grid, &view);
		draw_title(app, grid, &view, charts.count == 1);
	}
}

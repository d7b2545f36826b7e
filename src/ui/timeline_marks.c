/* SPDX-License-Identifier: MIT
 * Marks on the bars of the timeline: the critical path, and events. */
#include "config.h"

#include <math.h>

#include "layout/pack.h"
#include "ui/clocks.h"
#include "ui/critical.h"
#include "ui/timeline_core.h"
#include "util/unit.h"

enum { EVENTS_TOLD = 3 };

/* ---- the critical path */

/* Whether most of a stretch is of the path; where members of a group are narrower than cells, any of it. */
static bool
is_critical(const struct bar *bar, const struct critical_bar *path, const struct strip *strip, double from, double to, double eighth)
{
	if (bar->group && strip->end - strip->begin < EIGHTHS)
		return critical_part(bar->app, path, from - eighth / 2, to + eighth / 2) > 0;
	return critical_part(bar->app, path, from, to) * 2 >= to - from;
}

/* A cell that the strip has only a part of. */
static void
mark_edge(struct bar *bar, const struct critical_bar *path, uint32_t index, int at)
{
	const struct viewport *view = &bar->timeline->view;
	const struct strip *strip = &bar->strips.at[index];
	struct paint box = timeline_box(bar, index);
	double width = (view->to - view->from) / (view->cols * EIGHTHS);
	double from = fmax(bar->from, view->from + width * (strip->begin > at * EIGHTHS ? strip->begin : at * EIGHTHS));
	double to = fmin(bar->to, view->from + width * (strip->end < (at + 1) * EIGHTHS ? strip->end : (at + 1) * EIGHTHS));
	struct cell *cell = grid_cell(bar->grid, bar->timeline->chart.col + at, bar->line);

	if (!bar->group && strip->end - strip->begin < EIGHTHS) {
		from = bar->from;
		to = bar->to;
	}
	if (cell->text[0] == ' ' || !is_critical(bar, path, strip, from, to, width))
		return;
	if (paint_equal(cell->style.fg, box))
		cell->style.fg = PAINT(ROLE_CRITICAL);
	if (paint_equal(cell->style.bg, box))
		cell->style.bg = PAINT(ROLE_CRITICAL);
}

/* The time that is the span's own on the path; with that of all below it when it is folded, as members of a group are. */
void
timeline_mark_critical(struct bar *bar)
{
	const struct timeline *timeline = bar->timeline;
	const struct span_path *sums = critical_sums(bar->app);
	struct critical_bar path = {
		.node = bar->row.node, .group = bar->group, .row = bar->line, .left = timeline->chart.col, .cols = timeline->view.cols,
	};

	if (!sums)
		return;
	if (bar->group ? !span_path_has(sums, bar->row.node, bar->group->node_end) : !critical_is_on(bar->app, bar->row.node))
		return;
	if (bar->folded && !bar->group)
		path.whole = span_path_extent(sums, bar->row.node, &path.from, &path.to);
	for (uint32_t i = 0; i < bar->strips.len; i++) {
		const struct strip *strip = &bar->strips.at[i];
		path.begin = (strip->begin + EIGHTHS - 1) / EIGHTHS;
		path.end = strip->end / EIGHTHS;
		mark_edge(bar, &path, i, strip->begin / EIGHTHS);
		mark_edge(bar, &path, i, (strip->end - 1) / EIGHTHS);
		critical_paint(bar->app, bar->grid, &path);
	}
}

/* ---- events */

/* When an event of a span happened, on the axis. */
static double
event_time(struct app *app, span_id span, const struct event_mark *mark)
{
	int64_t start = clocks_start(app);

	return (double)(mark->time_ns / 2 - start / 2) * 2 + (double)(mark->time_ns % 2 - start % 2) + (double)clocks_moved(app, span);
}

/* In a cell that is the bar's alone, so that its edges stay; behind a bar that has none. */
static int
column_inside(const struct timeline *timeline, node_id node, int at)
{
	int begin = (int)lround(timeline_eighth(timeline, timeline->tree->x0[node]));
	int end = (int)lround(timeline_eighth(timeline, pack_end(timeline->tree, node)));
	int first = (begin + EIGHTHS - 1) / EIGHTHS, last = end / EIGHTHS - 1;

	if (end <= begin)
		end = begin + 1;
	if (first <= last)
		return at < first ? first : at > last ? last : at;
	int behind = (end + EIGHTHS - 1) / EIGHTHS;
	return behind < timeline->view.cols ? behind : begin / EIGHTHS - 1;
}

/* Where a moment of a row's span is marked, and as what; -1: not on screen.  What no shift of the picture reaches is at its edge. */
static int
event_column(struct app *app, const struct timeline *timeline, node_id node, double x, enum happened *as_out)
{
	const struct focus_info *focus = scene_focus(timeline->scene, app->state.focus);
	const struct viewport *view = &timeline->view;
	double from = timeline->tree->x0[node], to = from + timeline->tree->total[node];
	int at = (int)floor(timeline_eighth(timeline, x) / EIGHTHS);

	*as_out = HAPPENED_EVENT;
	if (x < focus->from || x > focus->to) {
		bool before = x < focus->from;
		*as_out = before ? HAPPENED_BEFORE : HAPPENED_LATER;
		return before ? (view->from <= focus->from ? 0 : -1) : view->to >= focus->to ? view->cols - 1 : -1;
	}
	if (x < view->from || x > view->to)
		return -1;
	if (x >= from && x <= to)
		at = column_inside(timeline, node, at);
	return at < view->cols ? at : view->cols - 1;
}

/* Errors go before anything else in a cell. */
void
timeline_find_events(struct bar *bar)
{
	const struct timeline *timeline = bar->timeline;
	span_id span = timeline->tree->span ? timeline->tree->span[bar->row.node] : ID_NONE;
	uint32_t count = 0;

	memset(bar->happened, HAPPENED_NOTHING, (size_t)timeline->view.cols);
	if (span == ID_NONE || bar->folded)
		return;
	const struct event_mark *marks = event_marks_get(&bar->app->session->events, span, &count);
	for (uint32_t i = 0; i < count; i++) {
		enum happened as;
		int at = event_column(bar->app, timeline, bar->row.node, event_time(bar->app, span, &marks[i]), &as);
		if (marks[i].bad)
			as = HAPPENED_ERROR;
		if (at >= 0 && as > bar->happened[at])
			bar->happened[at] = (uint8_t)as;
	}
}

void
timeline_draw_events(struct bar *bar)
{
	static const enum glyph glyphs[] = {
		[HAPPENED_EVENT] = GLYPH_TICK, [HAPPENED_BEFORE] = GLYPH_BEFORE, [HAPPENED_LATER] = GLYPH_CHEVRON, [HAPPENED_ERROR] = GLYPH_BULLET,
	};
	const struct timeline *timeline = bar->timeline;

	for (int at = 0; at < timeline->view.cols; at++) {
		uint8_t what = bar->happened[at];
		bool inside = at >= bar->own_begin && at < bar->own_end, bad = what == HAPPENED_ERROR;
		if (what == HAPPENED_NOTHING)
			continue;
		bool glaring = grid_cell(bar->grid, timeline->chart.col + at, bar->line)->style.bg.role == ROLE_CRITICAL;    /* as errors are */
		struct paint ink = bad && !glaring ? PAINT(ROLE_ERROR) : inside ? timeline_ink(bar) : PAINT(ROLE_DIM);
		grid_text_over(bar->grid, timeline->chart.col + at, bar->line, 1, glyph_text(glyphs[what], bar->grid->ascii), ink, bad ? ATTR_BOLD : 0);
	}
}

static void
add_since(struct app *app, double ns, struct buf *out)
{
	buf_add(out, ns < 0 ? STR(" -") : STR(" +"));
	unit_format(fabs(ns), STR("ns"), app->options.ascii, out);
}

void
timeline_events_at(struct app *app, const struct timeline *timeline, struct span_row row, int col, struct buf *out)
{
	const struct event_marks *events = &app->session->events;
	span_id span = timeline->tree->span ? timeline->tree->span[row.node] : ID_NONE;
	uint32_t count = 0, found = 0;

	if (span == ID_NONE || !timeline_is_open(timeline, row))
		return;
	const struct event_mark *marks = event_marks_get(events, span, &count);
	for (uint32_t i = 0; i < count; i++) {
		double x = event_time(app, span, &marks[i]);
		enum happened as;
		if (event_column(app, timeline, row.node, x, &as) != col - timeline->chart.col || found++ >= EVENTS_TOLD)
			continue;
		if (found > 1)
			buf_add(out, STR(", "));
		names_safe(strtab_get(events->names, marks[i].name), out);
		add_since(app, x - timeline->tree->x0[row.node], out);
	}
	if (found > EVENTS_TOLD)
		buf_addf(out, " and %u more", found - EVENTS_TOLD);
}

/* SPDX-License-Identifier: MIT
 * Drawing the list of traces or threads: only the rows on screen are looked at. */
#include "config.h"

#include "ui/traces.h"

#include "analysis/trace_ref.h"
#include "ui/charts.h"
#include "ui/clocks.h"
#include "ui/columns.h"
#include "ui/line.h"
#include "ui/track_sum.h"
#include "util/bits.h"
#include "util/clock.h"
#include "util/text.h"
#include "util/unit.h"

enum {
	NAME_COLS_MIN = 28,     /* columns go, the least important first, to leave the name as much */
	NAME_COLS_LEAST = 6,
	MARK_COLS = 3,          /* swatch, fold mark, space */
	ID_DIGITS_SHOWN = 8,
	BAR_COLS_LEAST = 6, BAR_COLS_MOST = 48, NAME_COLS_ENOUGH = 48,    /* of what a name needs no more, the bar has half */
};

enum trace_cell { CELL_START, CELL_NAME, CELL_DURATION, CELL_BAR, CELL_SPANS, CELL_SERVICES, CELL_DEPTH, CELL_ERRORS, CELL_TOKENS, CELL_COST, CELL_ID, CELLS };

static const struct cell_look trace_looks[CELLS] = {
	[CELL_START]    = { "start",   12, 4, TRACES_BY_START, true },
	[CELL_NAME]     = { "root",     0, 0, TRACES_BY_NAME, true },
	[CELL_DURATION] = { "duration", 9, 0, TRACES_BY_DURATION, false },
	[CELL_BAR]      = { "",        16, 6, TRACES_BY_DURATION, false },
	[CELL_SPANS]    = { "spans",    8, 2, TRACES_BY_SPANS, false },
	[CELL_SERVICES] = { "services", 8, 7, TRACES_BY_SERVICES, false },
	[CELL_DEPTH]    = { "depth",    6, 8, TRACES_BY_DEPTH, false },
	[CELL_ERRORS]   = { "errors",   7, 1, TRACES_BY_ERRORS, false },
	[CELL_TOKENS]   = { "tokens",   9, 3, TRACES_BY_TOKENS, false },
	[CELL_COST]     = { "cost",     9, 5, TRACES_BY_COST, false },
	[CELL_ID]       = { "trace",    9, 9, TRACES_BY_ID, false },
};

/* The columns that there are: which, and where. */
struct table {
	struct traces   *traces;
	struct cells     cells;
	struct cell_look looks[CELLS];
	enum trace_cell        is[CELLS];
	int              at[CELLS];    /* index of a column that is there, -1 */
};

/* What is counted: spans, samples, or either. */
static const char *
count_title(const struct dataset *ds)
{
	return !dataset_has_samples(ds) ? "spans" : dataset_has_spans(ds) ? "records" : "samples";
}

/* Narrower than it might be rather than not there. */
static void
size_bar(struct table *table, int cols, int count)
{
	int at = table->at[CELL_BAR], *bar = &table->looks[at].cols;
	struct cells cells = cells_split(table->looks, count, 0, cols, NAME_COLS_MIN, NAME_COLS_LEAST);

	while (!cells.cols[at] && *bar > BAR_COLS_LEAST) {
		--*bar;
		cells = cells_split(table->looks, count, 0, cols, NAME_COLS_MIN, NAME_COLS_LEAST);
	}
	int spare = cells.cols[table->at[CELL_NAME]] - NAME_COLS_ENOUGH;
	if (spare > 0 && cells.cols[at])
		*bar = *bar + spare / 2 > BAR_COLS_MOST ? BAR_COLS_MOST : *bar + spare / 2;
}

/* What rows are sorted by is there, however narrow it is; that they come by their start is plain without. */
static void
keep_sorted(struct table *table, enum trace_sort sort)
{
	for (int i = 0; i < CELLS; i++)
		if (table->at[i] >= 0 && i != CELL_BAR && trace_looks[i].sort == (int)sort && sort != TRACES_BY_START)
			table->looks[table->at[i]].rank = 0;
}

static void
table_begin(struct app *app, struct rect rect, struct table *table)
{
	int count = 0;

	table->traces = traces_of(app);
	for (int i = 0; i < CELLS; i++) {
		table->at[i] = -1;
		if (!traces_can_sort(table->traces, (enum trace_sort)trace_looks[i].sort))
			continue;
		table->at[i] = count;
		table->is[count] = (enum trace_cell)i;
		table->looks[count++] = trace_looks[i];
	}
	table->looks[table->at[CELL_SPANS]].title = count_title(table->traces->ds);
	if (table->traces->threads) {
		table->looks[table->at[CELL_NAME]].title = "thread";
		table->looks[table->at[CELL_DURATION]].title = "extent";
	}
	keep_sorted(table, app->state.traces.sort);
	size_bar(table, rect.cols - MARK_COLS, count);
	table->cells = cells_split(table->looks, count, rect.col + MARK_COLS, rect.cols - MARK_COLS, NAME_COLS_MIN, NAME_COLS_LEAST);
}

static struct rect
cell_of(const struct table *table, enum trace_cell cell, int row)
{
	int at = table->at[cell];

	return at < 0 ? (struct rect){ 0, row, 0, 1 } : (struct rect){ table->cells.col[at], row, table->cells.cols[at], 1 };
}

static void
put_right(struct grid *grid, const struct table *table, enum trace_cell cell, int row, struct buf *text, const struct row_style *style,
          struct paint ink)
{
	struct rect at = cell_of(table, cell, row);

	if (at.cols)
		cells_right(grid, at.col, at.row, at.cols, buf_str(text), ink, style->attrs);
	buf_clear(text);
}

/* Zeros are dimmed: what is there stands out. */
static void
put_count(struct grid *grid, const struct table *table, enum trace_cell cell, int row, uint64_t count, const struct row_style *style)
{
	struct buf text = { 0 };

	unit_count(count, &text);
	put_right(grid, table, cell, row, &text, style, count ? style->ink : style->dim);
	buf_fini(&text);
}

static void
put_errors(struct grid *grid, const struct table *table, int row, uint32_t errors, const struct row_style *style, bool chosen)
{
	struct rect at = cell_of(table, CELL_ERRORS, row);
	struct buf text = { 0 };

	if (!at.cols || !errors)
		return;
	buf_add(&text, glyph_text(GLYPH_BULLET, grid->ascii));
	buf_addc(&text, ' ');
	unit_count(errors, &text);
	cells_right(grid, at.col, row, at.cols, buf_str(&text), chosen ? style->ink : PAINT(ROLE_ERROR), ATTR_BOLD);
	buf_fini(&text);
}

static void
put_duration(struct app *app, struct grid *grid, const struct table *table, int row, int64_t ns, double share, uint8_t hue,
             const struct row_style *style)
{
	struct rect at = cell_of(table, CELL_BAR, row);
	struct buf text = { 0 };

	unit_duration(ns, app->options.ascii, &text);
	put_right(grid, table, CELL_DURATION, row, &text, style, style->ink);
	if (at.cols && share > 0) {
		double least = 0.125 / at.cols;
		cells_bar(grid, at.col, row, at.cols, share > least ? share : least, (struct paint){ .role = ROLE_BOX, .hue = hue }, style->bg);
	}
	buf_fini(&text);
}

/* A profile may not say when its samples were taken. */
static bool
has_time(const struct traces *traces, const struct trace_row *row)
{
	return row->spans || (samples_have_times(&traces->ds->samples) && row->duration_ns > 0);
}

static void
start_text(struct app *app, const struct trace_row *row, struct buf *out)
{
	enum clock_mode mode = clocks_mode(app);

	if (!has_time(traces_of(app), row))
		return;
	if (mode != CLOCK_RELATIVE && clock_is_date(row->start_ns))
		clock_time(row->start_ns, mode, CLOCK_MILLIS, out);
	else
		clock_elapsed(row->start_ns, traces_of(app)->list->rows[0].start_ns, app->options.ascii, out);
}

/* Of what has no root span: process and thread. */
static void
track_text(struct app *app, track_id track, struct buf *out)
{
	const struct dataset *ds = app->session->ds;
	struct str process = dataset_str(ds, ds->tracks[track].process), name = dataset_str(ds, ds->tracks[track].name);

	if (process.len && !str_equal(process, name)) {
		names_safe(process, out);
		buf_addc(out, ' ');
		if (name.len)
			buf_add(out, glyph_text(GLYPH_CHEVRON, app->options.ascii));
		buf_addc(out, ' ');
	}
	names_safe(name, out);
	if (out->len == 0)
		buf_addf(out, "thread %u", track + 1);
}

void
traces_name(struct app *app, const struct trace_row *row, struct buf *out)
{
	if (row->root != ID_NONE && app->session->ds->tracks[row->track].kind == TRACK_TRACE)
		buf_add(out, names_get(&app->names, app->session->ds->spans.frame[row->root])->text);
	else
		track_text(app, row->track, out);
}

static uint8_t
hue_of_row(struct app *app, const struct trace_row *row)
{
	const struct dataset *ds = app->session->ds;

	if (row->root != ID_NONE && ds->tracks[row->track].kind == TRACK_TRACE)
		return names_get(&app->names, ds->spans.frame[row->root])->package_hue;
	return paint_hue(dataset_str(ds, ds->tracks[row->track].process));
}

/* The name; where errors have no column, a mark before it, and one for what is odd.  A service at its beginning has its colour. */
static void
put_name(struct app *app, struct grid *grid, struct rect at, struct str name, struct str service, bool failed, bool odd, struct paint colour,
         const struct row_style *style)
{
	struct buf text = { 0 };
	bool plain = style->attrs || style->ink.role != ROLE_TEXT || app_plain_cells(app);

	if (failed && at.cols > 2) {
		grid_text_over(grid, at.col, at.row, 1, glyph_text(GLYPH_BULLET, grid->ascii), style->bg.role == ROLE_CURSOR ? style->ink : PAINT(ROLE_ERROR), ATTR_BOLD);
		at.col += 2;
		at.cols -= 2;
	}
	if (odd && at.cols > 2) {
		grid_text_over(grid, at.col, at.row, 1, glyph_text(GLYPH_ODD, grid->ascii), style->bg.role == ROLE_CURSOR ? style->ink : PAINT(ROLE_WARNING), ATTR_BOLD);
		at.col += 2;
		at.cols -= 2;
	}
	text_fit(name, at.cols, false, grid->ascii, &text);
	grid_text_over(grid, at.col, at.row, at.cols, buf_str(&text), style->ink, style->attrs);
	if (!plain && str_starts(name, service)) {
		size_t same = 0;
		while (same < service.len && same < text.len && text.at[same] == service.at[same])
			same++;
		grid_text_over(grid, at.col, at.row, at.cols, (struct str){ text.at, same }, colour, 0);
	}
	buf_fini(&text);
}

static bool
is_odd(struct app *app, const struct trace_row *row)
{
	struct track_sum sum = { 0 };

	if (row->spans && app->session->ds->tracks[row->track].kind == TRACK_TRACE)
		sum = track_sum_get(app, row->track, false);
	return sum.odd > 0;
}

static void
draw_trace(struct app *app, struct grid *grid, const struct table *table, uint32_t index, struct rect line, const struct row_style *style, bool chosen)
{
	const struct traces *traces = table->traces;
	const struct trace_row *row = &traces->list->rows[index];
	const struct track *track = &traces->ds->tracks[row->track];
	uint8_t hue = hue_of_row(app, row);
	bool open = bits_has(traces->unfolded, row->track);
	struct rect at = cell_of(table, CELL_START, line.row);
	struct buf text = { 0 }, service = { 0 };

	if (row->services && !traces->threads) {
		struct paint ink = chosen ? style->ink : PAINT(ROLE_ACCENT);
		grid_text_over(grid, line.col + 1, line.row, 1, glyph_text(open ? GLYPH_SORT_DOWN : GLYPH_FOLDED, grid->ascii), ink, style->attrs);
		hits_add(&app->hits, (struct rect){ line.col, line.row, 2, 1 }, HIT_FOLD, row->track);
	}
	if (at.cols) {
		start_text(app, row, &text);
		grid_text_over(grid, at.col, at.row, at.cols, buf_str(&text), style->dim, style->attrs);
	}
	buf_clear(&text);
	traces_name(app, row, &text);
	if (row->root != ID_NONE && track->kind == TRACK_TRACE)
		names_safe(span_service(traces->ds, row->root), &service);
	put_name(app, grid, cell_of(table, CELL_NAME, line.row), buf_str(&text), buf_str(&service),
	         row->errors && !cell_of(table, CELL_ERRORS, 0).cols, is_odd(app, row), (struct paint){ .role = ROLE_BOX, .hue = hue }, style);
	if (has_time(traces, row))
		put_duration(app, grid, table, line.row, row->duration_ns, traces->longest_ns ? (double)row->duration_ns / (double)traces->longest_ns : 0,
		             hue, style);
	put_count(grid, table, CELL_SPANS, line.row, row->spans ? row->spans : row->samples, style);
	put_count(grid, table, CELL_SERVICES, line.row, row->services, style);
	put_count(grid, table, CELL_DEPTH, line.row, row->depth, style);
	put_errors(grid, table, line.row, row->errors, style, chosen);
	buf_clear(&text);
	if (traces->list->tokens)
		unit_format(traces->list->tokens[index], STR(""), grid->ascii, &text);
	else
		buf_add(&text, glyph_text(GLYPH_ELLIPSIS, grid->ascii));
	put_right(grid, table, CELL_TOKENS, line.row, &text, style, style->ink);
	if (traces->list->cost)
		buf_addf(&text, "%.4g", traces->list->cost[index]);
	else
		buf_add(&text, glyph_text(GLYPH_ELLIPSIS, grid->ascii));
	put_right(grid, table, CELL_COST, line.row, &text, style, style->ink);
	at = cell_of(table, CELL_ID, line.row);
	if (at.cols && track->kind == TRACK_TRACE)
		trace_id_brief(track, ID_DIGITS_SHOWN, &text);
	put_right(grid, table, CELL_ID, line.row, &text, style, style->dim);
	buf_fini(&text);
	buf_fini(&service);
}

/* A service of the trace above: its share of the self times of all. */
static void
draw_part(struct app *app, struct grid *grid, const struct table *table, const struct trace_line *which, struct rect line,
          const struct row_style *style, bool chosen)
{
	const struct trace_parts *parts = traces_parts(table->traces, which->row);
	const struct trace_part *part = &parts->at[which->part - 1];
	struct str service = dataset_str(table->traces->ds, part->service);
	struct paint colour = { .role = ROLE_BOX, .hue = paint_hue(service) };
	struct rect at = cell_of(table, CELL_NAME, line.row);
	double share = parts->self_ns > 0 ? (double)part->self_ns / (double)parts->self_ns : 0;
	struct buf name = { 0 }, text = { 0 };

	unit_percent(share, 1, &text);
	if (at.cols > 16)
		cells_right(grid, at.col, at.row, at.cols, buf_str(&text), style->dim, style->attrs);
	names_safe(service, &name);
	if (name.len == 0)
		buf_add(&name, STR("no service"));
	grid_text_over(grid, at.col + 1, at.row, 1, glyph_text(GLYPH_DOT, grid->ascii), style->dim, 0);
	put_name(app, grid, (struct rect){ at.col + 3, at.row, at.cols - 3 - (at.cols > 16 ? 7 : 0), 1 }, buf_str(&name), buf_str(&name),
	         part->errors && !cell_of(table, CELL_ERRORS, 0).cols, false, colour, style);
	put_duration(app, grid, table, line.row, part->self_ns, share, colour.hue, style);
	put_count(grid, table, CELL_SPANS, line.row, part->spans, style);
	put_errors(grid, table, line.row, part->errors, style, chosen);
	buf_fini(&name);
	buf_fini(&text);
}

static void
draw_line(struct app *app, struct grid *grid, const struct table *table, uint32_t index, struct rect line)
{
	const struct trace_line *which = &table->traces->lines.at[index];
	const struct trace_row *row = &table->traces->list->rows[which->row];
	bool chosen = row->track == app->state.traces.track && which->part == app->state.traces.part;
	bool has_keys = app->state.pane == PANE_TRACES;
	struct row_style style = columns_style(app, traces_finds(table->traces, which->row) && which->part == 0, chosen, has_keys);

	if (!chosen && style.ink.role == ROLE_TEXT)
		style.dim = PAINT(ROLE_DIM);
	grid_fill(grid, line.col, line.row, line.cols, (struct style){ style.ink, style.bg, 0 });
	if (app_plain_cells(app) && chosen)
		grid_text_over(grid, line.col, line.row, 1, STR(">"), style.ink, style.attrs);
	else if (!app_plain_cells(app) && which->part == 0)
		grid_glyph(grid, line.col, line.row, GLYPH_LEFT_6, (struct style){ { .role = ROLE_BOX, .hue = hue_of_row(app, row) }, style.bg, 0 });
	if (which->part)
		draw_part(app, grid, table, which, line, &style, chosen);
	else
		draw_trace(app, grid, table, which->row, line, &style, chosen);
}

static const char *
nothing(const struct app *app, const struct traces *traces)
{
	if (traces->list->count == 0)
		return "there is neither a trace nor a thread";
	if (app->state.only_matches && app->state.search != STR_EMPTY)
		return "nothing matches: esc clears the search";
	return "nothing is left: u goes back";
}

void
traces_draw(struct app *app, struct grid *grid, struct rect rect)
{
	struct table table;
	int sorted = -1;

	table_begin(app, (struct rect){ rect.col, rect.row, rect.cols - 1, rect.rows }, &table);    /* the last cell stays free */
	struct rect list = charts_layout(app).list;
	charts_draw(app, grid);
	if (list.rows == 0)
		return;
	for (int i = 0; i < table.cells.count; i++)
		if (table.looks[i].sort == (int)app->state.traces.sort && table.is[i] != CELL_BAR)
			sorted = i;
	cells_heading(app, grid, list, table.looks, &table.cells, sorted, !app->state.traces.descending, true);
	for (int i = 1; i < list.rows && app->state.traces.top + (uint32_t)(i - 1) < table.traces->lines.len; i++)
		draw_line(app, grid, &table, app->state.traces.top + (uint32_t)(i - 1), (struct rect){ list.col, list.row + i, list.cols, 1 });
	if (table.traces->lines.len == 0 && list.rows > 1)
		grid_text(grid, list.col + MARK_COLS, list.row + 1, list.cols - MARK_COLS, str_of(nothing(app, table.traces)),
		          (struct style){ PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 });
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/columns.h"

#include "util/unit.h"

enum {
	NAME_COLS_MIN = 24,    /* columns of numbers are left out, the least important first, to leave it as much */
	NAME_COLS_LEAST = 6,
};

enum { CELL_NAME, CELL_SELF, CELL_SELF_SHARE, CELL_TOTAL, CELL_TOTAL_SHARE, CELL_COUNT };

static const struct cell_look looks[COLUMNS] = {
	[CELL_NAME]        = { "name",    0, 0, TOP_NAME, true },
	[CELL_SELF]        = { "self",    9, 0, TOP_SELF, false },
	[CELL_SELF_SHARE]  = { "self %",  8, 2, TOP_SELF, false },
	[CELL_TOTAL]       = { "total",   9, 1, TOP_TOTAL, false },
	[CELL_TOTAL_SHARE] = { "total %", 8, 3, TOP_TOTAL, false },
	[CELL_COUNT]       = { "count",   8, 4, TOP_COUNT, false },
};

/* Self and total change places for the one that stays. */
static void
looks_for(enum top_sort keep, struct cell_look out[COLUMNS])
{
	memcpy(out, looks, sizeof looks);
	if (keep != TOP_TOTAL)
		return;
	out[CELL_SELF].rank = looks[CELL_TOTAL].rank;
	out[CELL_TOTAL].rank = looks[CELL_SELF].rank;
	out[CELL_SELF_SHARE].rank = looks[CELL_TOTAL_SHARE].rank;
	out[CELL_TOTAL_SHARE].rank = looks[CELL_SELF_SHARE].rank;
}

struct columns
columns_split(int cols, enum top_sort keep)
{
	struct cell_look own[COLUMNS];
	struct columns columns;

	looks_for(keep, own);
	columns.cells = cells_split(own, COLUMNS, 1, cols - 1, NAME_COLS_MIN, NAME_COLS_LEAST);
	columns.name_cols = columns.cells.cols[CELL_NAME];
	return columns;
}

void
columns_heading(struct app *app, struct grid *grid, struct rect rect, const struct columns *columns, const char *title, bool sorted)
{
	static const int cell_of[] = { [TOP_SELF] = CELL_SELF, [TOP_TOTAL] = CELL_TOTAL, [TOP_COUNT] = CELL_COUNT, [TOP_NAME] = CELL_NAME };
	struct cell_look own[COLUMNS];
	struct cells cells = columns->cells;

	memcpy(own, looks, sizeof own);
	own[CELL_NAME].title = title;
	if (!shares_are_of_all(app, app_scene(app)->tree->total[app->state.focus]))
		own[CELL_SELF_SHARE].title = own[CELL_TOTAL_SHARE].title = "of view";
	for (int i = 0; i < cells.count; i++)
		cells.col[i] += rect.col;
	cells_heading(app, grid, rect, own, &cells, sorted ? cell_of[app->state.sort] : -1, app->state.ascending, sorted);
}

static void
format_cell(struct app *app, const struct amounts *amounts, int cell, struct buf *out)
{
	struct str unit = app_scene(app)->unit;
	double unused;

	/* What is counted needs no noun on every row. */
	if (!unit_is_time(unit, &unused) && !unit_is_bytes(unit))
		unit = STR("");
	switch (cell) {
	case CELL_SELF:        unit_format(amounts->self, unit, app->options.ascii, out); break;
	case CELL_SELF_SHARE:  unit_percent(amounts->self, amounts->whole, out); break;
	case CELL_TOTAL:       unit_format(amounts->total, unit, app->options.ascii, out); break;
	case CELL_TOTAL_SHARE: unit_percent(amounts->total, amounts->whole, out); break;
	default:                 unit_format((double)amounts->count, STR(""), app->options.ascii, out); break;
	}
}

void
columns_amounts(struct app *app, struct grid *grid, const struct columns *columns, const struct amounts *amounts, int col, int row,
                const struct row_style *style)
{
	const struct cells *cells = &columns->cells;
	struct buf text = { 0 };
	int before = col - (cells->col[CELL_NAME] + columns->name_cols);    /* of the list itself */

	for (int c = CELL_SELF; c < cells->count; c++) {
		if (!cells->cols[c])
			continue;
		int at = before + cells->col[c], cols = cells->cols[c];
		bool share = c == CELL_SELF_SHARE || c == CELL_TOTAL_SHARE;
		buf_clear(&text);
		format_cell(app, amounts, c, &text);
		if (share && amounts->whole > 0)
			cells_bar(grid, at, row, cols, (c == CELL_SELF_SHARE ? amounts->self : amounts->total) / amounts->whole, PAINT(ROLE_BAR_FILL), style->bg);
		cells_right(grid, at, row, cols, buf_str(&text), share ? style->dim : style->ink, style->attrs);
	}
	buf_fini(&text);
}

struct row_style
columns_style(struct app *app, bool hit, bool chosen, bool has_keys)
{
	const struct match *match = app_scene(app)->match;
	struct row_style style = { PAINT(ROLE_BACKGROUND), PAINT(ROLE_TEXT), PAINT(ROLE_TEXT), hit ? ATTR_BOLD : 0 };

	if (match && !hit)
		style.ink = style.dim = PAINT(ROLE_DIM);
	if (!chosen)
		return style;
	if (has_keys)
		return (struct row_style){ PAINT(ROLE_CURSOR), PAINT(ROLE_INK), PAINT(ROLE_INK), ATTR_BOLD };
	return (struct row_style){ PAINT(ROLE_SELECTED), PAINT(ROLE_SELECTED_TEXT), PAINT(ROLE_SELECTED_TEXT), style.attrs };
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/columns.h"

#include "util/text.h"
#include "util/unit.h"

enum {
	NAME_COLS_MIN = 24,    /* columns of numbers are left out, the least important first, to leave it as much */
	NAME_COLS_LEAST = 6,
};

enum number { NUMBER_SELF, NUMBER_SELF_SHARE, NUMBER_TOTAL, NUMBER_TOTAL_SHARE, NUMBER_COUNT };

struct number_look {
	const char   *title;
	int           cols;
	int           rank;     /* the greatest is left out first */
	enum top_sort sort;
};

static const struct number_look numbers[COLUMNS] = {
	[NUMBER_SELF]        = { "self",    9, 0, TOP_SELF },
	[NUMBER_SELF_SHARE]  = { "self %",  8, 2, TOP_SELF },
	[NUMBER_TOTAL]       = { "total",   9, 1, TOP_TOTAL },
	[NUMBER_TOTAL_SHARE] = { "total %", 8, 3, TOP_TOTAL },
	[NUMBER_COUNT]       = { "count",   8, 4, TOP_COUNT },
};

/* Self and total change places for the one that stays. */
static int
rank_of(enum number number, enum top_sort keep)
{
	static const enum number other[COLUMNS] = {
		[NUMBER_SELF] = NUMBER_TOTAL, [NUMBER_TOTAL] = NUMBER_SELF, [NUMBER_SELF_SHARE] = NUMBER_TOTAL_SHARE,
		[NUMBER_TOTAL_SHARE] = NUMBER_SELF_SHARE, [NUMBER_COUNT] = NUMBER_COUNT,
	};

	return numbers[keep == TOP_TOTAL ? other[number] : number].rank;
}

struct columns
columns_split(int cols, enum top_sort keep)
{
	struct columns columns = { .name_cols = cols - 1 };

	for (int c = 0; c < COLUMNS; c++) {
		columns.shown[c] = true;
		columns.name_cols -= numbers[c].cols + 1;
	}
	for (int rank = COLUMNS - 1; rank >= 0 && columns.name_cols < (rank ? NAME_COLS_MIN : NAME_COLS_LEAST); rank--)
		for (int c = 0; c < COLUMNS; c++)
			if (rank_of((enum number)c, keep) == rank) {
				columns.shown[c] = false;
				columns.name_cols += numbers[c].cols + 1;
			}
	return columns;
}

static void
draw_right(struct grid *grid, int col, int row, int cols, struct str text, struct paint ink, uint8_t attrs)
{
	int width = text_width(text);

	grid_text_over(grid, width < cols ? col + cols - width : col, row, cols, text, ink, attrs);
}

static void
draw_title(struct app *app, struct grid *grid, struct rect cell, const char *title, enum top_sort sort, bool sortable, bool to_right)
{
	bool sorted = sortable && app->state.sort == sort && !strchr(title, '%');
	struct paint ink = sorted ? PAINT(ROLE_ACCENT) : PAINT(ROLE_DIM);
	struct buf text = { 0 };

	if (sorted) {
		buf_add(&text, glyph_text(app->state.ascending ? GLYPH_SORT_UP : GLYPH_SORT_DOWN, grid->ascii));
		buf_addc(&text, ' ');
	}
	buf_add(&text, str_of(title));
	if (to_right)
		draw_right(grid, cell.col, cell.row, cell.cols, buf_str(&text), ink, sorted ? ATTR_BOLD : 0);
	else
		grid_text_over(grid, cell.col, cell.row, cell.cols, buf_str(&text), ink, sorted ? ATTR_BOLD : 0);
	if (sortable)
		hits_add(&app->hits, cell, HIT_COLUMN, sort);
	buf_fini(&text);
}

void
columns_heading(struct app *app, struct grid *grid, struct rect rect, const struct columns *columns, const char *title,
                bool sorted)
{
	int col = rect.col + 1 + columns->name_cols;

	grid_fill(grid, rect.col, rect.row, rect.cols, (struct style){ PAINT(ROLE_DIM), PAINT(ROLE_BAR), 0 });
	draw_title(app, grid, (struct rect){ rect.col + 1, rect.row, columns->name_cols, 1 },
	           title, TOP_NAME, sorted, false);
	for (int c = 0; c < COLUMNS; c++) {
		if (!columns->shown[c])
			continue;
		draw_title(app, grid, (struct rect){ col, rect.row, numbers[c].cols + 1, 1 }, numbers[c].title, numbers[c].sort, sorted, true);
		col += numbers[c].cols + 1;
	}
}

/* A share as a bar under its number. */
static void
draw_bar(struct grid *grid, int col, int row, int cols, double share, struct paint bg)
{
	int eighths = share > 0 ? (int)(share * cols * 8 + 0.5) : 0;

	if (eighths > cols * 8)
		eighths = cols * 8;
	grid_fill(grid, col, row, eighths / 8, (struct style){ PAINT(ROLE_TEXT), PAINT(ROLE_BAR_FILL), 0 });
	if (eighths % 8 && !grid->ascii)
		grid_glyph(grid, col + eighths / 8, row, (enum glyph)(GLYPH_LEFT_1 + eighths % 8 - 1),
		           (struct style){ PAINT(ROLE_BAR_FILL), bg, 0 });
}

static void
format_cell(struct app *app, const struct amounts *amounts, enum number number, struct buf *out)
{
	struct str unit = app_scene(app)->unit;
	double unused;

	/* What is counted needs no noun on every row. */
	if (!unit_is_time(unit, &unused) && !unit_is_bytes(unit))
		unit = STR("");
	switch (number) {
	case NUMBER_SELF:        unit_format(amounts->self, unit, app->options.ascii, out); break;
	case NUMBER_SELF_SHARE:  unit_percent(amounts->self, amounts->whole, out); break;
	case NUMBER_TOTAL:       unit_format(amounts->total, unit, app->options.ascii, out); break;
	case NUMBER_TOTAL_SHARE: unit_percent(amounts->total, amounts->whole, out); break;
	default:                 unit_format((double)amounts->count, STR(""), app->options.ascii, out); break;
	}
}

void
columns_amounts(struct app *app, struct grid *grid, const struct columns *columns, const struct amounts *amounts, int col, int row,
                const struct row_style *style)
{
	struct buf text = { 0 };

	for (int c = 0; c < COLUMNS; c++) {
		if (!columns->shown[c])
			continue;
		int cols = numbers[c].cols;
		bool share = c == NUMBER_SELF_SHARE || c == NUMBER_TOTAL_SHARE;
		buf_clear(&text);
		format_cell(app, amounts, (enum number)c, &text);
		if (share && amounts->whole > 0)
			draw_bar(grid, col + 1, row, cols, (c == NUMBER_SELF_SHARE ? amounts->self : amounts->total) / amounts->whole, style->bg);
		draw_right(grid, col + 1, row, cols, buf_str(&text), share ? style->dim : style->ink, style->attrs);
		col += cols + 1;
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

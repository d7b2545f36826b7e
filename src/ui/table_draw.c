/* SPDX-License-Identifier: MIT
 * Drawing the table of functions: only the rows on screen are looked at. */
#include "config.h"

#include "ui/hue.h"
#include "ui/table.h"
#include "util/text.h"
#include "util/unit.h"

enum {
	SYMBOL_COLS_MIN = 24,    /* columns of numbers are left out, the least important first, to leave it as much */
	SYMBOL_COLS_LEAST = 6,
};

enum number { NUMBER_SELF, NUMBER_SELF_SHARE, NUMBER_TOTAL, NUMBER_TOTAL_SHARE, NUMBER_COUNT, NUMBERS };

struct number_look {
	const char   *title;
	int           cols;
	int           rank;     /* the greatest is left out first */
	enum top_sort sort;
};

static const struct number_look numbers[NUMBERS] = {
	[NUMBER_SELF]        = { "self",    9, 0, TOP_SELF },
	[NUMBER_SELF_SHARE]  = { "self %",  8, 2, TOP_SELF },
	[NUMBER_TOTAL]       = { "total",   9, 1, TOP_TOTAL },
	[NUMBER_TOTAL_SHARE] = { "total %", 8, 3, TOP_TOTAL },
	[NUMBER_COUNT]       = { "count",   8, 4, TOP_COUNT },
};

/* Where the columns stand in this rectangle. */
struct table_split {
	int  symbol_cols;
	bool shown[NUMBERS];
};

struct row_style {
	struct paint bg, ink, dim;
	uint8_t      attrs;
};

static struct table_split
split_columns(int cols)
{
	struct table_split split = { .symbol_cols = cols - 1 };

	for (int c = 0; c < NUMBERS; c++) {
		split.shown[c] = true;
		split.symbol_cols -= numbers[c].cols + 1;
	}
	for (int rank = NUMBERS - 1; rank >= 0 && split.symbol_cols < (rank ? SYMBOL_COLS_MIN : SYMBOL_COLS_LEAST); rank--)
		for (int c = 0; c < NUMBERS; c++)
			if (numbers[c].rank == rank) {
				split.shown[c] = false;
				split.symbol_cols += numbers[c].cols + 1;
			}
	return split;
}

static void
draw_right(struct grid *grid, int col, int row, int cols, struct str text, struct paint ink, uint8_t attrs)
{
	int width = text_width(text);

	grid_text_over(grid, width < cols ? col + cols - width : col, row, cols, text, ink, attrs);
}

static void
draw_title(struct app *app, struct grid *grid, struct rect cell, const char *title, enum top_sort sort, bool to_right)
{
	bool sorted = app->state.sort == sort && !strchr(title, '%');
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
	hits_add(&app->hits, cell, HIT_COLUMN, sort);
	buf_fini(&text);
}

static void
draw_header(struct app *app, struct grid *grid, struct rect rect, const struct table_split *split)
{
	int col = rect.col + 1 + split->symbol_cols;

	grid_fill(grid, rect.col, rect.row, rect.cols, (struct style){ PAINT(ROLE_DIM), PAINT(ROLE_BAR), 0 });
	draw_title(app, grid, (struct rect){ rect.col + 1, rect.row, split->symbol_cols, 1 },
	           dataset_has_spans(app->session->ds) ? "name" : "symbol", TOP_NAME, false);
	for (int c = 0; c < NUMBERS; c++) {
		if (!split->shown[c])
			continue;
		draw_title(app, grid, (struct rect){ col, rect.row, numbers[c].cols + 1, 1 }, numbers[c].title, numbers[c].sort, true);
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
format_cell(struct app *app, const struct top *top, const struct top_row *row, enum number number, struct buf *out)
{
	struct str unit = app_scene(app)->unit;
	double unused;

	/* What is counted needs no noun on every row. */
	if (!unit_is_time(unit, &unused) && !unit_is_bytes(unit))
		unit = STR("");
	switch (number) {
	case NUMBER_SELF:        unit_format(row->self, unit, app->options.ascii, out); break;
	case NUMBER_SELF_SHARE:  unit_percent(row->self, top->total, out); break;
	case NUMBER_TOTAL:       unit_format(row->total, unit, app->options.ascii, out); break;
	case NUMBER_TOTAL_SHARE: unit_percent(row->total, top->total, out); break;
	default:                 unit_format((double)row->count, STR(""), app->options.ascii, out); break;
	}
}

static void
draw_numbers(struct app *app, struct grid *grid, const struct top *top, const struct top_row *row, const struct table_split *split, int col,
             int screen_row, const struct row_style *style)
{
	struct buf text = { 0 };

	for (int c = 0; c < NUMBERS; c++) {
		if (!split->shown[c])
			continue;
		int cols = numbers[c].cols;
		bool share = c == NUMBER_SELF_SHARE || c == NUMBER_TOTAL_SHARE;
		buf_clear(&text);
		format_cell(app, top, row, (enum number)c, &text);
		if (share && top->total > 0)
			draw_bar(grid, col + 1, screen_row, cols, (c == NUMBER_SELF_SHARE ? row->self : row->total) / top->total, style->bg);
		draw_right(grid, col + 1, screen_row, cols, buf_str(&text), share ? style->dim : style->ink, style->attrs);
		col += cols + 1;
	}
	buf_fini(&text);
}

static struct row_style
style_of(struct app *app, const struct top_row *row, bool chosen)
{
	const struct match *match = app_scene(app)->match;
	bool hit = match && match_has_frame(match, row->frame);
	struct row_style style = { PAINT(ROLE_BACKGROUND), PAINT(ROLE_TEXT), PAINT(ROLE_TEXT), hit ? ATTR_BOLD : 0 };

	if (match && !hit)
		style.ink = style.dim = PAINT(ROLE_DIM);
	if (!chosen)
		return style;
	if (app_pane(app) == PANE_TABLE)
		return (struct row_style){ PAINT(ROLE_CURSOR), PAINT(ROLE_INK), PAINT(ROLE_INK), ATTR_BOLD };
	return (struct row_style){ PAINT(ROLE_SELECTED), PAINT(ROLE_SELECTED_TEXT), PAINT(ROLE_SELECTED_TEXT), style.attrs };
}

static void
draw_table_row(struct app *app, struct grid *grid, const struct top *top, uint32_t index, struct rect line, const struct table_split *split)
{
	const struct top_row *row = &top->rows[index];
	const struct name *name = names_get(&app->names, row->frame);
	struct row_style style = style_of(app, row, index == app->state.table_row);
	struct paint swatch = { .role = ROLE_BOX, .hue = hue_of_node(app, row->heaviest) };
	struct buf text = { 0 };

	grid_fill(grid, line.col, line.row, line.cols, (struct style){ style.ink, style.bg, 0 });
	if (!app_plain_cells(app))
		grid_glyph(grid, line.col, line.row, GLYPH_LEFT_6, (struct style){ swatch, style.bg, 0 });
	else if (index == app->state.table_row)
		grid_text_over(grid, line.col, line.row, 1, STR(">"), style.ink, style.attrs);
	text_fit((app->state.brief ? name->brief : name->text), split->symbol_cols - 1, app->state.align == FIT_RIGHT, grid->ascii, &text);
	grid_text_over(grid, line.col + 1, line.row, split->symbol_cols, buf_str(&text), style.ink, style.attrs);
	draw_numbers(app, grid, top, row, split, line.col + 1 + split->symbol_cols, line.row, &style);
	buf_fini(&text);
}

void
table_draw(struct app *app, struct grid *grid, struct rect rect)
{
	const struct top *top = table_rows(app);
	struct table_split split = split_columns(rect.cols - 1);    /* the last cell stays free */

	if (rect.rows == 0 || rect.cols == 0)
		return;
	draw_header(app, grid, rect, &split);
	for (int i = 1; i < rect.rows; i++) {
		uint32_t index = app->state.table_top + (uint32_t)(i - 1);
		if (index >= top->count)
			break;
		draw_table_row(app, grid, top, index, (struct rect){ rect.col, rect.row + i, rect.cols, 1 }, &split);
	}
	if (top->count == 0 && rect.rows > 1)
		grid_text(grid, rect.col + 1, rect.row + 1, rect.cols - 1, STR("nothing to list"),
		          (struct style){ PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 });
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/cells.h"

#include "util/text.h"

/* What the columns that are there leave for the one that takes the rest, but for a cell at the end. */
static int
rest(const struct cell_look *looks, const struct cells *cells, int cols)
{
	int left = cols;

	for (int i = 0; i < cells->count; i++)
		if (looks[i].cols && cells->cols[i])
			left -= looks[i].cols + 1;
	return left;
}

struct cells
cells_split(const struct cell_look *looks, int count, int col, int cols, int wanted, int least)
{
	struct cells cells = { .count = count };
	int highest = 0;

	for (int i = 0; i < count; i++) {
		cells.cols[i] = looks[i].cols;
		highest = looks[i].cols && looks[i].rank > highest ? looks[i].rank : highest;
	}
	for (int rank = highest; rank >= 0 && rest(looks, &cells, cols) < (rank ? wanted : least); rank--)
		for (int i = 0; i < count; i++)
			if (looks[i].rank == rank)
				cells.cols[i] = 0;
	for (int i = 0; i < count; i++) {
		if (!looks[i].cols)
			cells.cols[i] = rest(looks, &cells, cols) > 0 ? rest(looks, &cells, cols) : 0;
		cells.col[i] = col;
		col += cells.cols[i] ? cells.cols[i] + 1 : 0;
	}
	return cells;
}

void
cells_right(struct grid *grid, int col, int row, int cols, struct str text, struct paint ink, uint8_t attrs)
{
	int width = text_width(text);

	grid_text_over(grid, width < cols ? col + cols - width : col, row, cols, text, ink, attrs);
}

void
cells_bar(struct grid *grid, int col, int row, int cols, double share, struct paint fill, struct paint bg)
{
	int eighths = share > 0 ? (int)(share * cols * 8 + 0.5) : 0;

	if (eighths > cols * 8)
		eighths = cols * 8;
	grid_fill(grid, col, row, eighths / 8, (struct style){ PAINT(ROLE_TEXT), fill, 0 });
	if (eighths % 8 && !grid->ascii)
		grid_glyph(grid, col + eighths / 8, row, (enum glyph)(GLYPH_LEFT_1 + eighths % 8 - 1), (struct style){ fill, bg, 0 });
}

static void
draw_title(struct grid *grid, struct rect cell, const struct cell_look *look, bool sorted, bool ascending)
{
	struct paint ink = sorted ? PAINT(ROLE_ACCENT) : PAINT(ROLE_DIM);
	uint8_t attrs = sorted ? ATTR_BOLD : 0;
	struct buf text = { 0 };

	if (sorted) {
		buf_add(&text, glyph_text(ascending ? GLYPH_SORT_UP : GLYPH_SORT_DOWN, grid->ascii));
		if (text_width(str_of(look->title)) + 2 <= cell.cols)
			buf_addc(&text, ' ');
	}
	buf_add(&text, str_of(look->title));
	if (look->to_left)
		grid_text_over(grid, cell.col, cell.row, cell.cols, buf_str(&text), ink, attrs);
	else
		cells_right(grid, cell.col, cell.row, cell.cols, buf_str(&text), ink, attrs);
	buf_fini(&text);
}

void
cells_heading(struct app *app, struct grid *grid, struct rect rect, const struct cell_look *looks, const struct cells *cells, int sorted,
              bool ascending, bool clickable)
{
	grid_fill(grid, rect.col, rect.row, rect.cols, (struct style){ PAINT(ROLE_DIM), PAINT(ROLE_BAR), 0 });
	for (int i = 0; i < cells->count; i++) {
		/* A mark has room in the gap before a narrow column. */
		int before = looks[i].to_left || i == 0 ? 0 : 1;
		struct rect cell = { cells->col[i] - before, rect.row, cells->cols[i] + before, 1 };
		if (!cells->cols[i])
			continue;
		draw_title(grid, cell, &looks[i], i == sorted, ascending);
		if (clickable && looks[i].sort >= 0)
			hits_add(&app->hits, cell, HIT_COLUMN, (uint32_t)looks[i].sort);
	}
}

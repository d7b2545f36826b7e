/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/grid.h"

#include "util/alloc.h"
#include "util/buf.h"
#include "util/text.h"

static const char replacement[] = "\xef\xbf\xbd";

void
grid_init(struct grid *grid, int cols, int rows)
{
	*grid = (struct grid){ .cursor_col = -1 };
	grid_resize(grid, cols, rows);
}

void
grid_fini(struct grid *grid)
{
	free(grid->cells);
	*grid = (struct grid){ .cursor_col = -1 };
}

void
grid_resize(struct grid *grid, int cols, int rows)
{
	grid->cols = cols > 0 ? cols : 1;
	grid->rows = rows > 0 ? rows : 1;
	grid->cells = xreallocarray(grid->cells, (size_t)grid->cols * (size_t)grid->rows, sizeof *grid->cells);
	grid_clear(grid, (struct style){ .fg = PAINT(ROLE_TEXT), .bg = PAINT(ROLE_BACKGROUND) });
}

void
grid_clear(struct grid *grid, struct style style)
{
	size_t count = (size_t)grid->cols * (size_t)grid->rows;

	memset(grid->cells, 0, count * sizeof *grid->cells);
	for (size_t i = 0; i < count; i++)
		grid->cells[i] = (struct cell){ .text = " ", .len = 1, .width = 1, .style = style };
	grid->cursor_col = -1;
	grid->cursor_row = 0;
}

/* Nothing of the cell is left over, so that equal cells are equal bytes. */
static void
put(struct cell *cell, const char *text, size_t len, int width, struct style style)
{
	*cell = (struct cell){ .len = (uint8_t)len, .width = (uint8_t)width, .style = style };
	memcpy(cell->text, text, len);
}

/* Half a wide cluster is none: what is left of one that [col, end) cuts becomes spaces. */
static void
cut_wide(struct grid *grid, int col, int end, int row)
{
	if (col > 0 && col < grid->cols && grid_cell(grid, col, row)->width == 0) {
		struct cell *head = grid_cell(grid, col - 1, row);
		put(head, " ", 1, 1, head->style);
	}
	if (end > 0 && end < grid->cols && grid_cell(grid, end, row)->width == 0) {
		struct cell *tail = grid_cell(grid, end, row);
		put(tail, " ", 1, 1, tail->style);
	}
}

void
grid_fill(struct grid *grid, int col, int row, int cols, struct style style)
{
	int end = cols > grid->cols - col ? grid->cols : col + cols;

	if (col < 0)
		col = 0;
	if (row < 0 || row >= grid->rows || col >= end)
		return;
	cut_wide(grid, col, end, row);
	for (; col < end; col++)
		put(grid_cell(grid, col, row), " ", 1, 1, style);
}

/* The bytes of a cluster as a cell keeps them.  Control characters never get here from sanitised text; should one, it is shown as
 * what it is not rather than sent to the terminal. */
static struct str
cell_text(const struct grid *grid, struct str cluster, char *ascii)
{
	unsigned char first = (unsigned char)cluster.at[0];
	unsigned char second = cluster.len > 1 ? (unsigned char)cluster.at[1] : 0;

	if (first < 0x20 || first == 0x7f || (first == 0xc2 && second < 0xa0))
		return grid->ascii ? STR("?") : str_of(replacement);
	if (grid->ascii && first >= 0x80) {
		*ascii = glyph_ascii(cluster);
		return (struct str){ ascii, 1 };
	}
	if (cluster.len > CELL_BYTES || grid->ascii)
		cluster.len = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	return cluster;
}

static void
put_cluster(struct grid *grid, int col, int row, struct str cluster, int width, struct style style, bool keep_bg)
{
	char ascii;
	struct str text = cell_text(grid, cluster, &ascii);
	bool narrow = text.len == 1 && width == 2;

	cut_wide(grid, col, col + width, row);
	for (int i = 0; i < width; i++) {
		struct cell *cell = grid_cell(grid, col + i, row);
		if (keep_bg)
			style.bg = cell->style.bg;
		if (i == 0)
			put(cell, text.at, text.len, narrow ? 1 : width, style);
		else
			put(cell, " ", narrow ? 1 : 0, narrow ? 1 : 0, style);
	}
}

/* As text_cluster(), with a short cut for what most text is. */
static size_t
next_cluster(struct str text, int *width_out)
{
	if (text.len > 0 && text.at[0] >= ' ' && text.at[0] < 0x7f && (text.len == 1 || (text.at[1] >= ' ' && text.at[1] < 0x7f))) {
		*width_out = 1;
		return 1;
	}
	return text_cluster(text, width_out);
}

static int
draw_text(struct grid *grid, int col, int row, int cols, struct str safe, struct style style, bool keep_bg)
{
	int at = 0;

	if (row < 0 || row >= grid->rows)
		return 0;
	while (safe.len > 0) {
		int width;
		size_t bytes = next_cluster(safe, &width);
		if (bytes == 0 || at + width > cols || col + at + width > grid->cols)
			break;
		struct str cluster = { safe.at, bytes };
		if (width > 0 && col + at >= 0)
			put_cluster(grid, col + at, row, cluster, width, style, keep_bg);
		else if (width == 2 && col + at == -1)
			put_cluster(grid, 0, row, STR(" "), 1, style, keep_bg);
		at += width;
		safe.at += bytes;
		safe.len -= bytes;
	}
	return at;
}

int
grid_text(struct grid *grid, int col, int row, int cols, struct str safe, struct style style)
{
	return draw_text(grid, col, row, cols, safe, style, false);
}

int
grid_text_over(struct grid *grid, int col, int row, int cols, struct str safe, struct paint fg, uint8_t attrs)
{
	return draw_text(grid, col, row, cols, safe, (struct style){ .fg = fg, .attrs = attrs }, true);
}

void
grid_to_text(const struct grid *grid, struct buf *out)
{
	for (int row = 0; row < grid->rows; row++) {
		size_t kept = out->len;
		for (int col = 0; col < grid->cols; col++) {
			const struct cell *cell = &grid->cells[(size_t)row * (size_t)grid->cols + (size_t)col];
			buf_add(out, (struct str){ cell->text, cell->len });
			if (cell->len && !(cell->len == 1 && cell->text[0] == ' '))
				kept = out->len;
		}
		out->len = kept;
		buf_addc(out, '\n');
	}
}

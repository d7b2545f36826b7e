/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/svg.h"

#include <errno.h>
#include <stdio.h>

#include "util/buf.h"

/* Of a cell, in the picture's units; divisible by eight, for the eighths of a glyph. */
enum { CELL_W = 8, CELL_H = 16, BASELINE = 12, FONT_SIZE = 13 };

/* What is drawn of a cell after attributes. */
struct look {
	uint32_t fg, bg;
	uint8_t  attrs;
};

static const struct cell *
cell_at(const struct grid *grid, int col, int row)
{
	return &grid->cells[(size_t)row * (size_t)grid->cols + (size_t)col];
}

static struct look
look_of(const struct cell *cell, const struct theme *theme)
{
	struct look look = { theme_rgb(theme, cell->style.fg), theme_rgb(theme, cell->style.bg), cell->style.attrs };

	if (look.attrs & ATTR_REVERSE)
		look = (struct look){ look.bg, look.fg, look.attrs };
	look.attrs &= ATTR_BOLD | ATTR_UNDERLINE | ATTR_DIM;
	return look;
}

static void
add_rect(struct buf *out, int x, int y, int width, int height, uint32_t rgb)
{
	buf_addf(out, "<path fill=\"#%06x\" d=\"M%d %dh%dv%dh-%dz\"/>\n", (unsigned)rgb, x, y, width, height, width);
}

/* Where a glyph that is a rectangle lies in its cell; false: it is a letter. */
static bool
glyph_rect(struct str text, int *x, int *y, int *width, int *height)
{
	*x = *y = 0;
	*width = CELL_W;
	*height = CELL_H;
	for (int i = 0; i < 8; i++)
		if (str_equal(text, glyph_text((enum glyph)(GLYPH_LEFT_1 + i), false))) {
			*width = CELL_W * (i + 1) / 8;
			return true;
		}
	for (int i = 0; i < 7; i++)
		if (str_equal(text, glyph_text((enum glyph)(GLYPH_LOWER_1 + i), false))) {
			*height = CELL_H * (i + 1) / 8;
			*y = CELL_H - *height;
			return true;
		}
	if (str_equal(text, glyph_text(GLYPH_HLINE, false))) {
		*y = CELL_H / 2;
		*height = 1;
		return true;
	}
	if (str_equal(text, glyph_text(GLYPH_VLINE, false))) {
		*x = CELL_W / 2;
		*width = 1;
		return true;
	}
	return false;
}

static void
add_backgrounds(const struct grid *grid, const struct theme *theme, int row, uint32_t ground, struct buf *out)
{
	int col = 0;

	while (col < grid->cols) {
		uint32_t bg = look_of(cell_at(grid, col, row), theme).bg;
		int start = col;
		while (col < grid->cols && look_of(cell_at(grid, col, row), theme).bg == bg)
			col++;
		if (bg != ground)
			add_rect(out, start * CELL_W, row * CELL_H, (col - start) * CELL_W, CELL_H, bg);
	}
}

static void
add_glyphs(const struct grid *grid, const struct theme *theme, int row, struct buf *out)
{
	int x, y, width, height;

	for (int col = 0; col < grid->cols; col++) {
		const struct cell *cell = cell_at(grid, col, row);
		if (!glyph_rect((struct str){ cell->text, cell->len }, &x, &y, &width, &height))
			continue;
		uint32_t fg = look_of(cell, theme).fg;
		int start = col;
		/* A run of one glyph that reaches from side to side is one rectangle. */
		while (width == CELL_W && col + 1 < grid->cols) {
			const struct cell *next = cell_at(grid, col + 1, row);
			if (next->len != cell->len || memcmp(next->text, cell->text, cell->len) != 0 || look_of(next, theme).fg != fg)
				break;
			col++;
		}
		add_rect(out, start * CELL_W + x, row * CELL_H + y, width == CELL_W ? (col - start + 1) * CELL_W : width, height, fg);
	}
}

static void
add_escaped(struct buf *out, const struct cell *cell)
{
	if (cell->len == 1 && cell->text[0] == '&')
		buf_add(out, STR("&amp;"));
	else if (cell->len == 1 && cell->text[0] == '<')
		buf_add(out, STR("&lt;"));
	else if (cell->len == 1 && cell->text[0] == '>')
		buf_add(out, STR("&gt;"));
	else
		buf_add(out, (struct str){ cell->text, cell->len });
}

static bool
is_blank(const struct cell *cell)
{
	int x, y, width, height;
	struct str text = { cell->text, cell->len };

	return cell->len == 0 || str_equal(text, STR(" ")) || glyph_rect(text, &x, &y, &width, &height);
}

/* The end of the run of text that begins at col: one foreground, and no gap of more than one blank. */
static int
run_end(const struct grid *grid, const struct theme *theme, int col, int row)
{
	struct look first = look_of(cell_at(grid, col, row), theme);
	int end = col + 1;

	for (int at = col + 1; at < grid->cols; at++) {
		const struct cell *cell = cell_at(grid, at, row);
		struct look look = look_of(cell, theme);
		if (cell->width == 0) {
			end = at + 1;
			continue;
		}
		if (is_blank(cell)) {
			if (at - end >= 1 || !(cell->len == 1 && cell->text[0] == ' '))
				break;
			continue;
		}
		if (look.fg != first.fg || look.attrs != first.attrs)
			break;
		end = at + 1;
	}
	return end;
}

static void
add_text(const struct grid *grid, const struct theme *theme, int row, struct buf *out)
{
	int col = 0;

	while (col < grid->cols) {
		if (is_blank(cell_at(grid, col, row))) {
			col++;
			continue;
		}
		struct look look = look_of(cell_at(grid, col, row), theme);
		int end = run_end(grid, theme, col, row);
		buf_addf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%06x\"%s%s%s>", col * CELL_W, row * CELL_H + BASELINE,
		         (end - col) * CELL_W, (unsigned)look.fg, look.attrs & ATTR_BOLD ? " font-weight=\"bold\"" : "",
		         look.attrs & ATTR_UNDERLINE ? " text-decoration=\"underline\"" : "", look.attrs & ATTR_DIM ? " opacity=\"0.7\"" : "");
		for (; col < end; col++)
			add_escaped(out, cell_at(grid, col, row));
		buf_add(out, STR("</text>\n"));
	}
}

void
svg_write(const struct grid *grid, const struct theme *theme, struct buf *out)
{
	int width = grid->cols * CELL_W, height = grid->rows * CELL_H;
	uint32_t ground = theme_rgb(theme, PAINT(ROLE_BACKGROUND));

	buf_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
	         "font-family=\"ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace\" font-size=\"%d\" xml:space=\"preserve\" "
	         "shape-rendering=\"crispEdges\">\n", width, height, width, height, FONT_SIZE);
	add_rect(out, 0, 0, width, height, ground);
	for (int row = 0; row < grid->rows; row++) {
		add_backgrounds(grid, theme, row, ground, out);
		add_glyphs(grid, theme, row, out);
		add_text(grid, theme, row, out);
	}
	buf_add(out, STR("</svg>\n"));
}

bool
screen_save(const struct grid *grid, const struct theme *theme, const char *path, struct error *err)
{
	struct buf text = { 0 };
	FILE *file = fopen(path, "w");

	if (!file) {
		error_set(err, ERROR_SYSTEM, "cannot write: %s", strerror(errno));
		return error_at_line(err, path, 0);
	}
	if (str_ends(str_of(path), STR(".svg")))
		svg_write(grid, theme, &text);
	else
		grid_to_text(grid, &text);
	bool good = fwrite(text.at, 1, text.len, file) == text.len;
	good = fclose(file) == 0 && good;
	buf_fini(&text);
	if (!good) {
		error_set(err, ERROR_SYSTEM, "cannot write: %s", strerror(errno));
		error_at_line(err, path, 0);
	}
	return good;
}

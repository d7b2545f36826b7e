/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/gap.h"

#include <math.h>

void
gap_mark(struct app *app, double from, double to)
{
	app->gap = (struct gap){ .tree = app->scene->tree, .node = app->state.cursor, .from = from, .to = to };
}

bool
gap_is_marked(const struct app *app, double *from_out, double *to_out)
{
	*from_out = app->gap.from;
	*to_out = app->gap.to;
	return app->message && app->scene && app->gap.tree == app->scene->tree && app->gap.node == app->state.cursor;
}

/* Names and values stay in sight. */
static void
put(struct grid *grid, int col, int row, enum glyph glyph)
{
	const struct cell *cell = grid_cell(grid, col, row);

	if (cell->len == 1 && cell->text[0] == ' ')
		grid_text_over(grid, col, row, 1, glyph_text(glyph, grid->ascii), PAINT(ROLE_INK), ATTR_BOLD);
}

void
gap_draw(const struct app *app, struct grid *grid, struct rect row)
{
	double width = app->state.to - app->state.from, from, to;

	if (!gap_is_marked(app, &from, &to) || to <= app->state.from || from >= app->state.to)
		return;
	int begin = (int)ceil((from - app->state.from) / width * row.cols - 1e-6), end = (int)floor((to - app->state.from) / width * row.cols + 1e-6);
	for (int i = begin < 0 ? 0 : begin; i < end && i < row.cols; i++)
		put(grid, row.col + i, row.row, i == begin || i == end - 1 ? GLYPH_VLINE : GLYPH_HLINE);
}

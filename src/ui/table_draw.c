/* SPDX-License-Identifier: MIT
 * Drawing the table of functions: only the rows on screen are looked at. */
#include "config.h"

#include "ui/bindings.h"
#include "ui/columns.h"
#include "ui/hue.h"
#include "ui/table.h"
#include "ui/table_groups.h"
#include "util/text.h"

enum { COLS_FOR_MARKS = 28 };    /* of a name, before its row's marks have room */

/* What can be done with the chosen row, at the end of its name: the keys, each to be clicked. */
static int
draw_marks(struct app *app, struct grid *grid, int end, int row, const struct row_style *style)
{
	static const enum action actions[] = { ACT_ENTER, ACT_SANDWICH, ACT_SEARCH_HERE, ACT_HIDE };
	int col = end + 1;

	for (size_t i = sizeof actions / sizeof *actions; i-- > 0;) {
		const char *key = binding_key(actions[i]);
		if (!key || !app_can(app, actions[i]))
			continue;
		struct str mark = actions[i] == ACT_ENTER ? glyph_text(GLYPH_CHEVRON, grid->ascii) : str_of(key);
		col -= 2;
		grid_text_over(grid, col, row, 1, mark, style->ink, style->attrs | ATTR_UNDERLINE);
		hits_add(&app->hits, (struct rect){ col, row, 1, 1 }, HIT_ACTION, actions[i]);
	}
	return end + 1 - col;
}

static void
draw_table_row(struct app *app, struct grid *grid, const struct top *top, uint32_t index, struct rect line, const struct columns *columns)
{
	const struct top_row *row = &top->rows[index];
	bool chosen = index == app->state.table_row, has_keys = app_pane(app) == PANE_TABLE;
	struct row_style style = columns_style(app, scene_row_hit(app_scene(app), app->session->ds, row, top->by), chosen, has_keys);
	struct paint swatch = { .role = ROLE_BOX, .hue = hue_of_node(app, table_node(app, row)) };
	struct amounts amounts = { row->self, row->total, row->count, top->total };
	struct buf name = { 0 }, text = { 0 };
	int cols = columns->name_cols;

	grid_fill(grid, line.col, line.row, line.cols, (struct style){ style.ink, style.bg, 0 });
	if (!app_plain_cells(app))
		grid_glyph(grid, line.col, line.row, GLYPH_LEFT_6, (struct style){ swatch, style.bg, 0 });
	else if (chosen)
		grid_text_over(grid, line.col, line.row, 1, STR(">"), style.ink, style.attrs);
	if (chosen && has_keys && cols >= COLS_FOR_MARKS)
		cols -= draw_marks(app, grid, line.col + cols, line.row, &style);
	table_name(app, row, &name);
	/* Paths differ at their ends. */
	text_fit(buf_str(&name), cols - 1, app->state.align == FIT_RIGHT || app->state.table_by == TOP_FILES, grid->ascii, &text);
	grid_text_over(grid, line.col + 1, line.row, cols, buf_str(&text), style.ink, style.attrs);
	columns_amounts(app, grid, columns, &amounts, line.col + 1 + columns->name_cols, line.row, &style);
	buf_fini(&name);
	buf_fini(&text);
}

static const char *
title(struct app *app)
{
	if (app->state.table_by != TOP_FUNCTIONS)
		return table_by_word(app, app->state.table_by);
	return app_shows_spans(app) ? "name" : "symbol";
}

void
table_draw(struct app *app, struct grid *grid, struct rect rect)
{
	const struct top *top = table_rows(app);
	struct columns columns = columns_split(rect.cols - 1, TOP_SELF);    /* the last cell stays free */

	if (rect.rows == 0 || rect.cols == 0)
		return;
	columns_heading(app, grid, rect, &columns, title(app), true);
	for (int i = 1; i < rect.rows; i++) {
		uint32_t index = app->state.table_top + (uint32_t)(i - 1);
		if (index >= top->count)
			break;
		draw_table_row(app, grid, top, index, (struct rect){ rect.col, rect.row + i, rect.cols, 1 }, &columns);
	}
	if (top->count == 0 && rect.rows > 1)
		grid_text(grid, rect.col + 1, rect.row + 1, rect.cols - 1, app->state.only_matches && app->state.search != STR_EMPTY ? STR("nothing matches") : STR("nothing to list"),
		          (struct style){ PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 });
}

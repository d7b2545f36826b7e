/* SPDX-License-Identifier: MIT
 * Drawing the table of functions: only the rows on screen are looked at. */
#include "config.h"

#include "ui/columns.h"
#include "ui/hue.h"
#include "ui/table.h"
#include "util/text.h"

static void
draw_table_row(struct app *app, struct grid *grid, const struct top *top, uint32_t index, struct rect line, const struct columns *columns)
{
	const struct top_row *row = &top->rows[index];
	const struct name *name = names_get(&app->names, row->frame);
	struct row_style style = columns_style(app, row->frame, index == app->state.table_row, app_pane(app) == PANE_TABLE);
	struct paint swatch = { .role = ROLE_BOX, .hue = hue_of_node(app, row->heaviest) };
	struct buf text = { 0 };

	grid_fill(grid, line.col, line.row, line.cols, (struct style){ style.ink, style.bg, 0 });
	if (!app_plain_cells(app))
		grid_glyph(grid, line.col, line.row, GLYPH_LEFT_6, (struct style){ swatch, style.bg, 0 });
	else if (index == app->state.table_row)
		grid_text_over(grid, line.col, line.row, 1, STR(">"), style.ink, style.attrs);
	text_fit(app->state.brief ? name->brief : name->text, columns->name_cols - 1, app->state.align == FIT_RIGHT, grid->ascii, &text);
	grid_text_over(grid, line.col + 1, line.row, columns->name_cols, buf_str(&text), style.ink, style.attrs);
	struct amounts amounts = { row->self, row->total, row->count, top->total };
	columns_amounts(app, grid, columns, &amounts, line.col + 1 + columns->name_cols, line.row, &style);
	buf_fini(&text);
}

void
table_draw(struct app *app, struct grid *grid, struct rect rect)
{
	const struct top *top = table_rows(app);
	struct columns columns = columns_split(rect.cols - 1);    /* the last cell stays free */

	if (rect.rows == 0 || rect.cols == 0)
		return;
	columns_heading(app, grid, rect, &columns, true);
	for (int i = 1; i < rect.rows; i++) {
		uint32_t index = app->state.table_top + (uint32_t)(i - 1);
		if (index >= top->count)
			break;
		draw_table_row(app, grid, top, index, (struct rect){ rect.col, rect.row + i, rect.cols, 1 }, &columns);
	}
	if (top->count == 0 && rect.rows > 1)
		grid_text(grid, rect.col + 1, rect.row + 1, rect.cols - 1, STR("nothing to list"),
		          (struct style){ PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 });
}

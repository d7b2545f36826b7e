/* SPDX-License-Identifier: MIT
 * The whole screen: which parts are drawn, in which order. */
#include "config.h"

#include "ui/app.h"

#include "ui/calltree.h"
#include "ui/details.h"
#include "ui/timeline.h"
#include "ui/traces.h"
#include "ui/viewer.h"
#include "ui/work.h"

static void
draw_views(struct app *app, struct grid *grid, const struct screen *screen)
{
	if (app->state.view == VIEW_TREE)
		calltree_draw(app, grid, screen->table);
	if (app->state.view == VIEW_TIMELINE)
		timeline_draw(app, grid);
	if (app->state.view == VIEW_TRACES)
		traces_draw(app, grid, screen->table);
	if (view_has_table(app->state.view))
		table_draw(app, grid, screen->table);
	if (!view_has_flame(app->state.view))
		return;
	if (screen->minimap.rows)
		minimap_draw(app, grid, screen->minimap);
	if (screen->work.rows) {
		work_draw(app, grid, screen->work);
		work_label_draw(app, grid, screen->work, screen->air);
	}
	if (app->state.view == VIEW_BOTH && screen->table.rows && screen->flame.row == screen->table.row && screen->flame.col == screen->table.col)
		return;
	flame_draw(app, grid, screen->flame);
}

/* The detail bar, and the pane with its sections at its upper edge. */
static void
draw_details(struct app *app, struct grid *grid, const struct screen *screen)
{
	struct rect bar = screen->detail;
	struct style edge = { PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 };

	if (bar.rows) {
		grid_fill(grid, bar.col, bar.row, bar.cols, (struct style){ PAINT(ROLE_TEXT), PAINT(ROLE_BAR), 0 });
		if (screen->details.rows && !screen->grip.rows)
			bar.cols -= details_sections_draw(app, grid, (struct rect){ bar.col + bar.cols / 2, bar.row, bar.cols - bar.cols / 2, 1 });
		detail_bar_draw(app, grid, bar);
	}
	if (!screen->details.rows)
		return;
	for (int row = 0; row < screen->grip.rows; row++)
		grid_glyph(grid, screen->grip.col, screen->grip.row + row, GLYPH_VLINE, edge);
	if (screen->details_head.rows)
		details_head_draw(app, grid, screen->details_head);
	details_draw(app, grid, screen->details);
}

void
app_draw(struct app *app, struct grid *grid)
{
	struct screen screen = app_screen(app);

	grid->ascii = app->options.ascii;
	grid_clear(grid, (struct style){ .fg = PAINT(ROLE_TEXT), .bg = PAINT(ROLE_BACKGROUND) });
	app->hits.len = 0;
	if (app->loading.job || !app->scene) {
		loading_draw(app, grid);
		return;
	}
	if (too_small_draw(grid))
		return;
	draw_views(app, grid, &screen);
	if (screen.header.rows)
		header_draw(app, grid, screen.header);
	if (screen.tabs.rows)
		tabs_draw(app, grid, screen.tabs);
	draw_details(app, grid, &screen);
	if (screen.stack.rows)
		stack_line_draw(app, grid, screen.stack);
	if (screen.footer.rows)
		footer_draw(app, grid, screen.footer);
	tooltip_draw(app, grid, &screen);
	if (app->popup.ops)
		popup_draw(app, grid);
	if (app->prompt.kind != PROMPT_NONE)
		prompt_draw(app, grid);
}

/* SPDX-License-Identifier: MIT
 * Drawing the call tree: only the rows on screen are looked at. */
#include "config.h"

#include "ui/calltree.h"
#include "ui/columns.h"
#include "ui/hue.h"
#include "ui/indent.h"
#include "util/text.h"

static enum glyph
mark_of(const struct folding *folding, node_id node)
{
	if (folding->tree->end[node] == node + 1)
		return GLYPH_DOT;
	return folding_is_open(folding, node) ? GLYPH_SORT_DOWN : GLYPH_FOLDED;
}

static void
draw_row(struct app *app, struct grid *grid, const struct folding *folding, node_id node, struct rect line, const struct columns *columns,
         struct indent indent)
{
	const struct tree *tree = folding->tree;
	const struct match *match = app_scene(app)->match;
	bool chosen = node == app->state.cursor;
	struct row_style style = columns_style(app, match && match_has_frame(match, tree->frame[node]), chosen, true);
	struct amounts amounts = { tree_own(tree, node), tree->total[node], tree->items[node], tree->total[folding->root] };
	struct paint swatch = { .role = ROLE_BOX, .hue = hue_of_node(app, node) };
	int at = indent_of(indent, tree->level[node]), end = 1 + columns->name_cols;
	struct buf text = { 0 };

	grid_fill(grid, line.col, line.row, line.cols, (struct style){ style.ink, style.bg, 0 });
	if (!app_plain_cells(app))
		grid_glyph(grid, line.col, line.row, GLYPH_LEFT_6, (struct style){ swatch, style.bg, 0 });
	else if (chosen)
		grid_text_over(grid, line.col, line.row, 1, STR(">"), style.ink, style.attrs);
	enum glyph mark = mark_of(folding, node);
	struct paint dim = chosen ? style.ink : PAINT(mark == GLYPH_DOT ? ROLE_DIM : ROLE_ACCENT);
	grid_text_over(grid, line.col + 1 + at, line.row, 1, glyph_text(mark, grid->ascii), dim, style.attrs);
	if (mark != GLYPH_DOT)
		hits_add(&app->hits, (struct rect){ line.col + 1 + at, line.row, 1, 1 }, HIT_FOLD, node);
	text_fit(names_show(&app->names, tree->frame[node], app->state.brief, NULL), end - at - 4, app->state.align == FIT_RIGHT, grid->ascii, &text);
	grid_text_over(grid, line.col + at + 3, line.row, end - at - 4, buf_str(&text), style.ink, style.attrs);
	columns_amounts(app, grid, columns, &amounts, line.col + end, line.row, &style);
	buf_fini(&text);
}

void
calltree_draw(struct app *app, struct grid *grid, struct rect rect)
{
	const struct folding *folding = calltree_rows(app);
	struct columns columns = columns_split(rect.cols - 1, TOP_TOTAL);    /* the last cell stays free */
	uint32_t first = app->state.tree_top, last = first;

	if (rect.rows == 0 || rect.cols == 0)
		return;
	columns_heading(app, grid, rect, &columns, app_shows_spans(app) ? "name" : "symbol", false);
	last = folding->count - first < (uint32_t)rect.rows - 1 ? folding->count : first + (uint32_t)rect.rows - 1;
	for (uint32_t row = first; row < last; row++)
		tree_prefetch(folding->tree, folding_at(folding, row));
	struct indents indents = indents_begin(folding->tree->level[folding->root]);
	for (uint32_t row = first; row < last; row++)
		indents_add(&indents, folding->tree->level[folding_at(folding, row)]);
	struct indent indent = indents_choose(&indents, columns.name_cols);
	for (uint32_t row = first; row < last; row++) {
		struct rect line = { rect.col, rect.row + 1 + (int)(row - first), rect.cols, 1 };
		draw_row(app, grid, folding, folding_at(folding, row), line, &columns, indent);
	}
}

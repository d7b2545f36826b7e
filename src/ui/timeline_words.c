/* SPDX-License-Identifier: MIT
 * The words at the bars of the timeline: how long a span took, and how long itself. */
#include "config.h"

#include "ui/clocks.h"
#include "ui/timeline_core.h"
#include "util/text.h"
#include "util/unit.h"

static void
add_time(struct bar *bar, struct buf *out, double ns)
{
	unit_format(ns, STR("ns"), bar->grid->ascii, out);
}

/* The duration, and what can be left out where there is no room for it. */
void
timeline_make_words(struct bar *bar)
{
	const struct tree *tree = bar->timeline->tree;
	node_id node = bar->row.node;
	struct str dot = glyph_text(GLYPH_DOT, bar->grid->ascii);

	buf_clear(&bar->text);
	buf_clear(&bar->more);
	add_time(bar, &bar->text, bar->group ? bar->group->sum : tree->total[node]);
	if (bar->group) {
		buf_addf(&bar->more, " %.*s up to ", (int)dot.len, dot.at);
		add_time(bar, &bar->more, bar->group->most);
		return;
	}
	if (tree->end[node] > node + 1 && tree->self[node] < tree->total[node]) {
		buf_addf(&bar->more, " %.*s self ", (int)dot.len, dot.at);
		add_time(bar, &bar->more, tree->self[node]);
	}
	int64_t moved = tree->span && tree->span[node] != ID_NONE ? clocks_moved(bar->app, tree->span[node]) : 0;
	if (moved) {
		buf_addf(&bar->more, " %.*s moved %c", (int)dot.len, dot.at, moved < 0 ? '-' : '+');
		add_time(bar, &bar->more, moved < 0 ? -(double)moved : (double)moved);
	}
}

static void
put_words(struct bar *bar, int at, struct paint ink)
{
	struct paint shown = bar->chosen && ink.role == ROLE_DIM ? PAINT(ROLE_TEXT) : ink;
	int col = bar->timeline->chart.col + at, room = bar->timeline->view.cols - at;

	grid_text_over(bar->grid, col, bar->line, room, buf_str(&bar->text), shown, 0);
}

/* Columns from `at` where nothing happened, at most so many. */
static int
quiet_cols(const struct bar *bar, int at, int most)
{
	int cols = 0;

	while (cols < most && bar->happened[at + cols] == HAPPENED_NOTHING)
		cols++;
	return cols;
}

/* The first place behind the bar, or the last before it, with a free cell at the side of the bar; -1: there is none. */
static int
place_outside(const struct bar *bar, int width)
{
	for (int at = bar->end; at + 1 + width <= bar->timeline->view.cols; at++)
		if (quiet_cols(bar, at, width + 1) == width + 1)
			return at + 1;
	for (int at = bar->begin - 1 - width; at >= 0; at--)
		if (quiet_cols(bar, at, width + 1) == width + 1)
			return at;
	return -1;
}

enum cell_is { CELL_TAKEN, CELL_BAR, CELL_FREE };

static enum cell_is
cell_is(const struct bar *bar, int at)
{
	const struct cell *cell = grid_cell(bar->grid, bar->timeline->chart.col + at, bar->line);

	if (bar->happened[at] != HAPPENED_NOTHING || cell->len != 1 || cell->text[0] != ' ')
		return CELL_TAKEN;
	return paint_equal(cell->style.bg, bar->ground) ? CELL_FREE : CELL_BAR;
}

/* The last stretch of cells inside that are all of the bar, or of a gap in it, with one at each side of the words; -1: there is none. */
static int
place_inside(const struct bar *bar, int width, enum cell_is *on_out)
{
	int run = 0;

	*on_out = CELL_TAKEN;
	for (int at = bar->own_end - 1; at >= bar->own_begin; at--) {
		enum cell_is is = cell_is(bar, at);
		run = is == CELL_TAKEN ? 0 : is == *on_out ? run + 1 : 1;
		*on_out = is;
		if (run == width + 2)
			return at + 1;
	}
	return -1;
}

/* Behind the bar, else before it, else inside; what is less important is left out first. */
void
timeline_draw_words(struct bar *bar)
{
	int short_cols = text_width(buf_str(&bar->text)), long_cols = short_cols + text_width(buf_str(&bar->more));
	int at = place_outside(bar, long_cols);
	enum cell_is on = CELL_FREE;

	if (at >= 0)
		buf_add(&bar->text, buf_str(&bar->more));
	else if ((at = place_outside(bar, short_cols)) < 0 && (at = place_inside(bar, long_cols, &on)) >= 0)
		buf_add(&bar->text, buf_str(&bar->more));
	else if (at < 0)
		at = place_inside(bar, short_cols, &on);
	if (at >= 0)
		put_words(bar, at, on == CELL_BAR ? timeline_ink(bar) : PAINT(ROLE_DIM));
}

void
timeline_draw_elsewhere(struct bar *bar)
{
	const struct timeline *timeline = bar->timeline;
	bool before = bar->to <= timeline->view.from;
	int width = text_width(buf_str(&bar->text)) + 2;

	if (width > timeline->view.cols)
		return;
	int col = timeline->chart.col + (before ? 0 : timeline->view.cols - 1);
	grid_text_over(bar->grid, col, bar->line, 1, glyph_text(before ? GLYPH_BEFORE : GLYPH_CHEVRON, bar->grid->ascii), PAINT(ROLE_ACCENT), 0);
	put_words(bar, before ? 2 : timeline->view.cols - width, PAINT(ROLE_DIM));
}

/* SPDX-License-Identifier: MIT
 * Drawing the bars of the timeline at an eighth of a cell; the work follows the cells of the screen, not the spans. */
#include "config.h"

#include <math.h>

#include "layout/pack.h"
#include "ui/gap.h"
#include "ui/hue.h"
#include "ui/timeline_core.h"
#include "util/alloc.h"

double
timeline_eighth(const struct timeline *timeline, double x)
{
	double share = (x - timeline->view.from) / (timeline->view.to - timeline->view.from);

	return fmax(-1, fmin(2, share)) * timeline->view.cols * EIGHTHS;
}

/* A stretch of time, at least an eighth wide.  Where it meets the last one and either is less than a cell, they are one. */
static void
add_strip(struct bar *bar, double from, double to, node_id node)
{
	const struct viewport *view = &bar->timeline->view;
	int32_t most = view->cols * EIGHTHS, begin, end;

	if (to <= view->from || from >= view->to)
		return;
	begin = (int32_t)lround(fmax(0, timeline_eighth(bar->timeline, from)));
	end = (int32_t)lround(fmin(most, timeline_eighth(bar->timeline, to)));
	if (begin >= most)
		begin = most - 1;
	if (end <= begin)
		end = begin + 1;
	struct strip *last = bar->strips.len ? &vec_last(&bar->strips) : NULL;
	if (last && last->end >= begin && (end - begin < EIGHTHS || last->end - last->begin < EIGHTHS || last->end >= end)) {
		if (last->end < end)
			last->end = end;
		return;
	}
	if (last && last->end > begin)
		begin = last->end;
	vec_push(&bar->strips, (struct strip){ .begin = begin, .end = end, .node = node, .count = 1 });
}

/* The members of a group, never more steps than there are eighths. */
static void
add_members(struct bar *bar)
{
	const struct viewport *view = &bar->timeline->view;
	double least = (view->to - view->from) / (view->cols * EIGHTHS), x = view->from, from, to;
	node_id member;

	while (span_group_next(bar->timeline->rows->facts, bar->timeline->tree, bar->group, x, view->to, &from, &to, &member)) {
		add_strip(bar, from, to, member);
		x = fmax(to, from + least);
	}
}

struct paint
timeline_box(const struct bar *bar, uint32_t strip)
{
	struct paint box = bar->box;

	box.shade ^= strip & 1;
	return box;
}

static struct paint
paint_of(const struct bar *bar, uint32_t strip)
{
	return strip == STRIP_GAP ? bar->ground : timeline_box(bar, strip);
}

static void
draw_cells(const struct bar *bar)
{
	int col = bar->timeline->chart.col;

	for (int i = 0; i < bar->timeline->view.cols; i++) {
		const struct strip_cell *cell = &bar->cells[i];
		struct paint left = paint_of(bar, cell->left), right = paint_of(bar, cell->right);
		if (cell->right != STRIP_GAP && (cell->eighths == 0 || paint_equal(left, right)))
			grid_fill(bar->grid, col + i, bar->line, 1, (struct style){ PAINT(ROLE_INK), right, 0 });
		else if (cell->eighths)
			grid_glyph(bar->grid, col + i, bar->line, (enum glyph)(GLYPH_LEFT_1 + cell->eighths - 1), (struct style){ left, right, 0 });
	}
}

struct paint
timeline_ink(const struct bar *bar)
{
	return PAINT(bar->faint ? ROLE_UNMATCHED_INK : ROLE_INK);
}

/* Without eighths or colours: whole cells, the first of a strip with a bar. */
static void
draw_plain_cells(const struct bar *bar)
{
	int col = bar->timeline->chart.col;

	for (size_t i = 0; i < bar->strips.len; i++) {
		const struct strip *strip = &bar->strips.at[i];
		int begin = strip->begin / 8, end = (strip->end + 4) / 8;
		struct style style = { timeline_ink(bar), bar->box, 0 };
		grid_fill(bar->grid, col + begin, bar->line, end - begin, style);
		grid_text(bar->grid, col + begin, bar->line, 1, STR("|"), style);
	}
}

/* A span without length is a thin line in the middle of its cell. */
static void
draw_instant(struct bar *bar)
{
	const struct timeline *timeline = bar->timeline;
	int at = (int)floor(timeline_eighth(timeline, bar->from) / 8);

	if (at == timeline->view.cols)
		at--;
	if (at < 0 || at >= timeline->view.cols)
		return;
	struct paint ink = { .role = ROLE_HUE_TEXT, .hue = bar->box.hue };
	grid_text_over(bar->grid, timeline->chart.col + at, bar->line, 1, glyph_text(GLYPH_VLINE, bar->grid->ascii),
	               bar->faint ? PAINT(ROLE_DIM) : ink, ATTR_BOLD);
	bar->begin = at;
	bar->end = at + 1;
}

/* ---- what is folded */

/* A thin line over cells as far as what is folded reaches. */
static void
draw_reach(struct bar *bar)
{
	const struct timeline *timeline = bar->timeline;
	int from = (int)lround(fmax(0, timeline_eighth(timeline, bar->reach_from)) / 8);
	int to = (int)lround(fmin(timeline->view.cols * EIGHTHS, timeline_eighth(timeline, bar->reach_to)) / 8);
	struct str line = glyph_text(GLYPH_HLINE, bar->grid->ascii);

	if (!bar->folded)
		return;
	if (bar->begin == bar->end)
		bar->begin = bar->end = from;
	for (int i = from; i < bar->begin; i++)
		grid_text_over(bar->grid, timeline->chart.col + i, bar->line, 1, line, PAINT(ROLE_DIM), 0);
	for (int i = bar->end; i < to; i++)
		grid_text_over(bar->grid, timeline->chart.col + i, bar->line, 1, line, PAINT(ROLE_DIM), 0);
	if (from < bar->begin)
		bar->begin = from;
	if (to > bar->end)
		bar->end = to;
}

/* ---- one row */

static void
measure(struct bar *bar, uint32_t row)
{
	const struct timeline *timeline = bar->timeline;
	const struct tree *tree = timeline->tree;
	const struct span_facts *facts = timeline->rows->facts;

	bar->row = span_rows_at(timeline->rows, row);
	node_id node = bar->row.node;
	bar->group = bar->row.count > 1 ? span_rows_group(timeline->rows, bar->row) : NULL;
	bar->folded = bar->group || (tree->end[node] > node + 1 && !folding_is_open(timeline->rows->folding, node));
	bar->from = tree->x0[node];
	bar->to = bar->group ? timeline->rows->facts->until.at[bar->group->end - 1] : bar->from + tree->total[node];
	bar->reach_from = bar->group ? bar->group->from : facts->from[node];
	bar->reach_to = bar->group ? bar->group->to : facts->to[node];
	bar->chosen = node == bar->app->state.cursor;
	bar->faint = timeline_is_faint(timeline, node);
	bar->box = (struct paint){ .role = bar->faint ? ROLE_UNMATCHED : ROLE_BOX, .hue = bar->faint ? 0 : hue_of_node(bar->app, node), .shade = row & 1 };
	bar->ground = PAINT(bar->chosen ? ROLE_BAR : ROLE_BACKGROUND);
	bar->line = timeline->chart.row + (int)(row - timeline->top);
	bar->strips.len = 0;
	bar->begin = bar->end = 0;
}

/* A span without length, or several at one moment. */
static bool
is_instant(const struct bar *bar)
{
	const struct span_facts *facts = bar->timeline->rows->facts;
	const struct tree *tree = bar->timeline->tree;

	if (!bar->group)
		return tree->total[bar->row.node] <= 0;
	return bar->group->most <= 0 && tree->x0[facts->member.at[bar->group->end - 1]] <= bar->from;
}

static void
draw_bar(struct bar *bar)
{
	const struct timeline *timeline = bar->timeline;
	bool instant = is_instant(bar);

	if (bar->chosen)
		grid_fill(bar->grid, timeline->chart.col - 1, bar->line, timeline->chart.cols + 1, (struct style){ PAINT(ROLE_TEXT), bar->ground, 0 });
	timeline_make_words(bar);
	if (instant) {
		draw_instant(bar);
	} else {
		if (bar->group)
			add_members(bar);
		else
			add_strip(bar, bar->from, pack_end(timeline->tree, bar->row.node), bar->row.node);
		if (bar->strips.len) {
			bar->begin = bar->strips.at[0].begin / 8;
			bar->end = (vec_last(&bar->strips).end + 7) / 8;
			strips_to_cells(&bar->strips, timeline->view.cols, bar->cells);
		}
		if (app_plain_cells(bar->app))
			draw_plain_cells(bar);
		else if (bar->strips.len)
			draw_cells(bar);
		if (bar->app->state.critical && !app_plain_cells(bar->app))
			timeline_mark_critical(bar);
	}
	bar->own_begin = bar->begin;
	bar->own_end = bar->end;
	timeline_find_events(bar);
	if (bar->begin == bar->end && (bar->to <= timeline->view.from || bar->from >= timeline->view.to)) {
		timeline_draw_elsewhere(bar);
	} else {
		/* What takes no time reaches as far as the 1 ns that it is packed with. */
		if (!instant || bar->reach_from < bar->from || bar->reach_to > fmax(bar->to, pack_end(timeline->tree, bar->row.node)))
			draw_reach(bar);
		timeline_draw_words(bar);
	}
	if (bar->chosen)
		gap_draw(bar->app, bar->grid, (struct rect){ timeline->chart.col, bar->line, timeline->view.cols, 1 });
	timeline_draw_events(bar);
}

void
timeline_draw_bars(struct app *app, struct grid *grid, const struct timeline *timeline)
{
	struct bar bar = { .app = app, .grid = grid, .timeline = timeline };

	bar.cells = xcalloc((size_t)timeline->view.cols, sizeof *bar.cells);
	bar.happened = xcalloc((size_t)timeline->view.cols, sizeof *bar.happened);
	for (uint32_t row = timeline->top; row < timeline->end; row++) {
		measure(&bar, row);
		draw_bar(&bar);
	}
	free(bar.cells);
	free(bar.happened);
	vec_fini(&bar.strips);
	buf_fini(&bar.text);
	buf_fini(&bar.more);
}

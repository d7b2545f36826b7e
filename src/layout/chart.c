/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "layout/chart.h"

#include <stdlib.h>

#include "analysis/label.h"
#include "layout/fit.h"
#include "layout/strip.h"
#include "util/alloc.h"
#include "util/text.h"
#include "util/unit.h"

enum {
	NAME_BYTES_PER_COL = 64,    /* more of a name is never looked at: no column of text takes as much */
	SMALL_LABEL_COLS   = 10,    /* from here on a small strip says how many boxes it is */
};

struct chart {
	const struct plane         *plane;
	const struct dataset       *ds;
	const struct chart_options *options;
	struct viewport             view;
	struct strips               strips;
	struct strip_cell          *cells;    /* view.cols each, as is owner */
	uint32_t                   *owner;    /* the strip that a cell shows */
	int                        *owned;    /* how many cells each strip has; at most view.cols * 8 strips */
	struct buf                  raw, name, value, label;
	struct buf                 *out;
};

/* Replaces what is not ASCII, column by column. */
static void
to_ascii(struct buf *text)
{
	size_t kept = 0;
	int width;

	for (size_t at = 0, size; (size = text_cluster(str_tail(buf_str(text), at), &width)) > 0; at += size) {
		if (size == 1) {
			text->at[kept++] = text->at[at];
		} else {
			/* A cluster is never shorter than its width. */
			for (; width > 0; width--)
				text->at[kept++] = '?';
		}
	}
	text->len = kept;
}

static void
name_box(struct chart *chart, node_id node)
{
	size_t most = (size_t)chart->view.cols * NAME_BYTES_PER_COL;

	buf_clear(&chart->name);
	if (node == NODE_ALL) {
		buf_add(&chart->name, STR("all"));
		return;
	}
	buf_clear(&chart->raw);
	label_show(chart->ds, chart->plane->tree->frame[node], &chart->raw);
	if (chart->raw.len > most)
		chart->raw.len = most;
	text_sanitise(buf_str(&chart->raw), &chart->name);
	if (chart->options->ascii)
		to_ascii(&chart->name);
}

/* Name, value and share in cols cells, as much of them as there is room for. */
static int
label_box(struct chart *chart, node_id node, int cols)
{
	const struct tree *tree = chart->plane->tree;
	bool ascii = chart->options->ascii, timed_all = node == NODE_ALL && tree->timed;
	size_t value_len;
	int name_cols;

	buf_clear(&chart->label);
	if (cols < FIT_LEAST_COLS)
		return 0;
	name_box(chart, node);
	buf_clear(&chart->value);
	unit_format(timed_all ? tree->width : tree->total[node], chart->options->unit, ascii, &chart->value);
	value_len = chart->value.len;
	if (!tree->timed && node != NODE_ALL) {
		buf_addc(&chart->value, ' ');
		unit_percent(tree->total[node], tree->total[NODE_ALL], &chart->value);
		name_cols = text_width(buf_str(&chart->name));
		if (name_cols >= cols || text_width(buf_str(&chart->value)) > cols - name_cols - 1)
			chart->value.len = value_len;
	}
	return fit_label(buf_str(&chart->name), buf_str(&chart->value), cols, FIT_LEFT, ascii, &chart->label);
}

static void
fill(struct chart *chart, char with, int cols)
{
	while (cols-- > 0)
		buf_addc(chart->out, with);
}

static void
print_small(struct chart *chart, const struct strip *strip, int cols)
{
	int label_cols = 0;

	buf_clear(&chart->label);
	if (cols >= SMALL_LABEL_COLS) {
		buf_clear(&chart->value);
		unit_count(strip->count, &chart->value);
		label_cols = fit_label(buf_str(&chart->value), STR("small"), cols - 2, FIT_LEFT, chart->options->ascii, &chart->label);
	}
	buf_addc(chart->out, '.');
	buf_add(chart->out, buf_str(&chart->label));
	fill(chart, '.', cols - 1 - label_cols);
}

/* closed: nothing that begins with an edge follows. */
static void
print_box(struct chart *chart, const struct strip *strip, int cols, bool closed)
{
	int room = cols - 1, label_cols;

	if (closed && room > 0)
		room--;
	else
		closed = false;
	if (!plane_is_detached(chart->plane, strip->node))
		buf_addc(chart->out, '|');
	else
		buf_add(chart->out, chart->options->ascii ? STR("^") : STR("\xE2\x86\x91"));
	label_cols = label_box(chart, strip->node, room);
	buf_add(chart->out, buf_str(&chart->label));
	if (label_cols > 0 && label_cols < room) {
		buf_addc(chart->out, ' ');
		label_cols++;
	}
	fill(chart, '-', room - label_cols);
	if (closed)
		buf_addc(chart->out, '|');
}

static uint32_t
owner_of(struct strip_cell cell)
{
	if (cell.left == STRIP_GAP && cell.eighths == 1)
		return cell.right;
	return cell.eighths >= 4 ? cell.left : cell.right;
}

/* Gives a strip that has no cell one of those it lies in: a gap's, or for a box of its own one that its neighbour can spare. */
static void
house(struct chart *chart, uint32_t index)
{
	const struct strip *strip = &chart->strips.at[index];

	for (int cell = strip->begin / 8; cell <= (strip->end - 1) / 8 && !chart->owned[index]; cell++) {
		uint32_t owner = chart->owner[cell];

		if (owner == STRIP_GAP || (!strip->small && chart->owned[owner] > 1)) {
			if (owner != STRIP_GAP)
				chart->owned[owner]--;
			chart->owner[cell] = index;
			chart->owned[index] = 1;
		}
	}
}

static void
assign_cells(struct chart *chart)
{
	memset(chart->owned, 0, chart->strips.len * sizeof *chart->owned);
	strips_to_cells(&chart->strips, chart->view.cols, chart->cells);
	for (int cell = 0; cell < chart->view.cols; cell++) {
		chart->owner[cell] = owner_of(chart->cells[cell]);
		if (chart->owner[cell] != STRIP_GAP)
			chart->owned[chart->owner[cell]]++;
	}
	for (uint32_t i = 0; i < chart->strips.len; i++)
		house(chart, i);
}

static void
print_row(struct chart *chart)
{
	int spaces = 0;

	assign_cells(chart);
	for (int cell = 0, end; cell < chart->view.cols; cell = end) {
		uint32_t owner = chart->owner[cell];
		bool closed;

		for (end = cell + 1; end < chart->view.cols && chart->owner[end] == owner;)
			end++;
		if (owner == STRIP_GAP) {
			spaces = end - cell;
			continue;
		}
		fill(chart, ' ', spaces);
		spaces = 0;
		closed = end == chart->view.cols || chart->owner[end] == STRIP_GAP || chart->strips.at[chart->owner[end]].small;
		if (chart->strips.at[owner].small)
			print_small(chart, &chart->strips.at[owner], end - cell);
		else
			print_box(chart, &chart->strips.at[owner], end - cell, closed);
	}
	buf_addc(chart->out, '\n');
}

static void
print_rest(struct chart *chart, uint32_t rows)
{
	buf_clear(&chart->label);
	buf_addc(&chart->label, '(');
	unit_count(rows, &chart->label);
	buf_add(&chart->label, rows == 1 ? STR(" row more)") : STR(" rows more)"));
	text_fit(buf_str(&chart->label), chart->view.cols, false, chart->options->ascii, chart->out);
	buf_addc(chart->out, '\n');
}

void
chart_print(const struct plane *plane, const struct dataset *ds, const struct chart_options *options, struct buf *out)
{
	struct chart chart = { .plane = plane, .ds = ds, .options = options, .out = out };
	node_id focus = plane->box[plane->index_of[options->focus]].node;
	size_t cols = options->cols < CHART_LEAST_COLS ? CHART_LEAST_COLS : (size_t)options->cols;
	uint32_t empty = 0, left_out = 0;

	chart.view = (struct viewport){ plane_left(plane, focus), plane_right(plane, focus), (int)cols };
	chart.cells = xreallocarray(NULL, cols, sizeof *chart.cells);
	chart.owner = xreallocarray(NULL, cols, sizeof *chart.owner);
	chart.owned = xreallocarray(NULL, cols, 8 * sizeof *chart.owned);
	for (uint32_t row = 0; row < plane->rows; row++) {
		strips_of_row(plane, row, chart.view, &chart.strips);
		if (chart.strips.len == 0) {
			empty++;
			continue;
		}
		if (options->max_rows && row >= options->max_rows) {
			left_out = row + 1 - options->max_rows;
			continue;
		}
		for (; empty > 0; empty--)
			buf_addc(out, '\n');
		print_row(&chart);
	}
	if (left_out)
		print_rest(&chart, left_out);
	vec_fini(&chart.strips);
	free(chart.cells);
	free(chart.owner);
	free(chart.owned);
	buf_fini(&chart.raw);
	buf_fini(&chart.name);
	buf_fini(&chart.value);
	buf_fini(&chart.label);
}

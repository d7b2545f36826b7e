/* SPDX-License-Identifier: MIT
 * Drawing the timeline: the axis, and the names of the rows on screen. */
#include "config.h"

#include <inttypes.h>
#include <math.h>

#include "layout/ticks.h"
#include "ui/clocks.h"
#include "ui/critical.h"
#include "ui/gap.h"
#include "ui/hue.h"
#include "ui/indent.h"
#include "ui/timeline.h"
#include "ui/track_sum.h"
#include "ui/value_column.h"
#include "ui/work.h"
#include "util/text.h"
#include "util/unit.h"

enum { LABEL_APART = 12, LABEL_APART_LEAST = 8, NARROW = 60, CLOCK_APART = 20, RANGE_COLS = 12, NAME_COLS = 12 };

static const double most_step = 1e18;    /* longer ones in ns are no int64_t */

/* ---- the axis */

static int
column_of(const struct timeline *timeline, double x)
{
	double share = (x - timeline->view.from) / (timeline->view.to - timeline->view.from);

	return timeline->axis.col + (int)floor(fmax(-1, fmin(2, share)) * timeline->view.cols + 1e-6);
}

static void
draw_range(struct grid *grid, const struct timeline *timeline, double from, double to)
{
	int begin = column_of(timeline, from), end = column_of(timeline, to), last = timeline->axis.col + timeline->axis.cols;
	struct buf text = { 0 };

	if (begin < timeline->axis.col)
		begin = timeline->axis.col;
	if (end <= begin)
		end = begin + 1;
	if (end > last)
		end = last;
	grid_fill(grid, begin, timeline->axis.row, end - begin, (struct style){ PAINT(ROLE_SELECTED_TEXT), PAINT(ROLE_SELECTED), 0 });
	unit_format(to - from, STR("ns"), grid->ascii, &text);
	if (end - begin >= RANGE_COLS)
		grid_text_over(grid, begin + (end - begin - text_width(buf_str(&text))) / 2, timeline->axis.row, end - begin, buf_str(&text),
		               PAINT(ROLE_SELECTED_TEXT), ATTR_BOLD);
	buf_fini(&text);
}

static int64_t
moment_of(const struct app *app, double x)
{
	int64_t start = clocks_start(app), at;

	return __builtin_add_overflow(start, (int64_t)x, &at) ? start : at;
}

/* By the clock marks stand at its whole steps. */
static double
first_tick(const struct app *app, const struct timeline *timeline, double step)
{
	double first = ticks_first(timeline->view.from, step);

	if (clocks_mode(app) == CLOCK_RELATIVE || step > most_step)
		return first;
	int64_t past = moment_of(app, timeline->view.from) % (int64_t)step;
	return timeline->view.from + (past > 0 ? step - (double)past : past < 0 ? (double)-past : 0);
}

static void
tick_text(const struct app *app, double x, double step, struct buf *out)
{
	buf_clear(out);
	if (clocks_mode(app) == CLOCK_RELATIVE)
		ticks_label(x, step, app->options.ascii, out);
	else
		clock_time(moment_of(app, x + 0.5), clocks_mode(app), clock_digits_for((int64_t)fmin(step, most_step)), out);
}

/* Where there is little room marks stand as close as their words allow. */
static double
tick_step(const struct app *app, const struct timeline *timeline)
{
	int usual = clocks_mode(app) == CLOCK_RELATIVE ? LABEL_APART : CLOCK_APART;
	double cell = (timeline->view.to - timeline->view.from) / timeline->view.cols, best = ticks_step(timeline->view, usual);
	struct buf text = { 0 };

	for (int apart = LABEL_APART_LEAST; apart < usual && timeline->view.cols < NARROW; apart++) {
		double step = ticks_step(timeline->view, apart);
		tick_text(app, timeline->view.to, step, &text);
		if (text_width(buf_str(&text)) + 2 > (int)(step / cell))
			continue;
		best = step;
		break;
	}
	buf_fini(&text);
	return best;
}

static void
draw_axis(struct app *app, struct grid *grid, const struct timeline *timeline)
{
	double step = tick_step(app, timeline);
	int last = timeline->axis.col + timeline->axis.cols;
	struct buf text = { 0 };

	double first = first_tick(app, timeline, step);
	for (int i = 0; i < timeline->axis.cols; i++) {
		double x = first + i * step;
		if (x > timeline->view.to)
			break;
		int col = column_of(timeline, x);
		if (col < timeline->axis.col || col >= last)
			continue;
		tick_text(app, x, step, &text);
		grid_text_over(grid, col, timeline->axis.row, 1, glyph_text(GLYPH_VLINE, grid->ascii), PAINT(ROLE_DIM), 0);
		if (col + 1 + text_width(buf_str(&text)) <= last)
			grid_text_over(grid, col + 1, timeline->axis.row, last - col - 1, buf_str(&text), PAINT(ROLE_DIM), 0);
	}
	buf_fini(&text);
	double from, to;
	if (app->range.on)
		draw_range(grid, timeline, fmin(app->range.from, app->range.to), fmax(app->range.from, app->range.to));
	else if (gap_is_marked(app, &from, &to) && from < timeline->view.to && to > timeline->view.from)
		draw_range(grid, timeline, from, to);
}

/* Which rows these are where there are more than fit, as much of it as there is room for: "41–80 of 100", "41 of 100", "41". */
static void
add_place(const struct timeline *timeline, int room, struct buf *out)
{
	if (timeline->end - timeline->top == timeline->rows->count)
		return;
	for (int parts = 3; parts > 0; parts--) {
		buf_clear(out);
		unit_count(timeline->top + 1, out);
		if (parts > 2) {
			buf_add(out, STR("–"));
			unit_count(timeline->end, out);
		}
		if (parts > 1) {
			buf_add(out, STR(" of "));
			unit_count(timeline->rows->count, out);
		}
		if (text_width(buf_str(out)) < room)
			return;
	}
	buf_clear(out);
}

/* What the column of values is, which rows these are, and the day of times by the clock. */
static void
draw_place(struct app *app, struct grid *grid, const struct timeline *timeline)
{
	struct buf text = { 0 }, fitted = { 0 };

	int cols = value_column_cols(app, timeline->names.cols);
	if (cols) {
		names_safe(value_column_key(app), &text);
		text_fit(buf_str(&text), cols - 1, false, grid->ascii, &fitted);
		grid_text_over(grid, timeline->names.col + timeline->names.cols - cols + 1, timeline->axis.row, cols - 1, buf_str(&fitted), PAINT(ROLE_DIM), ATTR_BOLD);
		buf_clear(&text);
	}
	buf_fini(&fitted);
	int room = timeline->names.cols - cols - 1;
	add_place(timeline, room, &text);
	int taken = text_width(buf_str(&text));
	if (taken)
		grid_text_over(grid, timeline->names.col + 1, timeline->axis.row, room, buf_str(&text), PAINT(ROLE_DIM), 0);
	buf_clear(&text);
	clocks_day(app, timeline->view.from, &text);
	int day = text_width(buf_str(&text));
	if (day && (taken ? taken + 2 : 0) + day <= room)
		grid_text_over(grid, timeline->names.col + 1 + room - day - 1, timeline->axis.row, day, buf_str(&text), PAINT(ROLE_DIM), 0);
	buf_fini(&text);
}

/* ---- the names */

/* What one name is drawn with. */
struct caption {
	struct app            *app;
	struct grid           *grid;
	const struct timeline *timeline;
	struct span_row        row;
	int                    col, end, line;    /* what is left of the row */
	bool                   chosen, faint, hit;
};

static void
put(struct caption *caption, struct str text, struct paint ink, uint8_t attrs)
{
	if (caption->chosen)
		ink = PAINT(ROLE_SELECTED_TEXT);
	if (caption->col < caption->end)
		caption->col += grid_text_over(caption->grid, caption->col, caption->line, caption->end - caption->col, text, ink,
		                             attrs | (caption->chosen || caption->hit ? ATTR_BOLD : 0));
}

static bool
is_open(const struct caption *caption)
{
	return timeline_is_open(caption->timeline, caption->row);
}

static void
put_mark(struct caption *caption)
{
	const struct tree *tree = caption->timeline->tree;
	node_id node = caption->row.node;
	bool leaf = caption->row.count == 1 && tree->end[node] == node + 1;

	if (leaf) {
		caption->col++;
		return;
	}
	hits_add(&caption->app->hits, (struct rect){ caption->col, caption->line, 1, 1 }, HIT_FOLD, node);
	put(caption, glyph_text(is_open(caption) ? GLYPH_SORT_DOWN : GLYPH_FOLDED, caption->grid->ascii), PAINT(is_open(caption) ? ROLE_DIM : ROLE_ACCENT), 0);
}

/* An error of its own, or how many there are below what is folded. */
static void
put_errors(struct caption *caption)
{
	const struct span_facts *facts = caption->timeline->rows->facts;
	node_id node = caption->row.node, end = is_open(caption) ? node + 1 : span_rows_end(caption->timeline->rows, caption->row);
	uint32_t count = facts->errors_before[end] - facts->errors_before[node];
	bool own = facts->errors_before[node + 1] > facts->errors_before[node] && caption->row.count == 1;
	struct buf text = { 0 };

	if (count == 0)
		return;
	buf_add(&text, glyph_text(GLYPH_BULLET, caption->grid->ascii));
	if (!own || count > 1)
		unit_count(count, &text);
	buf_addc(&text, ' ');
	put(caption, buf_str(&text), PAINT(ROLE_ERROR), ATTR_BOLD);
	buf_fini(&text);
}

static void
put_odd(struct caption *caption)
{
	if (caption->row.count > 1 || !node_is_doubtful(caption->app, caption->row.node))
		return;
	put(caption, glyph_text(GLYPH_ODD, caption->grid->ascii), PAINT(ROLE_WARNING), ATTR_BOLD);
	put(caption, STR(" "), PAINT(ROLE_TEXT), 0);
}

static bool
parent_has_service(const struct caption *caption)
{
	const struct dataset *ds = caption->app->session->ds;
	const struct tree *tree = caption->timeline->tree;
	node_id parent = tree->parent[caption->row.node];

	return parent != NODE_NONE && parent != NODE_ALL &&
	       ds->frames[tree->frame[parent]].module == ds->frames[tree->frame[caption->row.node]].module;
}

/* How much is folded away below it, and what a search finds of that. */
static void
add_hidden(const struct caption *caption, struct buf *out)
{
	const struct scene *scene = caption->timeline->scene;
	node_id node = caption->row.node, end = span_rows_end(caption->timeline->rows, caption->row);

	if (is_open(caption))
		return;
	if (caption->row.count == 1) {
		buf_add(out, STR(" +"));
		unit_count(end - node - 1, out);
	}
	const struct match *match = scene->match ? scene->match : caption->timeline->found;
	uint32_t found = match ? match_index(match, end) - match_index(match, node) : 0;
	if (caption->hit && scene->match)
		found -= caption->row.count;
	else if (caption->hit)
		found--;
	if (found) {
		buf_add(out, STR(" "));
		unit_count(found, out);
		buf_add(out, STR(" found"));
	}
}

/* What the count takes from the name, as long as enough of that is left. */
static int
hidden_cols(const struct caption *caption)
{
	struct buf text = { 0 };

	add_hidden(caption, &text);
	int cols = text_width(buf_str(&text));
	buf_fini(&text);
	return caption->end - caption->col >= cols + NAME_COLS ? cols : 0;
}

static void
put_hidden(struct caption *caption)
{
	struct buf text = { 0 };

	add_hidden(caption, &text);
	if (text.len && text_width(buf_str(&text)) <= caption->end - caption->col)
		put(caption, buf_str(&text), PAINT(ROLE_DIM), 0);
	buf_fini(&text);
}

/* The service in its colour, then the name; what the row above says already gives way first. */
static void
put_name(struct caption *caption, frame_id frame, uint8_t hue)
{
	struct app *app = caption->app;
	struct str text = names_show(&app->names, frame, app->state.brief, NULL);
	struct buf service = { 0 }, fitted = { 0 };
	int room = caption->end - caption->col - hidden_cols(caption);

	if (frame != ID_NONE)
		names_safe(frame_module(app->session->ds, frame), &service);
	bool has = service.len && text.len > service.len && memcmp(text.at, service.at, service.len) == 0 && text.at[service.len] == ' ';
	if (has && text_width(text) > room && parent_has_service(caption)) {
		text = (struct str){ text.at + service.len + 1, text.len - service.len - 1 };
		has = false;
	}
	if (room > 0)
		text_fit(text, room, app->state.align == FIT_RIGHT, caption->grid->ascii, &fitted);
	struct str rest = buf_str(&fitted);
	struct paint ink = PAINT(caption->faint ? ROLE_DIM : ROLE_TEXT), colour = { .role = caption->faint ? ROLE_DIM : ROLE_HUE_TEXT, .hue = caption->faint ? 0 : hue };
	if (has && rest.len >= service.len && memcmp(rest.at, service.at, service.len) == 0) {
		put(caption, buf_str(&service), colour, 0);
		rest = str_tail(rest, service.len);
	} else if (has && rest.len && rest.at[0] == service.at[0]) {
		ink = colour;
	}
	put(caption, rest, ink, 0);
	buf_fini(&service);
	buf_fini(&fitted);
}

/* At the right end of the row, which gives it room. */
static void
put_value(struct caption *caption)
{
	int cols = value_column_cols(caption->app, caption->end - caption->col);
	struct buf value = { 0 }, fitted = { 0 };

	if (cols == 0)
		return;
	caption->end -= cols;
	if (caption->row.count == 1)
		value_column_text(caption->app, caption->row.node, &value);
	if (value.len)
		text_fit(buf_str(&value), cols - 1, false, caption->grid->ascii, &fitted);
	if (fitted.len)
		grid_text_over(caption->grid, caption->end + 1, caption->line, cols - 1, buf_str(&fitted),
		               PAINT(caption->chosen ? ROLE_SELECTED_TEXT : ROLE_DIM), 0);
	buf_fini(&value);
	buf_fini(&fitted);
}

static void
draw_name(struct app *app, struct grid *grid, const struct timeline *timeline, uint32_t row, struct indent indent)
{
	struct span_row what = span_rows_at(timeline->rows, row);
	frame_id frame = timeline->tree->frame[what.node];
	struct caption caption = {
		.app = app, .grid = grid, .timeline = timeline, .row = what,
		.col = timeline->names.col, .end = timeline->names.col + timeline->names.cols,
		.line = timeline->names.row + (int)(row - timeline->top),
		.chosen = what.node == app->state.cursor,
	};
	uint8_t hue = hue_of_node(app, what.node);

	caption.hit = timeline_is_hit(timeline, what.node);
	caption.faint = timeline_is_faint(timeline, what.node);
	if (caption.chosen)
		grid_fill(grid, caption.col, caption.line, timeline->names.cols, (struct style){ PAINT(ROLE_SELECTED_TEXT), PAINT(ROLE_SELECTED), 0 });
	if (caption.chosen && app_plain_cells(app))
		grid_text_over(grid, caption.col, caption.line, 1, STR(">"), PAINT(ROLE_SELECTED_TEXT), ATTR_BOLD);
	put_value(&caption);
	caption.col += 1 + indent_of(indent, timeline->tree->level[what.node]);
	put_mark(&caption);
	const struct span_path *path = app->state.critical ? critical_sums(app) : NULL;
	if (path && span_path_has(path, what.node, what.count > 1 ? span_rows_end(timeline->rows, what) : what.node + 1))
		put(&caption, glyph_text(GLYPH_DIAMOND, grid->ascii), PAINT(ROLE_CRITICAL), 0);
	else
		put(&caption, glyph_text(GLYPH_SQUARE, grid->ascii), (struct paint){ .role = caption.faint ? ROLE_DIM : ROLE_HUE_TEXT, .hue = caption.faint ? 0 : hue }, 0);
	put(&caption, STR(" "), PAINT(ROLE_TEXT), 0);
	put_errors(&caption);
	put_odd(&caption);
	if (!timeline->scene->match && caption.hit) {
		put(&caption, glyph_text(GLYPH_CHEVRON, grid->ascii), PAINT(ROLE_ACCENT), 0);
		put(&caption, STR(" "), PAINT(ROLE_TEXT), 0);
	}
	if (what.count > 1) {
		struct buf text = { 0 };
		buf_add(&text, STR("×"));
		unit_count(what.count, &text);
		buf_addc(&text, ' ');
		put(&caption, buf_str(&text), PAINT(ROLE_ACCENT), 0);
		buf_fini(&text);
	}
	put_name(&caption, frame, hue);
	put_hidden(&caption);
}

static void
draw_names(struct app *app, struct grid *grid, const struct timeline *timeline)
{
	struct indents indents = indents_begin(timeline->tree->level[app->state.focus] + (app->state.focus == NODE_ALL && timeline->tree->count > 1));

	for (uint32_t row = timeline->top; row < timeline->end; row++)
		indents_add(&indents, timeline->tree->level[span_rows_at(timeline->rows, row).node]);
	struct indent indent = indents_choose(&indents, timeline->names.cols);
	for (uint32_t row = timeline->top; row < timeline->end; row++)
		draw_name(app, grid, timeline, row, indent);
}

void
timeline_draw(struct app *app, struct grid *grid)
{
	struct timeline timeline;

	if (!timeline_measure(app, &timeline))
		return;
	if (timeline.minimap.rows && timeline.minimap.cols > 0)
		minimap_draw(app, grid, timeline.minimap);
	if (timeline.work.rows && timeline.work.cols > 0) {
		work_draw(app, grid, timeline.work);
		work_label_draw(app, grid, timeline.work, (struct rect){ timeline.names.col, timeline.work.row, timeline.names.cols, 1 });
	}
	if (timeline.axis.rows && timeline.axis.cols > 0) {
		draw_axis(app, grid, &timeline);
		draw_place(app, grid, &timeline);
	}
	if (timeline.names.cols > 0)
		draw_names(app, grid, &timeline);
	timeline_draw_bars(app, grid, &timeline);
}

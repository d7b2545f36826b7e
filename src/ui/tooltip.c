/* SPDX-License-Identifier: MIT
 * What the pointer is over, a box or a row's name, beside it: never over that itself, never beyond the screen. */
#include "config.h"

#include <inttypes.h>

#include "analysis/label.h"
#include "analysis/odd.h"
#include "ui/calltree.h"
#include "ui/clocks.h"
#include "ui/columns.h"
#include "ui/flame.h"
#include "ui/table.h"
#include "ui/timeline.h"
#include "util/text.h"
#include "util/unit.h"

enum {
	ODD_LINES     = 2,
	LINES         = 8 + ODD_LINES,
	TOOLTIP_COLS  = 72,
	MARGINS       = 2,
	TREE_MARK_COLS = 2, TREE_INDENT = 2,    /* before a name in the call tree */
};

/* What is said, a thing a line; the first is the name. */
struct tooltip {
	struct buf line[LINES];
	int        count;
};

/* The same as it stands on the screen: lines that are too long are wrapped. */
struct layout {
	struct { VEC(struct str); } rows;    /* of the tooltip's lines */
	int         names;                   /* of the name, the first ones, */
	const char *name_end;                /* and where that ends */
	int         cols;
};

static void
describe_small(struct app *app, struct tooltip *tip, const struct strip *strip, double whole)
{
	unit_count(strip->count, &tip->line[0]);
	buf_add(&tip->line[0], strip->count == 1 ? STR(" small box") : STR(" small boxes"));
	unit_format(strip->sum, app_scene(app)->unit, app->options.ascii, &tip->line[1]);
	buf_addc(&tip->line[1], ' ');
	unit_percent(strip->sum, whole, &tip->line[1]);
	buf_add(&tip->line[2], STR("a click opens it"));
	tip->count = 3;
}

static struct buf *
next_line(struct tooltip *tip)
{
	return &tip->line[tip->count++];
}

static void
add_name(struct app *app, struct tooltip *tip, frame_id frame)
{
	buf_add(next_line(tip), names_get(&app->names, frame)->text);
}

/* "net/http · server.go:1234". */
static void
add_place(struct app *app, struct tooltip *tip, frame_id frame)
{
	const struct dataset *ds = app->session->ds;
	struct buf place = { 0 };

	names_safe(label_package(ds, frame), &place);
	if (str_equal(buf_str(&place), names_get(&app->names, frame)->text))
		buf_clear(&place);
	if (ds->frames[frame].file != STR_EMPTY) {
		if (place.len)
			buf_addf(&place, " %.*s ", (int)glyph_text(GLYPH_DOT, app->options.ascii).len, glyph_text(GLYPH_DOT, app->options.ascii).at);
		names_safe(frame_file(ds, frame), &place);
		if (ds->frames[frame].line)
			buf_addf(&place, ":%" PRIu32, ds->frames[frame].line);
	}
	if (place.len)
		buf_add(next_line(tip), buf_str(&place));
	buf_fini(&place);
}

static void
add_amount(struct app *app, struct buf *line, const char *what, double value, double whole)
{
	buf_add(line, str_of(what));
	unit_format(value, app_scene(app)->unit, app->options.ascii, line);
	buf_addc(line, ' ');
	shares_text(app, value, whole, line);
}

/* The same in each half of a sandwich, since what calls and what is called are not to be added up. */
static void
add_halves(struct app *app, struct tooltip *tip, frame_id frame)
{
	const struct scene *scene = app_scene(app);
	double whole = scene->tree->total[app->state.focus];

	for (int callers = 0; callers < 2; callers++) {
		struct occurrence_sum sum = scene_half_sum(scene, frame, app->state.focus, callers);
		if (sum.nodes == 0)
			continue;
		struct buf *line = next_line(tip);
		buf_add(line, callers ? STR("as caller in ") : STR("as callee in "));
		unit_count(sum.nodes, line);
		buf_add(line, sum.nodes == 1 ? STR(" box") : STR(" boxes"));
		add_amount(app, line, ": total ", sum.total, whole);
		if (!callers)
			add_amount(app, line, "   self ", sum.self, whole);
	}
}

/* All boxes of the frame in the view, beside this one: how many, and together. */
static void
add_all(struct app *app, struct tooltip *tip, frame_id frame)
{
	struct scene *scene = app_scene(app);
	struct occurrence_sum sum = scene_frame_sum(scene, frame, app->state.focus);
	struct buf *line = next_line(tip);

	buf_add(line, STR("in "));
	unit_count(sum.nodes, line);
	buf_add(line, sum.nodes == 1 ? STR(" box") : STR(" boxes"));
	add_amount(app, line, ": total ", sum.total, scene->tree->total[app->state.focus]);
	add_amount(app, line, "   self ", sum.self, scene->tree->total[app->state.focus]);
}

static void
add_odd(struct app *app, struct tooltip *tip, span_id span)
{
	struct oddities odd = odd_find(clocks_dataset(app), span);
	int lines = 0;

	for (int kind = 0; odd.set >> kind && lines < ODD_LINES; kind++) {
		if (!odd_has(&odd, (enum odd)kind) || !(odd_is_grave((enum odd)kind) || odd.ns[kind]))
			continue;
		struct buf *line = next_line(tip);
		buf_add(line, STR("! "));
		odd_describe((enum odd)kind, odd.ns[kind], app->options.ascii, line);
		lines++;
	}
}

static void
describe_node(struct app *app, struct tooltip *tip, node_id node, double whole)
{
	struct scene *scene = app_scene(app);
	const struct tree *tree = scene->tree;
	frame_id frame = tree->frame[node];

	add_name(app, tip, frame);
	if (frame != ID_NONE)
		add_place(app, tip, frame);
	struct buf *line = next_line(tip);
	add_amount(app, line, "total ", tree->total[node], whole);
	if (tree->items[node] > 1) {
		buf_add(line, STR("   ×"));
		unit_count(tree->items[node], line);
	}
	if (!scene_is_above(scene, node))
		add_amount(app, next_line(tip), "self ", tree_own(tree, node), whole);
	if (tree->timed && tree->span && tree->span[node] != ID_NONE)
		add_odd(app, tip, tree->span[node]);
	if (scene->chain_size && scene->chain_size[node] > 1 && app->state.view != VIEW_TREE) {
		line = next_line(tip);
		buf_add(line, STR("and "));
		unit_count(scene->chain_size[node] - 1, line);
		buf_add(line, STR(" below it in one box: space opens it"));
	}
	if (frame != ID_NONE && scene->boxes_of_frame[frame] > 1)
		(app->state.view == VIEW_SANDWICH ? add_halves : add_all)(app, tip, frame);
}

/* Bytes of a line's first row: up to a gap where there is one, a name's wherever it is full. */
static size_t
row_bytes(struct str line, int cols, bool name)
{
	size_t take = text_prefix(line, cols, NULL);

	if (take == 0 || take == line.len || name)
		return take == 0 ? line.len : take;
	for (size_t at = take; at > take / 2; at--)
		if (line.at[at - 1] == ' ')
			return at;
	return take;
}

static void
lay_out(const struct tooltip *tip, int most_cols, struct layout *layout)
{
	for (int i = 0; i < tip->count; i++) {
		struct str left = buf_str(&tip->line[i]);
		do {
			struct str row = { left.at, row_bytes(left, most_cols, i == 0) };
			left = str_tail(left, row.len);
			int cols = text_width(row);
			layout->cols = cols > layout->cols ? cols : layout->cols;
			vec_push(&layout->rows, row);
		} while (left.len);
		if (i == 0) {
			layout->names = (int)layout->rows.len;
			layout->name_end = left.at;
		}
	}
}

/* Where there is little room, the end of the name gives way to the numbers, then the last lines to the first. */
static bool
make_fit(struct layout *layout, int room)
{
	int over = (int)layout->rows.len - room;
	int names = over < layout->names - 1 ? over : layout->names - 1;

	if (room < 1)
		return false;
	if (over <= 0)
		return true;
	if (names > 0) {
		size_t kept = (size_t)(layout->names - names);
		for (size_t i = kept; i + (size_t)names < layout->rows.len; i++)
			layout->rows.at[i] = layout->rows.at[i + (size_t)names];
		layout->rows.len -= (size_t)names;
		layout->names = (int)kept;
		/* Its last row is too long then, and is cut where it is drawn. */
		layout->rows.at[kept - 1].len = (size_t)(layout->name_end - layout->rows.at[kept - 1].at);
	}
	if (layout->rows.len > (size_t)room)
		layout->rows.len = (size_t)room;
	return true;
}

/* Below the pointer, or above it where there is more room; nothing when there is none at all. */
static void
place_and_draw(struct app *app, struct grid *grid, const struct tooltip *tip)
{
	struct layout layout = { 0 };
	int widest = grid->cols / 2 > TOOLTIP_COLS ? grid->cols / 2 : TOOLTIP_COLS;
	int limit = (grid->cols < widest ? grid->cols : widest) - MARGINS;
	int below = grid->rows - app->hover.row - 1, above = app->hover.row;

	if (limit > 1)
		lay_out(tip, limit, &layout);
	bool under = (int)layout.rows.len <= below || below >= above;
	if (layout.rows.len == 0 || !make_fit(&layout, under ? below : above)) {
		vec_fini(&layout.rows);
		return;
	}
	int row = under ? app->hover.row + 1 : app->hover.row - (int)layout.rows.len;
	int cols = layout.cols + MARGINS, col = app->hover.col + 1;
	if (col + cols > grid->cols)
		col = grid->cols - cols;
	for (int i = 0; i < (int)layout.rows.len; i++) {
		struct buf text = { 0 };
		bool name = i < layout.names;
		grid_fill(grid, col, row + i, cols, (struct style){ PAINT(ROLE_POPUP_TEXT), PAINT(ROLE_POPUP), 0 });
		text_fit(layout.rows.at[i], cols - MARGINS, false, grid->ascii, &text);
		grid_text_over(grid, col + 1, row + i, cols - MARGINS, buf_str(&text), PAINT(name ? ROLE_ACCENT : ROLE_POPUP_TEXT),
		               name ? ATTR_BOLD : 0);
		buf_fini(&text);
	}
	vec_fini(&layout.rows);
}

/* What a row of the timeline stands for. */
static void
describe_row(struct app *app, struct tooltip *tip)
{
	struct timeline timeline;

	if (!timeline_measure(app, &timeline))
		return;
	uint32_t at = timeline.top + (uint32_t)(app->hover.row - timeline.names.row);
	if (at >= timeline.end)
		return;
	struct span_row row = span_rows_at(timeline.rows, at);
	double whole = timeline.tree->total[app->state.focus];
	if (row.count == 1) {
		describe_node(app, tip, row.node, whole);
		if (tip->count < LINES)
			timeline_events_at(app, &timeline, row, app->hover.col, &tip->line[tip->count]);
		tip->count += tip->count < LINES && tip->line[tip->count].len > 0;
		return;
	}
	const struct span_group *group = span_rows_group(timeline.rows, row);
	add_name(app, tip, timeline.tree->frame[row.node]);
	struct buf *line = next_line(tip);
	unit_count(row.count, line);
	buf_add(line, STR(" similar, together "));
	unit_format(group->sum, STR("ns"), app->options.ascii, line);
	buf_add(line, STR(", up to "));
	unit_format(group->most, STR("ns"), app->options.ascii, line);
	buf_add(next_line(tip), STR("space gives each its row"));
}

/* Where the pointer is on a name in a list under a heading: which line that is, and how many columns names have there; 0: it is not.
 * Whoever goes down a list wants to see what is below: only of a name that is cut there is something to tell. */
static int
listed_at(const struct app *app, struct rect list, enum top_sort keep, uint32_t *line_out)
{
	struct columns columns = columns_split(list.cols - 1, keep);

	*line_out = (uint32_t)(app->hover.row - list.row - 1);
	return app->hover.row > list.row && app->hover.col <= list.col + columns.name_cols ? columns.name_cols - 1 : 0;
}

static bool
is_cut(struct app *app, frame_id frame, int cols)
{
	int shown_cols;
	struct str shown = names_show(&app->names, frame, app->state.brief, &shown_cols);

	return shown_cols > cols || !str_equal(shown, names_get(&app->names, frame)->text);
}

static void
describe_tree_row(struct app *app, struct rect list, struct tooltip *tip)
{
	const struct folding *folding = calltree_rows(app);
	uint32_t line;
	int cols = listed_at(app, list, TOP_TOTAL, &line);

	if (!cols || app->state.tree_top + line >= folding->count)
		return;
	node_id node = folding_at(folding, app->state.tree_top + line);
	cols -= TREE_MARK_COLS + TREE_INDENT * (int)folding->tree->level[node];
	if (is_cut(app, folding->tree->frame[node], cols))
		describe_node(app, tip, node, folding->tree->total[app->state.focus]);
}

static void
describe_table_row(struct app *app, struct rect list, struct tooltip *tip)
{
	const struct top *top = table_rows(app);
	uint32_t index;

	int cols = listed_at(app, list, TOP_SELF, &index);

	if (!cols || app->state.table_top + index >= top->count)
		return;
	const struct top_row *row = &top->rows[app->state.table_top + index];
	const struct name *name = names_get(&app->names, row->frame);
	bool function = top->by == TOP_FUNCTIONS;
	if (function)
		buf_add(&tip->line[0], name->text);
	else
		table_name(app, row, &tip->line[0]);
	if (function ? !is_cut(app, row->frame, cols) : text_width(buf_str(&tip->line[0])) <= cols)
		return;
	tip->count = 1;
	if (function)
		add_place(app, tip, row->frame);
	struct buf *line = next_line(tip);
	add_amount(app, line, "total ", row->total, top->total);
	buf_add(line, STR("   ×"));
	unit_count(row->count, line);
	add_amount(app, next_line(tip), "self ", row->self, top->total);
	line = next_line(tip);
	buf_add(line, STR("in "));
	unit_count(row->nodes, line);
	buf_add(line, row->nodes == 1 ? STR(" box") : STR(" boxes"));
}

static void
describe_box(struct app *app, struct tooltip *tip)
{
	struct strips strips = { 0 };
	struct flame flame;

	flame_measure(app, &flame);
	long at = flame_strip_at(&flame, app->hover.col, app->hover.row, &strips);
	if (at >= 0) {
		const struct strip *strip = &strips.at[at];
		bool inside = tree_is_inside(flame.tree, strip->node, app->state.focus);
		double whole = inside ? flame.tree->total[app->state.focus] : flame.scene->all;
		if (strip->small && strip->count > 1)
			describe_small(app, tip, strip, whole);
		else
			describe_node(app, tip, strip->node, whole);
	}
	vec_fini(&strips);
}

static void
describe(struct app *app, const struct screen *screen, struct tooltip *tip)
{
	int col = app->hover.col, row = app->hover.row;

	if (view_has_table(app->state.view) && rect_has(screen->table, col, row))
		describe_table_row(app, screen->table, tip);
	else if (view_has_flame(app->state.view) && rect_has(screen->flame, col, row))
		describe_box(app, tip);
	else if (app->state.view == VIEW_TREE && rect_has(screen->table, col, row))
		describe_tree_row(app, screen->table, tip);
	else if (app->state.view == VIEW_TIMELINE && rect_has(screen->table, col, row))
		describe_row(app, tip);
}

void
tooltip_draw(struct app *app, struct grid *grid, const struct screen *screen)
{
	struct tooltip tip = { 0 };

	if (!app->hover.on || app->now < app->hover.due)
		return;
	describe(app, screen, &tip);
	if (tip.count)
		place_and_draw(app, grid, &tip);
	for (int i = 0; i < LINES; i++)
		buf_fini(&tip.line[i]);
}

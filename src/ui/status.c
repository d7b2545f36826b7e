/* SPDX-License-Identifier: MIT
 * Below the picture: the detail bar with the cursor's frame, and the line with the way to it from the root. */
#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "analysis/label.h"
#include "analysis/odd.h"
#include "ui/chain.h"
#include "ui/clocks.h"
#include "ui/flame.h"
#include "ui/line.h"
#include "ui/table.h"
#include "ui/traces.h"
#include "util/clock.h"
#include "util/text.h"
#include "util/unit.h"

enum { STACK_WALK = 4096, STACK_HEAD = 3 };    /* ancestors looked at; frames shown before the ellipsis */

/* Where there is room, numbers keep their columns from box to box: the eye finds them, and little is sent. */
enum { COLS_FOR_FIELDS = 150, COLS_FOR_ALL = 180, COLS_FOR_SAME = 44, NAME_FIELD = 40, AMOUNT_FIELD = 30 };

enum { TOTAL_COLS = 12, NAME_COLS_LEAST = 8 };    /* of a total but for its number, with the gaps around it */

static const char *const kind_words[] = { "", "internal", "server", "client", "producer", "consumer" };

/* A piece after a gap of two cells; nothing where not all of it has room. */
static bool
put_piece(struct line *line, struct str safe, enum role ink, uint8_t attrs)
{
	if (line_left(line) < text_width(safe) + 3)
		return false;
	line_space(line, 2);
	line_put(line, safe, ink, attrs);
	return true;
}

/* Fills up to the end of a field. */
static void
end_field(struct line *line, int from, int cols)
{
	if (line->grid->cols >= COLS_FOR_FIELDS && line->col < from + cols)
		line->col = from + cols;
}

/* A long name leaves room for the first number behind it. */
static void
put_title(struct app *app, struct line *line, struct str text, double total, bool keep_end)
{
	struct buf fitted = { 0 }, amount = { 0 };
	int from = line->col, most = line_left(line) * 3 / 5;

	unit_format(total, app_scene(app)->unit, app->options.ascii, &amount);
	int room = line_left(line) - TOTAL_COLS - text_width(buf_str(&amount));
	text_fit(text, room < most && room >= NAME_COLS_LEAST ? room : most, keep_end, app->options.ascii, &fitted);
	buf_fini(&amount);
	line_put(line, buf_str(&fitted), ROLE_ACCENT, ATTR_BOLD);
	end_field(line, from, NAME_FIELD);
	buf_fini(&fitted);
}

static void
put_name(struct app *app, struct line *line, frame_id frame, node_id node, double total)
{
	struct buf text = { 0 };

	if (node != NODE_NONE)
		chain_prefix(app, node, &text);
	buf_add(&text, names_get(&app->names, frame)->text);
	put_title(app, line, buf_str(&text), total, false);
	buf_fini(&text);
}

bool
shares_are_of_all(struct app *app, double whole)
{
	const struct scene *scene = app_scene(app);

	return fabs(whole - scene->all) <= scene->all * 1e-9;
}

void
shares_text(struct app *app, double value, double whole, struct buf *out)
{
	const struct scene *scene = app_scene(app);

	unit_percent(value, whole, out);
	if (shares_are_of_all(app, whole))
		return;
	buf_add(out, STR(" of view "));
	buf_add(out, glyph_text(GLYPH_DOT, app->options.ascii));
	buf_addc(out, ' ');
	unit_percent(value, scene->all, out);
	buf_add(out, STR(" of all"));
}

/* "total 820 ms 66.1%", with the share of all beside that of the view. */
static void
put_amount(struct app *app, struct line *line, const char *word, double value, double whole, bool of_all)
{
	struct buf amount = { 0 }, share = { 0 };
	int from = line->col;

	buf_addf(&amount, "%s ", word);
	unit_format(value, app_scene(app)->unit, app->options.ascii, &amount);
	if (of_all)
		shares_text(app, value, whole, &share);
	else
		unit_percent(value, whole, &share);
	bool put = put_piece(line, buf_str(&amount), ROLE_TEXT, 0);
	if (put && line_left(line) <= text_width(buf_str(&share)) + 1) {
		buf_clear(&share);
		unit_percent(value, whole, &share);
	}
	if (put && line_left(line) > text_width(buf_str(&share)) + 1) {
		line_space(line, 1);
		line_put(line, buf_str(&share), ROLE_DIM, 0);
		end_field(line, from, AMOUNT_FIELD);
	}
	buf_fini(&amount);
	buf_fini(&share);
}

static void
put_word(struct line *line, struct str raw, enum role role)
{
	struct buf text = { 0 };

	names_safe(raw, &text);
	if (text.len)
		put_piece(line, buf_str(&text), role, 0);
	buf_fini(&text);
}

static void
put_count(struct line *line, const char *before, uint64_t count, const char *after)
{
	struct buf text = { 0 };

	buf_add(&text, str_of(before));
	unit_count(count, &text);
	buf_add(&text, str_of(after));
	put_piece(line, buf_str(&text), ROLE_DIM, 0);
	buf_fini(&text);
}

static void
put_moved(struct app *app, struct line *line, span_id span)
{
	int64_t moved = clocks_moved(app, span);
	struct buf text = { 0 };

	if (moved) {
		buf_add(&text, STR("moved by "));
		clock_moment(moved, 0, CLOCK_RELATIVE, app->options.ascii, &text);
		put_piece(line, buf_str(&text), ROLE_WARNING, 0);
	}
	buf_fini(&text);
}

/* What is odd about it: a sentence where there is room, else a word or two. */
static void
put_odd(struct app *app, struct line *line, span_id span)
{
	struct oddities odd = odd_find(clocks_dataset(app), span);

	for (int kind = 0; odd.set >> kind; kind++) {
		struct buf text = { 0 };
		if (!odd_has(&odd, (enum odd)kind) || !(odd_is_grave((enum odd)kind) || odd.ns[kind]))
			continue;
		enum role role = odd_is_grave((enum odd)kind) ? ROLE_WARNING : ROLE_DIM;
		buf_add(&text, STR("! "));
		odd_describe((enum odd)kind, odd.ns[kind], app->options.ascii, &text);
		if (!put_piece(line, buf_str(&text), role, 0)) {
			text.len = 2;
			buf_add(&text, str_of(odd_word((enum odd)kind)));
			put_piece(line, buf_str(&text), role, 0);
		}
		buf_fini(&text);
	}
}

static void
put_span_words(struct app *app, struct line *line, node_id node)
{
	const struct dataset *ds = app->session->ds;
	const struct tree *tree = app_scene(app)->tree;
	span_id span = tree->span ? tree->span[node] : ID_NONE;

	if (span == ID_NONE || tree->inverted || (!tree->timed && tree->items[node] > 1))
		return;
	if (ds->spans.kind[span] > SPAN_INTERNAL && ds->spans.kind[span] <= SPAN_CONSUMER)
		put_word(line, str_of(kind_words[ds->spans.kind[span]]), ROLE_DIM);
	if (ds->spans.status[span] == STATUS_ERROR) {
		put_piece(line, STR("● error"), ROLE_ERROR, ATTR_BOLD);
	}
	put_odd(app, line, span);
	if (tree->timed && node != NODE_ALL) {
		struct buf text = { 0 };
		buf_add(&text, STR("starts "));
		clocks_moment(app, tree->x0[node], &text);
		if (!put_piece(line, buf_str(&text), ROLE_DIM, 0) && app->state.absolute) {
			text.len = strlen("starts ");
			clocks_time(app, tree->x0[node], &text);
			put_piece(line, buf_str(&text), ROLE_DIM, 0);
		}
		put_moved(app, line, span);
		buf_fini(&text);
	}
}

static void
put_small(struct app *app, struct line *line, const struct strip *strip)
{
	const struct tree *tree = app_scene(app)->tree;
	struct buf text = { 0 };
	int from = line->col;

	unit_count(strip->count, &text);
	buf_add(&text, STR(" small"));
	line_put(line, buf_str(&text), ROLE_ACCENT, ATTR_BOLD);
	end_field(line, from, NAME_FIELD);
	buf_fini(&text);
	put_amount(app, line, "total", strip->sum, tree->total[app->state.focus], true);
	put_piece(line, app->state.cursor == strip->node ? STR("first") : STR("here"), ROLE_DIM, 0);
	line_space(line, 1);
	line_put_cut(line, names_get(&app->names, tree->frame[app->state.cursor])->text, ROLE_DIM, 0);
}

/* "net/http  /usr/src/server.go:1234", or only the last part of the file's path, also where it is to be brief. */
static void
put_place(struct app *app, struct line *line, frame_id frame, bool brief)
{
	const struct dataset *ds = app->session->ds;
	struct str package = label_package(ds, frame), file = dataset_str(ds, ds->frames[frame].file);
	struct buf text = { 0 };

	names_safe(package, &text);
	if (!str_equal(buf_str(&text), names_get(&app->names, frame)->text))
		put_piece(line, buf_str(&text), ROLE_DIM, 0);
	const char *slash = file.len ? memrchr(file.at, '/', file.len) : NULL;
	struct str last = slash ? str_tail(file, (size_t)(slash + 1 - file.at)) : file;
	for (int part = brief; part < 2 && file.len; part++) {
		buf_clear(&text);
		names_safe(part ? last : file, &text);
		if (ds->frames[frame].line)
			buf_addf(&text, ":%" PRIu32, ds->frames[frame].line);
		if (put_piece(line, buf_str(&text), ROLE_DIM, 0))
			break;
	}
	buf_fini(&text);
}

/* How far from the functions of a sandwich. */
static void
put_half(struct app *app, struct line *line, node_id node)
{
	const struct scene *scene = app_scene(app);
	uint32_t row = scene->plane->row_of[node];

	if (scene_is_caller(scene, node))
		put_count(line, "caller, ", scene->hub - row, " above");
	if (row > scene->hub)
		put_count(line, "callee, ", row - scene->hub, " below");
}

/* "everywhere ×12 59.9%", where there is no room for more. */
static void
put_same_share(struct line *line, uint32_t boxes, double total, double whole)
{
	struct buf text = { 0 };

	buf_add(&text, STR("everywhere ×"));
	unit_count(boxes, &text);
	buf_addc(&text, ' ');
	unit_percent(total, whole, &text);
	if (!put_piece(line, buf_str(&text), ROLE_DIM, 0))
		put_piece(line, str_tail(buf_str(&text), strlen("everywhere ")), ROLE_DIM, 0);
	buf_fini(&text);
}

/* All boxes of the frame, added up when they are highlighted; in a sandwich those of the half that one is in. */
static void
put_same(struct app *app, struct line *line, node_id node)
{
	struct scene *scene = app_scene(app);
	frame_id frame = scene->tree->frame[node];
	bool caller = scene_is_caller(scene, node), sandwich = app->state.view == VIEW_SANDWICH;

	if (frame != app->same) {
		put_count(line, "everywhere ×", scene->boxes_of_frame[frame], "");
		return;
	}
	struct occurrence_sum sum = sandwich ? scene_half_sum(scene, frame, NODE_ALL, caller) : scene_frame_sum(scene, frame, NODE_ALL);
	if (line_left(line) < COLS_FOR_SAME) {
		put_same_share(line, scene->boxes_of_frame[frame], sum.total, scene->all);
		return;
	}
	put_count(line, "everywhere ×", scene->boxes_of_frame[frame], "");
	put_amount(app, line, !sandwich ? "total" : caller ? "as caller total" : "as callee total", sum.total, scene->all, false);
	if (!caller)
		put_amount(app, line, "self", sum.self, scene->all, false);
}

static void
put_node(struct app *app, struct line *line, node_id node)
{
	struct scene *scene = app_scene(app);
	const struct tree *tree = scene->tree;
	frame_id frame = tree->frame[node];
	double whole = tree_is_inside(tree, node, app->state.focus) ? tree->total[app->state.focus] : scene->all;

	bool same = frame != ID_NONE && scene->boxes_of_frame[frame] > 1, place = frame != ID_NONE && !frame_is_of_span(app->session->ds, frame);
	bool wide = line->grid->cols >= COLS_FOR_FIELDS;

	put_name(app, line, frame, app_pane(app) != PANE_FLAME ? NODE_NONE : node, tree->total[node]);
	put_amount(app, line, "total", tree->total[node], whole, true);
	if (!scene_is_above(scene, node))
		put_amount(app, line, "self", tree_own(tree, node), whole, line->grid->cols >= COLS_FOR_ALL || !(same || app->state.view == VIEW_SANDWICH));
	put_span_words(app, line, node);
	if (tree->items[node] > 1)
		put_count(line, "×", tree->items[node], "");
	if (app->state.view == VIEW_SANDWICH)
		put_half(app, line, node);
	if (place && wide)
		put_place(app, line, frame, same);
	if (same)
		put_same(app, line, node);
	if (place && !wide)
		put_place(app, line, frame, false);
	if (app->state.view != VIEW_SANDWICH && node != NODE_ALL)
		put_count(line, "level ", tree->level[node], "");
}

static void
put_table_row(struct app *app, struct line *line)
{
	const struct top *top = table_rows(app);
	const struct top_row *row = table_chosen(app);
	struct buf name = { 0 };

	if (!row)
		return;
	table_name(app, row, &name);
	put_title(app, line, buf_str(&name), row->total, app->state.table_by == TOP_FILES);
	buf_fini(&name);
	put_amount(app, line, "total", row->total, top->total, true);
	put_amount(app, line, "self", row->self, top->total, true);
	put_count(line, "×", row->count, "");
	put_count(line, "in ", row->nodes, row->nodes == 1 ? " box" : " boxes");
}

void
detail_bar_draw(struct app *app, struct grid *grid, struct rect rect)
{
	struct line line = line_begin(grid, rect, ROLE_BAR);
	struct strips strips = { 0 };
	struct flame flame;

	line_space(&line, 1);
	if (app->state.view == VIEW_TRACES) {
		traces_detail(app, &line);
		return;
	}
	if (app_pane(app) == PANE_TABLE) {
		put_table_row(app, &line);
		return;
	}
	if (app_pane(app) != PANE_FLAME) {
		put_node(app, &line, app->state.cursor);
		return;
	}
	flame_measure(app, &flame);
	flame_strips(&flame, flame_row_of(&flame, app->state.cursor), &strips);
	long at = flame_find(&flame, &strips, app->state.cursor);
	if (at >= 0 && strips.at[at].small && strips.at[at].count > 1)
		put_small(app, &line, &strips.at[at]);
	else
		put_node(app, &line, app->state.cursor);
	vec_fini(&strips);
}

/* ---- the way from the root */

struct path { VEC(node_id); };    /* from the node up; the last is the root's child unless the walk was cut short */

static int
name_cols(struct app *app, node_id node)
{
	return names_get(&app->names, app_scene(app)->tree->frame[node])->cols;
}

static void
put_step(struct app *app, struct line *line, node_id node)
{
	line_put_cut(line, names_get(&app->names, app_scene(app)->tree->frame[node])->text, ROLE_DIM, 0);
}

static void
put_chevron(struct line *line)
{
	line_space(line, 1);
	line_put(line, glyph_text(GLYPH_CHEVRON, line->grid->ascii), ROLE_DIM, 0);
	line_space(line, 1);
}

/* How many frames at each end have room; the rest is elided. */
static void
fit_path(struct app *app, const struct path *path, int room, size_t *head_out, size_t *tail_out)
{
	size_t head = 0, tail = 1, most = path->len < STACK_WALK ? STACK_HEAD : 0;    /* the outermost ones of a longer one are not known */
	int used = name_cols(app, path->at[0]) + 4;

	while (head < most && head + tail < path->len) {
		int cols = name_cols(app, path->at[path->len - 1 - head]) + 3;
		if (used + cols > room * 2 / 3)
			break;
		used += cols;
		head++;
	}
	while (head + tail < path->len) {
		int cols = name_cols(app, path->at[tail]) + 3;
		if (used + cols > room)
			break;
		used += cols;
		tail++;
	}
	*head_out = head;
	*tail_out = tail;
}

static void
put_path(struct app *app, struct line *line, const struct path *path)
{
	size_t head, tail;

	fit_path(app, path, line_left(line) - 1, &head, &tail);
	for (size_t i = 0; i < head; i++) {
		put_step(app, line, path->at[path->len - 1 - i]);
		put_chevron(line);
	}
	if (head + tail < path->len) {
		line_put(line, glyph_text(GLYPH_ELLIPSIS, line->grid->ascii), ROLE_DIM, 0);
		put_chevron(line);
	}
	for (size_t i = tail; i-- > 0;) {
		put_step(app, line, path->at[i]);
		if (i)
			put_chevron(line);
	}
}

static void
reverse(struct path *path)
{
	for (size_t i = 0, j = path->len; i + 1 < j; i++) {
		node_id node = path->at[--j];
		path->at[j] = path->at[i];
		path->at[i] = node;
	}
}

void
stack_line_draw(struct app *app, struct grid *grid, struct rect rect)
{
	struct line line = line_begin(grid, rect, ROLE_BACKGROUND);
	const struct tree *tree = app_scene(app)->tree;
	struct path path = { 0 };
	node_id node = app->state.cursor;

	if (app_pane(app) == PANE_TABLE)
		node = table_node(app, table_chosen(app));
	line_space(&line, 1);
	if (app->state.view == VIEW_TRACES) {
		traces_services(app, &line);
		return;
	}
	line_put(&line, STR("stack"), ROLE_DIM, 0);
	line_space(&line, 2);
	for (; node != NODE_ALL && path.len < STACK_WALK; node = tree->parent[node])
		vec_push(&path, node);
	/* A caller leads down to the function. */
	if (path.len && scene_is_above(app_scene(app), path.at[0]))
		reverse(&path);
	if (path.len)
		put_path(app, &line, &path);
	vec_fini(&path);
}

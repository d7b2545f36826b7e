/* SPDX-License-Identifier: MIT
 * What keys do in the timeline. */
#include "config.h"

#include <math.h>

#include "ui/calltree.h"
#include "ui/details.h"
#include "ui/list_act.h"
#include "ui/timeline.h"

enum { WIDTH_STEP = 4 };

static struct list
row_list(struct app *app)
{
	const struct span_rows *rows = timeline_rows(app);
	int visible = app_screen(app).table.rows;

	return (struct list){
		.count = rows->count,
		.cursor = span_rows_find(rows, app->state.cursor),
		.top = app->state.tree_top,
		.visible = visible > 0 ? (uint32_t)visible : 1,
	};
}

static unsigned
put_list(struct app *app, const struct list *list)
{
	app->state.cursor = span_rows_at(timeline_rows(app), list->cursor).node;
	app->state.tree_top = list->top;
	return UPDATE_DRAW;
}

/* Events are marked on bars that stand for their span alone. */
static void
read_events(struct app *app)
{
	struct event_marks *events = &app->session->events;
	struct timeline timeline;

	event_marks_begin(events);
	if (!timeline_measure(app, &timeline) || !timeline.tree->span)
		return;
	for (uint32_t row = timeline.top; row < timeline.end; row++) {
		struct span_row what = span_rows_at(timeline.rows, row);
		span_id span = timeline.tree->span[what.node];
		if (span != ID_NONE && timeline_is_open(&timeline, what))
			event_marks_read(events, app->session->ds, span);
	}
	app->more_events = events->left;
}

void
timeline_settle(struct app *app, enum follow follow)
{
	const struct tree *tree = app_scene(app)->tree;

	if (app->state.focus >= tree->count)
		app->state.focus = NODE_ALL;
	if (app->state.cursor >= tree->count || !tree_is_inside(tree, app->state.cursor, app->state.focus))
		app->state.cursor = app->state.focus;
	struct list list = row_list(app);
	if (follow == FOLLOW_CURSOR)
		list_settle(&list);
	else
		list_scroll(&list, 0);
	put_list(app, &list);
	read_events(app);
}

static unsigned
move(struct app *app, int64_t by)
{
	struct list list = row_list(app);

	list_move(&list, by);
	return put_list(app, &list);
}

/* ---- folding */

static struct span_row
row_here(struct app *app)
{
	const struct span_rows *rows = timeline_rows(app);

	return span_rows_at(rows, span_rows_find(rows, app->state.cursor));
}

static unsigned
fold(struct app *app, enum fold_kind kind, uint32_t what)
{
	app_remember(app, HISTORY_FOLD);
	app->state.folds = folds_add(&app->folds, app->state.folds, kind, what);
	return UPDATE_DRAW;
}

static bool
has_children(const struct tree *tree, node_id node)
{
	return tree->end[node] > node + 1;
}

/* The first of the similar siblings whose rows this is one of; NODE_NONE when it stands for itself. */
static node_id
run_here(struct app *app)
{
	struct scene *scene = app_scene(app);
	node_id first = scene->span_facts.run[app->state.cursor];

	return first != app->state.focus ? first : NODE_NONE;
}

/* Similar siblings are one row again. */
static unsigned
join(struct app *app, node_id first)
{
	fold(app, FOLD_SIMILAR, first);
	app->state.cursor = first;
	return UPDATE_DRAW;
}

static unsigned
toggle(struct app *app)
{
	const struct tree *tree = app_scene(app)->tree;
	node_id node = app->state.cursor;

	if (row_here(app).count > 1)
		return fold(app, FOLD_SIMILAR, row_here(app).node);
	if (has_children(tree, node) && node != app->state.focus)
		return fold(app, FOLD_TOGGLE, node);
	if (node == app->state.focus)
		return app_say(app, "the first row stays open");
	node_id first = run_here(app);
	return first != NODE_NONE ? join(app, first) : app_say(app, "there is nothing below it");
}

/* In: unfolds, then to the first child.  Out: folds, then to the parent. */
static unsigned
step(struct app *app, bool in)
{
	const struct tree *tree = app_scene(app)->tree;
	const struct folding *folding = calltree_folding(app);
	node_id node = app->state.cursor;
	bool group = row_here(app).count > 1, parent = has_children(tree, node) && !group;
	bool open = parent && folding_is_open(folding, node);

	if (in) {
		if (group || (parent && !open))
			return toggle(app);
		return open ? move(app, 1) : UPDATE_NONE;
	}
	if (open && node != app->state.focus)
		return toggle(app);
	node_id first = group || node == app->state.focus ? NODE_NONE : run_here(app);
	if (first != NODE_NONE)
		return join(app, first);
	if (node != app->state.focus && tree->parent[node] != NODE_ALL)
		app->state.cursor = tree->parent[node];
	return UPDATE_DRAW;
}

/* ---- the time */

static unsigned
zoom(struct app *app, double factor)
{
	const struct focus_info *focus = scene_focus(app_scene(app), app->state.focus);
	const struct plane *plane = app_scene(app)->plane;
	double width = app->state.to - app->state.from;
	double left = fmax(plane_left(plane, app->state.cursor), app->state.from), right = fmin(plane_right(plane, app->state.cursor), app->state.to);
	double middle = right > left ? left + (right - left) / 2 : app->state.from + width / 2;
	double from = middle - width * factor * (middle - app->state.from) / width;

	if (factor > 1 && width >= focus->to - focus->from)
		return app_say(app, app->state.focus == NODE_ALL ? "this is all of the time" : "this is all of the focus: u goes back, 0 shows everything");
	return timeline_view(app, from, from + width * factor, HISTORY_ZOOM);
}

static unsigned
pan(struct app *app, double share)
{
	double by = (app->state.to - app->state.from) * share;

	return timeline_view(app, app->state.from + by, app->state.to + by, HISTORY_PAN);
}

/* The extent of a row with what is below it. */
static void
extent_here(struct app *app, double *from_out, double *to_out)
{
	const struct span_facts *facts = &app_scene(app)->span_facts;
	struct span_row row = row_here(app);

	*from_out = facts->from[row.node];
	*to_out = facts->to[row.node];
	if (row.count > 1) {
		const struct span_group *group = span_rows_group(timeline_rows(app), row);
		*from_out = group->from;
		*to_out = group->to;
	}
}

static unsigned
fit(struct app *app)
{
	double from, to;

	extent_here(app, &from, &to);
	if (app->state.from == from && app->state.to == to)
		return app_say(app, "this is all of its time: u goes back");
	return timeline_view(app, from, to, 0);
}

static unsigned
root_here(struct app *app)
{
	struct span_row row = row_here(app);

	if (row.count > 1)
		return app_say(app, "these are several spans: space gives each its row");
	if (row.node == app->state.focus)
		return app_say(app, "it begins here already: u goes back, 0 shows everything");
	uint32_t top = app->state.tree_top;
	unsigned update = flame_focus_on(app, row.node);
	app->state.tree_top = top;
	return update;
}

/* The first press marks a span, the second takes the time from it to another. */
static unsigned
range(struct app *app)
{
	double from, to;

	extent_here(app, &from, &to);
	if (!app->range.on) {
		app->range = (struct range){ .on = true, .from = from, .to = to };
		return app_say(app, "a range from here: move, and again takes it up to there; esc lets it go");
	}
	struct range range = app->range;
	app->range.on = false;
	from = fmin(from, range.from);
	to = fmax(to, range.to);
	if (app->state.from == from && app->state.to == to)
		return app_say(app, "this range is all that is shown");
	return timeline_view(app, from, to, 0) | app_say(app, "the range is taken: u goes back");
}

static unsigned
widen(struct app *app, int by)
{
	struct timeline timeline;

	if (!timeline_measure(app, &timeline))
		return UPDATE_NONE;
	int cols = timeline.names.cols + by;
	app->state.name_cols = cols > 1 ? (uint32_t)cols : 1;
	timeline_measure(app, &timeline);
	app->state.name_cols = (uint32_t)timeline.names.cols;
	return UPDATE_DRAW;
}

bool
timeline_act(struct app *app, enum action action, unsigned *update_out)
{
	int64_t page = app_screen(app).table.rows > 2 ? app_screen(app).table.rows - 1 : 1;
	unsigned update;
	int64_t by;

	if (list_way(action, page, &by)) {
		*update_out = move(app, by);
		return true;
	}
	switch (action) {
	case ACT_MOVE_LEFT:  update = step(app, false); break;
	case ACT_MOVE_RIGHT: update = step(app, true); break;
	case ACT_PAN_LEFT:   update = pan(app, -0.25); break;
	case ACT_PAN_RIGHT:  update = pan(app, 0.25); break;
	case ACT_ZOOM_IN:    update = zoom(app, 0.5); break;
	case ACT_ZOOM_OUT:   update = zoom(app, 2); break;
	case ACT_ENTER:      update = details_enter(app); break;
	case ACT_ROOT_HERE:  update = root_here(app); break;
	case ACT_FIT:        update = fit(app); break;
	case ACT_RANGE:      update = range(app); break;
	case ACT_NARROWER:   update = widen(app, -WIDTH_STEP); break;
	case ACT_WIDER:      update = widen(app, WIDTH_STEP); break;
	case ACT_FOLD:       update = toggle(app); break;
	case ACT_UNFOLD_ALL: update = fold(app, FOLD_ALL, 0); break;
	case ACT_FOLD_ALL:   update = fold(app, FOLD_LEVEL, 1); break;
	case ACT_UNFOLD_TO:  update = prompt_open(app, PROMPT_LEVELS); break;
	default:             return false;
	}
	*update_out = update;
	return true;
}

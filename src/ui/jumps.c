/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/jumps.h"

#include <stdlib.h>

#include "analysis/jump.h"
#include "ui/clocks.h"
#include "ui/critical.h"
#include "ui/details.h"
#include "ui/gap.h"
#include "ui/goto.h"
#include "ui/instances.h"
#include "ui/table.h"
#include "ui/traces.h"
#include "util/alloc.h"
#include "util/unit.h"

/* What spans are looked for. */
enum mark { MARK_ERROR, MARK_CRITICAL, MARKS };

_Static_assert((int)MARKS == (int)SCENE_MARKS, "a scene keeps what it knows of each mark");

static const char *const nothing[] = {
	[MARK_ERROR] = "no span failed", [MARK_CRITICAL] = "nothing of this is on the critical path",
};

static bool
span_is(struct app *app, enum mark mark, span_id span)
{
	if (mark == MARK_ERROR)
		return app->session->ds->spans.status[span] == STATUS_ERROR;
	return critical_has(critical_path(app), span);
}

static bool
node_is(struct app *app, enum mark mark, node_id node)
{
	struct instances instances = instances_of(app, node);

	for (uint32_t i = 0; i < instances.count; i++)
		if (span_is(app, mark, instances.at[i]))
			return true;
	return false;
}

/* The frames of spans with the mark: only their nodes can have it.  The scene's. */
static const bool *
frames_with(struct app *app, enum mark mark)
{
	const struct dataset *ds = app->session->ds;
	bool *frames = app_scene(app)->marked[mark];

	if (frames)
		return frames;
	frames = app_scene(app)->marked[mark] = xcalloc(ds->frame_count ? ds->frame_count : 1, sizeof *frames);
	for (span_id span = 0; span < ds->spans.count; span++)
		if (span_is(app, mark, span))
			frames[ds->spans.frame[span]] = true;
	return frames;
}

/* What has no box can be gone to in the views that have a row for everything. */
static bool
can_be_seen(struct app *app, node_id node)
{
	const struct scene *scene = app_scene(app);
	enum pane pane = app_pane(app);

	return pane == PANE_TREE || pane == PANE_TIMELINE || plane_has_box(scene->plane, node) || scene_is_folded(scene, node);
}

/* In the order of time every node has a box, and sums say where the next one is. */
static node_id
next_in_time(struct app *app, enum mark mark, bool backwards)
{
	struct scene *scene = app_scene(app);
	const uint32_t *before = mark == MARK_ERROR ? scene->span_facts.errors_before
	                                            : critical_sums(app)->before;
	uint32_t all = before[scene->tree->count], here = before[app->state.cursor], upto = before[app->state.cursor + 1];
	if (all == 0)
		return NODE_NONE;
	/* Which of those with the mark, from 0, going round. */
	uint32_t wanted = backwards ? (here ? here : all) - 1 : upto < all ? upto : 0;
	node_id low = 0, high = scene->tree->count;
	while (high - low > 1) {
		node_id middle = low + (high - low) / 2;
		if (before[middle] <= wanted)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static node_id
next_node(struct app *app, enum mark mark, bool backwards)
{
	const struct tree *tree = app_scene(app)->tree;
	if (tree_is_packed(tree))
		return next_in_time(app, mark, backwards);
	const bool *frames = frames_with(app, mark);
	node_id node = app->state.cursor, found = NODE_NONE;

	for (uint32_t step = 1; step < tree->count && found == NODE_NONE; step++) {
		node = backwards ? (node <= 1 ? tree->count - 1 : node - 1) : (node + 1 < tree->count ? node + 1 : 1);
		if (frames[tree->frame[node]] && can_be_seen(app, node) && node_is(app, mark, node))
			found = node;
	}
	return found;
}

/* Rows that stand for several functions have the mark of any. */
static unsigned
next_row(struct app *app, enum mark mark, bool backwards)
{
	const struct dataset *ds = app->session->ds;
	const struct top *top = table_rows(app);
	const bool *frames = frames_with(app, mark);
	bool *firsts = xcalloc(ds->frame_count ? ds->frame_count : 1, sizeof *firsts);
	frame_id *first = top_firsts(ds, app->state.table_by);
	uint32_t at = app->state.table_row, found = ID_NONE;

	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		firsts[first[frame]] |= frames[frame];
	for (uint32_t step = 1; step <= top->count && found == ID_NONE; step++) {
		uint32_t i = (uint32_t)(((uint64_t)at + (backwards ? top->count - step : step)) % top->count);
		if (firsts[app->state.table_by == TOP_FUNCTIONS ? first[top->rows[i].frame] : top->rows[i].frame])
			found = i;
	}
	free(first);
	free(firsts);
	if (found == ID_NONE)
		return app_say(app, "%s", nothing[mark]);
	app->state.table_row = found;
	return UPDATE_DRAW;
}

static unsigned
go_on(struct app *app, enum mark mark, bool backwards)
{
	if (!app_scene(app)->tree->span)
		return app_say(app, "this is for traces: samples neither fail nor wait");
	if (app_pane(app) == PANE_TABLE)
		return next_row(app, mark, backwards);
	node_id node = next_node(app, mark, backwards);
	return node == NODE_NONE ? app_say(app, "%s", nothing[mark]) : app_go_to(app, node);
}

unsigned
jump_error_next(struct app *app)
{
	return app->state.view == VIEW_TRACES ? traces_error(app, false) : go_on(app, MARK_ERROR, false);
}

unsigned
jump_error_prev(struct app *app)
{
	return app->state.view == VIEW_TRACES ? traces_error(app, true) : go_on(app, MARK_ERROR, true);
}

unsigned
jump_critical_next(struct app *app)
{
	return go_on(app, MARK_CRITICAL, false);
}

unsigned
jump_critical_prev(struct app *app)
{
	return go_on(app, MARK_CRITICAL, true);
}

/* ---- relatives */

static unsigned
go_or_say(struct app *app, node_id node, const char *none)
{
	return node == NODE_NONE ? app_say(app, "%s", none) : app_go_to(app, node);
}

unsigned
jump_to_parent(struct app *app)
{
	return go_or_say(app, app_scene(app)->tree->parent[details_node(app)], "this is everything");
}

unsigned
jump_to_slowest(struct app *app)
{
	return go_or_say(app, jump_slowest_child(app_scene(app)->tree, details_node(app)), "it has no children");
}

unsigned
jump_to_next_sibling(struct app *app)
{
	return go_or_say(app, jump_sibling(app_scene(app)->tree, details_node(app), false), "this is the last one under its parent");
}

unsigned
jump_to_prev_sibling(struct app *app)
{
	return go_or_say(app, jump_sibling(app_scene(app)->tree, details_node(app), true), "this is the first one under its parent");
}

/* ---- where nothing is at work */

/* The part of the axis around the gap, when too little of it can be seen. */
static void
show_gap(struct app *app, double from, double to)
{
	double width = app->state.to - app->state.from, gap = to - from;
	bool seen = from >= app->state.from && to <= app->state.to && gap * 10 >= width;

	if (seen)
		return;
	app->state.from = from - gap;
	app->state.to = to + gap;
	app->follow = FOLLOW_SCREEN;
}

static void
add_name(struct app *app, const char *before, span_id span, struct buf *out)
{
	if (span == ID_NONE)
		return;
	buf_add(out, str_of(before));
	buf_add(out, names_get(&app->names, app->session->ds->spans.frame[span])->text);
}

unsigned
jump_to_gap(struct app *app)
{
	const struct scene *scene = app_scene(app);
	const struct tree *tree = scene->tree;
	const struct dataset *ds = clocks_dataset(app);
	node_id node = app->state.cursor;
	struct buf text = { 0 };
	struct jump_gap gap;

	if (!tree->timed || !tree->span)
		return app_say(app, "gaps are found in the order of time: M shows it");
	span_id span = node == NODE_ALL ? ID_NONE : tree->span[node];
	if (span == ID_NONE || !jump_longest_gap(build_cache_forest(app->session->cache), ds, span, &gap))
		return app_say(app, span == ID_NONE ? "this is everything: choose a box first" : "its children are at work all the time");
	double from = tree->x0[node] + (double)time_since(gap.from_ns, ds->spans.start_ns[span]);
	double to = from + (double)time_since(gap.to_ns, gap.from_ns);
	app_remember(app, HISTORY_FIND);
	show_gap(app, from, to);
	unit_format(to - from, STR("ns"), app->options.ascii, &text);
	buf_add(&text, STR(" without a child, from "));
	clocks_moment(app, from, &text);
	buf_add(&text, STR(" to "));
	clocks_moment(app, to, &text);
	add_name(app, ", after ", gap.before, &text);
	add_name(app, ", before ", gap.after, &text);
	unsigned update = app_say(app, "%s", text.at);
	gap_mark(app, from, to);
	buf_fini(&text);
	return update;
}

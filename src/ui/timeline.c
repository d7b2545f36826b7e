/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/timeline.h"

#include "analysis/selected.h"
#include "ui/calltree.h"
#include "ui/change.h"

enum { NAMES_LEAST = 6, CHART_LEAST = 8, NARROW = 60, MIDDLE = 120 };

/* Columns of the names, the border not counted: a third of a narrow screen, less of a wide one. */
static int
name_cols(const struct app *app, int cols)
{
	int usual = cols < NARROW ? cols * 2 / 5 : cols < MIDDLE ? cols / 3 : cols * 27 / 100;
	int wanted = app->state.name_cols && app->state.name_cols < (uint32_t)cols ? (int)app->state.name_cols : app->state.name_cols ? cols : usual;

	if (wanted > cols - CHART_LEAST - 1)
		wanted = cols - CHART_LEAST - 1;
	if (wanted < NAMES_LEAST)
		wanted = NAMES_LEAST;
	return wanted < cols - 1 ? wanted : 0;
}

const struct span_rows *
timeline_rows(struct app *app)
{
	struct scene *scene = app_scene(app);
	const struct match *match = scene->match ? scene->match : scene->found;
	uint64_t search = scene->match ? scene->searches : UINT64_MAX;

	const struct folding *folding = calltree_folding(app);
	const struct match *only = app->state.only_matches ? match : NULL;
	struct span_rows *rows = &scene->span_rows[folding->root != NODE_ALL][only != NULL];

	span_rows_show(rows, folding, &scene->span_facts, only, search);
	return rows;
}

static struct rect
columns_of(struct rect rect, int col, int cols)
{
	return (struct rect){ rect.col + col, rect.row, cols, rect.rows };
}

bool
timeline_measure(struct app *app, struct timeline *timeline)
{
	struct screen screen = app_screen(app);
	struct scene *scene = app_scene(app);

	if (!scene->tree->timed)
		return false;
	int names = name_cols(app, screen.table.cols), chart = screen.table.cols - names - (names > 0);
	*timeline = (struct timeline){
		.scene = scene,
		.tree = scene->tree,
		.rows = timeline_rows(app),
		.found = scene->found,
		.names = columns_of(screen.table, 0, names),
		.chart = columns_of(screen.table, names + (names > 0), chart),
		.axis = columns_of(screen.axis, names + (names > 0), chart),
		.work = columns_of(screen.work, names + (names > 0), chart),
		.minimap = columns_of(screen.minimap, names + (names > 0), chart),
		.view = { app->state.from, app->state.to, chart > 0 ? chart : 1 },
		.top = app->state.tree_top,
	};
	size_t last = (size_t)timeline->top + (size_t)screen.table.rows;
	timeline->end = last < timeline->rows->count ? (uint32_t)last : timeline->rows->count;
	return true;
}

bool
timeline_is_hit(const struct timeline *timeline, node_id node)
{
	const struct match *match = timeline->scene->match, *found = timeline->found;

	if (match)
		return match_has_frame(match, timeline->tree->frame[node]);
	return found && match_index(found, node) < match_index(found, node + 1);
}

bool
timeline_is_faint(const struct timeline *timeline, node_id node)
{
	return (timeline->scene->match || timeline->rows->only) && !timeline_is_hit(timeline, node);
}

bool
timeline_is_open(const struct timeline *timeline, struct span_row row)
{
	const struct tree *tree = timeline->tree;

	return row.count == 1 && (tree->end[row.node] == row.node + 1 || folding_is_open(timeline->rows->folding, row.node));
}

double
timeline_time(const struct timeline *timeline, double col)
{
	const struct viewport *view = &timeline->view;

	return view->from + (view->to - view->from) * (col - timeline->chart.col) / view->cols;
}

/* ---- one trace */

/* A track with spans that the selection keeps: the wanted one if it is, else the first. */
static track_id
track_with_spans(struct app *app, const struct recipe *recipe, track_id wanted)
{
	const struct dataset *ds = app->session->ds;
	const struct selected *selected;

	if (!selected_get(app->session->cache, &recipe->select, app->patterns, NULL, &selected))
		return TRACK_ALL;
	if (wanted < ds->track_count && ds->tracks[wanted].span_count > 0 && selected_has_track(selected, wanted))
		return wanted;
	for (track_id track = 0; track < ds->track_count; track++)
		if (ds->tracks[track].span_count > 0 && selected_has_track(selected, track))
			return track;
	return TRACK_ALL;
}

bool
timeline_recipe(struct app *app, track_id track, struct recipe *recipe)
{
	const struct dataset *ds = app->session->ds;

	recipe->spec.track = track_with_spans(app, recipe, track);
	recipe->spec.merge = MERGE_TIME;
	recipe->inverted = false;
	if (!metric_is_of_spans(recipe->spec.metric))
		recipe->spec.metric = (struct metric){ .kind = METRIC_WALL };
	return recipe->spec.track != TRACK_ALL && recipe_is_timed(ds, recipe);
}

/* The track of the cursor's span where there is one, else the chosen one. */
static track_id
track_here(struct app *app)
{
	const struct tree *tree = app_scene(app)->tree;

	if (app->state.view == VIEW_TRACES && app->state.recipe.spec.track == TRACK_ALL)
		return app->state.traces.track;
	span_id span = tree->span ? tree->span[app->state.cursor] : ID_NONE;

	return span != ID_NONE && app->state.recipe.spec.track == TRACK_ALL ? app->session->ds->spans.track[span] : app->state.recipe.spec.track;
}

static unsigned
say_which(struct app *app)
{
	const struct dataset *ds = app->session->ds;
	track_id track = app->state.recipe.spec.track;

	if (track == TRACK_ALL || ds->track_count <= 1)
		return app_say(app, "in the order of time");
	return app_say(app, "one %s in the order of time, of %u: t chooses another", ds->tracks[track].kind == TRACK_TRACE ? "trace" : "thread",
	               ds->track_count);
}

unsigned
timeline_open(struct app *app)
{
	struct view_state target = app->state;
	bool was_aside = target.view == VIEW_SANDWICH || view_is_bare(target.view);

	state_turn_to(&target, VIEW_TIMELINE);
	bool same = recipe_is_timed(app->session->ds, &target.recipe);
	if (!same && !timeline_recipe(app, track_here(app), &target.recipe))
		return app_say(app, "the timeline is made of spans: there are none here");
	app->hover.on = false;
	app_remember(app, 0);
	if (was_aside && !same) {
		target.focus = target.cursor = NODE_ALL;
		target.from = target.to = 0;
	}
	unsigned update = app_go(app, &target, was_aside || same ? GO_STATE : GO_MAP);
	return same || app_is_building(app) ? update : update | say_which(app);
}

/* ---- going to a node */

/* The row that stands where the cursor's would be. */
static struct span_row
row_of_cursor(struct app *app)
{
	const struct span_rows *rows = timeline_rows(app);

	return span_rows_at(rows, span_rows_find(rows, app->state.cursor));
}

void
timeline_reveal(struct app *app)
{
	node_id cursor = app->state.cursor;

	for (;;) {
		struct span_row row = row_of_cursor(app);
		bool hides = row.count > 1 || !folding_is_open(calltree_folding(app), row.node);
		if (row.node == cursor || cursor < row.node || cursor >= span_rows_end(timeline_rows(app), row) || !hides)
			return;
		app->state.folds = folds_add(&app->folds, app->state.folds, row.count > 1 ? FOLD_SIMILAR : FOLD_TOGGLE, row.node);
	}
}

unsigned
timeline_go_to(struct app *app, node_id node)
{
	const struct tree *tree = app_scene(app)->tree;

	app_remember(app, HISTORY_FIND);
	if (!tree_is_inside(tree, node, app->state.focus))
		app->state.focus = NODE_ALL;
	app->state.cursor = node;
	timeline_reveal(app);
	/* What is gone to has its row, found by the search or not. */
	if (row_of_cursor(app).node != node) {
		app->state.only_matches = false;
		timeline_reveal(app);
	}
	double left = tree->x0[node], right = left + tree->total[node], width = app->state.to - app->state.from;
	if (right < app->state.from || left > app->state.to) {
		app->state.from = left + (right - left) / 2 - width / 2;
		app->state.to = app->state.from + width;
	}
	return UPDATE_DRAW;
}

unsigned
timeline_view(struct app *app, double from, double to, int history_kind)
{
	app_remember(app, history_kind);
	app->state.from = from;
	app->state.to = to;
	return UPDATE_DRAW;
}

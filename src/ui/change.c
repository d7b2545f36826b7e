/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/change.h"

#include "ui/calltree.h"
#include "ui/chain.h"
#include "ui/details.h"
#include "ui/fetch.h"
#include "ui/goto.h"
#include "ui/sandwich.h"
#include "ui/table.h"
#include "ui/timeline.h"

void
app_remember(struct app *app, int kind)
{
	history_push(&app->history, &app->state, kind);
}

const char *
app_search(const struct app *app)
{
	return strtab_get(app->patterns, app->state.search).at;
}

void
app_set_search(struct app *app, struct str pattern)
{
	app->state.search = strtab_intern(app->patterns, pattern);
	scene_search(app->scene, app->session->ds, app_search(app));
}

static void
show_scene(struct app *app, struct scene *scene)
{
	bool other = scene != app->scene;

	app->scene = scene;
	app->session->shown = scene;
	if (app->session->ds != scene->ds) {
		app->session->ds = scene->ds;
		names_fini(&app->names);
		names_init(&app->names, scene->ds);
	}
	app->trail = NODE_NONE;
	chain_apply(app);
	scene_search(scene, app->session->ds, app_search(app));
	if (app->details && other)
		details_forget(app);
}

/* A node with a box, since only those can be looked at. */
static node_id
map_node(const struct scene *from, node_id node, const struct scene *to)
{
	return to->plane->box[to->plane->index_of[scene_map(from, node, to)]].node;
}

/* In the order of time a node of several spans becomes one of them. */
static node_id
map_cursor(struct app *app, const struct scene *scene)
{
	const struct tree *tree = scene->tree;
	bool falls_apart = tree->timed && tree->span && !app->scene->tree->timed && app->scene->tree->span;
	span_id span = falls_apart ? app_cursor_span(app, scene->key.recipe.spec.track) : ID_NONE;

	for (node_id node = 1; span != ID_NONE && node < tree->count; node++)
		if (tree->span[node] == span)
			return node;
	return map_node(app->scene, app->state.cursor, scene);
}

/* The ancestor of the cursor that stands for the focus; NODE_ALL when there is none. */
static node_id
map_focus(struct app *app, const struct scene *scene, node_id cursor)
{
	const struct tree *from = app->scene->tree, *to = scene->tree;
	node_id focus = map_node(app->scene, app->state.focus, scene), up = cursor;

	if (tree_is_inside(to, cursor, focus) || !tree_is_inside(from, app->state.cursor, app->state.focus))
		return focus;
	while (to->level[up] > from->level[app->state.focus])
		up = to->parent[up];
	return to->frame[up] == from->frame[app->state.focus] ? up : NODE_ALL;
}

static void
map_state(struct app *app, struct scene *scene, const struct view_state *target)
{
	struct view_state *state = &app->state;

	bool was_bare = view_is_bare(state->view), is_bare = view_is_bare(target->view);

	state->recipe = target->recipe;
	state->view = target->view;
	state->pane = target->pane;
	/* The tree that the place aside is in may be another one now. */
	if (was_bare && is_bare)
		state->aside = (struct spot){ 0 };
	if (scene == app->scene)
		return;
	bool turned = scene->key.recipe.inverted != app->scene->key.recipe.inverted;
	if (!is_bare)
		state->aside = (struct spot){ 0 };
	node_id cursor = map_cursor(app, scene);
	state->focus = turned || state->view == VIEW_SANDWICH ? NODE_ALL : map_focus(app, scene, cursor);
	state->cursor = cursor;
	const struct focus_info *info = scene_focus(scene, state->focus);
	state->from = info->from;
	state->to = info->to;
	state->table_row = state->table_top = 0;
	state->folds = state->tree_top = state->chain_step = 0;
	state->details_of = NODE_NONE;
}

static void
arrive(struct app *app, struct scene *scene, const struct view_state *target, enum go how)
{
	/* A click that came with the one that led here is for what is gone. */
	if (scene != app->scene || target->view != app->state.view)
		app->hits.len = 0;
	if (how == GO_MAP)
		map_state(app, scene, target);
	else if (how == GO_FOLDS)
		app->state.chains = target->chains, app->state.chain_step = target->chain_step;
	else
		app->state = *target;
	show_scene(app, scene);
	if (app->state.view == VIEW_SANDWICH && (how == GO_CENTRE || how == GO_OPEN))
		sandwich_centre(app);
	if (app->state.view == VIEW_TIMELINE && scene->tree->timed)
		timeline_reveal(app);
	if (how == GO_OPEN)
		app_opened(app);
	app_arrive_at_span(app);
}

/* Whether trees are to be built in the background. */
static bool
takes_long(const struct app *app)
{
	const struct dataset *ds = app->session->ds;

	return (uint64_t)ds->spans.count + ds->samples.count + ds->stacks.count > app->patience;
}

unsigned
app_fetch(struct app *app, const struct scene_key *key, unsigned (*then)(struct app *app))
{
	if (!session_find(app->session, key)) {
		if (takes_long(app)) {
			fetch_stop(app, false);
			app->building = (struct building){
				.builder = builder_start(app->session, key, (struct wanted){ 0 }), .then = then,
				.history_now = app->history.now, .history_len = app->history.len,
			};
			return UPDATE_DRAW;
		}
		session_scene(app->session, key);
	}
	return then(app) | UPDATE_DRAW;
}

/* What the state that the target leads to needs of the scene. */
static struct wanted
wanted_in(const struct app *app, const struct view_state *target, const struct scene *scene, enum go how)
{
	struct view_state state = how == GO_MAP ? app->state : *target;

	state.view = target->view;
	if (how == GO_MAP && scene != app->scene)
		state.chain_step = 0;
	return wanted_for(app, &state, scene);
}

unsigned
app_go(struct app *app, const struct view_state *target, enum go how)
{
	struct scene_key key = state_key(target);
	struct scene *scene = session_find(app->session, &key);
	struct wanted wanted = wanted_in(app, target, scene, how);

	if (takes_long(app) && (scene ? wanted_any(&wanted) : !key.bare || !select_is_empty(&key.recipe.select))) {
		fetch_stop(app, false);
		app->building = (struct building){
			.builder = builder_start(app->session, &key, wanted), .target = *target, .how = (int)how,
			.history_now = app->history.now, .history_len = app->history.len,
		};
		return UPDATE_DRAW;
	}
	wanted_fini(&wanted);
	if (!scene)
		scene = session_scene(app->session, &key);
	arrive(app, scene, target, how);
	return UPDATE_DRAW;
}

unsigned
app_go_folds(struct app *app, void (*then)(struct app *app, node_id node), node_id node)
{
	const struct scene *scene = app_scene(app);
	struct view_state target = app->state;

	if (scene->chains != target.chains || scene->chain_step != target.chain_step) {
		/* Until it is there the state says what is shown. */
		app->state.chains = scene->chains;
		app->state.chain_step = scene->chain_step;
		app_go(app, &target, GO_FOLDS);
	}
	if (app_is_building(app)) {
		app->building.go_on = then;
		app->building.node = node;
	} else if (then) {
		then(app, node);
	}
	return UPDATE_DRAW;
}

unsigned
app_change_recipe(struct app *app, const struct recipe *recipe)
{
	struct view_state target = app->state;

	app_remember(app, 0);
	target.recipe = *recipe;
	return app_go(app, &target, GO_MAP);
}

unsigned
app_change_spec(struct app *app, const struct tree_spec *spec)
{
	struct recipe recipe = app->state.recipe;

	recipe.spec = *spec;
	return app_change_recipe(app, &recipe);
}

unsigned
app_change_view(struct app *app, enum view_id view)
{
	struct view_state target = app->state;
	struct scene_key now = state_key(&app->state), then;
	unsigned update = UPDATE_DRAW;
	bool had_table = view_has_table(target.view);

	if (view == target.view)
		return UPDATE_NONE;
	if (view == VIEW_SANDWICH)
		return sandwich_again(app);
	state_turn_to(&target, view);
	then = state_key(&target);
	app->hover.on = false;
	app_remember(app, 0);
	struct wanted wanted = wanted_for(app, &target, app->scene);
	if (session_same_tree(app->session, &now, &then) && !wanted_any(&wanted))
		app->state = target;
	else
		update = app_go(app, &target, GO_STATE);
	wanted_fini(&wanted);
	if (app_is_building(app))
		return update;
	if (view_has_table(view) && !had_table)
		table_reveal(app);
	if (view == VIEW_TREE)
		calltree_reveal(app);
	else if (view_has_flame(view) && plane_has_box(app_scene(app)->plane, app->state.cursor) && !flame_shows(app, app->state.cursor))
		flame_reveal(app, app->state.cursor);
	return update;
}

static bool
looks_the_same(const struct app *app, const struct view_state *a, const struct view_state *b)
{
	struct scene_key key_a = state_key(a), key_b = state_key(b);

	bool same_details = !a->details || (a->details_nth == b->details_nth && a->cursor == b->cursor);
	bool same_rows = a->folds == b->folds && a->traces.folds == b->traces.folds && a->table_by == b->table_by && a->only_matches == b->only_matches;
	bool same_boxes = a->focus == b->focus && a->chains == b->chains && a->chain_step == b->chain_step && a->from == b->from && a->to == b->to;

	bool same_order = a->sort == b->sort && a->ascending == b->ascending && a->traces.sort == b->traces.sort && a->traces.descending == b->traces.descending &&
	                  a->traces.chart == b->traces.chart;
	bool same_look = a->align == b->align && a->color == b->color && a->color_key == b->color_key && a->column_key == b->column_key &&
	                 a->brief == b->brief && a->flipped == b->flipped && a->absolute == b->absolute && a->critical == b->critical;

	return a->view == b->view && same_order && same_look && session_same_tree(app->session, &key_a, &key_b) && same_details && same_rows && same_boxes &&
	       a->search == b->search;
}

/* The details stay open, or closed: they are beside the picture. */
unsigned
app_restore(struct app *app, bool forward)
{
	struct view_state target = app->state;
	size_t now = app->history.now, len = app->history.len;
	bool moved = false;

	do {
		if (!history_go(&app->history, &target, forward))
			break;
		moved = true;
	} while (looks_the_same(app, &app->state, &target));
	/* Of states that look the same the last one is gone to in both directions: it has the cursor where it was left. */
	while (forward && moved && history_can(&app->history, true) && looks_the_same(app, &target, &app->history.at[app->history.now + 1]))
		history_go(&app->history, &target, true);
	if (!moved)
		return app_say(app, forward ? "nothing to go forward to" : "nothing to go back to");
	target.details = app->state.details;
	target.in_details = app->state.in_details;
	unsigned update = app_go(app, &target, GO_STATE);
	app->building.history_now = now;
	app->building.history_len = len;
	return update;
}

/* ---- a tree being built */

bool
app_is_building(const struct app *app)
{
	return app->building.builder != NULL;
}

unsigned
app_poll_building(struct app *app)
{
	struct building building = app->building;

	if (!building.builder || !builder_is_done(building.builder))
		return UPDATE_NONE;
	bool is_new;
	struct scene *scene = builder_finish(building.builder, &is_new);
	app->building.builder = NULL;
	if (scene) {
		if (is_new)
			session_put(app->session, scene);
		if (building.then)
			return building.then(app) | UPDATE_DRAW;
		arrive(app, scene, &building.target, (enum go)building.how);
		if (building.go_on)
			building.go_on(app, building.node);
		return UPDATE_DRAW;
	}
	app->wanted = ID_NONE;
	app->reload = false;
	app->options.grain = app->session->grain;
	app->history.now = building.history_now;
	app->history.len = building.history_len;
	if (!app->scene)
		app->quit = true;
	return app_say(app, "stopped: this is the picture as it was");
}

unsigned
app_stop_building(struct app *app)
{
	if (app->building.builder)
		atomic_store(&builder_job(app->building.builder)->wish, JOB_DROP);
	return UPDATE_DRAW;
}

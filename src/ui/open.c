/* SPDX-License-Identifier: MIT
 * A dataset comes in: the first picture of it. */
#include "config.h"

#include "analysis/path.h"
#include "ui/bindings.h"
#include "ui/change.h"
#include "ui/keep.h"
#include "ui/link.h"
#include "ui/timeline.h"
#include "ui/traces.h"
#include "util/alloc.h"
#include "util/regex.h"

void
app_loading(struct app *app, struct job *job, uint64_t now_ms)
{
	app->now = now_ms;
	app->loading.job = job;
	app->loading.since = now_ms;
	app->loading.asking = false;
	free(app->loading.failure);
	app->loading.failure = NULL;
}

static void
focus_on_path(struct app *app, const char *path)
{
	node_id node = NODE_ALL;

	if (!path_find(app->scene->tree, app->session->ds, str_of(path), &node, NULL))
		app_say(app, "there is no such path to focus on");
	else if (node != NODE_ALL && flame_has_width(app, node))
		flame_focus_on(app, node);
	app->history.len = app->history.now = 0;
}

/* In the order of the table of fields, since some depend on others. */
static void
apply_wishes(struct app *app)
{
	for (const struct link_field *field = link_fields; field->option; field++)
		for (size_t i = 0; i < app->options.wish_count; i++) {
			const struct setting *wish = &app->options.wishes[i];
			if (strcmp(wish->name, field->option) == 0 && !link_apply(app, &app->state, wish))
				app_say(app, "--%s: there is no %s here", wish->name, wish->value);
		}
}

static void
tell_problems(struct app *app)
{
	size_t count = app->options.problem_count;

	if (count == 1)
		app_say(app, "%s", app->options.problems[0]);
	else if (count > 1)
		app_say(app, "%s, and %zu more: %s lists them", app->options.problems[0], count - 1, binding_key(ACT_NOTES) ? binding_key(ACT_NOTES) : action_infos[ACT_NOTES].name);
}

/* Where it may have had no box for a while. */
static void
put_cursor(struct app *app, node_id node)
{
	app->state.cursor = node;
	app->follow = FOLLOW_CURSOR;
}

void
app_opened(struct app *app)
{
	if (!app->again) {
		if (app->search)
			app_set_search(app, str_of(app->search));
		if (app->focus)
			focus_on_path(app, app->focus);
		apply_wishes(app);
		tell_problems(app);
	}
	if (app->kept)
		kept_apply(app->kept, app);
	kept_free(app->kept);
	app->kept = NULL;
	app_go_folds(app, put_cursor, app->state.cursor);
	app->follow = FOLLOW_CURSOR;
	app_settle(app);
}

static void
open_sandwich(struct app *app, struct view_state *target)
{
	struct error err = { 0 };
	struct regex *regex = regex_compile(str_of(app->sandwich), REGEX_SMART, &err);

	if (!regex) {
		app_say(app, "--sandwich: %s", err.text);
		return;
	}
	regex_free(regex);
	target->sandwich = strtab_intern(app->patterns, str_of(app->sandwich));
	if (app->options.view < 0)
		target->view = VIEW_SANDWICH;
}

/* The timeline has one trace: what is to be shown in it becomes one. */
static bool
timeline_fits(struct app *app, struct view_state *target)
{
	return recipe_is_timed(app->session->ds, &target->recipe) || timeline_recipe(app, target->recipe.spec.track, &target->recipe);
}

/* Several traces are chosen from, unless something is asked for that only a graph shows. */
static enum view_id
usual_view(const struct app *app)
{
	struct recipe usual = { .spec = tree_spec_default(app->session->ds) };

	return traces_lead(app->session->ds) && !app->focus && !app->sandwich && recipe_equal(&app->session->start, &usual) ? VIEW_TRACES : VIEW_FLAME;
}

/* Takes away what cannot be asked: queries without spans.  True: there was something. */
static bool
drop_queries(const struct dataset *ds, struct select_spec *select)
{
	bool drops = select->query_count && !dataset_has_spans(ds);

	while (drops && select->query_count)
		select_remove(select, select->query_count - 1u);
	return drops;
}

/* Read again, the input is looked at in the same way as far as it still has the parts for it. */
static void
open_session(struct app *app, struct dataset *ds)
{
	struct view_state before = app->state;

	app->again = app->session != NULL;
	kept_free(app->kept);
	app->kept = keep_view(app);
	app_drop_session(app);
	app->session = session_new(ds, app->patterns, app->asked ? &app->recipe : NULL);
	names_init(&app->names, ds);
	app->session->grain = app->options.grain;
	app->start = (struct view_state){
		.view = usual_view(app), .recipe = app->session->start, .sort = TOP_SELF, .utc = app->options.utc, .traces.track = ID_NONE,
	};
	for (size_t i = 0; i < app->options.usual_count; i++)
		link_apply(app, &app->start, &app->options.usual[i]);
	if (app->options.view >= 0 && app->options.view < VIEW_COUNT)
		app->start.view = (enum view_id)app->options.view;
	app->start.pane = view_pane(app->start.view);
	struct view_state target = app->start;
	if (app->again) {
		target = before;
		target.focus = target.cursor = NODE_ALL;
		target.from = target.to = 0;
		target.aside = (struct spot){ 0 };
		target.folds = target.tree_top = target.chain_step = target.traces.folds = 0;
		target.traces.track = ID_NONE;
		target.traces.part = 0;
		if (!app->kept || !kept_spec(app->kept, app, &app->start.recipe.spec, &target.recipe.spec))
			app_say(app, "what was looked at is not there any more");
		drop_queries(ds, &app->start.recipe.select);
		if (drop_queries(ds, &target.recipe.select))
			app_say(app, "there are no spans any more: the query is gone");
	}
	if (!app->again && app->sandwich)
		open_sandwich(app, &target);
	if (target.view == VIEW_SANDWICH && target.sandwich == STR_EMPTY) {
		app_say(app, "a sandwich needs functions: s on one of them opens it");
		target.view = app->start.view = VIEW_FLAME;
	}
	if (target.view == VIEW_TIMELINE && !timeline_fits(app, &target)) {
		app_say(app, "the timeline is made of spans: there are none here");
		target.view = app->start.view = VIEW_FLAME;
		target.pane = app->start.pane = PANE_FLAME;
	}
	app_go(app, &target, GO_OPEN);
}

void
app_loaded(struct app *app, struct dataset *ds, const struct error *err, uint64_t now_ms)
{
	struct buf text = { 0 };

	app->now = now_ms;
	app->loading.job = NULL;
	app->loading.asking = false;
	if (ds) {
		open_session(app, ds);
		return;
	}
	if (err)
		error_format(err, &text);
	if (app->session) {
		app->options.grain = app->session->grain;
		app_say(app, "not read again: %s", buf_str(&text).at);
	} else if (err && err->code == ERROR_CANCELLED) {
		app->quit = true;
	} else {
		app->loading.failure = xstrndup(buf_str(&text).at, text.len);
	}
	buf_fini(&text);
}

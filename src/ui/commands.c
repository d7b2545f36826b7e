/* SPDX-License-Identifier: MIT
 * What the actions do that are the same in every view. */
#include "config.h"

#include "ui/calltree.h"
#include "ui/chain.h"
#include "ui/change.h"
#include "ui/charts.h"
#include "ui/clocks.h"
#include "ui/copying.h"
#include "ui/critical.h"
#include "ui/details.h"
#include "ui/hue.h"
#include "ui/jumps.h"
#include "ui/filters.h"
#include "ui/granularity.h"
#include "ui/grouping.h"
#include "ui/labels.h"
#include "ui/pills.h"
#include "ui/query_prompt.h"
#include "ui/sandwich.h"
#include "ui/table.h"
#include "ui/table_groups.h"
#include "ui/timeline.h"
#include "ui/traces.h"
#include "ui/viewer.h"
#include "ui/writing.h"

typedef unsigned (*handler)(struct app *app);

/* ---- going */

static unsigned
back(struct app *app)
{
	return app_restore(app, false);
}

static unsigned
forward(struct app *app)
{
	return app_restore(app, true);
}

/* First the whole axis; where it is shown already, everything as it was at the start. */
static unsigned
reset(struct app *app)
{
	node_id cursor = app->state.cursor;

	if (!flame_is_whole(app)) {
		flame_focus_on(app, NODE_ALL);
		app->state.cursor = cursor;
		return UPDATE_DRAW;
	}
	app_remember(app, 0);
	struct view_state target = app->start;
	target.view = app->state.view;
	target.pane = app->state.pane;
	if (target.view == VIEW_TIMELINE && !recipe_is_timed(app->session->ds, &target.recipe))
		target.recipe = app->state.recipe;
	target.sandwich = app->state.sandwich;
	return app_go(app, &target, GO_STATE);
}

static unsigned
cancel(struct app *app)
{
	if (writing_stop(app) || charts_cancel(app))
		return UPDATE_DRAW;
	if (app->range.on) {
		app->range.on = false;
		return UPDATE_DRAW;
	}
	return app->state.search != STR_EMPTY ? pill_remove(app, PILL_SEARCH) : UPDATE_NONE;
}

/* ---- views */

static unsigned
show_flame(struct app *app)
{
	return app_change_view(app, VIEW_FLAME);
}

static unsigned
show_table(struct app *app)
{
	return app_change_view(app, VIEW_TABLE);
}

static unsigned
show_tree(struct app *app)
{
	return app_change_view(app, VIEW_TREE);
}

static unsigned
show_traces(struct app *app)
{
	return app_change_view(app, VIEW_TRACES);
}

static unsigned
show_timeline(struct app *app)
{
	return timeline_open(app);
}

static unsigned
show_both(struct app *app)
{
	return app_change_view(app, VIEW_BOTH);
}

/* A sandwich without functions and a timeline without spans are stepped over. */
static bool
is_view(const struct app *app, enum view_id view)
{
	return view == VIEW_SANDWICH ? app->state.sandwich != STR_EMPTY : view != VIEW_TIMELINE || dataset_has_spans(app->session->ds);
}

static unsigned
step_view(struct app *app, int by)
{
	int view = (int)app->state.view;

	do
		view = (view + by + VIEW_COUNT) % VIEW_COUNT;
	while (!is_view(app, (enum view_id)view));
	return app_change_view(app, (enum view_id)view);
}

static unsigned
show_previous(struct app *app)
{
	return step_view(app, -1);
}

static unsigned
show_next(struct app *app)
{
	return step_view(app, 1);
}

static unsigned
next_pane(struct app *app)
{
	struct view_state *state = &app->state;

	if (state->view == VIEW_TRACES)
		return traces_next_pane(app);
	bool two = state->view == VIEW_BOTH, last = !two || state->pane != view_pane(VIEW_BOTH), details = state->details && !state->in_details && last;

	if (two && !details)
		state->pane = state->pane == PANE_FLAME ? PANE_TABLE : PANE_FLAME;
	state->in_details = details;
	return UPDATE_DRAW;
}

/* ---- searching */

static unsigned
search(struct app *app)
{
	return prompt_open(app, PROMPT_SEARCH);
}

static unsigned
search_forwards(struct app *app)
{
	return search_go(app, false);
}

static unsigned
search_backwards(struct app *app)
{
	return search_go(app, true);
}

/* ---- what is shown, and how */

static unsigned
merge(struct app *app)
{
	struct tree_spec spec = app->state.recipe.spec;

	if (app->state.view == VIEW_SANDWICH)
		return app_say(app, "the sandwich is always merged");
	if (app->state.recipe.inverted)
		return app_say(app, "bottom-up is always merged: b turns it round");
	spec.merge = app_scene(app)->tree->timed ? MERGE_MERGED : MERGE_TIME;
	if (spec.merge == MERGE_TIME)
		spec.group = NULL;
	if (spec.merge == MERGE_TIME && !tree_spec_is_timed(app->session->ds, &spec))
		return app_say(app, "%s", metric_is_of_spans(spec.metric)           ? "one trace at a time can be shown in time order: t chooses it"
		                          : samples_have_times(&app->session->ds->samples) ? "one thread at a time can be shown in time order: t chooses it"
		                                                              : "these samples have no order in time");
	app_change_spec(app, &spec);
	return app_say(app, "%s", spec.merge == MERGE_TIME ? "in the order of time" : "merged: equal frames under equal parents are one box");
}

static unsigned
order(struct app *app)
{
	static const char *const sentences[] = {
		[ORDER_HEAVIEST] = "heaviest first", [ORDER_ALPHABETICAL] = "in alphabetical order", [ORDER_FIRST] = "by first start",
	};
	struct tree_spec spec = app->state.recipe.spec;

	if (app_scene(app)->tree->timed)
		return app_say(app, "in time order boxes stand where they ran: M merges them");
	spec.order = (enum tree_order)((spec.order + 1) % (ORDER_FIRST + 1));
	app_change_spec(app, &spec);
	return app_say(app, "%s", sentences[spec.order]);
}

static unsigned
colour(struct app *app)
{
	static const char *const sentences[COLOR_MODES] = {
		"colours by service or package", "colours by name", "colours by weight: red is all of the view", "colours by self: red is all of the view",
		"colours by service or module", "colours by kind", "colours by status", "one colour",
	};

	app_remember(app, HISTORY_COLOUR);
	do
		app->state.color = app->state.color < COLOR_PLAIN ? (enum color_mode)(app->state.color + 1) : COLOR_PACKAGE;
	while (!hue_mode_tells(app, app->state.color));
	return app_say(app, "%s", sentences[app->state.color]);
}

static unsigned
names(struct app *app)
{
	app_remember(app, 0);
	app->state.brief = !app->state.brief;
	return app_say(app, "%s", app->state.brief ? "names are short" : "names are in full");
}

static unsigned
align(struct app *app)
{
	app_remember(app, 0);
	app->state.align = app->state.align == FIT_LEFT ? FIT_RIGHT : FIT_LEFT;
	return app_say(app, "%s", app->state.align == FIT_LEFT ? "the beginning of names is shown" : "the end of names is shown");
}

static unsigned
flip(struct app *app)
{
	app_remember(app, 0);
	app->state.flipped = !app->state.flipped;
	return UPDATE_DRAW;
}

static unsigned
previous_span(struct app *app)
{
	return details_step(app, -1);
}

static unsigned
next_span(struct app *app)
{
	return details_step(app, 1);
}

static unsigned
save(struct app *app)
{
	return prompt_open(app, PROMPT_SAVE);
}

/* ---- the program */

static unsigned
menu(struct app *app)
{
	return menu_open(app, -1, 0);
}

static unsigned
reload(struct app *app)
{
	(void)app;
	return UPDATE_RELOAD;
}

static unsigned
mouse(struct app *app)
{
	app->mouse = !app->mouse;
	app->hover.on = false;
	return UPDATE_MOUSE | app_say(app, "%s", app->mouse ? "the mouse works here" : "the mouse is the terminal's: F2 takes it back");
}

static unsigned
redraw(struct app *app)
{
	(void)app;
	return UPDATE_DRAW | UPDATE_REDRAW;
}

static unsigned
stop(struct app *app)
{
	(void)app;
	return UPDATE_STOP;
}

static unsigned
quit(struct app *app)
{
	unsigned update;

	return writing_holds(app, &update) ? update : UPDATE_QUIT;
}

static const handler handlers[ACTION_COUNT] = {
	[ACT_BACK] = back, [ACT_FORWARD] = forward, [ACT_RESET] = reset, [ACT_CANCEL] = cancel,
	[ACT_VIEW_FLAME] = show_flame, [ACT_VIEW_TABLE] = show_table, [ACT_VIEW_BOTH] = show_both,
	[ACT_VIEW_TREE] = show_tree, [ACT_VIEW_TIMELINE] = show_timeline, [ACT_VIEW_TRACES] = show_traces,
	[ACT_VIEW_SANDWICH] = sandwich_again, [ACT_SANDWICH] = sandwich_here, [ACT_SANDWICH_OF] = sandwich_ask,
	[ACT_VIEW_PREV] = show_previous, [ACT_VIEW_NEXT] = show_next, [ACT_PANE_NEXT] = next_pane,
	[ACT_SEARCH] = search, [ACT_SEARCH_NEXT] = search_forwards, [ACT_SEARCH_PREV] = search_backwards, [ACT_SEARCH_HERE] = search_here,
	[ACT_ERROR_NEXT] = jump_error_next, [ACT_ERROR_PREV] = jump_error_prev,
	[ACT_CRITICAL_NEXT] = jump_critical_next, [ACT_CRITICAL_PREV] = jump_critical_prev,
	[ACT_PARENT] = jump_to_parent, [ACT_SLOWEST] = jump_to_slowest, [ACT_SIBLING_NEXT] = jump_to_next_sibling,
	[ACT_SIBLING_PREV] = jump_to_prev_sibling, [ACT_GAP] = jump_to_gap,
	[ACT_TRACK] = track_picker_open, [ACT_METRIC] = metric_picker_open, [ACT_MERGE] = merge, [ACT_ORDER] = order,
	[ACT_GROUP] = group_open, [ACT_LABEL] = label_open, [ACT_GRAIN] = grain_next,
	[ACT_COLOUR] = colour, [ACT_LEGEND] = legend_open, [ACT_NAMES] = names, [ACT_ALIGN] = align, [ACT_FLIP] = flip, [ACT_THEME] = theme_picker_open,
	[ACT_TABLE_BY] = table_by_next, [ACT_ONLY_MATCHES] = table_only_matches, [ACT_CHAINS] = chain_fold_all, [ACT_HIDE] = filter_hide, [ACT_HIDE_SERVICE] = filter_hide_service, [ACT_ONLY] = filter_only, [ACT_IGNORE] = filter_ignore, [ACT_SHOW_FROM] = filter_show_from,
	[ACT_QUERY] = query_ask, [ACT_QUERIES] = query_saved_open,
	[ACT_HIDE_BY] = filter_hide_ask, [ACT_ONLY_BY] = filter_only_ask, [ACT_IGNORE_BY] = filter_ignore_ask, [ACT_SHOW_FROM_BY] = filter_show_from_ask,
	[ACT_CRITICAL] = critical_turn, [ACT_TIMES] = clocks_turn_times, [ACT_SKEW] = clocks_turn_skew,
	[ACT_RECURSION] = filter_recursion, [ACT_INVERT] = filter_invert,
	[ACT_DETAILS] = details_toggle, [ACT_SPAN_PREV] = previous_span, [ACT_SPAN_NEXT] = next_span,
	[ACT_PILLS] = pills_open, [ACT_NOTES] = notes_open,
	[ACT_COPY] = copy_name, [ACT_COPY_STACK] = copy_stack, [ACT_EDIT] = edit_source, [ACT_LINK] = copy_link, [ACT_WRITE] = write_pick, [ACT_WRITE_HERE] = write_pick_here, [ACT_SAVE_SCREEN] = save,
	[ACT_MENU] = menu, [ACT_PALETTE] = palette_open, [ACT_HELP] = help_open, [ACT_RELOAD] = reload, [ACT_MOUSE] = mouse,
	[ACT_REDRAW] = redraw, [ACT_SUSPEND] = stop, [ACT_QUIT] = quit,
};

static unsigned
act(struct app *app, enum action action)
{
	unsigned update = UPDATE_NONE;

	if (app->state.in_details && details_act(app, action, &update))
		return update;
	if (table_group_act(app, action, &update))
		return update;
	if (handlers[action])
		return handlers[action](app);
	enum pane pane = app_pane(app);
	if (app->state.view == VIEW_TRACES ? traces_act(app, action, &update)
	    : pane == PANE_TABLE ? table_act(app, action, &update)
	    : pane == PANE_TREE ? calltree_act(app, action, &update)
	    : pane == PANE_TIMELINE ? timeline_act(app, action, &update)
	                            : flame_act(app, action, &update))
		return update;
	return app_say(app, "%s means nothing here", action_infos[action].name);
}

unsigned
app_act(struct app *app, enum action action)
{
	/* A message is about the picture that was there. */
	bool said = app->message && action_infos[action].group != GROUP_MOVE;

	if (said) {
		free(app->message);
		app->message = NULL;
	}
	return act(app, action) | (said ? UPDATE_DRAW : UPDATE_NONE);
}

/* SPDX-License-Identifier: MIT
 * What the actions do that are the same in every view. */
#include "config.h"

#include <unistd.h>

#include "analysis/label.h"
#include "layout/chains.h"
#include "ui/calltree.h"
#include "ui/chain.h"
#include "ui/charts.h"
#include "ui/clocks.h"
#include "ui/critical.h"
#include "ui/change.h"
#include "ui/details.h"
#include "ui/hue.h"
#include "ui/jumps.h"
#include "ui/filters.h"
#include "ui/grouping.h"
#include "ui/link.h"
#include "ui/pills.h"
#include "ui/query_prompt.h"
#include "ui/sandwich.h"
#include "ui/table.h"
#include "ui/timeline.h"
#include "ui/traces.h"
#include "ui/viewer.h"
#include "util/alloc.h"
#include "util/text.h"

typedef unsigned (*handler)(struct app *app);

static bool
is_whole(struct app *app)
{
	return app->state.focus == NODE_ALL && !pill_is_on(app, PILL_ZOOM);
}

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

	if (!is_whole(app)) {
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
	if (charts_cancel(app))
		return UPDATE_DRAW;
	if (app->range.on) {
		app->range.on = false;
		return UPDATE_DRAW;
	}
	return app->state.search[0] ? pill_remove(app, PILL_SEARCH) : UPDATE_NONE;
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
		                          : app->session->ds->samples.time_ns ? "one thread at a time can be shown in time order: t chooses it"
		                                                              : "these samples have no order in time");
	app_remember(app, 0);
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
	app_remember(app, 0);
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

	app->state.color = (enum color_mode)((app->state.color + 1) % COLOR_MODES);
	return app_say(app, "%s", sentences[app->state.color]);
}

static unsigned
names(struct app *app)
{
	app->state.brief = !app->state.brief;
	return app_say(app, "%s", app->state.brief ? "names are short" : "names are in full");
}

static unsigned
align(struct app *app)
{
	app->state.align = app->state.align == FIT_LEFT ? FIT_RIGHT : FIT_LEFT;
	return app_say(app, "%s", app->state.align == FIT_LEFT ? "the beginning of names is shown" : "the end of names is shown");
}

static unsigned
flip(struct app *app)
{
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

/* ---- taking away */

/* What is copied is pasted into shells: a name must not press Enter there. */
static void
add_label(struct app *app, frame_id frame, struct buf *out)
{
	struct buf raw = { 0 };

	label_show(app->session->ds, frame, &raw);
	text_sanitise(buf_str(&raw), out);
	buf_fini(&raw);
}

static unsigned
copy(struct app *app)
{
	frame_id frame = app_frame(app);
	struct buf text = { 0 };

	if (app->state.view == VIEW_TRACES)
		return traces_copy(app);
	if (frame == ID_NONE)
		return app_say(app, "this is everything: choose a box first");
	add_label(app, frame, &text);
	free(app->copy);
	app->copy = xstrndup(buf_str(&text).at, text.len);
	buf_fini(&text);
	return app_say(app, "copied %s", app->copy) | UPDATE_COPY;
}

static unsigned
copy_stack(struct app *app)
{
	const struct tree *tree = app_scene(app)->tree;
	node_id node = details_node(app);
	uint32_t depth = tree->level[node];
	struct buf text = { 0 };

	if (depth == 0)
		return app_say(app, "this is everything: choose a box first");
	frame_id *frames = xcalloc(depth, sizeof *frames);
	for (uint32_t level = depth; level-- > 0; node = tree->parent[node])
		frames[level] = tree->frame[node];
	for (uint32_t level = 0; level < depth; level++) {
		add_label(app, frames[level], &text);
		buf_addc(&text, '\n');
	}
	free(frames);
	free(app->copy);
	app->copy = xstrndup(buf_str(&text).at, text.len);
	buf_fini(&text);
	return app_say(app, "copied a stack of %u", depth) | UPDATE_COPY;
}

static bool
has_file(struct app *app)
{
	frame_id frame = app_frame(app);

	return frame != ID_NONE && app->session->ds->frames[frame].file != STR_EMPTY;
}

static unsigned
edit(struct app *app)
{
	const struct dataset *ds = app->session->ds;

	if (!has_file(app))
		return app_say(app, "the input does not say where this is written");
	const struct frame *frame = &ds->frames[app_frame(app)];
	struct str path = dataset_str(ds, frame->file);
	free(app->edit);
	app->edit = xstrndup(path.at, path.len);
	app->edit_line = frame->line;
	if (strlen(app->edit) == path.len && access(app->edit, R_OK) == 0)
		return UPDATE_EDIT;
	free(app->edit);
	app->edit = NULL;
	return app_say(app, "there is no file %.*s here", (int)path.len, path.at);
}

static unsigned
copy_link(struct app *app)
{
	struct buf text = { 0 };

	link_format(app, &text);
	free(app->copy);
	app->copy = xstrndup(buf_str(&text).at, text.len);
	buf_fini(&text);
	return app_say(app, "copied a command line that opens this view") | UPDATE_COPY;
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
	(void)app;
	return UPDATE_QUIT;
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
	[ACT_COPY] = copy, [ACT_COPY_STACK] = copy_stack, [ACT_EDIT] = edit, [ACT_LINK] = copy_link, [ACT_WRITE] = write_pick, [ACT_WRITE_HERE] = write_pick_here, [ACT_SAVE_SCREEN] = save,
	[ACT_MENU] = menu, [ACT_PALETTE] = palette_open, [ACT_HELP] = help_open, [ACT_RELOAD] = reload, [ACT_MOUSE] = mouse,
	[ACT_REDRAW] = redraw, [ACT_SUSPEND] = stop, [ACT_QUIT] = quit,
};

unsigned
app_act(struct app *app, enum action action)
{
	unsigned update = UPDATE_NONE;

	if (app->state.in_details && details_act(app, action, &update))
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

/* ---- what would do something now */

static bool
can_enter(struct app *app)
{
	return app_pane(app) == PANE_TABLE ? table_chosen(app) != NULL
	                                   : app->state.cursor != app->state.focus || pill_is_on(app, PILL_ZOOM);
}

static bool
can_merge(struct app *app)
{
	struct tree_spec timed = app->state.recipe.spec;

	timed.merge = MERGE_TIME;
	timed.group = NULL;
	return app->state.view != VIEW_SANDWICH && !app->state.recipe.inverted && tree_spec_is_timed(app->session->ds, &timed);
}

static bool
can_fold(struct app *app)
{
	const struct tree *tree = app_scene(app)->tree;
	node_id node = app->state.cursor;

	if (app_pane(app) == PANE_TREE || app_pane(app) == PANE_TIMELINE)
		return node != app->state.focus && tree->end[node] > node + 1;
	return app_pane(app) == PANE_FLAME && chain_has(tree, node);
}

bool
app_can(struct app *app, enum action action)
{
	bool can;
	if (app->state.view == VIEW_TRACES && !(action_infos[action].places & app_places(app)))
		return false;
	if (app->state.view == VIEW_TRACES && traces_decides(action))
		return traces_can(app, action);
	const struct scene *scene = app_scene(app);
	const struct dataset *ds = app->session->ds;

	if (app->state.in_details && details_can(app, action, &can))
		return can;
	switch (action) {
	case ACT_ENTER:       return can_enter(app);
	case ACT_BACK:        return history_can(&app->history, false);
	case ACT_FORWARD:     return history_can(&app->history, true);
	case ACT_RESET:       return !is_whole(app);
	case ACT_CANCEL:      return app->range.on || app->state.search[0] != '\0';
	case ACT_PANE_NEXT:   return app->state.view == VIEW_BOTH || app->state.details || app->state.view == VIEW_TRACES;
	case ACT_SPAN_PREV:
	case ACT_SPAN_NEXT:   return !scene->tree->timed && scene->tree->span && scene->tree->items[details_node(app)] > 1;
	case ACT_SEARCH_NEXT:
	case ACT_SEARCH_PREV: return scene->match && scene->match->node_count > 0;
	case ACT_ERROR_NEXT:
	case ACT_ERROR_PREV:  return scene->tree->span && app->session->facts.errors > 0;
	case ACT_CRITICAL_NEXT:
	case ACT_CRITICAL_PREV: return scene->tree->span != NULL;
	case ACT_GAP:         return scene->tree->timed && scene->tree->span && app->state.cursor != NODE_ALL;
	case ACT_PARENT:
	case ACT_SIBLING_NEXT:
	case ACT_SIBLING_PREV: return details_node(app) != NODE_ALL;
	case ACT_SLOWEST:     return tree_first_child(scene->tree, details_node(app)) != NODE_NONE;
	case ACT_GROUP:       return group_can(app);
	case ACT_LABEL:       return label_can(app);
	case ACT_GRAIN:       return !metric_is_of_spans(app->state.recipe.spec.metric);
	case ACT_TRACK:       return ds->track_count > 1;
	case ACT_METRIC:      return metric_list(ds, NULL, NULL, 0) > 1;
	case ACT_MERGE:       return can_merge(app);
	case ACT_QUERY:
	case ACT_CRITICAL:
	case ACT_TIMES:
	case ACT_SKEW:        return dataset_has_spans(ds);
	case ACT_QUERIES:     return dataset_has_spans(ds) && app->options.query_count > 0;
	case ACT_ORDER:       return !scene->tree->timed;
	case ACT_NOTES:       return ds->note_count > 0 || app->options.problem_count > 0 || dataset_has_spans(ds);
	case ACT_CHAINS:      return app_pane(app) == PANE_FLAME;
	case ACT_EDIT:        return has_file(app);
	case ACT_FOLD:        return can_fold(app);
	case ACT_INVERT:      return app->state.view != VIEW_SANDWICH;
	case ACT_WRITE_HERE:  return write_has_here(app);
	case ACT_PILLS:       return pill_count(app) > 0;
	case ACT_SANDWICH:
	case ACT_HIDE:
	case ACT_HIDE_SERVICE:
	case ACT_ONLY:
	case ACT_IGNORE:
	case ACT_SHOW_FROM:
	case ACT_DETAILS:
	case ACT_SEARCH_HERE:
	case ACT_COPY_STACK:
	case ACT_COPY:        return app_frame(app) != ID_NONE;
	default:              return action != ACT_NONE && (action_infos[action].places & app_places(app));
	}
}

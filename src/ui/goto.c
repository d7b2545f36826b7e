/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/goto.h"

#include "ui/calltree.h"
#include "ui/change.h"
#include "ui/instances.h"
#include "ui/timeline.h"

unsigned
app_go_to(struct app *app, node_id node)
{
	enum pane pane = app_pane(app);

	if (pane == PANE_TREE)
		return calltree_go_to(app, node);
	if (pane == PANE_TIMELINE)
		return timeline_go_to(app, node);
	bool turns = app->state.view == VIEW_TABLE || app->state.view == VIEW_TRACES;
	app_remember(app, turns ? 0 : HISTORY_FIND);
	if (turns)
		app->state.view = VIEW_FLAME;
	app->state.pane = PANE_FLAME;
	return flame_bring(app, node);
}

static bool
is_of(const struct app *app, span_id span, track_id track)
{
	return track == TRACK_ALL || app->session->ds->spans.track[span] == track;
}

span_id
app_cursor_span(struct app *app, track_id track)
{
	struct instances instances = instances_of(app, app->state.cursor);

	for (uint32_t i = 0; app->latest != ID_NONE && i < instances.count; i++)
		if (instances.at[i] == app->latest && is_of(app, app->latest, track))
			return app->latest;
	for (uint32_t i = 0; i < instances.count; i++)
		if (is_of(app, instances.at[i], track))
			return instances.at[i];
	return ID_NONE;
}

void
app_note_span(struct app *app)
{
	const struct tree *tree = app_scene(app)->tree;
	const struct view_state *state = &app->state;

	if (state->cursor == NODE_ALL || !tree->span || app_is_building(app))
		return;
	if (tree->timed) {
		app->latest = tree->span[state->cursor];
	} else if (state->details && state->details_nth && state->details_of == state->cursor) {
		struct instances instances = instances_of(app, state->cursor);
		if (state->details_nth <= instances.count)
			app->latest = instances.at[state->details_nth - 1];
	}
}

/* Which of the spans of its node it is, for the details. */
static void
tell_details(struct app *app, node_id node, span_id span)
{
	struct instances instances = instances_of(app, node);
	uint32_t nth = 0;

	while (nth < instances.count && instances.at[nth] != span)
		nth++;
	app->state.details_of = node;
	app->state.details_nth = instances.count > 1 && nth < instances.count ? nth + 1 : 0;
	app->state.details_row = app->state.details_top = 0;
}

static unsigned
go_to(struct app *app, node_id node, span_id span)
{
	unsigned update = app_go_to(app, node);

	tell_details(app, node, span);
	return update;
}

unsigned
app_arrive_at_span(struct app *app)
{
	size_t now = app->history.now, len = app->history.len;
	span_id span = app->wanted;

	app->wanted = ID_NONE;
	if (span == ID_NONE)
		return UPDATE_NONE;
	node_id node = instances_find(app, span);
	if (node == NODE_NONE)
		return app_say(app, "the filters leave this span out");
	unsigned update = go_to(app, node, span);
	/* The way to the tree and that to the span are one step. */
	app->history.now = now;
	app->history.len = len;
	return update;
}

unsigned
app_go_to_span(struct app *app, span_id span)
{
	const struct dataset *ds = app->session->ds;
	node_id node = instances_find(app, span);
	struct view_state target = app->state;
	enum view_id view = history_tree_view(&app->history);

	app_remember(app, 0);
	/* From the list a trace is opened, rather than found among all of them. */
	if (node != NODE_NONE && app->state.view != VIEW_TRACES)
		return go_to(app, node, span);
	struct tree_spec *spec = &target.recipe.spec;
	spec->track = ds->spans.track[span];
	spec->merge = MERGE_TIME;
	if (!metric_is_of_spans(spec->metric))
		spec->metric = (struct metric){ .kind = METRIC_WALL };
	target.recipe.inverted = false;
	if (app->state.view == VIEW_SANDWICH) {
		app->state.view = target.view = VIEW_FLAME;
		app->state.pane = target.pane = PANE_FLAME;
	}
	state_leave_bare(&target, view);
	app->wanted = span;
	return app_go(app, &target, GO_MAP);
}

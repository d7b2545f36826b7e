/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/goto.h"

#include "ui/calltree.h"
#include "ui/change.h"
#include "ui/timeline.h"

unsigned
app_go_to(struct app *app, node_id node)
{
	enum pane pane = app_pane(app);

	if (pane == PANE_TREE)
		return calltree_go_to(app, node);
	if (pane == PANE_TIMELINE)
		return timeline_go_to(app, node);
	if (pane == PANE_TABLE && app->state.view == VIEW_TABLE) {
		app_remember(app, 0);
		app->state.view = VIEW_FLAME;
	}
	app->state.pane = PANE_FLAME;
	return flame_go_to(app, node);
}

static node_id
node_of_span(const struct tree *tree, span_id span)
{
	for (node_id node = 1; tree->span && node < tree->count; node++)
		if (tree->span[node] == span)
			return node;
	return NODE_NONE;
}

/* Where only the first span of a node is known, only that one is found. */
unsigned
app_arrive_at_span(struct app *app)
{
	size_t now = app->history.now, len = app->history.len;
	span_id span = app->wanted;

	app->wanted = ID_NONE;
	if (span == ID_NONE)
		return UPDATE_NONE;
	node_id node = node_of_span(app->scene->tree, span);
	if (node == NODE_NONE)
		return app_say(app, "the filters leave this span out");
	unsigned update = app_go_to(app, node);
	/* The way to the tree and that to the span are one step. */
	app->history.now = now;
	app->history.len = len;
	return update;
}

unsigned
app_go_to_span(struct app *app, span_id span)
{
	const struct dataset *ds = app->session->ds;
	node_id node = node_of_span(app_scene(app)->tree, span);
	struct view_state target = app->state;

	if (node != NODE_NONE)
		return app_go_to(app, node);
	app_remember(app, 0);
	struct tree_spec *spec = &target.recipe.spec;
	spec->track = ds->spans.track[span];
	spec->merge = MERGE_TIME;
	if (!metric_is_of_spans(spec->metric))
		spec->metric = (struct metric){ .kind = METRIC_WALL };
	target.recipe.inverted = false;
	if (app->state.view == VIEW_SANDWICH)
		app->state.view = target.view = VIEW_FLAME;
	app->wanted = span;
	return app_go(app, &target, GO_MAP);
}

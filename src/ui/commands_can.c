/* SPDX-License-Identifier: MIT
 * Which actions would do something now: menus, palette and footer show those. */
#include "config.h"

#include "layout/chains.h"
#include "ui/copying.h"
#include "ui/details.h"
#include "ui/grouping.h"
#include "ui/labels.h"
#include "ui/pills.h"
#include "ui/table.h"
#include "ui/table_groups.h"
#include "ui/traces.h"
#include "ui/viewer.h"

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

/* From match to match, or what queries find. */
static bool
can_go_on(struct app *app)
{
	struct scene *scene = app_scene(app);
	const struct match *match = scene->match || view_is_bare(app->state.view) || app_pane(app) == PANE_TABLE
	                                    ? scene->match
	                                    : scene->found;

	return match && match->node_count > 0;
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

/* Whether it is about the frame under the cursor. */
static bool
is_on_frame(enum action action)
{
	static const enum action actions[] = {
		ACT_SANDWICH, ACT_HIDE, ACT_HIDE_SERVICE, ACT_ONLY, ACT_IGNORE, ACT_SHOW_FROM,
		ACT_DETAILS, ACT_SEARCH_HERE, ACT_COPY_STACK, ACT_COPY,
	};

	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (actions[i] == action)
			return true;
	return false;
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
	if (table_group_can(app, action, &can))
		return can;
	switch (action) {
	case ACT_ENTER:       return can_enter(app);
	case ACT_BACK:        return history_can(&app->history, false);
	case ACT_FORWARD:     return history_can(&app->history, true);
	case ACT_RESET:       return !flame_is_whole(app);
	case ACT_CANCEL:      return app->range.on || app->state.search != STR_EMPTY;
	case ACT_PANE_NEXT:   return app->state.view == VIEW_BOTH || app->state.details || app->state.view == VIEW_TRACES;
	case ACT_SPAN_PREV:
	case ACT_SPAN_NEXT:   return !scene->tree->timed && scene->tree->span && scene->tree->items[details_node(app)] > 1;
	case ACT_SEARCH_NEXT:
	case ACT_SEARCH_PREV: return can_go_on(app);
	case ACT_ERROR_NEXT:
	case ACT_ERROR_PREV:  return scene->tree->span && app->session->facts.errors > 0;
	case ACT_CRITICAL_NEXT:
	case ACT_CRITICAL_PREV: return scene->tree->span != NULL;
	case ACT_GAP:         return scene->tree->timed && scene->tree->span && app->state.cursor != NODE_ALL;
	case ACT_PARENT:
	case ACT_SIBLING_NEXT:
	case ACT_SIBLING_PREV: return details_node(app) != NODE_ALL;
	case ACT_SLOWEST:     return tree_first_child(scene->tree, details_node(app)) != NODE_NONE;
	case ACT_HIDE_SERVICE: return app_frame(app) != ID_NONE && frame_module(ds, app_frame(app)).len > 0;
	case ACT_GROUP:       return group_can(app);
	case ACT_LABEL:       return label_can(app);
	case ACT_GRAIN:       return !app_shows_spans(app);
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
	case ACT_EDIT:        return edit_can(app);
	case ACT_FOLD:        return can_fold(app);
	case ACT_INVERT:      return app->state.view != VIEW_SANDWICH;
	case ACT_WRITE_HERE:  return write_has_here(app);
	case ACT_PILLS:       return pill_count(app) > 0;
	default:              return action != ACT_NONE && (is_on_frame(action) ? app_frame(app) != ID_NONE : (action_infos[action].places & app_places(app)) != 0);
	}
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/link_timeline.h"

#include <inttypes.h>

#include "analysis/path.h"
#include "ui/calltree.h"

/* The first node of the at-th row of similar siblings that was turned. */
bool
link_print_similar(struct app *app, unsigned at, struct buf *out)
{
	if (!app->state.folds || !app_scene(app)->tree->timed)
		return false;
	const struct folding *folding = calltree_folding(app);
	node_id node = folding_similar_turned(folding, at);
	if (node == NODE_NONE)
		return false;
	path_format(folding->tree, app->session->ds, node, out);
	return true;
}

bool
link_apply_similar(struct app *app, struct view_state *state, struct str value)
{
	node_id node;

	if (!app_scene(app)->tree->timed || !path_find(app_scene(app)->tree, app->session->ds, value, &node, NULL))
		return false;
	state->folds = folds_add(&app->folds, state->folds, FOLD_SIMILAR, node);
	return true;
}

/* SPDX-License-Identifier: MIT
 * What is folded, as options: chains in the graph and nodes in the call tree. */
#include "config.h"

#include "ui/link_folds.h"

#include <inttypes.h>

#include "analysis/path.h"
#include "ui/calltree.h"
#include "ui/chain.h"
#include "ui/link.h"

bool
link_print_chains(struct app *app, unsigned at, struct buf *out)
{
	buf_add(out, STR("folded"));
	return at == 0 && app->state.chains;
}

bool
link_apply_chains(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	state->chains = str_equal(value, STR("folded"));
	return state->chains || str_equal(value, STR("open"));
}

bool
link_print_chain(struct app *app, unsigned at, struct buf *out)
{
	node_id head = app->state.chain_step ? chain_turned(app, at) : NODE_NONE;

	if (head == NODE_NONE)
		return false;
	path_format(app_scene(app)->tree, app->session->ds, head, out);
	return true;
}

bool
link_apply_chain(struct app *app, struct view_state *state, struct str value)
{
	node_id node;

	if (!path_find(app_scene(app)->tree, app->session->ds, value, &node, NULL))
		return false;
	chain_turn(app, state, node);
	return true;
}

/* Steps of folding are those of the graph's tree: a sandwich has another, a list none. */
static const struct folding *
tree_folding(struct app *app)
{
	return app->state.folds && app->state.view != VIEW_SANDWICH && !view_is_bare(app->state.view) ? calltree_folding(app) : NULL;
}

bool
link_print_unfold(struct app *app, unsigned at, struct buf *out)
{
	const struct folding *folding = tree_folding(app);

	if (at > 0 || !folding || folding->base == FOLD_USUAL)
		return false;
	if (folding->base == FOLD_ALL)
		buf_add(out, STR("all"));
	else
		buf_addf(out, "%" PRIu32, folding->levels);
	return true;
}

bool
link_apply_unfold(struct app *app, struct view_state *state, struct str value)
{
	uint32_t levels = 0;
	bool all = str_equal(value, STR("all"));

	if (!all && (!link_number(value, &levels) || levels == 0))
		return false;
	state->folds = folds_add(&app->folds, state->folds, all ? FOLD_ALL : FOLD_LEVEL, levels);
	return true;
}

/* The at-th node that was turned. */
bool
link_print_fold(struct app *app, unsigned at, struct buf *out)
{
	const struct folding *folding = tree_folding(app);
	node_id node = folding ? folding_turned(folding, at) : NODE_NONE;

	if (node == NODE_NONE)
		return false;
	path_format(folding->tree, app->session->ds, node, out);
	return true;
}

bool
link_apply_fold(struct app *app, struct view_state *state, struct str value)
{
	node_id node;

	if (app->state.view == VIEW_SANDWICH || !path_find(app_scene(app)->tree, app->session->ds, value, &node, NULL))
		return false;
	state->folds = folds_add(&app->folds, state->folds, FOLD_TOGGLE, node);
	return true;
}

bool
link_print_tree_scroll(struct app *app, unsigned at, struct buf *out)
{
	buf_addf(out, "%" PRIu32, app->state.tree_top);
	return at == 0 && app->state.tree_top > 0;
}

bool
link_apply_tree_scroll(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	return link_number(value, &state->tree_top);
}

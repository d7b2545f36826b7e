/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/chain.h"

#include "layout/chains.h"
#include "ui/change.h"
#include "util/alloc.h"
#include "util/bits.h"

unsigned
chain_fold_all(struct app *app)
{
	struct view_state target = app->state;

	app_remember(app, 0);
	target.chains = !target.chains;
	target.chain_step = target.aside.chain_step = 0;
	return app_go(app, &target, GO_STATE) | app_say(app, "%s", target.chains ? "chains of only children are one box: space opens one" : "every box stands for itself");
}

void
chain_turn(struct app *app, struct view_state *state, node_id node)
{
	state->chain_step = folds_add(&app->folds, state->chain_step, FOLD_TOGGLE, chain_head(app_scene(app)->tree, node));
}

unsigned
chain_toggle(struct app *app)
{
	const struct tree *tree = app_scene(app)->tree;

	if (!chain_has(tree, app->state.cursor))
		return app_say(app, "it is part of no chain: only children above 99%% fold");
	struct view_state target = app->state;
	app_remember(app, HISTORY_FOLD);
	chain_turn(app, &target, app->state.cursor);
	return app_go(app, &target, GO_STATE);
}

/* A bit for each head that was turned; NULL when none is any more. */
static uint64_t *
turned_heads(const struct app *app, const struct tree *tree)
{
	size_t words = bits_words(tree->count);
	uint64_t *turned = app->state.chain_step ? xcalloc(words, sizeof *turned) : NULL, any = 0;

	for (uint32_t step = app->state.chain_step; step > 0; step = app->folds.at[step - 1].before) {
		node_id node = app->folds.at[step - 1].what;
		bits_flip(turned, node);
	}
	for (size_t i = 0; turned && i < words; i++)
		any |= turned[i];
	if (!any) {
		free(turned);
		turned = NULL;
	}
	return turned;
}

void
chain_apply(struct app *app)
{
	struct scene *scene = app_scene(app);
	bool all = app->state.chains;
	uint32_t step = app->state.chain_step;

	if (scene->chains == all && scene->chain_step == step)
		return;
	uint64_t *turned = turned_heads(app, scene->tree);
	scene_fold_chains(scene, all, turned, step);
	free(turned);
}

unsigned
chain_reveal(struct app *app, node_id node, void (*then)(struct app *app, node_id node))
{
	if (scene_is_folded(app_scene(app), node))
		chain_turn(app, &app->state, node);
	return app_go_folds(app, then, node);
}

node_id
chain_turned(struct app *app, unsigned at)
{
	const struct tree *tree = app_scene(app)->tree;
	uint64_t *turned = turned_heads(app, tree);
	node_id found = NODE_NONE;

	for (node_id node = 0; turned && node < tree->count && found == NODE_NONE; node++)
		if (bits_has(turned, node) && at-- == 0)
			found = node;
	free(turned);
	return found;
}

void
chain_prefix(struct app *app, node_id node, struct buf *out)
{
	const uint32_t *size = app_scene(app)->chain_size;

	if (size && size[node] > 1)
		buf_addf(out, "(%u) ", size[node]);
}

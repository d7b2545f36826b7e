/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/state.h"

enum { HISTORY_MAX = 200 };

struct scene_key
state_key(const struct view_state *state)
{
	struct scene_key key = { .recipe = state->recipe, .bare = view_is_bare(state->view) };

	if (state->view == VIEW_SANDWICH) {
		key.sandwich = state->sandwich;
		key.recipe.spec.merge = MERGE_MERGED;
		key.recipe.inverted = false;
	}
	return key;
}

/* Whether the place in the graph is kept aside. */
static bool
is_aside(enum view_id view)
{
	return view == VIEW_SANDWICH || view_is_bare(view);
}

void
state_turn_to(struct view_state *state, enum view_id view)
{
	if (is_aside(view) && !is_aside(state->view)) {
		state->aside = (struct spot){ state->focus, state->cursor, state->from, state->to, state->top_row, state->chain_step };
	} else if (is_aside(state->view) && !is_aside(view)) {
		state->focus = state->aside.focus;
		state->cursor = state->aside.cursor;
		state->from = state->aside.from;
		state->to = state->aside.to;
		state->top_row = state->aside.top_row;
		state->chain_step = state->aside.chain_step;
	}
	if (is_aside(view)) {
		state->focus = state->cursor = NODE_ALL;
		state->from = state->to = 0;
		state->top_row = 0;
		state->chain_step = 0;
	}
	state->view = view;
	state->pane = view_pane(view);
}

void
state_leave_bare(struct view_state *state, enum view_id view)
{
	if (!view_is_bare(state->view))
		return;
	state->view = view;
	state->pane = view_pane(view);
}

void
history_push(struct history *history, const struct view_state *before, int kind)
{
	bool goes_on = kind != 0 && kind == history->last_kind && history->now == history->len && history->now > 0;

	history->last_kind = kind;
	if (goes_on)
		return;
	history->len = history->now;
	if (history->len == HISTORY_MAX) {
		memmove(history->at, history->at + 1, (HISTORY_MAX - 1) * sizeof *history->at);
		history->len--;
	}
	vec_push(history, *before);
	history->now = history->len;
}

bool
history_go(struct history *history, struct view_state *state, bool forward)
{
	if (!history_can(history, forward))
		return false;
	if (history->now == history->len)
		vec_push(history, *state);
	else
		history->at[history->now] = *state;
	history->now = forward ? history->now + 1 : history->now - 1;
	*state = history->at[history->now];
	history->last_kind = 0;
	return true;
}

bool
history_can(const struct history *history, bool forward)
{
	return forward ? history->now + 1 < history->len : history->now > 0;
}

enum view_id
history_tree_view(const struct history *history)
{
	for (size_t i = history->now; i-- > 0;)
		if (!view_is_bare(history->at[i].view))
			return history->at[i].view == VIEW_SANDWICH ? VIEW_FLAME : history->at[i].view;
	return VIEW_FLAME;
}

void
history_fini(struct history *history)
{
	vec_fini(history);
	history->now = 0;
	history->last_kind = 0;
}

/* SPDX-License-Identifier: MIT
 * From one state to another: where a tree is needed that is not there yet, it is built first, in the background when there is much of it.
 * Until it is there the old state stands. */
#ifndef UI_CHANGE_H
#define UI_CHANGE_H

#include "ui/viewer.h"

enum go {
	GO_MAP,      /* focus and cursor go to the nodes of the new tree that stand for the old ones */
	GO_STATE,    /* the target as it is */
	GO_CENTRE,   /* likewise, scrolled to the functions of a sandwich */
	GO_OPEN,     /* the first state of a new session */
	GO_FOLDS,    /* of the target only how chains are folded */
};

/* enum update. */
unsigned app_go(struct app *app, const struct view_state *target, enum go how);

/* A tree that is needed but not to be shown: once the session has it, then() is called, now or later.  enum update. */
unsigned app_fetch(struct app *app, const struct scene_key *key, unsigned (*then)(struct app *app));

/* Draws chains as the state has them folded; then goes on with a node, now or later, unless then is NULL.  enum update. */
unsigned app_go_folds(struct app *app, void (*then)(struct app *app, node_id node), node_id node);

/* To another view, as a step of the history; the sandwich is that of the latest functions. */
unsigned app_change_view(struct app *app, enum view_id view);

/* When the session is there: what the options ask for beyond the tree. */
void     app_opened(struct app *app);

/* Of a tree being built: whether there is one, what has become of it, and its end at once. */
bool     app_is_building(const struct app *app);
unsigned app_poll_building(struct app *app);
unsigned app_stop_building(struct app *app);

#endif

/* SPDX-License-Identifier: MIT
 * The call tree: the nodes below the focus as an indented list of rows that fold and unfold.  The cursor is that of the graph. */
#ifndef UI_CALLTREE_H
#define UI_CALLTREE_H

#include "ui/folding.h"
#include "ui/viewer.h"

/* What is open now, and that with its rows listed; valid until the next call. */
const struct folding *calltree_folding(struct app *app);
const struct folding *calltree_rows(struct app *app);

bool     calltree_act(struct app *app, enum action action, unsigned *update_out);    /* false: not one of its actions */
unsigned calltree_mouse(struct app *app, const struct event *event);
void     calltree_settle(struct app *app, enum follow follow);
void     calltree_draw(struct app *app, struct grid *grid, struct rect rect);

/* Unfolds what hides the cursor. */
void     calltree_reveal(struct app *app);

/* To another node, unfolding what hides it; a step of the history. */
unsigned calltree_go_to(struct app *app, node_id node);

/* Unfolds so many levels, as typed. */
unsigned calltree_unfold_to(struct app *app, struct str levels);

#endif

/* SPDX-License-Identifier: MIT
 * The rows of link_fields that are about folding; as struct link_field has them. */
#ifndef UI_LINK_FOLDS_H
#define UI_LINK_FOLDS_H

#include "ui/viewer.h"

bool link_print_chains(struct app *app, unsigned at, struct buf *out);
bool link_apply_chains(struct app *app, struct view_state *state, struct str value);
bool link_print_chain(struct app *app, unsigned at, struct buf *out);
bool link_apply_chain(struct app *app, struct view_state *state, struct str value);
bool link_print_unfold(struct app *app, unsigned at, struct buf *out);
bool link_apply_unfold(struct app *app, struct view_state *state, struct str value);
bool link_print_fold(struct app *app, unsigned at, struct buf *out);
bool link_apply_fold(struct app *app, struct view_state *state, struct str value);
bool link_print_tree_scroll(struct app *app, unsigned at, struct buf *out);
bool link_apply_tree_scroll(struct app *app, struct view_state *state, struct str value);

#endif

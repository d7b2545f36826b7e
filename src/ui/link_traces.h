/* SPDX-License-Identifier: MIT
 * The rows of link_fields that are about the list of traces; as struct link_field has them. */
#ifndef UI_LINK_TRACES_H
#define UI_LINK_TRACES_H

#include "ui/viewer.h"

bool link_print_list_unfold(struct app *app, unsigned at, struct buf *out);
bool link_apply_list_unfold(struct app *app, struct view_state *state, struct str value);
bool link_print_list_row(struct app *app, unsigned at, struct buf *out);
bool link_apply_list_row(struct app *app, struct view_state *state, struct str value);
bool link_print_list_scroll(struct app *app, unsigned at, struct buf *out);
bool link_apply_list_scroll(struct app *app, struct view_state *state, struct str value);

#endif

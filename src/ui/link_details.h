/* SPDX-License-Identifier: MIT
 * The details pane as options (ui/link.h). */
#ifndef UI_LINK_DETAILS_H
#define UI_LINK_DETAILS_H

#include "ui/link.h"

bool link_print_details(struct app *app, unsigned at, struct buf *out);
bool link_apply_details(struct app *app, struct view_state *state, struct str value);
bool link_print_details_span(struct app *app, unsigned at, struct buf *out);
bool link_apply_details_span(struct app *app, struct view_state *state, struct str value);
bool link_print_details_row(struct app *app, unsigned at, struct buf *out);
bool link_apply_details_row(struct app *app, struct view_state *state, struct str value);
bool link_print_details_scroll(struct app *app, unsigned at, struct buf *out);
bool link_apply_details_scroll(struct app *app, struct view_state *state, struct str value);

#endif

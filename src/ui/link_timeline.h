/* SPDX-License-Identifier: MIT
 * The rows of link_fields that are about the timeline; as struct link_field has them. */
#ifndef UI_LINK_TIMELINE_H
#define UI_LINK_TIMELINE_H

#include "ui/viewer.h"

bool link_print_similar(struct app *app, unsigned at, struct buf *out);
bool link_apply_similar(struct app *app, struct view_state *state, struct str value);

#endif

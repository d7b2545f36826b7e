/* SPDX-License-Identifier: MIT
 * The rows of link_fields that are about what the table lists; as struct link_field has them. */
#ifndef UI_LINK_TABLE_H
#define UI_LINK_TABLE_H

#include "ui/viewer.h"

bool link_print_table_by(struct app *app, unsigned at, struct buf *out);
bool link_apply_table_by(struct app *app, struct view_state *state, struct str value);
bool link_print_table_rows(struct app *app, unsigned at, struct buf *out);
bool link_apply_table_rows(struct app *app, struct view_state *state, struct str value);

#endif

/* SPDX-License-Identifier: MIT
 * An attribute as a column of the timeline: its value beside the name of each span. */
#ifndef UI_VALUE_COLUMN_H
#define UI_VALUE_COLUMN_H

#include "ui/viewer.h"

/* Another attribute; an empty key: no column. */
void     value_column_set(struct app *app, struct view_state *state, struct str key);
unsigned value_column_remove(struct app *app);

/* The key, raw; empty when there is no column. */
struct str value_column_key(const struct app *app);

/* How many columns of the names it takes, with one before it; 0: there is none, or no room. */
int      value_column_cols(const struct app *app, int name_cols);

/* Appends the value of a node's first span, fit to be shown; nothing where it has none. */
void     value_column_text(struct app *app, node_id node, struct buf *out);

/* The row of ui/link.h for it. */
bool     link_print_column(struct app *app, unsigned at, struct buf *out);
bool     link_apply_column(struct app *app, struct view_state *state, struct str value);

#endif

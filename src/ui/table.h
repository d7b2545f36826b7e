/* SPDX-License-Identifier: MIT
 * The table of functions: what its drawing and its handling share. */
#ifndef UI_TABLE_H
#define UI_TABLE_H

#include "ui/viewer.h"

/* The rows below the focus in the wanted order; valid until the next call. */
const struct top *table_rows(struct app *app);

/* The chosen one; NULL in an empty table. */
const struct top_row *table_chosen(struct app *app);

/* The node with the greatest total among those that a row stands for; `all` for NULL. */
node_id table_node(struct app *app, const struct top_row *row);

/* What a row is called, sanitised. */
void table_name(struct app *app, const struct top_row *row, struct buf *out);

/* Chooses the row of what is under the cursor of the graph, where there is one. */
void table_reveal(struct app *app);

/* Actions: functions, packages, files by turns; only what a search finds, or all. */
unsigned table_by_next(struct app *app);
unsigned table_only_matches(struct app *app);

#endif

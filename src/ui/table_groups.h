/* SPDX-License-Identifier: MIT
 * What can be done with a row of the table that stands for a package (of a trace a service) or a file, which is no box of the graph,
 * or for a label. */
#ifndef UI_TABLE_GROUPS_H
#define UI_TABLE_GROUPS_H

#include "ui/viewer.h"

/* Whether the keys go to such a row, and the action is decided here: what it does, whether it would do something. */
bool     table_group_act(struct app *app, enum action action, unsigned *update_out);
bool     table_group_can(struct app *app, enum action action, bool *can_out);

/* What a row stands for, in the words of the data: packages of spans are their services. */
const char *table_by_word(struct app *app, enum top_by by);

/* Rows for each value of a key: a picker of labels, or of attributes of spans. */
unsigned table_key_open(struct app *app);

#endif

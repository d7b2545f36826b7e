/* SPDX-License-Identifier: MIT
 * The legend where colours are shares: what each line stands for, and what choosing it does.
 * A colour is a box's, a filter and a search are about functions: a line means the functions that have so much of the view in the table. */
#ifndef UI_LEGEND_SHARES_H
#define UI_LEGEND_SHARES_H

#include "ui/viewer.h"

enum { LEGEND_SHARES = 7 };    /* lines, from the greatest share down */

/* The share that a line begins at, and its words: "50% of the view itself". */
double   legend_share(uint32_t line);
void     legend_share_text(const struct app *app, uint32_t line, struct buf *out);

/* Searches for the functions of a line, keeps only what goes through them, or hides them, as app->legend_verb says.  enum update. */
unsigned legend_share_choose(struct app *app, uint32_t line);

#endif

/* SPDX-License-Identifier: MIT
 * Filters of the graph: frames left out, stacks kept or dropped, recursion joined, the whole seen from the other end.
 * The first six are actions, on the frame under the cursor where they need one; all return enum update. */
#ifndef UI_FILTERS_H
#define UI_FILTERS_H

#include "ui/viewer.h"

unsigned filter_hide(struct app *app);
unsigned filter_only(struct app *app);
unsigned filter_ignore(struct app *app);
unsigned filter_show_from(struct app *app);
unsigned filter_recursion(struct app *app);    /* keep, direct, all, by turns */
unsigned filter_invert(struct app *app);

/* A pattern as people read it: the name that it stands for, or the expression between slashes.  Sanitised. */
void     pattern_text(struct app *app, str_id pattern, struct buf *out);

/* Of those in force: what its pill says, sanitised; and without it. */
void     filter_text(struct app *app, unsigned index, struct buf *out);
unsigned filter_remove(struct app *app, unsigned index);

#endif

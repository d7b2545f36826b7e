/* SPDX-License-Identifier: MIT
 * Filters of the graph: frames left out, stacks kept or dropped, recursion joined, the whole seen from the other end.
 * All return enum update; the first six are actions, on the frame under the cursor where they need one. */
#ifndef UI_FILTERS_H
#define UI_FILTERS_H

#include "ui/viewer.h"

unsigned filter_hide(struct app *app);
unsigned filter_only(struct app *app);
unsigned filter_ignore(struct app *app);
unsigned filter_show_from(struct app *app);
unsigned filter_hide_service(struct app *app);
unsigned filter_recursion(struct app *app);    /* keep, direct, all, by turns */
unsigned filter_set_recursion(struct app *app, enum recursion recursion);
unsigned filter_invert(struct app *app);

/* The same for frames whose name an expression finds, and what asks for one. */
unsigned filter_by(struct app *app, enum filter_kind kind, struct str pattern);
unsigned filter_hide_by(struct app *app, struct str pattern);
unsigned filter_only_by(struct app *app, struct str pattern);
unsigned filter_ignore_by(struct app *app, struct str pattern);
unsigned filter_show_from_by(struct app *app, struct str pattern);
unsigned filter_hide_ask(struct app *app);
unsigned filter_only_ask(struct app *app);
unsigned filter_ignore_ask(struct app *app);
unsigned filter_show_from_ask(struct app *app);

/* An expression while it is typed: the frames whose name it finds are those of the search, and note says how many, or what is wrong
 * with it (false).  The state's own search is lost. */
bool     pattern_preview(struct app *app, struct str pattern, struct buf *note);
/* How many frames and boxes it would find, without showing them. */
bool     pattern_count(struct app *app, struct str pattern, struct buf *note);
/* Appends an expression for the name under the cursor that can be typed; nothing where there is none. */
void     pattern_here(struct app *app, struct buf *out);

/* A pattern as people read it: the name that it stands for, or the expression between slashes.  Sanitised. */
void     pattern_text(struct app *app, str_id pattern, struct buf *out);

/* Of those in force: what its pill says, sanitised; and without it. */
void     filter_text(struct app *app, unsigned index, struct buf *out);
unsigned filter_remove(struct app *app, unsigned index);

#endif

/* SPDX-License-Identifier: MIT
 * Into the sandwich of some functions, and out of it.  All return enum update. */
#ifndef UI_SANDWICH_H
#define UI_SANDWICH_H

#include "ui/viewer.h"

/* Of the functions whose name the pattern finds. */
unsigned sandwich_of(struct app *app, struct str pattern);

/* Of the frame under the cursor; of the latest functions, or as before; of what is typed. */
unsigned sandwich_here(struct app *app);
unsigned sandwich_again(struct app *app);
unsigned sandwich_ask(struct app *app);

/* Another view, and the place in the graph from before. */
unsigned sandwich_leave(struct app *app, enum view_id view);

/* Where one was in the graph before it, in a state that is about to leave it. */
void     sandwich_back(struct view_state *state);

/* Scrolls so that the functions are in the middle, when not all of it can be seen. */
void     sandwich_centre(struct app *app);

/* What its pill says. */
void     sandwich_text(struct app *app, struct buf *out);

#endif

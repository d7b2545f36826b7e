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

/* Scrolls so that the functions are in the middle, when not all of it can be seen. */
void     sandwich_centre(struct app *app);

/* What its pill says. */
void     sandwich_text(struct app *app, struct buf *out);

#endif

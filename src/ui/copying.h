/* SPDX-License-Identifier: MIT
 * What the user takes away: names, stacks and links to the clipboard, a place in a source file to the editor.  All return enum update. */
#ifndef UI_COPYING_H
#define UI_COPYING_H

#include "ui/viewer.h"

unsigned copy_put(struct app *app, struct str text);    /* it waits for app_take_copy() */
unsigned copy_name(struct app *app);     /* of the box or row under the cursor */
unsigned copy_stack(struct app *app);    /* the names down to it, a line each */
unsigned copy_link(struct app *app);

bool     edit_can(struct app *app);      /* whether the input says where it is written */
unsigned edit_source(struct app *app);

#endif

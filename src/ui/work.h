/* SPDX-License-Identifier: MIT
 * The strip that says how many spans are at work over the part of the axis on screen; a click says it in numbers. */
#ifndef UI_WORK_H
#define UI_WORK_H

#include "ui/viewer.h"

/* Only for scenes in the order of time. */
void     work_draw(struct app *app, struct grid *grid, struct rect rect);
/* What the strip is, and how much its whole height, in a row that is free for it; without one in the strip, where it hides least. */
void     work_label_draw(struct app *app, struct grid *grid, struct rect strip, struct rect label);
unsigned work_mouse(struct app *app, const struct event *event, struct rect rect);

#endif

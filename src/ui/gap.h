/* SPDX-License-Identifier: MIT
 * The longest time without a child: marked at its span as long as the message that tells of it stands. */
#ifndef UI_GAP_H
#define UI_GAP_H

#include "ui/viewer.h"

/* With the message that was just said: it is about this stretch of the axis, of the node that is the cursor. */
void gap_mark(struct app *app, double from, double to);

/* The stretch that is marked now; false: none is. */
bool gap_is_marked(const struct app *app, double *from_out, double *to_out);

/* Marks it in a row of the screen that has the viewport's whole width, where the row is free. */
void gap_draw(const struct app *app, struct grid *grid, struct rect row);

#endif

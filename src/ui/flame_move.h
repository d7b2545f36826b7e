/* SPDX-License-Identifier: MIT
 * Moving the cursor in the flame graph to what is drawn there.
 * Directions are the tree's; the picture may be upside down. */
#ifndef UI_FLAME_MOVE_H
#define UI_FLAME_MOVE_H

#include "ui/viewer.h"

/* To the next box above or below that is drawn over the cursor's columns; empty rows are stepped over.  False: there is none. */
bool flame_move_rows(struct app *app, bool deeper);

/* To the neighbour in the row; the viewport shifts when it is beyond the edge.  False: there is none. */
bool flame_move_sideways(struct app *app, bool right);

/* To the first or last box of the row on screen. */
void flame_move_end(struct app *app, bool right);

/* To a row, as far as there are boxes on the way; beyond the end: to the last row. */
void flame_move_to_row(struct app *app, int64_t row);

#endif

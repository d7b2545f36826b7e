/* SPDX-License-Identifier: MIT
 * Choosing what is looked at, and how; what tracks are called in pickers, pills and the header. */
#ifndef UI_PICKERS_H
#define UI_PICKERS_H

#include "ui/viewer.h"

/* "trace 4bf92f frontend POST /cart", "thread main of firefox" (sanitised); TRACK_ALL: "all tracks". */
void track_name(struct app *app, track_id track, struct buf *out);

/* Each a popup of its own, and in the palette behind a word. */
extern const struct popup_ops track_picker, metric_picker, theme_picker;

/* The short form for the header: "trace 4bf92f", a thread's name. */
void track_short_name(struct app *app, track_id track, struct buf *out);

/* Looks which themes of their own the user has. */
void themes_look(struct app *app);

#endif

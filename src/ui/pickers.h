/* SPDX-License-Identifier: MIT
 * What tracks and metrics are called in pickers, pills and the header. */
#ifndef UI_PICKERS_H
#define UI_PICKERS_H

#include "ui/viewer.h"

/* "trace 4bf92f · frontend POST /cart" (sanitised); TRACK_ALL: "all tracks". */
void track_name(struct app *app, track_id track, struct buf *out);

/* The short form for the header: "trace 4bf92f", a thread's name. */
void track_short_name(struct app *app, track_id track, struct buf *out);

#endif

/* SPDX-License-Identifier: MIT
 * Going to another box or span, wherever it is. */
#ifndef UI_GOTO_H
#define UI_GOTO_H

#include "ui/viewer.h"

/* The cursor goes to a node of the present tree, in the present view as far as it has a place for it; a step of the history. */
unsigned app_go_to(struct app *app, node_id node);

/* To a span: in the present tree where it is there, else in its own trace in the order of time. */
unsigned app_go_to_span(struct app *app, span_id span);

/* The span that the cursor of the present tree stands for, as far as it is of the track (TRACK_ALL: of any): of several the one that was
 * the cursor last, else the slowest; ID_NONE when there is none. */
span_id  app_cursor_span(struct app *app, track_id track);

/* Keeps in mind which span the cursor, or the details, are about. */
void     app_note_span(struct app *app);

/* When its tree is there: the cursor goes to the span that is waited for, if one is (ui/change.h). */
unsigned app_arrive_at_span(struct app *app);

#endif

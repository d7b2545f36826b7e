/* SPDX-License-Identifier: MIT
 * Attributes that the picture needs, for colours and for the column of the timeline.  Where there are many spans they are read in the
 * background, and the picture is drawn again with them. */
#ifndef UI_SHOWN_ATTRIBUTE_H
#define UI_SHOWN_ATTRIBUTE_H

#include "ui/viewer.h"

/* The values of a key, kept in `shown`; NULL: not yet. */
const struct column *shown_attribute(struct app *app, struct shown_attribute *shown, str_id key);

/* While it is being read appends how much has been: " 34%". */
void                 shown_attribute_progress(struct app *app, str_id key, struct buf *out);

/* Gives up what is being read: the picture does without.  False: nothing is. */
bool                 shown_attribute_stop(struct app *app);

#endif

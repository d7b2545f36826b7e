/* SPDX-License-Identifier: MIT
 * What makes frames of samples differ: functions, files, packages, and, where the input is read again for it, lines and addresses.
 * What changes it returns enum update. */
#ifndef UI_GRANULARITY_H
#define UI_GRANULARITY_H

#include "ui/viewer.h"

unsigned grain_next(struct app *app);    /* functions, files, packages by turns */
unsigned grain_set(struct app *app, enum grain grain);

/* Its pill. */
bool     grain_on(struct app *app);
void     grain_text(struct app *app, struct buf *out);
unsigned grain_remove(struct app *app);

/* Its row in ui/link.h. */
bool     link_print_grain(struct app *app, unsigned at, struct buf *out);

#endif

/* SPDX-License-Identifier: MIT
 * What boxes stand for (analysis/lens.h) beside functions and operations: values of keys of spans or labels.
 * What changes them returns enum update. */
#ifndef UI_GROUPING_H
#define UI_GROUPING_H

#include "ui/viewer.h"

/* A picker: a key that is chosen comes behind those in force, chosen again it goes. */
extern const struct popup_ops group_picker;
unsigned group_open(struct app *app);
bool     group_can(struct app *app);

/* Its pill. */
bool     group_on(struct app *app);
void     group_text(struct app *app, struct buf *out);
unsigned group_remove(struct app *app);

/* Its row in ui/link.h. */
bool     link_print_group(struct app *app, unsigned at, struct buf *out);

#endif

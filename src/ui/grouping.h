/* SPDX-License-Identifier: MIT
 * What boxes stand for (analysis/lens.h), and which samples are looked at by their labels.  What changes them returns enum update. */
#ifndef UI_GROUPING_H
#define UI_GROUPING_H

#include "ui/viewer.h"

enum { LABEL_PILLS_MAX = 8 };

/* Pickers: a key that is chosen comes behind those in force, chosen again it goes; a label likewise. */
extern const struct popup_ops group_picker;
unsigned group_open(struct app *app);
unsigned label_open(struct app *app);
unsigned label_turn(struct app *app, struct str key, struct str value);    /* what the picker does with a label */
bool     group_can(struct app *app);
bool     label_can(struct app *app);

/* Functions, files, packages. */
unsigned grain_next(struct app *app);
unsigned grain_set(struct app *app, enum grain grain);

/* Their pills; index: which of the labels. */
bool     group_on(struct app *app);
void     group_text(struct app *app, struct buf *out);
unsigned group_remove(struct app *app);
bool     grain_on(struct app *app);
void     grain_text(struct app *app, struct buf *out);
unsigned grain_remove(struct app *app);
bool     label_on(struct app *app, unsigned index);
void     label_text(struct app *app, unsigned index, struct buf *out);
unsigned label_remove(struct app *app, unsigned index);

/* Their rows in ui/link.h. */
bool     link_print_group(struct app *app, unsigned at, struct buf *out);
bool     link_print_grain(struct app *app, unsigned at, struct buf *out);
bool     link_print_label(struct app *app, unsigned at, struct buf *out);

#endif

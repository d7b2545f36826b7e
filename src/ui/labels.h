/* SPDX-License-Identifier: MIT
 * Which samples are looked at by their labels (analysis/label_filter.h).  What changes them returns enum update. */
#ifndef UI_LABELS_H
#define UI_LABELS_H

#include "ui/viewer.h"

enum { LABEL_PILLS_MAX = 8 };

/* A picker: only samples with the label that is chosen; chosen again it goes. */
unsigned label_open(struct app *app);
bool     label_can(struct app *app);
uint32_t label_lines(struct app *app);                       /* of the palette for them, "label KEY=VALUE"; 0: of so many the picker knows */
void     label_add_lines(struct app *app);
unsigned label_choose_line(struct app *app, uint32_t index);
unsigned label_turn(struct app *app, struct str key, struct str value);    /* what the picker does with a label */

/* Their pills; index: which of the labels. */
bool     label_on(struct app *app, unsigned index);
void     label_text(struct app *app, unsigned index, struct buf *out);
unsigned label_remove(struct app *app, unsigned index);

/* Their rows in ui/link.h. */
bool     link_print_label(struct app *app, unsigned at, struct buf *out);

#endif

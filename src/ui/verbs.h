/* SPDX-License-Identifier: MIT
 * What can be typed with a word behind it, "hide std::.*": the verbs of the palette. */
#ifndef UI_VERBS_H
#define UI_VERBS_H

#include "ui/viewer.h"

/* Whether a line begins with a verb and a space: appends the line to item->left, and says in item->text what it would do. */
bool     verb_offer(struct app *app, struct str line, struct popup_item *item);
/* Does it; without a word behind it, asks for one.  enum update. */
unsigned verb_take(struct app *app, struct str line);

/* Those that are no action of their own, as lines of the palette; choosing one lets its word be typed. */
uint32_t verb_lines(struct app *app);
void     verb_line(struct app *app, uint32_t index, struct popup_item *item);
unsigned verb_choose(struct app *app, uint32_t index);

#endif

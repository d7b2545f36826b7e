/* SPDX-License-Identifier: MIT
 * What can be typed with a word behind it, "hide std::.*": the verbs of the palette. */
#ifndef UI_VERBS_H
#define UI_VERBS_H

#include "ui/viewer.h"

/* Whether a line begins with a verb and a space: appends the line to item->left, and says in item->text what it would do. */
bool     verb_offer(struct app *app, struct str line, struct popup_item *item);
/* Does it; without a word behind it, asks for one.  enum update. */
unsigned verb_take(struct app *app, struct str line);

#endif

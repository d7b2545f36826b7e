/* SPDX-License-Identifier: MIT
 * What each kind of pill is: those of what is looked at, and those of how it is shown. */
#ifndef UI_PILLS_CORE_H
#define UI_PILLS_CORE_H

#include "ui/pills.h"

enum { PILL_NAME_COLS = 28 };    /* of names inside pills */

struct pill {
	bool     (*is_on)(struct app *app);    /* NULL: of the other table, or one of several (queries, filters, labels) */
	void     (*text)(struct app *app, struct buf *out);
	unsigned (*remove)(struct app *app);
};

extern const struct pill tree_pills[PILL_COUNT], view_pills[PILL_COUNT];

#endif

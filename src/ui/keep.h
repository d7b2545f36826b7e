/* SPDX-License-Identifier: MIT
 * The view over a reload: what names nodes, tracks and metrics by their numbers is kept by their names, and found again as far as the new
 * input has them. */
#ifndef UI_KEEP_H
#define UI_KEEP_H

#include "ui/viewer.h"

struct kept;

/* Of the present view, while its session is still there; NULL without a session. */
struct kept *keep_view(struct app *app);
void         kept_free(struct kept *kept);    /* NULL is allowed */

/* The track and the metric of before, in a new dataset; what is not there any more is as in `usual`.  True: both are. */
bool kept_spec(const struct kept *kept, struct app *app, const struct tree_spec *usual, struct tree_spec *spec);

/* Once the tree is there: focus, viewport, cursor, folds and places in the tables. */
void kept_apply(const struct kept *kept, struct app *app);

#endif

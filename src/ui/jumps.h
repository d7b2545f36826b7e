/* SPDX-License-Identifier: MIT
 * Going to a box for what it is: one with errors, one on the critical path, the slowest child, where nothing is at work. */
#ifndef UI_JUMPS_H
#define UI_JUMPS_H

#include "ui/viewer.h"

/* Actions.  Those that go on do so in the order of the tree, or of the table's rows, and go round. */
unsigned jump_error_next(struct app *app);
unsigned jump_error_prev(struct app *app);
unsigned jump_critical_next(struct app *app);
unsigned jump_critical_prev(struct app *app);
unsigned jump_to_parent(struct app *app);
unsigned jump_to_slowest(struct app *app);
unsigned jump_to_next_sibling(struct app *app);
unsigned jump_to_prev_sibling(struct app *app);
unsigned jump_to_gap(struct app *app);

#endif

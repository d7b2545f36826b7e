/* SPDX-License-Identifier: MIT
 * Which way the actions for moving go in any list. */
#ifndef UI_LIST_ACT_H
#define UI_LIST_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/actions.h"

/* By how many rows, of which a page is so many; UINT32_MAX and its negative: to the ends.  False: the action is none of them. */
bool list_way(enum action action, int64_t page, int64_t *by_out);

#endif

/* SPDX-License-Identifier: MIT
 * Where one is in a long list: the chosen row and the first row on screen.
 * Knows nothing of what the rows are: a million scroll like ten. */
#ifndef UI_LIST_H
#define UI_LIST_H

#include <stdbool.h>
#include <stdint.h>

struct list {
	uint32_t count;      /* rows in all */
	uint32_t cursor;     /* below count, or 0 */
	uint32_t top;        /* first row on screen */
	uint32_t visible;    /* rows on screen, at least 1 */
};

/* After count, visible or cursor changed: puts everything back in range and the cursor on screen. */
void list_settle(struct list *list);

/* Moves the cursor by rows, stopping at the ends, and keeps it on screen. */
void list_move(struct list *list, int64_t by);

/* Scrolls by rows; the cursor follows just enough to stay on screen. */
void list_scroll(struct list *list, int64_t by);

#endif

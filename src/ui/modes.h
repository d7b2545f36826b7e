/* SPDX-License-Identifier: MIT
 * The private modes of an ANSI terminal that the viewer turns on: reports of the mouse, and pastes that say what they are. */
#ifndef UI_MODES_H
#define UI_MODES_H

#include <stdbool.h>

#include "util/str.h"

struct modes {
	int  out_fd, keys_fd;
	bool is_ansi;    /* else nothing is ever sent */
	bool mouse;      /* reports are wanted */
};

/* What turns them all off, for a program that ends without being able to ask. */
extern const struct str modes_reset;

/* Turns on what is wanted, and off all that there is. */
void modes_on(const struct modes *modes);
void modes_off(const struct modes *modes);

/* Whether reports of the mouse are wanted from now on. */
void modes_set_mouse(struct modes *modes, bool on);

#endif

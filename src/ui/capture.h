/* SPDX-License-Identifier: MIT
 * Curses writes to a descriptor of its own.  While it paints, that descriptor is a file in memory, and what is in there afterwards
 * goes through ui/sgr.h to the terminal; at all other times it is the terminal. */
#ifndef UI_CAPTURE_H
#define UI_CAPTURE_H

#include <stdio.h>

#include "ui/sgr.h"

struct capture {
	FILE      *file;         /* for curses */
	int        memory_fd;    /* -1: there is none, and nothing is captured */
	bool       filters;      /* set it when the terminal is an ANSI one */
	struct sgr sgr;
	struct buf painted, sent;
};

/* Standard output is the terminal. */
void capture_init(struct capture *capture);
void capture_fini(struct capture *capture);

void capture_begin(struct capture *capture);
void capture_end(struct capture *capture);

/* Curses is about to write outside of a capture: the terminal gets the style that curses takes it to have. */
void capture_leave(struct capture *capture);

#endif

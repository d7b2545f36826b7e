/* SPDX-License-Identifier: MIT
 * The terminal without curses: its descriptors and their bytes, and what is asked of it before curses has it. */
#ifndef UI_TTY_H
#define UI_TTY_H

#include <stdbool.h>

#include "util/buf.h"
#include "util/error.h"
#include "util/str.h"

/* The descriptor that keys come from: standard input, or a new one of /dev/tty.  -1 and err when there is none. */
int  tty_open_keys(struct error *err);

/* Bytes typed, at most cap: those of typed first, which are taken out of it.  0 at the end of input, -1 when there is nothing now. */
long tty_read(int keys_fd, struct buf *typed, char *bytes, size_t cap);

/* All of the bytes, however long the terminal takes; false when it is gone. */
bool tty_write(int fd, struct str bytes);

/* Writes a two-byte character at the left margin of a cleared line and asks where the cursor is.
 * What is typed meanwhile is appended to typed.  False when the answer is another, or none within a third of a second. */
bool tty_shows_utf8(int keys_fd, int out_fd, struct buf *typed);

/* Sets LC_CTYPE for the process: from the environment, or to UTF-8 when the environment says nothing and probe() says that the
 * terminal shows it.  Returns whether text may be UTF-8.  LC_NUMERIC and all others stay as they are. */
bool tty_set_locale(bool (*probe)(void *self), void *self);

/* Appends a terminal's capability, NULL when it has none, without the padding that real terminals once needed. */
void tty_unpad(const char *capability, struct buf *out);

/* Whether a terminal of this kind can be asked things with OSC strings; others may print them. */
bool tty_takes_osc(const char *term);

#endif

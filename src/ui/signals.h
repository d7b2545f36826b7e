/* SPDX-License-Identifier: MIT
 * Signals while the terminal is ours.  Those that can wait become bytes in a pipe that the event loop polls;
 * a crash puts the terminal back from inside of its handler, with nothing but write() and tcsetattr(). */
#ifndef UI_SIGNALS_H
#define UI_SIGNALS_H

#include <stddef.h>
#include <termios.h>

void     signals_open(void);
void     signals_close(void);          /* handlers as they were; idempotent */
int      signals_fd(void);             /* readable when signals_take() has something; -1 when closed */
unsigned signals_take(void);           /* enum term_signal */

/* What a crash writes to fd and which modes it sets there.  reset is borrowed until the next call; NULL: nothing. */
void     signals_on_crash(int fd, const char *reset, size_t len, const struct termios *modes);

/* Stops the process group as Ctrl-Z does at a shell's prompt; returns once it is continued. */
void     signals_stop(void);

#endif

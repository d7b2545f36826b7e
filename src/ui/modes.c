/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/modes.h"

#include <termios.h>

#include "ui/tty.h"

#define PASTE_ON  "\x1b[?2004h"
#define PASTE_OFF "\x1b[?2004l"
#define MOUSE_ON  "\x1b[?1002h\x1b[?1003h\x1b[?1006h"
#define MOUSE_OFF "\x1b[?1006l\x1b[?1003l\x1b[?1002l"

const struct str modes_reset = { MOUSE_OFF PASTE_OFF, sizeof MOUSE_OFF PASTE_OFF - 1 };

void
modes_on(const struct modes *modes)
{
	if (!modes->is_ansi)
		return;
	tty_write(modes->out_fd, STR(PASTE_ON));
	if (modes->mouse)
		tty_write(modes->out_fd, STR(MOUSE_ON));
}

void
modes_off(const struct modes *modes)
{
	if (!modes->is_ansi)
		return;
	tty_write(modes->out_fd, modes_reset);
	/* Reports that are on their way would be typed into the shell. */
	if (modes->mouse)
		tcflush(modes->keys_fd, TCIFLUSH);
}

void
modes_set_mouse(struct modes *modes, bool on)
{
	if (modes->is_ansi && modes->mouse != on)
		tty_write(modes->out_fd, on ? STR(MOUSE_ON) : STR(MOUSE_OFF));
	modes->mouse = on;
}

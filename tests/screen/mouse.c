/* SPDX-License-Identifier: MIT
 * What a mouse does, as a terminal reports it. */
#include "config.h"

#include "tests/screen/harness.h"

#include <stdio.h>

void
screen_mouse(struct screen *screen, int code, int col, int row, bool release)
{
	char bytes[64];

	snprintf(bytes, sizeof bytes, "\x1b[<%d;%d;%d%c", code, col + 1, row + 1, release ? 'm' : 'M');
	screen_send(screen, bytes);
}

void
screen_move(struct screen *screen, int col, int row)
{
	screen_mouse(screen, 35, col, row, false);
}

void
screen_click(struct screen *screen, int col, int row)
{
	screen_mouse(screen, 0, col, row, false);
	screen_mouse(screen, 0, col, row, true);
}

void
screen_double_click(struct screen *screen, int col, int row)
{
	screen_click(screen, col, row);
	screen_click(screen, col, row);
}

void
screen_right_click(struct screen *screen, int col, int row)
{
	screen_mouse(screen, 2, col, row, false);
	screen_mouse(screen, 2, col, row, true);
}

void
screen_wheel(struct screen *screen, int col, int row, bool down, int mods)
{
	screen_mouse(screen, (down ? 65 : 64) | mods, col, row, false);
}

void
screen_drag(struct screen *screen, int col, int row, int to_col, int to_row)
{
	screen_mouse(screen, 0, col, row, false);
	screen_mouse(screen, 32, (col + to_col) / 2, (row + to_row) / 2, false);
	screen_mouse(screen, 32, to_col, to_row, false);
	screen_mouse(screen, 0, to_col, to_row, true);
}

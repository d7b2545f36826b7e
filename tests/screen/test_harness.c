/* SPDX-License-Identifier: MIT
 * The harness itself, with a shell script in the place of the program. */
#include "config.h"

#include "tests/screen/harness.h"

int
main(void)
{
	static const char *const args[] = {
		"-c",
		"trap 'printf resized' WINCH; stty raw -echo; printf 'hello \\033[1;31mred\\033[0m \\033[38;2:1:2:3mX \\033[38:2::10:20:30mY\\033[0m 日'; "
		"printf '\\033[?1049h\\033[2;2Hother'; c=$(dd bs=1 count=1 2>/dev/null); printf \"\\033[4;1Hgot $c\"; kill -STOP $$; printf '\\033[6;1Hback'; "
		"dd bs=1 count=1 2>/dev/null; stty sane; exit 7",
		NULL,
	};
	struct screen_options options = { .cols = 40, .rows = 10, .args = args, .jobs = true };
	struct screen_cell cell;
	int col = -1, row = -1;

	setenv("SPANFIRE", "/bin/sh", 1);
	struct screen *screen = screen_start(&options);
	ok(screen_wait(screen, "other"), "other");
	ok(screen_is_alternate(screen), "the other screen");
	ok(screen_find(screen, "other", &col, &row) && col == 1 && row == 1, "text is found where it is");
	ok(!screen_modes_kept(screen), "modes have changed");
	ok(screen_sent(screen, "\x1b[1;31mred"), "all bytes are kept");
	screen_key(screen, "k");
	ok(screen_wait(screen, "got k"), "got k");
	ok(screen_wait_stopped(screen), "it has stopped");
	screen_continue(screen);
	ok(screen_wait(screen, "back"), "back");
	screen_cell(screen, 0, 3, &cell);
	is_text(cell.text, "g", "a cell");
	ok(cell.fg_default && !cell.bold, "without a colour");
	screen_send(screen, "x");
	is_int(screen_wait_exit(screen), 7, "exit status");
	screen_free(screen);
	return done();
}

/* SPDX-License-Identifier: MIT
 * The picture of tests/screen/canvas.c inside of a real tmux: colours, keys, and all that a mouse does come through. */
#include "config.h"

#include "tests/screen/harness.h"

#include <unistd.h>

#include "ui/paint.h"
#include "util/alloc.h"

#define PROGRAM "/usr/bin/tmux"

/* With the folder of sockets that tmux makes in it. */
static void
remove_folder(const char *folder)
{
	char path[128];

	snprintf(path, sizeof path, "%s/tmux-%u/spanfire-test", folder, (unsigned)getuid());
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	rmdir(folder);
}

int
main(void)
{
	static const char *const args[] = {
		"-L", "spanfire-test", "-f", "/dev/null", "start-server", ";", "set", "-g", "default-terminal", "tmux-256color", ";",
		"set", "-g", "status", "off", ";", "set", "-g", "set-clipboard", "on", ";", "new-session", CANVAS " dark", NULL,
	};
	char folder[] = "/tmp/spanfire-XXXXXX", setting[64];    /* a socket's path has to be short */
	const char *const env[] = { setting, NULL };
	struct screen_options options = { .args = args, .env = env };
	struct screen_cell cell;
	const struct theme *dark = theme_find(STR("dark"));

	if (access(PROGRAM, X_OK) != 0) {
		printf("1..0 # SKIP tmux is not there\n");
		return EXIT_SUCCESS;
	}
	if (!mkdtemp(folder))
		panic("cannot make a folder");
	snprintf(setting, sizeof setting, "TMUX_TMPDIR=%s", folder);
	setenv("SPANFIRE", PROGRAM, 1);
	struct screen *screen = screen_start(&options);
	ok(screen_wait(screen, "corner 80x24."), "the picture is there");
	int wrong = 0;
	for (int hue = 0; hue < PAINT_HUES; hue++)
		for (int shade = 0; shade < PAINT_SHADES; shade++) {
			screen_cell(screen, hue * 3, 2 + shade, &cell);
			wrong += cell.bg_index != theme_256(dark, (struct paint){ ROLE_BOX, (uint8_t)hue, (uint8_t)shade });
		}
	is_int(wrong, 0, "in its colours");
	is_text(screen_row(screen, 1), "日本 e\xcc\x81 µs · x", "with its text");
	screen_key(screen, "j");
	ok(screen_wait(screen, "key j"), "a key");
	screen_key(screen, "Up");
	ok(screen_wait(screen, "key Up"), "a named key");
	screen_move(screen, 6, 7);
	ok(screen_wait(screen, "mouse 0 button 0 clicks 0 at 6,7 mods 0"), "a move");
	screen_mouse(screen, 0, 8, 9, false);
	ok(screen_wait(screen, "mouse 1 button 1 clicks 1 at 8,9 mods 0"), "a press");
	screen_mouse(screen, 32, 12, 9, false);
	ok(screen_wait(screen, "mouse 3 button 1 clicks 0 at 12,9 mods 0"), "a drag");
	screen_mouse(screen, 0, 12, 9, true);
	ok(screen_wait(screen, "mouse 2 button 1 clicks 0 at 12,9 mods 0"), "a release");
	screen_wheel(screen, 4, 4, true, 16);
	ok(screen_wait(screen, "mouse 5 button 0 clicks 0 at 4,4 mods 4"), "the wheel with Ctrl");
	screen_send(screen, "\x1b[200~pasted\x1b[201~");
	ok(screen_wait(screen, "paste pasted"), "a paste");
	screen_key(screen, "c");
	ok(screen_wait(screen, "message copied 11 bytes"), "a copy");
	ok(screen_sent(screen, "Y29waWVkIHRleHQ="), "reaches the terminal outside");
	screen_resize(screen, 60, 20);
	ok(screen_wait(screen, "corner 60x20."), "another size");
	screen_key(screen, "q");
	is_int(screen_wait_exit(screen), 0, "the end");
	ok(screen_modes_kept(screen), "leaves the modes as they were");
	screen_free(screen);
	remove_folder(folder);
	return done();
}

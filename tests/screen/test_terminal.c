/* SPDX-License-Identifier: MIT
 * What the terminal gets and gives, with the picture of tests/screen/canvas.c. */
#include "config.h"

#include "tests/screen/harness.h"

#include <signal.h>
#include <unistd.h>

#include "ui/palette.h"
#include "ui/pair.h"

static const struct theme *dark;

static struct screen *
start(const char *term, const char *const *env)
{
	static const char *const args[] = { "dark", NULL };
	struct screen_options options = { .term = term, .args = args, .env = env };
	struct screen *screen = screen_start(&options);

	ok(screen_wait(screen, "corner 80x24."), "%s: the picture is there", term);
	return screen;
}

/* Everything that was turned on is off again. */
static void
check_restored(struct screen *screen, const char *what)
{
	ok(screen_sent(screen, "\x1b[?1003l") && screen_sent(screen, "\x1b[?1006l") && screen_sent(screen, "\x1b[?2004l"), "%s: mouse and paste are off", what);
	ok(!screen_is_alternate(screen), "%s: the first screen is back", what);
	ok(screen_shows_cursor(screen), "%s: the cursor is shown", what);
	ok(screen_modes_kept(screen), "%s: the modes are as before", what);
}

static void
end(struct screen *screen, const char *what)
{
	screen_key(screen, "q");
	is_int(screen_wait_exit(screen), 0, what);
	check_restored(screen, what);
	screen_free(screen);
}

/* The cells of the boxes, against what the theme says. */
static int
count_wrong(struct screen *screen, enum color_depth depth, int colors)
{
	int wrong = 0;

	for (int hue = 0; hue < PAINT_HUES; hue++)
		for (int shade = 0; shade < PAINT_SHADES; shade++)
			for (int i = 0; i < 3; i++) {
				struct screen_cell cell;
				struct style style = { .fg = PAINT(ROLE_INK), .bg = { ROLE_BOX, (uint8_t)hue, (uint8_t)shade } };
				struct tint tint = tint_of(dark, depth, colors, style);
				screen_cell(screen, hue * 3 + i, 2 + shade, &cell);
				bool right = depth == DEPTH_24BIT ? cell.bg == (uint32_t)tint.bg : cell.bg_index == tint.bg;
				if (i == 1)
					right = right && strcmp(cell.text, "b") == 0 && (depth == DEPTH_24BIT ? cell.fg == (uint32_t)tint.fg : cell.fg_index == tint.fg);
				wrong += !right;
			}
	return wrong;
}

static void
test_depths(void)
{
	static const char *const truecolor[] = { "COLORTERM=truecolor", NULL };
	static const char *const no_color[] = { "NO_COLOR=1", "COLORTERM=truecolor", NULL };
	struct screen_cell cell;
	struct screen *screen = start("xterm-256color", NULL);

	is_int(count_wrong(screen, DEPTH_256, 256), 0, "256 colours");
	screen_cell(screen, 0, 4, &cell);
	ok(cell.bold && cell.fg_index == theme_256(dark, PAINT(ROLE_ACCENT)) && cell.bg_index == theme_256(dark, PAINT(ROLE_BAR)), "bold in the accent");
	screen_cell(screen, 10, 4, &cell);
	ok(cell.underline && !cell.bold, "underlined");
	screen_cell(screen, 30, 4, &cell);
	is_text(cell.text, "▍", "an edge");
	screen_cell(screen, 79, 23, &cell);
	is_text(cell.text, ".", "the last cell");
	is_text(screen_row(screen, 1), "日本 e\xcc\x81 µs · x", "wide and combining");
	screen_key(screen, "t");
	screen_settle(screen);
	screen_cell(screen, 0, 10, &cell);
	ok(cell.bg_index == theme_256(theme_find(STR("light")), PAINT(ROLE_BACKGROUND)), "the other theme");
	end(screen, "256 colours");

	screen = start("xterm-256color", truecolor);
	is_int(count_wrong(screen, DEPTH_24BIT, 1 << 24), 0, "24 bit");
	end(screen, "24 bit");

	screen = start("xterm-16color", NULL);
	is_int(count_wrong(screen, DEPTH_16, 16), 0, "16 colours");
	end(screen, "16 colours");

	screen = start("xterm", NULL);
	is_int(count_wrong(screen, DEPTH_16, 8), 0, "8 colours");
	end(screen, "8 colours");

	screen = start("xterm-256color", no_color);
	screen_cell(screen, 0, 2, &cell);
	ok(cell.reverse && cell.fg_default && cell.bg_default, "a box without colours is reversed");
	screen_cell(screen, 0, 0, &cell);
	ok(!cell.reverse && cell.fg_default && cell.bg_default, "text is plain");
	ok(!screen_sent(screen, "\x1b[38") && !screen_sent(screen, "\x1b[48"), "no colour was sent");
	ok(screen_shows(screen, "mono 1"), "the viewer knows");
	end(screen, "NO_COLOR");

	screen = start("vt100", NULL);
	screen_cell(screen, 0, 2, &cell);
	ok(cell.reverse, "vt100 reverses");
	screen_key(screen, "q");
	is_int(screen_wait_exit(screen), 0, "vt100");
	screen_free(screen);

	screen = start("tmux-256color", NULL);
	is_int(count_wrong(screen, DEPTH_256, 256), 0, "tmux");
	end(screen, "tmux");
	screen = start("screen", NULL);
	is_int(count_wrong(screen, DEPTH_16, 8), 0, "screen");
	end(screen, "screen");
	screen = start("xterm-of-tomorrow", NULL);
	is_int(count_wrong(screen, DEPTH_256, 256), 0, "a terminal nobody has described is taken for an xterm");
	end(screen, "unknown");
}

static void
test_input(const char *term)
{
	struct screen *screen = start(term, NULL);
	static const struct { const char *bytes, *shows; } cases[] = {
		{ "j", "key j" }, { "\x1b[A", "key Up" }, { "\x1bOB", "key Down" }, { "\x1bx", "key Alt-x" }, { "\x1b[1;5C", "key Ctrl-Right" },
		{ "\xc3\xb6", "key ö" }, { "\x1b[<0;5;6M", "mouse 1 button 1 clicks 1 at 4,5 mods 0" },
		{ "\x1b[<35;7;8M", "mouse 0 button 0 clicks 0 at 6,7 mods 0" }, { "\x1b[<80;2;2M", "mouse 4 button 0 clicks 0 at 1,1 mods 4" },
		{ "\x1b[M !!", "mouse 1 button 1 clicks 1 at 0,0" }, { "\x1b[200~pasted\x1b[201~", "paste pasted" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		screen_send(screen, cases[i].bytes);
		ok(screen_wait(screen, cases[i].shows), "%s: %s", term, cases[i].shows);
	}
	screen_key(screen, "Esc");
	ok(screen_wait(screen, "key Esc"), "%s: a lone Escape", term);
	ok(screen_sent(screen, "\x1b[?1003h") && screen_sent(screen, "\x1b[?1006h") && screen_sent(screen, "\x1b[?2004h"), "%s: mouse and paste are on", term);
	size_t before = screen_bytes(screen);
	screen_key(screen, "m");
	screen_settle(screen);
	ok(strstr(screen_output(screen)->at + before, "\x1b[?1003l"), "the mouse goes off");
	screen_key(screen, "m x");
	screen_settle(screen);
	ok(strstr(screen_output(screen)->at + before, "\x1b[?1003h"), "and on");
	ok(screen_shows_cursor(screen), "the cursor is shown when asked for");
	end(screen, term);
}

static void
test_size(int cols, int rows)
{
	static const char *const args[] = { "dark", NULL };
	struct screen_options options = { .args = args, .cols = cols, .rows = rows };
	struct screen *screen = screen_start(&options);
	char corner[64];

	snprintf(corner, sizeof corner, "corner %dx%d.", cols, rows);
	screen_settle(screen);
	if (cols > 20)
		ok(screen_wait(screen, corner), "%dx%d", cols, rows);
	end(screen, "a size");
}

static void
test_resize(void)
{
	struct screen *screen = start("xterm-256color", NULL);
	static const struct { int cols, rows; } sizes[] = { { 120, 40 }, { 40, 10 }, { 1, 1 }, { 200, 50 }, { 3, 30 }, { 90, 2 }, { 80, 24 } };
	struct screen_cell cell;

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		screen_resize(screen, sizes[i].cols, sizes[i].rows);
		screen_settle(screen);
	}
	ok(screen_wait(screen, "corner 80x24."), "after many sizes");
	is_int(count_wrong(screen, DEPTH_256, 256), 0, "the picture is whole");
	for (int i = 0; i < 50; i++) {
		screen_resize(screen, 20 + i * 3, 5 + i);
		screen_send(screen, "j\x1b[<35;5;5M");
		usleep(1500);
	}
	screen_resize(screen, 100, 30);
	ok(screen_wait(screen, "corner 100x30."), "while keys are pressed");
	is_int(count_wrong(screen, DEPTH_256, 256), 0, "the picture is whole");
	screen_cell(screen, 99, 29, &cell);
	is_text(cell.text, ".", "to its last cell");
	end(screen, "resized");
}

static void
test_ends(void)
{
	static const struct { int number; const char *name; int status; } ways[] = {
		{ SIGTERM, "SIGTERM", 0 }, { SIGHUP, "SIGHUP", 0 }, { SIGINT, "SIGINT", 0 }, { SIGSEGV, "SIGSEGV", 128 + SIGSEGV },
		{ SIGABRT, "SIGABRT", 128 + SIGABRT }, { SIGQUIT, "SIGQUIT", 128 + SIGQUIT }, { SIGUSR1, "SIGUSR1", 128 + SIGUSR1 },
		{ SIGALRM, "SIGALRM", 128 + SIGALRM }, { SIGXCPU, "SIGXCPU", 128 + SIGXCPU },
	};
	struct screen *screen;

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		screen = start("xterm-256color", NULL);
		screen_signal(screen, ways[i].number);
		int status = screen_wait_exit(screen);
		/* A sanitizer ends the program in its own way. */
		ok(status == ways[i].status || (ways[i].status && status > 0), "%s ends it with %d", ways[i].name, status);
		check_restored(screen, ways[i].name);
		screen_free(screen);
	}
	screen = start("xterm-256color", NULL);
	screen_key(screen, "Ctrl-c");
	is_int(screen_wait_exit(screen), 0, "Ctrl-C is a key");
	check_restored(screen, "Ctrl-C");
	screen_free(screen);

	screen = start("xterm-256color", NULL);
	screen_key(screen, "p");
	is_int(screen_wait_exit(screen), 4, "a panic");
	check_restored(screen, "a panic");
	ok(screen_shows(screen, "spanfire: asked to panic"), "its message is on the first screen");
	screen_free(screen);
}

static void
test_ignored(void)
{
	static const char *const args[] = { "dark", NULL };
	struct screen_options options = { .args = args, .ignored = SIGQUIT };
	struct screen *screen = screen_start(&options);

	ok(screen_wait(screen, "corner 80x24."), "where SIGQUIT is ignored");
	screen_signal(screen, SIGQUIT);
	screen_resize(screen, 100, 30);
	ok(screen_wait(screen, "corner 100x30."), "it goes on");
	is_int(count_wrong(screen, DEPTH_256, 256), 0, "with its picture and colours");
	end(screen, "after an ignored signal");
}

static void
test_stop(void)
{
	static const char *const args[] = { "dark", NULL };
	struct screen_options options = { .args = args, .jobs = true };
	struct screen *screen = screen_start(&options);

	ok(screen_wait(screen, "corner 80x24."), "under a shell");
	for (int i = 0; i < 2; i++) {
		if (i == 0)
			screen_key(screen, "z");
		else
			screen_signal(screen, SIGTSTP);
		ok(screen_wait_stopped(screen), "it stops");
		ok(!screen_is_alternate(screen) && screen_modes_kept(screen), "and gives the terminal back");
		screen_send(screen, "");
		if (i == 1)
			screen_resize(screen, 60, 20);
		screen_continue(screen);
		ok(screen_wait(screen, "continued"), "it goes on");
		ok(screen_wait(screen, i == 0 ? "corner 80x24." : "corner 60x20."), "in the size that is now");
		ok(screen_is_alternate(screen), "on its own screen");
		screen_key(screen, "j");
		ok(screen_wait(screen, "key j"), "and takes keys");
	}
	/* Stopped without a chance to say so. */
	screen_signal(screen, SIGSTOP);
	ok(screen_wait_stopped(screen), "it is stopped");
	screen_continue(screen);
	ok(screen_wait(screen, "continued"), "and goes on");
	screen_key(screen, "k");
	ok(screen_wait(screen, "key k"), "and takes keys");
	end(screen, "after stops");
}

static void
test_locale(void)
{
	static const char *const none[] = { "LC_ALL", NULL };
	static const char *const c[] = { "LC_ALL=C", NULL };
	static const char *const missing[] = { "LC_ALL", "LANG=xx_XX.UTF-8", NULL };
	static const char *const args[] = { "dark", NULL };
	struct screen_options mute = { .env = none, .args = args, .mute = true };
	struct screen *screen = start("xterm-256color", none);

	is_text(screen_row(screen, 0), "ascii 0 mono 0", "no locale: the terminal is asked");
	is_text(screen_row(screen, 1), "日本 e\xcc\x81 µs · x", "and shows what it can");
	end(screen, "no locale");
	screen = start("xterm-256color", c);
	is_text(screen_row(screen, 0), "ascii 1 mono 0", "the C locale is ASCII");
	is_text(screen_row(screen, 1), "? ?  e us - x", "all of it");
	end(screen, "C locale");
	screen = start("xterm-256color", missing);
	is_text(screen_row(screen, 0), "ascii 0 mono 0", "a locale that is not installed still says UTF-8");
	end(screen, "missing locale");
	screen = screen_start(&mute);
	ok(screen_wait(screen, "ascii 1 mono 0"), "a terminal that does not answer gets ASCII");
	end(screen, "no answer");
}

static void
test_background(void)
{
	struct screen_options options = { .answers = true, .background = 0xfafafa };
	struct screen *screen = screen_start(&options);
	struct screen_cell cell;

	ok(screen_wait(screen, "background fafafa"), "the terminal's background");
	screen_cell(screen, 0, 10, &cell);
	ok(cell.bg_index == theme_256(theme_find(STR("light")), PAINT(ROLE_BACKGROUND)), "decides on the theme");
	end(screen, "light");
	options.answers = false;
	screen = screen_start(&options);
	ok(screen_wait(screen, "corner 80x24."), "one that does not answer is not waited for");
	end(screen, "no answer");
}

static void
test_pipe(void)
{
	static const char *const args[] = { "dark", NULL };
	static const char *const bad[] = { "bad", NULL };
	struct screen_options options = { .args = args, .stdin_path = "/dev/null" };
	struct screen *screen = screen_start(&options);

	ok(screen_wait(screen, "corner 80x24."), "standard input is no terminal");
	screen_key(screen, "j");
	ok(screen_wait(screen, "key j"), "keys come all the same");
	end(screen, "a pipe");

	options = (struct screen_options){ .args = bad };
	screen = screen_start(&options);
	is_int(screen_wait_exit(screen), 3, "a load that fails");
	ok(screen_shows(screen, "spanfire: bad: cannot be opened"), "is told on the first screen");
	check_restored(screen, "a failure");
	screen_free(screen);
}

static void
test_copy(void)
{
	static const char *const tmux[] = { "TMUX=socket,1,0", NULL };
	struct screen *screen = start("xterm-256color", NULL);

	screen_key(screen, "c");
	ok(screen_wait(screen, "message copied 11 bytes"), "copied");
	ok(screen_sent(screen, "\x1b]52;c;Y29waWVkIHRleHQ=\x07"), "by OSC 52");
	end(screen, "copy");
	screen = start("tmux-256color", tmux);
	screen_key(screen, "c");
	ok(screen_wait(screen, "message copied 11 bytes"), "copied");
	ok(screen_sent(screen, "\x1bPtmux;\x1b\x1b]52;c;Y29waWVkIHRleHQ=\x07\x1b\\"), "through tmux");
	end(screen, "copy in tmux");
}

static void
test_economy(void)
{
	struct screen *screen = start("xterm-256color", NULL);

	screen_key(screen, "j");
	screen_settle(screen);
	size_t before = screen_bytes(screen);
	screen_key(screen, "k");
	screen_settle(screen);
	size_t one = screen_bytes(screen) - before;
	ok(one > 0 && one < 60, "a letter that changes costs little (%zu bytes)", one);
	before = screen_bytes(screen);
	screen_key(screen, "k");
	screen_settle(screen);
	ok(screen_bytes(screen) - before < 10, "nothing that changes costs nothing (%zu bytes)", screen_bytes(screen) - before);
	end(screen, "economy");
}

int
main(void)
{
	dark = theme_find(STR("dark"));
	setenv("SPANFIRE", CANVAS, 1);
	test_depths();
	test_input("xterm-256color");
	test_input("screen-256color");
	test_size(80, 24);
	test_size(200, 50);
	test_size(40, 10);
	test_size(1, 1);
	test_resize();
	test_ends();
	test_ignored();
	test_stop();
	test_locale();
	test_background();
	test_pipe();
	test_copy();
	test_economy();
	return done();
}

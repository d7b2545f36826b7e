/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/clipboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/tap.h"
#include "util/alloc.h"

static void
is_sequence(struct str text, enum clipboard_wrap wrap, const char *want, const char *what)
{
	struct buf out = { 0 };

	ok(clipboard_sequence(text, wrap, &out), "%s", what);
	is_text(buf_str(&out).at, want, "its bytes");
	buf_fini(&out);
}

/* GNU screen passes on what stands between ESC P and ESC \. */
static void
test_pieces(void)
{
	char *text = xcalloc(2000, 1);
	struct buf out = { 0 }, inner = { 0 }, bare = { 0 };
	size_t longest = 0;

	memset(text, 'x', 2000);
	clipboard_sequence((struct str){ text, 2000 }, CLIPBOARD_SCREEN, &out);
	clipboard_sequence((struct str){ text, 2000 }, CLIPBOARD_PLAIN, &bare);
	for (char *at = out.at; at && *at;) {
		char *end = strstr(at, "\x1b\\");
		if (strncmp(at, "\x1bP", 2) != 0 || !end)
			break;
		size_t len = (size_t)(end - at) - 2;
		longest = len > longest ? len : longest;
		buf_add(&inner, (struct str){ at + 2, len });
		at = end + 2;
	}
	is_text(inner.at, bare.at, "screen passes on the whole");
	ok(longest < 512, "in pieces that it takes");
	buf_fini(&out);
	buf_fini(&inner);
	buf_fini(&bare);
	free(text);
}

static void
test_keep(void)
{
	char folder[] = "/tmp/spanfire-test-XXXXXX", *path = NULL, *again;
	struct error err = { 0 };
	struct stat what;
	char text[16] = "";

	if (!mkdtemp(folder)) {
		skip(1, "no room for a file");
		return;
	}
	setenv("XDG_RUNTIME_DIR", folder, 1);
	ok(clipboard_keep(STR("secret"), &path, &err) && path && strncmp(path, folder, strlen(folder)) == 0, "a file in the runtime folder");
	ok(stat(path, &what) == 0 && (what.st_mode & 0777) == 0600, "for the user alone");
	again = path;
	ok(clipboard_keep(STR("new"), &path, &err) && path == again, "the next copy goes there too");
	FILE *file = fopen(path, "r");
	ok(file && fgets(text, sizeof text, file) && strcmp(text, "new") == 0, "and replaces the first");
	if (file)
		fclose(file);
	unlink(path);
	if (symlink("/tmp/spanfire-test-nothing", path) != 0)
		diag("no link");
	char *link = xstrdup(path);
	ok(clipboard_keep(STR("x"), &path, &err) && strcmp(path, link) != 0, "a link in its place is not followed");
	unlink(link);
	unlink(path);
	free(link);
	free(path);
	rmdir(folder);

	unsetenv("TMUX");
	unsetenv("STY");
	unsetenv("TERM_PROGRAM");
	unsetenv("KITTY_WINDOW_ID");
	unsetenv("WT_SESSION");
	setenv("TERM", "xterm-256color", 1);
	ok(!clipboard_is_known(), "xterm-256color may be anything");
	setenv("TERM", "xterm-kitty", 1);
	ok(clipboard_is_known(), "kitty takes it");
	setenv("TMUX", "/tmp/tmux", 1);
	ok(!clipboard_is_known(), "through tmux nobody knows");
}

static void
is_wrap(const char *tmux, const char *screen, const char *term, enum clipboard_wrap want, const char *what)
{
	static const char *const names[] = { "TMUX", "STY", "TERM" };
	const char *values[] = { tmux, screen, term };

	for (int i = 0; i < 3; i++) {
		if (values[i])
			setenv(names[i], values[i], 1);
		else
			unsetenv(names[i]);
	}
	is_int(clipboard_wrap_here(), want, what);
}

/* Over SSH the variables of tmux and screen are not there, but TERM is. */
static void
test_around(void)
{
	char *text = xcalloc(1000, 1);
	struct buf out = { 0 };

	is_wrap("/tmp/tmux", NULL, "tmux-256color", CLIPBOARD_TMUX, "inside of tmux");
	is_wrap(NULL, "1.pts", "screen", CLIPBOARD_SCREEN, "inside of screen");
	is_wrap(NULL, NULL, "tmux-256color", CLIPBOARD_TMUX, "inside of a tmux at the other end");
	is_wrap(NULL, NULL, "screen-256color", CLIPBOARD_EITHER, "it may be tmux or screen");
	is_wrap(NULL, NULL, "xterm-256color", CLIPBOARD_PLAIN, "neither");
	is_wrap(NULL, NULL, NULL, CLIPBOARD_PLAIN, "nothing is known");
	is_int(clipboard_wrap_of(84, CLIPBOARD_EITHER), CLIPBOARD_TMUX, "tmux says that it is");
	is_int(clipboard_wrap_of(83, CLIPBOARD_EITHER), CLIPBOARD_SCREEN, "so does screen");
	is_int(clipboard_wrap_of(41, CLIPBOARD_EITHER), CLIPBOARD_EITHER, "another one changes nothing");
	is_sequence(STR("hel"), CLIPBOARD_EITHER, "\x1b]52;c;aGVs\x07\x1bP\x1b]52;c;aGVs\x07\x1b\\", "bare for tmux, wrapped for screen");
	memset(text, 'x', 1000);
	clipboard_sequence((struct str){ text, 1000 }, CLIPBOARD_EITHER, &out);
	ok(strncmp(out.at, "\x1bP", 2) == 0, "what screen would print is not sent bare");
	buf_fini(&out);
	free(text);
}

int
main(void)
{
	is_sequence(STR("hello"), CLIPBOARD_PLAIN, "\x1b]52;c;aGVsbG8=\x07", "two bytes over");
	is_sequence(STR("hell"), CLIPBOARD_PLAIN, "\x1b]52;c;aGVsbA==\x07", "one byte over");
	is_sequence(STR("hel"), CLIPBOARD_PLAIN, "\x1b]52;c;aGVs\x07", "none over");
	is_sequence(STR(""), CLIPBOARD_PLAIN, "\x1b]52;c;\x07", "nothing");
	is_sequence(STR("\xff\xfe\xfd"), CLIPBOARD_PLAIN, "\x1b]52;c;//79\x07", "any bytes");
	is_sequence(STR("hel"), CLIPBOARD_TMUX, "\x1b]52;c;aGVs\x07\x1bPtmux;\x1b\x1b]52;c;aGVs\x07\x1b\\", "tmux");
	test_pieces();

	struct buf out = { 0 };
	char *large = xcalloc(CLIPBOARD_LIMIT + 1, 1);
	ok(!clipboard_sequence((struct str){ large, CLIPBOARD_LIMIT + 1 }, CLIPBOARD_PLAIN, &out) && out.len == 0, "too much");
	ok(clipboard_sequence((struct str){ large, CLIPBOARD_LIMIT }, CLIPBOARD_PLAIN, &out), "as much as can be");
	free(large);
	buf_fini(&out);
	test_keep();
	test_around();
	return done();
}

/* SPDX-License-Identifier: MIT
 * What goes out of the viewer and comes into it, on a real terminal: copies, links, the palette, the configuration, files, the editor. */
#include "config.h"

#include "tests/screen/steps.h"

static void
from_base64(const char *text, size_t len, struct buf *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t bits = 0, count = 0;

	for (size_t i = 0; i < len && text[i] != '='; i++) {
		const char *digit = strchr(digits, text[i]);
		bits = bits << 6 | (uint32_t)(digit ? digit - digits : 0);
		count += 6;
		if (count >= 8) {
			count -= 8;
			buf_addc(out, (char)(bits >> count & 0xff));
		}
	}
}

/* What was last put on the clipboard. */
static void
clipboard(struct screen *screen, struct buf *out)
{
	static const char begin[] = "\x1b]52;c;";
	const struct buf *sent = screen_output(screen);
	const char *last = NULL;

	for (size_t at = 0; at + sizeof begin - 1 <= sent->len; at++)
		if (memcmp(sent->at + at, begin, sizeof begin - 1) == 0)
			last = sent->at + at + sizeof begin - 1;
	if (last)
		from_base64(last, strcspn(last, "\a\x1b"), out);
}

static void
test_copy(void)
{
	char *variable = xasprintf("TMPDIR=%s", folder);
	const char *const args[] = { profile, NULL }, *const env[] = { "WT_SESSION", variable, NULL };
	struct screen *screen = open_with(args, env, COLS, ROWS);
	struct buf text = { 0 };

	screen_wait(screen, "all 100.0%");
	see(screen, "j j y", "also to /", "a terminal that says nothing of itself: also to a file");
	ok(screen_shows(screen, "copied 10 bytes") && screen_shows(screen, "web::serve"), "what was copied is said");
	clipboard(screen, &text);
	is_text(text.len ? text.at : "", "web::serve", "and is on the clipboard");
	buf_clear(&text);
	screen_key(screen, "j .");
	screen_wait(screen, "copy-stack");
	click(screen, "copy-stack", "copied ", "the whole stack, from the menu");
	clipboard(screen, &text);
	is_text(text.len ? text.at : "", "app::main\nweb::serve\njson::parse\n", "outermost first");
	buf_fini(&text);
	leave(screen);
	free(variable);
}

/* Words of a command line as a shell would split it, in place; without the first. */
static void
split_words(char *line, const char *args[32])
{
	size_t count = 0;
	char *out = line;

	for (char *at = line; *at && count < 31;) {
		bool quoted = false;
		char *word = out;
		for (; *at && (quoted || *at != ' '); at++) {
			if (*at == '\'')
				quoted = !quoted;
			else
				*out++ = !quoted && *at == '\\' ? *++at : *at;
		}
		at += *at == ' ';
		*out++ = '\0';
		args[count++] = word;
	}
	for (size_t i = 1; i < count; i++)
		args[i - 1] = args[i];
	args[count ? count - 1 : 0] = NULL;
}

static void
test_link(void)
{
	struct screen *screen = open_profile();
	struct buf text = { 0 };
	const char *args[32];

	screen_key(screen, "j j j Enter A V");
	screen_settle(screen);
	screen_key(screen, "Alt-x");
	screen_send(screen, "idle");
	screen_key(screen, "Enter");
	screen_wait(screen, "hide /idle/");
	screen_key(screen, "+ /");
	screen_send(screen, "it's \"a b\"");
	see(screen, "Enter Y", "spanfire ", "Y copies a link");
	clipboard(screen, &text);
	ok(text.len > 40, "it is on the clipboard");
	/* The message goes; nothing else may change. */
	screen_key(screen, "? Esc");
	struct buf before = { 0 };
	buf_add(&before, str_of(screen_text(screen)));
	leave(screen);
	buf_addc(&text, '\0');
	split_words(text.at, args);
	screen = open_with(args, NULL, COLS, ROWS);
	screen_wait(screen, "hide /idle/");
	const char *now = screen_text(screen);
	size_t last = strlen(now) < before.len ? strlen(now) : before.len;
	while (last > 0 && now[last - 1] == '\n')
		last--;
	while (last > 0 && now[last - 1] != '\n')
		last--;
	if (!ok(last > 500 && memcmp(now, before.at, last) == 0, "it opens the same picture")) {
		diag("%s", before.at);
		diag("%s", now);
	}
	buf_fini(&before);
	buf_fini(&text);
	leave(screen);
}

static void
test_palette(void)
{
	struct screen *screen = open_profile();

	see(screen, ":", "type to narrow", "the palette");
	screen_send(screen, "theme lig");
	see(screen, "Tab", "theme light", "Tab completes");
	see(screen, "Esc :", "type to narrow", "Esc closes it");
	screen_send(screen, "sort total");
	click(screen, "> sort total", "Flame", "a click chooses");
	see(screen, "2", "▾ total", "and it is so");
	leave(screen);
}

static void
test_configuration(void)
{
	char *home = xasprintf("%s/config", folder), *own = xasprintf("%s/spanfire", home), *file = xasprintf("%s/config.json", own);
	char *variable = xasprintf("XDG_CONFIG_HOME=%s", home);
	const char *const env[] = { variable, NULL }, *const args[] = { profile, NULL };

	mkdir(home, 0700);
	mkdir(own, 0700);
	write_file(file, "{ // mine\n\"view\": \"table\",\n\"keys\": { \"Z\": \"flame\" },\n\"nonsense\": 1 }\n", 0600);
	struct screen *screen = open_with(args, env, COLS, ROWS);
	ok(screen_wait(screen, "config.json:4"), "what is wrong in it is said, with its line");
	ok(screen_shows(screen, "symbol"), "what is right holds");
	see(screen, "Z", "all 100.0%", "keys of one's own");
	see(screen, "!", "configuration", "it can be read again");
	leave(screen);
	unlink(file);
	rmdir(own);
	rmdir(home);
	free(home);
	free(own);
	free(file);
	free(variable);
}

static void
test_editor(void)
{
	char *editor = xasprintf("%s/editor", folder), *seen = xasprintf("%s/seen", folder);
	char *script = xasprintf("#!/bin/sh\nprintf '%%s|' \"$@\" > %s\nprintf 'in the editor '\nread -r line\n", seen);
	char *variable = xasprintf("EDITOR=%s -n", editor), line[512] = "";
	const char *const env[] = { variable, "VISUAL", NULL }, *const args[] = { profile, NULL };

	write_file(editor, script, 0700);
	struct screen *screen = open_with(args, env, COLS, ROWS);
	screen_wait(screen, "all 100.0%");
	see(screen, "j j j v", "in the editor", "v opens the source in $EDITOR");
	ok(!screen_is_alternate(screen), "on the terminal as it was");
	screen_send(screen, "\r");
	ok(screen_wait(screen, "json::parse"), "and the picture comes back");
	ok(screen_is_alternate(screen), "on a screen of its own");
	FILE *file = fopen(seen, "r");
	ok(file && fgets(line, sizeof line, file) && strstr(line, source) && strstr(line, "-n|"), "with the file");
	ok(strstr(line, "+3|"), "and the line");
	if (file)
		fclose(file);
	see(screen, "F2", "the mouse is the terminal's", "F2 gives the mouse back");
	ok(screen_sent(screen, "\x1b[?1006l"), "the terminal is told");
	see(screen, "F2", "the mouse works here", "F2 takes it again");
	screen_key(screen, "Enter");
	screen_wait(screen, "focus json::parse");
	see(screen, "R", "focus json::parse", "R reads the file again, the view stays");
	leave(screen);
	unlink(editor);
	unlink(seen);
	free(editor);
	free(seen);
	free(script);
	free(variable);
}

/* A file that cannot be read again: gone, in the way, unreadable, or another kind of file. */
static void
test_lost(void)
{
	char *path = xasprintf("%s/lost.folded", folder);
	const char *const args[] = { path, NULL };

	write_file(path, "lost::main;lost::run 3\nlost::main;lost::wait 5\n", 0644);
	struct screen *screen = open_with(args, NULL, COLS, ROWS);
	screen_wait(screen, "lost::wait");
	see(screen, "j j Enter", "focus lost::wait", "a view of it");
	unlink(path);
	see(screen, "R", "not read again: ", "a file that is gone");
	ok(screen_shows(screen, "No such file") && screen_shows(screen, "focus lost::wait") && screen_shows(screen, "lost::main"), "what was shown stays");
	mkdir(path, 0700);
	see(screen, "j R", "no files in this directory", "a folder in its place");
	rmdir(path);
	if (geteuid() != 0) {
		write_file(path, "lost::main 1\n", 0);
		see(screen, "j R", "Permission denied", "a file that may not be read");
	}
	write_file(path, "{\"nothing\": 1}", 0644);
	see(screen, "j R", "no known format", "something else in its place");
	ok(screen_shows(screen, "focus lost::wait"), "what was shown still stays");
	see(screen, "u", "lost::run", "and can be looked at");
	write_file(path, "lost::main;lost::run 3\nlost::main;lost::found 9\n", 0644);
	see(screen, "R", "lost::found", "until it can be read again");
	leave(screen);
	unlink(path);
	free(path);
}

static void
test_small_screen(void)
{
	const char *const args[] = { profile, NULL };
	struct screen *screen = open_with(args, NULL, 40, 10);

	ok(screen_wait(screen, "app::main") && screen_shows(screen, "Flame  2"), "40x10: tabs are short");
	see(screen, "j j", "web::serve  total 790", "40x10: the cursor's numbers");
	screen_resize(screen, 30, 8);
	ok(screen_wait(screen, "needs 40x10"), "smaller is said to be too small");
	screen_resize(screen, 40, 10);
	ok(screen_wait(screen, "Flame  2"), "and large enough again");
	leave(screen);
}

static void
test_write(void)
{
	struct screen *screen = open_profile();
	char *path = xasprintf("%s/out.folded", folder), line[256] = "";

	see(screen, "j j j Enter w", "the focus json::parse", "what is written is chosen");
	click(screen, "speedscope", "write to: flame.speedscope.json", "with the mouse too");
	screen_key(screen, "Ctrl-u");
	screen_send(screen, path);
	see(screen, "Enter", "written to ", "the suffix decides");
	FILE *file = fopen(path, "r");
	ok(file && fgets(line, sizeof line, file) && strcmp(line, "json::parse 300\n") == 0, "it is the focus alone");
	if (file)
		fclose(file);
	screen_key(screen, "w Enter Ctrl-u");
	screen_send(screen, path);
	see(screen, "Enter", "the file is there already", "a file that is there is asked about");
	click(screen, "replace ", "written to ", "and replaced");
	leave(screen);
	unlink(path);
	free(path);
}

int
main(void)
{
	steps_begin();
	test_copy();
	test_link();
	test_palette();
	test_configuration();
	test_editor();
	test_lost();
	test_small_screen();
	test_write();
	steps_end();
	return done();
}

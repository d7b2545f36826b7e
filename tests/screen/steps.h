/* SPDX-License-Identifier: MIT
 * A small profile in a file, the program on it, and steps of a user on the terminal: each a key or a click, and what is then seen. */
#ifndef SCREEN_STEPS_H
#define SCREEN_STEPS_H

#include <sys/stat.h>
#include <unistd.h>

#include "tests/screen/harness.h"
#include "util/alloc.h"

enum { COLS = 100, ROWS = 30 };

static char folder[] = "/tmp/spanfire-flame-XXXXXX";
static char *profile, *source;

__attribute__((unused)) static void
write_file(const char *path, const char *text, mode_t mode)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(text, file) < 0 || fclose(file) != 0 || chmod(path, mode) != 0)
		panic("cannot write %s", path);
}

/* Seven functions in a file of their own, with recursion and a chain, and eighty too small to see. */
__attribute__((unused)) static void
write_profile(void)
{
	static const char *const names[] = { "app::main", "web::serve", "json::parse", "web::render", "app::idle", "lib::one", "lib::two" };
	struct buf text = { 0 }, weights = { 0 };

	buf_add(&text, STR("{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\"shared\":{\"frames\":["));
	for (int i = 0; i < 7; i++)
		buf_addf(&text, "%s{\"name\":\"%s\",\"file\":\"%s\",\"line\":%d}", i ? "," : "", names[i], source, i + 1);
	for (int i = 0; i < 80; i++)
		buf_addf(&text, ",{\"name\":\"tiny_%02d\"}", i);
	buf_add(&text, STR("]},\"profiles\":[{\"type\":\"sampled\",\"name\":\"run\",\"unit\":\"none\",\"startValue\":0,\"endValue\":940,\"samples\":["
	                   "[0,1,2],[0,1,2,2],[0,1,3],[0,1,3,5,6],[0,4]"));
	buf_add(&weights, STR("300,200,150,100,150"));
	for (int i = 0; i < 80; i++) {
		buf_addf(&text, ",[0,1,%d]", 7 + i);
		buf_add(&weights, STR(",0.5"));
	}
	buf_addf(&text, "],\"weights\":[%s]}]}", weights.at);
	write_file(profile, text.at, 0644);
	buf_fini(&text);
	buf_fini(&weights);
}

__attribute__((unused)) static struct screen *
open_with(const char *const *args, const char *const *env, int cols, int rows)
{
	struct screen *screen = screen_start(&(struct screen_options){ .args = args, .env = env, .cols = cols, .rows = rows });

	screen_settle(screen);
	return screen;
}

__attribute__((unused)) static struct screen *
open_profile(void)
{
	const char *const args[] = { "--theme", "dark", profile, NULL };
	struct screen *screen = open_with(args, NULL, COLS, ROWS);

	ok(screen_wait(screen, "all 100.0%"), "the graph is there");
	return screen;
}

__attribute__((unused)) static void
leave(struct screen *screen)
{
	screen_key(screen, "Esc Ctrl-c");
	is_int(screen_wait_exit(screen), 0, "Ctrl-C ends it");
	screen_free(screen);
}

__attribute__((unused)) static void
see(struct screen *screen, const char *keys, const char *want, const char *what)
{
	screen_key(screen, keys);
	ok(screen_wait(screen, want), "%s: %s", keys, what);
}

__attribute__((unused)) static void
miss(struct screen *screen, const char *keys, const char *gone, const char *what)
{
	screen_key(screen, keys);
	ok(screen_wait_gone(screen, gone), "%s: %s", keys, what);
}

enum how { ONCE, TWICE, RIGHT, OVER };

/* The text's first cell, or one further on. */
__attribute__((unused)) static void
point(struct screen *screen, const char *text, int further, enum how how)
{
	int col, row;

	screen_settle(screen);
	if (!screen_find(screen, text, &col, &row)) {
		ok(false, "%s is there to be pointed at", text);
		return;
	}
	col += further;
	if (how == ONCE)
		screen_click(screen, col, row);
	else if (how == TWICE)
		screen_double_click(screen, col, row);
	else if (how == RIGHT)
		screen_right_click(screen, col, row);
	else
		screen_move(screen, col, row);
}

__attribute__((unused)) static void
click(struct screen *screen, const char *text, const char *want, const char *what)
{
	point(screen, text, 0, ONCE);
	ok(screen_wait(screen, want), "a click on %s: %s", text, what);
}

__attribute__((unused)) static void
background_at(struct screen *screen, const char *text, int further, uint32_t *out)
{
	struct screen_cell cell;
	int col, row;

	*out = 0;
	if (!screen_find(screen, text, &col, &row))
		return;
	screen_cell(screen, col + further, row, &cell);
	*out = cell.bg;
}

__attribute__((unused)) static void
steps_begin(void)
{
	if (!mkdtemp(folder))
		panic("cannot make %s", folder);
	profile = xasprintf("%s/flame.json", folder);
	source = xasprintf("%s/flame-source.c", folder);
	write_file(source, "one\ntwo\nthree\n", 0600);
	write_profile();
}

__attribute__((unused)) static void
steps_end(void)
{
	unlink(profile);
	unlink(source);
	rmdir(folder);
	free(profile);
	free(source);
}

#endif

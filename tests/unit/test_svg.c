/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/svg.h"

#include <unistd.h>

#include "tests/tap.h"
#include "util/buf.h"

static const struct style plain = { .fg = { .role = ROLE_TEXT }, .bg = { .role = ROLE_BACKGROUND } };
static const struct style boxed = { .fg = { .role = ROLE_INK }, .bg = { .role = ROLE_CURSOR }, .attrs = ATTR_BOLD };
static const struct style edge = { .fg = { .role = ROLE_CURSOR }, .bg = { .role = ROLE_BAR } };

static int
count(const struct buf *text, const char *what)
{
	int found = 0;

	for (const char *at = text->at; (at = strstr(at, what)); at++)
		found++;
	return found;
}

int
main(void)
{
	struct grid grid;
	struct buf svg = { 0 }, again = { 0 };
	struct error err = { 0 };
	const struct theme *dark = theme_find(STR("dark"));
	char line[256] = "", path[] = "test-svg-XXXXXX.svg";

	grid_init(&grid, 20, 3);
	grid_text(&grid, 0, 0, 20, STR("a <b> & c   d"), plain);
	grid_fill(&grid, 2, 1, 6, boxed);
	grid_text(&grid, 3, 1, 6, STR("box"), boxed);
	grid_glyph(&grid, 8, 1, GLYPH_LEFT_3, edge);
	grid_text(&grid, 12, 1, 8, STR("日本"), plain);
	for (int col = 0; col < 20; col++)
		grid_glyph(&grid, col, 2, GLYPH_LOWER_4, plain);
	svg_write(&grid, dark, &svg);
	svg_write(&grid, dark, &again);

	ok(str_equal(buf_str(&svg), buf_str(&again)), "the same every time");
	ok(str_starts(buf_str(&svg), STR("<svg ")) && str_ends(buf_str(&svg), STR("</svg>\n")), "one picture");
	ok(strstr(svg.at, "width=\"160\" height=\"48\""), "its size");
	ok(strstr(svg.at, "<path fill=\"#14151c\" d=\"M0 0h160v48h-160z\"/>"), "the ground");
	ok(strstr(svg.at, "<path fill=\"#fff2c8\" d=\"M16 16h48v16h-48z\"/>"), "a background is one rectangle");
	ok(strstr(svg.at, "<path fill=\"#fff2c8\" d=\"M64 16h3v16h-3z\"/>"), "an eighth is drawn, not written");
	ok(strstr(svg.at, "<path fill=\"#d6d9e4\" d=\"M0 40h160v8h-160z\"/>"), "a row of one glyph is one rectangle");
	ok(strstr(svg.at, "textLength=\"72\" fill=\"#d6d9e4\">a &lt;b&gt; &amp; c</text>"), "text is escaped and keeps its length");
	ok(strstr(svg.at, "fill=\"#121216\" font-weight=\"bold\">box</text>"), "bold");
	ok(strstr(svg.at, "textLength=\"32\" fill=\"#d6d9e4\">日本</text>"), "wide");
	is_int(count(&svg, "<text"), 4, "a text a run");

	int fd = mkstemps(path, 4);
	close(fd);
	ok(screen_save(&grid, dark, path, &err), "save");
	FILE *file = fopen(path, "r");
	ok(file && fgets(line, sizeof line, file) && strncmp(line, "<svg ", 5) == 0, "as SVG");
	fclose(file);
	unlink(path);
	strcpy(strstr(path, ".svg"), ".txt");
	ok(screen_save(&grid, dark, path, &err), "save");
	file = fopen(path, "r");
	ok(file && fgets(line, sizeof line, file) && strcmp(line, "a <b> & c   d\n") == 0, "as text");
	fclose(file);
	unlink(path);
	ok(!screen_save(&grid, dark, "/nonexistent/a.svg", &err) && err.code == ERROR_SYSTEM && strstr(err.path, "a.svg"), "what cannot be written");
	grid_fini(&grid);
	buf_fini(&svg);
	buf_fini(&again);
	return done();
}

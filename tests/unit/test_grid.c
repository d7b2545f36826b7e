/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/grid.h"

#include "tests/tap.h"
#include "util/buf.h"

static const struct style plain = { .fg = { .role = ROLE_TEXT }, .bg = { .role = ROLE_BACKGROUND } };
static const struct style boxed = { .fg = { .role = ROLE_INK }, .bg = { .role = ROLE_BOX, .hue = 5, .shade = 1 } };

static void
is_screen(const struct grid *grid, const char *want, const char *what)
{
	struct buf text = { 0 };

	grid_to_text(grid, &text);
	is_text(text.at, want, what);
	buf_fini(&text);
}

static void
test_text(void)
{
	struct grid grid;

	grid_init(&grid, 8, 2);
	is_screen(&grid, "\n\n", "empty");
	is_int(grid_text(&grid, 1, 0, 10, STR("hello"), boxed), 5, "columns drawn");
	is_screen(&grid, " hello\n\n", "text");
	ok(style_equal(grid_cell(&grid, 1, 0)->style, boxed) && style_equal(grid_cell(&grid, 6, 0)->style, plain), "styles");
	is_int(grid_text(&grid, 5, 1, 10, STR("hello"), boxed), 3, "clipped on the right");
	is_int(grid_text(&grid, -2, 1, 10, STR("hello"), boxed), 5, "clipped on the left");
	is_screen(&grid, " hello\nllo  hel\n", "clipped");
	is_int(grid_text(&grid, 0, 5, 10, STR("hello"), boxed), 0, "below");
	is_int(grid_text(&grid, 0, -1, 10, STR("hello"), boxed), 0, "above");
	is_int(grid_text(&grid, 0, 0, 2, STR("abc"), plain), 2, "a limit");
	is_screen(&grid, "abello\nllo  hel\n", "the rest is left alone");
	grid_fill(&grid, -3, 0, 5, boxed);
	grid_fill(&grid, 6, 1, 100, boxed);
	is_screen(&grid, "  ello\nllo  h\n", "fill");
	grid_text_over(&grid, 5, 1, 3, STR("xyz"), PAINT(ROLE_ERROR), ATTR_BOLD);
	ok(grid_cell(&grid, 7, 1)->style.bg.role == ROLE_BOX && grid_cell(&grid, 7, 1)->style.fg.role == ROLE_ERROR &&
	   grid_cell(&grid, 7, 1)->style.attrs == ATTR_BOLD, "text over what is there");
	grid_fini(&grid);
}

static void
test_wide(void)
{
	struct grid grid;

	grid_init(&grid, 8, 1);
	is_int(grid_text(&grid, 0, 0, 8, STR("日本語"), plain), 6, "wide columns");
	is_screen(&grid, "日本語\n", "wide");
	is_int(grid_cell(&grid, 0, 0)->width, 2, "head");
	is_int(grid_cell(&grid, 1, 0)->width, 0, "continuation");
	grid_text(&grid, 1, 0, 1, STR("x"), plain);
	is_screen(&grid, " x本語\n", "half of a wide one is none");
	grid_text(&grid, 4, 0, 1, STR("y"), plain);
	is_screen(&grid, " x本y\n", "the other half");
	grid_fill(&grid, 3, 0, 1, plain);
	is_screen(&grid, " x  y\n", "cut by fill");
	is_int(grid_text(&grid, 7, 0, 8, STR("日"), plain), 0, "none straddles the right edge");
	is_int(grid_text(&grid, 0, 0, 3, STR("日本"), plain), 2, "none straddles the limit");
	grid_clear(&grid, plain);
	grid_text(&grid, -1, 0, 8, STR("日本"), plain);
	is_screen(&grid, " 本\n", "none straddles the left edge");
	grid_clear(&grid, plain);
	grid_text(&grid, 0, 0, 8, STR("e\xcc\x81z"), plain);
	is_int(grid_cell(&grid, 0, 0)->len, 3, "a combining mark stays with its base");
	is_screen(&grid, "e\xcc\x81z\n", "and comes out");
	grid_fini(&grid);
}

static void
test_ascii(void)
{
	struct grid grid;
	static const struct { enum glyph glyph; const char *ascii, *text; } glyphs[] = {
		{ GLYPH_LEFT_3, "|", "▍" }, { GLYPH_FULL, "#", "█" }, { GLYPH_CLOSE, "x", "✕" }, { GLYPH_VLINE, "|", "│" }, { GLYPH_LOWER_7, "#", "▇" },
	};

	grid_init(&grid, 12, 1);
	grid.ascii = true;
	grid_text(&grid, 0, 0, 12, STR("a·ö 日µs…"), plain);
	is_screen(&grid, "a-? ? us~\n", "ASCII");
	grid_clear(&grid, plain);
	grid_text(&grid, 0, 0, 12, STR("e\xcc\x81x"), plain);
	is_screen(&grid, "ex\n", "ASCII without marks");
	for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++) {
		ok(str_equal(glyph_text(glyphs[i].glyph, false), str_of(glyphs[i].text)), "glyph %s", glyphs[i].text);
		ok(str_equal(glyph_text(glyphs[i].glyph, true), str_of(glyphs[i].ascii)), "its twin");
	}
	for (enum glyph glyph = GLYPH_LEFT_1; glyph <= GLYPH_VLINE; glyph++)
		ok(glyph_text(glyph, true).len == 1 && glyph_text(glyph, false).len > 1, "glyph %d has both", glyph);
	grid_fini(&grid);
}

static void
test_hostile(void)
{
	struct grid grid;
	struct buf zalgo = { 0 };

	grid_init(&grid, 4, 1);
	grid_text(&grid, 0, 0, 4, STR("\x1b[\x7f\xc2\x9b"), plain);
	for (int col = 0; col < 4; col++) {
		const struct cell *cell = grid_cell(&grid, col, 0);
		ok(cell->len && cell->text[0] != '\x1b' && cell->text[0] != '\x7f' && (unsigned char)cell->text[0] != 0xc2, "no control in column %d", col);
	}
	buf_addc(&zalgo, 'a');
	for (int i = 0; i < 40; i++)
		buf_add(&zalgo, STR("\xcc\x81"));
	grid_clear(&grid, plain);
	is_int(grid_text(&grid, 0, 0, 4, buf_str(&zalgo), plain), 1, "a very long cluster");
	is_screen(&grid, "a\n", "is drawn as its base");
	buf_fini(&zalgo);
	grid_resize(&grid, 0, -1);
	ok(grid.cols == 1 && grid.rows == 1, "never smaller than one cell");
	grid_fini(&grid);
}

int
main(void)
{
	test_text();
	test_wide();
	test_ascii();
	test_hostile();
	return done();
}

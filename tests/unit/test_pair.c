/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/pair.h"

#include "tests/tap.h"

static struct style
boxed(int hue, int shade)
{
	return (struct style){ .fg = PAINT(ROLE_INK), .bg = { ROLE_BOX, (uint8_t)hue, (uint8_t)shade } };
}

static void
test_tints(void)
{
	const struct theme *dark = theme_find(STR("dark"));
	int same = 0, outside = 0;

	struct tint tint = tint_of(dark, DEPTH_24BIT, 1 << 24, (struct style){ .fg = PAINT(ROLE_ACCENT), .bg = PAINT(ROLE_BACKGROUND), .attrs = ATTR_BOLD });
	ok(tint.fg == 0xffb454 && tint.bg == 0x14151c && tint.attrs == ATTR_BOLD, "24 bit");
	tint = tint_of(dark, DEPTH_MONO, 0, boxed(3, 1));
	ok(tint.fg == -1 && tint.bg == -1 && tint.attrs == ATTR_REVERSE, "mono");
	for (int a = 0; a < PAINT_HUES; a++)
		for (int b = 0; b < PAINT_HUES; b++) {
			struct tint one = tint_of(dark, DEPTH_16, 8, boxed(a, 0)), other = tint_of(dark, DEPTH_16, 8, boxed(b, 1));
			same += one.bg == other.bg;
			outside += one.bg < 1 || one.bg > 7 || other.bg < 1 || other.bg > 7;
		}
	is_int(same, 0, "the shades differ even with eight colours");
	is_int(outside, 0, "and boxes are never black");
	for (int a = 0; a < PAINT_HUES * PAINT_SHADES; a++)
		for (uint8_t shade = 0; shade < PAINT_SHADES; shade++)
			same += tint_of(dark, DEPTH_16, 8, boxed(a / PAINT_SHADES, a % PAINT_SHADES)).bg ==
			        tint_of(dark, DEPTH_16, 8, (struct style){ .fg = PAINT(ROLE_INK), .bg = { ROLE_UNMATCHED, 0, shade } }).bg;
	is_int(same, 0, "nor in a colour of what a search does not find");
	for (int role = 0; role < ROLE_COUNT; role++) {
		struct tint eight = tint_of(dark, DEPTH_16, 8, (struct style){ .fg = PAINT((uint8_t)role), .bg = PAINT((uint8_t)role) });
		outside += eight.fg < 0 || eight.fg > 7 || eight.bg < 0 || eight.bg > 7;
	}
	is_int(outside, 0, "eight colours are enough for every role");
	for (int light = 0; light < 2; light++) {
		static const struct { enum role box, ink; } grey[] = {
			{ ROLE_SMALL, ROLE_SMALL_INK }, { ROLE_UNMATCHED, ROLE_UNMATCHED_INK }, { ROLE_ANCESTOR, ROLE_ANCESTOR_INK },
			{ ROLE_CURSOR, ROLE_INK }, { ROLE_SAME, ROLE_INK },
		};
		const struct theme *theme = light ? theme_find(STR("light")) : dark;
		struct style ground = { .fg = PAINT(ROLE_TEXT), .bg = PAINT(ROLE_BACKGROUND) };
		int vanished = 0, unread = 0, shades[PAINT_SHADES];
		for (size_t i = 0; i < sizeof grey / sizeof *grey; i++)
			for (uint8_t shade = 0; shade < PAINT_SHADES; shade++) {
				tint = tint_of(theme, DEPTH_16, 8, (struct style){ .fg = PAINT(grey[i].ink), .bg = { (uint8_t)grey[i].box, 0, shade } });
				vanished += tint.bg == tint_of(theme, DEPTH_16, 8, ground).bg;
				unread += tint.fg == tint.bg;
				if (grey[i].box == ROLE_UNMATCHED)
					shades[shade] = tint.bg;
			}
		is_int(vanished, 0, "with eight colours no kind of box vanishes in the background");
		is_int(unread, 0, "and all can be written into");
		ok(shades[0] != shades[1], "neighbours that a search does not find are told apart");
	}
}

static void
test_spaces(void)
{
	struct style text = boxed(1, 1), edge = boxed(1, 1), line = boxed(1, 1), other = boxed(2, 0);

	edge.fg = (struct paint){ ROLE_BOX, 7, 0 };
	edge.attrs = ATTR_BOLD;
	line.attrs = ATTR_UNDERLINE;
	line.fg = PAINT(ROLE_ACCENT);
	ok(style_equal(tint_space(text, NULL), tint_space(edge, NULL)), "a space looks the same whatever its foreground");
	ok(style_equal(tint_space(text, &edge), edge), "it takes what is before it");
	ok(style_equal(tint_space(text, &other), tint_space(text, NULL)), "on the same background");
	ok(style_equal(tint_space(text, &line), tint_space(text, NULL)), "but no underline");
	ok(style_equal(tint_space(line, &edge), line), "and keeps one");
}

static void
test_pairs(void)
{
	enum { COLORS = 60, MOST = COLORS * COLORS - 10 };
	struct pair_table table = { 0 };
	bool is_new;
	int bad = 0, beyond = 0, next = 1;

	for (int fg = 0; fg < COLORS; fg++)
		for (int bg = 0; bg < COLORS; bg++) {
			int number = pair_number(&table, fg * 0x10101, bg * 0x30201, MOST, &is_new);
			if (number == 0)
				beyond++;
			else
				bad += number != next++ || !is_new;
		}
	is_int(bad, 0, "new pairs are numbered in order");
	is_int(beyond, 10, "those beyond the limit get none");
	next = 1;
	for (int fg = 0; fg < COLORS && next < MOST; fg++)
		for (int bg = 0; bg < COLORS && next < MOST; bg++)
			bad += pair_number(&table, fg * 0x10101, bg * 0x30201, MOST, &is_new) != next++ || is_new;
	is_int(bad, 0, "and keep their number");
	pair_forget(&table);
	is_int(pair_number(&table, 1, 2, MOST, &is_new), 1, "forgotten, they begin anew");
	pair_forget(&table);
}

int
main(void)
{
	test_tints();
	test_spaces();
	test_pairs();
	return done();
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/paint.h"

#include "tests/tap.h"
#include "ui/pair.h"
#include "ui/palette.h"

static struct paint
box(int hue, int shade)
{
	return (struct paint){ .role = ROLE_BOX, .hue = (uint8_t)hue, .shade = (uint8_t)shade };
}

static double
luminance(uint32_t rgb)
{
	double sum = 0;
	static const double weights[] = { 0.2126, 0.7152, 0.0722 };

	for (int i = 0; i < 3; i++) {
		double channel = (rgb >> (16 - 8 * i) & 0xff) / 255.0;
		sum += weights[i] * (channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double
contrast(uint32_t a, uint32_t b)
{
	double la = luminance(a), lb = luminance(b);

	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

static void
test_palette(void)
{
	ok(palette_oklch(1, 0, 0) == 0xffffff, "white");
	ok(palette_oklch(0, 0, 0) == 0, "black");
	is_int(palette_oklch(0.62796, 0.25768, 29.234), 0xff0000, "red");
	is_int(palette_oklch(0.45201, 0.31321, 264.052), 0x0000ff, "blue");
	is_double(palette_oklab(0x00ff00).l, 0.86644, 1e-4, "the lightness of green");
	is_int(palette_256_rgb(196), 0xff0000, "the cube");
	is_int(palette_256_rgb(67), 0x5f87af, "inside of the cube");
	is_int(palette_256_rgb(232), 0x080808, "the first grey");
	is_int(palette_256_rgb(255), 0xeeeeee, "the last grey");

	int wrong = 0;
	for (int color = 16; color < 256; color++)
		wrong += palette_256_rgb(palette_256_nearest(palette_256_rgb((uint8_t)color), NULL)) != palette_256_rgb((uint8_t)color);
	is_int(wrong, 0, "every colour is nearest to itself");
}

/* No two boxes of different shade have the same colour, whatever their hues. */
static void
test_shades(const struct theme *theme)
{
	int same_256 = 0, same_16 = 0, same_24 = 0, highlights = 0, dimmed = 0;

	for (int a = 0; a < PAINT_HUES; a++)
		for (int b = 0; b < PAINT_HUES; b++) {
			same_24 += theme_rgb(theme, box(a, 0)) == theme_rgb(theme, box(b, 1));
			same_256 += theme_256(theme, box(a, 0)) == theme_256(theme, box(b, 1));
			same_16 += theme_16(theme, box(a, 0)) == theme_16(theme, box(b, 1));
		}
	for (int hue = 0; hue < PAINT_HUES; hue++) {
		struct paint first = { ROLE_SAME, (uint8_t)hue, 0 }, second = { ROLE_SAME, (uint8_t)hue, 1 };
		highlights += theme_rgb(theme, first) == theme_rgb(theme, second) || theme_256(theme, first) == theme_256(theme, second);
		struct paint above = { ROLE_ANCESTOR, (uint8_t)hue, 0 }, under = { ROLE_ANCESTOR, (uint8_t)hue, 1 };
		dimmed += theme_rgb(theme, above) == theme_rgb(theme, under) || theme_256(theme, above) == theme_256(theme, under);
		for (int shade = 0; shade < PAINT_SHADES; shade++)
			highlights += theme_256(theme, box(hue, shade)) == theme_256(theme, first) || theme_256(theme, box(hue, shade)) == theme_256(theme, second);
	}
	is_int(highlights, 0, "those of one name differ from each other and from the rest");
	is_int(dimmed, 0, "ancestors differ from row to row");
	is_int(same_24, 0, "24 bit: shades differ across hues");
	is_int(same_256, 0, "256 colours: shades differ across hues");
	is_int(same_16, 0, "16 colours: shades differ across hues");
}

static void
test_contrast(const struct theme *theme)
{
	static const struct { enum role fg, bg; double least; } pairs[] = {
		{ ROLE_TEXT, ROLE_BACKGROUND, 7 },
		{ ROLE_TEXT, ROLE_BAR, 7 },
		{ ROLE_DIM, ROLE_BACKGROUND, 4 },
		{ ROLE_DIM, ROLE_BAR, 3.5 },
		{ ROLE_ACCENT, ROLE_BACKGROUND, 4 },
		{ ROLE_INK, ROLE_ACCENT, 4 },
		{ ROLE_INK, ROLE_BOX, 7 },
		{ ROLE_INK, ROLE_CURSOR, 7 },
		{ ROLE_INK, ROLE_SAME, 6 },
		{ ROLE_UNMATCHED_INK, ROLE_UNMATCHED, 3 },
		{ ROLE_ANCESTOR_INK, ROLE_ANCESTOR, 4.5 },
		{ ROLE_SMALL_INK, ROLE_SMALL, 4 },
		{ ROLE_PILL_INK, ROLE_PILL, 7 },
		{ ROLE_POPUP_TEXT, ROLE_POPUP, 7 },
		{ ROLE_SELECTED_TEXT, ROLE_SELECTED, 7 },
		{ ROLE_INK, ROLE_CRITICAL, 5 },
		{ ROLE_ERROR, ROLE_BACKGROUND, 4.5 },
		{ ROLE_WARNING, ROLE_BACKGROUND, 4 },
		{ ROLE_BOX, ROLE_BACKGROUND, 1.2 },
		{ ROLE_SMALL, ROLE_BACKGROUND, 1.6 },
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		double least = 100, least_256 = 100;
		for (int hue = 0; hue < PAINT_HUES; hue++)
			for (int shade = 0; shade < PAINT_SHADES; shade++) {
				struct paint fg = { (uint8_t)pairs[i].fg, (uint8_t)hue, (uint8_t)shade };
				struct paint bg = { (uint8_t)pairs[i].bg, (uint8_t)hue, (uint8_t)shade };
				double now = contrast(theme_rgb(theme, fg), theme_rgb(theme, bg));
				double now_256 = contrast(palette_256_rgb(theme_256(theme, fg)), palette_256_rgb(theme_256(theme, bg)));
				least = now < least ? now : least;
				least_256 = now_256 < least_256 ? now_256 : least_256;
			}
		ok(least >= pairs[i].least, "%s: role %d reads on role %d (%.2f)", theme_name(theme), pairs[i].fg, pairs[i].bg, least);
		ok(least_256 >= pairs[i].least * 0.8, "in 256 colours too (%.2f)", least_256);
	}
}

static void
test_16(const struct theme *theme)
{
	static const enum role texts[] = { ROLE_TEXT, ROLE_DIM, ROLE_INK, ROLE_UNMATCHED_INK, ROLE_ANCESTOR_INK, ROLE_SMALL_INK, ROLE_PILL_INK, ROLE_POPUP_TEXT, ROLE_SELECTED_TEXT, ROLE_ERROR };
	int swallowed = 0;

	for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
		for (int role = 0; role < ROLE_COUNT; role++)
			for (int hue = 0; hue < PAINT_HUES; hue++)
				for (int shade = 0; shade < PAINT_SHADES; shade++) {
					uint8_t fg, bg;
					struct style style = { .fg = PAINT(texts[t]), .bg = { (uint8_t)role, (uint8_t)hue, (uint8_t)shade } };
					theme_pair_16(theme, style, &fg, &bg);
					if (fg == bg && texts[t] != ROLE_INK)
						swallowed++;
				}
	is_int(swallowed, 0, "16 colours: no text on its own colour");
	ok(theme_16(theme, PAINT(ROLE_CURSOR)) != theme_16(theme, PAINT(ROLE_SMALL)), "16 colours: the cursor is seen");
}

/* With few colours what touches inside of a cell, one shade beside the other, differs where it is of the cursor's name, too. */
static void
test_same_name(const struct theme *theme, int colors)
{
	int touching = 0;

	for (uint8_t shade = 0; shade < PAINT_SHADES; shade++) {
		uint8_t other = (uint8_t)(1 - shade);
		struct style same = { .fg = PAINT(ROLE_INK), .bg = { ROLE_SAME, 0, shade } };
		int color = tint_of(theme, DEPTH_16, colors, same).bg;
		struct style beside[PAINT_HUES + 2] = { [PAINT_HUES] = { .bg = { ROLE_SAME, 5, other } }, [PAINT_HUES + 1] = { .bg = { ROLE_UNMATCHED, 0, other } } };
		for (uint8_t hue = 0; hue < PAINT_HUES; hue++)
			beside[hue].bg = box(hue, other);
		for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
			touching += tint_of(theme, DEPTH_16, colors, beside[i]).bg == color;
		touching += colors == 16 && color == theme_16(theme, PAINT(ROLE_CURSOR));
		touching += colors == 16 && color == theme_16(theme, PAINT(ROLE_SMALL));
	}
	ok(touching == 0, "%d colours: boxes of the cursor's name differ from each other and from what is beside them", colors);
}

static void
test_mono(const struct theme *theme)
{
	struct style plain = { .fg = PAINT(ROLE_TEXT), .bg = PAINT(ROLE_BACKGROUND) };
	struct style boxed = { .fg = PAINT(ROLE_INK), .bg = box(3, 1) };
	struct style cursor = { .fg = PAINT(ROLE_INK), .bg = PAINT(ROLE_CURSOR), .attrs = ATTR_BOLD };
	struct style missed = { .fg = PAINT(ROLE_UNMATCHED_INK), .bg = PAINT(ROLE_UNMATCHED) };

	is_int(theme_mono(theme, plain), 0, "mono: text is plain");
	is_int(theme_mono(theme, boxed), ATTR_REVERSE, "mono: a box is reversed");
	ok(theme_mono(theme, cursor) != theme_mono(theme, boxed) && (theme_mono(theme, cursor) & ATTR_BOLD), "mono: the cursor is bold and no box");
	ok(theme_mono(theme, missed) != theme_mono(theme, boxed), "mono: what a search misses differs");
}

int
main(void)
{
	static const char *const names[] = { "dark", "light" };
	bool used[PAINT_HUES] = { false };
	int hues = 0;

	test_palette();
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct theme *theme = theme_find(str_of(names[i]));
		is_text(theme_name(theme), names[i], "the theme is there");
		ok(theme_is_light(theme) == (i == 1), "light or dark");
		test_shades(theme);
		test_contrast(theme);
		test_16(theme);
		test_same_name(theme, 16);
		test_same_name(theme, 8);
		test_mono(theme);
	}
	ok(theme_find(STR("none")) == NULL, "there is no such theme");

	for (int i = 0; i < 1000; i++) {
		char name[16];
		snprintf(name, sizeof name, "service-%d", i);
		used[paint_hue(str_of(name))] = true;
	}
	for (int i = 0; i < PAINT_HUES; i++)
		hues += used[i];
	is_int(hues, PAINT_HUES, "names spread over all hues");
	is_int(paint_hue(STR("checkout")), paint_hue(STR("checkout")), "a name keeps its hue");
	return done();
}

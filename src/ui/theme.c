/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/paint.h"

#include <pthread.h>
#include <stdlib.h>

#include "ui/palette.h"
#include "ui/theme_file.h"
#include "util/alloc.h"
#include "util/hash.h"

enum { THEMES_MAX = 32 };    /* read from files */

struct theme {
	const char        *name;
	bool               light;
	const struct look *looks;        /* ROLE_COUNT of them */
	double             hues[PAINT_HUES];    /* angles; all zero: around the wheel */
	uint32_t           rgb[ROLE_COUNT][PAINT_HUES][PAINT_SHADES];
	uint8_t            near[ROLE_COUNT][PAINT_HUES][PAINT_SHADES];    /* of the 256 colours */
};

#define FLAT(value, ansi16)       .kind = LOOK_RGB, .rgb = { (value), (value) }, .ansi = { (ansi16), (ansi16) }
#define HUED(l0, l1, c, ansi16)   HUED_TWO(l0, l1, c, ansi16, ansi16)
#define HUED_TWO(l0, l1, c, a0, a1)  .kind = LOOK_HUED, .light = { (l0), (l1) }, .chroma = (c), .ansi = { (a0), (a1) }
#define LCH(l, c, h, ansi16)      .kind = LOOK_LCH, .light = { (l), (l) }, .chroma = (c), .hue = (h), .ansi = { (ansi16), (ansi16) }

/* The same in every theme: without colours there is nothing to choose. */
#define MONO_BOX       .attrs_bg = ATTR_REVERSE
#define MONO_CURSOR    .attrs_fg = ATTR_BOLD, .attrs_bg = ATTR_BOLD | ATTR_UNDERLINE
#define MONO_SAME      .attrs_bg = ATTR_REVERSE | ATTR_BOLD
#define MONO_FAINT     .attrs_fg = ATTR_DIM, .attrs_bg = ATTR_DIM
#define MONO_FAINT_BOX .attrs_bg = ATTR_REVERSE | ATTR_DIM
#define MONO_STRONG    .attrs_fg = ATTR_BOLD, .attrs_bg = ATTR_REVERSE | ATTR_BOLD
#define MONO_CRITICAL  .attrs_fg = ATTR_UNDERLINE, .attrs_bg = ATTR_REVERSE | ATTR_UNDERLINE

static const struct look dark_looks[ROLE_COUNT] = {
	[ROLE_BACKGROUND]    = { FLAT(0x14151c, 0) },
	[ROLE_BAR]           = { FLAT(0x222430, 0) },
	[ROLE_TEXT]          = { FLAT(0xd6d9e4, 15) },
	[ROLE_DIM]           = { FLAT(0x7a8094, 7), .attrs_fg = ATTR_DIM },
	[ROLE_ACCENT]        = { FLAT(0xffb454, 11), MONO_STRONG },
	[ROLE_INK]           = { FLAT(0x121216, 0) },
	[ROLE_BOX]           = { HUED(0.78, 0.735, 0.105, LOOK_BY_HUE), MONO_BOX },
	[ROLE_CURSOR]        = { FLAT(0xfff2c8, 15), MONO_CURSOR },
	[ROLE_SAME]          = { HUED_TWO(0.92, 0.87, 0.105, 4, 7), MONO_SAME },
	[ROLE_UNMATCHED]     = { .kind = LOOK_RGB, .rgb = { 0x4a4d5a, 0x444753 }, .ansi = { 8, 7 }, MONO_FAINT },
	[ROLE_UNMATCHED_INK] = { FLAT(0xa0a4b4, 15), .attrs_fg = ATTR_DIM },
	[ROLE_ANCESTOR]      = { HUED(0.47, 0.42, 0.04, 8), MONO_FAINT_BOX },
	[ROLE_ANCESTOR_INK]  = { FLAT(0xd6d9e4, 15) },
	[ROLE_SMALL]         = { FLAT(0x555866, 8), MONO_FAINT_BOX },
	[ROLE_SMALL_INK]     = { FLAT(0xc4c8d6, 15) },
	[ROLE_PILL]          = { FLAT(0x33374a, 8), MONO_BOX },
	[ROLE_PILL_INK]      = { FLAT(0xd6d9e4, 15) },
	[ROLE_CRITICAL]      = { LCH(0.70, 0.19, 45, 3), MONO_CRITICAL },
	[ROLE_ERROR]         = { FLAT(0xff5c5c, 9), MONO_STRONG },
	[ROLE_WARNING]       = { LCH(0.86, 0.14, 95, 11), MONO_STRONG },
	[ROLE_MINIMAP]       = { FLAT(0x8a6a3a, 3) },
	[ROLE_MINIMAP_VIEW]  = { FLAT(0xffb454, 11), .attrs_fg = ATTR_BOLD, .attrs_bg = ATTR_BOLD },
	[ROLE_POPUP]         = { FLAT(0x2b2e3d, 0) },
	[ROLE_POPUP_TEXT]    = { FLAT(0xd6d9e4, 15) },
	[ROLE_SELECTED]      = { FLAT(0x434968, 4), MONO_BOX },
	[ROLE_SELECTED_TEXT] = { FLAT(0xffffff, 15) },
	[ROLE_BAR_FILL]      = { LCH(0.52, 0.08, 260, 4), MONO_BOX },
	[ROLE_HUE_TEXT]      = { HUED(0.78, 0.78, 0.105, LOOK_BY_HUE) },
};

static const struct look light_looks[ROLE_COUNT] = {
	[ROLE_BACKGROUND]    = { LCH(0.98, 0.003, 270, 15) },
	[ROLE_BAR]           = { FLAT(0xe4e6ee, 7) },
	[ROLE_TEXT]          = { FLAT(0x22242c, 0) },
	[ROLE_DIM]           = { FLAT(0x696e80, 8), .attrs_fg = ATTR_DIM },
	[ROLE_ACCENT]        = { FLAT(0xb85f00, 1), MONO_STRONG },
	[ROLE_INK]           = { FLAT(0x121216, 0) },
	[ROLE_BOX]           = { HUED(0.86, 0.82, 0.105, LOOK_BY_HUE), MONO_BOX },
	[ROLE_CURSOR]        = { FLAT(0xffa628, 0), MONO_CURSOR },
	[ROLE_SAME]          = { HUED_TWO(0.73, 0.68, 0.12, 4, 8), MONO_SAME },
	[ROLE_UNMATCHED]     = { .kind = LOOK_RGB, .rgb = { 0xd9dbe3, 0xcfd1db }, .ansi = { 7, 8 }, MONO_FAINT },
	[ROLE_UNMATCHED_INK] = { FLAT(0x5f6474, 0), .attrs_fg = ATTR_DIM },
	[ROLE_ANCESTOR]      = { HUED(0.93, 0.89, 0.03, 7), MONO_FAINT_BOX },
	[ROLE_ANCESTOR_INK]  = { FLAT(0x3c404e, 0) },
	[ROLE_SMALL]         = { FLAT(0xb2b5c1, 7), MONO_FAINT_BOX },
	[ROLE_SMALL_INK]     = { FLAT(0x30333d, 0) },
	[ROLE_PILL]          = { FLAT(0xd2d7ea, 7), MONO_BOX },
	[ROLE_PILL_INK]      = { FLAT(0x22242c, 0) },
	[ROLE_CRITICAL]      = { LCH(0.68, 0.19, 45, 3), MONO_CRITICAL },
	[ROLE_ERROR]         = { FLAT(0xc62828, 1), MONO_STRONG },
	[ROLE_WARNING]       = { LCH(0.58, 0.12, 80, 3), MONO_STRONG },
	[ROLE_MINIMAP]       = { FLAT(0xd9b98a, 7) },
	[ROLE_MINIMAP_VIEW]  = { FLAT(0xb85f00, 3), .attrs_fg = ATTR_BOLD, .attrs_bg = ATTR_BOLD },
	[ROLE_POPUP]         = { FLAT(0xeceef6, 7) },
	[ROLE_POPUP_TEXT]    = { FLAT(0x22242c, 0) },
	[ROLE_SELECTED]      = { FLAT(0xb9c4ea, 6), MONO_BOX },
	[ROLE_SELECTED_TEXT] = { FLAT(0x000000, 0) },
	[ROLE_BAR_FILL]      = { LCH(0.76, 0.08, 260, 6), MONO_BOX },
	[ROLE_HUE_TEXT]      = { HUED(0.5, 0.5, 0.12, LOOK_BY_HUE) },
};

static struct theme themes[] = {
	{ .name = "dark", .looks = dark_looks },
	{ .name = "light", .light = true, .looks = light_looks },
};

enum { THEMES = sizeof themes / sizeof *themes };

static struct theme *read_themes[THEMES_MAX];
static size_t        read_count;

static double
angle(const struct theme *theme, int hue)
{
	for (int i = 0; i < PAINT_HUES; i++)
		if (theme->hues[i] != 0)
			return theme->hues[hue];
	return (double)hue * 360 / PAINT_HUES;
}

static uint32_t
look_rgb(const struct theme *theme, const struct look *look, int hue, int shade)
{
	if (look->kind == LOOK_RGB)
		return look->rgb[shade];
	return palette_oklch(look->light[shade], look->chroma,
	                     look->kind == LOOK_HUED ? angle(theme, hue) : look->hue);
}

/* Of the 256 colours, those of a role's first shade are kept from the second: whatever two hues stand side by side,
 * boxes that alternate in shade never get the same colour. */
static void
fill_256(struct theme *theme, int role)
{
	bool taken[256] = { false };

	for (int shade = 0; shade < PAINT_SHADES; shade++)
		for (int hue = 0; hue < PAINT_HUES; hue++) {
			uint32_t rgb = theme->rgb[role][hue][shade];
			bool apart = shade > 0 && rgb != theme->rgb[role][hue][0];
			uint8_t color = shade > 0 && !apart ? theme->near[role][hue][0] : palette_256_nearest(rgb, apart ? taken : NULL);
			theme->near[role][hue][shade] = color;
			if (shade == 0)
				taken[color] = true;
		}
}

static void
fill_theme(struct theme *theme)
{
	for (int role = 0; role < ROLE_COUNT; role++) {
		for (int hue = 0; hue < PAINT_HUES; hue++)
			for (int shade = 0; shade < PAINT_SHADES; shade++)
				theme->rgb[role][hue][shade] = look_rgb(theme, &theme->looks[role], hue, shade);
		fill_256(theme, role);
	}
}

static void
fill_themes(void)
{
	for (int t = 0; t < THEMES; t++)
		fill_theme(&themes[t]);
}

static const struct theme *
find_built_in(struct str name)
{
	static pthread_once_t filled = PTHREAD_ONCE_INIT;

	pthread_once(&filled, fill_themes);
	for (int t = 0; t < THEMES; t++)
		if (str_equal(name, str_of(themes[t].name)))
			return &themes[t];
	return NULL;
}

static struct theme *
find_read(struct str name)
{
	for (size_t i = 0; i < read_count; i++)
		if (str_equal(name, str_of(read_themes[i]->name)))
			return read_themes[i];
	return NULL;
}

const struct theme *
theme_find(struct str name)
{
	const struct theme *theme = find_read(name);

	return theme ? theme : find_built_in(name);
}

const struct look *
theme_looks(bool light)
{
	return light ? light_looks : dark_looks;
}

const struct theme *
theme_add(const char *name, bool light, const struct look looks[ROLE_COUNT], const double hues[PAINT_HUES])
{
	struct theme *theme = find_read(str_of(name));

	if (!theme && read_count == THEMES_MAX)
		return NULL;
	if (!theme) {
		theme = read_themes[read_count++] = xcalloc(1, sizeof *theme);
		theme->name = xstrdup(name);
	}
	struct look *copy = xcalloc(ROLE_COUNT, sizeof *copy);
	memcpy(copy, looks, ROLE_COUNT * sizeof *copy);
	free((struct look *)theme->looks);
	theme->light = light;
	theme->looks = copy;
	memcpy(theme->hues, hues, sizeof theme->hues);
	fill_theme(theme);
	return theme;
}

void
themes_forget(void)
{
	for (size_t i = 0; i < read_count; i++) {
		free((char *)read_themes[i]->name);
		free((struct look *)read_themes[i]->looks);
		free(read_themes[i]);
	}
	read_count = 0;
}

const char *
theme_name(const struct theme *theme)
{
	return theme->name;
}

bool
theme_is_light(const struct theme *theme)
{
	return theme->light;
}

uint32_t
theme_rgb(const struct theme *theme, struct paint paint)
{
	return theme->rgb[paint.role][paint.hue % PAINT_HUES][paint.shade % PAINT_SHADES];
}

uint8_t
theme_256(const struct theme *theme, struct paint paint)
{
	return theme->near[paint.role][paint.hue % PAINT_HUES][paint.shade % PAINT_SHADES];
}

uint8_t
theme_16(const struct theme *theme, struct paint paint)
{
	/* Eight classes of three hues, around the wheel from pink.  Bright ones are a first shade, the others a second:
	 * the two sets are disjoint. */
	static const uint8_t classes[8][PAINT_SHADES] = {
		{ 9, 1 }, { 9, 3 }, { 11, 3 }, { 10, 2 }, { 14, 6 }, { 12, 6 }, { 12, 5 }, { 13, 5 },
	};
	uint8_t shade = paint.shade % PAINT_SHADES;
	uint8_t color = theme->looks[paint.role].ansi[shade];

	return color != LOOK_BY_HUE ? color : classes[paint.hue % PAINT_HUES / 3][shade];
}

static bool
is_text(enum role role)
{
	static const bool text[ROLE_COUNT] = {
		[ROLE_TEXT] = true, [ROLE_DIM] = true, [ROLE_ACCENT] = true, [ROLE_INK] = true, [ROLE_UNMATCHED_INK] = true,
		[ROLE_ANCESTOR_INK] = true, [ROLE_SMALL_INK] = true, [ROLE_PILL_INK] = true, [ROLE_ERROR] = true, [ROLE_WARNING] = true,
		[ROLE_POPUP_TEXT] = true, [ROLE_SELECTED_TEXT] = true,
	};

	return text[role];
}

void
theme_pair_16(const struct theme *theme, struct style style, uint8_t *fg_out, uint8_t *bg_out)
{
	static const uint8_t contrast[16] = { 15, 15, 0, 0, 15, 15, 0, 0, 15, 0, 0, 0, 0, 0, 0, 0 };
	uint8_t fg = theme_16(theme, style.fg), bg = theme_16(theme, style.bg);
	bool ground = bg == theme_16(theme, PAINT(ROLE_BACKGROUND)) || bg == theme_16(theme, PAINT(ROLE_BAR));

	if (is_text((enum role)style.fg.role) && (fg == bg || !ground))
		fg = contrast[bg];
	*fg_out = fg;
	*bg_out = bg;
}

uint8_t
theme_mono(const struct theme *theme, struct style style)
{
	return style.attrs | theme->looks[style.fg.role].attrs_fg | theme->looks[style.bg.role].attrs_bg;
}

uint8_t
paint_hue(struct str key)
{
	return (uint8_t)(hash_u64(hash_bytes(key)) % PAINT_HUES);
}

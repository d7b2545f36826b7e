/* SPDX-License-Identifier: MIT
 * Colours by what they are for.  Drawing code names roles and hues, never colours; a theme turns them into RGB, and the terminal
 * into what it has. */
#ifndef UI_PAINT_H
#define UI_PAINT_H

#include <stdbool.h>
#include <stdint.h>

#include "util/str.h"

enum role {
	ROLE_BACKGROUND,     /* behind everything */
	ROLE_BAR,            /* behind header, detail bar, stripes */
	ROLE_TEXT,
	ROLE_DIM,            /* words beside keys, shares, elided paths */
	ROLE_ACCENT,         /* the program's name, the open tab, keys, the cursor's name */
	ROLE_INK,            /* text on boxes */
	ROLE_BOX,            /* a box: hue and shade count */
	ROLE_CURSOR,         /* the selected box or row */
	ROLE_SAME,           /* boxes of the cursor's frame: hue counts */
	ROLE_UNMATCHED,      /* boxes that a search does not find: shade counts */
	ROLE_UNMATCHED_INK,
	ROLE_ANCESTOR,       /* ancestors of the focus: hue counts */
	ROLE_ANCESTOR_INK,
	ROLE_SMALL,          /* the grey gathered boxes */
	ROLE_SMALL_INK,
	ROLE_PILL,
	ROLE_PILL_INK,
	ROLE_CRITICAL,
	ROLE_ERROR,
	ROLE_WARNING,
	ROLE_MINIMAP,        /* the height profile */
	ROLE_MINIMAP_VIEW,   /* its part that is on screen */
	ROLE_POPUP,          /* behind menus, pickers, help, tooltips */
	ROLE_POPUP_TEXT,
	ROLE_SELECTED,       /* the chosen row of a list */
	ROLE_SELECTED_TEXT,
	ROLE_BAR_FILL,       /* bars in tables */
	ROLE_HUE_TEXT,       /* text in the hue of boxes: hue counts */
	ROLE_COUNT
};

#define PAINT_HUES 24
enum { PAINT_SHADES = 2 };

struct paint {
	uint8_t role;     /* enum role */
	uint8_t hue;      /* 0..PAINT_HUES-1; 0 where hue does not count */
	uint8_t shade;    /* 0 or 1: neighbours alternate */
};

enum paint_attr { ATTR_BOLD = 1, ATTR_UNDERLINE = 2, ATTR_REVERSE = 4, ATTR_DIM = 8 };

struct style {
	struct paint fg, bg;
	uint8_t      attrs;    /* enum paint_attr */
};

#define PAINT(r)  ((struct paint){ .role = (uint8_t)(r) })

static inline bool
paint_equal(struct paint a, struct paint b)
{
	return a.role == b.role && a.hue == b.hue && a.shade == b.shade;
}

static inline bool
style_equal(struct style a, struct style b)
{
	return paint_equal(a.fg, b.fg) && paint_equal(a.bg, b.bg) && a.attrs == b.attrs;
}

/* How many colours there are to show it in. */
enum color_depth { DEPTH_MONO, DEPTH_16, DEPTH_256, DEPTH_24BIT };

struct theme;
const struct theme *theme_find(struct str name);                                  /* "dark", "light"; NULL if there is none */
const char         *theme_name(const struct theme *theme);
bool                theme_is_light(const struct theme *theme);
uint32_t            theme_rgb(const struct theme *theme, struct paint paint);     /* 0xRRGGBB */
uint8_t             theme_256(const struct theme *theme, struct paint paint);     /* nearest in OKLab; the two shades of a hue differ */
uint8_t             theme_16(const struct theme *theme, struct paint paint);      /* 0..15 */
/* A cell's two colours of sixteen: as theme_16, but text that its background would swallow becomes black or white. */
void                theme_pair_16(const struct theme *theme, struct style style, uint8_t *fg_out, uint8_t *bg_out);
uint8_t             theme_mono(const struct theme *theme, struct style style);    /* enum paint_attr to draw with instead of colours */

/* A stable hue for a colour key: the same name has the same one in every file and run. */
uint8_t             paint_hue(struct str key);

#endif

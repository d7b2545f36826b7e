/* SPDX-License-Identifier: MIT
 * Themes as files: JSON objects with "light", "hues" and "roles".
 * A role is "#rrggbb", or an object: "color" (one or two of those, for the two shades), or "lightness" (one or two), "chroma" and, unless
 * boxes bring their own, "hue", all as in OKLCH; "ansi" is which of the 16 colours stands for it (one or two).
 * Roles that are not there look as in the built-in theme for such a background. */
#ifndef UI_THEME_FILE_H
#define UI_THEME_FILE_H

#include "ui/paint.h"
#include "util/error.h"

enum { LOOK_BY_HUE = 16 };    /* instead of one of the 16 colours: the hue decides */

/* What a role looks like. */
struct look {
	enum { LOOK_RGB, LOOK_HUED, LOOK_LCH } kind;
	uint32_t rgb[PAINT_SHADES];      /* LOOK_RGB */
	double   light[PAINT_SHADES];    /* LOOK_HUED: the hue is the paint's; LOOK_LCH: it is below */
	double   chroma, hue;
	uint8_t  ansi[PAINT_SHADES];     /* of the 16 colours, or LOOK_BY_HUE */
	uint8_t  attrs_fg, attrs_bg;     /* what stands for it in mono */
};

const struct look  *theme_looks(bool light);    /* the built-in ones, by role */

/* From now on theme_find() gives this one for that name; one that was added under it before now looks so.  hues: angles, all zero for those around the wheel.  NULL: there are too many. */
const struct theme *theme_add(const char *name, bool light, const struct look looks[ROLE_COUNT], const double hues[PAINT_HUES]);
void                themes_forget(void);        /* all that were added; nothing may use them any more */

/* A theme from its text, added; NULL with err, which has path and line, when there is something wrong with it. */
const struct theme *theme_parse(struct str text, const char *name, const char *path, struct error *err);

/* The theme of that name: NAME.json in folder (NULL: none), else among the files of the program, else built in.  NULL with err. */
const struct theme *theme_load(const char *name, const char *folder, struct error *err);

/* Whether a theme can be called so: letters, digits, '-' and '_'. */
bool theme_is_name(const char *name);

extern const char *const theme_role_names[ROLE_COUNT];

#endif

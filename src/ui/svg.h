/* SPDX-License-Identifier: MIT
 * The screen as a file: plain text, or SVG with its colours.  The same grid and theme give the same bytes. */
#ifndef UI_SVG_H
#define UI_SVG_H

#include "ui/grid.h"
#include "util/error.h"

/* One rectangle for each run of a background, one text for each run of a foreground; block and line glyphs are drawn, not written,
 * so that fonts do not matter. */
void svg_write(const struct grid *grid, const struct theme *theme, struct buf *out);

/* Writes a file: SVG when the path ends in .svg, else text. */
bool screen_save(const struct grid *grid, const struct theme *theme, const char *path, struct error *err);

#endif

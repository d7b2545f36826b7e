/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/pair.h"

#include <stdlib.h>

#include "util/alloc.h"

enum { FIRST_CAP = 256 };

/* With eight colours there are four classes of hue, whose two shades still differ; blue is left for what is grey elsewhere.  There is no grey: what is grey elsewhere gets what
 * the background is not, lest it vanish in it, and where shades count another colour beside it. */
static int
of_eight(const struct theme *theme, struct paint paint, int color)
{
	static const int boxes[16] = { 0, 3, 6, 3, 3, 5, 6, 7, 0, 1, 2, 1, 2, 1, 2, 7 };
	bool light = theme_is_light(theme);

	switch (paint.role) {
	case ROLE_BOX:       return boxes[color];
	case ROLE_SMALL:     return light ? 0 : 7;
	case ROLE_SAME:
	case ROLE_UNMATCHED: return paint.shade % PAINT_SHADES ? 4 : light ? 0 : 7;
	case ROLE_ANCESTOR:  return light ? 6 : 4;
	default:             return color == 8 ? 0 : color & 7;
	}
}

/* Letters on such a box. */
static bool
is_ink(struct paint paint)
{
	return paint.role == ROLE_INK || paint.role == ROLE_SMALL_INK || paint.role == ROLE_UNMATCHED_INK || paint.role == ROLE_ANCESTOR_INK;
}

static void
tint_eight(const struct theme *theme, struct style style, struct tint *tint)
{
	static const int contrast[8] = { 7, 7, 0, 0, 7, 7, 0, 0 };

	tint->fg = of_eight(theme, style.fg, tint->fg);
	tint->bg = of_eight(theme, style.bg, tint->bg);
	if (is_ink(style.fg))
		tint->fg = contrast[tint->bg];
}

struct tint
tint_of(const struct theme *theme, enum color_depth depth, int colors, struct style style)
{
	struct tint tint = { -1, -1, style.attrs };
	uint8_t fg, bg;

	switch (depth) {
	case DEPTH_MONO:
		tint.attrs = theme_mono(theme, style);
		break;
	case DEPTH_16:
		theme_pair_16(theme, style, &fg, &bg);
		tint.fg = fg;
		tint.bg = bg;
		if (colors < 16)
			tint_eight(theme, style, &tint);
		break;
	case DEPTH_256:
		tint.fg = theme_256(theme, style.fg);
		tint.bg = theme_256(theme, style.bg);
		break;
	case DEPTH_24BIT:
		tint.fg = (int)theme_rgb(theme, style.fg);
		tint.bg = (int)theme_rgb(theme, style.bg);
		break;
	}
	return tint;
}

struct style
tint_space(struct style style, const struct style *before)
{
	static const uint8_t inks[ROLE_COUNT] = {
		[ROLE_BOX] = ROLE_INK, [ROLE_CURSOR] = ROLE_INK, [ROLE_SAME] = ROLE_INK, [ROLE_CRITICAL] = ROLE_INK, [ROLE_ACCENT] = ROLE_INK,
		[ROLE_UNMATCHED] = ROLE_UNMATCHED_INK, [ROLE_ANCESTOR] = ROLE_ANCESTOR_INK, [ROLE_SMALL] = ROLE_SMALL_INK,
		[ROLE_PILL] = ROLE_PILL_INK, [ROLE_POPUP] = ROLE_POPUP_TEXT, [ROLE_SELECTED] = ROLE_SELECTED_TEXT,
	};
	uint8_t ink = inks[style.bg.role];

	if (style.attrs & (ATTR_UNDERLINE | ATTR_REVERSE))
		return style;
	if (before && paint_equal(before->bg, style.bg) && !(before->attrs & (ATTR_UNDERLINE | ATTR_REVERSE)))
		return *before;
	return (struct style){ .fg = PAINT(ink ? ink : ROLE_TEXT), .bg = style.bg };
}

struct cell
tint_cell(const struct cell *cell, const struct style *before, enum color_depth depth)
{
	struct cell plain = *cell;

	if (cell->len == 1 && cell->text[0] == ' ' && depth != DEPTH_MONO)
		plain.style = tint_space(cell->style, before);
	return plain;
}

static size_t
find_slot(const struct pair_table *table, int fg, int bg)
{
	size_t mask = table->cap - 1;
	size_t slot = ((size_t)fg * 0x9e3779b1U + (size_t)bg * 0x85ebca6bU) >> 7 & mask;

	while (table->slots[slot].number && (table->slots[slot].fg != fg || table->slots[slot].bg != bg))
		slot = (slot + 1) & mask;
	return slot;
}

static void
grow(struct pair_table *table)
{
	struct pair *old = table->slots;
	size_t old_cap = table->cap;

	table->cap = old_cap ? old_cap * 2 : FIRST_CAP;
	table->slots = xcalloc(table->cap, sizeof *table->slots);
	for (size_t i = 0; i < old_cap; i++)
		if (old[i].number)
			table->slots[find_slot(table, old[i].fg, old[i].bg)] = old[i];
	free(old);
}

int
pair_number(struct pair_table *table, int fg, int bg, int most, bool *is_new_out)
{
	if (table->len * 2 >= table->cap)
		grow(table);
	struct pair *slot = &table->slots[find_slot(table, fg, bg)];

	*is_new_out = slot->number == 0;
	if (slot->number)
		return slot->number;
	if (table->len >= (size_t)most)
		return 0;
	*slot = (struct pair){ fg, bg, (int)++table->len };
	return slot->number;
}

void
pair_forget(struct pair_table *table)
{
	free(table->slots);
	*table = (struct pair_table){ 0 };
}

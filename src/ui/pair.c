/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/pair.h"

#include <stdlib.h>

#include "util/alloc.h"

enum { FIRST_CAP = 256 };

/* With eight colours there are three classes of hue, whose two shades still differ.  There is no grey: small boxes get what the
 * background is not, lest they vanish in it. */
static int
of_eight(const struct theme *theme, struct paint paint, int color)
{
	static const int boxes[16] = { 0, 3, 6, 3, 3, 5, 6, 7, 0, 1, 2, 1, 4, 4, 2, 7 };

	if (paint.role == ROLE_SMALL || paint.role == ROLE_SMALL_INK)
		return theme_is_light(theme) == (paint.role == ROLE_SMALL) ? 0 : 7;
	return paint.role == ROLE_BOX ? boxes[color] : color == 8 ? 0 : color & 7;
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
		tint.fg = colors < 16 ? of_eight(theme, style.fg, fg) : fg;
		tint.bg = colors < 16 ? of_eight(theme, style.bg, bg) : bg;
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

/* SPDX-License-Identifier: MIT
 * From one style to another in few bytes, straight or in reverse. */
#include "config.h"

#include "ui/sgr_core.h"

enum { BOLD = 1, DIM = 2, ITALIC = 3, REVERSE = 7, ATTRS = 9 };    /* by their numbers in a sequence */

const struct sgr_state sgr_plain = { .fg = { 2, "39" }, .bg = { 2, "49" }, .charset = 'B' };

static void
add_param(struct sgr_change *change, const char *text, size_t len)
{
	if (change->len)
		change->text[change->len++] = ';';
	memcpy(change->text + change->len, text, len);
	change->len += len;
}

static void
add_number(struct sgr_change *change, int number)
{
	const char digits[2] = { (char)('0' + number / 10), (char)('0' + number % 10) };

	add_param(change, digits + (number < 10), number < 10 ? 1 : 2);
}

bool
sgr_same_color(const struct sgr_color *a, const struct sgr_color *b)
{
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* What turns one state into another, without a reset between. */
static void
add_delta(const struct sgr_state *from, const struct sgr_state *to, struct sgr_change *change)
{
	uint16_t off = from->attrs & (uint16_t)~to->attrs, on = to->attrs & (uint16_t)~from->attrs;

	if (off & (1 << BOLD | 1 << DIM)) {
		add_number(change, 22);
		on |= to->attrs & (1 << BOLD | 1 << DIM);
	}
	for (int attr = DIM + 1; off >> (DIM + 1) && attr <= ATTRS; attr++)
		if (off & 1 << attr)
			add_number(change, 20 + attr);
	for (int attr = BOLD; on && attr <= ATTRS; attr++)
		if (on & 1 << attr)
			add_number(change, attr);
	if (!sgr_same_color(&from->fg, &to->fg))
		add_param(change, to->fg.text, to->fg.len);
	if (!sgr_same_color(&from->bg, &to->bg))
		add_param(change, to->bg.text, to->bg.len);
}

/* The shorter of two ways to a state; from NULL: what the terminal has is not known. */
static struct sgr_change
change_to(const struct sgr_state *from, const struct sgr_state *to)
{
	struct sgr_change delta = { 0 }, anew = { 1, "0" };

	if (from)
		add_delta(from, to, &delta);
	if (from && (delta.len < 2 || from->attrs == to->attrs) && !sgr_same_color(&to->bg, &sgr_plain.bg))
		return delta;
	add_delta(&sgr_plain, to, &anew);
	return from && delta.len <= anew.len ? delta : anew;
}

static bool
is_extended(const struct sgr_color *color)
{
	return color->len > 2 && color->text[1] == '8';
}

/* A colour as the other ground's. */
static struct sgr_color
as_ground(char ground, const struct sgr_color *color)
{
	struct sgr_color turned = *color;

	turned.text[0] = ground;
	return turned;
}

/* What looks the same with the colours changed over and shown in reverse; false when that is not certain.
 * An edge between two boxes is drawn in the colour of the one before on that of the one behind, where ink was on the one before:
 * in reverse, only one of the colours has to change. */
static bool
turn(const struct sgr_state *state, struct sgr_state *out)
{
	if (state->attrs || !is_extended(&state->fg) || !is_extended(&state->bg))
		return false;
	*out = (struct sgr_state){
		.fg = as_ground('3', &state->bg), .bg = as_ground('4', &state->fg), .attrs = 1 << REVERSE, .charset = state->charset,
	};
	return true;
}

/* Whether only colours differ, and what is not seen where nothing is written. */
static bool
differs_in_ground_only(const struct sgr_state *has, const struct sgr_state *wants)
{
	const uint16_t unseen = 1 << BOLD | 1 << DIM | 1 << ITALIC;

	return !(wants->attrs & ~unseen) && !(has->attrs & ~(unseen | 1 << REVERSE)) && is_extended(&wants->bg);
}

/* Changes *has for spaces: their foreground may still change before it is seen. */
static struct sgr_change
change_for_spaces(struct sgr_state *has, const struct sgr_state *wants)
{
	struct sgr_change change = { 0 };
	bool turned = has->attrs & 1 << REVERSE;
	struct sgr_color want = as_ground(turned ? '3' : '4', &wants->bg);
	struct sgr_color *ground = turned ? &has->fg : &has->bg;

	if (!differs_in_ground_only(has, wants)) {
		change = change_to(has, wants);
		*has = *wants;
	} else if (!sgr_same_color(ground, &want)) {
		*ground = want;
		add_param(&change, want.text, want.len);
	}
	return change;
}

/* For what is erased: terminals do not agree on what that looks like in reverse. */
static struct sgr_change
change_for_erased(struct sgr_state *has, const struct sgr_state *wants)
{
	struct sgr_state to = *has;

	if (differs_in_ground_only(has, wants)) {
		to.attrs &= (uint16_t)~(1 << REVERSE);
		to.bg = wants->bg;
	} else {
		to = *wants;
	}
	struct sgr_change change = change_to(has, &to);
	*has = to;
	return change;
}

bool
sgr_take_way(struct sgr_state *has, const struct sgr_step *step, int way, struct sgr_change *change)
{
	struct sgr_state to = step->wants;

	if (step->anew || step->drawn == DRAWN_ERASED) {
		if (way == 0)
			*change = step->anew ? change_to(NULL, &to) : change_for_erased(has, &to);
		if (way == 0 && step->anew)
			*has = to;
		return way == 0;
	}
	if (step->drawn == DRAWN_SPACES) {
		if (way == 1 && (!(has->attrs & 1 << REVERSE) || !differs_in_ground_only(has, &to)))
			return false;
		*change = way ? change_for_erased(has, &to) : change_for_spaces(has, &to);
		return true;
	}
	if (way == 1 && !turn(&step->wants, &to))
		return false;
	*change = change_to(has, &to);
	*has = to;
	return true;
}

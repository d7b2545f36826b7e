/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/sgr.h"

enum { BOLD = 1, DIM = 2, ATTRS = 9 };

/* One parameter: digits, or a colour with its parts after colons. */
static struct str
next_param(struct str *params)
{
	size_t len = 0;

	while (len < params->len && params->at[len] != ';')
		len++;
	struct str param = { params->at, len };
	len += len < params->len;
	*params = str_tail(*params, len);
	return param;
}

static int
to_number(struct str param)
{
	int value = 0;

	for (size_t i = 0; i < param.len; i++) {
		if (param.at[i] < '0' || param.at[i] > '9' || value > 255)
			return -1;
		value = value * 10 + (param.at[i] - '0');
	}
	return value;
}

static void
set_color(struct sgr_color *color, struct str text)
{
	*color = (struct sgr_color){ .len = (uint8_t)text.len };
	memcpy(color->text, text.at, text.len);
}

/* 38 or 48 with what follows it, as it was written; false when that is no colour. */
static bool
take_color(struct str param, struct str *rest, struct sgr_color *color)
{
	struct str whole = param;

	if (param.len == 2) {
		struct str kind = next_param(rest);
		for (int parts = str_equal(kind, STR("5")) ? 1 : str_equal(kind, STR("2")) ? 3 : 0; parts > 0; parts--) {
			kind = next_param(rest);
			if (kind.len == 0 || to_number(kind) < 0)
				return false;
		}
		whole.len = (size_t)(kind.at + kind.len - param.at);
	}
	if (whole.len <= 4 || whole.len > SGR_COLOR_BYTES)
		return false;
	set_color(color, whole);
	return true;
}

static bool
apply_number(struct sgr_state *state, int number, struct str param)
{
	if (number == 0)
		*state = (struct sgr_state){ .fg = { 2, "39" }, .bg = { 2, "49" }, .charset = state->charset };
	else if (number >= 1 && number <= ATTRS)
		state->attrs |= (uint16_t)(1 << number);
	else if (number == 22)
		state->attrs &= (uint16_t)~(1 << BOLD | 1 << DIM);
	else if (number >= 23 && number <= 29 && number != 26)
		state->attrs &= (uint16_t)~(1 << (number - 20));
	else if ((number >= 30 && number <= 39) || (number >= 90 && number <= 97))
		set_color(&state->fg, param);
	else if ((number >= 40 && number <= 49) || (number >= 100 && number <= 107))
		set_color(&state->bg, param);
	else
		return false;
	return true;
}

bool
sgr_apply(struct sgr_state *state, struct str params)
{
	if (params.len == 0)
		params = STR("0");
	while (params.len) {
		struct str param = next_param(&params);
		bool is_fg = param.len >= 2 && memcmp(param.at, "38", 2) == 0, is_bg = param.len >= 2 && memcmp(param.at, "48", 2) == 0;
		if ((is_fg || is_bg) && (param.len == 2 || param.at[2] == ':')) {
			if (!take_color(param, &params, is_fg ? &state->fg : &state->bg))
				return false;
		} else if (param.len > 3 || !apply_number(state, to_number(param), param)) {
			return false;
		}
	}
	return true;
}

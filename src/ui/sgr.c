/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/sgr.h"

#include <stdio.h>

enum { ESC = 0x1b, BOLD = 1, DIM = 2, ATTRS = 9, DELTA_BYTES = 160 };

static const struct sgr_state plain = { .fg = "39", .bg = "49", .charset = 'B' };

void
sgr_init(struct sgr *sgr)
{
	*sgr = (struct sgr){ .has = plain, .wants = plain };
}

void
sgr_forget(struct sgr *sgr)
{
	sgr->known = false;
}

/* One parameter: digits, or a colour with its parts after colons. */
static struct str
next_param(struct str *params)
{
	size_t len = 0;

	while (len < params->len && params->at[len] != ';')
		len++;
	struct str param = { params->at, len };
	len += len < params->len;
	*params = (struct str){ params->at + len, params->len - len };
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

/* 38 or 48 with what follows it, as it was written; false when that is no colour. */
static bool
take_color(struct str param, struct str *rest, char *color)
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
	if (whole.len <= 3 || whole.len >= SGR_COLOR_BYTES)
		return false;
	memcpy(color, whole.at, whole.len);
	color[whole.len] = '\0';
	return true;
}

/* The attributes that a number turns off. */
static uint16_t
turned_off(int number)
{
	return (uint16_t)(number == 22 ? 1 << BOLD | 1 << DIM : 1 << (number - 20));
}

/* False: there is something that is not understood. */
static bool
apply(struct sgr_state *state, struct str params)
{
	if (params.len == 0)
		params = STR("0");
	while (params.len) {
		struct str param = next_param(&params);
		bool is_fg = param.len >= 2 && memcmp(param.at, "38", 2) == 0, is_bg = param.len >= 2 && memcmp(param.at, "48", 2) == 0;
		if ((is_fg || is_bg) && (param.len == 2 || param.at[2] == ':')) {
			if (!take_color(param, &params, is_fg ? state->fg : state->bg))
				return false;
			continue;
		}
		int number = to_number(param);
		if (number == 0)
			*state = (struct sgr_state){ .fg = "39", .bg = "49", .charset = state->charset };
		else if (number >= 1 && number <= ATTRS)
			state->attrs |= (uint16_t)(1 << number);
		else if (number >= 22 && number <= 29 && number != 26)
			state->attrs &= (uint16_t)~turned_off(number);
		else if ((number >= 30 && number <= 39) || (number >= 90 && number <= 97))
			snprintf(state->fg, sizeof state->fg, "%d", number);
		else if ((number >= 40 && number <= 49) || (number >= 100 && number <= 107))
			snprintf(state->bg, sizeof state->bg, "%d", number);
		else
			return false;
	}
	return true;
}

static void
add_param(char *out, const char *param)
{
	size_t len = strlen(out);

	snprintf(out + len, DELTA_BYTES - len, "%s%s", len ? ";" : "", param);
}

static void
add_number(char *out, int number)
{
	char text[8];

	snprintf(text, sizeof text, "%d", number);
	add_param(out, text);
}

/* What turns one state into another, without a reset between. */
static void
write_delta(const struct sgr_state *from, const struct sgr_state *to, char *out)
{
	uint16_t off = from->attrs & (uint16_t)~to->attrs, on = to->attrs & (uint16_t)~from->attrs;

	if (off & (1 << BOLD | 1 << DIM)) {
		add_number(out, 22);
		on |= to->attrs & (1 << BOLD | 1 << DIM);
	}
	for (int attr = DIM + 1; attr <= ATTRS; attr++)
		if (off & 1 << attr)
			add_number(out, 20 + attr);
	for (int attr = BOLD; attr <= ATTRS; attr++)
		if (on & 1 << attr)
			add_number(out, attr);
	if (strcmp(from->fg, to->fg) != 0)
		add_param(out, to->fg);
	if (strcmp(from->bg, to->bg) != 0)
		add_param(out, to->bg);
}

/* Sends what the terminal has not got yet of what is wanted. */
static void
flush(struct sgr *sgr, struct buf *out)
{
	char delta[DELTA_BYTES] = "", anew[DELTA_BYTES] = "0";

	if (!sgr->known || sgr->has.charset != sgr->wants.charset)
		buf_addf(out, "\x1b(%c", sgr->wants.charset);
	if (sgr->known)
		write_delta(&sgr->has, &sgr->wants, delta);
	write_delta(&plain, &sgr->wants, anew);
	if (!sgr->known || strlen(anew) < strlen(delta))
		buf_addf(out, "\x1b[%sm", strcmp(anew, "0") == 0 ? "" : anew);
	else if (*delta)
		buf_addf(out, "\x1b[%sm", delta);
	sgr->has = sgr->wants;
	sgr->known = true;
}

/* The bytes of the sequence that begins with an Escape, and its last one. */
static size_t
sequence_len(struct str bytes, char *last_out)
{
	size_t at = 1;

	if (at < bytes.len && bytes.at[at] == '[')
		for (at++; at < bytes.len && (bytes.at[at] < 0x40 || bytes.at[at] > 0x7e); at++)
			;
	else
		while (at < bytes.len && bytes.at[at] >= 0x20 && bytes.at[at] < 0x30)
			at++;
	*last_out = at < bytes.len ? bytes.at[at] : '\0';
	return at < bytes.len ? at + 1 : bytes.len;
}

/* Whether it only moves the cursor, which looks the same in any style. */
static bool
is_move(struct str sequence, char last)
{
	return sequence.len > 2 && sequence.at[1] == '[' && sequence.at[2] != '?' && strchr("ABCDEFGHd`f", last);
}

/* Whether it brings a style of its own: a reset, or what was there when the cursor was saved. */
static bool
is_restoring(struct str sequence)
{
	return str_equal(sequence, STR("\x1b" "8")) || str_equal(sequence, STR("\x1b" "c")) || str_equal(sequence, STR("\x1b[!p")) ||
	       str_starts(sequence, STR("\x1b[?1049"));
}

static void
filter_escape(struct sgr *sgr, struct str sequence, char last, struct buf *out)
{
	bool is_csi = sequence.len > 2 && sequence.at[1] == '[';

	if (is_csi && last == 'm' && (sequence.at[2] < '<' || sequence.at[2] > '?')) {
		struct sgr_state before = sgr->wants;
		if (apply(&sgr->wants, (struct str){ sequence.at + 2, sequence.len - 3 }))
			return;
		sgr->wants = before;
		flush(sgr, out);
		sgr->known = false;
	} else if (sequence.len == 3 && sequence.at[1] == '(') {
		sgr->wants.charset = last;
		return;
	} else if (!is_move(sequence, last)) {
		flush(sgr, out);
	}
	buf_add(out, sequence);
	if (is_restoring(sequence))
		sgr->known = false;
}

void
sgr_filter(struct sgr *sgr, struct str bytes, struct buf *out)
{
	size_t at = 0;

	while (at < bytes.len) {
		char last;
		if (bytes.at[at] == ESC) {
			size_t len = sequence_len((struct str){ bytes.at + at, bytes.len - at }, &last);
			filter_escape(sgr, (struct str){ bytes.at + at, len }, last, out);
			at += len;
			continue;
		}
		size_t end = at + 1;
		while (end < bytes.len && bytes.at[end] != ESC)
			end++;
		struct str text = { bytes.at + at, end - at };
		if (!str_equal(text, STR("\r")) && !str_equal(text, STR("\b")))
			flush(sgr, out);
		buf_add(out, text);
		at = end;
	}
}

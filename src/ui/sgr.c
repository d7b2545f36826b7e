/* SPDX-License-Identifier: MIT
 * The tokens of an output, and the steps that they come to. */
#include "config.h"

#include "ui/sgr_core.h"

#include "util/alloc.h"
#include "util/chars.h"

enum { ESC = 0x1b };

void
sgr_init(struct sgr *sgr)
{
	*sgr = (struct sgr){ .has = sgr_plain, .wants = sgr_plain };
}

void
sgr_fini(struct sgr *sgr)
{
	vec_fini(&sgr->steps);
}

void
sgr_forget(struct sgr *sgr)
{
	sgr->known = false;
	sgr->row = 0;
}

static void
send_change(const struct sgr_change *change, struct buf *out)
{
	if (!change->len)
		return;
	buf_add(out, STR("\x1b["));
	if (change->len != 1 || change->text[0] != '0')
		buf_add(out, (struct str){ change->text, change->len });
	buf_addc(out, 'm');
}

/* The bytes of the sequence that begins with an Escape, or of the text up to one. */
static struct str
next_token(struct str bytes)
{
	size_t at = 1;

	if (bytes.at[0] != ESC) {
		const char *end = memchr(bytes.at, ESC, bytes.len);
		return (struct str){ bytes.at, end ? (size_t)(end - bytes.at) : bytes.len };
	}
	if (at < bytes.len && bytes.at[at] == '[')
		for (at++; at < bytes.len && (bytes.at[at] < 0x40 || bytes.at[at] > 0x7e); at++)
			;
	else
		while (at < bytes.len && bytes.at[at] >= 0x20 && bytes.at[at] < 0x30)
			at++;
	return (struct str){ bytes.at, at < bytes.len ? at + 1 : bytes.len };
}

static bool
is_only(struct str text, const char *characters)
{
	for (size_t i = 0; i < text.len; i++)
		if (!text.at[i] || !strchr(characters, text.at[i]))
			return false;
	return true;
}

static bool
is_style(struct str token)
{
	return token.len > 2 && token.at[1] == '[' && token.at[token.len - 1] == 'm' && (token.at[2] < '<' || token.at[2] > '?');
}

static bool
is_charset(struct str token)
{
	return token.len == 3 && token.at[1] == '(';
}

static enum drawn
token_draws(struct str token)
{
	char last = token.at[token.len - 1];

	if (token.at[0] != ESC)
		return is_only(token, "\r\b") ? DRAWN_NOTHING : is_only(token, " \r\b") ? DRAWN_SPACES : is_only(token, "\r\n") ? DRAWN_ERASED : DRAWN_TEXT;
	if (token.len < 3 || token.at[1] != '[' || token.at[2] == '?')
		return DRAWN_TEXT;
	return strchr("ABCDEFGHd`f", last) ? DRAWN_NOTHING : strchr("JKX@PLMST", last) ? DRAWN_ERASED : DRAWN_TEXT;
}

/* Whether it brings a style of its own: a reset, or what was there when the cursor was saved. */
static bool
is_restoring(struct str token)
{
	return str_equal(token, STR("\x1b" "8")) || str_equal(token, STR("\x1b" "c")) || str_equal(token, STR("\x1b[!p")) ||
	       str_starts(token, STR("\x1b[?1049"));
}

/* The numbers of a sequence, two at most; how many there are, or -1 when it has others or none. */
static int
read_numbers(struct str token, int numbers[2])
{
	int count = 0;

	numbers[0] = numbers[1] = 0;
	for (size_t at = 2; at + 1 < token.len; at++) {
		char c = token.at[at];
		if (c == ';' && count == 1)
			count = 2;
		else if (char_is_digit(c) && numbers[count == 2] < 10000)
			numbers[count == 2] = numbers[count == 2] * 10 + (c - '0'), count = count ? count : 1;
		else
			return -1;
	}
	return count;
}

/* Scrolling by several rows is what simple terminals lack.  Curses stands at the margin that rows leave by when it scrolls up, and at the
 * one that they come in by when it scrolls down: there line feeds and lines that are put in do the same. */
static bool
send_scroll(struct str token, struct buf *out)
{
	char last = token.at[token.len - 1];
	int numbers[2], count = read_numbers(token, numbers);

	if ((last != 'S' && last != 'T') || count < 0 || count > 1)
		return false;
	int rows = count && numbers[0] > 0 ? numbers[0] : 1;
	for (int i = 0; last == 'S' && i < rows; i++)
		buf_addc(out, '\n');
	if (last == 'T')
		buf_addf(out, "\x1b[%dL", rows);
	return true;
}

/* Follows the cursor's row, and sends a move within it or to the start of the next one in short. */
static void
send_token(struct sgr *sgr, struct str token, struct buf *out)
{
	char last = token.at[token.len - 1];
	bool is_csi = token.len > 2 && token.at[0] == ESC && token.at[1] == '[';
	int numbers[2], count = is_csi ? read_numbers(token, numbers) : 0;

	/* At the left margin a line feed is a step down and no more: a line that is full is finished there. */
	if (is_csi && last == 'H' && count == 2) {
		if (sgr->by_column && sgr->row && sgr->row == numbers[0])
			buf_addf(out, "\x1b[%dG", numbers[1]);
		else if (sgr->by_column && sgr->row && sgr->row + 1 == numbers[0] && numbers[1] == 1)
			buf_add(out, STR("\r\n"));
		else
			buf_add(out, token);
		sgr->row = numbers[0];
		return;
	}
	if (is_csi && last == 'd' && count == 1) {
		bool at_margin = out->len > 0 && out->at[out->len - 1] == '\r';
		if (sgr->by_column && sgr->row && sgr->row + 1 == numbers[0] && at_margin)
			buf_addc(out, '\n');
		else
			buf_add(out, token);
		sgr->row = numbers[0];
		return;
	}
	if (is_csi && send_scroll(token, out)) {
		sgr->row = 0;
		return;
	}
	buf_add(out, token);
	if (token.at[0] == ESC ? !is_csi || !strchr("CDG`KJX@PLMm", last) : memchr(token.at, '\n', token.len) != NULL)
		sgr->row = 0;
}

/* A style that is understood is taken in; anything else goes to the terminal. */
static bool
take_style(struct sgr_state *wants, struct str token)
{
	struct sgr_state now = *wants;

	if (token.at[0] != ESC)
		return false;
	if (is_charset(token)) {
		wants->charset = token.at[2];
		return true;
	}
	if (!is_style(token) || !sgr_apply(&now, (struct str){ token.at + 2, token.len - 3 }))
		return false;
	*wants = now;
	return true;
}

/* After which nothing is known of the terminal's style. */
static bool
is_unsure(struct str token)
{
	return token.at[0] == ESC && (is_style(token) || is_restoring(token));
}

static void
read_steps(struct sgr *sgr, struct str bytes)
{
	bool known = sgr->known;
	char charset = sgr->has.charset;

	sgr->steps.len = 0;
	while (bytes.len) {
		struct str token = next_token(bytes);
		bytes = str_tail(bytes, token.len);
		if (take_style(&sgr->wants, token))
			continue;
		enum drawn drawn = token_draws(token);
		if (drawn != DRAWN_NOTHING) {
			vec_push(&sgr->steps, (struct sgr_step){ .wants = sgr->wants, .drawn = (uint8_t)drawn, .anew = !known,
			                                         .selects = !known || charset != sgr->wants.charset });
			known = true;
			charset = sgr->wants.charset;
		}
		if (is_unsure(token))
			known = false;
	}
	sgr->known = known;
}

static void
send_step(struct sgr *sgr, const struct sgr_step *step, struct buf *out)
{
	const char select[3] = { ESC, '(', step->wants.charset };
	struct sgr_change change;

	if (step->selects)
		buf_add(out, (struct str){ select, sizeof select });
	sgr->has.charset = step->wants.charset;
	CHECK(sgr_take_way(&sgr->has, step, step->chosen, &change));
	send_change(&change, out);
}

void
sgr_filter(struct sgr *sgr, struct str bytes, struct buf *out)
{
	struct sgr_state wants = sgr->wants;
	size_t at = 0;

	read_steps(sgr, bytes);
	sgr_choose_ways(sgr);
	while (bytes.len) {
		struct str token = next_token(bytes);
		bytes = str_tail(bytes, token.len);
		if (take_style(&wants, token))
			continue;
		if (token_draws(token) != DRAWN_NOTHING)
			send_step(sgr, &sgr->steps.at[at++], out);
		send_token(sgr, token, out);
	}
}

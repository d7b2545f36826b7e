/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/sgr.h"

#include "util/alloc.h"

enum { ESC = 0x1b, BOLD = 1, DIM = 2, ITALIC = 3, REVERSE = 7, ATTRS = 9, CHANGE_BYTES = 128 };

static const struct sgr_state plain = { .fg = { 2, "39" }, .bg = { 2, "49" }, .charset = 'B' };

/* What follows on a change of style. */
enum drawn { DRAWN_TEXT, DRAWN_SPACES, DRAWN_ERASED, DRAWN_NOTHING };

/* The parameters of a sequence. */
struct change {
	size_t len;
	char   text[CHANGE_BYTES];
};

void
sgr_init(struct sgr *sgr)
{
	*sgr = (struct sgr){ .has = plain, .wants = plain };
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

/* Changes */

static void
add_param(struct change *change, const char *text, size_t len)
{
	if (change->len)
		change->text[change->len++] = ';';
	memcpy(change->text + change->len, text, len);
	change->len += len;
}

static void
add_number(struct change *change, int number)
{
	const char digits[2] = { (char)('0' + number / 10), (char)('0' + number % 10) };

	add_param(change, digits + (number < 10), number < 10 ? 1 : 2);
}

static bool
same_color(const struct sgr_color *a, const struct sgr_color *b)
{
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* What turns one state into another, without a reset between. */
static void
add_delta(const struct sgr_state *from, const struct sgr_state *to, struct change *change)
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
	if (!same_color(&from->fg, &to->fg))
		add_param(change, to->fg.text, to->fg.len);
	if (!same_color(&from->bg, &to->bg))
		add_param(change, to->bg.text, to->bg.len);
}

/* The shorter of two ways to a state; from NULL: what the terminal has is not known. */
static struct change
change_to(const struct sgr_state *from, const struct sgr_state *to)
{
	struct change delta = { 0 }, anew = { 1, "0" };

	if (from)
		add_delta(from, to, &delta);
	if (from && (delta.len < 2 || from->attrs == to->attrs) && !same_color(&to->bg, &plain.bg))
		return delta;
	add_delta(&plain, to, &anew);
	return from && delta.len <= anew.len ? delta : anew;
}

static void
send_change(const struct change *change, struct buf *out)
{
	if (!change->len)
		return;
	buf_add(out, STR("\x1b["));
	if (change->len != 1 || change->text[0] != '0')
		buf_add(out, (struct str){ change->text, change->len });
	buf_addc(out, 'm');
}

/* Reverse */

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

/* Ways to get there, by what is drawn */

/* Whether only colours differ, and what is not seen where nothing is written. */
static bool
differs_in_ground_only(const struct sgr_state *has, const struct sgr_state *wants)
{
	const uint16_t unseen = 1 << BOLD | 1 << DIM | 1 << ITALIC;

	return !(wants->attrs & ~unseen) && !(has->attrs & ~(unseen | 1 << REVERSE)) && is_extended(&wants->bg);
}

/* Changes *has for spaces: their foreground may still change before it is seen. */
static struct change
change_for_spaces(struct sgr_state *has, const struct sgr_state *wants)
{
	struct change change = { 0 };
	bool turned = has->attrs & 1 << REVERSE;
	struct sgr_color want = as_ground(turned ? '3' : '4', &wants->bg);
	struct sgr_color *ground = turned ? &has->fg : &has->bg;

	if (!differs_in_ground_only(has, wants)) {
		change = change_to(has, wants);
		*has = *wants;
	} else if (!same_color(ground, &want)) {
		*ground = want;
		add_param(&change, want.text, want.len);
	}
	return change;
}

/* For what is erased: terminals do not agree on what that looks like in reverse. */
static struct change
change_for_erased(struct sgr_state *has, const struct sgr_state *wants)
{
	struct sgr_state to = *has;

	if (differs_in_ground_only(has, wants)) {
		to.attrs &= (uint16_t)~(1 << REVERSE);
		to.bg = wants->bg;
	} else {
		to = *wants;
	}
	struct change change = change_to(has, &to);
	*has = to;
	return change;
}

/* Takes one of the ways of making the terminal ready for a step, 0 or 1; false when there is no such way.
 * The second one for text is in reverse; for spaces, out of it. */
static bool
take_way(struct sgr_state *has, const struct sgr_step *step, int way, struct change *change)
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

/* A terminal as it may be after some of the steps, and the bytes that took. */
struct guess {
	struct sgr_state has;
	size_t           bytes;
	uint8_t          from, way;    /* how it came from the step before */
};

static bool
same_state(const struct sgr_state *a, const struct sgr_state *b)
{
	return a->attrs == b->attrs && same_color(&a->fg, &b->fg) && same_color(&a->bg, &b->bg);
}

/* Keeps the best guesses, each state once; returns how many there are. */
static int
keep_guess(struct guess *best, int count, const struct guess *guess)
{
	int worst = 0;

	for (int i = 0; i < count; i++) {
		if (same_state(&best[i].has, &guess->has)) {
			if (guess->bytes < best[i].bytes)
				best[i] = *guess;
			return count;
		}
		if (best[i].bytes > best[worst].bytes)
			worst = i;
	}
	if (count < SGR_GUESSES)
		best[count++] = *guess;
	else if (guess->bytes < best[worst].bytes)
		best[worst] = *guess;
	return count;
}

/* Decides on a way for each step: the shortest sequence of them, as far as a few guesses kept at each step can tell. */
static void
choose_ways(struct sgr *sgr)
{
	struct guess best[SGR_GUESSES] = { { .has = sgr->has } };
	int count = 1;

	for (size_t i = 0; i < sgr->steps.len; i++) {
		struct sgr_step *step = &sgr->steps.at[i];
		struct guess next[SGR_GUESSES];
		int next_count = 0;
		for (int from = 0; from < count; from++)
			for (int way = 0; way < 2; way++) {
				struct guess guess = { .has = best[from].has, .from = (uint8_t)from, .way = (uint8_t)way };
				struct change change;
				if (!take_way(&guess.has, step, way, &change))
					continue;
				guess.bytes = best[from].bytes + (change.len ? change.len + 3 : 0);
				next_count = keep_guess(next, next_count, &guess);
			}
		for (int g = 0; g < next_count; g++) {
			step->from[g] = next[g].from;
			step->way[g] = next[g].way;
			best[g] = next[g];
		}
		count = next_count;
	}
	int chosen = 0;
	for (int g = 1; g < count; g++)
		if (best[g].bytes < best[chosen].bytes)
			chosen = g;
	for (size_t i = sgr->steps.len; i-- > 0;) {
		struct sgr_step *step = &sgr->steps.at[i];
		step->chosen = step->way[chosen];
		chosen = step->from[chosen];
	}
}

/* Tokens */

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
	return strchr("ABCDEFGHd`f", last) ? DRAWN_NOTHING : strchr("JKX@PLM", last) ? DRAWN_ERASED : DRAWN_TEXT;
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
		else if (c >= '0' && c <= '9' && numbers[count == 2] < 10000)
			numbers[count == 2] = numbers[count == 2] * 10 + (c - '0'), count = count ? count : 1;
		else
			return -1;
	}
	return count;
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
		bytes = (struct str){ bytes.at + token.len, bytes.len - token.len };
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
	struct change change;

	if (step->selects)
		buf_add(out, (struct str){ select, sizeof select });
	sgr->has.charset = step->wants.charset;
	CHECK(take_way(&sgr->has, step, step->chosen, &change));
	send_change(&change, out);
}

void
sgr_filter(struct sgr *sgr, struct str bytes, struct buf *out)
{
	struct sgr_state wants = sgr->wants;
	size_t at = 0;

	read_steps(sgr, bytes);
	choose_ways(sgr);
	while (bytes.len) {
		struct str token = next_token(bytes);
		bytes = (struct str){ bytes.at + token.len, bytes.len - token.len };
		if (take_style(&wants, token))
			continue;
		if (token_draws(token) != DRAWN_NOTHING)
			send_step(sgr, &sgr->steps.at[at++], out);
		send_token(sgr, token, out);
	}
}

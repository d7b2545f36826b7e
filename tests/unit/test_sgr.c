/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/sgr.h"

#include "tests/tap.h"

enum { ROUNDS = 2000, PIECES = 30 };

static const struct { const char *bytes, *filtered, *what; } cases[] = {
	{ "a", "\x1b(B\x1b[ma", "the first thing drawn finds a known style" },
	{ "\x1b[1m\x1b[31m\x1b[44ma", "\x1b(B\x1b[0;1;31;44ma", "what is set together is one sequence" },
	{ "a\x1b[31m\x1b[44mb\x1b[31m\x1b[42mc", "\x1b(B\x1b[ma\x1b[31;44mb\x1b[42mc", "what is there is not set again" },
	{ "a\x1b[1mb\x1b[mc", "\x1b(B\x1b[ma\x1b[1mb\x1b[mc", "a reset is short" },
	{ "a\x1b[1;31mb\x1b(B\x1b[0;31mc", "\x1b(B\x1b[ma\x1b[1;31mb\x1b[22mc", "an attribute ends alone" },
	{ "a\x1b[1;2mb\x1b[22;2mc", "\x1b(B\x1b[ma\x1b[1;2mb\x1b[0;2mc", "bold and dim end together" },
	{ "a\x1b[38;5;100m\x1b[48;5;2mb\x1b[38;5;100m\x1b[48;5;3mc", "\x1b(B\x1b[ma\x1b[38;5;100;48;5;2mb\x1b[48;5;3mc", "256 colours" },
	{ "a\x1b[38:2::1:2:3mb\x1b[38:2::1:2:3m\x1b[48:2::4:5:6mc", "\x1b(B\x1b[ma\x1b[38:2::1:2:3mb\x1b[48:2::4:5:6mc", "24 bit with colons" },
	{ "a\x1b[38;2;1;2;3mb\x1b[38;2;1;2;3;48;2;1;1;1mc", "\x1b(B\x1b[ma\x1b[38;2;1;2;3mb\x1b[48;2;1;1;1mc", "24 bit with semicolons" },
	{ "a\x1b[91;104mb\x1b[91mc", "\x1b(B\x1b[ma\x1b[91;104mbc", "bright ones" },
	{ "a\x1b[31m\x1b[2;3Hb", "\x1b(B\x1b[ma\x1b[2;3H\x1b[31mb", "a move needs no style" },
	{ "a\x1b[41m\x1b[Kb", "\x1b(B\x1b[ma\x1b[41m\x1b[Kb", "erasing needs one" },
	{ "a\x1b[31m\x1b[?25lb", "\x1b(B\x1b[ma\x1b[31m\x1b[?25lb", "modes are passed on" },
	{ "a\x1b[9;1H\x1b[41m\x1b[3Sb", "\x1b(B\x1b[ma\x1b[9;1H\x1b[41m\n\n\nb", "rows that leave are line feeds" },
	{ "a\x1b[2;1H\x1b[41m\x1b[3Tb", "\x1b(B\x1b[ma\x1b[2;1H\x1b[41m\x1b[3Lb", "rows that come are put in" },
	{ "a\x1b[41m\r\nb", "\x1b(B\x1b[ma\x1b[41m\r\nb", "a line feed may scroll" },
	{ "a\x1b[41m\r\x1b[5Cb", "\x1b(B\x1b[ma\r\x1b[5C\x1b[41mb", "a carriage return may not" },
	{ "a\x1b(0q\x1b(Bb", "\x1b(B\x1b[ma\x1b(0q\x1b(Bb", "line drawing" },
	{ "a\x1b[31m\x1b[m\x1b(B", "\x1b(B\x1b[ma", "what is never drawn with is never set" },
	{ "a\x1b[31m\x1b[73mb\x1b[31mc", "\x1b(B\x1b[ma\x1b[31m\x1b[73m\x1b(B\x1b[0;31mbc", "what is not understood is passed on, and nothing is sure behind it" },
	{ "a\x1b[?1049hb", "\x1b(B\x1b[ma\x1b[?1049h\x1b(B\x1b[mb", "the other screen has a style of its own" },
	{ "a\x1b[38;5mb", "\x1b(B\x1b[ma\x1b[38;5m\x1b(B\x1b[mb", "half a colour" },
	{ "\x1b[", "\x1b(B\x1b[m\x1b[", "half a sequence" },
	{ "\x1b[38;5;9;48;5;20ma\x1b[38;5;20;48;5;30me\x1b[38;5;9mb", "\x1b(B\x1b[0;38;5;9;48;5;20ma\x1b[7;38;5;30me\x1b[48;5;9mb", "an edge in reverse" },
	{ "\x1b[38;5;9;48;5;20ma\x1b[38;5;20;48;5;9me\x1b[38;5;20;48;5;9mb", "\x1b(B\x1b[0;38;5;9;48;5;20ma\x1b[7meb", "colours changed over" },
	{ "\x1b[38;5;9;48;5;20ma\x1b[38;5;20;48;5;9me\x1b[K", "\x1b(B\x1b[0;38;5;9;48;5;20ma\x1b[7me\x1b[27;48;5;9m\x1b[K", "nothing is erased in reverse" },
	{ "\x1b[38;5;9;48;5;20ma\x1b[38;5;8;48;5;21m  \x1b[38;5;9mb", "\x1b(B\x1b[0;38;5;9;48;5;20ma\x1b[48;5;21m  b", "spaces have no foreground" },
	{ "\x1b[38;5;9;48;5;20ma\x1b[4m  ", "\x1b(B\x1b[0;38;5;9;48;5;20ma\x1b[4m  ", "unless they are underlined" },
	{ "\x1b[1;38;5;9;48;5;20ma\x1b[38;5;20;48;5;9mb", "\x1b(B\x1b[0;1;38;5;9;48;5;20ma\x1b[38;5;20;48;5;9mb", "bold text is not reversed" },
	{ "\x1b[31;42ma\x1b[32;41mb", "\x1b(B\x1b[0;31;42ma\x1b[32;41mb", "nor are the first colours, which may differ in front and behind" },
};

static void
test_columns(void)
{
	static const struct { const char *bytes, *filtered, *what; } moves[] = {
		{ "\x1b[3;5Ha\x1b[3;20Hb", "\x1b[3;5Ha\x1b[20Gb", "a move in the row" },
		{ "\x1b[3;5Ha\x1b[4;20Hb", "\x1b[3;5Ha\x1b[4;20Hb", "a move to another" },
		{ "\x1b[3;5Ha\x1b[7d\x1b[7;20Hb", "\x1b[3;5Ha\x1b[7d\x1b[20Gb", "a row that was moved to" },
		{ "\x1b[3;5Ha\r\x1b[4db\r\x1b[5d\x1b[6d\x1b[6;9Hc", "\x1b[3;5Ha\r\nb\r\n\x1b[6d\x1b[9Gc", "the start of the next row" },
		{ "\x1b[3;5Ha\x1b[4;1Hb\x1b[4;1Hc", "\x1b[3;5Ha\r\nb\x1b[1Gc", "also when it is written in full" },
		{ "\x1b[3;5Ha\r\x1b[5db", "\x1b[3;5Ha\r\x1b[5db", "the start of another" },
		{ "\x1b[3;5Ha\x1b[4db", "\x1b[3;5Ha\x1b[4db", "not at the margin" },
		{ "\x1b[3;5Ha\r\n\x1b[3;20Hb", "\x1b[3;5Ha\r\n\x1b[3;20Hb", "a line feed" },
		{ "\x1b[3;5Ha\x1b[B\x1b[3;20Hb", "\x1b[3;5Ha\x1b[B\x1b[3;20Hb", "a step down" },
		{ "\x1b[3;5Ha\x1b[9X\x1b[2C\x1b[3;20Hb", "\x1b[3;5Ha\x1b[9X\x1b[2C\x1b[20Gb", "erasing and steps to the side" },
		{ "\x1b[3;5Ha\x1b[Hb\x1b[3;20Hc", "\x1b[3;5Ha\x1b[Hb\x1b[3;20Hc", "home" },
		{ "\x1b[3;5Ha\x1b" "8\x1b[3;20H", "\x1b[3;5Ha\x1b" "8\x1b[3;20H", "a cursor that was saved" },
	};

	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
		struct sgr sgr;
		struct buf out = { 0 };
		sgr_init(&sgr);
		sgr.by_column = true;
		sgr_filter(&sgr, STR("x"), &out);
		buf_clear(&out);
		sgr_filter(&sgr, str_of(moves[i].bytes), &out);
		is_text(out.at, moves[i].filtered, moves[i].what);
		buf_fini(&out);
		sgr_fini(&sgr);
	}
}

/* What a terminal would have: style of each character drawn, as text. */
static void
interpret(struct str bytes, struct buf *out)
{
	char fg[16] = "39", bg[16] = "49";
	bool bold = false, under = false, turned = false;

	for (size_t at = 0; at < bytes.len; at++) {
		if (bytes.at[at] != '\x1b') {
			const char *front = turned ? bg : fg, *behind = turned ? fg : bg;
			bool blank = bytes.at[at] == ' ' && !under;
			buf_addf(out, "%c%s/%s%s%s ", bytes.at[at], blank ? "" : front, behind, bold && !blank ? "b" : "", under ? "u" : "");
			continue;
		}
		if (bytes.at[at + 1] == '(') {
			at += 2;
			continue;
		}
		const char *end = memchr(bytes.at + at, 'm', bytes.len - at);
		int numbers[16] = { 0 }, count = 1;
		for (const char *c = bytes.at + at + 2; c < end; c++)
			if (*c == ';')
				count++;
			else
				numbers[count - 1] = numbers[count - 1] * 10 + (*c - '0');
		for (int i = 0; i < count; i++)
			switch (numbers[i]) {
			case 0: bold = under = turned = false; strcpy(fg, "39"); strcpy(bg, "49"); break;
			case 1: bold = true; break;
			case 22: bold = false; break;
			case 7: turned = true; break;
			case 27: turned = false; break;
			case 4: under = true; break;
			case 24: under = false; break;
			case 38: snprintf(fg, sizeof fg, "i%d", numbers[i + 2]); i += 2; break;
			case 48: snprintf(bg, sizeof bg, "i%d", numbers[i + 2]); i += 2; break;
			default: snprintf(numbers[i] / 10 == 3 ? fg : bg, sizeof fg, "%d", numbers[i]);
			}
		at = (size_t)(end - bytes.at);
	}
}

/* Whatever is set, every character comes out in the same style, and not more is sent. */
static void
test_random(void)
{
	static const char *const sets[] = { "\x1b[m", "\x1b[1m", "\x1b[0;1m", "\x1b[4m", "\x1b[24m", "\x1b[22m", "\x1b[31m", "\x1b[39;49m", "\x1b[44m",
		"\x1b[38;5;17m", "\x1b[48;5;200m", "\x1b[0;4;38;5;3m", "\x1b[38;5;8m\x1b[48;5;9m", "\x1b[0;38;5;8;48;5;17m", "\x1b[0;38;5;17;48;5;8m", "\x1b(B\x1b[0;1m\x1b[38;5;9m\x1b[48;5;8m" };
	unsigned seed = 99;
	int wrong = 0, longer = 0;

	for (int round = 0; round < ROUNDS; round++) {
		struct sgr sgr;
		struct buf bytes = { 0 }, filtered = { 0 }, want = { 0 }, got = { 0 };
		sgr_init(&sgr);
		for (int call = 0; call < 2; call++) {
			buf_clear(&bytes);
			/* Each paint of curses begins from what it left. */
			buf_add(&bytes, STR("\x1b(B\x1b[m"));
			for (int i = 0; i < PIECES; i++) {
				seed = seed * 1103515245U + 12345U;
				buf_add(&bytes, str_of(sets[(seed >> 16) % (sizeof sets / sizeof *sets)]));
				if (seed >> 30)
					buf_addc(&bytes, seed >> 28 & 1 ? ' ' : (char)('a' + i % 26));
			}
			sgr_filter(&sgr, buf_str(&bytes), &filtered);
			interpret(buf_str(&bytes), &want);
		}
		interpret(buf_str(&filtered), &got);
		wrong += !str_equal(buf_str(&want), buf_str(&got));
		longer += filtered.len > bytes.len * 2 + 6;
		buf_fini(&bytes);
		buf_fini(&filtered);
		buf_fini(&want);
		buf_fini(&got);
		sgr_fini(&sgr);
	}
	is_int(wrong, 0, "everything is drawn in the same style");
	is_int(longer, 0, "with no more bytes");
}

int
main(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sgr sgr;
		struct buf out = { 0 };
		sgr_init(&sgr);
		sgr_filter(&sgr, str_of(cases[i].bytes), &out);
		is_text(out.at, cases[i].filtered, cases[i].what);
		buf_fini(&out);
		sgr_fini(&sgr);
	}
	test_columns();
	test_random();
	return done();
}

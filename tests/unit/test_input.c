/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/input.h"

#include "tests/tap.h"

enum { ROUNDS = 20000, JUNK_MAX = 48 };

static const struct term_key described[] = {
	{ "\x1bOA", K_UP, 0 },
	{ "\x1b[11~", K_F1, 0 },
	{ "\x1bQodd", K_HOME, 0 },
	{ "\x1c\x1d", K_END, 0 },
	{ NULL, 0, 0 },
};

/* bytes, and the events that they are, as describe() writes them. */
static const struct { const char *bytes, *events; } cases[] = {
	/* characters */
	{ "j", "j" },
	{ "jK9", "j K 9" },
	{ "\xc3\xb6", "ö" },
	{ "\xe6\x97\xa5\xf0\x9f\x99\x82", "日 🙂" },
	{ "a\xff\x80z", "a z" },
	{ "\xe6\x97z", "z" },
	{ "\xc2\x9b" "a", "a" },
	{ " ", "Space" },
	/* controls */
	{ "\r", "Enter" }, { "\n", "Enter" }, { "\t", "Tab" }, { "\x7f", "Backspace" }, { "\b", "Backspace" },
	{ "\x03", "Ctrl-c" }, { "\x1a", "Ctrl-z" }, { "\x1f", "Ctrl-_" },
	/* Escape and Alt */
	{ "\x1b", "Esc" }, { "\x1b\x1b", "Esc Esc" }, { "\x1bx", "Alt-x" }, { "\x1bX", "Alt-X" }, { "\x1b\r", "Alt-Enter" },
	{ "\x1b\x01", "Ctrl-Alt-a" }, { "\x1b\xc3\xb6", "Alt-ö" }, { "\x1b[", "Alt-[" }, { "\x1b]", "Alt-]" }, { "\x1bO", "Alt-O" },
	{ "\x1bP", "Alt-P" }, { "\x1bPz", "Alt-P z" }, { "\x1bOz", "Alt-O z" }, { "\x1b\x1b[A", "Alt-Up" }, { "\x1b\x1bx", "Esc Alt-x" },
	{ "\x1b\x7f", "Alt-Backspace" },
	/* CSI keys */
	{ "\x1b[A\x1b[B\x1b[C\x1b[D", "Up Down Right Left" },
	{ "\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End Home End" },
	{ "\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "Insert Delete PgUp PgDn" },
	{ "\x1b[Z", "Shift-Tab" },
	{ "\x1b[1;5A", "Ctrl-Up" }, { "\x1b[1;2B", "Shift-Down" }, { "\x1b[1;3C", "Alt-Right" }, { "\x1b[1;8D", "Ctrl-Alt-Shift-Left" },
	{ "\x1b[5;5~", "Ctrl-PgUp" }, { "\x1b[1;9A", "Alt-Up" }, { "\x1b[5^", "Ctrl-PgUp" }, { "\x1b[5@", "Ctrl-Shift-PgUp" }, { "\x1b[5$", "Shift-PgUp" },
	{ "\x1b[a", "Shift-Up" }, { "\x1bOa", "Ctrl-Up" },
	{ "\x1b[11~\x1b[15~\x1b[24~", "F1 F5 F12" }, { "\x1b[[A\x1b[[E", "F1 F5" }, { "\x1b[1;5P", "Ctrl-F1" }, { "\x1b[1;2R", "Shift-F3" },
	{ "\x1b[97;5u", "Ctrl-a" }, { "\x1b[97;2u", "A" }, { "\x1b[13;5u", "Ctrl-Enter" }, { "\x1b[9;2u", "Shift-Tab" }, { "\x1b[27;5;13~", "Ctrl-Enter" },
	{ "\x1b[27u", "Esc" }, { "\x1b[57358u", "" },
	/* SS3 keys and the description's own */
	{ "\x1bOA\x1bOP\x1bOS", "Up F1 F4" }, { "\x1bOM", "Enter" }, { "\x1bOw", "7" }, { "\x1bO5C", "Ctrl-Right" },
	{ "\x1bQodd", "Home" }, { "\x1bQox", "Alt-Q o x" }, { "\x1c\x1d", "End" }, { "\x1c", "Ctrl-\\" },
	/* mouse */
	{ "\x1b[<0;3;4M", "press1 left 2,3" },
	{ "\x1b[<0;3;4m", "release left 2,3" },
	{ "\x1b[<2;200;50M", "press1 right 199,49" },
	{ "\x1b[<1;1;1M", "press1 middle 0,0" },
	{ "\x1b[<35;10;1M", "move 9,0" },
	{ "\x1b[<32;10;1M", "drag left 9,0" },
	{ "\x1b[<64;1;1M\x1b[<65;1;1M\x1b[<66;1;1M\x1b[<67;1;1M", "wheelup 0,0 wheeldown 0,0 wheelleft 0,0 wheelright 0,0" },
	{ "\x1b[<80;1;1M", "Ctrl-wheelup 0,0" }, { "\x1b[<73;1;1M", "Alt-wheeldown 0,0" }, { "\x1b[<4;2;2M", "Shift-press1 left 1,1" },
	{ "\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<0;3;4M\x1b[<0;3;4M", "press1 left 2,3 release left 2,3 press2 left 2,3 press1 left 2,3" },
	{ "\x1b[<0;3;4M\x1b[<0;4;4M", "press1 left 2,3 press1 left 3,3" },
	{ "\x1b[<0;3;4M\x1b[<2;3;4M", "press1 left 2,3 press1 right 2,3" },
	{ "\x1b[<0;0;4M\x1b[<0;3M\x1b[<0;3;99999999999M\x1b[<128;1;1Mx", "x" },
	{ "\x1b[M !!", "press1 left 0,0" }, { "\x1b[M\"#$\x1b[M##$", "press1 right 2,3 release right 2,3" }, { "\x1b[M`!!", "wheelup 0,0" },
	{ "\x1b[MC\xff\xff", "move 222,222" },
	/* paste */
	{ "\x1b[200~q\x1b[A\n\x1b[201~j", "paste<q^[[A^J> j" },
	{ "\x1b[200~\x1b[201~", "paste<>" },
	{ "\x1b[200~a\x1b[201", "paste<a^[[201>" },
	{ "\x1b[201~j", "j" },
	/* answers */
	{ "\x1b]11;rgb:1414/1515/1c1c\x1b\\j", "background 14151c j" },
	{ "\x1b]11;rgb:ff/80/00\x07", "background ff8000" },
	{ "\x1b]11;rgb:f/0/8\x07", "background ff0088" },
	{ "\x1b]11;rgba:ffff/ffff/ffff/8000\x07", "background ffffff" },
	{ "\x1b]11;rgb:zz/80/00\x07j", "j" }, { "\x1b]11;rgb:12345/0/0\x07j", "j" }, { "\x1b]11;rgb:1/2\x07j", "j" },
	{ "\x1b]52;c;aGVsbG8=\x07j", "j" },
	{ "\x1b[?62;4c\x1b[>84;0;0cj", "identity 84 j" }, { "\x1b[>c\x1b[>;1cj", "j" }, { "\x1b[24;80Rj", "j" }, { "\x1b[?2026;2$yj", "j" }, { "\x1bP>|term\x1b\\j", "j" }, { "\x1b_Gi=1;OK\x1b\\j", "j" },
	{ "\x1b[I\x1b[Oj", "j" },
	/* broken off */
	{ "\x1b[1;5\x1b[A", "Up" }, { "\x1b[12\x03j", "Ctrl-c j" }, { "\x1b[1;5", "" }, { "\x1b]11;rgb:00/0", "" }, { "\x1b]11;x\x1b[Aj", "Up j" },
	{ "\x1b[;;;;;;;;;;;;;;;;;;;;A", "Up" }, { "\x1b[9999999999999999999999999999~j", "j" },
	{ "\x1b[111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111~j", "j" },
};

static void
describe_mouse(const struct event *event, struct buf *out)
{
	static const char *const what[] = { "move", "press", "release", "drag", "wheelup", "wheeldown", "wheelleft", "wheelright" };
	static const char *const buttons[] = { "", " left", " middle", " right" };

	buf_addf(out, "%s%s%s%s", event->mods & MOD_CTRL ? "Ctrl-" : "", event->mods & MOD_ALT ? "Alt-" : "", event->mods & MOD_SHIFT ? "Shift-" : "", what[event->what]);
	if (event->what == MOUSE_PRESS)
		buf_addf(out, "%d", event->clicks);
	buf_addf(out, "%s %d,%d", buttons[event->button], event->col, event->row);
}

static void
describe(const struct event *event, struct buf *out)
{
	if (out->len)
		buf_addc(out, ' ');
	switch (event->kind) {
	case EVENT_KEY:
		key_format(event->key, event->mods, out);
		break;
	case EVENT_MOUSE:
		describe_mouse(event, out);
		break;
	case EVENT_PASTE:
		buf_add(out, STR("paste<"));
		for (size_t i = 0; i < event->text.len; i++)
			if (event->text.at[i] >= 0 && event->text.at[i] < ' ')
				buf_addf(out, "^%c", event->text.at[i] + '@');
			else
				buf_addc(out, event->text.at[i]);
		buf_addc(out, '>');
		break;
	case EVENT_BACKGROUND:
		buf_addf(out, "background %06x", (unsigned)event->rgb);
		break;
	case EVENT_IDENTITY:
		buf_addf(out, "identity %u", (unsigned)event->identity);
		break;
	default:
		buf_addf(out, "kind %d", event->kind);
	}
}

static void
take(struct input *input, uint64_t now_ms, struct buf *out)
{
	struct event event;

	while (input_next(input, now_ms, &event))
		describe(&event, out);
}

/* All events of bytes that come in two parts, then silence. */
static char *
decode_split(const char *bytes, size_t split)
{
	struct input input;
	struct buf out = { 0 };

	input_init(&input, described);
	input_feed(&input, bytes, split);
	take(&input, 0, &out);
	input_feed(&input, bytes + split, strlen(bytes) - split);
	take(&input, 100, &out);
	for (int i = 0; i < 4 && input_wait_ms(&input) >= 0; i++) {
		input_flush(&input);
		take(&input, 200, &out);
	}
	if (input_wait_ms(&input) >= 0)
		buf_add(&out, STR(" (unfinished)"));
	input_fini(&input);
	buf_addc(&out, '\0');
	return out.at;
}

static void
test_cases(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t len = strlen(cases[i].bytes), wrong = 0;
		char *whole = decode_split(cases[i].bytes, len);
		is_text(whole, cases[i].events, cases[i].events);
		for (size_t split = 0; split < len; split++) {
			char *parts = decode_split(cases[i].bytes, split);
			if (strcmp(parts, whole) != 0 && !wrong++)
				diag("split at %zu: %s", split, parts);
			free(parts);
		}
		ok(wrong == 0, "the same in two parts");
		free(whole);
	}
}

static void
test_time(void)
{
	struct input input;
	struct buf out = { 0 };

	input_init(&input, NULL);
	is_int(input_wait_ms(&input), -1, "nothing to wait for");
	input_feed(&input, "\x1b", 1);
	take(&input, 0, &out);
	is_int(input_wait_ms(&input), 50, "an Escape is awaited for 50 ms");
	input_feed(&input, "[1;", 3);
	take(&input, 0, &out);
	ok(input_wait_ms(&input) > 50, "a sequence longer");
	input_feed(&input, "5A", 2);
	take(&input, 0, &out);
	is_int(input_wait_ms(&input), -1, "done");
	is_text(out.at, "Ctrl-Up", "and one key");
	buf_clear(&out);
	input_feed(&input, "\x1b[<0;1;1M", 9);
	take(&input, 1000, &out);
	input_feed(&input, "\x1b[<0;1;1M", 9);
	take(&input, 1401, &out);
	input_feed(&input, "\x1b[<0;1;1M", 9);
	take(&input, 1801, &out);
	is_text(out.at, "press1 left 0,0 press1 left 0,0 press2 left 0,0", "a double click is one within 400 ms");
	buf_fini(&out);
	input_fini(&input);
}

static void
test_limits(void)
{
	struct input input;
	struct buf out = { 0 }, bytes = { 0 };
	struct event event;

	input_init(&input, NULL);
	buf_add(&bytes, STR("\x1b]52;"));
	for (int i = 0; i < 100000; i++)
		buf_addc(&bytes, 'q');
	for (size_t at = 0; at < bytes.len; at += 1000) {
		input_feed(&input, bytes.at + at, bytes.len - at < 1000 ? bytes.len - at : 1000);
		take(&input, 0, &out);
	}
	input_feed(&input, "\x1b\\j", 3);
	take(&input, 0, &out);
	is_text(out.at, "j", "an endless string is swallowed up to its end");
	buf_clear(&bytes);
	buf_add(&bytes, STR("\x1b[200~"));
	for (int i = 0; i < 3 << 20; i++)
		buf_addc(&bytes, 'q');
	buf_add(&bytes, STR("\x1b[201~"));
	input_feed(&input, bytes.at, bytes.len);
	ok(input_next(&input, 0, &event) && event.kind == EVENT_PASTE, "a large paste");
	ok(event.text.len > 0 && event.text.len <= 1 << 20, "is cut");
	ok(!input_next(&input, 0, &event) && input_wait_ms(&input) == -1, "and nothing of it is left over");
	buf_fini(&bytes);
	buf_fini(&out);
	input_fini(&input);
}

/* Whatever comes, decoding ends, events are well formed, and after silence a key is a key again. */
static void
test_junk(void)
{
	static const char alphabet[] = "\x1b\x1b\x1b[[]OPM<>?;:0129~^$uRAqxm\x07\\\xc3\xe6\xff\x80 \x01";
	unsigned seed = 12345;
	int bad = 0, lost = 0;

	for (int round = 0; round < ROUNDS; round++) {
		struct input input;
		struct event event;
		int events = 0;
		input_init(&input, described);
		seed = seed * 1103515245U + 12345U;
		unsigned len = (seed >> 16) % JUNK_MAX;
		for (unsigned i = 0; i < len; i++) {
			seed = seed * 1103515245U + 12345U;
			char byte = seed >> 30 ? alphabet[(seed >> 12) % (sizeof alphabet - 1)] : (char)(seed >> 16);
			input_feed(&input, &byte, 1);
			while (input_next(&input, 0, &event) && events++ < 10000)
				bad += event.kind == EVENT_MOUSE ? event.col < 0 || event.row < 0 : event.kind == EVENT_KEY && (event.key > K_LAST_NAMED || (event.mods & ~7));
		}
		for (int i = 0; i < 4 && input_wait_ms(&input) >= 0; i++) {
			input_flush(&input);
			while (input_next(&input, 0, &event) && events++ < 10000)
				;
		}
		bad += events >= 10000 || input_wait_ms(&input) >= 0;
		input_feed(&input, "j", 1);
		lost += !input_next(&input, 0, &event) || event.kind != EVENT_KEY || event.key != 'j' || event.mods;
		input_fini(&input);
	}
	is_int(bad, 0, "junk gives no broken event");
	is_int(lost, 0, "and never swallows what comes after a silence");
}

static void
test_position(void)
{
	size_t start, end;
	int row, col;

	ok(input_find_position(STR("jk\x1b[A\x1b[12;3Rl"), &start, &end, &row, &col) && start == 5 && end == 12 && row == 12 && col == 3, "a position report among keys");
	ok(!input_find_position(STR("\x1b[12;3"), &start, &end, &row, &col), "not a whole one");
	ok(!input_find_position(STR("\x1b[R\x1b[1R"), &start, &end, &row, &col), "not one");
}

int
main(void)
{
	test_cases();
	test_time();
	test_limits();
	test_junk();
	test_position();
	return done();
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/clipboard.h"

#include "tests/tap.h"
#include "util/alloc.h"

static void
is_sequence(struct str text, enum clipboard_wrap wrap, const char *want, const char *what)
{
	struct buf out = { 0 };

	ok(clipboard_sequence(text, wrap, &out), "%s", what);
	is_text(buf_str(&out).at, want, "its bytes");
	buf_fini(&out);
}

/* GNU screen passes on what stands between ESC P and ESC \. */
static void
test_pieces(void)
{
	char *text = xcalloc(2000, 1);
	struct buf out = { 0 }, inner = { 0 }, bare = { 0 };
	size_t longest = 0;

	memset(text, 'x', 2000);
	clipboard_sequence((struct str){ text, 2000 }, CLIPBOARD_SCREEN, &out);
	clipboard_sequence((struct str){ text, 2000 }, CLIPBOARD_PLAIN, &bare);
	for (char *at = out.at; at && *at;) {
		char *end = strstr(at, "\x1b\\");
		if (strncmp(at, "\x1bP", 2) != 0 || !end)
			break;
		size_t len = (size_t)(end - at) - 2;
		longest = len > longest ? len : longest;
		buf_add(&inner, (struct str){ at + 2, len });
		at = end + 2;
	}
	is_text(inner.at, bare.at, "screen passes on the whole");
	ok(longest < 512, "in pieces that it takes");
	buf_fini(&out);
	buf_fini(&inner);
	buf_fini(&bare);
	free(text);
}

int
main(void)
{
	is_sequence(STR("hello"), CLIPBOARD_PLAIN, "\x1b]52;c;aGVsbG8=\x07", "two bytes over");
	is_sequence(STR("hell"), CLIPBOARD_PLAIN, "\x1b]52;c;aGVsbA==\x07", "one byte over");
	is_sequence(STR("hel"), CLIPBOARD_PLAIN, "\x1b]52;c;aGVs\x07", "none over");
	is_sequence(STR(""), CLIPBOARD_PLAIN, "\x1b]52;c;\x07", "nothing");
	is_sequence(STR("\xff\xfe\xfd"), CLIPBOARD_PLAIN, "\x1b]52;c;//79\x07", "any bytes");
	is_sequence(STR("hel"), CLIPBOARD_TMUX, "\x1b]52;c;aGVs\x07\x1bPtmux;\x1b\x1b]52;c;aGVs\x07\x1b\\", "tmux");
	test_pieces();

	struct buf out = { 0 };
	char *large = xcalloc(CLIPBOARD_LIMIT + 1, 1);
	ok(!clipboard_sequence((struct str){ large, CLIPBOARD_LIMIT + 1 }, CLIPBOARD_PLAIN, &out) && out.len == 0, "too much");
	ok(clipboard_sequence((struct str){ large, CLIPBOARD_LIMIT }, CLIPBOARD_PLAIN, &out), "as much as can be");
	free(large);
	buf_fini(&out);
	return done();
}

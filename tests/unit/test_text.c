/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/text.h"

#include <pthread.h>
#include <unistr.h>

#include "tests/tap.h"
#include "util/alloc.h"

/* Two columns: raw bytes, what is drawn. */
static const struct { const char *raw, *safe, *what; } cases[] = {
	{ "", "", "nothing" },
	{ "GET /cart", "GET /cart", "plain ASCII" },
	{ "a\tb\nc", "a b c", "tab and newline" },
	{ "a\r\nb", "a\xE2\x90\x8D b", "CR LF: both shown" },
	{ "\x1b[31m", "\xE2\x90\x9B[31m", "an escape sequence" },
	{ "\x7f", "\xE2\x90\xA1", "delete" },
	{ "\xC2\x9b" "31m", "\xEF\xBF\xBD" "31m", "a C1 control" },
	{ "a\xff" "b", "a\xEF\xBF\xBD" "b", "an invalid byte" },
	{ "\xE2\x82", "\xEF\xBF\xBD", "a cut character" },
	{ "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD", "an overlong slash" },
	{ "\xED\xA0\x80", "\xEF\xBF\xBD", "a surrogate" },
	{ "x\xE2\x80\xAEy", "x\xEF\xBF\xBDy", "a bidirectional override" },
	{ "x\xE2\x81\xA6y\xE2\x80\x8Fz", "x\xEF\xBF\xBDy\xEF\xBF\xBDz", "isolates and marks" },
	{ "a\xE2\x80\x8B" "b", "a\xEF\xBF\xBD" "b", "a zero-width space" },
	{ "\xE4\xBD\xA0\xE5\xA5\xBD", "\xE4\xBD\xA0\xE5\xA5\xBD", "wide characters" },
	{ "cafe\xCC\x81!", "cafe\xCC\x81!", "a mark on an ASCII letter" },
	{ "\xCC\x81", "\xEF\xBF\xBD", "a mark without a base" },
	{ "\n\xCC\x81", " \xEF\xBF\xBD", "a mark after a control" },
	{ "e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81", "e", "too many marks" },
	{ "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80", "\xF0\x9F\x91\xA9", "a joined emoji is its base" },
	{ "\xE2\x9D\xA4\xEF\xB8\x8F", "\xE2\x9D\xA4", "without variation selector" },
	{ "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", "\xF0\x9F\x91\x8D", "without skin tone" },
	{ "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA", "\xEF\xBF\xBD", "a flag" },
	{ "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "a plain emoji" },
	{ "\xE0\xA4\x95\xE0\xA4\xBE", "\xE0\xA4\x95\xE0\xA4\xBE", "a mark with a column of its own" },
	{ "\xF4\x90\x80\x80", "\xEF\xBF\xBD", "beyond Unicode" },
};

static void
test_sanitise(void)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&out);
		text_sanitise(str_of(cases[i].raw), &out);
		is_text(buf_str(&out).at, cases[i].safe, cases[i].what);
	}
	buf_clear(&out);
	text_sanitise((struct str){ "a\0b", 3 }, &out);
	is_text(out.at, "a\xE2\x90\x80" "b", "a NUL byte");
	buf_fini(&out);
}

static void
test_width(void)
{
	int width;

	is_int(text_width(STR("")), 0, "width of nothing");
	is_int(text_width(STR("hello")), 5, "width of ASCII");
	is_int(text_width(STR("h\xC3\xA9llo \xE4\xBD\xA0")), 8, "width of accents and wide characters");
	is_int(text_width(STR("cafe\xCC\x81")), 4, "marks have no width");
	is_int((long long)text_cluster(STR("e\xCC\x81x"), &width), 3, "a cluster has its marks");
	is_int(width, 1, "and one column");
	is_int((long long)text_cluster(STR("\xE4\xBD\xA0x"), &width), 3, "a wide cluster");
	is_int(width, 2, "has two columns");
	is_int((long long)text_cluster(STR(""), &width), 0, "no cluster at the end");
}

static void
test_cut(void)
{
	struct str wide = STR("ab\xE4\xBD\xA0\xE5\xA5\xBD" "cd");
	struct str mark = STR("hello\xCC\x81!");
	int width;

	is_int((long long)text_prefix(wide, 3, &width), 2, "a wide character does not fit in one column");
	is_int(width, 2, "so the prefix is narrower");
	is_int((long long)text_prefix(wide, 4, &width), 5, "and fits in two");
	is_int((long long)text_prefix(wide, 100, &width), (long long)wide.len, "all of it");
	is_int(width, 8, "with its width");
	is_int((long long)text_prefix(mark, 5, &width), 7, "a mark stays with its letter");
	is_int((long long)text_prefix(mark, 4, &width), 4, "and goes with it");
	is_int((long long)text_prefix(mark, -1, &width), 0, "a negative width holds nothing");
	is_int((long long)text_suffix(wide, 3, &width), 8, "a suffix that splits no wide character");
	is_int(width, 2, "and its width");
	is_int((long long)text_suffix(mark, 2, &width), 4, "a suffix begins with a base");
	is_int((long long)text_suffix(mark, 1, &width), 7, "the last character alone");
	is_int((long long)text_suffix(mark, 0, &width), 8, "an empty suffix");
}

static void
test_fit(void)
{
	static const struct { const char *text; int cols; bool keep_end, ascii; const char *want; } fits[] = {
		{ "checkout", 8, false, false, "checkout" },
		{ "checkout", 7, false, false, "checko\xE2\x80\xA6" },
		{ "checkout", 7, true, false, "\xE2\x80\xA6" "eckout" },
		{ "checkout", 5, false, true, "che.." },
		{ "checkout", 5, true, true, "..out" },
		{ "checkout", 1, false, false, "\xE2\x80\xA6" },
		{ "checkout", 1, false, true, "." },
		{ "checkout", 0, false, false, "" },
		{ "\xE4\xBD\xA0\xE5\xA5\xBD", 3, false, false, "\xE4\xBD\xA0\xE2\x80\xA6" },
	};
	struct buf out = { 0 };

	for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
		buf_clear(&out);
		text_fit(str_of(fits[i].text), fits[i].cols, fits[i].keep_end, fits[i].ascii, &out);
		is_text(buf_str(&out).at, fits[i].want, "fitted text");
	}
	buf_fini(&out);
}

static void
test_utf16(void)
{
	struct buf out = { 0 };

	text_from_utf16((struct str){ "a\0\x3d\xd8\x00\xde", 6 }, false, &out);
	is_text(out.at, "a\xF0\x9F\x98\x80", "little endian with a surrogate pair");
	buf_clear(&out);
	text_from_utf16((struct str){ "\0a\xd8\x3d\0b\xde\x00", 8 }, true, &out);
	is_text(out.at, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD", "big endian, halves that do not pair");
	buf_clear(&out);
	text_from_utf16((struct str){ "a\0\x3d\xd8x", 5 }, false, &out);
	is_text(out.at, "a\xEF\xBF\xBD", "cut in the middle");
	buf_fini(&out);
}

static void
test_escape(void)
{
	struct buf out = { 0 }, back = { 0 };
	char all[256];
	bool broken = false;
	static const char *const bad[] = { "\\", "a\\q", "\\x", "\\x1", "\\xg0" };

	text_escape(STR("a\\b'c;d\n\xE2\x80\xAE\xff\xC3\xA9"), &out);
	is_text(out.at, "a\\\\b\\x27c\\x3bd\\x0a\\xe2\\x80\\xae\\xff\xC3\xA9", "escaped for a command line");
	for (size_t i = 0; i < sizeof all; i++)
		all[i] = (char)i;
	buf_clear(&out);
	text_escape((struct str){ all, sizeof all }, &out);
	ok(text_unescape(buf_str(&out), &back), "what is escaped can be read");
	ok(str_equal(buf_str(&back), (struct str){ all, sizeof all }), "every byte comes back");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		buf_clear(&back);
		broken |= text_unescape(str_of(bad[i]), &back);
	}
	ok(!broken, "broken escapes are refused");
	buf_fini(&out);
	buf_fini(&back);
}

/* Whatever the bytes: valid, without controls, and what is cut off is never wider than asked. */
static void
test_random(void)
{
	struct buf out = { 0 }, fitted = { 0 };
	uint64_t seed = 42;
	bool valid = true, controls = false, clusters = true, cuts = true;

	for (int round = 0; round < 20000; round++) {
		char raw[24];
		size_t len = seed >> 20 & 15;
		for (size_t i = 0; i < len; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			raw[i] = seed >> 33 & 3 ? (char)(seed >> 40) : "\xCC\xE2\x80\xAE\xF0\x9F\x8D\x81"[seed >> 45 & 7];
		}
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		buf_clear(&out);
		text_sanitise((struct str){ raw, len }, &out);
		struct str safe = buf_str(&out);
		valid &= u8_check((const uint8_t *)safe.at, safe.len) == NULL;
		int sum = 0, width = 0;
		for (size_t i = 0; i < safe.len; i += text_cluster((struct str){ safe.at + i, safe.len - i }, &width)) {
			controls |= (unsigned char)safe.at[i] < 0x20 || safe.at[i] == 0x7f;
			text_cluster((struct str){ safe.at + i, safe.len - i }, &width);
			clusters &= width == 1 || width == 2;
			sum += width;
		}
		clusters &= sum == text_width(safe);
		int cols = (int)(seed >> 50 & 7);
		size_t prefix = text_prefix(safe, cols, &width);
		cuts &= width <= cols && width == text_width((struct str){ safe.at, prefix });
		size_t suffix = text_suffix(safe, cols, &width);
		cuts &= width <= cols && width == text_width((struct str){ safe.at + suffix, safe.len - suffix });
		buf_clear(&fitted);
		text_fit(safe, cols, round & 1, round & 2, &fitted);
		cuts &= text_width(buf_str(&fitted)) <= cols;
	}
	ok(valid, "random bytes become valid UTF-8");
	ok(!controls, "without control characters");
	ok(clusters, "in clusters of one or two columns that add up");
	ok(cuts, "and are cut within the columns given");
	buf_fini(&out);
	buf_fini(&fitted);
}

static void
test_large(void)
{
	enum { COUNT = 5 << 20 };
	char *raw = xmalloc(COUNT * 2);
	struct buf out = { 0 };

	for (size_t i = 0; i < COUNT; i++)
		memcpy(raw + i * 2, "\xCC\x81", 2);
	text_sanitise((struct str){ raw, COUNT * 2 }, &out);
	is_text(out.at, "\xEF\xBF\xBD", "ten million bytes of marks are one cluster");
	buf_clear(&out);
	memset(raw, '\xff', COUNT * 2);
	text_sanitise((struct str){ raw, COUNT * 2 }, &out);
	is_int((long long)out.len, COUNT * 6LL, "ten million invalid bytes are as many replacements");
	buf_fini(&out);
	free(raw);
}

static void *
measure(void *unused)
{
	long sum = 0;

	(void)unused;
	for (uint32_t c = 0x80; c < 0x30000; c++) {
		uint8_t text[6];
		int len = u8_uctomb(text, c, (ptrdiff_t)sizeof text);
		if (len > 0)
			sum += text_width((struct str){ (char *)text, (size_t)len });
	}
	return (void *)sum;
}

static void
test_threads(void)
{
	pthread_t threads[4];
	void *sums[4];
	bool same = true;

	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, measure, NULL);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], &sums[i]);
	for (int i = 1; i < 4; i++)
		same &= sums[i] == sums[0];
	ok(same, "threads measure alike");
}

int
main(void)
{
	test_threads();
	test_sanitise();
	test_width();
	test_cut();
	test_fit();
	test_utf16();
	test_escape();
	test_random();
	test_large();
	return done();
}

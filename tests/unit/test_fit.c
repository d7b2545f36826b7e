/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/tap.h"

#include "layout/fit.h"
#include "util/text.h"

static void
is_fitted(const char *name, const char *value, int cols, enum fit_align align, bool ascii, const char *want)
{
	struct buf got = { 0 };

	buf_add(&got, STR(""));
	fit_label(str_of(name), str_of(value), cols, align, ascii, &got);
	is_text(got.at, want, want);
	buf_fini(&got);
}

static void
test_examples(void)
{
	is_fitted("cart GET", "310 ms", 20, FIT_LEFT, false, "cart GET 310 ms");
	is_fitted("cart GET", "310 ms", 15, FIT_LEFT, false, "cart GET 310 ms");
	is_fitted("cart GET", "310 ms", 14, FIT_LEFT, false, "cart GET");
	is_fitted("cart GET", "310 ms", 8, FIT_LEFT, false, "cart GET");
	is_fitted("cart GET", "310 ms", 7, FIT_LEFT, false, "cart G…");
	is_fitted("cart GET", "310 ms", 7, FIT_RIGHT, false, "…rt GET");
	is_fitted("cart GET", "310 ms", 7, FIT_RIGHT, true, "..t GET");
	is_fitted("cart GET", "310 ms", 3, FIT_LEFT, false, "ca…");
	is_fitted("cart GET", "310 ms", 2, FIT_LEFT, false, "");
	is_fitted("go", "1 s", 2, FIT_LEFT, false, "");
	is_fitted("go", "1 s", 3, FIT_LEFT, false, "go");
	is_fitted("cart GET", "", 40, FIT_RIGHT, false, "cart GET");
	is_fitted("漢字かな", "1 s", 8, FIT_LEFT, false, "漢字かな");
	is_fitted("漢字かな", "1 s", 7, FIT_LEFT, false, "漢字か…");
	is_fitted("漢字かな", "1 s", 7, FIT_RIGHT, false, "…字かな");
	is_fitted("漢字かな", "1 s", 4, FIT_LEFT, false, "漢…");
	is_fitted("漢字かな", "1 s", 3, FIT_LEFT, true, "");
}

static void
test_widths(void)
{
	static const char *const names[] = {
		"", "a", "main", "std::vector<int>::push_back", "漢字かな交じり文", "a漢b字c", "e\xCC\x81t\xC3\xA9 \xF0\x9F\x8E\x89 party",
		"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 family", "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA flag",
		"x\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85\xCC\x86", "\xE0\xB8\x81\xE0\xB8\xB3\xE0\xB8\x81\xE0\xB8\xB3", "\xFF\x01\x1B[31m",
	};
	bool fits = true, counted = true, whole = true, greedy = true;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		for (int cols = 0; cols <= 40; cols++)
			for (int way = 0; way < 4; way++) {
				struct buf safe = { 0 }, got = { 0 };
				int width;

				text_sanitise(str_of(names[i]), &safe);
				width = fit_label(buf_str(&safe), STR("12.4 ms"), cols, way & 1 ? FIT_RIGHT : FIT_LEFT, way & 2, &got);
				fits = fits && text_width(buf_str(&got)) <= cols;
				counted = counted && text_width(buf_str(&got)) == width;
				if (text_width(buf_str(&safe)) <= cols && cols >= FIT_LEAST_COLS)
					whole = whole && str_starts(buf_str(&got), buf_str(&safe));
				else if (got.len)
					greedy = greedy && width >= cols - 1;
				buf_fini(&safe);
				buf_fini(&got);
			}
	ok(fits, "no label is wider than its cells");
	ok(counted, "its width is what was said");
	ok(whole, "a name that fits is not cut");
	ok(greedy, "a cut name leaves no cell free but half of a wide character");
}

int
main(void)
{
	test_examples();
	test_widths();
	return done();
}

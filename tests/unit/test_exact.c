/* SPDX-License-Identifier: MIT
 * Patterns of whole texts. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"
#include "util/exact.h"

static bool
finds(struct str pattern, struct str text)
{
	struct regex *regex = regex_compile(pattern, REGEX_SMART, NULL);
	bool found = regex && regex_search(regex, text, NULL, NULL) == REGEX_YES;

	regex_free(regex);
	return found;
}

static void
test_quote(void)
{
	const struct str texts[] = {
		STR("main"), STR("Main"), STR(""), STR("a.b\\(c)|d"), STR("\xff\xfe"), STR("nul\0x"), STR("\\z|\\A"), STR("\"q\""),
		STR("\xc3\xa4\xc3\xb6"), STR("line\nbreak"), STR("x00"), STR("42"),
	};
	enum { TEXTS = sizeof texts / sizeof *texts };
	struct buf all = { 0 };

	buf_add(&all, STR("(?:"));
	for (size_t i = 0; i < TEXTS; i++) {
		struct buf pattern = { 0 }, back = { 0 };
		size_t found = 0;

		exact_quote(texts[i], &pattern);
		ok(exact_unquote(buf_str(&pattern), &back) && str_equal(buf_str(&back), texts[i]), "text %zu comes back", i);
		for (size_t j = 0; j < TEXTS; j++)
			found += finds(buf_str(&pattern), texts[j]);
		ok(found == 1 && finds(buf_str(&pattern), texts[i]), "and finds itself only");
		buf_add(&all, i ? STR("|") : STR(""));
		buf_add(&all, buf_str(&pattern));
		buf_fini(&back);
		buf_fini(&pattern);
	}
	buf_addc(&all, ')');
	is_int((long)exact_count(buf_str(&all)), TEXTS, "all of them are counted");
	size_t found = 0;
	for (size_t i = 0; i < TEXTS; i++)
		found += finds(buf_str(&all), texts[i]);
	ok(found == TEXTS && !finds(buf_str(&all), STR("mai")) && !finds(buf_str(&all), STR("mainx")), "and found, and nothing else");
	buf_fini(&all);
}

static void
test_others(void)
{
	static const char *const patterns[] = { "main", "\\Amain", "\\Aa.b\\z", "\\A\\d\\z", "(?:\\Aa\\z|b)", "(?:\\AA\\z|\\Ab\\z)x", "\\AA\\z|\\AB\\z", "\\A(?i)A\\z", "\\Amain\\z" };
	struct buf back = { 0 };

	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		struct exact *exact = exact_parse(str_of(patterns[i]), REGEX_SMART);
		ok(!exact, "%s is for the engine", patterns[i]);
		exact_free(exact);
	}
	ok(finds(STR("\\Amain\\z"), STR("MAIN")), "where case does not count it does not");
	ok(!exact_unquote(STR("\\Aa.*b\\z"), &back) && back.len == 0, "what is no text gives none");
	buf_fini(&back);
}

/* Beyond what the engine takes. */
static void
test_long(void)
{
	enum { LONG = 300000 };
	char *text = malloc(LONG);
	struct buf pattern = { 0 };

	memset(text, 'a', LONG);
	exact_quote((struct str){ text, LONG }, &pattern);
	ok(finds(buf_str(&pattern), (struct str){ text, LONG }) && !finds(buf_str(&pattern), (struct str){ text, LONG - 1 }), "a long text is compared to its end");
	buf_fini(&pattern);
	free(text);
}

int
main(void)
{
	test_quote();
	test_others();
	test_long();
	return done();
}

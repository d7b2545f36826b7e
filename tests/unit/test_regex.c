/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/regex.h"

#include <pthread.h>

#include "tests/tap.h"
#include "util/alloc.h"

static enum regex_result
search(const char *pattern, enum regex_case mode, struct str text)
{
	struct regex *regex = regex_compile(str_of(pattern), mode, NULL);

	if (!regex)
		return REGEX_GAVE_UP;
	enum regex_result result = regex_search(regex, text, NULL, NULL);
	regex_free(regex);
	return result;
}

static void
test_case(void)
{
	is_int(search("cart", REGEX_SMART, STR("GET /CART")), REGEX_YES, "lower case matches any case");
	is_int(search("Cart", REGEX_SMART, STR("GET /CART")), REGEX_NO, "an upper-case letter makes it exact");
	is_int(search("cart", REGEX_EXACT, STR("GET /CART")), REGEX_NO, "exact is exact");
	is_int(search("\\S+art", REGEX_SMART, STR("/CART")), REGEX_YES, "a class is no upper-case letter");
	is_int(search("\\p{Lu}\\x{61}\\x4a", REGEX_SMART, STR("XAJ")), REGEX_YES, "nor are properties and codes");
	is_int(search("stra\xC3\x9F" "e \xC3\xA4", REGEX_SMART, STR("STRA\xE1\xBA\x9E" "E \xC3\x84")), REGEX_YES, "any case beyond ASCII");
	is_int(search("\xC3\x84", REGEX_SMART, STR("\xC3\xA4")), REGEX_NO, "an upper-case umlaut is exact");
}

static void
test_place(void)
{
	struct regex *regex = regex_compile(STR("b+"), REGEX_EXACT, NULL);
	size_t begin = 0, end = 0;

	is_int(regex_search(regex, STR("aabbbc"), &begin, &end), REGEX_YES, "found");
	is_int((long long)begin, 2, "where it begins");
	is_int((long long)end, 5, "where it ends");
	is_int(regex_search(regex, (struct str){ NULL, 0 }, &begin, &end), REGEX_NO, "an empty text");
	is_int(regex_search(regex, STR("\xff\xfe" "b"), &begin, &end), REGEX_YES, "found behind invalid UTF-8");
	is_int((long long)begin, 2, "at its byte");
	is_int(regex_search(regex, (struct str){ "\0b", 2 }, &begin, &end), REGEX_YES, "found behind a NUL");
	regex_free(regex);
	regex_free(NULL);
}

static void
test_errors(void)
{
	struct error err = { 0 };
	struct buf longer = { 0 };

	ok(!regex_compile(STR("a(b"), REGEX_SMART, &err), "an open group is an error");
	is_int(err.code, ERROR_USAGE, "of usage");
	ok(err.has_byte && err.byte == 3 && err.text[0], "with its place and a message");
	ok(!regex_compile(STR("\xff"), REGEX_SMART, &err), "so is invalid UTF-8 in a pattern");
	ok(!regex_compile(STR("a\\Cb"), REGEX_SMART, &err), "and half a character");
	for (int i = 0; i < 100000; i++)
		buf_addc(&longer, 'a');
	ok(!regex_compile(buf_str(&longer), REGEX_SMART, &err), "and a pattern of a hundred thousand bytes");
	buf_fini(&longer);
}

static void
test_limits(void)
{
	struct buf text = { 0 };

	for (int i = 0; i < 40; i++)
		buf_addc(&text, 'a');
	is_int(search("^(a+)+$", REGEX_EXACT, buf_str(&text)), REGEX_YES, "a nested repeat that matches");
	buf_addc(&text, '!');
	is_int(search("^(a|a?)+$", REGEX_EXACT, buf_str(&text)), REGEX_GAVE_UP, "one that would take for ever gives up");
	buf_clear(&text);
	for (int i = 0; i < 1000000; i++)
		buf_add(&text, STR("ab"));
	ok(search("^(?:(a)|b)*$", REGEX_EXACT, buf_str(&text)) != REGEX_NO, "two million bytes in a group: found or given up");
	buf_fini(&text);
}

static void
test_literal(void)
{
	struct regex *regex = regex_literal(STR("a.(b"), REGEX_SMART);
	struct buf longer = { 0 };

	is_int(regex_search(regex, STR("xA.(B"), NULL, NULL), REGEX_YES, "a literal in any case");
	is_int(regex_search(regex, STR("xaz(b"), NULL, NULL), REGEX_NO, "whose dot is a dot");
	regex_free(regex);
	regex = regex_literal(STR("\xff\xfe"), REGEX_SMART);
	is_int(regex_search(regex, STR("a\xff\xfe"), NULL, NULL), REGEX_YES, "a literal of invalid bytes");
	is_int(regex_search(regex, STR("a\xff"), NULL, NULL), REGEX_NO, "which must all be there");
	regex_free(regex);
	for (int i = 0; i < 100000; i++)
		buf_add(&longer, STR("ab"));
	regex = regex_literal(buf_str(&longer), REGEX_EXACT);
	size_t begin = 9, end = 0;
	is_int(regex_search(regex, buf_str(&longer), &begin, &end), REGEX_YES, "a very long literal");
	ok(begin == 0 && end == longer.len, "with its place");
	regex_free(regex);
	regex = regex_literal((struct str){ NULL, 0 }, REGEX_SMART);
	is_int(regex_search(regex, STR("x"), NULL, NULL), REGEX_YES, "the empty literal is everywhere");
	regex_free(regex);
	buf_fini(&longer);
}

static void *
search_often(void *regex)
{
	long found = 0;

	for (int i = 0; i < 20000; i++)
		found += regex_search(regex, i % 2 ? STR("frontend GET /cart") : STR("other"), NULL, NULL) == REGEX_YES;
	return (void *)found;
}

static void
test_threads(void)
{
	struct regex *regex = regex_compile(STR("/c.rt$"), REGEX_SMART, NULL);
	pthread_t threads[4];
	bool right = true;

	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, search_often, regex);
	for (int i = 0; i < 4; i++) {
		void *found;
		pthread_join(threads[i], &found);
		right &= (long)found == 10000;
	}
	ok(right, "one pattern in four threads");
	regex_free(regex);
}

static void
test_folds(void)
{
	ok(regex_smart_folds(STR("run")) && regex_smart_folds(STR("\xc3\xa4")), "small letters are found in other cases too");
	ok(!regex_smart_folds(STR("Run")) && !regex_smart_folds(STR("42")) && !regex_smart_folds(STR("")), "others are not");
}

int
main(void)
{
	test_folds();
	test_case();
	test_place();
	test_errors();
	test_limits();
	test_literal();
	test_threads();
	return done();
}

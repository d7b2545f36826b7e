/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/tap.h"
#include "util/pretty.h"

static void
lays_out(const char *text, const char *want, const char *what)
{
	struct buf out = { 0 };

	buf_add(&out, STR("<"));
	bool fine = pretty_json(str_of(text), &out);
	is_text(out.at + 1, fine ? want : "", what);
	ok(fine, "%s: it is JSON", what);
	buf_fini(&out);
}

static void
passes_over(const char *text)
{
	struct buf out = { 0 };

	buf_add(&out, STR("<"));
	ok(!pretty_json(str_of(text), &out) && str_equal(buf_str(&out), STR("<")), "%s is left alone", text);
	buf_fini(&out);
}

static void
test_depth(void)
{
	enum { DEPTH = 300000 };
	struct buf text = { 0 }, out = { 0 };

	for (int i = 0; i < DEPTH; i++)
		buf_addc(&text, '[');
	for (int i = 0; i < DEPTH; i++)
		buf_addc(&text, ']');
	ok(pretty_json(buf_str(&text), &out), "however deep, there is no recursion");
	ok(out.len < (size_t)DEPTH * 2 * 42 + 2, "and it goes only so far in");
	buf_fini(&text);
	buf_fini(&out);
}

int
main(void)
{
	lays_out("{}", "{}", "an empty object");
	lays_out(" [ ] ", "[]", "an empty array");
	lays_out("{\"a\":1,\"b\":[true,null]}", "{\"a\": 1, \"b\": [true, null]}", "what is short stands on one line");
	lays_out("{\"role\":\"user\",\"content\":\"What did the company earn in the third quarter of the year?\",\"n\":[1,2]}",
	         "{\n  \"role\": \"user\",\n  \"content\": \"What did the company earn in the third quarter of the year?\",\n  \"n\": [1, 2]\n}",
	         "a member a line");
	lays_out("[{\"text\":\"first\\nsecond\"}]", "[\n  {\n    \"text\": \"first\n      second\"\n  }\n]", "line breaks in strings are line breaks");
	lays_out("[\"\\u00e9 \\ud83d\\ude00 \\\"quoted\\\" \\/ \\ud800 \\t.\"]", "[\"é 😀 \"quoted\" / \xef\xbf\xbd \t.\"]", "escapes are read");
	passes_over("");
	passes_over("12");
	passes_over("\"text\"");
	passes_over("[INFO] started");
	passes_over("{\"a\":1");
	passes_over("{\"a\" 1}");
	passes_over("{\"a\":1,}");
	passes_over("[1,]");
	passes_over("[1 2]");
	passes_over("{a:1}");
	passes_over("[}");
	passes_over("[\"\\x\"]");
	passes_over("[\"\\u12");
	passes_over("{{template}}");
	test_depth();
	return done();
}

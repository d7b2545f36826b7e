/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/probe.h"

#include "util/alloc.h"
#include "tests/tap.h"

static void
check_paths(struct str text, const char *want)
{
	struct outline outline = { 0 };
	struct buf got = { 0 };

	outline_read(&outline, text, true);
	for (size_t i = 0; i < outline.paths.len; i++)
		buf_addc(&got, outline.paths.at[i] == '\n' ? ' ' : outline.paths.at[i]);
	if (got.len)
		got.len--;
	buf_add(&got, STR(""));
	is_text(got.at, want, want);
	buf_fini(&got);
	outline_fini(&outline);
}

static void
test_paths(void)
{
	check_paths(STR("{\"a\":1,\"b\":{\"c\":[{\"d\":2},{\"e\":3}]}}"), "a b b.c b.c[] b.c[].d b.c[].e");
	check_paths(STR("{\"a\":1}\n{\"b\":[]}\n"), "a b b[]");
	check_paths(STR("[{\"ph\":\"X\",\"args\":{\"k\":{}}},{\"ph\":1}]"), "[] [].ph [].args [].args.k");
	check_paths(STR("[[{\"id\":1}]]"), "[] [][] [][].id");
	check_paths(STR("{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":1}}}}},\"g\":2}"), "a a.b a.b.c a.b.c.d g");
	check_paths(STR("{\"q\\\"uote\" : \"a:\\\\\", \"b\":\"{\\\"c\\\":1}\"}"), "q\\\"uote b");
	check_paths(STR("{\"a\":[1,\"x\",[2]],\"b\":null"), "a a[] a[][] b");
	check_paths(STR("{\"cut"), "");
	check_paths(STR("{\"a\":1]"), "a");
	check_paths(STR(""), "");
}

static void
check_lines(struct str text, bool whole, enum outline_lines want, const char *what)
{
	struct outline outline = { 0 };

	outline_read(&outline, text, whole);
	is_int(outline.lines, want, what);
	outline_fini(&outline);
}

static void
test_lines(void)
{
	check_lines(STR("{\"a\":1}\n{\"b\":2}\n"), true, LINES_PROVEN, "two lines");
	check_lines(STR("{\"a\":1}\r\n{\"b\":2}"), true, LINES_PROVEN, "CRLF, no newline at the end");
	check_lines(STR("{\"a\":1}\n{\"b\":"), false, LINES_PROVEN, "one and a half");
	check_lines(STR("{\"a\":1}\n"), true, LINES_DISPROVED, "one value is a document");
	check_lines(STR("{\"a\":1}\n"), false, LINES_UNKNOWN, "one value, more may follow");
	check_lines(STR("{\"a\":"), false, LINES_UNKNOWN, "half a value");
	check_lines(STR("{\n\"a\":1}\n{\"b\":2}\n"), false, LINES_DISPROVED, "printed over lines");
	check_lines(STR("{\"a\":1} {\"b\":2}\n"), false, LINES_DISPROVED, "two on a line");
	check_lines(STR("{\"a\":1}\n{\n"), false, LINES_DISPROVED, "the second over lines");
	check_lines(STR("{\"a\":1}\nrubbish\n{\"b\":2}\n"), false, LINES_DISPROVED, "rubbish between");
}

static void
test_depth(void)
{
	struct buf text = { 0 };
	struct outline outline = { 0 };

	for (int i = 0; i < 200000; i++)
		buf_add(&text, i % 2 ? STR("[") : STR("{\"a\":"));
	outline_read(&outline, buf_str(&text), false);
	ok(outline.paths.len < 1000, "200,000 levels: %zu bytes of paths", outline.paths.len);
	outline_fini(&outline);

	buf_clear(&text);
	buf_addc(&text, '{');
	for (int i = 0; i < 50000; i++)
		buf_addf(&text, "\"map\":{\"key%d\":1},", i);
	buf_add(&text, STR("\"last\":1}"));
	outline_read(&outline, buf_str(&text), true);
	struct probe probe = { .paths = buf_str(&outline.paths) };
	ok(outline.paths.len < 100000, "many keys: %zu bytes of paths", outline.paths.len);
	ok(probe_has(&probe, "last"), "do not hide one of the top level");
	outline_fini(&outline);
	buf_fini(&text);
}

/* A document whose first line is longer than what is looked at first: whether lines frame it. */
static void
check_long_line(const char *inside, const char *behind, bool want, const char *what)
{
	struct prober prober = { 0 };
	struct error err = { 0 };
	struct buf text = { 0 };

	buf_addf(&text, "{\"data\":[{\"traceID\":\"1\",\"spans\":[{\"traceID\":\"1\",\"spanID\":\"1\",\"operationName\":\"%0200000d\"}%s]}]}%s", 7,
	         inside, behind);
	struct input *in = input_open_memory("x", buf_str(&text), &(struct input_options){ .spool_limit = 1 << 20 }, &err);
	const struct load_format *format = probe_input(in, NULL, &prober, &err);
	ok(format && prober.seen.json_lines == want, "a long line, %s", what);
	prober_fini(&prober);
	input_close(in);
	buf_fini(&text);
}

static void
test_long_lines(void)
{
	check_long_line("", "\n{\"data\":[]}\n", true, "and another");
	check_long_line("", "\r\n\n {", true, "and the beginning of another");
	check_long_line("", "\n", false, "and no other");
	check_long_line("", "", false, "without an end");
	check_long_line("\n", "\n{}", false, "that is no value");
	check_long_line("", "\nrubbish", false, "and what is no value");
}

static void
check_format(struct str text, const char *want)
{
	struct prober prober = { 0 };
	struct error err = { 0 };
	struct input *in = input_open_memory("x", text, &(struct input_options){ .spool_limit = 1 << 20 }, &err);
	const struct load_format *format = probe_input(in, NULL, &prober, &err);

	is_text(format ? format->name : err.text, want, want);
	prober_fini(&prober);
	input_close(in);
}

static void
test_formats(void)
{
	struct buf text = { 0 };

	check_format(STR("a;b 1\n"), "folded");
	check_format(STR("main 10\n"), "folded");
	check_format(STR("a;b\nc;d\n"), "folded");
	check_format(STR("[unknown];main 1\n"), "folded");
	check_format(STR("\xef\xbb\xbf" "a;b 1\n"), "folded");
	check_format(STR(""), "empty file");
	for (int i = 0; i < 200000; i++)
		buf_addf(&text, "frame%d;", i);
	buf_add(&text, STR("end 5\n"));
	check_format(buf_str(&text), "folded");
	buf_fini(&text);
}

/* Keys that decide may stand behind megabytes of others. */
static void
test_far_key(void)
{
	struct prober prober = { 0 };
	struct error err = { 0 };
	struct buf text = { 0 };

	buf_add(&text, STR("{\"padding\":["));
	while (text.len < 5 << 20)
		buf_add(&text, STR("\"0123456789012345678901234567890123456789\","));
	buf_add(&text, STR("1],\"traceEvents\":[]}"));
	struct input *in = input_open_memory("x", buf_str(&text), &(struct input_options){ 0 }, &err);
	const struct load_format *format = probe_input(in, NULL, &prober, &err);
	is_text(format ? format->name : err.text, "chrome-trace", "a key 5 MB in");
	prober_fini(&prober);
	input_close(in);
	buf_fini(&text);
}

int
main(void)
{
	test_paths();
	test_lines();
	test_depth();
	test_long_lines();
	test_formats();
	test_far_key();
	return done();
}

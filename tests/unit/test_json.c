/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/json.h"

#include <math.h>

#include "load/json_scan.h"
#include "tests/tap.h"
#include "tests/unit/files.h"
#include "tests/unit/json_walk.h"
#include "tests/unit/window.h"

/* A text and what reading it says. */
static const struct { const char *text, *load, *strict; } walks[] = {
	{ "[1,-2,3.5]", "[\nwhole 1 number 1\nwhole -2 number -2\nnumber 3.5\nend\n", "[\nwhole 1 number 1\nwhole -2 number -2\nnumber 3.5\nend\n" },
	{ "{\"a\":{}, \"b\" : [] }", "{\nkey 1 a\n{\nend\nkey 1 b\n[\nend\nend\n", "{\nkey 1 a\n{\nend\nkey 1 b\n[\nend\nend\n" },
	{ "\"\\ud83d\\ude00\"", "string 4 \xf0\x9f\x98\x80\n", "string 4 \xf0\x9f\x98\x80\n" },
	{ "\"\\ud83d-\"", "string 4 \xef\xbf\xbd-\n", "string 4 \xef\xbf\xbd-\n" },
	{ "\"\\ude00\\ud83d\\u0041\"", "string 7 \xef\xbf\xbd\xef\xbf\xbd" "A\n", "string 7 \xef\xbf\xbd\xef\xbf\xbd" "A\n" },
	{ "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "string 8 \"\\/\b\f\n\r\t\n", "string 8 \"\\/\b\f\n\r\t\n" },
	{ "\"\xff\xfe\"", "string 2 \xff\xfe\n", "string 2 \xff\xfe\n" },
	{ "\"a\tb\"", "string 3 a\tb\n", "\nfault a control character inside a string at 2\n" },
	{ "\"a\nb\"", "\nfault a line break inside a string at 2\n", "\nfault a line break inside a string at 2\n" },
	{ "\"\\x\"", "\nfault an unknown escape at 1\n", "\nfault an unknown escape at 1\n" },
	{ "\"\\u12g4\"", "\nfault \\u without four hex digits at 1\n", "\nfault \\u without four hex digits at 1\n" },
	{ "1 2", "whole 1 number 1\nwhole 2 number 2\n", "whole 1 number 1\nfault something follows the value at 2\n" },
	{ "{}{}\n[]", "{\nend\n{\nend\n[\nend\n", "{\nend\nfault something follows the value at 2\n" },
	{ ")]}'\n{}", "{\nend\n", "other\nfault expected a value at 0\n" },
	{ "[NaN,-Infinity]", "[\nnumber nan\nnumber -inf\nend\n", "[\nother\nfault expected a value at 1\n" },
	{ "[1,]", "[\nwhole 1 number 1\nfault expected a value at 3\n", "[\nwhole 1 number 1\nfault expected a value at 3\n" },
	{ "[1 2]", "[\nwhole 1 number 1\nfault expected ',' or ']' at 3\n", "[\nwhole 1 number 1\nfault expected ',' or ']' at 3\n" },
	{ "{\"a\" 1}", "{\nfault expected ':' at 5\n", "{\nfault expected ':' at 5\n" },
	{ "{\"a\":1", "{\nkey 1 a\nwhole 1 number 1\nfault the input ends in the middle of a value at 6 (cut)\n",
	  "{\nkey 1 a\nwhole 1 number 1\nfault the input ends in the middle of a value at 6 (cut)\n" },
	{ "[\"abc", "[\n\nfault the input ends in the middle of a value at 5 (cut)\n", "[\n\nfault the input ends in the middle of a value at 5 (cut)\n" },
	{ "", "", "fault the input ends in the middle of a value at 0 (cut)\n" },
	{ " \n ", "", "fault the input ends in the middle of a value at 3 (cut)\n" },
	{ "01", "\nfault not a number at 0\n", "\nfault not a number at 0\n" },
	{ "[-]", "[\n\nfault not a number at 1\n", "[\n\nfault not a number at 1\n" },
	{ "truth", "\nfault expected a value at 0\n", "\nfault expected a value at 0\n" },
};

static void
check_walk(struct json *json, const char *want, const char *what)
{
	struct buf log = { 0 };

	walk(json, &log);
	is_text(buf_str(&log).at, want, what);
	buf_fini(&log);
}

static void
test_walks(void)
{
	for (size_t i = 0; i < sizeof walks / sizeof *walks; i++) {
		struct json json;

		json_init_memory(&json, str_of(walks[i].text), 0, JSON_LOAD);
		check_walk(&json, walks[i].load, "a text in load mode");
		json_fini(&json);
		json_init_memory(&json, str_of(walks[i].text), 0, JSON_STRICT);
		check_walk(&json, walks[i].strict, "a text in strict mode");
		json_fini(&json);
	}
}

static void
test_integers(void)
{
	static const struct { const char *text; bool fits; int64_t value; bool ufits; uint64_t uvalue; } rows[] = {
		{ "1700000000000000001", true, 1700000000000000001, true, 1700000000000000001u },
		{ "\"1700000000000000001\"", true, 1700000000000000001, true, 1700000000000000001u },
		{ "9223372036854775807", true, INT64_MAX, true, INT64_MAX },
		{ "9223372036854775808", false, 0, true, (uint64_t)INT64_MAX + 1 },
		{ "-9223372036854775808", true, INT64_MIN, false, 0 },
		{ "-9223372036854775809", false, 0, false, 0 },
		{ "18446744073709551615", false, 0, true, UINT64_MAX },
		{ "18446744073709551616", false, 0, false, 0 },
		{ "1.7e18", true, 1700000000000000000, true, 1700000000000000000u },
		{ "\"2.50e1\"", true, 25, true, 25 },
		{ "1.5", false, 0, false, 0 },
		{ "1e300", false, 0, false, 0 },
		{ "-0", true, 0, true, 0 },
		{ "NaN", false, 0, false, 0 },
		{ "\"Infinity\"", false, 0, false, 0 },
		{ "\"\"", false, 0, false, 0 },
		{ "\"12x\"", false, 0, false, 0 },
		{ "\" 12\"", false, 0, false, 0 },
		{ "null", false, 0, false, 0 },
		{ "[1]", false, 0, false, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct json json;
		int64_t value = 0;
		uint64_t uvalue = 0;

		json_init_memory(&json, str_of(rows[i].text), 0, JSON_LOAD);
		json_next(&json);
		ok(json_int64(&json, &value) == rows[i].fits && value == rows[i].value, "%s as int64", rows[i].text);
		ok(!json.fault && json.at == json.end, "%s is consumed", rows[i].text);
		json_reset_memory(&json, str_of(rows[i].text), 0);
		json_next(&json);
		ok(json_uint64(&json, &uvalue) == rows[i].ufits && uvalue == rows[i].uvalue, "%s as uint64", rows[i].text);
		json_fini(&json);
	}
}

/* Whether the suite's text is taken by strict mode, once read and once skipped; both must agree. */
static bool
strict_takes(struct str text)
{
	struct json json;
	struct buf log = { 0 };
	bool read, skipped;

	json_init_memory(&json, text, 0, JSON_STRICT);
	walk(&json, &log);
	read = !json.fault;
	json_reset_memory(&json, text, 0);
	while (json_next(&json))
		json_skip(&json);
	skipped = !json.fault;
	if (read != skipped)
		ok(false, "reading and skipping agree");
	json_fini(&json);
	buf_fini(&log);
	return read;
}

static void
test_suite(const char *corpus)
{
	char *folder = xasprintf("%s/json-suite", corpus);
	struct names names = { 0 };
	struct buf text = { 0 };
	size_t counts[3] = { 0 };

	folder_list(folder, "", &names);
	for (size_t i = 0; i < names.len; i++) {
		const char *name = strrchr(names.at[i], '/') + 1;
		bool takes;

		if (!file_read(names.at[i], &text))
			continue;
		takes = strict_takes(buf_str(&text));
		if (name[0] == 'y' && name[1] == '_' && ++counts[0])
			ok(takes, "%s is taken", name);
		else if (name[0] == 'n' && name[1] == '_' && ++counts[1])
			ok(!takes, "%s is refused", name);
		else
			counts[2]++;
	}
	ok(counts[0] >= 90 && counts[1] >= 180 && counts[2] >= 30, "the suite is there: %zu y_, %zu n_, %zu i_", counts[0], counts[1], counts[2]);
	names_free(&names);
	buf_fini(&text);
	free(folder);
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Text of the bytes that matter to skipping, more often nested than not. */
static void
noise(struct buf *out, uint32_t *seed, size_t len)
{
	static const char pick[] = "[[{{]]}}\"\"\"\\\\\\,: a1b\n";

	buf_clear(out);
	buf_addc(out, next_random(seed) % 2 ? '[' : '{');
	while (out->len < len)
		buf_addc(out, pick[next_random(seed) % (sizeof pick - 1)]);
}

/* Skips the container at the start byte by byte: what the kernels are compared with. */
static void
skip_slowly(struct str text, struct json_nest *nest, const char **at, enum json_nest_result *result)
{
	bool string = false;

	*result = NEST_MORE;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		*at = text.at + i;
		if (nest->escaped && (c == '\\' || c == '"')) {
			nest->escaped = 0;
			continue;
		}
		nest->escaped = c == '\\';
		if (c == '"')
			string = !string;
		else if (string && c == '\n') {
			*result = NEST_BROKEN;
			return;
		} else if (!string && (c == '[' || c == '{')) {
			nest->depth++;
			nest->curly += c == '{';
		} else if (!string && (c == ']' || c == '}')) {
			nest->curly -= c == '}';
			if (--nest->depth == 0) {
				++*at;
				*result = NEST_DONE;
				return;
			}
		}
	}
	*at = text.at + text.len;
}

static void
test_kernels(void)
{
	struct buf text = { 0 };
	uint32_t seed = 7;
	int wrong[JSON_KERNEL_COUNT] = { 0 }, done_count = 0, broken_count = 0;

	for (int round = 0; round < 20000; round++) {
		struct json_nest want = { 0 };
		const char *want_at;
		enum json_nest_result want_result;

		noise(&text, &seed, 64 * (1 + next_random(&seed) % 6));
		skip_slowly(buf_str(&text), &want, &want_at, &want_result);
		done_count += want_result == NEST_DONE;
		broken_count += want_result == NEST_BROKEN;
		for (enum json_kernel kernel = 0; kernel < JSON_KERNEL_COUNT; kernel++) {
			struct json_nest nest = { 0 };
			const char *at = text.at;
			enum json_nest_result result;

			if (!json_kernel_works(kernel))
				continue;
			result = json_nest_scan(kernel, &nest, &at, text.at + text.len);
			wrong[kernel] += result != want_result || at != want_at || nest.depth != want.depth ||
			                 (result != NEST_BROKEN && nest.curly != want.curly);
		}
	}
	ok(done_count > 1000 && broken_count > 1000, "the noise ends in every way: %d closed, %d broken", done_count, broken_count);
	for (enum json_kernel kernel = 0; kernel < JSON_KERNEL_COUNT; kernel++) {
		if (json_kernel_works(kernel))
			is_int(wrong[kernel], 0, "a kernel skips as the byte loop does");
		else
			skip(1, "this machine lacks the instructions");
	}
	buf_fini(&text);
}

static void
test_scans(void)
{
	struct buf text = { 0 };
	uint32_t seed = 11;
	int wrong = 0;

	for (int round = 0; round < 5000; round++) {
		const char *at, *end, *want;

		buf_clear(&text);
		for (size_t len = next_random(&seed) % 80; text.len < len; )
			buf_addc(&text, next_random(&seed) % 40 ? 'a' + (char)(next_random(&seed) % 26) : (char)next_random(&seed));
		at = buf_str(&text).at;
		end = at + text.len;
		for (want = at; want < end && *want != '"' && *want != '\\' && (unsigned char)*want >= 0x20; )
			want++;
		wrong += json_scan_string(at, end) != want;
		for (size_t i = 0; i < text.len; i++)
			text.at[i] = next_random(&seed) % 30 ? " \n\r\t"[text.at[i] & 3] : text.at[i];
		for (want = at; want < end && strchr(" \n\r\t", *want) && *want; )
			want++;
		wrong += json_scan_blank(at, end) != want;
	}
	is_int(wrong, 0, "strings and blanks end where the byte loop says");
	buf_fini(&text);
}

static const char *
skip_result(const char *text, enum json_mode mode, char *out, size_t size)
{
	struct json json;

	json_init_memory(&json, str_of(text), 0, mode);
	if (json_next(&json))
		json_skip(&json);
	snprintf(out, size, "%s%s%zu", json.fault ? json.fault : "", json.fault ? " " : "",
	         json.fault ? (size_t)json.fault_at : (size_t)(json.at - json.begin));
	json_fini(&json);
	return out;
}

static void
test_skips(void)
{
	char out[128];

	is_text(skip_result("[{\"a\":\"]\\\"]\"},2] x", JSON_LOAD, out, sizeof out), "16", "brackets in strings do not count");
	is_text(skip_result("[{]}", JSON_LOAD, out, sizeof out), "4", "crossed pairs pass, since only their numbers are compared");
	is_text(skip_result("[{]]", JSON_LOAD, out, sizeof out), "brackets that do not match 0", "a brace closed by the other kind");
	is_text(skip_result("[tru,1.2.3]", JSON_LOAD, out, sizeof out), "11", "load mode does not look at skipped words");
	is_text(skip_result("[tru]", JSON_STRICT, out, sizeof out), "expected a value 1", "strict mode does");
	is_text(skip_result("[\"a\nb\"]", JSON_LOAD, out, sizeof out), "a line break inside a string 3", "a line break in a skipped string");
	is_text(skip_result("\"a\\\"b\" ", JSON_LOAD, out, sizeof out), "6", "a string alone");
	is_text(skip_result("]", JSON_LOAD, out, sizeof out), "expected a value 0", "nothing to skip");
}

static void
test_depth(void)
{
	struct buf text = { 0 };
	struct json json;
	size_t levels = 200000;

	for (size_t i = 0; i < levels; i++)
		buf_addc(&text, '[');
	for (size_t i = 0; i < levels; i++)
		buf_addc(&text, ']');
	json_init_memory(&json, buf_str(&text), 0, JSON_LOAD);
	ok(json_next(&json) && json_skip(&json) && json.at == json.end, "200,000 levels are skipped");
	json_reset_memory(&json, buf_str(&text), 0);
	json.mode = JSON_STRICT;
	ok(json_next(&json) && json_skip(&json) && json.at == json.end, "200,000 levels are checked");
	buf_clear(&text);
	for (size_t i = 0; i < JSON_DEPTH_MAX + 1000; i++)
		buf_addc(&text, '[');
	for (enum json_mode mode = JSON_LOAD; mode <= JSON_STRICT; mode++) {
		json_reset_memory(&json, buf_str(&text), 0);
		json.mode = mode;
		json_next(&json);
		ok(!json_skip(&json) && (mode == JSON_LOAD || strcmp(json.fault, "nested too deeply") == 0), "too many levels are a fault");
	}
	json_fini(&json);
	buf_fini(&text);
}

static void
test_window(struct str text, const char *what)
{
	struct buf want = { 0 }, got = { 0 };
	struct json json;
	bool same = true, skips = true;

	for (enum json_mode mode = JSON_LOAD; mode <= JSON_STRICT; mode++) {
		uint64_t want_at;
		const char *want_fault;

		buf_clear(&want);
		{
			/* The same way of reading numbers as from a window that moves. */
			struct window all;

			window_open(&all, text, text.len + 1);
			json_init(&json, &all.in, mode);
			walk(&json, &want);
			json_fini(&json);
			window_close(&all);
		}
		json_init_memory(&json, text, 0, mode);
		while (json_next(&json))
			json_skip(&json);
		want_fault = json.fault;
		want_at = json.fault ? json.fault_at : json_offset(&json);
		json_fini(&json);
		for (size_t step = 1; step <= 7; step++) {
			struct window window;

			buf_clear(&got);
			window_open(&window, text, step);
			json_init(&json, &window.in, mode);
			walk(&json, &got);
			same = same && str_equal(buf_str(&got), buf_str(&want));
			json_fini(&json);
			window_close(&window);

			window_open(&window, text, step);
			json_init(&json, &window.in, mode);
			while (json_next(&json))
				json_skip(&json);
			skips = skips && json.fault == want_fault && (json.fault ? json.fault_at : json_offset(&json)) == want_at;
			json_fini(&json);
			window_close(&window);
		}
	}
	if (!same || !skips)
		ok(false, "%s: %s the same through windows that grow by 1 to 7 bytes", what, same ? "skipped" : "read");
	buf_fini(&want);
	buf_fini(&got);
}

static void
test_windows(const char *corpus)
{
	struct buf text = { 0 };
	uint32_t seed = 3;
	int before = tap_failed;

	for (size_t i = 0; i < sizeof walks / sizeof *walks; i++)
		test_window(str_of(walks[i].text), walks[i].text);
	for (int i = 0; i < 300; i++) {
		noise(&text, &seed, 150);
		test_window(buf_str(&text), "noise");
	}
	ok(tap_failed == before, "windows do not change what is read from own texts");
	if (corpus) {
		static const char *const folders[] = { "json-suite", "otlp-json", "zipkin", "speedscope", "nested-set" };
		struct names names = { 0 };

		before = tap_failed;
		for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
			char *folder = xasprintf("%s/%s", corpus, folders[i]);

			folder_list(folder, ".json", &names);
			free(folder);
		}
		for (size_t i = 0; i < names.len; i++)
			if (file_read(names.at[i], &text) && text.len < 60000)
				test_window(buf_str(&text), names.at[i]);
		ok(tap_failed == before, "windows do not change what is read from the corpus");
		names_free(&names);
	} else {
		skip(1, "no corpus");
	}
	buf_fini(&text);
}

/* Reads an array of arrays of numbers and sums what can be had of a broken one. */
static const char *
recovered(struct json *json, char *out, size_t size)
{
	int64_t value, sum = 0, inner_faults = 0, outer_faults = 0;

	json->line_framed = true;
	while (json_next(json) || json->fault) {
		if (json->fault) {
			outer_faults++;
			json_resume(json);
			continue;
		}
		if (!json_array(json))
			continue;
		for (uint32_t depth = json->depth; ; ) {
			while (json_element(json)) {
				if (!json_array(json))
					continue;
				while (json_element(json))
					if (json_int64(json, &value))
						sum += value;
			}
			if (!json->fault || !json_recover(json, depth))
				break;
			inner_faults++;
		}
	}
	snprintf(out, size, "sum %d, %d inner, %d outer", (int)sum, (int)inner_faults, (int)outer_faults);
	return out;
}

static void
test_recovery(void)
{
	static const struct { const char *text, *want; } rows[] = {
		{ "[[1],[2],[4]]", "sum 7, 0 inner, 0 outer" },
		{ "[[1],[2 3],[4]]", "sum 7, 1 inner, 0 outer" },
		{ "[[1],[2,\"a\\x\"],[4]]", "sum 7, 1 inner, 0 outer" },
		{ "[[1],,[4]]", "sum 5, 1 inner, 0 outer" },
		{ "[[1] [2],[4]]", "sum 5, 1 inner, 0 outer" },
		{ "[[1],[2],]", "sum 3, 1 inner, 0 outer" },
		{ "[[1],[2,\"abc\n],[4]]", "sum 7, 1 inner, 0 outer" },
		{ "[[1],[\"a\"b\"c],[4]]", "sum 5, 1 inner, 0 outer" },
		{ "[[      1],[2\n[[      4]]\n[[      8]]", "sum 15, 0 inner, 1 outer" },
		{ "[[      1],[2,\"x\n[[      4]]\n[[      8]]", "sum 15, 0 inner, 1 outer" },
		{ "[[      1],[2,\n[[      4]]\n[[      8]]", "sum 15, 0 inner, 1 outer" },
		{ "[[1],[2}],[4]]\n[[8]]", "sum 11, 1 inner, 1 outer" },
		{ "]\n[[8]]", "sum 8, 0 inner, 1 outer" },
		{ "[[1],[2", "sum 3, 0 inner, 1 outer" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct json json;
		char out[80];

		json_init_memory(&json, str_of(rows[i].text), 0, JSON_LOAD);
		is_text(recovered(&json, out, sizeof out), rows[i].want, rows[i].text);
		json_fini(&json);
		for (size_t step = 1; step <= 7; step++) {
			struct window window;

			window_open(&window, str_of(rows[i].text), step);
			json_init(&json, &window.in, JSON_LOAD);
			is_text(recovered(&json, out, sizeof out), rows[i].want, "the same through a window");
			json_fini(&json);
			window_close(&window);
		}
	}
}

static void
test_mark(void)
{
	static const char text[] = "{\"a\":[1,{\"b\":2}],\"c\":3}";

	for (size_t step = 1; step <= sizeof text; step++) {
		struct window window;
		struct json json;
		struct str key = { 0 };
		struct json_mark mark;
		int64_t value = 0;

		window_open(&window, STR(text), step);
		json_init(&json, &window.in, JSON_LOAD);
		ok(json_next(&json) && json_object(&json) && json_key(&json, &key) && str_equal(key, STR("a")), "the first key");
		mark = json_mark(&json);
		json_skip(&json);
		ok(json_key(&json, &key) && str_equal(key, STR("c")) && json_int64(&json, &value) && value == 3, "looked ahead");
		ok(!json_key(&json, &key) && !json.fault, "to the end");
		json_rewind(&json, mark);
		ok(json_array(&json) && json_element(&json) && json_int64(&json, &value) && value == 1, "and back again");
		json_fini(&json);
		window_close(&window);
	}
}

int
main(void)
{
	const char *corpus = corpus_path();

	test_walks();
	test_integers();
	test_kernels();
	test_scans();
	test_skips();
	test_depth();
	test_recovery();
	test_mark();
	test_windows(corpus);
	if (corpus)
		test_suite(corpus);
	else
		skip(1, "no corpus");
	return done();
}

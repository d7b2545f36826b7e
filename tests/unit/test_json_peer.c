/* SPDX-License-Identifier: MIT
 * The scanner beside cJSON: where strict mode and cJSON both take a text they must say the same;
 * where only one takes it, the reason must be in the table of differences. */
#include "config.h"

#include "load/json.h"

#include <cJSON.h>

#include "tests/tap.h"
#include "tests/unit/files.h"
#include "tests/unit/json_walk.h"

/* What tells a difference: our fault, or a mark in the text that cJSON stumbles over. */
static const struct difference {
	const char *name, *example;
	bool        ours_takes;
	const char *fault;     /* ours, when only cJSON takes the text */
	const char *mark;      /* in the text, when only ours does; NULL: deep nesting */
} differences[] = {
	{ "control characters in strings", "\"a\tb\"", false, "a control character inside a string", NULL },
	{ "line breaks in strings", "\"a\nb\"", false, "a line break inside a string", NULL },
	{ "numbers out of grammar", "[01]", false, "not a number", NULL },
	{ "control characters as blanks before a value", "[\f1]", false, "expected a value", NULL },
	{ "control characters as blanks before a comma", "[1\f]", false, "expected ',' or ']'", NULL },
	{ "control characters as blanks before a member", "{\f\"a\":1}", false, "expected a key in quotes", NULL },
	{ "control characters as blanks behind a member", "{\"a\":1\f}", false, "expected ',' or '}'", NULL },
	{ "control characters as blanks before a colon", "{\"a\"\f:1}", false, "expected ':'", NULL },
	{ "control characters as blanks at the end", "[1]\f", false, "something follows the value", NULL },
	{ "a byte order mark", "\xef\xbb\xbf[1]", false, "expected a value", NULL },
	{ "escapes that have not four hex digits", "\"\\u0:e9\"", false, "\\u without four hex digits", NULL },
	{ "lone surrogates", "\"\\ud800\"", true, NULL, "\\u" },
	{ "nesting beyond 1000", NULL, true, NULL, NULL },
};

static char *deep;    /* the example of deep nesting */

static size_t
nesting(struct str text)
{
	size_t depth = 0, most = 0;

	for (size_t i = 0; i < text.len; i++) {
		depth += text.at[i] == '[' || text.at[i] == '{';
		most = depth > most ? depth : most;
		depth -= depth && (text.at[i] == ']' || text.at[i] == '}');
	}
	return most;
}

static bool
explains(const struct difference *row, bool ours_takes, const char *fault, struct str text)
{
	if (row->ours_takes != ours_takes)
		return false;
	if (!ours_takes)
		return strcmp(row->fault, fault) == 0;
	return row->mark ? memmem(text.at, text.len, row->mark, strlen(row->mark)) != NULL : nesting(text) > 1000;
}

/* The same log as walk(), from cJSON's tree. */
static void
walk_peer(const cJSON *root, struct buf *log)
{
	struct { VEC(const cJSON *); } open = { 0 };
	const cJSON *item = root;

	while (item) {
		if (open.len && cJSON_IsObject(vec_last(&open)))
			buf_addf(log, "key %zu %s\n", strlen(item->string), item->string);
		if (cJSON_IsObject(item) || cJSON_IsArray(item)) {
			buf_addf(log, "%c\n", cJSON_IsObject(item) ? '{' : '[');
			vec_push(&open, item);
			if (item->child) {
				item = item->child;
				continue;
			}
			buf_addf(log, "end\n");
			(void)vec_pop(&open);
		} else if (cJSON_IsString(item)) {
			buf_addf(log, "string %zu %s\n", strlen(item->valuestring), item->valuestring);
		} else if (cJSON_IsNumber(item)) {
			buf_addf(log, "number %.17g\n", item->valuedouble);
		} else if (cJSON_IsBool(item)) {
			buf_addf(log, "bool %d\n", cJSON_IsTrue(item));
		} else {
			buf_addf(log, "other\n");
		}
		while (open.len && !item->next) {
			buf_addf(log, "end\n");
			item = vec_pop(&open);
		}
		item = open.len ? item->next : NULL;
	}
	vec_fini(&open);
}

static unsigned both, neither, explained[sizeof differences / sizeof *differences];

/* Compares one text; false with a diagnosis when the two disagree for no known reason. */
static bool
compare(struct str text, const char *what)
{
	char *copy = xstrndup(text.at, text.len);    /* a NUL at the end tells cJSON where the text ends */
	cJSON *tree = cJSON_ParseWithLengthOpts(copy, text.len + 1, NULL, true);
	struct buf ours = { 0 }, peers = { 0 };
	struct json json;
	bool fine = true;

	json_init_memory(&json, text, 0, JSON_STRICT);
	walk(&json, &ours);
	if (tree && !json.fault) {
		both++;
		walk_peer(tree, &peers);
		/* cJSON's strings end at a \u0000. */
		fine = str_equal(buf_str(&ours), buf_str(&peers)) || memmem(text.at, text.len, "\\u0000", 6);
		if (!fine)
			diag("%s: values differ", what);
	} else if (!tree && json.fault) {
		neither++;
	} else {
		size_t i = 0, count = sizeof differences / sizeof *differences;

		while (i < count && !explains(&differences[i], !tree, json.fault ? json.fault : "", text))
			i++;
		fine = i < count;
		if (fine)
			explained[i]++;
		else
			diag("%s: only %s takes it (%s at %d): %.*s", what, tree ? "cJSON" : "strict mode", json.fault ? json.fault : "",
			     (int)json.fault_at, (int)(text.len < 200 ? text.len : 200), text.at);
	}
	json_fini(&json);
	buf_fini(&ours);
	buf_fini(&peers);
	cJSON_Delete(tree);
	free(copy);
	return fine;
}

static void
test_table(void)
{
	for (size_t i = 0; i < sizeof differences / sizeof *differences; i++) {
		const struct difference *row = &differences[i];
		struct str text = str_of(row->example ? row->example : deep);
		cJSON *tree = cJSON_ParseWithLengthOpts(text.at, text.len + 1, NULL, true);
		struct json json;

		json_init_memory(&json, text, 0, JSON_STRICT);
		if (json_next(&json))
			json_skip(&json);
		(void)json_next(&json);
		if (row->ours_takes)
			ok(!tree && !json.fault, "only strict mode takes: %s", row->name);
		else
			ok(tree && json.fault && strcmp(json.fault, row->fault) == 0, "only cJSON takes: %s", row->name);
		json_fini(&json);
		cJSON_Delete(tree);
	}
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static void
add_string(struct buf *out, uint32_t *seed)
{
	static const char *const parts[] = { "a", "key", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "\xc3\xa9", "\xff", "{", "]", "," };

	buf_addc(out, '"');
	for (uint32_t n = next_random(seed) % 12; n; n--)
		buf_add(out, str_of(parts[next_random(seed) % 12]));
	buf_addc(out, '"');
}

static void
add_number(struct buf *out, uint32_t *seed)
{
	static const char *const numbers[] = { "0", "-0", "1.5", "-2e3", "1E-7", "123456789012345678901234567890", "9007199254740993",
	                                       "1700000000000000001", "0.1", "1e400", "4.9e-324", "2.2250738585072011e-308" };

	if (next_random(seed) % 2)
		buf_add(out, str_of(numbers[next_random(seed) % 12]));
	else
		buf_addf(out, "%d.%u", (int)(next_random(seed) % 2000) - 1000, next_random(seed));
}

static void
add_blank(struct buf *out, uint32_t *seed)
{
	static const char *const blanks[] = { "", "", "", " ", "\n", "\t", "\r\n", "                    " };

	buf_add(out, str_of(blanks[next_random(seed) % 8]));
}

/* A random document, iteratively: open containers are kept as a string of their brackets. */
static void
generate(struct buf *out, uint32_t *seed)
{
	struct buf open = { 0 };
	uint32_t budget = 1 + next_random(seed) % 60;

	buf_clear(out);
	do {
		uint32_t what = next_random(seed) % 10;

		if (open.len && vec_last(&open) == '{') {
			add_string(out, seed);
			add_blank(out, seed);
			buf_addc(out, ':');
			add_blank(out, seed);
		}
		if (what < 4 && budget > 1) {
			char bracket = what < 2 ? '[' : '{';

			buf_addc(out, bracket);
			add_blank(out, seed);
			if (next_random(seed) % 8) {
				buf_addc(&open, bracket);
				budget--;
				continue;
			}
			buf_addc(out, bracket == '[' ? ']' : '}');
		} else if (what < 7) {
			add_string(out, seed);
		} else if (what < 9) {
			add_number(out, seed);
		} else {
			static const char *const words[] = { "true", "false", "null" };

			buf_add(out, str_of(words[next_random(seed) % 3]));
		}
		budget -= budget > 0;
		add_blank(out, seed);
		while (open.len && (budget == 0 || next_random(seed) % 4 == 0)) {
			buf_addc(out, vec_pop(&open) == '[' ? ']' : '}');
			add_blank(out, seed);
		}
		if (open.len) {
			buf_addc(out, ',');
			add_blank(out, seed);
		}
	} while (open.len);
	buf_fini(&open);
}

static void
test_generated(void)
{
	struct buf text = { 0 };
	uint32_t seed = 17;
	int wrong = 0;

	both = neither = 0;
	for (int i = 0; i < 3000; i++) {
		generate(&text, &seed);
		wrong += !compare(buf_str(&text), "a generated document");
	}
	ok(wrong == 0 && both == 3000, "generated documents: %u read alike", both);
	both = neither = 0;
	for (int i = 0; i < 30000 && wrong < 5; i++) {
		static const char bytes[] = "\"\\{}[],:0123456789-+.eE \n\ttrufalsn\x01\xff";

		generate(&text, &seed);
		text.at[next_random(&seed) % text.len] = bytes[next_random(&seed) % (sizeof bytes - 1)];
		wrong += !compare(buf_str(&text), "a changed document");
	}
	ok(wrong == 0 && both > 5000 && neither > 5000, "one byte changed: %u read alike, %u refused alike", both, neither);
	buf_fini(&text);
}

static void
test_corpus(const char *corpus)
{
	static const char *const folders[] = {
		"otlp-json", "jaeger", "zipkin", "chrome-trace", "speedscope", "cpuprofile", "heapprofile", "nested-set", "flamebearer",
		"gecko", "stackprof", "pyinstrument", "json-suite", "broken",
	};
	static const char *const suffixes[] = { ".json", ".cpuprofile", ".heapprofile" };
	struct names names = { 0 };
	struct buf text = { 0 };
	int wrong = 0;

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		char *folder = xasprintf("%s/%s", corpus, folders[i]);

		for (size_t j = 0; j < sizeof suffixes / sizeof *suffixes; j++)
			folder_list(folder, suffixes[j], &names);
		free(folder);
	}
	both = neither = 0;
	for (size_t i = 0; i < names.len; i++)
		if (file_read(names.at[i], &text))
			wrong += !compare(buf_str(&text), strrchr(names.at[i], '/') + 1);
	ok(wrong == 0 && both > 100, "all JSON of the corpus: %u files read alike, %u refused alike", both, neither);
	names_free(&names);
	buf_fini(&text);
}

int
main(void)
{
	const char *corpus = corpus_path();

	walk_whole = false;
	deep = xmalloc(2403);
	memset(deep, '[', 1201);
	memset(deep + 1201, ']', 1201);
	deep[2402] = '\0';
	test_table();
	test_generated();
	if (corpus)
		test_corpus(corpus);
	else
		skip(1, "no corpus");
	for (size_t i = 0; i < sizeof differences / sizeof *differences; i++)
		diag("%u: %s", explained[i], differences[i].name);
	free(deep);
	return done();
}

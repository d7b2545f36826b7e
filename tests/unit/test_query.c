/* SPDX-License-Identifier: MIT
 * The query language: each case of tests/data/query/cases.txt is a query and the spans that it finds, or the byte that is wrong. */
#include "config.h"

#include "analysis/query.h"

#include <inttypes.h>

#include "load/attr.h"
#include "load/load.h"
#include "tests/make.h"
#include "tests/tap.h"
#include "tests/unit/files.h"
#include "util/instant.h"

static void
list_spans(const struct dataset *ds, const uint64_t *bits, struct buf *out)
{
	for (span_id span = 0; span < ds->spans.count; span++)
		if (bits[span / 64] >> (span % 64) & 1)
			buf_addf(out, "%s%" PRIx64, out->len ? " " : "", ds->spans.id[span]);
	if (!out->len)
		buf_addc(out, '-');
}

static void
answer(struct build_cache *cache, struct str text, struct buf *out)
{
	struct error err = { 0 };
	struct query *query = query_parse(text, &err);

	buf_clear(out);
	if (query) {
		uint64_t *bits = query_eval(query, cache, NULL, NULL);
		list_spans(build_cache_dataset(cache), bits, out);
		free(bits);
	} else {
		buf_addf(out, "error %" PRIu64, err.byte);
	}
	query_free(query);
}

static void
test_cases(struct build_cache *cache, const char *top)
{
	char *path = xasprintf("%s/tests/data/query/cases.txt", top);
	struct buf text = { 0 }, got = { 0 };
	int cases = 0;

	ok(file_read(path, &text), "the cases are read");
	for (char *line = strtok(text.at, "\n"); line; line = strtok(NULL, "\n")) {
		char *want = strrchr(line, '\t');
		if (*line == '#' || !want)
			continue;
		*want++ = '\0';
		answer(cache, str_of(line), &got);
		is_text(got.at, want, line);
		cases++;
	}
	ok(cases >= 150, "%d cases", cases);
	buf_fini(&text);
	buf_fini(&got);
	free(path);
}

/* A long chain, which must neither recurse nor be taken. */
static void
test_limits(struct build_cache *cache)
{
	struct buf text = { 0 }, got = { 0 };
	struct error err = { 0 };

	answer(cache, STR(""), &got);
	is_text(got.at, "error 0", "an empty query is none");
	answer(cache, (struct str){ "G\0t", 3 }, &got);
	is_text(got.at, "-", "a zero byte is a character");
	for (int i = 0; i < QUERY_NODES_MAX; i++)
		buf_add(&text, STR("("));
	buf_add(&text, STR("Get"));
	for (int i = 0; i < QUERY_NODES_MAX; i++)
		buf_add(&text, STR(")"));
	answer(cache, buf_str(&text), &got);
	is_text(got.at, "12 22 32", "as many parentheses as there may be");
	buf_clear(&text);
	for (int i = 0; i <= QUERY_NODES_MAX; i++)
		buf_add(&text, STR("("));
	ok(!query_parse(buf_str(&text), &err) && err.code == ERROR_USAGE && err.byte == QUERY_NODES_MAX, "and one more");
	buf_clear(&text);
	for (int i = 0; i < QUERY_NODES_MAX; i++)
		buf_add(&text, i ? STR(" OR Get") : STR("Get"));
	ok(!query_parse(buf_str(&text), &err) && err.code == ERROR_USAGE, "too many conditions");
	buf_clear(&text);
	while (text.len <= QUERY_BYTES_MAX)
		buf_addc(&text, 'x');
	ok(!query_parse(buf_str(&text), &err) && err.code == ERROR_USAGE, "too long a text");
	buf_fini(&text);
	buf_fini(&got);
}

/* Percentiles are of the list: of the second trace there. */
static void
test_list(struct build_cache *cache)
{
	struct query *query = query_parse(STR("trace.spans >= p50 AND duration >= p99"), NULL);
	uint64_t second = 1 << 1;
	struct buf got = { 0 };
	uint64_t *bits = query_eval(query, cache, &second, NULL);

	list_spans(build_cache_dataset(cache), bits, &got);
	is_text(got.at, "21", "percentiles of a list of one trace");
	free(bits);
	query_free(query);
	query = query_parse(STR("duration > p50 OR duration <= p50"), NULL);
	uint64_t none = 0;
	bits = query_eval(query, cache, &none, NULL);
	buf_clear(&got);
	list_spans(build_cache_dataset(cache), bits, &got);
	is_text(got.at, "-", "an empty list has no percentiles");
	free(bits);
	query_free(query);
	buf_fini(&got);
}

static void
test_stop(struct build_cache *cache)
{
	struct query *query = query_parse(STR("NOT (name = Get AND http.method = GET)"), NULL);
	struct job job = { .wish = JOB_DROP };

	ok(!query_eval(query, cache, NULL, &job), "a query can be stopped");
	ok(query_reads_input(query), "attributes are read from the input");
	query_free(query);
}

static void
test_quotes(void)
{
	static const char *const texts[] = { "plain", "error", "trace.spans", "", "GET /cart", "a\"b", "a\\", "\\\"", "C:\\tmp\\a", "and", "=x", "a=b", "(a)", "a)", "\\\\", "\xc3\xa9" };
	struct buf text = { 0 }, name = { 0 };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct dataset *ds = make_dataset();
		make_span(ds, "s", texts[i], 1, 0, 0, 1);
		make_span(ds, "s", "other", 2, 0, 0, 1);
		dataset_seal(ds);
		struct build_cache *cache = build_cache_new(ds, NULL);
		buf_clear(&text);
		buf_add(&text, STR("name = "));
		query_quote(str_of(texts[i]), &text);
		answer(cache, buf_str(&text), &name);
		is_text(name.at, "1", text.at);
		buf_clear(&text);
		query_quote_name(str_of(texts[i]), &text);
		answer(cache, buf_str(&text), &name);
		is_text(name.at, "1", text.at);
		buf_clear(&text);
		query_quote_attribute(str_of(texts[i]), &text);
		buf_add(&text, STR(" exists"));
		answer(cache, buf_str(&text), &name);
		is_text(name.at, "-", text.at);
		build_cache_free(cache);
		dataset_free(ds);
	}
	buf_fini(&text);
	buf_fini(&name);
}

/* A text up to where one types, with the place, the word's start and the field as they should be found. */
static const struct { const char *text; enum query_place place; size_t from; const char *field; } spots[] = {
	{ "", QUERY_OPERAND, 0, NULL },
	{ "du", QUERY_OPERAND, 0, NULL },
	{ "duration ", QUERY_OPERATOR, 9, NULL },
	{ "duration >", QUERY_VALUE, 10, "duration" },
	{ "service = ", QUERY_VALUE, 10, "service" },
	{ "service = ca", QUERY_VALUE, 10, "service" },
	{ "service = \"mail w", QUERY_VALUE, 10, "service" },
	{ "\"http.method\" = G", QUERY_VALUE, 16, "http.method" },
	{ "service = cart ", QUERY_JOIN, 15, NULL },
	{ "service = cart A", QUERY_JOIN, 15, NULL },
	{ "service = cart AND ", QUERY_OPERAND, 19, NULL },
	{ "service = cart AND NOT (st", QUERY_OPERAND, 24, NULL },
	{ "service exists", QUERY_OPERATOR, 8, NULL },
	{ "service exists ", QUERY_JOIN, 15, NULL },
	{ "(Get) ", QUERY_JOIN, 6, NULL },
	{ "a = b OR c ~ x(", QUERY_VALUE, 13, "c" },
};

static void
test_spots(void)
{
	struct buf scratch = { 0 };

	for (size_t i = 0; i < sizeof spots / sizeof *spots; i++) {
		struct query_spot spot = query_spot(str_of(spots[i].text), &scratch);
		ok(spot.place == spots[i].place && spot.from == spots[i].from, "what belongs behind: %s", spots[i].text);
		if (spots[i].field)
			ok(str_equal(spot.field, str_of(spots[i].field)), "of which field: %s", spots[i].text);
	}
	buf_fini(&scratch);
}

static const struct { const char *text; int64_t start, want; bool fine; } instants[] = {
	{ "1970-01-01T00:00:00Z", 0, 0, true },
	{ "1969-12-31T23:59:59.999999999Z", 0, -1, true },
	{ "2000-02-29t12:30:15.25+02:00", 0, INT64_C(951820215250000000), true },
	{ "2001-02-29T00:00:00Z", 0, 0, false },
	{ "2026-01-01T00:00:00", 0, 0, false },
	{ "2026-01-01T00:00:00.Z", 0, 0, false },
	{ "2026-01-01T24:00:00Z", 0, 0, false },
	{ "2026-01-01T00:00:00Z ", 0, 0, false },
	{ "1.5s", 7, 1500000007, true },
	{ "-2 ms", 0, -2000000, true },
	{ "0s", INT64_MAX, INT64_MAX, true },
	{ "1ns", INT64_MAX, 0, false },
	{ "1e30h", 0, 0, false },
	{ "5", 0, 0, false },
	{ "s", 0, 0, false },
	{ "", 0, 0, false },
};

static void
test_instants(void)
{
	for (size_t i = 0; i < sizeof instants / sizeof *instants; i++) {
		int64_t got = 0;
		bool fine = instant_parse_from(str_of(instants[i].text), instants[i].start, &got);
		ok(fine == instants[i].fine && (!fine || got == instants[i].want), "a moment: %s", instants[i].text);
	}
	static const int64_t moments[] = { 0, -1, 1, INT64_MIN, INT64_MAX, INT64_C(951820215250000000), INT64_C(951782400000000000), -INT64_C(2203891200000000001) };
	struct buf text = { 0 };
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		int64_t got = 7;
		buf_clear(&text);
		instant_format(moments[i], &text);
		ok(instant_parse(buf_str(&text), &got) && got == moments[i], "there and back: %s", text.at);
	}
	buf_fini(&text);
}

/* What was asked of traces stands when the file is a profile by the time that it is read again. */
static void
test_without_spans(void)
{
	struct dataset *ds = make_dataset();
	struct buf got = { 0 };

	dataset_seal(ds);
	struct build_cache *cache = build_cache_new(ds, NULL);
	answer(cache, STR("duration > 1ms OR start > 1s OR depth > 1 OR trace.spans > 1"), &got);
	is_text(got.at, "-", "where there are no spans none is found");
	buf_fini(&got);
	build_cache_free(cache);
	dataset_free(ds);
}

int
main(void)
{
	const char *top = getenv("top_srcdir") ? getenv("top_srcdir") : ".";
	char *path = xasprintf("%s/tests/data/query/shop.json", top);
	struct error err = { 0 };
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ 0 }, &err);

	free(path);
	if (!ok(ds, "the spans are read"))
		return done();
	struct build_cache *cache = build_cache_new(ds, &attr_reader);
	test_stop(cache);
	test_cases(cache, top);
	test_limits(cache);
	test_list(cache);
	test_quotes();
	test_spots();
	test_instants();
	test_without_spans();
	build_cache_free(cache);
	dataset_free(ds);
	return done();
}

/* SPDX-License-Identifier: MIT
 * Attribute columns: the values and their order in every form, and against the details of every span of every sample. */
#include "config.h"

#include "load/attr.h"

#include "load/chrome.h"
#include "load/detail.h"
#include "load/find.h"
#include "load/format.h"
#include "load/load.h"
#include "tests/tap.h"
#include "tests/unit/files.h"

enum { SPANS_COMPARED = 3000, KEYS_COMPARED = 12 };    /* of a file */

/* The values of a span, each with a bar before it. */
static void
column_values(const struct column *column, span_id span, struct buf *out)
{
	if (!column_has(column, span))
		return;
	buf_addc(out, '|');
	buf_add(out, strtab_get(column->strings, column->string[span]));
	for (uint32_t i = 0; i < column->more_count; i++)
		if (column->more[i].index == span) {
			buf_addc(out, '|');
			buf_add(out, strtab_get(column->strings, column->more[i].string));
		}
}

#define ATTRIBUTE(key, value) "{\"key\":\"" key "\",\"value\":" value "}"
#define SPAN(members) "{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"00f067aa0ba902b7\",\"name\":\"n\"," members "}"
#define OTHER_SPAN(members) "{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"01\",\"name\":\"n\"," members "}"
#define OTLP(span) \
	"{\"resourceSpans\":[{\"resource\":{\"attributes\":[" ATTRIBUTE("service.name", "{\"stringValue\":\"shop\"}") "," \
	ATTRIBUTE("k", "{\"intValue\":\"8\"}") "]},\"scopeSpans\":[{\"scope\":{\"name\":\"lib\",\"version\":\"2\",\"attributes\":[" \
	ATTRIBUTE("k", "{\"boolValue\":true}") "]},\"spans\":[" span "]}]}]}"
#define JAEGER(tags) \
	"{\"data\":[{\"traceID\":\"1\",\"spans\":[{\"traceID\":\"1\",\"spanID\":\"1\",\"operationName\":\"n\",\"startTime\":1,\"duration\":1," \
	"\"processID\":\"p1\",\"tags\":[" tags "],\"logs\":[{\"timestamp\":1,\"fields\":[{\"key\":\"event\",\"value\":\"k\"}," \
	"{\"key\":\"k\",\"type\":\"string\",\"value\":\"of log\"}]}]}],\"processes\":{\"p1\":{\"serviceName\":\"shop\",\"tags\":[" \
	"{\"key\":\"k\",\"type\":\"string\",\"value\":\"of process\"}]}}}]}"
#define ZIPKIN(members) "[{\"traceId\":\"1\",\"id\":\"1\",\"name\":\"n\",\"timestamp\":1,\"duration\":1,\"localEndpoint\":{\"serviceName\":\"shop\"}," \
	members "}]"
#define CHROME(args) "{\"traceEvents\":[{\"ph\":\"X\",\"name\":\"n\",\"ts\":1,\"dur\":5,\"pid\":1,\"tid\":1,\"args\":" args "}]}"

static const struct { const struct load_format *format; const char *what, *text, *key, *want; } rows[] = {
	{ &load_otlp_json, "own value, then scope, then resource", OTLP(SPAN("\"attributes\":[" ATTRIBUTE("k", "{\"stringValue\":\"v\"}") "]")), "k", "|v|true|8" },
	{ &load_otlp_json, "a key that is not there", OTLP(SPAN("\"attributes\":[]")), "kk", "" },
	{ &load_otlp_json, "events after the span's own, wherever they stand",
	  OTLP(SPAN("\"events\":[{\"name\":\"k\",\"attributes\":[" ATTRIBUTE("k", "{\"intValue\":2}") "]}],\"attributes\":["
	  ATTRIBUTE("k", "{\"intValue\":1}") "]")), "k", "|1|2|true|8" },
	{ &load_otlp_json, "repeated keys, the key behind the value too",
	  OTLP(SPAN("\"attributes\":[" ATTRIBUTE("j", "{\"intValue\":1}") ",{\"value\":{\"doubleValue\":0.5},\"key\":\"j\"},"
	  "{\"value\":{\"intValue\":7},\"key\":\"i\"}]")), "j", "|1|0.5" },
	{ &load_otlp_json, "arrays and maps as JSON",
	  OTLP(SPAN("\"attributes\":[" ATTRIBUTE("j", "{\"arrayValue\":{\"values\":[{\"intValue\":1},{\"stringValue\":\"a\"}]}}") "]")), "j", "|[1,\"a\"]" },
	{ &load_otlp_json, "an empty value is a value", OTLP(SPAN("\"attributes\":[" ATTRIBUTE("j", "{}") "]")), "j", "|" },
	{ &load_otlp_json, "a key written with \\u", OTLP(SPAN("\"attributes\":[" ATTRIBUTE("http.m\\u0065thod", "{\"stringValue\":\"GET\"}") "]")),
	  "http.method", "|GET" },
	{ &load_otlp_json, "a key with an escaped slash", OTLP(SPAN("\"attributes\":[" ATTRIBUTE("a\\/b", "{\"stringValue\":\"v\\n\"}") "]")), "a/b", "|v\n" },
	{ &load_otlp_json, "a key with a quote", OTLP(SPAN("\"attributes\":[" ATTRIBUTE("a\\\"b", "{\"stringValue\":\"v\"}") "]")), "a\"b", "|v" },
	{ &load_otlp_json, "the name of the scope", OTLP(SPAN("\"attributes\":[]")), "otel.scope.name", "|lib" },
	{ &load_otlp_json, "attributes of links are not the span's",
	  OTLP(SPAN("\"links\":[{\"attributes\":[" ATTRIBUTE("l", "{\"intValue\":3}") "]}]")), "l", "" },
	{ &load_otlp_json, "an empty key", OTLP(SPAN("\"attributes\":[" ATTRIBUTE("", "{\"intValue\":3}") "]")), "", "|3" },
	{ &load_jaeger, "tags, logs, process", JAEGER("{\"key\":\"k\",\"type\":\"int64\",\"value\":3}"), "k", "|3|of log|of process" },
	{ &load_jaeger, "the scope among the tags", JAEGER("{\"key\":\"otel.library.name\",\"type\":\"string\",\"value\":\"lib\"}"), "otel.scope.name", "|lib" },
	{ &load_jaeger, "the service of the process", JAEGER(""), "service.name", "|shop" },
	{ &load_zipkin, "tags", ZIPKIN("\"tags\":{\"http.path\":\"\\/x\",\"j\":\"1\"}"), "http.path", "|/x" },
	{ &load_zipkin, "the other side", ZIPKIN("\"remoteEndpoint\":{\"serviceName\":\"db\",\"ipv4\":\"10.0.0.1\"}"), "peer.service", "|db" },
	{ &load_chrome, "objects inside each other", CHROME("{\"data\":{\"url\":\"u\",\"n\":[1,2]}}"), "data.url", "|u" },
	{ &load_chrome, "a list", CHROME("{\"data\":{\"url\":\"u\",\"n\":[1,2]}}"), "data.n", "|[1,2]" },
	{ &load_chrome, "a dotted key", CHROME("{\"a.b\":1.5}"), "a.b", "|1.5" },
	{ &load_chrome, "args that are no object", CHROME("\"text\""), "args", "|text" },
};

static struct dataset *
dataset_of(const struct load_format *format, struct str text)
{
	struct input in = { .begin = text.at, .end = text.at + text.len, .last = true, .mapped = true };
	struct sink *sink = sink_new(STR("test"));
	struct dataset *ds;

	format->read(&in, sink);
	ds = sink_take(sink);
	sink_free(sink);
	ds->sources[0].bytes = text.at;
	ds->sources[0].size = text.len;
	ds->sources[0].format = strtab_intern(ds->strings, str_of(format->name));
	dataset_seal(ds);
	return ds;
}

static void
test_forms(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct dataset *ds = dataset_of(rows[i].format, str_of(rows[i].text));
		struct column *column = attr_column(ds, str_of(rows[i].key), NULL);
		struct buf got = { 0 };

		if (is_int(ds->spans.count, 1, rows[i].what))
			column_values(column, 0, &got);
		is_text(buf_str(&got).at, rows[i].want, rows[i].what);
		buf_fini(&got);
		column_free(column);
		dataset_free(ds);
	}
}

static void
test_job(void)
{
	struct dataset *ds = dataset_of(&load_otlp_json, STR(OTLP(SPAN("\"attributes\":[]"))));
	struct job job = { 0 };
	struct column *column = attr_column(ds, STR("k"), &job);

	ok(column && job.total > 0 && job.done == job.total, "progress comes to its end");
	column_free(column);
	job.wish = JOB_DROP;
	ok(!attr_column(ds, STR("k"), &job), "a stopped job gives nothing");
	dataset_free(ds);
}

static void
keys_text(const struct attr_keys *keys, struct buf *out)
{
	static const char *const places[] = { [ATTR_SPAN] = "span", [ATTR_EVENT] = "event", [ATTR_SCOPE] = "scope", [ATTR_RESOURCE] = "resource" };

	for (uint32_t i = 0; i < keys->count; i++) {
		struct str name = strtab_get(keys->names, keys->keys[i].name);
		buf_addf(out, "%.*s %s %u %u\n", (int)name.len, name.at, places[keys->keys[i].place], keys->keys[i].spans, keys->keys[i].numbers);
	}
}

static void
test_keys(void)
{
	struct dataset *ds = dataset_of(&load_otlp_json, STR(OTLP(
		SPAN("\"attributes\":[" ATTRIBUTE("n", "{\"intValue\":1}") "," ATTRIBUTE("n", "{\"stringValue\":\"x\"}") "],\"events\":[{\"name\":\"e\","
		"\"attributes\":[" ATTRIBUTE("k", "{\"stringValue\":\"2.5\"}") "," ATTRIBUTE("", "{\"intValue\":2}") "]}]") ","
		OTHER_SPAN("\"attributes\":[" ATTRIBUTE("n", "{\"stringValue\":\"1 s\"}") "]"))));
	struct attr_keys *keys = attr_keys(ds, NULL);
	struct job stopped = { .wish = JOB_DROP };
	struct buf got = { 0 };
	uint32_t begin, end;

	keys_text(keys, &got);
	is_text(buf_str(&got).at, "k event 1 1\nk scope 2 0\nk resource 2 2\nn span 2 1\notel.scope.name scope 2 0\notel.scope.version scope 2 2\n"
	        "service.name resource 2 0\n", "keys by name and place, with how many spans have them and how many a number");
	ok(keys->all && keys->looked_at == 2, "all spans were looked at");
	ok(attr_keys_find(keys, STR("k"), &begin, &end) && begin == 0 && end == 3, "a key's places are found");
	ok(!attr_keys_find(keys, STR("kk"), &begin, &end), "a key that is not there is not");
	ok(!attr_keys(ds, &stopped), "a stopped job gives nothing");
	attr_keys_free(keys);
	dataset_free(ds);
	buf_fini(&got);
}

static void
test_frequent(void)
{
	static const char *const values[] = { "b", "a", "a", "c", "c" };
	struct column *column = column_new(COLUMN_STRING, 4);
	struct column_count counts[2];

	for (uint32_t i = 0; i < 5; i++)
		column_add_string(column, i / 2, str_of(values[i]));
	is_int(column_frequent(column, counts, 2), 3, "values that differ");
	ok(counts[0].count == 2 && str_equal(strtab_get(column->strings, counts[0].string), STR("a")), "the first of the most frequent ones");
	ok(counts[1].count == 2 && str_equal(strtab_get(column->strings, counts[1].string), STR("c")), "then the next one");
	column_free(column);
}

static void
test_find(void)
{
	char text[100], needle[8];
	uint32_t seed = 1, wrong = 0;

	for (int round = 0; round < 20000; round++) {
		size_t len = 1 + (size_t)round % 99, wanted = 1 + (size_t)round % 4;

		for (size_t i = 0; i < len; i++)
			text[i] = (char)('a' + ((seed = seed * 1664525 + 1013904223) >> 28) % 4);
		for (size_t i = 0; i < wanted; i++)
			needle[i] = (char)('a' + ((seed = seed * 1664525 + 1013904223) >> 28) % 4);
		wrong += find_bytes((struct str){ text, len }, (struct str){ needle, wanted }) != (memmem(text, len, needle, wanted) != NULL);
	}
	is_int(wrong, 0, "bytes are found where they are");
}

static const enum detail_section order[] = { DETAIL_ATTRIBUTE, DETAIL_EVENT, DETAIL_SCOPE, DETAIL_RESOURCE };

static void
details_values(const struct details *details, struct str key, struct buf *out)
{
	for (size_t s = 0; s < sizeof order / sizeof *order; s++)
		for (size_t i = 0; i < details->len; i++) {
			const struct detail_row *row = &details->at[i];

			if (row->section != order[s] || !str_equal(row->key, key) || str_equal(str_of(row->type), STR("event")))
				continue;
			buf_addc(out, '|');
			buf_add(out, row->value);
		}
}

/* The spans that are compared are spread over the file. */
static uint32_t
stride_of(const struct dataset *ds)
{
	return ds->spans.count / SPANS_COMPARED + 1;
}

static void
collect_keys(const struct dataset *ds, struct strtab *keys)
{
	for (span_id span = 0; span < ds->spans.count; span += stride_of(ds)) {
		struct details details = { 0 };

		if (details_read(ds, span, &details, NULL))
			for (size_t i = 0; i < details.len; i++)
				strtab_intern(keys, details.at[i].key);
		details_fini(&details);
	}
}

/* The spans at which the column of a key has not what their details have. */
static uint32_t
count_differences(const struct dataset *ds, struct str key, unsigned threads)
{
	struct column *column = attr_column_on(ds, key, threads, NULL);
	struct buf got = { 0 }, want = { 0 };
	uint32_t differences = 0;

	for (span_id span = 0; span < ds->spans.count; span += stride_of(ds)) {
		struct details details = { 0 };

		buf_clear(&got);
		buf_clear(&want);
		if (details_read(ds, span, &details, NULL)) {
			details_values(&details, key, &want);
			column_values(column, span, &got);
			if (!str_equal(buf_str(&got), buf_str(&want)) && !differences++)
				diag("span %u, key %.*s: got %s, want %s", span, (int)key.len, key.at, buf_str(&got).at, buf_str(&want).at);
		}
		details_fini(&details);
	}
	buf_fini(&got);
	buf_fini(&want);
	column_free(column);
	return differences;
}

static bool
columns_equal(const struct column *a, const struct column *b)
{
	if (strtab_count(a->strings) != strtab_count(b->strings) || a->more_count != b->more_count ||
	    memcmp(a->present, b->present, (a->count / 64 + 1) * sizeof *a->present) ||
	    (a->count && memcmp(a->string, b->string, a->count * sizeof *a->string)) ||
	    (a->more_count && memcmp(a->more, b->more, a->more_count * sizeof *a->more)))
		return false;
	for (str_id id = 0; id < strtab_count(a->strings); id++)
		if (!str_equal(strtab_get(a->strings, id), strtab_get(b->strings, id)))
			return false;
	return true;
}

static bool
same_on_threads(const struct dataset *ds, struct str key)
{
	struct column *one = attr_column_on(ds, key, 1, NULL), *many = attr_column_on(ds, key, 5, NULL);
	bool same = columns_equal(one, many);

	column_free(one);
	column_free(many);
	return same;
}

static void
test_file(const char *path)
{
	struct dataset *ds = load_files(&path, 1, &(struct load_options){ 0 }, NULL);
	struct strtab *keys = strtab_new();
	uint32_t differences = 0, count;
	bool same = true;

	if (ds) {
		collect_keys(ds, keys);
		count = strtab_count(keys);
		for (str_id id = 0; id < count; id += count / KEYS_COMPARED + 1) {
			differences += count_differences(ds, strtab_get(keys, id), 1 + id % 3);
			same = same && same_on_threads(ds, strtab_get(keys, id));
		}
		is_int(differences, 0, path);
		ok(same, "one thread or five, %s", path);
	}
	strtab_free(keys);
	dataset_free(ds);
}

static void
test_folder(const char *folder)
{
	struct names names = { 0 };

	folder_list(folder, "", &names);
	for (size_t i = 0; i < names.len; i++)
		if (!str_ends(str_of(names.at[i]), STR(".expect")) && !str_ends(str_of(names.at[i]), STR("expected")))
			test_file(names.at[i]);
	names_free(&names);
}

int
main(void)
{
	test_forms();
	test_job();
	test_keys();
	test_frequent();
	test_find();
	if (!trace_folders(test_folder))
		skip(1, "no corpus");
	return done();
}

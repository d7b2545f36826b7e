/* SPDX-License-Identifier: MIT
 * Details read again from the input: every form of value, in the file's order, whole. */
#include "config.h"

#include "load/detail.h"

#include <inttypes.h>

#include "load/format.h"
#include "tests/tap.h"

#define SPAN(members) "{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"00f067aa0ba902b7\",\"name\":\"n\"" members "}"
#define DOCUMENT(span) \
	"{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}},{\"key\":\"cpus\"," \
	"\"value\":{\"intValue\":\"8\"}}]},\"scopeSpans\":[{\"scope\":{\"name\":\"lib\",\"version\":\"2\",\"attributes\":[{\"key\":\"x\",\"value\":" \
	"{\"boolValue\":true}}]},\"spans\":[" span "]}]}]}"
#define GROUP_ROWS "4.0 service.name string shop\n4.0 cpus int 8\n5.0 otel.scope.name string lib\n5.0 otel.scope.version string 2\n5.0 x bool true\n"
#define ATTRIBUTES(list) DOCUMENT(SPAN(",\"attributes\":[" list "]"))
#define VALUE(value) ATTRIBUTES("{\"key\":\"k\",\"value\":" value "}")

static const struct { const char *what, *text, *want; } rows[] = {
	{ "a span with nothing", DOCUMENT(SPAN("")), GROUP_ROWS },
	{ "a string", VALUE("{\"stringValue\":\"a\\n\\u00e9\\\"\"}"), "1.0 k string a\n\xc3\xa9\"\n" GROUP_ROWS },
	{ "an integer as text", VALUE("{\"intValue\":\"9007199254740993\"}"), "1.0 k int 9007199254740993\n" GROUP_ROWS },
	{ "an integer that a double cannot hold", VALUE("{\"intValue\":9007199254740993}"), "1.0 k int 9007199254740993\n" GROUP_ROWS },
	{ "a double", VALUE("{\"doubleValue\":0.1}"), "1.0 k double 0.1\n" GROUP_ROWS },
	{ "a double that is no number", VALUE("{\"doubleValue\":\"NaN\"}"), "1.0 k double NaN\n" GROUP_ROWS },
	{ "a truth", VALUE("{\"boolValue\":false}"), "1.0 k bool false\n" GROUP_ROWS },
	{ "bytes", VALUE("{\"bytesValue\":\"AAEC\"}"), "1.0 k bytes AAEC\n" GROUP_ROWS },
	{ "an empty value", VALUE("{}"), "1.0 k empty \n" GROUP_ROWS },
	{ "no value", ATTRIBUTES("{\"key\":\"k\"}"), "1.0 k empty \n" GROUP_ROWS },
	{ "an array", VALUE("{\"arrayValue\":{\"values\":[{\"stringValue\":\"a\\\"b\"},{\"intValue\":\"1\"},{},{\"boolValue\":true}]}}"),
	  "1.0 k array [\"a\\\"b\",1,null,true]\n" GROUP_ROWS },
	{ "an empty array", VALUE("{\"arrayValue\":{}}"), "1.0 k array []\n" GROUP_ROWS },
	{ "a map", VALUE("{\"kvlistValue\":{\"values\":[{\"key\":\"a\",\"value\":{\"intValue\":1}},{\"value\":{\"stringValue\":\"v\"},\"key\":\"b\"},"
	  "{\"key\":\"c\"},{\"value\":{\"arrayValue\":{\"values\":[{\"kvlistValue\":{}}]}},\"key\":\"d\"}]}}"),
	  "1.0 k map {\"a\":1,\"b\":\"v\",\"c\":null,\"d\":[{}]}\n" GROUP_ROWS },
	{ "snake case", VALUE("{\"array_value\":{\"values\":[{\"string_value\":\"s\"},{\"kvlist_value\":{\"values\":[]}}]}}"),
	  "1.0 k array [\"s\",{}]\n" GROUP_ROWS },
	{ "repeated keys", ATTRIBUTES("{\"key\":\"k\",\"value\":{\"intValue\":1}},{\"value\":{\"intValue\":2},\"key\":\"k\"}"),
	  "1.0 k int 1\n1.0 k int 2\n" GROUP_ROWS },
	{ "sections in their order",
	  DOCUMENT(SPAN(",\"links\":[{\"traceId\":\"0a\",\"spanId\":\"0b\",\"attributes\":[{\"key\":\"l\",\"value\":{\"intValue\":3}}],"
	  "\"droppedAttributesCount\":2,\"flags\":769}],"
	  "\"events\":[{\"attributes\":[{\"key\":\"e\",\"value\":{\"intValue\":2}}],\"name\":\"boom\",\"timeUnixNano\":\"7\",\"droppedAttributesCount\":6},{\"name\":\"again\"}],"
	  "\"attributes\":[{\"key\":\"k\",\"value\":{\"intValue\":1}}],\"status\":{\"code\":2,\"message\":\"why\"},\"traceState\":\"a=b\","
	  "\"flags\":257,\"droppedEventsCount\":4")),
	  "0.0 status.message string why\n0.0 trace_state string a=b\n0.0 flags int 257\n0.0 droppedEventsCount int 4\n1.0 k int 1\n"
	  "2.0@7 boom event \n2.0@7 e int 2\n2.0@7 droppedAttributesCount int 6\n2.1 again event \n3.0 trace_id string 0a\n3.0 span_id string 0b\n3.0 l int 3\n"
	  "3.0 droppedAttributesCount int 2\n3.0 flags int 769\n" GROUP_ROWS },
};

/* The first span's details as lines, or why there are none. */
static void
read_details(struct str text, struct str format, struct buf *out)
{
	struct input in = { .begin = text.at, .end = text.at + text.len, .last = true, .mapped = true };
	struct sink *sink = sink_new(STR("test"));
	struct details details = { 0 };
	struct error err = { 0 };
	struct dataset *ds;

	load_otlp_json.read_lines((struct str){ in.begin, text.len }, 0, 1, sink);
	ds = sink_take(sink);
	sink_free(sink);
	ds->sources[0].bytes = text.at;
	ds->sources[0].size = text.len;
	ds->sources[0].format = strtab_intern(ds->strings, format);
	buf_clear(out);
	if (ds->spans.count == 0)
		buf_addf(out, "no span\n");
	else if (!details_read(ds, 0, &details, &err))
		buf_addf(out, "%s\n", err.text);
	for (size_t i = 0; i < details.len; i++) {
		const struct detail_row *row = &details.at[i];

		buf_addf(out, "%d.%" PRIu32, row->section, row->index);
		if (row->time_ns)
			buf_addf(out, "@%" PRId64, row->time_ns);
		buf_addc(out, ' ');
		buf_add(out, row->key);
		buf_addf(out, " %s ", row->type);
		buf_add(out, row->value);
		buf_addc(out, '\n');
	}
	details_fini(&details);
	ds->sources[0].bytes = NULL;
	dataset_free(ds);
}

static void
test_long_value(void)
{
	struct buf text = { 0 }, got = { 0 };

	buf_addf(&text, "%s", "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"attributes\":[{\"key\":\"k\",\"value\":{\"stringValue\":\"");
	for (int i = 0; i < 1000000; i++)
		buf_addc(&text, 'x');
	buf_addf(&text, "\"}}]}]}]}]}");
	read_details(buf_str(&text), STR("otlp-json"), &got);
	is_int((long long)got.len, 1000000 + (long long)strlen("1.0 k string \n"), "a value of a million bytes is whole");
	buf_fini(&text);
	buf_fini(&got);
}

static void
test_deep_value(void)
{
	struct buf text = { 0 }, got = { 0 };
	const int levels = 50000;

	buf_addf(&text, "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"attributes\":[{\"key\":\"k\",\"value\":");
	for (int i = 0; i < levels; i++)
		buf_addf(&text, "{\"arrayValue\":{\"values\":[");
	for (int i = 0; i < levels; i++)
		buf_addf(&text, "]}}");
	buf_addf(&text, "}]}]}]}]}");
	read_details(buf_str(&text), STR("otlp-json"), &got);
	is_int((long long)got.len, 2LL * levels + (long long)strlen("1.0 k array \n"), "a value 50,000 levels deep is whole");
	buf_fini(&text);
	buf_fini(&got);
}

int
main(void)
{
	struct buf got = { 0 };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		read_details(str_of(rows[i].text), STR("otlp-json"), &got);
		is_text(buf_str(&got).at, rows[i].want, rows[i].what);
	}
	read_details(str_of(DOCUMENT(SPAN(""))), STR("folded"), &got);
	is_text(buf_str(&got).at, "this format has no details\n", "a format without details");
	read_details(str_of(DOCUMENT(SPAN(",\"attributes\":[{\"key\" 1}]"))), STR("otlp-json"), &got);
	is_text(buf_str(&got).at, "details cannot be read: expected ':'\n", "a fault that loading passes over");
	test_long_value();
	test_deep_value();
	buf_fini(&got);
	return done();
}

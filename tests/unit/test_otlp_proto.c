/* SPDX-License-Identifier: MIT
 * OTLP in protobuf, written here: what is read of it, bare and framed, with its details, and what of odd, cut and changed messages. */
#include "config.h"

#include "load/otlp_proto.h"

#include <inttypes.h>

#include "load/detail.h"
#include "load/format.h"
#include "load/otlp_proto_fields.h"
#include "load/probe.h"
#include "tests/tap.h"
#include "tests/unit/files.h"
#include "tests/unit/otlp_write.h"
#include "tests/unit/window.h"
#include "util/text.h"

/* As text: spans with their details, then the notes. */

static void
describe_details(const struct dataset *ds, span_id span, struct buf *out)
{
	static const char *const sections[] = { "span", "attribute", "event", "link", "resource", "scope" };
	struct details details = { 0 };
	struct error err = { 0 };

	if (!details_read(ds, span, &details, &err))
		buf_addf(out, "\tno details: %s\n", err.text);
	for (size_t i = 0; i < details.len; i++) {
		const struct detail_row *row = &details.at[i];
		buf_addf(out, "\t%s", sections[row->section]);
		if (row->section == DETAIL_EVENT || row->section == DETAIL_LINK)
			buf_addf(out, " %" PRIu32, row->index);
		if (row->time_ns)
			buf_addf(out, " at %" PRId64, row->time_ns - (int64_t)T0);
		buf_addf(out, " %s ", row->type);
		text_escape(row->key, out);
		buf_add(out, STR(" = "));
		text_escape(row->value, out);
		buf_addc(out, '\n');
	}
	details_fini(&details);
}

static void
describe_span(const struct dataset *ds, span_id span, struct buf *out)
{
	static const char *const flags[] = { "no-start", "unfinished", "negative", "orphan", "cycle", "same-id", "shared" };
	const struct spans *spans = &ds->spans;
	const uint8_t *trace = ds->tracks[spans->track[span]].trace_id;

	for (int i = 8; i < 16; i++)
		buf_addf(out, "%02x", trace[i]);
	buf_addf(out, " %" PRIx64 "<%" PRIx64 " kind %d status %d %" PRId64 "+%" PRId64 " ", spans->id[span], spans->parent_id[span],
	         spans->kind[span], spans->status[span], spans->start_ns[span] ? (int64_t)((uint64_t)spans->start_ns[span] - T0) : 0,
	         spans->duration_ns[span]);
	text_escape(span_service(ds, span), out);
	buf_addc(out, '/');
	text_escape(frame_name(ds, spans->frame[span]), out);
	for (unsigned i = 0; i < sizeof flags / sizeof *flags; i++)
		if (spans->flags[span] & 1u << i)
			buf_addf(out, " %s", flags[i]);
	buf_addc(out, '\n');
}

static struct buf
describe(const struct dataset *ds, bool details)
{
	struct buf out = { 0 };

	for (span_id span = 0; span < ds->spans.count; span++) {
		describe_span(ds, span, &out);
		if (details)
			describe_details(ds, span, &out);
	}
	for (uint32_t i = 0; i < ds->note_count; i++) {
		struct str text = dataset_str(ds, ds->notes[i].text);
		buf_addf(&out, "%" PRIu64 "x %.*s\n", ds->notes[i].count, (int)text.len, text.at);
	}
	buf_add(&out, STR(""));
	return out;
}

/* step 0: as a mapped file; else through a window that grows by so much.  The bytes must outlive the dataset. */
static struct dataset *
load(struct str bytes, size_t step)
{
	struct sink *sink = sink_new(STR("sample"));
	struct window window;
	struct input in = { .begin = bytes.at, .end = bytes.at + bytes.len, .last = true, .mapped = true };

	if (step) {
		window_open(&window, bytes, step);
		load_otlp_proto.read(&window.in, sink);
		window_close(&window);
	} else {
		load_otlp_proto.read(&in, sink);
	}
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	ds->sources[0].format = strtab_intern(ds->strings, STR("otlp-proto"));
	ds->sources[0].bytes = bytes.at;
	ds->sources[0].size = bytes.len;
	dataset_seal(ds);
	return ds;
}

static void
check_text(struct str bytes, bool details, const char *want, const char *what)
{
	for (size_t step = 0; step <= 7; step += 7) {
		struct dataset *ds = load(bytes, step);
		struct buf got = describe(ds, details);
		is_text(got.at, want, what);
		buf_fini(&got);
		dataset_free(ds);
	}
}

static void
check(struct buf *document, bool details, const char *want, const char *what)
{
	struct prober prober = { 0 };
	const struct load_format *rival = NULL;

	check_text(buf_str(document), details, want, what);
	prober_look(&prober, buf_str(document), true);
	ok(probe_best(&prober.seen, &rival) == &load_otlp_proto && !rival, "%s: known by its bytes", what);
	prober_fini(&prober);
	buf_fini(document);
}

/* One attribute of each type. */
static void
put_types(struct buf *span)
{
	struct buf value = { 0 }, list = { 0 }, map = { 0 }, item = { 0 };
	double number = -0.25;
	uint64_t bits;

	put_text_attribute(span, SPAN_FIELD_ATTRIBUTES, "text", "a \"b\"");
	put_varint(&value, ANY_VALUE_BOOL, 1);
	put_attribute(span, SPAN_FIELD_ATTRIBUTES, "bool", &value);
	put_varint(&value, ANY_VALUE_INT, (uint64_t)INT64_MIN);
	put_attribute(span, SPAN_FIELD_ATTRIBUTES, "int", &value);
	memcpy(&bits, &number, sizeof bits);
	put_fixed64(&value, ANY_VALUE_DOUBLE, bits);
	put_attribute(span, SPAN_FIELD_ATTRIBUTES, "double", &value);
	put_bytes(&value, ANY_VALUE_BYTES, STR("\0\xff" "ab"));
	put_attribute(span, SPAN_FIELD_ATTRIBUTES, "bytes", &value);
	put_attribute(span, SPAN_FIELD_ATTRIBUTES, "empty", &value);
	put_text(&item, ANY_VALUE_STRING, "q\"\n");
	put_message(&list, 1, &item);
	put_message(&list, 1, &item);
	put_varint(&item, ANY_VALUE_BOOL, 0);
	put_message(&list, 1, &item);
	put_text_attribute(&map, 1, "k", "v");
	put_message(&item, ANY_VALUE_MAP, &map);
	put_message(&list, 1, &item);
	put_message(&value, ANY_VALUE_ARRAY, &list);
	put_attribute(span, SPAN_FIELD_ATTRIBUTES, "list", &value);
}

static void
put_event_and_link(struct buf *span)
{
	struct buf event = { 0 }, link = { 0 };

	put_fixed64(&event, EVENT_TIME, T0 + 50);
	put_text(&event, EVENT_NAME, "exception");
	put_text_attribute(&event, EVENT_ATTRIBUTES, "exception.type", "E");
	put_varint(&event, EVENT_DROPPED, 6);
	put_message(span, SPAN_FIELD_EVENTS, &event);
	put_bytes(&link, LINK_TRACE_ID, TRACE);
	put_bytes(&link, LINK_SPAN_ID, id_bytes[3]);
	put_text(&link, LINK_STATE, "a=b");
	put_text_attribute(&link, LINK_ATTRIBUTES, "why", "because");
	put_varint(&link, LINK_DROPPED, 2);
	put_fixed32(&link, LINK_FLAGS, 0x301);
	put_message(span, SPAN_FIELD_LINKS, &link);
}

static void
everything(void)
{
	struct buf span = span_of(2, 1, "work", 100, 50), root = span_of(1, 0, "", 0, 1000), status = { 0 }, scope = { 0 }, records = { 0 };
	struct buf resource_spans = { 0 }, resource = resource_of("shop"), out = { 0 };

	put_text(&span, SPAN_FIELD_STATE, "vendor=1");
	put_varint(&span, SPAN_FIELD_KIND, SPAN_CLIENT);
	put_types(&span);
	put_varint(&span, SPAN_FIELD_DROPPED_ATTRIBUTES, 3);
	put_event_and_link(&span);
	put_varint(&span, SPAN_FIELD_DROPPED_EVENTS, 4);
	put_varint(&span, SPAN_FIELD_DROPPED_LINKS, 5);
	put_text(&status, STATUS_MESSAGE, "boom");
	put_varint(&status, STATUS_FIELD_CODE, 2);
	put_message(&span, SPAN_FIELD_STATUS, &status);
	put_fixed32(&span, SPAN_FIELD_FLAGS, 0x101);
	put_varint(&span, 200, 1);
	put_fixed64(&span, 201, 2);
	put_text(&span, 202, "unknown");
	put_text(&scope, SCOPE_NAME, "lib");
	put_text(&scope, SCOPE_VERSION, "2");
	put_text_attribute(&scope, SCOPE_ATTRIBUTES, "s", "t");
	put_message(&records, SCOPE_SPANS_SPANS, &span);
	put_message(&records, SCOPE_SPANS_SPANS, &root);
	put_message(&records, SCOPE_SPANS_SCOPE, &scope);
	put_text(&records, 3, "https://schema");
	/* The resource comes last, and with more than its name. */
	put_scope(&resource_spans, RESOURCE_SPANS_SCOPE_SPANS, &records);
	put_text_attribute(&resource, RESOURCE_ATTRIBUTES, "host.name", "h1");
	put_message(&resource_spans, RESOURCE_SPANS_RESOURCE, &resource);
	put_text(&resource_spans, 3, "https://schema");
	put_message(&out, DATA_RESOURCE_SPANS, &resource_spans);
	check(&out, true,
		"0000000000000007 2<1 kind 3 status 2 100+50 shop/work\n"
		"\tspan string trace_state = vendor=1\n"
		"\tspan int droppedAttributesCount = 3\n\tspan int droppedEventsCount = 4\n\tspan int droppedLinksCount = 5\n"
		"\tspan string status.message = boom\n\tspan int flags = 257\n"
		"\tattribute string text = a \"b\"\n\tattribute bool bool = true\n\tattribute int int = -9223372036854775808\n"
		"\tattribute double double = -0.25\n\tattribute bytes bytes = AP9hYg==\n\tattribute empty empty = \n"
		"\tattribute array list = [\"q\\\\\"\\\\u000a\",null,false,{\"k\":\"v\"}]\n"
		"\tevent 0 at 50 event exception = \n\tevent 0 at 50 string exception.type = E\n\tevent 0 at 50 int droppedAttributesCount = 6\n"
		"\tlink 0 string trace_id = 00000000000000000000000000000007\n\tlink 0 string span_id = 0000000000000003\n"
		"\tlink 0 string trace_state = a=b\n\tlink 0 int droppedAttributesCount = 2\n\tlink 0 int flags = 769\n\tlink 0 string why = because\n"
		"\tresource string service.name = shop\n\tresource string host.name = h1\n"
		"\tscope string otel.scope.name = lib\n\tscope string otel.scope.version = 2\n\tscope string s = t\n"
		"0000000000000007 1<0 kind 0 status 0 0+1000 shop/\n"
		"\tresource string service.name = shop\n\tresource string host.name = h1\n"
		"\tscope string otel.scope.name = lib\n\tscope string otel.scope.version = 2\n\tscope string s = t\n", "everything that a span can have");
}

/* today: the number of spans in scope_spans, -1 when there is no such field; old: likewise in the deprecated copy. */
static void
deprecated(void)
{
	static const struct { int today, old; const char *want; } cases[] = {
		{ -1, 2, "0000000000000007 1<0 kind 0 status 0 0+9 s/old\n0000000000000007 2<0 kind 0 status 0 0+9 s/old\n" },
		{ 0, 1, "0000000000000007 1<0 kind 0 status 0 0+9 s/old\n" },
		{ 1, 2, "0000000000000007 1<0 kind 0 status 0 0+9 s/today\n" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = { 0 }, resource_spans = { 0 }, resource = resource_of("s"), old = { 0 }, today = { 0 };
		put_message(&resource_spans, RESOURCE_SPANS_RESOURCE, &resource);
		for (int k = 0; k < cases[i].old; k++) {
			struct buf span = span_of((unsigned)k + 1, 0, "old", 0, 9);
			put_message(&old, SCOPE_SPANS_SPANS, &span);
		}
		for (int k = 0; k < cases[i].today; k++) {
			struct buf span = span_of((unsigned)k + 1, 0, "today", 0, 9);
			put_message(&today, SCOPE_SPANS_SPANS, &span);
		}
		put_scope(&resource_spans, RESOURCE_SPANS_OLD_SCOPE_SPANS, &old);
		if (cases[i].today >= 0)
			put_scope(&resource_spans, RESOURCE_SPANS_SCOPE_SPANS, &today);
		put_message(&out, DATA_RESOURCE_SPANS, &resource_spans);
		check(&out, false, cases[i].want, "spans in the deprecated field count when today's has none");
	}
}

static void
statuses(void)
{
	static const struct { int code, old; char want; } cases[] = {
		{ 0, 0, '0' }, { 1, 0, '1' }, { 2, 0, '2' }, { 0, 2, '2' }, { 1, 2, '1' }, { 2, 1, '2' }, { 7, 0, '0' },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf status = { 0 }, span = span_of(1, 0, "a", 0, 1), records = { 0 };
		char *want = xasprintf("0000000000000007 1<0 kind 0 status %c 0+1 s/a\n", cases[i].want);
		put_varint(&status, STATUS_OLD_CODE, (uint64_t)cases[i].old);
		put_varint(&status, STATUS_FIELD_CODE, (uint64_t)cases[i].code);
		put_message(&span, SPAN_FIELD_STATUS, &status);
		put_varint(&span, SPAN_FIELD_KIND, 99);
		put_message(&records, SCOPE_SPANS_SPANS, &span);
		struct buf out = document_of("s", &records);
		check(&out, false, want, "today's code of the status, else the one before it");
		free(want);
	}
}

static void
odd_ids(void)
{
	static const struct str ids[][2] = {
		{ { "\1\2\3\4\5\6\7\10", 8 }, { "\1\2\3\4", 4 } },
		{ { "\0\0\0\0\0\0\0\0\1\2\3\4\5\6\7\10extra", 21 }, { "\0\0\0\0\1\2\3\5extra", 13 } },
		{ { "", 0 }, { "\0\0\0\0\0\0\0\5", 8 } },
		{ { "", 0 }, { "", 0 } },
	};
	struct buf records = { 0 };

	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		struct buf span = { 0 };
		put_bytes(&span, SPAN_FIELD_TRACE_ID, ids[i][0]);
		put_bytes(&span, SPAN_FIELD_ID, ids[i][1]);
		put_text(&span, SPAN_FIELD_NAME, "odd");
		put_fixed64(&span, SPAN_FIELD_START, T0);
		put_fixed64(&span, SPAN_FIELD_END, T0 + i);
		put_message(&records, SCOPE_SPANS_SPANS, &span);
	}
	struct buf out = document_of("s", &records);
	check(&out, false,
		"0102030405060708 1020304<0 kind 0 status 0 0+0 s/odd\n0102030405060708 1020305<0 kind 0 status 0 0+1 s/odd\n"
		"0000000000000000 5<0 kind 0 status 0 0+2 s/odd\n0000000000000000 0<0 kind 0 status 0 0+3 s/odd\n"
		"4x a trace or span id is not 16 or 8 bytes: it was padded or cut\n", "ids of other lengths are padded or cut");
}

static void
odd_times(void)
{
	struct buf records = { 0 }, unfinished = span_of(1, 0, "unfinished", 10, 0), before = span_of(2, 1, "negative", 50, (uint64_t)-20);
	struct buf nowhere = { 0 };

	put_fixed64(&unfinished, SPAN_FIELD_END, 0);
	put_bytes(&nowhere, SPAN_FIELD_TRACE_ID, TRACE);
	put_bytes(&nowhere, SPAN_FIELD_ID, id_bytes[3]);
	put_bytes(&nowhere, SPAN_FIELD_PARENT_ID, id_bytes[1]);
	put_message(&records, SCOPE_SPANS_SPANS, &unfinished);
	put_message(&records, SCOPE_SPANS_SPANS, &before);
	put_message(&records, SCOPE_SPANS_SPANS, &nowhere);
	struct buf out = document_of("s", &records);
	struct dataset *ds = load(buf_str(&out), 0);
	ok(ds->spans.count == 3 && ds->spans.flags[0] == SPAN_UNFINISHED && ds->spans.flags[1] == SPAN_NEGATIVE &&
	   ds->spans.flags[2] == (SPAN_NO_START | SPAN_UNFINISHED), "no end, an end before the start, neither");
	dataset_free(ds);
	buf_fini(&out);
}

static struct buf
record_of(unsigned id, const char *name)
{
	struct buf records = { 0 }, span = span_of(id, id - 1, name, id, 5);

	put_message(&records, SCOPE_SPANS_SPANS, &span);
	return document_of("s", &records);
}

static void
framed(void)
{
	struct buf out = { 0 };
	static const char *const two = "0000000000000007 1<0 kind 0 status 0 1+5 s/one\n0000000000000007 2<1 kind 0 status 0 2+5 s/two\n";

	for (unsigned id = 1; id <= 2; id++) {
		struct buf record = record_of(id, id == 1 ? "one" : "two");
		put_frame(&out, &record);
	}
	check_text(buf_str(&out), false, two, "two records behind their lengths");
	struct buf cut = { 0 }, huge = { 0 }, head = { 0 };
	buf_add(&head, buf_str(&out));
	buf_add(&head, STR("\0\0"));
	char *want = xasprintf("%s1x the file ends inside a record: the spans before it were kept\n", two);
	check(&head, false, want, "half a length at the end");
	buf_add(&cut, buf_str(&out));
	buf_add(&cut, STR("\0\0\1\0\x0a\x20"));
	check(&cut, false, want, "a cut record at the end");
	free(want);
	want = xasprintf("%s1x a record declares more bytes than there can be: the rest of the file was skipped\n", two);
	buf_add(&huge, buf_str(&out));
	buf_add(&huge, STR("\x7f\xff\xff\xff\x0a\x20"));
	check_text(buf_str(&huge), false, want, "a record that declares too much");
	free(want);
	buf_fini(&huge);
	want = xasprintf("%.*s1x the file ends inside a record: the spans before it were kept\n", (int)(strchr(two, '\n') + 1 - two), two);
	out.len = 4 + ((size_t)(unsigned char)out.at[3]) + 30;
	check(&out, false, want, "cut in the second record");
	free(want);
}

static void
odd_messages(void)
{
	struct buf records = { 0 }, out = { 0 }, beyond = span_of(1, 0, "beyond", 0, 1), broken = span_of(2, 0, "broken", 0, 2);
	struct buf fine = span_of(3, 0, "fine", 0, 3), more = span_of(4, 0, "more", 0, 4), second = { 0 };

	buf_add(&beyond, STR("\x4a\x60nothing"));       /* an attribute of 96 bytes */
	buf_add(&broken, STR("\x4b\x01"));              /* a group */
	put_text(&fine, SPAN_FIELD_NAME, "the last name counts");
	put_message(&records, SCOPE_SPANS_SPANS, &beyond);
	put_message(&records, SCOPE_SPANS_SPANS, &broken);
	put_message(&records, SCOPE_SPANS_SPANS, &fine);
	put_message(&second, SCOPE_SPANS_SPANS, &more);
	struct buf one = document_of("s", &records), two = document_of("t", &second);
	buf_add(&out, buf_str(&one));
	put_varint(&out, 9, 1);
	put_fixed64(&out, 10, 1);
	put_text(&out, 11, "unknown");
	buf_add(&out, buf_str(&two));
	check_text(buf_str(&out), false,
		"0000000000000007 1<0 kind 0 status 0 0+1 s/beyond\n0000000000000007 2<0 kind 0 status 0 0+2 s/broken\n"
		"0000000000000007 3<0 kind 0 status 0 0+3 s/the last name counts\n0000000000000007 4<0 kind 0 status 0 0+4 t/more\n"
		"1x a length inside a record reaches beyond it: what comes before was kept\n"
		"1x a record is not valid protobuf: the rest of it was skipped\n", "records that are broken inside, and fields that nobody knows");
	buf_addc(&out, '\x0b');
	struct dataset *ds = load(buf_str(&out), 0);
	ok(ds->spans.count == 4 && ds->note_count == 3 && ds->notes[2].severity == NOTE_ERROR, "a group at the top ends it");
	dataset_free(ds);
	buf_fini(&out);
	buf_fini(&one);
	buf_fini(&two);
}

/* Values inside values: nothing is lost above the limit, and nothing is recursed into. */
static void
deep_values(void)
{
	struct buf value = { 0 }, span = span_of(1, 0, "deep", 0, 1), records = { 0 };

	put_varint(&value, ANY_VALUE_INT, 1);
	for (int i = 0; i < 20000; i++) {
		struct buf list = { 0 };
		put_message(&list, 1, &value);
		put_message(&value, ANY_VALUE_ARRAY, &list);
	}
	put_attribute(&span, SPAN_FIELD_ATTRIBUTES, "deep", &value);
	put_message(&records, SCOPE_SPANS_SPANS, &span);
	struct buf out = document_of("s", &records);
	struct dataset *ds = load(buf_str(&out), 0);
	struct buf text = describe(ds, true);
	ok(strstr(text.at, "= [[[[") && strstr(text.at, "[null]]"), "20,000 arrays in each other are cut at a depth");
	buf_fini(&text);
	dataset_free(ds);
	buf_fini(&out);
}

/* Several resources, scopes and log records. */
static struct buf
full_document(bool frames)
{
	struct buf out = { 0 };

	for (unsigned part = 0; part < 3; part++) {
		struct buf records = { 0 }, log = { 0 };
		for (unsigned id = 1; id <= 4; id++) {
			struct buf span = span_of(id, id - 1, "step", part * 100 + id, 5 + part);
			put_types(&span);
			put_event_and_link(&span);
			put_varint(&span, SPAN_FIELD_KIND, id);
			put_message(&records, SCOPE_SPANS_SPANS, &span);
		}
		put_fixed64(&log, LOG_TIME, T0 + 3);
		put_varint(&log, LOG_SEVERITY_NUMBER, 9);
		put_bytes(&log, LOG_TRACE_ID, TRACE);
		put_bytes(&log, LOG_SPAN_ID, id_bytes[1]);
		put_message(&records, SCOPE_SPANS_SPANS, &log);
		struct buf document = document_of("s", &records);
		if (frames) {
			put_frame(&out, &document);
		} else {
			buf_add(&out, buf_str(&document));
			buf_fini(&document);
		}
	}
	return out;
}

static void
cuts(bool frames)
{
	struct buf document = full_document(frames);
	struct dataset *whole = load(buf_str(&document), 0);
	int wrong = 0, unsaid = 0, unknown = 0;

	for (size_t len = 1; len < document.len; len++) {
		char *copy = xreallocarray(xstrndup(document.at, len), len, 1);
		struct dataset *ds = load((struct str){ copy, len }, 0);
		uint32_t want = 0;
		for (span_id span = 0; span < whole->spans.count; span++)
			want += whole->spans.detail_at[span] + whole->spans.detail_len[span] <= len;
		wrong += ds->spans.count != want;
		bool said = false;
		for (uint32_t i = 0; i < ds->note_count; i++)
			said |= str_starts(dataset_str(ds, ds->notes[i].text), STR("the file ends inside a record"));
		bool known = !frames || otlp_proto_is_framed((struct str){ copy, len });
		unsaid += !said && known;
		unknown += !known;
		dataset_free(ds);
		free(copy);
	}
	is_int(wrong, 0, "cut at every byte: complete spans are there");
	is_int(unsaid, 2, "and all but the cuts between the three records are told");
	ok(unknown < 90, "a cut file of frames is known by %d bytes", unknown);
	dataset_free(whole);
	buf_fini(&document);
}

static void
mutations(bool frames)
{
	struct buf document = full_document(frames);
	uint32_t seed = 5;
	int outside = 0;
	size_t spans = 0;

	for (int i = 0; i < 1000; i++) {
		char *copy = xreallocarray(xstrndup(document.at, document.len), document.len, 1);
		uint32_t random = seed = seed * 1664525 + 1013904223;
		copy[(random >> 8) % document.len] = i % 3 == 0 ? (char)(random >> 3) : (char)(copy[(random >> 8) % document.len] ^ 1 << (random & 7));
		struct dataset *ds = load((struct str){ copy, document.len }, i % 5 ? 0 : 13);
		struct buf text = describe(ds, true);
		for (span_id span = 0; span < ds->spans.count; span++)
			outside += ds->spans.detail_at[span] + ds->spans.detail_len[span] > document.len;
		spans += ds->spans.count;
		buf_fini(&text);
		dataset_free(ds);
		free(copy);
	}
	is_int(outside, 0, "a changed byte puts no record outside");
	ok(spans > 9000, "and costs little (%zu spans of 12000)", spans);
	buf_fini(&document);
}

int
main(void)
{
	everything();
	deprecated();
	statuses();
	odd_ids();
	odd_times();
	framed();
	odd_messages();
	deep_values();
	for (int frames = 0; frames < 2; frames++) {
		cuts(frames);
		mutations(frames);
	}
	return done();
}

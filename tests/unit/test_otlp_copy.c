/* SPDX-License-Identifier: MIT
 * OTLP in JSON and in protobuf written again as JSON: every field of every record, with what stands over it, is there before and after. */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "analysis/forest.h"
#include "cli/otlp_copy.h"
#include "cli/otlp_lines.h"
#include "load/load.h"
#include "tests/tap.h"
#include "tests/unit/files.h"
#include "tests/unit/proto_write.h"

/* ---- documents as lists of records, each with all of its fields on lines of their own */

static void
add_text(struct buf *out, const char *text)
{
	buf_add(out, str_of(text ? text : ""));
}

/* The fields below a value: path and scalar.  Documents of tests are not deep.  What is empty is as if it were not there. */
static void
add_fields(const cJSON *value, const char *path, struct buf *out)
{
	char *scalar = cJSON_IsArray(value) || cJSON_IsObject(value) ? NULL : cJSON_PrintUnformatted(value);
	int place = 0;

	if (scalar) {
		buf_addf(out, "%s=%s\n", path, scalar);
		cJSON_free(scalar);
		return;
	}
	for (const cJSON *child = value->child; child; child = child->next, place++) {
		char *below = cJSON_IsArray(value) ? xasprintf("%s[%d]", path, place) : xasprintf("%s.%s", path, child->string);
		add_fields(child, below, out);
		free(below);
	}
}

/* One record as its sorted lines. */
static char *
record_of(const cJSON *const parts[], size_t count)
{
	static const char *const names[] = { "resource", "resource schema", "scope", "scope schema", "record" };
	struct buf text = { 0 }, sorted = { 0 };
	struct names lines = { 0 };

	for (size_t i = 0; i < count; i++)
		if (parts[i])
			add_fields(parts[i], names[i], &text);
	for (char *line = strtok(text.at, "\n"); line; line = strtok(NULL, "\n"))
		vec_push(&lines, xstrdup(line));
	qsort(lines.at, lines.len, sizeof *lines.at, names_compare);
	for (size_t i = 0; i < lines.len; i++) {
		add_text(&sorted, lines.at[i]);
		buf_addc(&sorted, '\n');
	}
	names_free(&lines);
	buf_fini(&text);
	return sorted.at;
}

static void
add_signal(const cJSON *document, const char *const keys[3], struct names *out)
{
	const cJSON *resource, *scope, *record;

	cJSON_ArrayForEach(resource, cJSON_GetObjectItem(document, keys[0]))
		cJSON_ArrayForEach(scope, cJSON_GetObjectItem(resource, keys[1]))
			cJSON_ArrayForEach(record, cJSON_GetObjectItem(scope, keys[2]))
				vec_push(out, record_of((const cJSON *const []){
					cJSON_GetObjectItem(resource, "resource"), cJSON_GetObjectItem(resource, "schemaUrl"),
					cJSON_GetObjectItem(scope, "scope"), cJSON_GetObjectItem(scope, "schemaUrl"), record,
				}, 5));
}

/* The records of JSON lines, sorted. */
static void
records_of(const char *text, struct names *out)
{
	static const char *const spans[] = { "resourceSpans", "scopeSpans", "spans" }, *const logs[] = { "resourceLogs", "scopeLogs", "logRecords" };

	for (const char *end; *text; text = end) {
		cJSON *document = cJSON_ParseWithOpts(text, &end, 0);
		if (!ok(document != NULL, "a line is JSON"))
			return;
		end += strspn(end, "\r\n");
		add_signal(document, spans, out);
		add_signal(document, logs, out);
		cJSON_Delete(document);
	}
	qsort(out->at, out->len, sizeof *out->at, names_compare);
}

/* ---- writing */

static char *
written_from(const char *path)
{
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ 0 }, NULL);
	struct otlp_report report = { 0 };
	struct buf out = { 0 };

	if (!ok(ds != NULL, "%s opens", path))
		return NULL;
	struct forest *forest = forest_new(ds);
	for (track_id track = 0; track < ds->track_count; track++)
		otlp_add_track(ds, &forest->order[forest->track_start[track]], forest->track_start[track + 1] - forest->track_start[track], &out, &report);
	is_int((long long)(report.without + report.headless), 0, "nothing is left out");
	forest_free(forest);
	dataset_free(ds);
	return out.at;
}

static void
same_records(const char *want_text, const char *got_text, const char *what)
{
	struct names want = { 0 }, got = { 0 };

	records_of(want_text, &want);
	records_of(got_text, &got);
	ok(got.len == want.len && got.len > 6, "%s: %zu records of %zu", what, got.len, want.len);
	for (size_t i = 0; i < want.len && i < got.len; i++)
		is_text(got.at[i], want.at[i], what);
	names_free(&want);
	names_free(&got);
}

/* ---- the same document in protobuf, by its field numbers */

static const struct { const char *name; uint32_t number; char kind; } fields[] = {
	/* kinds: t text, h hex, b base64, v varint, f fixed64, 4 fixed32, d double, m message */
	{ "resourceSpans.resource", 1, 'm' }, { "resourceSpans.scopeSpans", 2, 'm' }, { "resourceSpans.schemaUrl", 3, 't' },
	{ "resourceSpans", 1, 'm' },
	{ "resourceLogs.resource", 1, 'm' }, { "resourceLogs.scopeLogs", 2, 'm' }, { "resourceLogs.schemaUrl", 3, 't' },
	{ "resourceLogs", 1, 'm' },
	{ "resource.attributes", 1, 'm' }, { "resource.droppedAttributesCount", 2, 'v' }, { "resource.entityRefs", 3, 'm' },
	{ "entityRefs.schemaUrl", 1, 't' }, { "entityRefs.type", 2, 't' }, { "entityRefs.idKeys", 3, 't' }, { "entityRefs.descriptionKeys", 4, 't' },
	{ "scopeSpans.scope", 1, 'm' }, { "scopeSpans.spans", 2, 'm' }, { "scopeSpans.schemaUrl", 3, 't' },
	{ "scopeLogs.scope", 1, 'm' }, { "scopeLogs.logRecords", 2, 'm' }, { "scopeLogs.schemaUrl", 3, 't' },
	{ "scope.name", 1, 't' }, { "scope.version", 2, 't' }, { "scope.attributes", 3, 'm' }, { "scope.droppedAttributesCount", 4, 'v' },
	{ "spans.traceId", 1, 'h' }, { "spans.spanId", 2, 'h' }, { "spans.traceState", 3, 't' }, { "spans.parentSpanId", 4, 'h' },
	{ "spans.name", 5, 't' }, { "spans.kind", 6, 'v' }, { "spans.startTimeUnixNano", 7, 'f' }, { "spans.endTimeUnixNano", 8, 'f' },
	{ "spans.attributes", 9, 'm' }, { "spans.droppedAttributesCount", 10, 'v' }, { "spans.events", 11, 'm' },
	{ "spans.droppedEventsCount", 12, 'v' }, { "spans.links", 13, 'm' }, { "spans.droppedLinksCount", 14, 'v' }, { "spans.status", 15, 'm' },
	{ "spans.flags", 16, '4' },
	{ "events.timeUnixNano", 1, 'f' }, { "events.name", 2, 't' }, { "events.attributes", 3, 'm' }, { "events.droppedAttributesCount", 4, 'v' },
	{ "links.traceId", 1, 'h' }, { "links.spanId", 2, 'h' }, { "links.traceState", 3, 't' }, { "links.attributes", 4, 'm' },
	{ "links.droppedAttributesCount", 5, 'v' }, { "links.flags", 6, '4' },
	{ "status.message", 2, 't' }, { "status.code", 3, 'v' },
	{ "logRecords.timeUnixNano", 1, 'f' }, { "logRecords.severityNumber", 2, 'v' }, { "logRecords.severityText", 3, 't' },
	{ "logRecords.body", 5, 'm' }, { "logRecords.attributes", 6, 'm' }, { "logRecords.droppedAttributesCount", 7, 'v' },
	{ "logRecords.flags", 8, '4' }, { "logRecords.traceId", 9, 'h' }, { "logRecords.spanId", 10, 'h' },
	{ "logRecords.observedTimeUnixNano", 11, 'f' }, { "logRecords.eventName", 12, 't' },
	{ "attributes.key", 1, 't' }, { "attributes.value", 2, 'm' }, { "values.key", 1, 't' }, { "values.value", 2, 'm' },
	{ "*.stringValue", 1, 't' }, { "*.boolValue", 2, 'v' }, { "*.intValue", 3, 'v' }, { "*.doubleValue", 4, 'd' },
	{ "*.arrayValue", 5, 'm' }, { "*.kvlistValue", 6, 'm' }, { "*.bytesValue", 7, 'b' },
	{ "arrayValue.values", 1, 'm' }, { "kvlistValue.values", 1, 'm' },
};

static size_t
field_of(const char *parent, const char *name)
{
	char *full = xasprintf("%s.%s", parent, name), *any = xasprintf("*.%s", name);
	size_t i = 0;

	while (i < sizeof fields / sizeof *fields && strcmp(fields[i].name, full) != 0 && strcmp(fields[i].name, any) != 0 &&
	       (*parent || strcmp(fields[i].name, name) != 0))
		i++;
	if (i == sizeof fields / sizeof *fields)
		panic("no number for a field of %s: %s", parent, name);
	free(full);
	free(any);
	return i;
}

static void put_members(struct buf *out, const char *parent, const cJSON *object);

static void
put_hex(struct buf *out, uint32_t number, const char *hex)
{
	struct buf bytes = { 0 };
	unsigned byte;

	for (; sscanf(hex, "%2x", &byte) == 1; hex += 2)
		buf_addc(&bytes, (char)byte);
	put_message(out, number, &bytes);
}

static uint64_t
number_of(const cJSON *value)
{
	if (cJSON_IsBool(value))
		return cJSON_IsTrue(value) ? 1 : 0;
	return cJSON_IsString(value) ? (uint64_t)strtoll(value->valuestring, NULL, 10) : (uint64_t)value->valuedouble;
}

static void
put_value(struct buf *out, size_t field, const char *name, const cJSON *value)
{
	uint32_t number = fields[field].number;
	struct buf message = { 0 };
	double real;
	uint64_t bits;

	switch (fields[field].kind) {
	case 't':
		put_text(out, number, value->valuestring);
		return;
	case 'h':
		put_hex(out, number, value->valuestring);
		return;
	case 'b':
		put_hex(out, number, "00010203");    /* the only one there is */
		return;
	case 'v':
		put_varint(out, number, number_of(value));
		return;
	case 'f':
		put_fixed64(out, number, number_of(value));
		return;
	case '4':
		put_fixed32(out, number, (uint32_t)number_of(value));
		return;
	case 'd':
		real = cJSON_IsString(value) ? strtod(value->valuestring, NULL) : value->valuedouble;
		memcpy(&bits, &real, sizeof bits);
		put_fixed64(out, number, bits);
		return;
	default:
		put_members(&message, name, value);
		put_message(out, number, &message);
		return;
	}
}

static void
put_members(struct buf *out, const char *parent, const cJSON *object)
{
	const cJSON *member, *element;

	cJSON_ArrayForEach(member, object) {
		size_t field = field_of(parent, member->string);
		if (!cJSON_IsArray(member)) {
			put_value(out, field, member->string, member);
			continue;
		}
		cJSON_ArrayForEach(element, member)
			put_value(out, field, member->string, element);
	}
}

static char *
as_file(const struct buf *bytes)
{
	char *path = xstrdup("/tmp/spanfire-copy-XXXXXX");
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, bytes->at, bytes->len) != (ssize_t)bytes->len)
		panic("cannot write %s", path);
	close(fd);
	return path;
}

/* The lines of a text, each a message behind its length. */
static char *
as_proto(const char *text)
{
	struct buf out = { 0 };

	for (const char *end; *text; text = end) {
		cJSON *document = cJSON_ParseWithOpts(text, &end, 0);
		struct buf message = { 0 };
		end += strspn(end, "\r\n");
		put_members(&message, "", document);
		for (int shift = 24; shift >= 0; shift -= 8)
			buf_addc(&out, (char)(message.len >> shift));
		buf_add(&out, buf_str(&message));
		buf_fini(&message);
		cJSON_Delete(document);
	}
	char *path = as_file(&out);
	buf_fini(&out);
	return path;
}

static void
test_refused(void)
{
	struct buf span = { 0 }, status = { 0 }, out = { 0 };
	uint64_t unknown = 0;

	buf_add(&out, STR("before"));
	put_text(&span, 1, "short");
	ok(!otlp_from_proto(OTLP_MESSAGE_SPAN, buf_str(&span), &out, &unknown), "an id of another length is not copied");
	buf_clear(&span);
	put_varint(&status, 1, 2);
	put_message(&span, 15, &status);
	ok(!otlp_from_proto(OTLP_MESSAGE_SPAN, buf_str(&span), &out, &unknown), "nor the older code of a status");
	ok(!otlp_from_proto(OTLP_MESSAGE_SPAN, STR("\x2a\x7f"), &out, &unknown), "nor what breaks off");
	buf_clear(&span);
	put_varint(&span, 5, 1);
	ok(!otlp_from_proto(OTLP_MESSAGE_SPAN, buf_str(&span), &out, &unknown), "nor a field of another type");
	is_text(out.at, "before", "and nothing is appended");
	buf_clear(&span);
	for (int depth = 0; depth < 400; depth++) {
		struct buf value = { 0 }, list = { 0 };
		put_message(&list, 1, &span);
		put_message(&value, 5, &list);
		span = value;
	}
	struct buf pair = { 0 }, scope = { 0 };
	put_message(&pair, 2, &span);
	put_message(&scope, 3, &pair);
	ok(!otlp_from_proto(OTLP_MESSAGE_SCOPE, buf_str(&scope), &out, &unknown), "nor what is too deep");
	is_int((long long)unknown, 0, "nor are fields counted of what is not copied");
	buf_fini(&scope);
	buf_fini(&out);
}

/* Fields that OTLP does not have, also inside of others. */
static void
test_unknown(void)
{
	struct buf span = { 0 }, event = { 0 }, out = { 0 };
	uint64_t unknown = 0;

	put_text(&span, 5, "checkout");
	put_text(&span, 99, "mine");
	put_text(&event, 2, "paid");
	put_varint(&event, 77, 5);
	put_varint(&event, 77, 6);
	put_message(&span, 11, &event);
	ok(otlp_from_proto(OTLP_MESSAGE_SPAN, buf_str(&span), &out, &unknown), "a record with fields of others is copied");
	is_text(out.at, "{\"name\":\"checkout\",\"events\":[{\"name\":\"paid\"}]}", "without them");
	is_int((long long)unknown, 3, "and they are counted");
	buf_fini(&span);
	buf_fini(&out);
}

int
main(void)
{
	const char *top = getenv("top_srcdir") ? getenv("top_srcdir") : ".";
	char *path = xasprintf("%s/tests/data/same/every_field.json", top), *proto;
	struct buf text = { 0 };

	if (!ok(file_read(path, &text), "%s is there", path))
		return done();
	proto = as_proto(text.at);
	char *from_json = written_from(path), *from_proto = written_from(proto);

	if (from_json && from_proto) {
		same_records(text.at, from_json, "every field of a record in JSON");
		same_records(text.at, from_proto, "every field of a record in protobuf");
	}
	test_refused();
	test_unknown();
	unlink(proto);
	free(path);
	buf_fini(&text);
	free(proto);
	free(from_json);
	free(from_proto);
	return done();
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/otlp_json.h"

#include "load/ids.h"
#include "load/json_id.h"

#define SMALL_TIME INT64_C(1000000000000000)    /* ns; a clock below this (11 days) does not count from 1970 */

enum field {
	FIELD_NONE = JSON_FIELD_NONE, FIELD_TRACE_ID, FIELD_SPAN_ID, FIELD_PARENT_ID, FIELD_NAME, FIELD_KIND, FIELD_START, FIELD_END,
	FIELD_STATUS, FIELD_EVENTS, FIELD_LINKS,
};

static const struct json_field_name field_names[] = {
	JSON_NAME("traceId", FIELD_TRACE_ID),
	JSON_NAME("spanId", FIELD_SPAN_ID),
	JSON_NAME("traceState", FIELD_NONE),
	JSON_NAME("parentSpanId", FIELD_PARENT_ID),
	JSON_NAME("flags", FIELD_NONE),
	JSON_NAME("name", FIELD_NAME),
	JSON_NAME("kind", FIELD_KIND),
	JSON_NAME("startTimeUnixNano", FIELD_START),
	JSON_NAME("endTimeUnixNano", FIELD_END),
	JSON_NAME("attributes", FIELD_NONE),
	JSON_NAME("events", FIELD_EVENTS),
	JSON_NAME("links", FIELD_LINKS),
	JSON_NAME("status", FIELD_STATUS),
	JSON_NAME("trace_id", FIELD_TRACE_ID),
	JSON_NAME("span_id", FIELD_SPAN_ID),
	JSON_NAME("trace_state", FIELD_NONE),
	JSON_NAME("parent_span_id", FIELD_PARENT_ID),
	JSON_NAME("start_time_unix_nano", FIELD_START),
	JSON_NAME("end_time_unix_nano", FIELD_END),
	JSON_NAME("droppedAttributesCount", FIELD_NONE),
	JSON_NAME("droppedEventsCount", FIELD_NONE),
	JSON_NAME("droppedLinksCount", FIELD_NONE),
};
static const struct json_fields fields = JSON_FIELDS(field_names);

static const struct str kind_names[] = {
	[SPAN_UNSPECIFIED] = STR("SPAN_KIND_UNSPECIFIED"), [SPAN_INTERNAL] = STR("SPAN_KIND_INTERNAL"),
	[SPAN_SERVER] = STR("SPAN_KIND_SERVER"), [SPAN_CLIENT] = STR("SPAN_KIND_CLIENT"),
	[SPAN_PRODUCER] = STR("SPAN_KIND_PRODUCER"), [SPAN_CONSUMER] = STR("SPAN_KIND_CONSUMER"),
};
static const struct str status_names[] = {
	[STATUS_UNSET] = STR("STATUS_CODE_UNSET"), [STATUS_OK] = STR("STATUS_CODE_OK"), [STATUS_ERROR] = STR("STATUS_CODE_ERROR"),
};

static void
wrong_type(struct otlp_reader *reader, enum json_type type, uint64_t at)
{
	if (!reader->base.json.fault && type != JSON_NULL)
		reader_note(&reader->base, NOTE_WARNING, "a field of a span has a value of the wrong type: passed over", at);
}

/* A number, a decimal string or a name of the table; anything else counts as 0. */
static unsigned
read_enum(struct otlp_reader *reader, const struct str *names, size_t count)
{
	struct json *json = &reader->base.json;
	enum json_type type = json_peek(json);
	uint64_t at = json_offset(json), number;
	struct str text;

	if (type != JSON_STRING) {
		if (json_uint64(json, &number))
			return number < count ? (unsigned)number : 0;
		wrong_type(reader, type, at);
		return 0;
	}
	if (!json_string(json, &text))
		return 0;
	for (unsigned i = 0; i < count; i++)
		if (str_equal(text, names[i]) || (text.len == 1 && *text.at == (char)('0' + i)))
			return i;
	return 0;
}

static int64_t
read_time(struct otlp_reader *reader, bool *has_out)
{
	enum json_type type = json_peek(&reader->base.json);
	uint64_t at = json_offset(&reader->base.json);
	int64_t time = 0;

	*has_out = json_int64(&reader->base.json, &time);
	if (!*has_out)
		wrong_type(reader, type, at);
	return time;
}

static void
note_id(struct otlp_reader *reader, enum id_form form, uint64_t at)
{
	if (form == ID_PADDED)
		reader_note(&reader->base, NOTE_INFO, "an id that has not the usual length: taken with leading zeros", at);
	else if (form == ID_HASHED)
		reader_note(&reader->base, NOTE_WARNING, "an id that is neither hex nor base64 of the right length: a hash stands for it", at);
}

static void
read_trace_id(struct otlp_reader *reader, uint8_t out[16])
{
	enum json_type type = json_peek(&reader->base.json);
	uint64_t at = json_offset(&reader->base.json);
	struct str text;

	if (json_hex32(&reader->base.json, out))
		return;
	if (json_string(&reader->base.json, &text))
		note_id(reader, id_trace(text, out), at);
	else
		wrong_type(reader, type, at);
}

static void
read_span_id(struct otlp_reader *reader, uint64_t *out)
{
	enum json_type type = json_peek(&reader->base.json);
	uint64_t at = json_offset(&reader->base.json);
	struct str text;

	if (json_hex16(&reader->base.json, out))
		return;
	if (json_string(&reader->base.json, &text))
		note_id(reader, id_span(text, out), at);
	else
		wrong_type(reader, type, at);
}

/* The status of early encoders: a number of gRPC, where anything but 0 is an error. */
static bool
read_deprecated_code(struct otlp_reader *reader)
{
	uint64_t code = 0;

	return json_uint64(&reader->base.json, &code) && code != 0;
}

static enum span_status
read_status(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	enum json_type type = json_peek(json);
	uint64_t at = json_offset(json);
	unsigned code = 0;
	bool deprecated = false;
	struct str key;

	if (!json_object(json)) {
		wrong_type(reader, type, at);
		return STATUS_UNSET;
	}
	while (json_key(json, &key)) {
		if (str_equal(key, STR("code")))
			code = read_enum(reader, status_names, sizeof status_names / sizeof *status_names);
		else if (str_equal(key, STR("deprecatedCode")) || str_equal(key, STR("deprecated_code")))
			deprecated = read_deprecated_code(reader);
		else
			json_skip(json);
	}
	return code ? (enum span_status)code : deprecated ? STATUS_ERROR : STATUS_UNSET;
}

/* Encoders write 0 for a time that is not known; a clock that begins at 0 is told by the other end of the span. */
static void
judge_times(struct span_in *span)
{
	if (span->has_end && span->end_ns == 0)
		span->has_end = false;
	if (span->has_start && span->start_ns == 0 && (!span->has_end || span->end_ns >= SMALL_TIME))
		span->has_start = false;
}

static void
read_field(struct otlp_reader *reader, struct span_in *span, enum field field)
{
	struct json *json = &reader->base.json;

	switch (field) {
	case FIELD_NONE:
		json_skip(json);
		break;
	case FIELD_TRACE_ID:
		read_trace_id(reader, span->trace_id);
		break;
	case FIELD_SPAN_ID:
		read_span_id(reader, &span->id);
		break;
	case FIELD_PARENT_ID:
		read_span_id(reader, &span->parent_id);
		break;
	case FIELD_NAME: {
		enum json_type type = json_peek(json);
		uint64_t at = json_offset(json);

		if (!json_keep_string(json, &reader->name, &span->name))
			wrong_type(reader, type, at);
		break;
	}
	case FIELD_KIND:
		span->kind = (enum span_kind)read_enum(reader, kind_names, sizeof kind_names / sizeof *kind_names);
		break;
	case FIELD_START:
		span->start_ns = read_time(reader, &span->has_start);
		break;
	case FIELD_END:
		span->end_ns = read_time(reader, &span->has_end);
		break;
	case FIELD_STATUS:
		span->status = read_status(reader);
		break;
	case FIELD_EVENTS:
		span->events += json_count_objects(json);
		break;
	case FIELD_LINKS:
		span->has_links = json_count_objects(json) > 0;
		break;
	}
}

void
otlp_span(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	struct span_in span = { .name = STR(""), .detail_at = json_offset(json) };
	static const uint8_t no_trace[16];
	uint64_t len;
	int field;

	if (!json_object(json)) {
		if (!json->fault)
			reader_note(&reader->base, NOTE_WARNING, "a span that is not an object: passed over", span.detail_at);
		return;
	}
	reader->order.last = 0;
	while ((field = json_field(json, &fields, &reader->order)) != JSON_FIELD_END)
		read_field(reader, &span, (enum field)field);
	if (json->fault)
		return;
	len = json_offset(json) - span.detail_at;
	span.detail_len = len <= UINT32_MAX ? (uint32_t)len : 0;
	judge_times(&span);
	if (memcmp(span.trace_id, no_trace, sizeof no_trace) == 0)
		reader_note(&reader->base, NOTE_WARNING, "a span without a trace id: kept in a trace of its like", span.detail_at);
	sink_span(reader->base.sink, &span);
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/otlp_proto.h"

#include "load/format.h"
#include "load/otlp_proto_detail.h"
#include "load/otlp_proto_fields.h"
#include "load/proto.h"

static const char note_cut[] = "the file ends inside a record: the spans before it were kept";
static const char note_beyond[] = "a length inside a record reaches beyond it: what comes before was kept";
static const char note_broken[] = "a record is not valid protobuf: the rest of it was skipped";
static const char note_length[] = "a record declares more bytes than there can be: the rest of the file was skipped";
static const char note_id[] = "a trace or span id is not 16 or 8 bytes: it was padded or cut";

/* What the reader carries from record to record. */
struct reader {
	struct sink *sink;
	const char  *begin;      /* of the bytes that offsets are counted from */
	uint64_t     begin_at;   /* their offset in the decompressed input */
	bool         whole;      /* the record is all there */
	bool         cut;        /* it is not, and that has been noted */
};

static uint64_t
offset_of(const struct reader *reader, const char *at)
{
	return reader->begin_at + (uint64_t)(at - reader->begin);
}

/* Notes why a message ended early; that the input does is said once, not for each message around the place. */
static void
note_end(struct reader *reader, const struct proto *message)
{
	const char *text = note_broken;

	if (message->state == PROTO_CUT)
		text = reader->whole ? note_beyond : note_cut;
	if (message->state == PROTO_OK || (text == note_cut && reader->cut))
		return;
	reader->cut |= text == note_cut;
	sink_note(reader->sink, NOTE_WARNING, text, 0, offset_of(reader, message->at), (struct str){ 0 });
}

static void
read_trace_id(const struct reader *reader, struct str bytes, uint8_t out[16])
{
	size_t len = bytes.len < 16 ? bytes.len : 16;

	if (len)
		memcpy(out + 16 - len, bytes.at, len);
	if (bytes.len != 16 && bytes.len != 0)
		sink_note(reader->sink, NOTE_WARNING, note_id, 0, offset_of(reader, bytes.at), (struct str){ 0 });
}

static uint64_t
read_span_id(const struct reader *reader, struct str bytes)
{
	uint64_t id = 0;

	for (size_t i = 0; i < bytes.len && i < 8; i++)
		id = id << 8 | (unsigned char)bytes.at[i];
	if (bytes.len != 8 && bytes.len != 0)
		sink_note(reader->sink, NOTE_WARNING, note_id, 0, offset_of(reader, bytes.at), (struct str){ 0 });
	return id;
}

static enum span_status
read_status(struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	uint64_t code = 0, old_code = 0;

	while (proto_next(&message, &field))
		if (field.number == STATUS_FIELD_CODE && field.wire == PROTO_VARINT)
			code = field.value;
		else if (field.number == STATUS_OLD_CODE && field.wire == PROTO_VARINT)
			old_code = field.value;
	if (code == 2 || (code == 0 && old_code != 0))
		return STATUS_ERROR;
	return code == 1 ? STATUS_OK : STATUS_UNSET;
}

static void
read_span_field(const struct reader *reader, const struct proto_field *field, struct span_in *span)
{
	switch (field->number) {
	case SPAN_FIELD_TRACE_ID:
		if (field->wire == PROTO_BYTES)
			read_trace_id(reader, field->bytes, span->trace_id);
		break;
	case SPAN_FIELD_ID:
		if (field->wire == PROTO_BYTES)
			span->id = read_span_id(reader, field->bytes);
		break;
	case SPAN_FIELD_PARENT_ID:
		if (field->wire == PROTO_BYTES)
			span->parent_id = read_span_id(reader, field->bytes);
		break;
	case SPAN_FIELD_NAME:
		span->name = field->bytes;
		break;
	case SPAN_FIELD_KIND:
		if (field->wire == PROTO_VARINT && field->value <= SPAN_CONSUMER)
			span->kind = (enum span_kind)field->value;
		break;
	case SPAN_FIELD_START:
		span->start_ns = (int64_t)field->value;
		span->has_start = field->value != 0;
		break;
	case SPAN_FIELD_END:
		span->end_ns = (int64_t)field->value;
		span->has_end = field->value != 0;
		break;
	case SPAN_FIELD_STATUS:
		span->status = read_status(field->bytes);
		break;
	case SPAN_FIELD_EVENTS:
		span->events += field->wire == PROTO_BYTES;
		break;
	case SPAN_FIELD_LINKS:
		span->has_links |= field->wire == PROTO_BYTES;
		break;
	default:
		break;
	}
}

static void
read_span(struct reader *reader, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	struct span_in span = { .detail_at = offset_of(reader, bytes.at), .detail_len = (uint32_t)bytes.len };

	while (proto_next(&message, &field))
		read_span_field(reader, &field, &span);
	note_end(reader, &message);
	sink_span(reader->sink, &span);
}

/* A log record: an event of the span that it names. */
static void
read_log(struct reader *reader, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	static const uint8_t no_trace[16];
	uint8_t trace_id[16] = { 0 };
	uint64_t id = 0;

	while (proto_next(&message, &field))
		if (field.number == LOG_TRACE_ID && field.wire == PROTO_BYTES)
			read_trace_id(reader, field.bytes, trace_id);
		else if (field.number == LOG_SPAN_ID && field.wire == PROTO_BYTES)
			id = read_span_id(reader, field.bytes);
	note_end(reader, &message);
	if (memcmp(trace_id, no_trace, sizeof no_trace) == 0)
		sink_note(reader->sink, NOTE_INFO, "a log record of no span: left out", 0, offset_of(reader, bytes.at), (struct str){ 0 });
	else
		sink_span_record(reader->sink, trace_id, id, offset_of(reader, bytes.at), (uint32_t)bytes.len, REF_LOG);
}

static enum otlp_signal
read_record(struct reader *reader, struct str bytes)
{
	enum otlp_signal signal = otlp_proto_signal(bytes);

	if (signal == OTLP_LOG)
		read_log(reader, bytes);
	else if (signal == OTLP_SPAN || bytes.len == 0)
		read_span(reader, bytes);
	else
		sink_note(reader->sink, NOTE_INFO, "a record that is neither a span nor a log record: passed over", 0,
		          offset_of(reader, bytes.at), (struct str){ 0 });
	return signal;
}

/* The service.name among a resource's attributes. */
static void
read_resource(const struct reader *reader, struct str bytes)
{
	struct proto resource = proto_of(bytes);
	struct proto_field field, part;

	sink_group_resource(reader->sink, offset_of(reader, bytes.at), (uint32_t)bytes.len);
	while (proto_next(&resource, &field)) {
		struct str key = { 0 }, text = { 0 };
		if (field.number != RESOURCE_ATTRIBUTES || field.wire != PROTO_BYTES)
			continue;
		struct proto pair = proto_of(field.bytes);
		while (proto_next(&pair, &part)) {
			if (part.number == KEY_VALUE_KEY)
				key = part.bytes;
			if (part.number != KEY_VALUE_VALUE)
				continue;
			struct proto value = proto_of(part.bytes);
			struct proto_field one;
			while (proto_next(&value, &one))
				if (one.number == ANY_VALUE_STRING && one.wire == PROTO_BYTES)
					text = one.bytes;
		}
		if (str_equal(key, STR("service.name")) && text.len)
			sink_group_service(reader->sink, text);
	}
}

static void
read_scope_spans(struct reader *reader, struct str resource, struct str bytes)
{
	struct heading_in heading = { .at = offset_of(reader, bytes.at), .end = offset_of(reader, bytes.at) + bytes.len, .schema = STR("") };
	struct proto message = proto_of(bytes);
	struct proto_field field;

	sink_group_open(reader->sink);
	if (resource.at)
		read_resource(reader, resource);
	while (proto_next(&message, &field)) {
		if (field.wire != PROTO_BYTES)
			continue;
		if (field.number == SCOPE_SPANS_SPANS) {
			heading.of_logs |= read_record(reader, field.bytes) == OTLP_LOG;
		} else if (field.number == SCOPE_SPANS_SCOPE) {
			heading.scope_at = offset_of(reader, field.bytes.at);
			heading.scope_len = (uint32_t)field.bytes.len;
			sink_group_scope(reader->sink, heading.scope_at, heading.scope_len);
		} else if (field.number == SCOPE_SPANS_SCHEMA) {
			heading.schema = field.bytes;
		}
	}
	note_end(reader, &message);
	sink_group_close(reader->sink);
	sink_heading(reader->sink, &heading);
}

/* Whether a ResourceSpans carries spans in today's field: the deprecated copy of them is then left out. */
static bool
has_scope_spans(struct str bytes, struct str *resource_out)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	struct str rest;
	bool found = false;

	while (proto_next(&message, &field)) {
		if (field.number == RESOURCE_SPANS_RESOURCE && field.wire == PROTO_BYTES)
			*resource_out = field.bytes;
		found |= field.number == RESOURCE_SPANS_SCOPE_SPANS && field.bytes.len > 0;
	}
	return found || proto_cut_field(&message, RESOURCE_SPANS_SCOPE_SPANS, &rest);
}

static void
read_resource_spans(struct reader *reader, struct str bytes)
{
	struct str resource = { 0 }, schema = STR(""), rest;
	uint32_t spans = has_scope_spans(bytes, &resource) ? RESOURCE_SPANS_SCOPE_SPANS : RESOURCE_SPANS_OLD_SCOPE_SPANS;
	uint32_t first = sink_headings(reader->sink);
	struct proto message = proto_of(bytes);
	struct proto_field field;

	while (proto_next(&message, &field))
		if (field.number == spans && field.wire == PROTO_BYTES)
			read_scope_spans(reader, resource, field.bytes);
		else if (field.number == RESOURCE_SPANS_SCHEMA && field.wire == PROTO_BYTES)
			schema = field.bytes;
	if (proto_cut_field(&message, spans, &rest))
		read_scope_spans(reader, resource, rest);
	note_end(reader, &message);
	sink_headings_resource(reader->sink, first, resource.at ? offset_of(reader, resource.at) : 0, (uint32_t)resource.len, schema);
}

/* A whole TracesData in memory. */
static void
read_traces(struct reader *reader, struct str bytes)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	struct str rest;

	while (proto_next(&message, &field))
		if (field.number == DATA_RESOURCE_SPANS && field.wire == PROTO_BYTES)
			read_resource_spans(reader, field.bytes);
	if (proto_cut_field(&message, DATA_RESOURCE_SPANS, &rest))
		read_resource_spans(reader, rest);
	note_end(reader, &message);
}

/* Makes len bytes from offset at on visible; fewer when the input ends before.  The bytes there are. */
static struct str
need(struct input *in, uint64_t at, uint64_t len)
{
	while (in->begin_at + (uint64_t)(in->end - in->begin) < at + len && input_more(in, at))
		;
	uint64_t end = in->begin_at + (uint64_t)(in->end - in->begin);
	/* A record that is cut puts the next one behind the end. */
	if (at >= end)
		return (struct str){ in->end, 0 };
	return (struct str){ in->begin + (at - in->begin_at), (size_t)(end - at < len ? end - at : len) };
}

static struct reader
reader_of(struct input *in, struct sink *sink, bool whole)
{
	return (struct reader){ .sink = sink, .begin = in->begin, .begin_at = in->begin_at, .whole = whole };
}

static void
read_framed(struct input *in, struct sink *sink)
{
	uint64_t at = 0;

	while (input_progress(in, at)) {
		struct str head = need(in, at, FRAME_HEAD);
		if (head.len == 0)
			return;
		if (head.len < FRAME_HEAD) {
			sink_note(sink, NOTE_WARNING, note_cut, 0, at, (struct str){ 0 });
			return;
		}
		const unsigned char *size = (const unsigned char *)head.at;
		uint64_t len = (uint64_t)size[0] << 24 | (uint64_t)size[1] << 16 | (uint64_t)size[2] << 8 | size[3];
		struct str record = need(in, at + FRAME_HEAD, len < RECORD_LONGEST ? len : RECORD_LONGEST);
		struct reader reader = reader_of(in, sink, record.len == len);
		if (len >= RECORD_LONGEST) {
			sink_note(sink, NOTE_ERROR, note_length, 0, at, (struct str){ 0 });
			return;
		}
		read_traces(&reader, record);
		if (record.len < len && !reader.cut)
			sink_note(sink, NOTE_WARNING, note_cut, 0, at, (struct str){ 0 });
		at += FRAME_HEAD + len;
	}
}

/* The head of a field that cannot be read on from. */
static void
note_head(struct sink *sink, const struct proto *message, uint64_t len, uint64_t at)
{
	const char *text = message->state == PROTO_CUT ? note_cut : note_broken;

	if (len >= RECORD_LONGEST)
		text = note_length;
	sink_note(sink, text == note_cut ? NOTE_WARNING : NOTE_ERROR, text, 0, at, (struct str){ 0 });
}

/* Top-level fields one by one, so that a stream's window holds one ResourceSpans at a time. */
static void
read_bare(struct input *in, struct sink *sink)
{
	enum { HEAD_LONGEST = 20 };
	uint64_t at = 0;

	while (input_progress(in, at)) {
		struct str head = need(in, at, HEAD_LONGEST);
		uint32_t number;
		size_t begin;
		uint64_t len = 0;
		if (head.len == 0)
			return;
		if (!proto_head(head, &number, &begin, &len) || len >= RECORD_LONGEST) {
			struct proto message = proto_of(head);
			struct proto_field field;
			if (proto_next(&message, &field)) {
				at += (uint64_t)(message.at - head.at);
				continue;
			}
			note_head(sink, &message, len, at);
			return;
		}
		struct str bytes = need(in, at + begin, len);
		struct reader reader = reader_of(in, sink, bytes.len == len);
		if (number == DATA_RESOURCE_SPANS)
			read_resource_spans(&reader, bytes);
		if (bytes.len < len && !reader.cut)
			sink_note(sink, NOTE_WARNING, note_cut, 0, at, (struct str){ 0 });
		at += begin + len;
	}
}

static void
otlp_proto_read(struct input *in, struct sink *sink)
{
	struct str head = need(in, 0, 1 << 16);

	if (otlp_proto_is_framed(head))
		read_framed(in, sink);
	else
		read_bare(in, sink);
}

static int
otlp_proto_score(const struct probe *probe, const char **why_out)
{
	if (otlp_proto_is_framed(probe->head)) {
		*why_out = "length-prefixed records that hold OTLP spans";
		return 95;
	}
	if (otlp_proto_is_traces(probe->head)) {
		*why_out = "a protobuf message that holds OTLP spans";
		return 90;
	}
	if (otlp_proto_is_logs(probe->head)) {
		*why_out = "a protobuf message that holds OTLP log records";
		return 60;
	}
	return 0;
}

static const char *const given_keys[] = { "otel.scope.name", "otel.scope.version", "severity", "severity_number", "body", NULL };

const struct load_format load_otlp_proto = {
	.name = "otlp-proto",
	.summary = "OpenTelemetry traces and their logs in protobuf, bare or as length-prefixed records",
	.score = otlp_proto_score,
	.read = otlp_proto_read,
	.detail = otlp_proto_detail,
	.given_keys = given_keys,
	.record = otlp_proto_record,
	.of_spans = true,
};

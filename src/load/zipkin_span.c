/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/zipkin.h"

#include <strings.h>

#include "load/ids.h"
#include "load/json_id.h"

#define TRACE_ID_MAX 32u    /* digits of a trace id; of a longer one the last count */

enum zipkin_core
zipkin_core(struct str value)
{
	static const char names[ZIPKIN_CORES][3] = { "cs", "cr", "sr", "ss", "ms", "mr" };

	for (unsigned i = 0; value.len == 2 && i < ZIPKIN_CORES; i++)
		if (memcmp(value.at, names[i], 2) == 0)
			return (enum zipkin_core)i;
	return ZIPKIN_NO_CORE;
}

/* The first of its kind stays. */
static void
take_spare(struct zipkin_reader *reader, struct zipkin_endpoint *out)
{
	struct zipkin_endpoint old = *out;

	if (out->there || !reader->spare.there)
		return;
	reader->taken = true;
	*out = reader->spare;
	reader->spare = old;
	zipkin_endpoint_clear(&reader->spare);
}

enum { NOTE_TIME = 1, NOTE_VALUE, NOTE_ENDPOINT };

static const struct json_field_name annotation_names[] = {
	JSON_NAME("timestamp", NOTE_TIME),
	JSON_NAME("value", NOTE_VALUE),
	JSON_NAME("endpoint", NOTE_ENDPOINT),
};
static const struct json_fields annotation_fields = JSON_FIELDS(annotation_names);

/* {timestamp, value, endpoint}; only version 1 has endpoints. */
static void
read_annotation(struct zipkin_reader *reader, struct zipkin_span *span)
{
	static const size_t sides[] = { 0, 0, 1, 1, 2, 2 };
	struct zipkin_endpoint *const endpoints[] = { &reader->client, &reader->server, &reader->broker };
	struct json *json = &reader->base.json;
	enum zipkin_core core = ZIPKIN_NO_CORE;
	int64_t time_ns = 0;
	struct str text;
	int field;

	zipkin_endpoint_clear(&reader->spare);
	if (!reader_object(&reader->base))
		return;
	span->in.events++;
	reader->annotation_order.last = 0;
	while ((field = json_field(json, &annotation_fields, &reader->annotation_order)) != JSON_FIELD_END) {
		if (field == NOTE_TIME) {
			reader_micros(&reader->base, &time_ns);
		} else if (field == NOTE_VALUE && json_peek(json) == JSON_STRING) {
			if (json_string(json, &text))
				core = zipkin_core(text);
		} else if (field == NOTE_ENDPOINT) {
			zipkin_endpoint(reader, &reader->spare);
		} else {
			json_skip(json);
		}
	}
	span->is_v1 |= reader->spare.there;
	if (core != ZIPKIN_NO_CORE) {
		span->sides[sides[core]]++;
	} else if (reader->spare.service.len) {
		buf_add(&reader->told_by, buf_str(&reader->spare.service));
		buf_addc(&reader->told_by, '\0');
	}
	if (core != ZIPKIN_NO_CORE && !span->has_core[core]) {
		span->core_ns[core] = time_ns;
		span->has_core[core] = time_ns != 0;
		take_spare(reader, endpoints[sides[core]]);
	}
	take_spare(reader, &reader->any);
}

/* {key, value, endpoint}: a tag, the local component, or the address of the other side. */
static void
read_binary_annotation(struct zipkin_reader *reader, struct zipkin_span *span)
{
	struct json *json = &reader->base.json;
	bool is_local = false, is_error = false, is_address = false;
	struct str key, text;

	zipkin_endpoint_clear(&reader->spare);
	if (!reader_object(&reader->base))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("key")) && json_peek(json) == JSON_STRING) {
			if (!json_string(json, &text))
				continue;
			is_local = str_equal(text, STR("lc"));
			is_error = str_equal(text, STR("error"));
			is_address = str_equal(text, STR("sa")) || str_equal(text, STR("ca")) || str_equal(text, STR("ma"));
		} else if (str_equal(key, STR("endpoint"))) {
			zipkin_endpoint(reader, &reader->spare);
		} else {
			json_skip(json);
		}
	}
	if (is_error && !span->has_error) {
		buf_clear(&reader->failed);
		buf_add(&reader->failed, buf_str(&reader->spare.service));
	}
	span->has_error |= is_error;
	if (is_local)
		take_spare(reader, &reader->local);
	else if (!is_address)
		take_spare(reader, &reader->any);
}

static void
read_list(struct zipkin_reader *reader, struct zipkin_span *span, void (*read)(struct zipkin_reader *, struct zipkin_span *))
{
	uint32_t depth;

	if (!reader_array(&reader->base))
		return;
	depth = reader->base.json.depth;
	while (reader_element(&reader->base, depth))
		read(reader, span);
}

static void
read_tags(struct zipkin_reader *reader, struct zipkin_span *span)
{
	struct json *json = &reader->base.json;
	struct str key;

	if (!reader_object(&reader->base))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("error")) && json_peek(json) != JSON_NULL)
			span->in.status = STATUS_ERROR;
		json_skip(json);
	}
}

static void
read_trace_id(struct zipkin_reader *reader, uint8_t out[16])
{
	struct json *json = &reader->base.json;
	enum json_type type = json_peek(json);
	uint64_t at = json_offset(json);
	uint64_t half;
	struct str text;

	if (json_hex32(json, out))
		return;
	if (json_hex16(json, &half)) {
		memset(out, 0, 8);
		id_bytes(half, out + 8);
		return;
	}
	if (!json_string(json, &text)) {
		reader_wrong_type(&reader->base, type, at);
		return;
	}
	if (text.len > TRACE_ID_MAX) {
		reader_note(&reader->base, NOTE_INFO, "a trace id of more than 32 digits: its last 32 count", at);
		text.at += text.len - TRACE_ID_MAX;
		text.len = TRACE_ID_MAX;
	}
	if (id_trace(text, out) == ID_HASHED)
		reader_note(&reader->base, NOTE_INFO, "an id that is no number of the right length: a hash stands for it", at);
}

static enum span_kind
read_kind(struct zipkin_reader *reader)
{
	static const struct { const char *name; enum span_kind kind; } kinds[] = {
		{ "CLIENT", SPAN_CLIENT }, { "SERVER", SPAN_SERVER }, { "PRODUCER", SPAN_PRODUCER }, { "CONSUMER", SPAN_CONSUMER },
	};
	struct str text;

	if (!json_string(&reader->base.json, &text))
		return SPAN_UNSPECIFIED;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text.len == strlen(kinds[i].name) && strncasecmp(text.at, kinds[i].name, text.len) == 0)
			return kinds[i].kind;
	return SPAN_UNSPECIFIED;
}

enum field {
	FIELD_NONE = JSON_FIELD_NONE, FIELD_TRACE_ID, FIELD_ID, FIELD_PARENT_ID, FIELD_NAME, FIELD_KIND, FIELD_TIME, FIELD_DURATION, FIELD_LOCAL,
	FIELD_ANNOTATIONS, FIELD_TAGS, FIELD_BINARY_ANNOTATIONS, FIELD_SHARED,
};

static const struct json_field_name field_names[] = {
	JSON_NAME("traceId", FIELD_TRACE_ID),
	JSON_NAME("id", FIELD_ID),
	JSON_NAME("parentId", FIELD_PARENT_ID),
	JSON_NAME("name", FIELD_NAME),
	JSON_NAME("kind", FIELD_KIND),
	JSON_NAME("timestamp", FIELD_TIME),
	JSON_NAME("duration", FIELD_DURATION),
	JSON_NAME("localEndpoint", FIELD_LOCAL),
	JSON_NAME("remoteEndpoint", FIELD_NONE),
	JSON_NAME("annotations", FIELD_ANNOTATIONS),
	JSON_NAME("tags", FIELD_TAGS),
	JSON_NAME("binaryAnnotations", FIELD_BINARY_ANNOTATIONS),
	JSON_NAME("shared", FIELD_SHARED),
	JSON_NAME("debug", FIELD_NONE),
};
static const struct json_fields fields = JSON_FIELDS(field_names);

static void
read_member(struct zipkin_reader *reader, struct zipkin_span *span, enum field field)
{
	struct json_reader *base = &reader->base;
	struct json *json = &base->json;

	switch (field) {
	case FIELD_NONE:
		json_skip(json);
		break;
	case FIELD_TRACE_ID:
		read_trace_id(reader, span->in.trace_id);
		break;
	case FIELD_ID:
		span->is_span |= reader_span_id(base, &span->in.id);
		break;
	case FIELD_PARENT_ID:
		if (json_peek(json) == JSON_STRING)
			reader_span_id(base, &span->in.parent_id);
		else
			json_skip(json);
		break;
	case FIELD_NAME:
		reader_string(base, &reader->name, &span->in.name);
		break;
	case FIELD_KIND:
		span->in.kind = read_kind(reader);
		break;
	case FIELD_TIME:
		span->in.has_start = reader_micros(base, &span->in.start_ns);
		break;
	case FIELD_DURATION:
		span->in.has_end = reader_micros(base, &span->length_ns);
		break;
	case FIELD_LOCAL:
		zipkin_endpoint(reader, &reader->local);
		break;
	case FIELD_ANNOTATIONS:
		read_list(reader, span, read_annotation);
		break;
	case FIELD_TAGS:
		read_tags(reader, span);
		break;
	case FIELD_BINARY_ANNOTATIONS:
		span->is_v1 = true;
		read_list(reader, span, read_binary_annotation);
		break;
	case FIELD_SHARED:
		if (!json_bool(json, &span->shared))
			span->shared = false;
		break;
	}
}

/* From the start and the length, or from the annotations that say when it began and ended. */
static void
set_times(struct zipkin_span *span, enum zipkin_core begin, enum zipkin_core end, bool prefer_annotations)
{
	struct span_in *in = &span->in;
	bool has_begin = begin < ZIPKIN_CORES && span->has_core[begin], has_end = end < ZIPKIN_CORES && span->has_core[end];

	if (has_begin && (prefer_annotations || !in->has_start)) {
		in->start_ns = span->core_ns[begin];
		in->has_start = true;
		in->has_end = in->has_end && !prefer_annotations;
	}
	if (has_end && has_begin && !in->has_end) {
		in->end_ns = span->core_ns[end];
		in->has_end = true;
		return;
	}
	in->is_length = !in->has_start;
	in->end_ns = span->length_ns;
	if (in->has_start && in->has_end && __builtin_add_overflow(in->start_ns, span->length_ns, &in->end_ns))
		in->end_ns = span->length_ns < 0 ? INT64_MIN : INT64_MAX;
}

static void
push(struct zipkin_reader *reader, const struct zipkin_span *span, const struct zipkin_endpoint *endpoint, enum zipkin_core begin,
     enum zipkin_core end, bool prefer_annotations)
{
	struct zipkin_span copy = *span;

	set_times(&copy, begin, end, prefer_annotations);
	zipkin_enter(reader, endpoint->there ? endpoint : reader->local.there ? &reader->local : &reader->any);
	sink_span(reader->base.sink, &copy.in);
}

/* Of the annotations of a span that is two, those that are the server's: it says so, or its service does and is not the client's. */
static uint32_t
events_of_server(const struct zipkin_reader *reader, const struct zipkin_span *span)
{
	struct str server = buf_str(&reader->server.service), told_by = buf_str(&reader->told_by);
	uint32_t events = span->sides[1];

	if (!server.len || str_equal(server, buf_str(&reader->client.service)))
		return events;
	while (told_by.len) {
		size_t len = strlen(told_by.at);
		events += str_equal(str_head(told_by, len), server);
		told_by = str_tail(told_by, len + 1);
	}
	return events;
}

/* A span of version 1 is what its annotations make it; one that is a client and a server is two. */
static void
push_v1(struct zipkin_reader *reader, struct zipkin_span *span)
{
	bool is_client = span->has_core[ZIPKIN_CS] || span->has_core[ZIPKIN_CR];
	bool is_server = span->has_core[ZIPKIN_SR] || span->has_core[ZIPKIN_SS];

	/* Of the two the one fails whose service says so; the client where nobody does. */
	struct str failed = buf_str(&reader->failed), server = buf_str(&reader->server.service);
	bool server_failed = !is_client || (failed.len && str_equal(failed, server) && !str_equal(failed, buf_str(&reader->client.service)));
	enum span_status status = span->has_error ? STATUS_ERROR : span->in.status;
	uint32_t events = span->in.events, of_server = is_client ? events_of_server(reader, span) : events;
	span->in.status = server_failed && is_server ? span->in.status : status;
	if (is_client) {
		span->in.kind = SPAN_CLIENT;
		span->in.events = is_server ? events - of_server : events;
		push(reader, span, &reader->client, ZIPKIN_CS, ZIPKIN_CR, false);
	}
	if (is_server) {
		span->in.kind = SPAN_SERVER;
		span->in.events = of_server;
		span->in.status = server_failed ? status : STATUS_UNSET;
		push(reader, span, &reader->server, ZIPKIN_SR, ZIPKIN_SS, is_client);
	}
	if (is_client || is_server)
		return;
	bool is_producer = span->has_core[ZIPKIN_MS];
	span->in.kind = is_producer ? SPAN_PRODUCER : span->has_core[ZIPKIN_MR] ? SPAN_CONSUMER : span->in.kind;
	push(reader, span, span->in.kind == SPAN_UNSPECIFIED ? &reader->local : &reader->broker, is_producer ? ZIPKIN_MS : ZIPKIN_MR,
	     ZIPKIN_NO_CORE, false);
}

static void
settle(struct zipkin_reader *reader, struct zipkin_span *span)
{
	struct span_in *in = &span->in;
	uint64_t len = json_offset(&reader->base.json) - in->detail_at;
	static const uint8_t no_trace[16];

	in->detail_len = len <= UINT32_MAX ? (uint32_t)len : 0;
	in->has_start = in->has_start && in->start_ns != 0;
	in->has_end = in->has_end && span->length_ns != 0;
	if (in->name.len == 7 && strncasecmp(in->name.at, "unknown", 7) == 0)
		in->name = STR("");
	if (span->shared && in->kind == SPAN_UNSPECIFIED)
		in->kind = SPAN_SERVER;
	if (memcmp(in->trace_id, no_trace, sizeof no_trace) == 0)
		reader_note(&reader->base, NOTE_WARNING, "a span without a trace id: kept in a trace of its like", in->detail_at);
}

void
zipkin_span(struct zipkin_reader *reader)
{
	struct json *json = &reader->base.json;
	struct zipkin_span span = { .in.name = STR(""), .in.detail_at = json_offset(json) };
	int field;

	zipkin_endpoints_clear(reader);
	buf_clear(&reader->told_by);
	if (!json_object(json))
		return;
	reader->order.last = 0;
	while ((field = json_field(json, &fields, &reader->order)) != JSON_FIELD_END)
		read_member(reader, &span, (enum field)field);
	if (json->fault)
		return;
	if (!span.is_span) {
		reader_note(&reader->base, NOTE_WARNING, "an object that is no span as Zipkin writes them: passed over", span.in.detail_at);
		return;
	}
	settle(reader, &span);
	if (span.is_v1)
		push_v1(reader, &span);
	else
		push(reader, &span, &reader->local, ZIPKIN_NO_CORE, ZIPKIN_NO_CORE, false);
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/zipkin.h"

#include <strings.h>

#include "load/ids.h"

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

static void
endpoint_clear(struct zipkin_endpoint *endpoint)
{
	endpoint->there = false;
	buf_clear(&endpoint->service);
	buf_clear(&endpoint->process);
}

static void
endpoint_fini(struct zipkin_endpoint *endpoint)
{
	buf_fini(&endpoint->service);
	buf_fini(&endpoint->process);
}

void
zipkin_reader_fini(struct zipkin_reader *reader)
{
	buf_fini(&reader->group);
	buf_fini(&reader->name);
	buf_fini(&reader->failed);
	buf_fini(&reader->text);
	buf_fini(&reader->told_by);
	endpoint_fini(&reader->local);
	endpoint_fini(&reader->client);
	endpoint_fini(&reader->server);
	endpoint_fini(&reader->broker);
	endpoint_fini(&reader->any);
	endpoint_fini(&reader->spare);
}

/* The addresses and the port stand in the process text in the file's order, each with its key's last letter. */
static void
read_endpoint(struct zipkin_reader *reader, struct zipkin_endpoint *out)
{
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json), len;
	enum json_type type;
	struct str key;

	endpoint_clear(out);
	if (!reader_object(&reader->base))
		return;
	while (json_key(json, &key)) {
		/* Of anything else the text is not there when the input moves by. */
		if (json_peek(json) != JSON_STRING && json_peek(json) != JSON_NUMBER) {
			json_skip(json);
		} else if (str_equal(key, STR("serviceName"))) {
			reader_text(json, &out->service, &type);
		} else if (str_equal(key, STR("ipv4")) || str_equal(key, STR("ipv6")) || str_equal(key, STR("port"))) {
			char letter = key.at[key.len - 1];

			reader_text(json, &reader->text, &type);
			if (!reader->text.len || str_equal(buf_str(&reader->text), STR("0")))
				continue;
			buf_addc(&out->process, letter);
			buf_add(&out->process, buf_str(&reader->text));
		} else {
			json_skip(json);
		}
	}
	len = json_offset(json) - at;
	out->there = !json->fault;
	out->at = at;
	out->len = len <= UINT32_MAX ? (uint32_t)len : 0;
}

/* The first of its kind stays. */
static void
take_spare(struct zipkin_reader *reader, struct zipkin_endpoint *out)
{
	struct zipkin_endpoint old = *out;

	if (out->there || !reader->spare.there)
		return;
	*out = reader->spare;
	reader->spare = old;
	endpoint_clear(&reader->spare);
}

/* {timestamp, value, endpoint}; only version 1 has endpoints. */
static void
read_annotation(struct zipkin_reader *reader, struct zipkin_span *span)
{
	static const size_t sides[] = { 0, 0, 1, 1, 2, 2 };
	struct zipkin_endpoint *const endpoints[] = { &reader->client, &reader->server, &reader->broker };
	struct json *json = &reader->base.json;
	enum zipkin_core core = ZIPKIN_NO_CORE;
	int64_t time_ns = 0;
	struct str key, text;

	endpoint_clear(&reader->spare);
	if (!reader_object(&reader->base))
		return;
	span->in.events++;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("timestamp"))) {
			reader_micros(&reader->base, &time_ns);
		} else if (str_equal(key, STR("value")) && json_peek(json) == JSON_STRING) {
			if (json_string(json, &text))
				core = zipkin_core(text);
		} else if (str_equal(key, STR("endpoint"))) {
			read_endpoint(reader, &reader->spare);
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

	endpoint_clear(&reader->spare);
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
			read_endpoint(reader, &reader->spare);
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
	struct str text;

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
	enum json_type type;
	struct str text;

	if (json_peek(&reader->base.json) != JSON_STRING) {
		json_skip(&reader->base.json);
		return SPAN_UNSPECIFIED;
	}
	reader_text(&reader->base.json, &reader->text, &type);
	text = buf_str(&reader->text);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text.len == strlen(kinds[i].name) && strncasecmp(text.at, kinds[i].name, text.len) == 0)
			return kinds[i].kind;
	return SPAN_UNSPECIFIED;
}

static void
read_member(struct zipkin_reader *reader, struct zipkin_span *span, struct str key)
{
	struct json_reader *base = &reader->base;
	struct json *json = &base->json;

	if (str_equal(key, STR("traceId")))
		read_trace_id(reader, span->in.trace_id);
	else if (str_equal(key, STR("id")))
		span->is_span |= reader_span_id(base, &span->in.id);
	else if (str_equal(key, STR("parentId")) && json_peek(json) == JSON_STRING)
		reader_span_id(base, &span->in.parent_id);
	else if (str_equal(key, STR("name")))
		reader_string(base, &reader->name, &span->in.name);
	else if (str_equal(key, STR("kind")))
		span->in.kind = read_kind(reader);
	else if (str_equal(key, STR("timestamp")))
		span->in.has_start = reader_micros(base, &span->in.start_ns);
	else if (str_equal(key, STR("duration")))
		span->in.has_end = reader_micros(base, &span->length_ns);
	else if (str_equal(key, STR("localEndpoint")))
		read_endpoint(reader, &reader->local);
	else if (str_equal(key, STR("annotations")))
		read_list(reader, span, read_annotation);
	else if (str_equal(key, STR("tags")))
		read_tags(reader, span);
	else if (str_equal(key, STR("binaryAnnotations"))) {
		span->is_v1 = true;
		read_list(reader, span, read_binary_annotation);
	} else if (str_equal(key, STR("shared"))) {
		if (!json_bool(json, &span->shared))
			span->shared = false;
	} else {
		json_skip(json);
	}
}

/* The group of an endpoint: a service and, of it, a process. */
static void
enter_group(struct zipkin_reader *reader, const struct zipkin_endpoint *endpoint)
{
	struct sink *sink = reader->base.sink;
	struct str service = buf_str(&endpoint->service), process = buf_str(&endpoint->process);

	if (!reader->open)
		sink_group_open(sink);
	reader->open = true;
	buf_clear(&reader->text);
	buf_add(&reader->text, service);
	buf_addc(&reader->text, '\0');
	buf_add(&reader->text, process);
	if (!reader->has_group || !str_equal(buf_str(&reader->text), buf_str(&reader->group))) {
		buf_clear(&reader->group);
		buf_add(&reader->group, buf_str(&reader->text));
		reader->has_group = true;
		sink_group_switch(sink, buf_str(&reader->group));
		sink_group_service(sink, service);
		sink_group_in_parts(sink, process);
	}
	if (endpoint->there)
		sink_group_resource(sink, endpoint->at, endpoint->len);
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
	enter_group(reader, endpoint->there ? endpoint : reader->local.there ? &reader->local : &reader->any);
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
	struct str key;

	endpoint_clear(&reader->local);
	endpoint_clear(&reader->client);
	endpoint_clear(&reader->server);
	endpoint_clear(&reader->broker);
	endpoint_clear(&reader->any);
	buf_clear(&reader->told_by);
	if (!json_object(json))
		return;
	while (json_key(json, &key))
		read_member(reader, &span, key);
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

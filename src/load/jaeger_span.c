/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/jaeger.h"

#include <inttypes.h>
#include <stdio.h>
#include <strings.h>

#include "util/hash.h"
#include "util/unit.h"

static const struct { struct str key; enum jaeger_tag tag; } tags[] = {
	{ STR("span.kind"), JAEGER_TAG_KIND },
	{ STR("error"), JAEGER_TAG_ERROR },
	{ STR("otel.status_code"), JAEGER_TAG_STATUS },
	{ STR("otel.status_description"), JAEGER_TAG_MESSAGE },
	{ STR("http.response.status_code"), JAEGER_TAG_HTTP },
	{ STR("http.status_code"), JAEGER_TAG_HTTP_OLD },
	{ STR("http.status_message"), JAEGER_TAG_HTTP_MESSAGE },
	{ STR("otel.scope.name"), JAEGER_TAG_SCOPE_NAME },
	{ STR("otel.library.name"), JAEGER_TAG_SCOPE_NAME },
	{ STR("otel.scope.version"), JAEGER_TAG_SCOPE_VERSION },
	{ STR("otel.library.version"), JAEGER_TAG_SCOPE_VERSION },
};

enum jaeger_tag
jaeger_tag(struct str key)
{
	/* Each of them has one of these letters first and is short; most tags are not of these. */
	if (key.len < 5 || key.len > 25 || !strchr("seoh", key.at[0]))
		return JAEGER_TAG_PLAIN;
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (str_equal(tags[i].key, key))
			return tags[i].tag;
	return JAEGER_TAG_PLAIN;
}

static bool
is_word(struct str text, const char *word)
{
	return text.len == strlen(word) && strncasecmp(text.at, word, text.len) == 0;
}

enum span_kind
jaeger_kind(struct str text)
{
	static const char *const names[] = {
		[SPAN_INTERNAL] = "internal", [SPAN_SERVER] = "server", [SPAN_CLIENT] = "client", [SPAN_PRODUCER] = "producer",
		[SPAN_CONSUMER] = "consumer",
	};

	for (unsigned i = SPAN_INTERNAL; i < sizeof names / sizeof *names; i++)
		if (is_word(text, names[i]))
			return (enum span_kind)i;
	return SPAN_UNSPECIFIED;
}

enum span_status
jaeger_status(struct str text)
{
	return is_word(text, "ok") ? STATUS_OK : is_word(text, "error") ? STATUS_ERROR : STATUS_UNSET;
}

enum jaeger_ref_type
jaeger_ref_type(struct str text)
{
	return is_word(text, "FOLLOWS_FROM") ? JAEGER_FOLLOWS_FROM : JAEGER_CHILD_OF;
}

static uint64_t
http_code(struct str text)
{
	double code;

	return number_parse(text, &code) && code >= 100 && code < 600 ? (uint64_t)code : 0;
}

static void
apply_tag(struct jaeger_span *span, enum jaeger_tag tag, struct str value)
{
	switch (tag) {
	case JAEGER_TAG_KIND:
		span->in.kind = jaeger_kind(value);
		break;
	case JAEGER_TAG_ERROR:
		span->error = is_word(value, "true") ? ERROR_TRUE : is_word(value, "false") ? ERROR_FALSE : span->error;
		break;
	case JAEGER_TAG_STATUS:
		span->status = jaeger_status(value);
		break;
	case JAEGER_TAG_HTTP:
		span->http = http_code(value);
		break;
	case JAEGER_TAG_HTTP_OLD:
		span->http_old = http_code(value);
		break;
	default:
		break;
	}
}

/* {key, type, value}, in any order. */
static void
read_tag(struct jaeger_reader *reader, struct jaeger_span *span)
{
	struct json *json = &reader->base.json;
	enum jaeger_tag tag = JAEGER_TAG_PLAIN;
	bool has_key = false, has_value = false;
	enum json_type type;
	struct str key, text;

	if (!reader_object(&reader->base))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("key")) && json_peek(json) == JSON_STRING) {
			if (json_string(json, &text))
				tag = jaeger_tag(text);
			has_key = true;
		} else if (str_equal(key, STR("value")) && (!has_key || tag != JAEGER_TAG_PLAIN)) {
			reader_text(json, &reader->tag_value, &type);
			has_value = true;
		} else {
			json_skip(json);
		}
	}
	if (has_value && !json->fault)
		apply_tag(span, tag, buf_str(&reader->tag_value));
}

static void
read_tags(struct jaeger_reader *reader, struct jaeger_span *span)
{
	uint32_t depth;

	if (!reader_array(&reader->base))
		return;
	depth = reader->base.json.depth;
	while (reader_element(&reader->base, depth))
		read_tag(reader, span);
}

/* A store's form of tags: {"span@kind": "server"}. */
static void
read_tag_object(struct jaeger_reader *reader, struct jaeger_span *span)
{
	struct json *json = &reader->base.json;
	enum json_type type;
	struct str key;

	if (!reader_object(&reader->base))
		return;
	while (json_key(json, &key)) {
		buf_clear(&reader->tag_key);
		buf_add(&reader->tag_key, key);
		for (size_t i = 0; i < reader->tag_key.len; i++)
			if (reader->tag_key.at[i] == '@')
				reader->tag_key.at[i] = '.';
		enum jaeger_tag tag = jaeger_tag(buf_str(&reader->tag_key));
		if (tag == JAEGER_TAG_PLAIN) {
			json_skip(json);
			continue;
		}
		reader_text(json, &reader->tag_value, &type);
		apply_tag(span, tag, buf_str(&reader->tag_value));
	}
}

static void
read_reference(struct jaeger_reader *reader)
{
	struct json *json = &reader->base.json;
	struct jaeger_ref ref = { .type = JAEGER_CHILD_OF };
	struct str key, text;

	if (!reader_object(&reader->base))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("refType"))) {
			if (json_string(json, &text))
				ref.type = jaeger_ref_type(text);
		} else if (str_equal(key, STR("traceID"))) {
			ref.has_trace_id = reader_trace_id(&reader->base, ref.trace_id);
		} else if (str_equal(key, STR("spanID"))) {
			reader_span_id(&reader->base, &ref.id);
		} else {
			json_skip(json);
		}
	}
	if (!json->fault && ref.id)
		vec_push(&reader->refs, ref);
}

static void
read_references(struct jaeger_reader *reader)
{
	uint32_t depth;

	if (!reader_array(&reader->base))
		return;
	depth = reader->base.json.depth;
	while (reader_element(&reader->base, depth))
		read_reference(reader);
}

bool
jaeger_process(struct jaeger_reader *reader, uint64_t *at_out, uint32_t *len_out)
{
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json), len;
	struct str key, text;

	buf_clear(&reader->service);
	if (!reader_object(&reader->base))
		return false;
	while (json_key(json, &key)) {
		if (!str_equal(key, STR("serviceName"))) {
			json_skip(json);
		} else if (json_string(json, &text)) {
			buf_clear(&reader->service);
			buf_add(&reader->service, text);
		}
	}
	len = json_offset(json) - at;
	*at_out = at;
	*len_out = len <= UINT32_MAX ? (uint32_t)len : 0;
	return !json->fault;
}

/* The process that a span carries: spans with the same one are in one group, which is known by its text. */
static void
read_own_process(struct jaeger_reader *reader, struct jaeger_span *span)
{
	struct json *json = &reader->base.json;
	struct json_mark mark = json_mark(json);
	uint64_t hash = mark.at;
	char id[32];

	if (json_skip(json)) {
		const char *begin = json->begin + (mark.at - json->begin_at);
		hash = hash_bytes((struct str){ begin, (size_t)(json->at - begin) });
	}
	json_rewind(json, mark);
	span->has_process = jaeger_process(reader, &span->process_at, &span->process_len);
	if (!span->has_process || span->process_id.len)
		return;
	snprintf(id, sizeof id, "#%016" PRIx64, hash);
	buf_clear(&reader->process_id);
	buf_add(&reader->process_id, str_of(id));
}

void
jaeger_span_begin(struct jaeger_reader *reader, struct jaeger_span *span)
{
	*span = (struct jaeger_span){ .in.name = STR(""), .in.detail_at = json_offset(&reader->base.json), .process_id = STR("") };
	reader->refs.len = 0;
	buf_clear(&reader->process_id);
}

bool
jaeger_span_member(struct jaeger_reader *reader, struct jaeger_span *span, struct str key)
{
	struct json_reader *base = &reader->base;

	if (str_equal(key, STR("traceID"))) {
		span->has_trace_id = reader_trace_id(base, span->in.trace_id);
		return true;
	}
	if (str_equal(key, STR("logs"))) {
		span->in.events += json_count_objects(&base->json);
		return true;
	}
	if (str_equal(key, STR("spanID")))
		reader_span_id(base, &span->in.id);
	else if (str_equal(key, STR("operationName")))
		reader_string(base, &reader->name, &span->in.name);
	else if (str_equal(key, STR("references")))
		read_references(reader);
	else if (str_equal(key, STR("startTime")))
		span->in.has_start = reader_micros(base, &span->in.start_ns);
	else if (str_equal(key, STR("duration")))
		span->in.has_end = reader_micros(base, &span->length_ns);
	else if (str_equal(key, STR("tags")))
		read_tags(reader, span);
	else if (str_equal(key, STR("processID")))
		reader_string(base, &reader->process_id, &span->process_id);
	else if (str_equal(key, STR("process")))
		read_own_process(reader, span);
	else if (str_equal(key, STR("parentSpanID")))
		reader_span_id(base, &span->parent_id);
	else if (str_equal(key, STR("startTimeMillis")))
		reader_micros(base, &span->millis_us);
	else if (str_equal(key, STR("tag")))
		read_tag_object(reader, span);
	else
		return false;
	span->is_span = true;
	return true;
}

static void
settle_status(struct jaeger_span *span)
{
	uint64_t http = span->http ? span->http : span->http_old;

	if (span->error == ERROR_TRUE)
		span->in.status = STATUS_ERROR;
	else if (span->status != STATUS_UNSET)
		span->in.status = span->status;
	else if (http >= 500 || (http >= 400 && span->in.kind == SPAN_CLIENT))
		span->in.status = STATUS_ERROR;
}

static void
settle_times(struct jaeger_span *span)
{
	struct span_in *in = &span->in;
	int64_t millis_ns = 0;

	if ((!in->has_start || in->start_ns == 0) && span->millis_us && !__builtin_mul_overflow(span->millis_us, 1000, &millis_ns)) {
		in->start_ns = millis_ns;
		in->has_start = true;
	}
	in->end_ns = span->length_ns;
	in->is_length = !in->has_start;
	if (in->has_start && in->has_end && __builtin_add_overflow(in->start_ns, span->length_ns, &in->end_ns))
		in->end_ns = span->length_ns < 0 ? INT64_MIN : INT64_MAX;
}

/* A reference that may be the parent: of the same trace, and not the span itself. */
static bool
is_candidate(const struct jaeger_span *span, const struct jaeger_ref *ref, enum jaeger_ref_type type)
{
	return ref->type == type && ref->id != span->in.id &&
	       (!ref->has_trace_id || memcmp(ref->trace_id, span->in.trace_id, sizeof ref->trace_id) == 0);
}

/* As its own parent, which is noted of it when parents are found. */
static bool
names_itself(const struct jaeger_reader *reader, const struct jaeger_span *span)
{
	for (size_t i = 0; i < reader->refs.len; i++)
		if (reader->refs.at[i].type == JAEGER_CHILD_OF && reader->refs.at[i].id == span->in.id)
			return true;
	return false;
}

/* Those that may be the parent, best first: the first is given with the span, the others after it. */
static span_id
push_with_parents(struct jaeger_reader *reader, struct jaeger_span *span)
{
	struct sink *sink = reader->base.sink;
	span_id pushed = ID_NONE;

	span->in.has_links = reader->refs.len > 1;    /* one is the parent */
	for (int type = JAEGER_CHILD_OF; type <= JAEGER_FOLLOWS_FROM; type++) {
		for (size_t i = 0; i < reader->refs.len; i++) {
			const struct jaeger_ref *ref = &reader->refs.at[i];

			if (!is_candidate(span, ref, (enum jaeger_ref_type)type))
				continue;
			if (pushed != ID_NONE) {
				sink_span_other_parent(sink, ref->id);
				continue;
			}
			span->in.parent_id = ref->id;
			pushed = sink_span(sink, &span->in);
		}
	}
	if (pushed != ID_NONE && span->parent_id)
		sink_span_other_parent(sink, span->parent_id);
	if (pushed != ID_NONE)
		return pushed;
	bool own = !span->parent_id && names_itself(reader, span);
	span->in.parent_id = own ? span->in.id : span->parent_id;
	span->in.has_links = reader->refs.len > own;
	return sink_span(sink, &span->in);
}

void
jaeger_span_push(struct jaeger_reader *reader, struct jaeger_span *span)
{
	struct sink *sink = reader->base.sink;
	static const uint8_t no_trace[16];
	uint64_t end = span->end_at ? span->end_at : json_offset(&reader->base.json), len = end - span->in.detail_at;

	span->in.detail_len = len <= UINT32_MAX ? (uint32_t)len : 0;
	if (!span->has_trace_id)
		memcpy(span->in.trace_id, reader->trace_id, sizeof reader->trace_id);
	if (memcmp(span->in.trace_id, no_trace, sizeof no_trace) == 0)
		reader_note(&reader->base, NOTE_WARNING, "a span without a trace id: kept in a trace of its like", span->in.detail_at);
	settle_status(span);
	settle_times(span);
	jaeger_open_set(reader);
	jaeger_switch(reader, span->process_id.len ? span->process_id : buf_str(&reader->process_id));
	if (span->has_process) {
		sink_group_service(sink, buf_str(&reader->service));
		sink_group_resource(sink, span->process_at, span->process_len);
	}
	reader->undescribed += !span->has_process;
	reader->real_clock |= span->in.has_start && span->in.start_ns >= READER_SMALL_TIME;
	span_id pushed = push_with_parents(reader, span);
	if (span->in.has_start && span->in.start_ns == 0)
		vec_push(&reader->zero_starts, pushed);
}

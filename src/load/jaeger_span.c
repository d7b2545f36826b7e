/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/jaeger.h"

#include <inttypes.h>
#include <stdio.h>
#include <strings.h>

#include "util/hash.h"

enum jaeger_ref_type
jaeger_ref_type(struct str text)
{
	return text.len == 12 && strncasecmp(text.at, "FOLLOWS_FROM", 12) == 0 ? JAEGER_FOLLOWS_FROM : JAEGER_CHILD_OF;
}

enum { REF_TYPE = 1, REF_TRACE_ID, REF_SPAN_ID };

static const struct json_field_name ref_names[] = {
	JSON_NAME("refType", REF_TYPE),
	JSON_NAME("traceID", REF_TRACE_ID),
	JSON_NAME("spanID", REF_SPAN_ID),
};
static const struct json_fields ref_fields = JSON_FIELDS(ref_names);

static void
read_reference(struct jaeger_reader *reader)
{
	struct json *json = &reader->base.json;
	struct jaeger_ref ref = { .type = JAEGER_CHILD_OF };
	struct str text;
	int field;

	if (!reader_object(&reader->base))
		return;
	reader->ref_order.last = 0;
	while ((field = json_field(json, &ref_fields, &reader->ref_order)) != JSON_FIELD_END) {
		if (field == REF_TYPE) {
			if (json_string(json, &text))
				ref.type = jaeger_ref_type(text);
		} else if (field == REF_TRACE_ID) {
			ref.has_trace_id = reader_trace_id(&reader->base, ref.trace_id);
		} else if (field == REF_SPAN_ID) {
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

enum field {
	FIELD_NONE = JSON_FIELD_NONE, FIELD_TRACE_ID, FIELD_LOGS, FIELD_SPAN_ID, FIELD_NAME, FIELD_REFERENCES, FIELD_START, FIELD_DURATION,
	FIELD_TAGS, FIELD_PROCESS_ID, FIELD_PROCESS, FIELD_PARENT_ID, FIELD_START_MILLIS, FIELD_TAG_OBJECT,
};

static const struct json_field_name field_names[] = {
	JSON_NAME("traceID", FIELD_TRACE_ID),
	JSON_NAME("spanID", FIELD_SPAN_ID),
	JSON_NAME("operationName", FIELD_NAME),
	JSON_NAME("references", FIELD_REFERENCES),
	JSON_NAME("startTime", FIELD_START),
	JSON_NAME("duration", FIELD_DURATION),
	JSON_NAME("tags", FIELD_TAGS),
	JSON_NAME("logs", FIELD_LOGS),
	JSON_NAME("processID", FIELD_PROCESS_ID),
	JSON_NAME("warnings", FIELD_NONE),
	JSON_NAME("flags", FIELD_NONE),
	JSON_NAME("process", FIELD_PROCESS),
	JSON_NAME("parentSpanID", FIELD_PARENT_ID),
	JSON_NAME("startTimeMillis", FIELD_START_MILLIS),
	JSON_NAME("tag", FIELD_TAG_OBJECT),
};
static const struct json_fields fields = JSON_FIELDS(field_names);

static void
read_field(struct jaeger_reader *reader, struct jaeger_span *span, enum field field)
{
	struct json_reader *base = &reader->base;

	switch (field) {
	case FIELD_NONE:
		json_skip(&base->json);
		return;
	case FIELD_TRACE_ID:
		span->has_trace_id = reader_trace_id(base, span->in.trace_id);
		return;
	case FIELD_LOGS:
		span->in.events += json_count_objects(&base->json);
		return;
	case FIELD_SPAN_ID:
		reader_span_id(base, &span->in.id);
		break;
	case FIELD_NAME:
		reader_string(base, &reader->name, &span->in.name);
		break;
	case FIELD_REFERENCES:
		read_references(reader);
		break;
	case FIELD_START:
		span->in.has_start = reader_micros(base, &span->in.start_ns);
		break;
	case FIELD_DURATION:
		span->in.has_end = reader_micros(base, &span->length_ns);
		break;
	case FIELD_TAGS:
		jaeger_tags(reader, span);
		break;
	case FIELD_PROCESS_ID:
		reader_string(base, &reader->process_id, &span->process_id);
		break;
	case FIELD_PROCESS:
		read_own_process(reader, span);
		break;
	case FIELD_PARENT_ID:
		reader_span_id(base, &span->parent_id);
		break;
	case FIELD_START_MILLIS:
		reader_micros(base, &span->millis_us);
		break;
	case FIELD_TAG_OBJECT:
		jaeger_tag_object(reader, span);
		break;
	}
	span->is_span = true;
}

bool
jaeger_span_member(struct jaeger_reader *reader, struct jaeger_span *span, struct str key)
{
	int field = json_field_of(&fields, key);

	if (field != JSON_FIELD_NONE)
		read_field(reader, span, (enum field)field);
	return field != JSON_FIELD_NONE;
}

void
jaeger_span_members(struct jaeger_reader *reader, struct jaeger_span *span)
{
	int field;

	reader->order.last = 0;
	while ((field = json_field(&reader->base.json, &fields, &reader->order)) != JSON_FIELD_END)
		read_field(reader, span, (enum field)field);
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

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/jaeger.h"

#include <inttypes.h>

#include "load/format.h"

void
jaeger_open_set(struct jaeger_reader *reader)
{
	if (reader->open)
		return;
	sink_group_open(reader->base.sink);
	reader->open = true;
	reader->has_processes = reader->real_clock = false;
	reader->undescribed = 0;
	reader->zero_starts.len = 0;
}

void
jaeger_close_set(struct jaeger_reader *reader)
{
	struct sink *sink = reader->base.sink;

	if (!reader->open)
		return;
	/* In the time since 1970 nothing starts at 0. */
	for (size_t i = 0; reader->real_clock && i < reader->zero_starts.len; i++)
		sink_span_no_start(sink, reader->zero_starts.at[i]);
	if (!reader->has_processes)
		sink_note_many(sink, NOTE_WARNING, "spans without a process: their service is not known", reader->undescribed);
	sink_group_close(sink);
	reader->open = false;
}

void
jaeger_switch(struct jaeger_reader *reader, struct str process_id)
{
	if (reader->within) {
		buf_clear(&reader->group_key);
		buf_addf(&reader->group_key, "%" PRIu64 "/", reader->within);
		buf_add(&reader->group_key, process_id);
		process_id = buf_str(&reader->group_key);
	}
	sink_group_switch(reader->base.sink, process_id);
}

/* {"p1": {serviceName, tags}, ...} */
static void
read_processes(struct jaeger_reader *reader)
{
	struct json *json = &reader->base.json;
	struct sink *sink = reader->base.sink;
	uint64_t at;
	uint32_t len;
	struct str key;

	if (!reader_object(&reader->base))
		return;
	jaeger_open_set(reader);
	reader->has_processes = true;
	while (json_key(json, &key)) {
		if (!key.len) {
			json_skip(json);
			continue;
		}
		jaeger_switch(reader, key);
		if (!jaeger_process(reader, &at, &len))
			continue;
		sink_group_service(sink, buf_str(&reader->service));
		sink_group_resource(sink, at, len);
	}
}

void
jaeger_span(struct jaeger_reader *reader)
{
	struct json *json = &reader->base.json;
	struct jaeger_span span;

	jaeger_span_begin(reader, &span);
	if (!reader_object(&reader->base))
		return;
	jaeger_span_members(reader, &span);
	if (json->fault)
		return;
	if (span.is_span)
		jaeger_span_push(reader, &span);
	else
		reader_note(&reader->base, NOTE_WARNING, "an object that is no span: passed over", span.in.detail_at);
}

static void
read_spans(struct jaeger_reader *reader)
{
	uint64_t again_at = 0;
	uint32_t depth;

	if (!reader_array(&reader->base))
		return;
	jaeger_open_set(reader);
	depth = reader->base.json.depth;
	do
		jaeger_read_spans(reader, &again_at);
	while (reader_element(&reader->base, depth) && (jaeger_span(reader), true));
}

/* Strings, each of which becomes a note. */
static void
read_warnings(struct jaeger_reader *reader)
{
	struct str text;
	uint32_t depth;

	if (!reader_array(&reader->base))
		return;
	depth = reader->base.json.depth;
	while (reader_element(&reader->base, depth)) {
		uint64_t at = json_offset(&reader->base.json);

		if (json_peek(&reader->base.json) != JSON_STRING)
			json_skip(&reader->base.json);
		else if (json_string(&reader->base.json, &text))
			sink_note(reader->base.sink, NOTE_WARNING, "the server warns about a trace", reader->base.line, at, text);
	}
}

/* [{code, msg, traceID}, ...], each of which becomes a note. */
static void
read_errors(struct jaeger_reader *reader)
{
	struct json *json = &reader->base.json;
	uint32_t depth;
	struct str key, text;

	if (!reader_array(&reader->base))
		return;
	depth = json->depth;
	while (reader_element(&reader->base, depth)) {
		uint64_t at = json_offset(json);

		buf_clear(&reader->tag_value);
		if (!reader_object(&reader->base))
			continue;
		while (json_key(json, &key)) {
			if (!str_equal(key, STR("msg")))
				json_skip(json);
			else if (json_string(json, &text))
				buf_add(&reader->tag_value, text);
		}
		if (!json->fault)
			sink_note(reader->base.sink, NOTE_ERROR, "the server replied with an error", reader->base.line, at,
			          buf_str(&reader->tag_value));
	}
}

/* A trace, or a span outside of a trace, as a store wraps it or not, with the members read so far. */
struct node {
	struct jaeger_span span;
	enum { NODE_SPAN, NODE_TRACE, NODE_ENVELOPE } kind;
	unsigned level;    /* objects entered */
	uint64_t begin;
};

static void
node_begin(struct jaeger_reader *reader, struct node *node)
{
	node->kind = NODE_SPAN;
	node->level = 1;
	node->begin = json_offset(&reader->base.json);
	jaeger_span_begin(reader, &node->span);
	memset(reader->trace_id, 0, sizeof reader->trace_id);
}

static void
node_member(struct jaeger_reader *reader, struct node *node, struct str key)
{
	struct json *json = &reader->base.json;
	bool is_spans = str_equal(key, STR("spans"));

	if (is_spans || str_equal(key, STR("processes"))) {
		node->kind = NODE_TRACE;
		reader->within = reader->loose ? node->begin + 1 : 0;
		memcpy(reader->trace_id, node->span.in.trace_id, sizeof reader->trace_id);
		is_spans ? read_spans(reader) : read_processes(reader);
	} else if (str_equal(key, STR("traceID"))) {
		jaeger_span_member(reader, &node->span, key);
	} else if (node->kind == NODE_TRACE && str_equal(key, STR("warnings"))) {
		read_warnings(reader);
	} else if (node->kind == NODE_SPAN && node->level == 1 && str_equal(key, STR("_source")) && json_peek(json) == JSON_OBJECT) {
		node->span.in.detail_at = json_offset(json);
		json_object(json);
		node->level++;
	} else if (node->kind != NODE_SPAN || !jaeger_span_member(reader, &node->span, key)) {
		json_skip(json);
	}
}

/* The end of an object; false: of the outermost. */
static bool
node_leave(struct jaeger_reader *reader, struct node *node)
{
	if (node->level > 1)
		node->span.end_at = json_offset(&reader->base.json);
	return --node->level > 0;
}

static void
node_end(struct jaeger_reader *reader, struct node *node)
{
	reader->within = 0;
	if (node->kind == NODE_TRACE && !reader->loose)
		jaeger_close_set(reader);
	else if (node->kind == NODE_SPAN && !reader->base.json.fault && node->span.is_span)
		jaeger_span_push(reader, &node->span);
	else if (node->kind == NODE_SPAN && !reader->base.json.fault)
		reader_note(&reader->base, NOTE_WARNING, "an object that is neither a trace nor a span as Jaeger writes them: passed over",
		            node->span.in.detail_at);
}

bool
jaeger_node(struct jaeger_reader *reader)
{
	struct json *json = &reader->base.json;
	struct node node;
	struct str key;

	node_begin(reader, &node);
	if (!reader_object(&reader->base))
		return false;
	do
		while (json_key(json, &key))
			node_member(reader, &node, key);
	while (!json->fault && node_leave(reader, &node));
	node_end(reader, &node);
	return node.kind == NODE_TRACE;
}

/* A list of traces or spans; null is an empty one.  Where the first one is a trace, a span among them is a set of its own; else all are
 * one set. */
static void
read_nodes(struct jaeger_reader *reader)
{
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json), again_at = 0;
	uint32_t depth;
	bool any = false;

	if (!reader_array(&reader->base))
		return;
	for (depth = json->depth; reader_element(&reader->base, depth); any = true) {
		bool trace = jaeger_node(reader);
		if (!any)
			reader->loose = !trace;
		if (reader->loose) {
			jaeger_open_set(reader);
			jaeger_read_spans(reader, &again_at);
		} else {
			jaeger_close_set(reader);
			jaeger_read_traces(reader, &again_at);
		}
	}
	reader->loose = false;
	if (!any && !json->fault)
		reader_note(&reader->base, NOTE_INFO, "a list without traces", at);
}

/* {"hits": {"hits": [...]}}, a store's reply. */
static void
read_hits(struct jaeger_reader *reader)
{
	struct json *json = &reader->base.json;
	struct str key;

	if (!reader_object(&reader->base))
		return;
	while (json_key(json, &key))
		if (str_equal(key, STR("hits")))
			read_nodes(reader);
		else
			json_skip(json);
}

/* An object at the top: what a server replies, a trace or a span. */
static void
read_document(struct jaeger_reader *reader)
{
	struct json *json = &reader->base.json;
	struct node node;
	struct str key;

	node_begin(reader, &node);
	json_object(json);
	do {
		while (json_key(json, &key)) {
			bool is_hits = str_equal(key, STR("hits"));

			if (str_equal(key, STR("data")) && json_peek(json) == JSON_OBJECT && node.level == 1) {
				json_object(json);
				node.level++;
			} else if (is_hits || str_equal(key, STR("data"))) {
				node.kind = NODE_ENVELOPE;
				is_hits ? read_hits(reader) : read_nodes(reader);
			} else if (str_equal(key, STR("errors"))) {
				node.kind = NODE_ENVELOPE;
				read_errors(reader);
			} else {
				node_member(reader, &node, key);
			}
		}
	} while (!json->fault && node_leave(reader, &node));
	node_end(reader, &node);
}

static void
read_value(struct json_reader *base)
{
	struct jaeger_reader *reader = (struct jaeger_reader *)base;
	uint64_t at = json_offset(&base->json);

	if (json_peek(&base->json) == JSON_OBJECT)
		read_document(reader);
	else if (json_peek(&base->json) == JSON_ARRAY)
		read_nodes(reader);
	else if (json_skip(&base->json))
		reader_note(base, NOTE_WARNING, "a value that is no document: passed over", at);
	jaeger_close_set(reader);
}

void
jaeger_reader_fini(struct jaeger_reader *reader)
{
	buf_fini(&reader->name);
	buf_fini(&reader->process_id);
	buf_fini(&reader->service);
	buf_fini(&reader->tag_key);
	buf_fini(&reader->tag_value);
	buf_fini(&reader->group_key);
	vec_fini(&reader->refs);
	vec_fini(&reader->zero_starts);
}

static void
jaeger_read(struct input *in, struct sink *sink)
{
	struct jaeger_reader reader = { 0 };

	reader_run(&reader.base, in, sink, read_value);
	jaeger_reader_fini(&reader);
}

static void
jaeger_read_lines(struct str text, uint64_t offset, uint64_t line, struct sink *sink)
{
	struct jaeger_reader reader = { 0 };

	reader_run_lines(&reader.base, text, offset, line, sink, read_value);
	jaeger_reader_fini(&reader);
}

/* Shapes by their keys: all of a row's paths. */
static const struct probe_shape shapes[] = {
	{ { "data[].spans", "data[].traceID" }, 98, "data with traceID and spans" },
	{ { "data[].spans[].traceID" }, 98, "data with spans that have a traceID" },
	{ { "data[].spans", "data[].processes" }, 95, "data with spans and processes" },
	{ { "data.spans", "data.traceID" }, 95, "data that is a trace with traceID and spans" },
	{ { "spans", "traceID" }, 95, "traceID and spans" },
	{ { "spans", "processes" }, 90, "spans and processes" },
	{ { "[].spans", "[].traceID" }, 95, "a list of traceID and spans" },
	{ { "traceID", "spanID" }, 95, "traceID and spanID" },
	{ { "[].traceID", "[].spanID" }, 95, "a list of traceID and spanID" },
	{ { "_source.traceID", "_source.spanID" }, 95, "_source with traceID and spanID" },
	{ { "[]._source.traceID", "[]._source.spanID" }, 95, "a list of _source with traceID and spanID" },
	{ { "hits.hits[]._source.traceID" }, 95, "hits with a traceID" },
	{ { "data[]", "total", "limit" }, 50, "data, total and limit" },
};

static int
jaeger_score(const struct probe *probe, const char **why_out)
{
	return probe_shape(probe, shapes, sizeof shapes / sizeof *shapes, why_out);
}

static const char *const given_keys[] = { "otel.scope.name", "otel.scope.version", "service.name", NULL };

const struct load_format load_jaeger = {
	.name = "jaeger",
	.summary = "Jaeger traces as JSON: replies of the server, bare traces, spans as a store keeps them",
	.score = jaeger_score,
	.read = jaeger_read,
	.read_lines = jaeger_read_lines,
	.detail = jaeger_detail,
	.given_keys = given_keys,
	.split_keys = true,
	.of_spans = true,
};

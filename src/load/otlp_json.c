/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/otlp_json.h"

#include <stdio.h>

#include "load/format.h"

#define ENVELOPES_MAX  3u                       /* objects around the resource spans: {"data":{"trace":{"batches":... */

static bool
key_is(struct str key, const char *one, const char *two)
{
	return str_equal(key, str_of(one)) || str_equal(key, str_of(two));
}

static const char note_partial[] = "the server says that the trace is partial: spans are missing";

/* What is told of a document beside its spans.  True when that says that it is not all. */
static bool
read_status(struct otlp_reader *reader)
{
	bool is_string = json_peek(&reader->base.json) == JSON_STRING;
	uint64_t number;
	struct str text;

	return is_string ? json_string(&reader->base.json, &text) && str_equal(text, STR("PARTIAL")) :
	       json_uint64(&reader->base.json, &number) && number == 1;
}

void
otlp_keep_text(struct json *json, struct buf *out)
{
	struct str text;

	buf_clear(out);
	if (json_string(json, &text))
		buf_add(out, text);
}

bool
otlp_is_schema(struct str key)
{
	return key_is(key, "schemaUrl", "schema_url");
}

/* Signals that are neither spans nor logs. */
static const struct { const char *camel, *snake, *text; enum note_severity severity; } other_signals[] = {
	{ "resourceMetrics", "resource_metrics", "a document of metrics: passed over", NOTE_INFO },
	{ "resourceProfiles", "resource_profiles", "a document of OTLP profiles, which are not read: passed over", NOTE_WARNING },
};

static bool
read_other_signal(struct otlp_reader *reader, struct str key)
{
	for (size_t i = 0; i < sizeof other_signals / sizeof *other_signals; i++) {
		if (!key_is(key, other_signals[i].camel, other_signals[i].snake))
			continue;
		reader_note(&reader->base, other_signals[i].severity, other_signals[i].text, json_offset(&reader->base.json));
		json_skip(&reader->base.json);
		return true;
	}
	return false;
}

/* An object that is a document, or one resource's spans cut out of a document. */
static void
read_document(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json);
	uint64_t partial_at = SINK_NO_BYTE;
	unsigned level = 1;
	bool known = false;
	struct str key;

	if (!json_object(json))
		return;
	buf_clear(&reader->message);
	otlp_resource_begin(reader);
	while (level) {
		if (!json_key(json, &key)) {
			if (json->fault)
				break;
			level--;
		} else if (key_is(key, "resourceSpans", "resource_spans") || str_equal(key, STR("batches"))) {
			known = true;
			otlp_resource_list(reader);
		} else if ((str_equal(key, STR("trace")) || str_equal(key, STR("result")) || str_equal(key, STR("data"))) &&
		           json_peek(json) == JSON_OBJECT && level < ENVELOPES_MAX) {
			json_object(json);
			level++;
		} else if (key_is(key, "resourceLogs", "resource_logs")) {
			known = true;
			otlp_log_list(reader);
		} else if (str_equal(key, STR("status"))) {
			uint64_t status_at = json_offset(json);
			if (read_status(reader))
				partial_at = status_at;
		} else if (level == 1 && str_equal(key, STR("message"))) {
			otlp_keep_text(json, &reader->message);
		} else if (read_other_signal(reader, key) || otlp_resource_member(reader, key)) {
			known = true;
		} else {
			json_skip(json);
		}
	}
	otlp_resource_end(reader);
	if (partial_at != SINK_NO_BYTE)
		sink_note(reader->base.sink, NOTE_WARNING, note_partial, reader->base.line, partial_at, buf_str(&reader->message));
	if (!known && !json->fault)
		reader_note(&reader->base, NOTE_WARNING, "a document without spans as OpenTelemetry writes them: passed over", at);
}

/* A value of the top level: a document or a list of them. */
static void
read_value(struct json_reader *base)
{
	struct otlp_reader *reader = (struct otlp_reader *)base;
	struct json *json = &reader->base.json;
	enum json_type type = json_peek(json);
	uint64_t at = json_offset(json);
	uint32_t depth;

	if (type == JSON_OBJECT) {
		read_document(reader);
		return;
	}
	if (type != JSON_ARRAY) {
		if (json_skip(json))
			reader_note(&reader->base, NOTE_WARNING, "a value that is no document: passed over", at);
		return;
	}
	json_array(json);
	depth = json->depth;
	while (reader_element(&reader->base, depth)) {
		at = json_offset(json);
		if (json_peek(json) == JSON_OBJECT)
			read_document(reader);
		else if (json_skip(json))
			reader_note(&reader->base, NOTE_WARNING, "a value that is no document: passed over", at);
	}
}

void
otlp_reader_fini(struct otlp_reader *reader)
{
	buf_fini(&reader->name);
	buf_fini(&reader->message);
	buf_fini(&reader->service);
	buf_fini(&reader->resource_schema);
	buf_fini(&reader->scope_schema);
	for (unsigned i = 0; i < OTLP_RESOURCES; i++)
		buf_fini(&reader->known_resources[i].service);
}

static void
otlp_read(struct input *in, struct sink *sink)
{
	struct otlp_reader reader = { .base = { .line_framed = true } };

	reader_run(&reader.base, in, sink, read_value);
	otlp_reader_fini(&reader);
}

static void
otlp_read_lines(struct str text, uint64_t offset, uint64_t line, struct sink *sink)
{
	struct otlp_reader reader = { 0 };

	reader_run_lines(&reader.base, text, offset, line, sink, read_value);
	otlp_reader_fini(&reader);
}

/* Shapes by their keys; each may stand in a list of documents or in an envelope. */
static const struct { const char *path; int score; const char *why; } shapes[] = {
	{ "resourceSpans[].scopeSpans", 98, "resourceSpans with scopeSpans" },
	{ "resource_spans[].scope_spans", 98, "resource_spans with scope_spans" },
	{ "resourceSpans[].scope_spans", 98, "resourceSpans with scope_spans" },
	{ "resource_spans[].scopeSpans", 98, "resource_spans with scopeSpans" },
	{ "batches[].scopeSpans", 98, "batches with scopeSpans" },
	{ "batches[].scope_spans", 98, "batches with scope_spans" },
	{ "resourceSpans[].instrumentationLibrarySpans", 98, "resourceSpans with instrumentationLibrarySpans" },
	{ "resource_spans[].instrumentation_library_spans", 98, "resource_spans with instrumentation_library_spans" },
	{ "batches[].instrumentationLibrarySpans", 98, "batches with instrumentationLibrarySpans" },
	{ "batches[].instrumentation_library_spans", 98, "batches with instrumentation_library_spans" },
	{ "resourceSpans", 90, "resourceSpans" },
	{ "resource_spans", 90, "resource_spans" },
	{ "batches[].resource", 80, "batches with resource" },
	{ "scopeSpans[].spans", 75, "scopeSpans" },
	{ "scope_spans[].spans", 75, "scope_spans" },
	{ "instrumentationLibrarySpans[].spans", 75, "instrumentationLibrarySpans" },
	{ "instrumentation_library_spans[].spans", 75, "instrumentation_library_spans" },
	{ "resourceLogs", 40, "resourceLogs" },
	{ "resource_logs", 40, "resource_logs" },
	{ "resourceMetrics", 40, "resourceMetrics" },
	{ "resource_metrics", 40, "resource_metrics" },
	{ "resourceProfiles", 40, "resourceProfiles" },
	{ "resource_profiles", 40, "resource_profiles" },
	{ "batches", 30, "batches" },
};
static const char *const envelopes[] = { "", "[].", "trace.", "result.", "data.", "data.trace.", "[].trace.", "[].result.", "[].data." };

static int
otlp_score(const struct probe *probe, const char **why_out)
{
	char path[128];

	if (!probe->json)
		return 0;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		for (size_t j = 0; j < sizeof envelopes / sizeof *envelopes; j++) {
			snprintf(path, sizeof path, "%s%s", envelopes[j], shapes[i].path);
			if (!probe_has(probe, path))
				continue;
			*why_out = shapes[i].why;
			return shapes[i].score;
		}
	}
	return 0;
}

static bool
otlp_by_lines(const struct probe *probe)
{
	return probe->json_lines;
}

static const char *const given_keys[] = { "otel.scope.name", "otel.scope.version", "severity", "severity_number", NULL };

const struct load_format load_otlp_json = {
	.name = "otlp-json",
	.summary = "OpenTelemetry traces and their logs as JSON: one document, JSON lines, Tempo's and Jaeger's envelopes",
	.score = otlp_score,
	.read = otlp_read,
	.read_lines = otlp_read_lines,
	.by_lines = otlp_by_lines,
	.detail = otlp_detail,
	.given_keys = given_keys,
	.record = otlp_record,
	.of_spans = true,
};

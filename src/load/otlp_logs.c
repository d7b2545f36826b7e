/* SPDX-License-Identifier: MIT
 * Log records in OTLP JSON: those of a span become its events. */
#include "config.h"

#include "load/otlp_json.h"

#include "load/ids.h"

static bool
is_either(struct str key, const char *camel, const char *snake)
{
	return str_equal(key, str_of(camel)) || str_equal(key, str_of(snake));
}

static void
read_record(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	uint64_t at = json_offset(json), id = 0, len;
	uint8_t trace_id[16] = { 0 };
	bool has_trace = false;
	struct str key, text;

	if (!json_object(json)) {
		if (!json->fault)
			reader_note(&reader->base, NOTE_WARNING, "a log record that is not an object: passed over", at);
		return;
	}
	while (json_key(json, &key)) {
		if (is_either(key, "traceId", "trace_id") && json_peek(json) == JSON_STRING) {
			if (json_string(json, &text))
				has_trace = id_trace(text, trace_id) != ID_ABSENT;
		} else if (is_either(key, "spanId", "span_id") && json_peek(json) == JSON_STRING) {
			if (json_string(json, &text))
				id_span(text, &id);
		} else {
			json_skip(json);
		}
	}
	if (json->fault)
		return;
	len = json_offset(json) - at;
	if (!has_trace || !id)
		reader_note(&reader->base, NOTE_INFO, "a log record of no span: left out", at);
	else if (len <= UINT32_MAX)
		sink_span_record(reader->base.sink, trace_id, id, at, (uint32_t)len, REF_LOG);
}

/* A list of objects that hold the next list under a key; the innermost holds records. */
static const struct { const char *camel, *snake, *older, *older_snake; } lists[] = {
	{ "scopeLogs", "scope_logs", "instrumentationLibraryLogs", "instrumentation_library_logs" },
	{ "logRecords", "log_records", "logs", "logs" },
};
#define LISTS (sizeof lists / sizeof *lists)

static bool
is_list_key(struct str key, size_t level)
{
	return is_either(key, lists[level].camel, lists[level].snake) || is_either(key, lists[level].older, lists[level].older_snake);
}

void
otlp_log_list(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	uint32_t depth[LISTS + 1];
	size_t level = 0;         /* of the list in which the cursor is */
	bool in_object = false;    /* between two members of one of its elements */
	struct str key;

	if (!reader_array(&reader->base))
		return;
	depth[0] = json->depth;
	for (;;) {
		if (in_object && json_key(json, &key)) {
			if (!is_list_key(key, level)) {
				json_skip(json);
			} else if (reader_array(&reader->base)) {
				depth[++level] = json->depth;
				in_object = false;
			}
		} else if (in_object && !json->fault) {
			in_object = false;
		} else if (reader_element(&reader->base, depth[level])) {
			if (level == LISTS)
				read_record(reader);
			else
				in_object = json_object(json);
		} else if (json->fault || level == 0) {
			return;
		} else {
			level--;
			in_object = true;
		}
	}
}

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
	if (!has_trace)
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

/* What stands over the records, while the cursor is in their lists. */
struct over {
	struct heading_in heading;
	uint32_t          first;          /* heading of the resource */
	uint64_t          resource_at;
	uint32_t          resource_len;
};

/* Where the object under the cursor is, which is passed over. */
static void
read_place(struct json *json, uint64_t *at_out, uint32_t *len_out)
{
	bool is_object = json_peek(json) == JSON_OBJECT;
	uint64_t at = json_offset(json);

	if (!json_skip(json) || !is_object || json_offset(json) - at > UINT32_MAX)
		return;
	*at_out = at;
	*len_out = (uint32_t)(json_offset(json) - at);
}

/* An object that holds the list of a level is entered. */
static void
begin_object(struct otlp_reader *reader, size_t level, uint64_t at, struct over *over)
{
	if (level == 0) {
		*over = (struct over){ .first = sink_headings(reader->base.sink) };
		buf_clear(&reader->resource_schema);
	} else {
		over->heading = (struct heading_in){ .at = at, .of_logs = true };
		buf_clear(&reader->scope_schema);
	}
}

static void
read_member(struct otlp_reader *reader, size_t level, struct str key, struct over *over)
{
	struct json *json = &reader->base.json;

	if (otlp_is_schema(key))
		otlp_keep_text(json, level == 0 ? &reader->resource_schema : &reader->scope_schema);
	else if (level == 0 && str_equal(key, STR("resource")))
		read_place(json, &over->resource_at, &over->resource_len);
	else if (level == 1 && (str_equal(key, STR("scope")) || is_either(key, "instrumentationLibrary", "instrumentation_library")))
		read_place(json, &over->heading.scope_at, &over->heading.scope_len);
	else
		json_skip(json);
}

static void
end_object(struct otlp_reader *reader, size_t level, struct over *over)
{
	if (level == 0) {
		sink_headings_resource(reader->base.sink, over->first, over->resource_at, over->resource_len, buf_str(&reader->resource_schema));
	} else {
		over->heading.end = json_offset(&reader->base.json);
		over->heading.schema = buf_str(&reader->scope_schema);
		sink_heading(reader->base.sink, &over->heading);
	}
}

void
otlp_log_list(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	struct over over = { 0 };
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
				read_member(reader, level, key, &over);
			} else if (reader_array(&reader->base)) {
				depth[++level] = json->depth;
				in_object = false;
			}
		} else if (in_object && !json->fault) {
			end_object(reader, level, &over);
			in_object = false;
		} else if (reader_element(&reader->base, depth[level])) {
			uint64_t at = json_offset(json);
			if (level == LISTS) {
				read_record(reader);
			} else if ((in_object = json_object(json))) {
				begin_object(reader, level, at, &over);
			}
		} else if (json->fault || level == 0) {
			/* Of what the input breaks off in, too. */
			while (level > 0)
				end_object(reader, --level, &over);
			return;
		} else {
			level--;
			in_object = true;
		}
	}
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/otlp_json.h"

#include <inttypes.h>
#include <stdio.h>

#include "load/detail.h"
#include "load/record.h"

/* Reads one object of the input into rows. */
struct detail_reader {
	struct json     json;
	struct details *out;
	struct buf      text;
};

/* A string member that becomes a row of its own unless it is empty. */
static void
read_text(struct detail_reader *reader, enum detail_section section, uint32_t index, struct str key)
{
	struct str text;

	if (json_string(&reader->json, &text) && text.len)
		details_add(reader->out, section, index, key, "string", text);
}

/* A number member likewise, unless it is 0. */
static void
read_count(struct detail_reader *reader, enum detail_section section, uint32_t index, struct str key)
{
	char digits[24];
	uint64_t count;

	if (json_uint64(&reader->json, &count) && count) {
		snprintf(digits, sizeof digits, "%" PRIu64, count);
		details_add(reader->out, section, index, key, "int", str_of(digits));
	}
}

/* A number, or the name of one. */
static void
read_severity(struct detail_reader *reader)
{
	if (json_peek(&reader->json) == JSON_STRING)
		read_text(reader, DETAIL_EVENT, 0, STR("severity_number"));
	else
		read_count(reader, DETAIL_EVENT, 0, STR("severity_number"));
}

/* The value of an attribute that is not wished for is not read where its key stands before it. */
static void
read_attributes(struct detail_reader *reader, enum detail_section section, uint32_t index)
{
	struct json *json = &reader->json;
	struct str key, name;

	if (!json_array(json))
		return;
	while (json_element(json)) {
		struct str kept = { 0 };
		const char *type = "empty";
		struct buf key_text = { 0 };
		bool wanted = true;

		buf_clear(&reader->text);
		if (!json_object(json))
			continue;
		while (json_key(json, &key)) {
			if (str_equal(key, STR("key"))) {
				if (json_keep_string(json, &key_text, &name)) {
					kept = name;
					wanted = details_want_key(reader->out, name);
				}
			} else if (wanted && str_equal(key, STR("value"))) {
				otlp_value(json, &reader->text, &type);
			} else {
				json_skip(json);
			}
		}
		if (!json->fault)
			details_add(reader->out, section, index, kept, type, buf_str(&reader->text));
		buf_fini(&key_text);
	}
}

static bool
is_time(struct str key)
{
	return str_equal(key, STR("timeUnixNano")) || str_equal(key, STR("time_unix_nano"));
}

static bool
is_dropped(struct str key)
{
	return str_equal(key, STR("droppedAttributesCount")) || str_equal(key, STR("dropped_attributes_count"));
}

/* A log record is an event: its name, or "log", then what it says. */
static void
read_log(struct detail_reader *reader)
{
	struct json *json = &reader->json;
	struct details *out = reader->out;
	const char *type = "empty";
	int64_t time_ns = 0, observed_ns = 0;
	size_t first = out->len;
	struct str key, text;

	details_add(out, DETAIL_EVENT, 0, STR("log"), "event", STR(""));
	while (json_key(json, &key)) {
		if (is_time(key))
			(void)json_int64(json, &time_ns);
		else if (str_equal(key, STR("observedTimeUnixNano")) || str_equal(key, STR("observed_time_unix_nano")))
			(void)json_int64(json, &observed_ns);
		else if (str_equal(key, STR("eventName")) || str_equal(key, STR("event_name"))) {
			if (json_string(json, &text) && text.len)
				out->at[first].key = (struct str){ arena_copy(&out->arena, text), text.len };
		} else if (str_equal(key, STR("severityText")) || str_equal(key, STR("severity_text")))
			read_text(reader, DETAIL_EVENT, 0, STR("severity"));
		else if (str_equal(key, STR("severityNumber")) || str_equal(key, STR("severity_number")))
			read_severity(reader);
		else if (str_equal(key, STR("body"))) {
			buf_clear(&reader->text);
			otlp_value(json, &reader->text, &type);
			details_add(out, DETAIL_EVENT, 0, STR("body"), type, buf_str(&reader->text));
		} else if (str_equal(key, STR("attributes")))
			read_attributes(reader, DETAIL_EVENT, 0);
		else
			json_skip(json);
	}
	for (size_t i = first; i < out->len; i++)
		out->at[i].time_ns = time_ns ? time_ns : observed_ns;
}

/* The name and time of an event stand before its attributes, wherever the file has them. */
static void
read_event(struct detail_reader *reader, uint32_t index)
{
	struct json *json = &reader->json;
	struct buf name_text = { 0 };
	struct str key, name = STR("");
	int64_t time_ns = 0;
	size_t first = reader->out->len;

	if (!json_object(json))
		return;
	details_add(reader->out, DETAIL_EVENT, index, name, "event", STR(""));
	while (json_key(json, &key)) {
		if (is_time(key))
			(void)json_int64(json, &time_ns);
		else if (str_equal(key, STR("name")))
			(void)json_keep_string(json, &name_text, &name);
		else if (str_equal(key, STR("attributes")))
			read_attributes(reader, DETAIL_EVENT, index);
		else if (is_dropped(key))
			read_count(reader, DETAIL_EVENT, index, STR("droppedAttributesCount"));
		else
			json_skip(json);
	}
	reader->out->at[first].key = (struct str){ arena_copy(&reader->out->arena, name), name.len };
	for (size_t i = first; i < reader->out->len; i++)
		reader->out->at[i].time_ns = time_ns;
	buf_fini(&name_text);
}

static void
read_link(struct detail_reader *reader, uint32_t index)
{
	struct json *json = &reader->json;
	struct str key;

	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("traceId")) || str_equal(key, STR("trace_id")))
			read_text(reader, DETAIL_LINK, index, STR("trace_id"));
		else if (str_equal(key, STR("spanId")) || str_equal(key, STR("span_id")))
			read_text(reader, DETAIL_LINK, index, STR("span_id"));
		else if (str_equal(key, STR("traceState")) || str_equal(key, STR("trace_state")))
			read_text(reader, DETAIL_LINK, index, STR("trace_state"));
		else if (str_equal(key, STR("attributes")))
			read_attributes(reader, DETAIL_LINK, index);
		else if (is_dropped(key))
			read_count(reader, DETAIL_LINK, index, STR("droppedAttributesCount"));
		else if (str_equal(key, STR("flags")))
			read_count(reader, DETAIL_LINK, index, STR("flags"));
		else
			json_skip(json);
	}
}

static void
read_list(struct detail_reader *reader, void (*read)(struct detail_reader *, uint32_t))
{
	uint32_t index = 0;

	if (json_array(&reader->json))
		while (json_element(&reader->json))
			read(reader, index++);
}

static void
read_status(struct detail_reader *reader)
{
	struct json *json = &reader->json;
	struct str key;

	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("message")))
			read_text(reader, DETAIL_SPAN, 0, STR("status.message"));
		else
			json_skip(json);
	}
}

static void
read_span(struct detail_reader *reader)
{
	const bool of_span = details_want(reader->out, DETAIL_SPAN);
	struct json *json = &reader->json;
	struct str key;

	while (json_key(json, &key)) {
		if (of_span && str_equal(key, STR("status")))
			read_status(reader);
		else if (of_span && (str_equal(key, STR("traceState")) || str_equal(key, STR("trace_state"))))
			read_text(reader, DETAIL_SPAN, 0, STR("trace_state"));
		else if (of_span && str_equal(key, STR("flags")))
			read_count(reader, DETAIL_SPAN, 0, STR("flags"));
		else if (of_span && str_starts(key, STR("dropped")))
			read_count(reader, DETAIL_SPAN, 0, key);
		else if (details_want(reader->out, DETAIL_ATTRIBUTE) && str_equal(key, STR("attributes")))
			read_attributes(reader, DETAIL_ATTRIBUTE, 0);
		else if (details_want(reader->out, DETAIL_EVENT) && str_equal(key, STR("events")))
			read_list(reader, read_event);
		else if (details_want(reader->out, DETAIL_LINK) && str_equal(key, STR("links")))
			read_list(reader, read_link);
		else
			json_skip(json);
	}
}

static void
read_resource(struct detail_reader *reader)
{
	struct str key;

	while (json_key(&reader->json, &key)) {
		if (str_equal(key, STR("attributes")))
			read_attributes(reader, DETAIL_RESOURCE, 0);
		else
			json_skip(&reader->json);
	}
}

static void
read_scope(struct detail_reader *reader)
{
	struct json *json = &reader->json;
	struct str key;

	while (json_key(json, &key)) {
		if (str_equal(key, STR("name")))
			read_text(reader, DETAIL_SCOPE, 0, STR("otel.scope.name"));
		else if (str_equal(key, STR("version")))
			read_text(reader, DETAIL_SCOPE, 0, STR("otel.scope.version"));
		else if (str_equal(key, STR("attributes")))
			read_attributes(reader, DETAIL_SCOPE, 0);
		else
			json_skip(json);
	}
}

bool
otlp_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err)
{
	const struct group *group = &ds->groups[ds->spans.group[span]];
	const struct source *source = &ds->sources[group->source];
	struct detail_reader reader = { .out = out };
	bool fine;

	json_init_memory(&reader.json, STR(""), 0, JSON_LOAD);
	if (!details_want_span(out)) {
		fine = true;
	} else if (record_open(&reader.json, source, ds->spans.detail_at[span], ds->spans.detail_len[span])) {
		read_span(&reader);
		fine = record_check(&reader.json, err);
	} else {
		fine = record_lost("the span", err);
	}
	if (fine && details_want(out, DETAIL_RESOURCE) && record_open(&reader.json, source, group->resource_at, group->resource_len)) {
		read_resource(&reader);
		fine = record_check(&reader.json, err);
	}
	if (fine && details_want(out, DETAIL_SCOPE) && record_open(&reader.json, source, group->scope_at, group->scope_len)) {
		read_scope(&reader);
		fine = record_check(&reader.json, err);
	}
	json_fini(&reader.json);
	buf_fini(&reader.text);
	return fine;
}

bool
otlp_record(const struct dataset *ds, const struct detail_ref *ref, struct details *out, struct error *err)
{
	struct detail_reader reader = { .out = out };
	bool fine;

	json_init_memory(&reader.json, STR(""), 0, JSON_LOAD);
	if (record_open(&reader.json, &ds->sources[ref->source], ref->at, ref->len)) {
		read_log(&reader);
		fine = record_check(&reader.json, err);
	} else {
		fine = record_lost("the log record", err);
	}
	json_fini(&reader.json);
	buf_fini(&reader.text);
	return fine;
}

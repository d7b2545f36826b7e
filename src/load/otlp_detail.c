/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/otlp_json.h"

#include <inttypes.h>
#include <stdio.h>

#include "load/detail.h"

/* Reads one object of the input into rows. */
struct detail_reader {
	struct json     json;
	struct details *out;
	struct buf      text;
};

static void
add_row(struct detail_reader *reader, enum detail_section section, uint32_t index, int64_t time_ns, struct str key, const char *type,
        struct str value)
{
	struct arena *arena = &reader->out->arena;

	vec_push(reader->out, (struct detail_row){
		.section = section, .index = index, .time_ns = time_ns, .type = type,
		.key = { arena_copy(arena, key), key.len }, .value = { arena_copy(arena, value), value.len },
	});
}

/* A string member that becomes a row of its own unless it is empty. */
static void
read_text(struct detail_reader *reader, enum detail_section section, uint32_t index, struct str key)
{
	struct str text;

	if (json_string(&reader->json, &text) && text.len)
		add_row(reader, section, index, 0, key, "string", text);
}

/* A number member likewise, unless it is 0. */
static void
read_count(struct detail_reader *reader, enum detail_section section, uint32_t index, struct str key)
{
	char digits[24];
	uint64_t count;

	if (json_uint64(&reader->json, &count) && count) {
		snprintf(digits, sizeof digits, "%" PRIu64, count);
		add_row(reader, section, index, 0, key, "int", str_of(digits));
	}
}

static void
read_attributes(struct detail_reader *reader, enum detail_section section, uint32_t index, int64_t time_ns)
{
	struct json *json = &reader->json;
	struct str key, name;

	if (!json_array(json))
		return;
	while (json_element(json)) {
		struct str kept = { 0 };
		const char *type = "empty";
		struct buf key_text = { 0 };

		buf_clear(&reader->text);
		if (!json_object(json))
			continue;
		while (json_key(json, &key)) {
			if (str_equal(key, STR("key")) && json_keep_string(json, &key_text, &name))
				kept = name;
			else if (str_equal(key, STR("value")))
				otlp_value(json, &reader->text, &type);
			else if (!str_equal(key, STR("key")))
				json_skip(json);
		}
		if (!json->fault)
			add_row(reader, section, index, time_ns, kept, type, buf_str(&reader->text));
		buf_fini(&key_text);
	}
}

static bool
is_time(struct str key)
{
	return str_equal(key, STR("timeUnixNano")) || str_equal(key, STR("time_unix_nano"));
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
	add_row(reader, DETAIL_EVENT, index, 0, name, "event", STR(""));
	while (json_key(json, &key)) {
		if (is_time(key))
			(void)json_int64(json, &time_ns);
		else if (str_equal(key, STR("name")))
			(void)json_keep_string(json, &name_text, &name);
		else if (str_equal(key, STR("attributes")))
			read_attributes(reader, DETAIL_EVENT, index, 0);
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
			read_attributes(reader, DETAIL_LINK, index, 0);
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

/* The members of a span that become rows, once for each section, so that the rows come by section. */
static void
read_span_section(struct detail_reader *reader, enum detail_section section)
{
	struct json *json = &reader->json;
	struct str key;

	while (json_key(json, &key)) {
		if (section == DETAIL_SPAN && str_equal(key, STR("status")))
			read_status(reader);
		else if (section == DETAIL_SPAN && (str_equal(key, STR("traceState")) || str_equal(key, STR("trace_state"))))
			read_text(reader, section, 0, STR("trace_state"));
		else if (section == DETAIL_SPAN && str_equal(key, STR("flags")))
			read_count(reader, section, 0, STR("flags"));
		else if (section == DETAIL_SPAN && str_starts(key, STR("dropped")))
			read_count(reader, section, 0, key);
		else if (section == DETAIL_ATTRIBUTE && str_equal(key, STR("attributes")))
			read_attributes(reader, section, 0, 0);
		else if (section == DETAIL_EVENT && str_equal(key, STR("events")))
			read_list(reader, read_event);
		else if (section == DETAIL_LINK && str_equal(key, STR("links")))
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
			read_attributes(reader, DETAIL_RESOURCE, 0, 0);
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
			read_attributes(reader, DETAIL_SCOPE, 0, 0);
		else
			json_skip(json);
	}
}

/* Sets the scanner on an object of the source; false: it is not there. */
static bool
open_object(struct detail_reader *reader, const struct source *source, uint64_t at, uint32_t len)
{
	if (!len || at > source->size || len > source->size - at)
		return false;
	json_reset_memory(&reader->json, (struct str){ source->bytes + at, len }, at);
	return json_next(&reader->json) && json_peek(&reader->json) == JSON_OBJECT && json_object(&reader->json);
}

static bool
check_fault(const struct detail_reader *reader, struct error *err)
{
	if (!reader->json.fault)
		return true;
	error_set(err, ERROR_INPUT, "details cannot be read: %s", reader->json.fault);
	return error_at_byte(err, "", reader->json.fault_at);
}

bool
otlp_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err)
{
	const struct group *group = &ds->groups[ds->spans.group[span]];
	const struct source *source = &ds->sources[group->source];
	struct detail_reader reader = { .out = out };
	bool fine = true;

	json_init_memory(&reader.json, STR(""), 0, JSON_LOAD);
	for (enum detail_section section = DETAIL_SPAN; section <= DETAIL_LINK && fine; section++) {
		if (!open_object(&reader, source, ds->spans.detail_at[span], ds->spans.detail_len[span])) {
			fine = error_set(err, ERROR_INPUT, "details cannot be read: the span is not where it was");
			break;
		}
		read_span_section(&reader, section);
		fine = check_fault(&reader, err);
	}
	if (fine && open_object(&reader, source, group->resource_at, group->resource_len)) {
		read_resource(&reader);
		fine = check_fault(&reader, err);
	}
	if (fine && open_object(&reader, source, group->scope_at, group->scope_len)) {
		read_scope(&reader);
		fine = check_fault(&reader, err);
	}
	json_fini(&reader.json);
	buf_fini(&reader.text);
	return fine;
}

/* SPDX-License-Identifier: MIT
 * Resources: what a process is, of which its service is needed.  Few processes write many spans, so the same bytes come again and again. */
#include "config.h"

#include "load/otlp_json.h"

/* The string of an attribute's value object under the cursor, kept in out. */
static bool
read_string_value(struct otlp_reader *reader, struct buf *out)
{
	struct json *json = &reader->base.json;
	struct str key, text;
	bool found = false;

	if (!json_object(json))
		return false;
	while (json_key(json, &key)) {
		if (!str_equal(key, STR("stringValue")) && !str_equal(key, STR("string_value"))) {
			json_skip(json);
		} else if (json_string(json, &text)) {
			buf_clear(out);
			buf_add(out, text);
			found = true;
		}
	}
	return found;
}

/* An attribute object; the key may follow the value. */
static void
read_attribute(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	struct buf value = { 0 };
	bool is_service = false, other = false, has_value = false;
	struct str key, name;

	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("key")) && json_peek(json) == JSON_STRING) {
			if (json_string(json, &name))
				is_service = str_equal(name, STR("service.name"));
			other = !is_service;
		} else if (str_equal(key, STR("value")) && !other) {
			has_value = read_string_value(reader, &value);
		} else {
			json_skip(json);
		}
	}
	if (is_service && has_value && !json->fault) {
		struct buf old = reader->service;

		reader->service = value;
		reader->has_service = true;
		value = old;
	}
	buf_fini(&value);
}

/* A resource of which nothing is known yet, as otlp_resource(); false: it is not as it should be. */
static bool
read_resource(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	enum json_type type = json_peek(json);
	struct str key;
	uint64_t at = json_offset(json), len, noted = reader->base.noted;

	if (!json_object(json)) {
		if (!json->fault && type != JSON_NULL)
			reader_note(&reader->base, NOTE_WARNING, "a resource that is not an object: passed over", at);
		return false;
	}
	while (json_key(json, &key)) {
		if (str_equal(key, STR("attributes")) && json_peek(json) == JSON_ARRAY && json_array(json)) {
			uint32_t depth = json->depth;

			while (reader_element(&reader->base, depth))
				read_attribute(reader);
		} else {
			json_skip(json);
		}
	}
	len = json_offset(json) - at;
	if (json->fault || len > UINT32_MAX)
		return false;
	reader->resource_at = at;
	reader->resource_len = (uint32_t)len;
	reader->has_resource_place = true;
	return reader->base.noted == noted;
}

/* Whether one that was read before is here once more, byte by byte. */
static bool
take_known(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	size_t left = (size_t)(json->end - json->at);

	for (unsigned i = 0; i < OTLP_RESOURCES; i++) {
		/* Mostly the processes take turns. */
		unsigned row = (reader->last_resource + 1 + i) % OTLP_RESOURCES;
		const struct otlp_known_resource *known = &reader->known_resources[row];

		if (!known->text.len || known->text.len > left || memcmp(known->text.at, json->at, known->text.len) != 0)
			continue;
		reader->last_resource = row;
		reader->resource_at = json_offset(json);
		reader->resource_len = (uint32_t)known->text.len;
		reader->has_resource_place = true;
		reader->has_service = known->has_service;
		buf_clear(&reader->service);
		buf_add(&reader->service, buf_str(&known->service));
		json->at += known->text.len;
		return true;
	}
	return false;
}

/* In place of the one that was kept the longest time ago. */
static void
keep(struct otlp_reader *reader, struct str text)
{
	struct otlp_known_resource *known = &reader->known_resources[reader->next_resource];

	reader->last_resource = reader->next_resource;
	reader->next_resource = (reader->next_resource + 1) % OTLP_RESOURCES;
	known->text = text;
	known->has_service = reader->has_service;
	buf_clear(&known->service);
	if (reader->has_service)
		buf_add(&known->service, buf_str(&reader->service));
}

void
otlp_resource(struct otlp_reader *reader)
{
	struct json *json = &reader->base.json;
	const char *begin = json->at;
	bool stays = !json->in && !json->fault;    /* what is read does so where it is */

	reader->has_resource = true;
	reader->has_resource_place = reader->has_service = false;
	if (stays && take_known(reader))
		return;
	if (read_resource(reader) && stays)
		keep(reader, (struct str){ begin, (size_t)(json->at - begin) });
}

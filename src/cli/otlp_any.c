/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/otlp_any.h"

#include <math.h>

#include "load/json.h"
#include "util/emit.h"
#include "util/unit.h"
#include "util/vec.h"

/* An array or a map that is being written. */
struct level { bool is_map, filled; };

struct nested {
	struct json json;
	struct buf *out;
	struct { VEC(struct level); } levels;
};

void
otlp_add_string(struct str text, struct buf *out)
{
	emit_text(&(struct emit){ .out = out }, text);
}

static void
add_string_value(const char *name, struct str text, struct buf *out)
{
	buf_addf(out, "{\"%s\":", name);
	otlp_add_string(text, out);
	buf_addc(out, '}');
}

/* Digits that a signed integer of 64 bits holds. */
static bool
is_integer(struct str text)
{
	bool negative = text.len && text.at[0] == '-';
	uint64_t value = 0, most = negative ? UINT64_C(1) << 63 : INT64_MAX;

	for (size_t i = negative; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9' || value > (most - (uint64_t)(text.at[i] - '0')) / 10)
			return false;
		value = value * 10 + (uint64_t)(text.at[i] - '0');
	}
	return text.len > negative;
}

static void
add_number(struct str text, struct buf *out)
{
	double number;

	if (is_integer(text)) {
		buf_addf(out, "{\"intValue\":\"%.*s\"}", (int)text.len, text.at);
	} else if (number_parse(text, &number)) {
		buf_add(out, STR("{\"doubleValue\":"));
		number_format(number, out);
		buf_addc(out, '}');
	} else {
		add_string_value("stringValue", text, out);
	}
}

static void
add_double(struct str text, struct buf *out)
{
	double number;

	if (number_parse(text, &number)) {
		buf_add(out, STR("{\"doubleValue\":"));
		number_format(number, out);
		buf_addc(out, '}');
	} else {
		bool special = str_equal(text, STR("NaN")) || str_equal(text, STR("Infinity")) || str_equal(text, STR("-Infinity"));
		add_string_value(special ? "doubleValue" : "stringValue", text, out);
	}
}

/* ---- arrays and maps, from plain JSON */

static void
open_level(struct nested *nested, bool is_map)
{
	buf_add(nested->out, is_map ? STR("{\"kvlistValue\":{\"values\":[") : STR("{\"arrayValue\":{\"values\":["));
	vec_push(&nested->levels, (struct level){ .is_map = is_map });
}

/* The value under the cursor; a container is only opened. */
static void
begin_value(struct nested *nested)
{
	struct json *json = &nested->json;
	struct str text;
	bool truth;

	switch (json_peek(json)) {
	case JSON_OBJECT:
		if (json_object(json))
			open_level(nested, true);
		return;
	case JSON_ARRAY:
		if (json_array(json))
			open_level(nested, false);
		return;
	case JSON_STRING:
		if (json_string(json, &text))
			add_string_value("stringValue", text, nested->out);
		break;
	case JSON_BOOL:
		if (json_bool(json, &truth))
			buf_add(nested->out, truth ? STR("{\"boolValue\":true}") : STR("{\"boolValue\":false}"));
		break;
	case JSON_NUMBER: {
		const char *begin = json->at;
		if (json_skip(json))
			add_number((struct str){ begin, (size_t)(json->at - begin) }, nested->out);
		break;
	}
	default:
		json_skip(json);
		buf_add(nested->out, STR("{}"));
	}
	if (nested->levels.len && vec_last(&nested->levels).is_map)
		buf_addc(nested->out, '}');
}

/* The next member of the innermost container, or its end. */
static void
step(struct nested *nested)
{
	struct level *level = &vec_last(&nested->levels);
	bool is_map = level->is_map;
	struct str key = STR("");

	if (is_map ? json_key(&nested->json, &key) : json_element(&nested->json)) {
		if (level->filled)
			buf_addc(nested->out, ',');
		level->filled = true;
		if (is_map) {
			buf_add(nested->out, STR("{\"key\":"));
			otlp_add_string(key, nested->out);
			buf_add(nested->out, STR(",\"value\":"));
		}
		begin_value(nested);
		return;
	}
	buf_add(nested->out, STR("]}}"));
	nested->levels.len--;
	if (nested->levels.len && vec_last(&nested->levels).is_map)
		buf_addc(nested->out, '}');
}

static bool
add_nested(struct str text, struct buf *out)
{
	struct nested nested = { .out = out };
	size_t begin = out->len;

	json_init_memory(&nested.json, text, 0, JSON_STRICT);
	if (json_next(&nested.json))
		begin_value(&nested);
	while (nested.levels.len && !nested.json.fault)
		step(&nested);
	bool fine = !nested.json.fault && out->len > begin;
	if (!fine)
		out->len = begin;
	vec_fini(&nested.levels);
	json_fini(&nested.json);
	return fine;
}

void
otlp_add_any(const char *type, struct str text, struct buf *out)
{
	bool truth = str_equal(text, STR("true")) || str_equal(text, STR("false"));

	if (strcmp(type, "int") == 0)
		add_number(text, out);
	else if (strcmp(type, "double") == 0)
		add_double(text, out);
	else if (strcmp(type, "bool") == 0 && truth)
		buf_addf(out, "{\"boolValue\":%.*s}", (int)text.len, text.at);
	else if (strcmp(type, "bytes") == 0)
		add_string_value("bytesValue", text, out);
	else if (strcmp(type, "empty") == 0)
		buf_add(out, STR("{}"));
	else if ((strcmp(type, "array") != 0 && strcmp(type, "map") != 0) || !add_nested(text, out))
		add_string_value("stringValue", text, out);
}

void
otlp_add_attribute(struct str key, const char *type, struct str text, struct buf *out)
{
	buf_add(out, STR("{\"key\":"));
	otlp_add_string(key, out);
	buf_add(out, STR(",\"value\":"));
	otlp_add_any(type, text, out);
	buf_addc(out, '}');
}

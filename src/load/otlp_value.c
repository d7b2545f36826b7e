/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/otlp_json.h"

#include "load/detail.h"
#include "load/json_core.h"
#include "util/vec.h"

/* Where a nested value is open.  An array value is a box around a list of values, a map value a box around a list of pairs. */
enum place { IN_VALUE, IN_BOX, IN_LIST, IN_PAIR };

struct frame_open {
	enum place place;
	bool       is_map;      /* of a box and its list */
	bool       written;     /* something stands in the output for it */
	bool       has_key;     /* of a pair */
	size_t     start;       /* where its text begins in the output */
};

struct writer {
	struct json *json;
	struct buf  *out;
	struct { VEC(struct frame_open); } open;
};

/* A number as the file has it, whether bare or in quotes; a string. */
static void
add_plain(struct writer *writer, bool quote)
{
	struct json *json = writer->json;
	struct json_number number;
	struct str text;
	bool truth;

	switch (json_peek(json)) {
	case JSON_STRING:
		if (json_string(json, &text))
			quote ? details_quote(text, writer->out) : buf_add(writer->out, text);
		break;
	case JSON_NUMBER:
		if (json_read_number(json, &number))
			buf_add(writer->out, number.text);
		break;
	case JSON_BOOL:
		if (json_bool(json, &truth))
			buf_add(writer->out, truth ? STR("true") : STR("false"));
		break;
	default:
		json_skip(json);
	}
}

static const struct { const char *camel, *snake, *type; bool quote, box; } forms[] = {
	{ "stringValue", "string_value", "string", true, false },
	{ "boolValue", "bool_value", "bool", false, false },
	{ "intValue", "int_value", "int", false, false },
	{ "doubleValue", "double_value", "double", false, false },
	{ "bytesValue", "bytes_value", "bytes", true, false },
	{ "arrayValue", "array_value", "array", false, true },
	{ "kvlistValue", "kvlist_value", "map", false, true },
};

static void
push(struct writer *writer, enum place place, bool is_map)
{
	vec_push(&writer->open, (struct frame_open){ .place = place, .is_map = is_map, .start = writer->out->len });
}

/* A member of a value object; type_out (may be NULL) gets what it is. */
static void
value_member(struct writer *writer, struct str key, const char **type_out)
{
	bool nested = writer->open.len > 1;

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (!str_equal(key, str_of(forms[i].camel)) && !str_equal(key, str_of(forms[i].snake)))
			continue;
		vec_last(&writer->open).written = true;
		writer->out->len = vec_last(&writer->open).start;
		if (!nested)
			*type_out = forms[i].type;
		if (!forms[i].box)
			add_plain(writer, nested && forms[i].quote);
		else if (json_object(writer->json))
			push(writer, IN_BOX, i + 1 == sizeof forms / sizeof *forms);
		return;
	}
	json_skip(writer->json);
}

/* The key goes before the value, also when the file has it after. */
static void
insert_key(struct buf *out, struct frame_open *pair, struct str key)
{
	struct buf value = { 0 };

	buf_add(&value, (struct str){ out->at + pair->start, out->len - pair->start });
	out->len = pair->start;
	details_quote(key, out);
	buf_addc(out, ':');
	buf_add(out, value.len ? buf_str(&value) : STR(""));
	buf_fini(&value);
	pair->has_key = true;
}

static void
pair_key(struct writer *writer)
{
	struct frame_open *pair = &vec_last(&writer->open);
	struct str key;

	if (pair->has_key)
		json_skip(writer->json);
	else if (json_string(writer->json, &key))
		insert_key(writer->out, pair, key);
}

/* The end of what is open innermost: nothing stays without a text. */
static void
pop(struct writer *writer)
{
	struct frame_open top = vec_pop(&writer->open);
	struct buf *out = writer->out;

	if (top.place == IN_LIST)
		buf_addc(out, top.is_map ? '}' : ']');
	else if (top.place == IN_BOX && !top.written)
		buf_add(out, top.is_map ? STR("{}") : STR("[]"));
	else if (top.place == IN_VALUE && !top.written && writer->open.len)
		buf_add(out, STR("null"));
	if (top.place == IN_PAIR && !top.has_key)
		insert_key(out, &top, STR(""));
	if (top.place == IN_PAIR && !top.written)
		buf_add(out, STR("null"));
}

static void
member(struct writer *writer, struct str key, const char **type_out)
{
	struct frame_open *top = &vec_last(&writer->open);
	struct json *json = writer->json;

	if (top->place == IN_VALUE) {
		value_member(writer, key, type_out);
	} else if (top->place == IN_BOX && str_equal(key, STR("values")) && !top->written) {
		top->written = json_array(json);
		if (top->written) {
			bool is_map = top->is_map;

			buf_addc(writer->out, is_map ? '{' : '[');
			push(writer, IN_LIST, is_map);
		}
	} else if (top->place == IN_PAIR && str_equal(key, STR("key"))) {
		pair_key(writer);
	} else if (top->place == IN_PAIR && str_equal(key, STR("value")) && !top->written) {
		top->written = json_object(json);
		if (top->written)
			push(writer, IN_VALUE, false);
	} else {
		json_skip(json);
	}
}

void
otlp_value(struct json *json, struct buf *out, const char **type_out)
{
	struct writer writer = { .json = json, .out = out };
	struct str key;

	*type_out = "empty";
	if (!json_object(json))
		return;
	push(&writer, IN_VALUE, false);
	while (writer.open.len && !json->fault) {
		struct frame_open *top = &vec_last(&writer.open);

		if (top->place != IN_LIST) {
			if (json_key(json, &key))
				member(&writer, key, type_out);
			else if (!json->fault)
				pop(&writer);
		} else if (json_element(json)) {
			if (top->written)
				buf_addc(out, ',');
			top->written = true;
			if (json_object(json))
				push(&writer, top->is_map ? IN_PAIR : IN_VALUE, false);
			else
				buf_add(out, top->is_map ? STR("\"\":null") : STR("null"));
		} else if (!json->fault) {
			pop(&writer);
		}
	}
	vec_fini(&writer.open);
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/otlp_proto_detail.h"

#include <inttypes.h>

#include "load/detail.h"
#include "load/otlp_proto_fields.h"
#include "load/proto.h"
#include "util/base64.h"
#include "util/unit.h"

/* Deeper values are shown as null. */
enum { VALUE_DEPTH = 64 };

/* An array or map that is being written. */
struct level {
	struct proto values;    /* ArrayValue's AnyValues or KeyValueList's KeyValues */
	bool         is_map;
	bool         first;
};

/* The one value that an AnyValue holds; the last when there are several, as protobuf has it. */
static bool
any_value(struct str bytes, struct proto_field *out)
{
	struct proto message = proto_of(bytes);
	struct proto_field field;
	bool found = false;

	while (proto_next(&message, &field))
		if (field.number >= ANY_VALUE_STRING && field.number <= ANY_VALUE_BYTES) {
			*out = field;
			found = true;
		}
	return found;
}

static void
add_scalar(const struct proto_field *value, bool quoted, struct buf *out)
{
	double number;

	switch (value->number) {
	case ANY_VALUE_STRING:
		if (quoted)
			details_quote(value->bytes, out);
		else
			buf_add(out, value->bytes);
		break;
	case ANY_VALUE_BOOL:
		buf_add(out, value->value ? STR("true") : STR("false"));
		break;
	case ANY_VALUE_INT:
		buf_addf(out, "%" PRId64, (int64_t)value->value);
		break;
	case ANY_VALUE_DOUBLE:
		memcpy(&number, &value->value, sizeof number);
		number_format(number, out);
		break;
	default:
		if (quoted)
			buf_addc(out, '"');
		base64_add(value->bytes, out);
		if (quoted)
			buf_addc(out, '"');
		break;
	}
}

static bool
is_container(const struct proto_field *value)
{
	return value->number == ANY_VALUE_ARRAY || value->number == ANY_VALUE_MAP;
}

static struct level
level_of(const struct proto_field *value)
{
	return (struct level){ proto_of(value->bytes), value->number == ANY_VALUE_MAP, true };
}

/* The next member of a container: its AnyValue, and for maps its key is written. */
static bool
next_member(struct level *level, struct str *value_out, struct buf *out)
{
	struct proto_field field, part;
	struct str key = { 0 };

	do {
		if (!proto_next(&level->values, &field))
			return false;
	} while (field.number != 1 || field.wire != PROTO_BYTES);
	if (!level->first)
		buf_addc(out, ',');
	level->first = false;
	*value_out = field.bytes;
	if (!level->is_map)
		return true;
	*value_out = (struct str){ "", 0 };
	struct proto pair = proto_of(field.bytes);
	while (proto_next(&pair, &part))
		if (part.number == KEY_VALUE_KEY)
			key = part.bytes;
		else if (part.number == KEY_VALUE_VALUE)
			*value_out = part.bytes;
	details_quote(key, out);
	buf_addc(out, ':');
	return true;
}

static void
add_container(const struct proto_field *outermost, struct buf *out)
{
	struct level levels[VALUE_DEPTH];
	int depth = 1;

	levels[0] = level_of(outermost);
	buf_addc(out, levels[0].is_map ? '{' : '[');
	while (depth > 0) {
		struct level *level = &levels[depth - 1];
		struct proto_field value;
		struct str bytes;
		if (!next_member(level, &bytes, out)) {
			buf_addc(out, level->is_map ? '}' : ']');
			depth--;
		} else if (!any_value(bytes, &value) || (is_container(&value) && depth == VALUE_DEPTH)) {
			buf_add(out, STR("null"));
		} else if (is_container(&value)) {
			levels[depth++] = level_of(&value);
			buf_addc(out, levels[depth - 1].is_map ? '{' : '[');
		} else {
			add_scalar(&value, true, out);
		}
	}
}

void
otlp_proto_value(struct str bytes, const char **type_out, struct buf *out)
{
	static const char *const types[] = {
		[ANY_VALUE_STRING] = "string", [ANY_VALUE_BOOL] = "bool",  [ANY_VALUE_INT] = "int",     [ANY_VALUE_DOUBLE] = "double",
		[ANY_VALUE_ARRAY] = "array",   [ANY_VALUE_MAP] = "map",    [ANY_VALUE_BYTES] = "bytes",
	};
	struct proto_field value;

	*type_out = "empty";
	if (!any_value(bytes, &value))
		return;
	*type_out = types[value.number];
	if (is_container(&value))
		add_container(&value, out);
	else
		add_scalar(&value, false, out);
}

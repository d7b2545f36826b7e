/* SPDX-License-Identifier: MIT
 * OTLP's protobuf as its JSON: the messages are tables, walked without recursion. */
#include "config.h"

#include "cli/otlp_copy.h"

#include <inttypes.h>
#include <math.h>

#include "cli/otlp_any.h"
#include "load/otlp_proto_fields.h"
#include "load/proto.h"
#include "util/base64.h"
#include "util/unit.h"

enum { LEVELS_MAX = 160 };    /* messages in one another */

enum kind { TEXT, BASE64, TRACE_ID, SPAN_ID, NUMBER, STRING_OF_NUMBER, STRING_OF_FIXED, FIXED32, TRUTH, DOUBLE, REFUSED, MESSAGE };

static const enum proto_wire wires[] = {
	[TEXT] = PROTO_BYTES,           [BASE64] = PROTO_BYTES,            [TRACE_ID] = PROTO_BYTES,   [SPAN_ID] = PROTO_BYTES,
	[NUMBER] = PROTO_VARINT,        [STRING_OF_NUMBER] = PROTO_VARINT, [FIXED32] = PROTO_FIXED32,  [STRING_OF_FIXED] = PROTO_FIXED64,
	[TRUTH] = PROTO_VARINT,         [DOUBLE] = PROTO_FIXED64,          [REFUSED] = PROTO_VARINT,   [MESSAGE] = PROTO_BYTES,
};

struct row {
	uint32_t    number;
	const char *name;
	enum kind   kind;
	bool        repeated;
	const struct message *message;    /* of a MESSAGE */
};

struct message {
	const struct row *rows;
	size_t            count;
	bool              is_choice;      /* has one of its fields, the last one; also when that is 0 or empty */
};
#define MESSAGE_OF(rows) { (rows), sizeof (rows) / sizeof *(rows), false }

static const struct message any_message;

static const struct row key_value_rows[] = {
	{ KEY_VALUE_KEY,   "key",   TEXT,    false, NULL },
	{ KEY_VALUE_VALUE, "value", MESSAGE, false, &any_message },
};
static const struct message key_value = MESSAGE_OF(key_value_rows);
static const struct row array_rows[] = { { 1, "values", MESSAGE, true, &any_message } };
static const struct message array = MESSAGE_OF(array_rows);
static const struct row map_rows[] = { { 1, "values", MESSAGE, true, &key_value } };
static const struct message map = MESSAGE_OF(map_rows);
static const struct row any_rows[] = {
	{ ANY_VALUE_STRING, "stringValue", TEXT,             false, NULL },
	{ ANY_VALUE_BOOL,   "boolValue",   TRUTH,            false, NULL },
	{ ANY_VALUE_INT,    "intValue",    STRING_OF_NUMBER, false, NULL },
	{ ANY_VALUE_DOUBLE, "doubleValue", DOUBLE,           false, NULL },
	{ ANY_VALUE_ARRAY,  "arrayValue",  MESSAGE,          false, &array },
	{ ANY_VALUE_MAP,    "kvlistValue", MESSAGE,          false, &map },
	{ ANY_VALUE_BYTES,  "bytesValue",  BASE64,           false, NULL },
};
static const struct message any_message = { any_rows, sizeof any_rows / sizeof *any_rows, true };

static const struct row event_rows[] = {
	{ EVENT_TIME,       "timeUnixNano",           STRING_OF_FIXED, false, NULL },
	{ EVENT_NAME,       "name",                   TEXT,            false, NULL },
	{ EVENT_ATTRIBUTES, "attributes",             MESSAGE,         true,  &key_value },
	{ EVENT_DROPPED,    "droppedAttributesCount", NUMBER,          false, NULL },
};
static const struct message event = MESSAGE_OF(event_rows);
static const struct row link_rows[] = {
	{ LINK_TRACE_ID,   "traceId",                TRACE_ID, false, NULL },
	{ LINK_SPAN_ID,    "spanId",                 SPAN_ID,  false, NULL },
	{ LINK_STATE,      "traceState",             TEXT,     false, NULL },
	{ LINK_ATTRIBUTES, "attributes",             MESSAGE,  true,  &key_value },
	{ LINK_DROPPED,    "droppedAttributesCount", NUMBER,   false, NULL },
	{ LINK_FLAGS,      "flags",                  FIXED32,  false, NULL },
};
static const struct message link_message = MESSAGE_OF(link_rows);
/* The older code of a status means another thing in today's field: the span is written anew. */
static const struct row status_rows[] = {
	{ STATUS_OLD_CODE,   "",        REFUSED, false, NULL },
	{ STATUS_FIELD_CODE, "code",    NUMBER,  false, NULL },
	{ STATUS_MESSAGE,    "message", TEXT,    false, NULL },
};
static const struct message status = MESSAGE_OF(status_rows);
static const struct row span_rows[] = {
	{ SPAN_FIELD_TRACE_ID,           "traceId",                TRACE_ID,        false, NULL },
	{ SPAN_FIELD_ID,                 "spanId",                 SPAN_ID,         false, NULL },
	{ SPAN_FIELD_STATE,              "traceState",             TEXT,            false, NULL },
	{ SPAN_FIELD_PARENT_ID,          "parentSpanId",           SPAN_ID,         false, NULL },
	{ SPAN_FIELD_FLAGS,              "flags",                  FIXED32,         false, NULL },
	{ SPAN_FIELD_NAME,               "name",                   TEXT,            false, NULL },
	{ SPAN_FIELD_KIND,               "kind",                   NUMBER,          false, NULL },
	{ SPAN_FIELD_START,              "startTimeUnixNano",      STRING_OF_FIXED, false, NULL },
	{ SPAN_FIELD_END,                "endTimeUnixNano",        STRING_OF_FIXED, false, NULL },
	{ SPAN_FIELD_ATTRIBUTES,         "attributes",             MESSAGE,         true,  &key_value },
	{ SPAN_FIELD_DROPPED_ATTRIBUTES, "droppedAttributesCount", NUMBER,          false, NULL },
	{ SPAN_FIELD_EVENTS,             "events",                 MESSAGE,         true,  &event },
	{ SPAN_FIELD_DROPPED_EVENTS,     "droppedEventsCount",     NUMBER,          false, NULL },
	{ SPAN_FIELD_LINKS,              "links",                  MESSAGE,         true,  &link_message },
	{ SPAN_FIELD_DROPPED_LINKS,      "droppedLinksCount",      NUMBER,          false, NULL },
	{ SPAN_FIELD_STATUS,             "status",                 MESSAGE,         false, &status },
};
static const struct row entity_rows[] = {
	{ ENTITY_SCHEMA,           "schemaUrl",       TEXT, false, NULL },
	{ ENTITY_TYPE,             "type",            TEXT, false, NULL },
	{ ENTITY_ID_KEYS,          "idKeys",          TEXT, true,  NULL },
	{ ENTITY_DESCRIPTION_KEYS, "descriptionKeys", TEXT, true,  NULL },
};
static const struct message entity = MESSAGE_OF(entity_rows);
static const struct row resource_rows[] = {
	{ RESOURCE_ATTRIBUTES, "attributes",             MESSAGE, true,  &key_value },
	{ RESOURCE_DROPPED,    "droppedAttributesCount", NUMBER,  false, NULL },
	{ RESOURCE_ENTITIES,   "entityRefs",             MESSAGE, true,  &entity },
};
static const struct row scope_rows[] = {
	{ SCOPE_NAME,       "name",                   TEXT,    false, NULL },
	{ SCOPE_VERSION,    "version",                TEXT,    false, NULL },
	{ SCOPE_ATTRIBUTES, "attributes",             MESSAGE, true,  &key_value },
	{ SCOPE_DROPPED,    "droppedAttributesCount", NUMBER,  false, NULL },
};
static const struct row log_rows[] = {
	{ LOG_TIME,            "timeUnixNano",           STRING_OF_FIXED, false, NULL },
	{ LOG_OBSERVED_TIME,   "observedTimeUnixNano",   STRING_OF_FIXED, false, NULL },
	{ LOG_SEVERITY_NUMBER, "severityNumber",         NUMBER,          false, NULL },
	{ LOG_SEVERITY_TEXT,   "severityText",           TEXT,            false, NULL },
	{ LOG_BODY,            "body",                   MESSAGE,         false, &any_message },
	{ LOG_ATTRIBUTES,      "attributes",             MESSAGE,         true,  &key_value },
	{ LOG_DROPPED,         "droppedAttributesCount", NUMBER,          false, NULL },
	{ LOG_FLAGS,           "flags",                  FIXED32,         false, NULL },
	{ LOG_TRACE_ID,        "traceId",                TRACE_ID,        false, NULL },
	{ LOG_SPAN_ID,         "spanId",                 SPAN_ID,         false, NULL },
	{ LOG_EVENT_NAME,      "eventName",              TEXT,            false, NULL },
};

static const struct message messages[] = {
	[OTLP_MESSAGE_SPAN]     = MESSAGE_OF(span_rows),
	[OTLP_MESSAGE_RESOURCE] = MESSAGE_OF(resource_rows),
	[OTLP_MESSAGE_SCOPE]    = MESSAGE_OF(scope_rows),
	[OTLP_MESSAGE_LOG]      = MESSAGE_OF(log_rows),
};

/* A message that is being written. */
struct level {
	const struct message *message;
	struct str            bytes;
	size_t                row;         /* that comes next, or of the array that is open */
	struct proto          rest;        /* of the bytes, behind the array's last element */
	bool                  in_array, any;
	uint32_t              chosen;      /* the one field of a choice */
};

static bool
knows(const struct message *message, uint32_t number)
{
	for (size_t i = 0; i < message->count; i++)
		if (message->rows[i].number == number)
			return true;
	return false;
}

/* False: the bytes are no message.  Fields that it does not know are counted. */
static bool
enter(struct level *level, const struct message *message, struct str bytes, uint64_t *unknown)
{
	struct proto walk = proto_of(bytes);
	struct proto_field field;

	*level = (struct level){ .message = message, .bytes = bytes };
	while (proto_next(&walk, &field))
		if (!knows(message, field.number))
			++*unknown;
		else if (message->is_choice)
			level->chosen = field.number;
	return walk.state == PROTO_OK;
}

/* The last one of a field that comes once; false: it is not there, which 0 and the empty text say, too. */
static bool
find_single(const struct level *level, const struct row *row, struct proto_field *out)
{
	struct proto walk = proto_of(level->bytes);
	struct proto_field field;
	bool found = false;

	if (level->message->is_choice && row->number != level->chosen)
		return false;
	while (proto_next(&walk, &field))
		if (field.number == row->number) {
			*out = field;
			found = true;
		}
	return found && (level->message->is_choice || row->kind == MESSAGE || out->value || out->bytes.len);
}

static void
add_name(struct level *level, const struct row *row, struct buf *out)
{
	buf_addf(out, "%s\"%s\":", level->any ? "," : "", row->name);
	level->any = true;
}

/* The next value of a message, its name written; false: that was all. */
static bool
next_value(struct level *level, const struct row **row_out, struct proto_field *out, struct buf *text)
{
	while (level->row < level->message->count) {
		const struct row *row = *row_out = &level->message->rows[level->row];

		if (!row->repeated) {
			level->row++;
			if (!find_single(level, row, out))
				continue;
			add_name(level, row, text);
			return true;
		}
		if (!level->in_array)
			level->rest = proto_of(level->bytes);
		while (proto_next(&level->rest, out)) {
			if (out->number != row->number)
				continue;
			if (level->in_array)
				buf_addc(text, ',');
			else
				add_name(level, row, text);
			buf_add(text, level->in_array ? STR("") : STR("["));
			level->in_array = true;
			return true;
		}
		if (level->in_array)
			buf_addc(text, ']');
		level->in_array = false;
		level->row++;
	}
	return false;
}

static bool
add_id(struct str bytes, size_t len, struct buf *out)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < bytes.len; i++)
		buf_addf(out, "%02x", (unsigned char)bytes.at[i]);
	buf_addc(out, '"');
	return bytes.len == len;
}

static void
add_double(uint64_t bits, struct buf *out)
{
	double number;

	memcpy(&number, &bits, sizeof number);
	if (isfinite(number))
		number_format(number, out);
	else
		buf_add(out, isnan(number) ? STR("\"NaN\"") : number > 0 ? STR("\"Infinity\"") : STR("\"-Infinity\""));
}

/* False: it cannot be said. */
static bool
add_scalar(const struct row *row, const struct proto_field *field, struct buf *out)
{
	switch (row->kind) {
	case TEXT:
		otlp_add_string(field->bytes, out);
		return true;
	case BASE64:
		buf_addc(out, '"');
		base64_add(field->bytes, out);
		buf_addc(out, '"');
		return true;
	case TRACE_ID:
		return add_id(field->bytes, 16, out);
	case SPAN_ID:
		return add_id(field->bytes, 8, out);
	case NUMBER:
	case FIXED32:
		buf_addf(out, "%" PRIu64, field->value);
		return true;
	case STRING_OF_NUMBER:
		buf_addf(out, "\"%" PRId64 "\"", (int64_t)field->value);
		return true;
	case STRING_OF_FIXED:
		buf_addf(out, "\"%" PRIu64 "\"", field->value);
		return true;
	case TRUTH:
		buf_add(out, field->value ? STR("true") : STR("false"));
		return true;
	case DOUBLE:
		add_double(field->value, out);
		return true;
	default:
		return false;
	}
}

static bool
add_message(const struct message *message, struct str bytes, struct buf *out, uint64_t *unknown)
{
	struct level levels[LEVELS_MAX];
	size_t depth = 1;
	const struct row *row;
	struct proto_field field;

	if (!enter(&levels[0], message, bytes, unknown))
		return false;
	buf_addc(out, '{');
	while (depth > 0) {
		if (!next_value(&levels[depth - 1], &row, &field, out)) {
			buf_addc(out, '}');
			depth--;
		} else if (field.wire != wires[row->kind]) {
			return false;
		} else if (row->kind != MESSAGE) {
			if (!add_scalar(row, &field, out))
				return false;
		} else if (depth == LEVELS_MAX || !enter(&levels[depth], row->message, field.bytes, unknown)) {
			return false;
		} else {
			buf_addc(out, '{');
			depth++;
		}
	}
	return true;
}

bool
otlp_from_proto(enum otlp_message message, struct str bytes, struct buf *out, uint64_t *left_out)
{
	size_t begin = out->len;
	uint64_t unknown = 0;

	if (add_message(&messages[message], bytes, out, &unknown)) {
		if (left_out)
			*left_out += unknown;
		return true;
	}
	out->len = begin;
	if (out->at)
		out->at[begin] = '\0';
	return false;
}

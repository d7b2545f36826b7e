/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/proto.h"

enum { VARINT_LONGEST = 10 };

/* The bytes of a varint read from at, 0 when it is cut, -1 when it is too long. */
static int
read_varint(const char *at, const char *end, uint64_t *value_out)
{
	uint64_t value = 0;
	ptrdiff_t left = end - at;

	for (int i = 0; i < VARINT_LONGEST; i++) {
		if (i >= left)
			return 0;
		uint64_t byte = (unsigned char)at[i];
		value |= (byte & 0x7f) << (7 * i);
		if (!(byte & 0x80)) {
			*value_out = value;
			return i + 1;
		}
	}
	return -1;
}

static uint64_t
read_fixed(const char *at, int bytes)
{
	uint64_t value = 0;

	for (int i = 0; i < bytes; i++)
		value |= (uint64_t)(unsigned char)at[i] << (8 * i);
	return value;
}

static bool
stop(struct proto *reader, enum proto_state state)
{
	reader->state = state;
	return false;
}

static bool
read_varint_at(struct proto *reader, const char **at, uint64_t *value_out)
{
	/* Most are short. */
	if (*at < reader->end && !(**at & 0x80)) {
		*value_out = (unsigned char)*(*at)++;
		return true;
	}
	if (reader->end - *at > 1 && !((*at)[1] & 0x80)) {
		*value_out = ((uint64_t)(unsigned char)**at & 0x7f) | (uint64_t)(unsigned char)(*at)[1] << 7;
		*at += 2;
		return true;
	}
	int bytes = read_varint(*at, reader->end, value_out);
	if (bytes <= 0)
		return stop(reader, bytes ? PROTO_BROKEN : PROTO_CUT);
	*at += bytes;
	return true;
}

bool
proto_next(struct proto *reader, struct proto_field *field)
{
	const char *at = reader->at;
	uint64_t tag, len;

	if (reader->state != PROTO_OK || at == reader->end || !read_varint_at(reader, &at, &tag))
		return false;
	if (tag >> 3 == 0 || tag >> 3 > UINT32_MAX >> 3)
		return stop(reader, PROTO_BROKEN);
	field->number = (uint32_t)(tag >> 3);
	field->wire = (enum proto_wire)(tag & 7);
	field->value = 0;
	field->bytes = (struct str){ 0 };
	switch (field->wire) {
	case PROTO_VARINT:
		if (!read_varint_at(reader, &at, &field->value))
			return false;
		break;
	case PROTO_BYTES:
		if (!read_varint_at(reader, &at, &len))
			return false;
		if (len > (uint64_t)(reader->end - at))
			return stop(reader, PROTO_CUT);
		field->bytes = (struct str){ at, (size_t)len };
		at += len;
		break;
	case PROTO_FIXED64:
	case PROTO_FIXED32: {
		int bytes = field->wire == PROTO_FIXED64 ? 8 : 4;
		if (reader->end - at < bytes)
			return stop(reader, PROTO_CUT);
		field->value = read_fixed(at, bytes);
		at += bytes;
		break;
	}
	default:
		return stop(reader, PROTO_BROKEN);
	}
	reader->at = at;
	return true;
}

bool
proto_head(struct str bytes, uint32_t *number_out, size_t *begin_out, uint64_t *len_out)
{
	struct proto reader = proto_of(bytes);
	const char *at = reader.at;
	uint64_t tag;

	if (!read_varint_at(&reader, &at, &tag) || (tag & 7) != PROTO_BYTES || tag >> 3 == 0 || tag >> 3 > UINT32_MAX >> 3)
		return false;
	if (!read_varint_at(&reader, &at, len_out))
		return false;
	*number_out = (uint32_t)(tag >> 3);
	*begin_out = (size_t)(at - bytes.at);
	return true;
}

bool
proto_cut_field(const struct proto *reader, uint32_t wanted, struct str *bytes_out)
{
	struct str rest = { reader->at, (size_t)(reader->end - reader->at) };
	uint32_t number;
	size_t begin;
	uint64_t len;

	if (reader->state != PROTO_CUT || !proto_head(rest, &number, &begin, &len) || number != wanted)
		return false;
	*bytes_out = str_tail(rest, begin);
	return true;
}

struct proto
proto_packed(const struct proto_field *field)
{
	return proto_of(field->wire == PROTO_BYTES ? field->bytes : (struct str){ "", 0 });
}

bool
proto_packed_next(struct proto *values, struct proto_field *field, uint64_t *value_out)
{
	if (field->wire == PROTO_VARINT) {
		/* A single value: handed out once, after which the field counts as an empty packed run. */
		*value_out = field->value;
		field->wire = PROTO_BYTES;
		return true;
	}
	if (values->state != PROTO_OK || values->at == values->end)
		return false;
	return read_varint_at(values, &values->at, value_out);
}

bool
proto_values_add(const struct proto_field *field, struct proto_values *out)
{
	struct proto run = proto_packed(field);
	const char *at = run.at;
	uint64_t value;

	if (field->wire == PROTO_VARINT)
		vec_push(out, field->value);
	while (at < run.end) {
		int bytes = 1;
		value = (unsigned char)*at;
		/* One and two bytes are most of them. */
		if (value & 0x80 && run.end - at > 1 && !(at[1] & 0x80)) {
			value = (value & 0x7f) | (uint64_t)(unsigned char)at[1] << 7;
			bytes = 2;
		} else if (value & 0x80) {
			bytes = read_varint(at, run.end, &value);
		}
		if (bytes <= 0)
			return false;
		vec_push(out, value);
		at += bytes;
	}
	return true;
}

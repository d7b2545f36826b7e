/* SPDX-License-Identifier: MIT
 * A protobuf wire reader over bytes in memory, without copies and without a schema.
 * A message is a run of bytes; its fields come one by one.  Nested messages and packed values are read by another reader over the
 * field's bytes.  Limits and rules: varints of at most 10 bytes, field numbers from 1, wire types 0, 1, 2 and 5.
 * Source of the encoding: the protocol buffers documentation, "Encoding". */
#ifndef LOAD_PROTO_H
#define LOAD_PROTO_H

#include <stdbool.h>
#include <stdint.h>

#include "util/str.h"
#include "util/vec.h"

enum proto_wire { PROTO_VARINT = 0, PROTO_FIXED64 = 1, PROTO_BYTES = 2, PROTO_FIXED32 = 5 };

enum proto_state {
	PROTO_OK,
	PROTO_CUT,      /* the bytes end inside a field: at is where that field begins */
	PROTO_BROKEN,   /* no message: at is where the bad field begins */
};

struct proto {
	const char      *at, *end;
	enum proto_state state;
};

struct proto_field {
	uint32_t        number;
	enum proto_wire wire;
	uint64_t        value;    /* PROTO_VARINT, PROTO_FIXED64, PROTO_FIXED32; else 0, as if the field were not there */
	struct str      bytes;    /* PROTO_BYTES; else empty */
};

static inline struct proto
proto_of(struct str message)
{
	return (struct proto){ message.at, message.len ? message.at + message.len : message.at, PROTO_OK };
}

/* The next field.  False at the end of the message, and when it is cut or broken: state tells which. */
bool proto_next(struct proto *reader, struct proto_field *field_out);

/* The head of a length-delimited field at the start of bytes: its number, where its bytes begin and how many it declares.
 * False when the head itself is cut, broken, or of another wire type.  The declared bytes need not be there. */
bool proto_head(struct str bytes, uint32_t *number_out, size_t *begin_out, uint64_t *len_out);

/* The field in which a cut message ends (state PROTO_CUT): what there is of its bytes, when it has this number. */
bool proto_cut_field(const struct proto *reader, uint32_t number, struct str *bytes_out);

/* The next value of a repeated varint field, packed or not: call with a zeroed packed reader for each field met.
 *	struct proto values = proto_packed(&field);
 *	while (proto_packed_next(&values, &field, &value)) ...
 * A broken packed run ends early and leaves state PROTO_CUT or PROTO_BROKEN. */
struct proto proto_packed(const struct proto_field *field);
bool         proto_packed_next(struct proto *values, struct proto_field *field, uint64_t *value_out);

/* All values of such a field behind those that out has.  False when the run is cut or broken: those before the place are there. */
struct proto_values { VEC(uint64_t); };
bool         proto_values_add(const struct proto_field *field, struct proto_values *out);

#endif

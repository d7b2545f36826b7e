/* SPDX-License-Identifier: MIT
 * Protobuf messages for tests, written field by field.  A nested message is a buffer of its own that is taken over by put_message(). */
#ifndef TESTS_UNIT_PROTO_WRITE_H
#define TESTS_UNIT_PROTO_WRITE_H

#include <stdint.h>

#include "util/buf.h"

static inline void
put_raw_varint(struct buf *out, uint64_t value)
{
	for (; value > 0x7f; value >>= 7)
		buf_addc(out, (char)(value | 0x80));
	buf_addc(out, (char)value);
}

static inline void
put_varint(struct buf *out, uint32_t number, uint64_t value)
{
	put_raw_varint(out, (uint64_t)number << 3);
	put_raw_varint(out, value);
}

static inline void
put_bytes(struct buf *out, uint32_t number, struct str bytes)
{
	put_raw_varint(out, (uint64_t)number << 3 | 2);
	put_raw_varint(out, bytes.len);
	buf_add(out, bytes);
}

static inline void
put_text(struct buf *out, uint32_t number, const char *text)
{
	put_bytes(out, number, str_of(text));
}

static inline void
put_fixed(struct buf *out, uint32_t number, unsigned wire, uint64_t value)
{
	put_raw_varint(out, (uint64_t)number << 3 | wire);
	for (unsigned i = 0; i < (wire == 1 ? 8 : 4); i++)
		buf_addc(out, (char)(value >> (8 * i)));
}

static inline void
put_fixed64(struct buf *out, uint32_t number, uint64_t value)
{
	put_fixed(out, number, 1, value);
}

static inline void
put_fixed32(struct buf *out, uint32_t number, uint32_t value)
{
	put_fixed(out, number, 5, value);
}

static inline void
put_message(struct buf *out, uint32_t number, struct buf *message)
{
	put_bytes(out, number, buf_str(message));
	buf_fini(message);
}

static inline void
put_packed(struct buf *out, uint32_t number, const uint64_t *values, size_t count)
{
	struct buf packed = { 0 };

	for (size_t i = 0; i < count; i++)
		put_raw_varint(&packed, values[i]);
	put_message(out, number, &packed);
}

#endif

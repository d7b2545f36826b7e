/* SPDX-License-Identifier: MIT
 * OTLP traces in protobuf for tests, written message by message. */
#ifndef TESTS_UNIT_OTLP_WRITE_H
#define TESTS_UNIT_OTLP_WRITE_H

#include <string.h>

#include "load/otlp_proto_fields.h"
#include "tests/unit/proto_write.h"

#define TRACE STR("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\7")
#define T0    UINT64_C(1700000000000000000)

static const struct str id_bytes[] = {
	{ "", 0 }, { "\0\0\0\0\0\0\0\1", 8 }, { "\0\0\0\0\0\0\0\2", 8 }, { "\0\0\0\0\0\0\0\3", 8 }, { "\0\0\0\0\0\0\0\4", 8 },
};

static inline void
put_attribute(struct buf *out, uint32_t number, const char *key, struct buf *value)
{
	struct buf pair = { 0 };

	put_text(&pair, KEY_VALUE_KEY, key);
	put_message(&pair, KEY_VALUE_VALUE, value);
	put_message(out, number, &pair);
}

static inline void
put_text_attribute(struct buf *out, uint32_t number, const char *key, const char *text)
{
	struct buf value = { 0 };

	put_text(&value, ANY_VALUE_STRING, text);
	put_attribute(out, number, key, &value);
}

static inline struct buf
resource_of(const char *service)
{
	struct buf resource = { 0 };

	put_text_attribute(&resource, RESOURCE_ATTRIBUTES, "service.name", service);
	return resource;
}

/* A span of TRACE that begins start ns after T0 and lasts length ns. */
static inline struct buf
span_of(unsigned id, unsigned parent, const char *name, uint64_t start, uint64_t length)
{
	struct buf span = { 0 };

	put_bytes(&span, SPAN_FIELD_TRACE_ID, TRACE);
	put_bytes(&span, SPAN_FIELD_ID, id_bytes[id]);
	if (parent)
		put_bytes(&span, SPAN_FIELD_PARENT_ID, id_bytes[parent]);
	put_text(&span, SPAN_FIELD_NAME, name);
	put_fixed64(&span, SPAN_FIELD_START, T0 + start);
	put_fixed64(&span, SPAN_FIELD_END, T0 + start + length);
	return span;
}

/* Takes over the records of one scope. */
static inline void
put_scope(struct buf *resource_spans, uint32_t number, struct buf *records)
{
	put_message(resource_spans, number, records);
}

/* A document of one resource and one scope with these records. */
static inline struct buf
document_of(const char *service, struct buf *records)
{
	struct buf out = { 0 }, resource_spans = { 0 }, resource = resource_of(service);

	put_message(&resource_spans, RESOURCE_SPANS_RESOURCE, &resource);
	put_scope(&resource_spans, RESOURCE_SPANS_SCOPE_SPANS, records);
	put_message(&out, DATA_RESOURCE_SPANS, &resource_spans);
	return out;
}

static inline void
put_frame(struct buf *out, struct buf *record)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_addc(out, (char)(record->len >> shift));
	buf_add(out, buf_str(record));
	buf_fini(record);
}

#endif

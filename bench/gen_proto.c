/* SPDX-License-Identifier: MIT
 * Inputs in protobuf. */
#include "config.h"

#include "bench/gen.h"

#include <inttypes.h>
#include <stdio.h>

#include "tests/unit/proto_write.h"

enum { LOCATIONS = 60000, MAPPINGS = 4, SERVER_FRAMES = 14 };

static void
put_attribute(struct buf *out, uint32_t number, const char *key, const char *text)
{
	struct buf pair = { 0 }, value = { 0 };

	put_text(&value, 1, text);
	put_text(&pair, 1, key);
	put_message(&pair, 2, &value);
	put_message(out, number, &pair);
}

static void
put_id(struct buf *out, uint32_t number, uint64_t id, size_t len)
{
	char bytes[16] = { 0 };

	for (size_t i = 0; i < 8; i++)
		bytes[len - 1 - i] = (char)(id >> (8 * i));
	put_bytes(out, number, (struct str){ bytes, len });
}

static void
put_span(struct buf *out, struct demo *d, uint64_t i)
{
	struct buf span = { 0 }, event = { 0 };
	uint64_t start, length;
	char text[64];

	span_extent(i, &start, &length);
	put_id(&span, 1, 10, 16);
	put_id(&span, 2, i + 1, 8);
	if (i)
		put_id(&span, 4, (i - 1) / FANOUT + 1, 8);
	snprintf(text, sizeof text, "step %" PRIu32, demo_pick(d, 700));
	put_text(&span, 5, text);
	put_varint(&span, 6, 2);
	put_fixed64(&span, 7, EPOCH_NS + start);
	put_fixed64(&span, 8, EPOCH_NS + start + length);
	put_attribute(&span, 9, "http.request.method", "GET");
	snprintf(text, sizeof text, "http://shop/item/%" PRIu64, i);
	put_attribute(&span, 9, "url.full", text);
	put_attribute(&span, 9, "net.peer.name", "store.shop.svc");
	put_fixed64(&event, 1, EPOCH_NS + start);
	put_text(&event, 2, "retry");
	put_message(&span, 11, &event);
	put_message(out, 2, &span);
}

/* As a collector writes it: export requests behind their lengths. */
void
gen_otlp_proto(uint64_t size)
{
	struct demo *d = demo_new(SEED, 0);
	struct buf out = { 0 };

	for (uint64_t i = 0, written = 0; written < size;) {
		struct buf request = { 0 }, resource_spans = { 0 }, resource = { 0 }, scope_spans = { 0 };
		char service[32];
		snprintf(service, sizeof service, "part-%" PRIu64, i / BATCH % 24);
		put_attribute(&resource, 1, "service.name", service);
		put_message(&resource_spans, 1, &resource);
		for (int k = 0; k < BATCH; k++)
			put_span(&scope_spans, d, i++);
		put_message(&resource_spans, 2, &scope_spans);
		put_message(&request, 1, &resource_spans);
		for (int shift = 24; shift >= 0; shift -= 8)
			buf_addc(&out, (char)(request.len >> shift));
		buf_add(&out, buf_str(&request));
		buf_fini(&request);
		written += out.len;
		put(&out);
	}
	buf_fini(&out);
	demo_free(d);
}

/* Under every stack are the frames of a server, of which there are a few kinds. */
static void
put_sample(struct buf *out, struct demo *d, const uint32_t *stack, uint32_t depth)
{
	struct buf sample = { 0 }, label = { 0 };
	uint64_t locations[STACK_MAX + SERVER_FRAMES], values[2] = { 1 + demo_pick(d, 90), 0 };
	uint32_t kind = stack[0] % 6;

	for (uint32_t i = 0; i < depth; i++)
		locations[i] = 1 + stack[depth - 1 - i] * 3 % LOCATIONS;
	for (uint32_t i = 0; i < SERVER_FRAMES; i++)
		locations[depth + i] = 1 + kind * SERVER_FRAMES + i;
	depth += SERVER_FRAMES;
	values[1] = values[0] * 10000000;
	put_packed(&sample, 1, locations, depth);
	put_packed(&sample, 2, values, 2);
	put_varint(&label, 1, 5);
	put_varint(&label, 2, 6 + demo_pick(d, 16));
	put_message(&sample, 3, &label);
	put_message(out, 2, &sample);
}

/* String 0 is empty, then come the types, the label and its values, the mappings, the functions and their files. */
static void
put_strings(struct buf *out)
{
	static const char *const first[] = { "", "samples", "count", "cpu", "nanoseconds", "thread" };
	char text[64];

	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		put_text(out, 6, first[i]);
	for (int i = 0; i < 16; i++) {
		snprintf(text, sizeof text, "worker %d", i);
		put_text(out, 6, text);
	}
	for (int i = 0; i < MAPPINGS; i++) {
		snprintf(text, sizeof text, "/opt/shop/lib%d.so", i);
		put_text(out, 6, text);
	}
	for (uint32_t i = 0; i < FUNCTIONS; i++) {
		snprintf(text, sizeof text, "shop/store.(*Query).step%" PRIu32, i);
		put_text(out, 6, text);
		snprintf(text, sizeof text, "/src/shop/store/part%" PRIu32 ".go", i % 200);
		put_text(out, 6, text);
	}
}

static void
put_tables(struct buf *out)
{
	enum { FIRST_MAPPING = 22, FIRST_FUNCTION = FIRST_MAPPING + MAPPINGS };
	struct buf record = { 0 }, line = { 0 };

	for (uint32_t i = 0; i < MAPPINGS; i++) {
		put_varint(&record, 1, i + 1);
		put_varint(&record, 2, 0x400000 + i * 0x10000000);
		put_varint(&record, 5, FIRST_MAPPING + i);
		put_message(out, 3, &record);
	}
	for (uint32_t i = 0; i < LOCATIONS; i++) {
		put_varint(&record, 1, i + 1);
		put_varint(&record, 2, i % MAPPINGS + 1);
		put_varint(&record, 3, 0x400000 + i * 16);
		for (uint32_t k = 0; k <= i % 5 / 4; k++) {
			put_varint(&line, 1, (i + k) % FUNCTIONS + 1);
			put_varint(&line, 2, i % 2000);
			put_message(&record, 4, &line);
		}
		put_message(out, 4, &record);
	}
	for (uint32_t i = 0; i < FUNCTIONS; i++) {
		put_varint(&record, 1, i + 1);
		put_varint(&record, 2, FIRST_FUNCTION + i * 2);
		put_varint(&record, 3, FIRST_FUNCTION + i * 2);
		put_varint(&record, 4, FIRST_FUNCTION + i * 2 + 1);
		put_message(out, 5, &record);
	}
	put_strings(out);
}

void
gen_pprof(uint64_t size)
{
	struct demo *d = demo_new(SEED, 0);
	uint32_t stack[STACK_MAX], depth = 0;
	struct buf out = { 0 }, type = { 0 };

	for (uint64_t i = 1; i <= 3; i += 2) {
		put_varint(&type, 1, i);
		put_varint(&type, 2, i + 1);
		put_message(&out, 1, &type);
	}
	for (uint64_t written = 0; written < size;) {
		/* Several samples of a stack differ in their labels. */
		if (depth == 0 || demo_chance(d, 50))
			next_stack(d, stack, &depth);
		put_sample(&out, d, stack, depth);
		written += out.len;
		put(&out);
	}
	put_tables(&out);
	put(&out);
	buf_fini(&out);
	demo_free(d);
}

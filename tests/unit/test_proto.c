/* SPDX-License-Identifier: MIT
 * The protobuf wire reader on hand-made messages, whole, cut at every byte and broken. */
#include "config.h"

#include "load/proto.h"

#include "tests/tap.h"

/* 1: varint 150; 2: "testing"; 3: fixed64 1; 4: fixed32 2; 5: packed 3, 270, 86942; 6: varint -1 */
static const char message[] =
	"\x08\x96\x01" "\x12\x07testing" "\x19\x01\0\0\0\0\0\0\0" "\x25\x02\0\0\0" "\x2a\x06\x03\x8e\x02\x9e\xa7\x05"
	"\x30\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01";
enum { MESSAGE_LEN = sizeof message - 1 };

static void
whole(void)
{
	struct proto reader = proto_of((struct str){ message, MESSAGE_LEN });
	struct proto_field field;
	uint64_t value, sum = 0;
	int values = 0;

	ok(proto_next(&reader, &field) && field.number == 1 && field.value == 150, "a varint");
	ok(proto_next(&reader, &field) && field.number == 2 && str_equal(field.bytes, STR("testing")), "bytes");
	ok(proto_next(&reader, &field) && field.wire == PROTO_FIXED64 && field.value == 1, "a fixed64");
	ok(proto_next(&reader, &field) && field.wire == PROTO_FIXED32 && field.value == 2, "a fixed32");
	ok(proto_next(&reader, &field) && field.number == 5, "a packed field");
	struct proto packed = proto_packed(&field);
	while (proto_packed_next(&packed, &field, &value)) {
		sum += value;
		values++;
	}
	ok(values == 3 && sum == 3 + 270 + 86942 && packed.state == PROTO_OK, "three packed values");
	ok(proto_next(&reader, &field) && (int64_t)field.value == -1, "a negative varint of ten bytes");
	packed = proto_packed(&field);
	ok(proto_packed_next(&packed, &field, &value) && (int64_t)value == -1 && !proto_packed_next(&packed, &field, &value),
	   "an unpacked value is a run of one");
	ok(!proto_next(&reader, &field) && reader.state == PROTO_OK, "the end of the message");
}

static void
cut(void)
{
	static const int borders[] = { 0, 3, 12, 21, 26, 34, MESSAGE_LEN };
	bool right = true;

	for (int len = 0; len <= MESSAGE_LEN; len++) {
		struct proto reader = proto_of((struct str){ message, (size_t)len });
		struct proto_field field;
		bool at_border = false;
		while (proto_next(&reader, &field))
			;
		for (size_t i = 0; i < sizeof borders / sizeof *borders; i++)
			at_border |= borders[i] == len;
		right &= reader.state == (at_border ? PROTO_OK : PROTO_CUT);
	}
	ok(right, "cut inside a field is told from cut between fields");
}

static void
values(void)
{
	struct proto_values all = { 0 };
	struct proto_field field = { .number = 1, .wire = PROTO_BYTES, .bytes = STR("\x00\x7f\x80\x01\xff\x7f\x80\x80\x01") };

	ok(proto_values_add(&field, &all) && all.len == 5 && all.at[0] == 0 && all.at[1] == 127 && all.at[2] == 128 && all.at[3] == 16383 &&
	   all.at[4] == 16384, "packed values of one to three bytes");
	field = (struct proto_field){ .number = 1, .wire = PROTO_VARINT, .value = UINT64_MAX };
	ok(proto_values_add(&field, &all) && all.len == 6 && all.at[5] == UINT64_MAX, "one that is not packed behind them");
	field = (struct proto_field){ .number = 1, .wire = PROTO_FIXED64, .value = 7 };
	ok(proto_values_add(&field, &all) && all.len == 6, "a field of another kind has none");
	field = (struct proto_field){ .number = 1, .wire = PROTO_BYTES, .bytes = STR("\x05\x80") };
	ok(!proto_values_add(&field, &all) && all.len == 7 && all.at[6] == 5, "a cut run");
	field.bytes = STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
	ok(!proto_values_add(&field, &all) && all.len == 7, "a value of eleven bytes");
	vec_fini(&all);
}

static void
broken(void)
{
	static const struct { struct str bytes; const char *what; } cases[] = {
		{ { "\x00\x01", 2 }, "field number 0" },
		{ { "\x0b\x01", 2 }, "a group" },
		{ { "\x0e\x01", 2 }, "wire type 6" },
		{ { "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12 }, "a varint of eleven bytes" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct proto reader = proto_of(cases[i].bytes);
		struct proto_field field;
		ok(!proto_next(&reader, &field) && reader.state == PROTO_BROKEN && reader.at == cases[i].bytes.at, "%s is broken",
		   cases[i].what);
	}
	struct proto reader = proto_of(STR("\x0a\xff\xff\xff\xff\x0fxx"));
	struct proto_field field;
	ok(!proto_next(&reader, &field) && reader.state == PROTO_CUT, "a declared length of 4 GiB is a cut");
}

static void
head(void)
{
	uint32_t number;
	size_t begin;
	uint64_t len;

	ok(proto_head(STR("\x0a\x80\x01zzz"), &number, &begin, &len) && number == 1 && begin == 3 && len == 128,
	   "the head of bytes that are not there yet");
	ok(!proto_head(STR("\x0a\x80"), &number, &begin, &len), "a cut head");
	ok(!proto_head(STR("\x08\x01"), &number, &begin, &len), "a varint has no head");
}

int
main(void)
{
	whole();
	cut();
	values();
	broken();
	head();
	return done();
}

/* SPDX-License-Identifier: MIT
 * The short ways of reading what is written as usual, beside the long ways: they must say the same. */
#include "config.h"

#include "load/json_fields.h"

#include <inttypes.h>

#include "load/ids.h"
#include "load/json_core.h"
#include "load/json_id.h"
#include "tests/tap.h"
#include "tests/unit/window.h"

static const struct json_field_name field_names[] = {
	JSON_NAME("id", 1),
	JSON_NAME("name", 2),
	JSON_NAME("startTimeUnixNano", 3),
	JSON_NAME("flags", JSON_FIELD_NONE),
	JSON_NAME("a", 4),
	JSON_NAME("thirteen byte", 5),
	JSON_NAME("fourteen bytes", 6),
	JSON_NAME("the longest name is here now", 7),
};
static const struct json_fields fields = JSON_FIELDS(field_names);

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static int
field_of(struct str key)
{
	for (unsigned i = 0; i < fields.count; i++)
		if (str_equal(key, (struct str){ fields.names[i].quoted + 1, fields.names[i].len - 3u }))
			return fields.names[i].field;
	return JSON_FIELD_NONE;
}

static void
log_value(struct json *json, int field, struct buf *log)
{
	uint64_t at = json_offset(json);

	json_skip(json);
	buf_addf(log, "%d %" PRIu64 " to %" PRIu64 "\n", field, at, json_offset(json));
}

/* short_way: json_field() reads the members, else json_key(). */
static void
log_records(struct json *json, bool short_way, struct buf *log)
{
	struct json_field_order order = { 0 };
	struct str key;
	int field;

	buf_clear(log);
	while (json_next(json)) {
		json_array(json);
		while (json_element(json)) {
			if (!json_object(json))
				continue;
			order.last = 0;
			if (short_way)
				while ((field = json_field(json, &fields, &order)) != JSON_FIELD_END)
					log_value(json, field, log);
			else
				while (json_key(json, &key))
					log_value(json, field_of(key), log);
			buf_addf(log, "end at %" PRIu64 " depth %" PRIu32 "\n", json_offset(json), json->depth);
		}
	}
	if (json->fault)
		buf_addf(log, "%s at %" PRIu64 "%s\n", json->fault, json->fault_at, json->cut ? " cut" : "");
}

/* Records with most of their members in the same order, now and then written otherwise or broken. */
static void
make_records(struct buf *out, uint32_t *seed)
{
	static const char *const keys[] = { "id", "flags", "name", "startTimeUnixNano", "a", "other", "thirteen byte", "fourteen bytes",
	                                    "the longest name is here now", "i\\u0064" };
	static const char *const values[] = { "1", "\"x\"", "[1,2]", "{\"id\":3}", "null" };
	static const char *const odd[] = { " ", "\n", ",", "}", "\"", "\\", "\x01", ":" };
	unsigned breaks = next_random(seed) % 3 ? UINT32_MAX : 40;

	buf_clear(out);
	buf_addc(out, '[');
	for (unsigned record = next_random(seed) % 6; record > 0; record--) {
		bool first = true;

		buf_addc(out, '{');
		for (unsigned key = 0; key < sizeof keys / sizeof *keys; key++) {
			unsigned which = next_random(seed) % 16 ? key : next_random(seed) % (unsigned)(sizeof keys / sizeof *keys);

			if (next_random(seed) % 4 == 0)
				continue;
			buf_addf(out, "%s\"%s\"%s:%s%s", first ? "" : next_random(seed) % 100 ? "," : ";", keys[which], next_random(seed) % 20 ? "" : " ",
			         next_random(seed) % 20 ? "" : " ", values[next_random(seed) % 5]);
			if (next_random(seed) % breaks == 0)
				buf_addf(out, "%s", odd[next_random(seed) % 8]);
			first = false;
		}
		buf_addf(out, "}%s", record > 1 ? "," : "");
	}
	buf_addc(out, ']');
}

static void
test_fields(void)
{
	struct buf text = { 0 }, want = { 0 }, got = { 0 };
	uint32_t seed = 5;
	int wrong = 0, wrong_moving = 0, faults = 0;

	for (int round = 0; round < 4000; round++) {
		struct json json;
		struct window window;

		make_records(&text, &seed);
		if (next_random(&seed) % 4 == 0)
			text.len = next_random(&seed) % text.len;
		json_init_memory(&json, buf_str(&text), 0, JSON_LOAD);
		log_records(&json, false, &want);
		faults += json.fault != NULL;
		json_reset_memory(&json, buf_str(&text), 0);
		log_records(&json, true, &got);
		wrong += !str_equal(buf_str(&want), buf_str(&got));
		json_fini(&json);
		window_open(&window, buf_str(&text), 1 + next_random(&seed) % 90);
		json_init(&json, &window.in, JSON_LOAD);
		log_records(&json, true, &got);
		wrong_moving += !str_equal(buf_str(&want), buf_str(&got));
		json_fini(&json);
		window_close(&window);
	}
	is_int(wrong, 0, "members are the same, in whatever order and however written");
	is_int(wrong_moving, 0, "also where the window moves by");
	ok(faults > 200 && faults < 3000, "some are broken: %d", faults);
	buf_fini(&text);
	buf_fini(&want);
	buf_fini(&got);
}

static void
log_number(struct str text, struct buf *log)
{
	struct json json;
	struct json_number number = { 0 };
	int64_t whole = 7;
	uint64_t natural = 7;
	double real = 7;

	buf_clear(log);
	json_init_memory(&json, text, 0, JSON_LOAD);
	for (int kind = 0; kind < 4; kind++) {
		bool good;

		json_reset_memory(&json, text, 0);
		json_next(&json);
		json_array(&json);
		json_element(&json);
		if (kind == 3 && json_peek(&json) != JSON_NUMBER)
			break;
		good = kind == 0 ? json_int64(&json, &whole) : kind == 1 ? json_uint64(&json, &natural)
		     : kind == 2 ? json_double(&json, &real) : json_read_number(&json, &number);
		buf_addf(log, "%d at %" PRIu64 " %s\n", good, json_offset(&json), json.fault ? json.fault : "");
	}
	buf_addf(log, "%" PRId64 " %" PRIu64 " %.17g %d %d %" PRIu64 " ", whole, natural, real, number.whole, number.negative, number.magnitude);
	buf_add(log, number.text.len ? number.text : STR(""));
	json_fini(&json);
}

/* A number with much behind it, which may be read in one look, and the same number near the end, which may not. */
static void
test_numbers(void)
{
	static const char digits[] = "0123456789", other[] = ".eE+-x: \n\"", ends[] = ",]} :\"x";
	struct buf text = { 0 }, want = { 0 }, got = { 0 };
	uint32_t seed = 3;
	int wrong = 0;

	for (int round = 0; round < 30000; round++) {
		bool quoted = next_random(&seed) % 2;
		unsigned len = 1 + next_random(&seed) % 23, odd = next_random(&seed) % 3 ? UINT32_MAX : next_random(&seed) % 23;

		buf_clear(&text);
		buf_addf(&text, "[%s", quoted ? "\"" : "");
		for (unsigned i = 0; i < len; i++)
			buf_addc(&text, i == odd ? other[next_random(&seed) % (sizeof other - 1)] : digits[next_random(&seed) % 10]);
		buf_addf(&text, "%s%c", quoted ? "\"" : "", ends[next_random(&seed) % 5 ? 0 : next_random(&seed) % (sizeof ends - 1)]);
		log_number(buf_str(&text), &want);
		buf_addf(&text, ",12345678901234567890123456789]");
		log_number(buf_str(&text), &got);
		/* Where the text ends at once, that is what may be wrong with it. */
		if (!strstr(want.at, "the input ends"))
			wrong += !str_equal(buf_str(&want), buf_str(&got));
	}
	is_int(wrong, 0, "numbers are the same in one look and byte by byte");
	buf_fini(&text);
	buf_fini(&want);
	buf_fini(&got);
}

static void
test_ids(void)
{
	static const char *const texts[] = {
		"\"5b8efff798038103\" ", "\"5B8EFFF798038103\" ", "\"5b8efff79803810g\" ", "\"5b8efff79803810\\\" ", "\"5b8efff7980381\\\"\" ",
		"\"5b8efff798038103", "\"5b8efff7980381031\" ", "\"5b8efff79803810\" ", "05b8efff79803810\" ", "\"\" ",
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct json json;
		uint64_t id = 1, want = 1;
		uint8_t bytes[16], trace[16];
		struct str text = str_of(texts[i]);
		bool usual = i < 2;
		char *twice = xasprintf("\"%.16s%s", texts[i] + 1, texts[i] + 1);

		json_init_memory(&json, text, 0, JSON_LOAD);
		ok(json_hex16(&json, &id) == usual && json_offset(&json) == (usual ? 18 : 0), "sixteen digits: %s", texts[i]);
		if (usual)
			id_span((struct str){ text.at + 1, 16 }, &want);
		ok(id == want, "their number");
		json_reset_memory(&json, str_of(twice), 0);
		ok(json_hex32(&json, bytes) == usual && json_offset(&json) == (usual ? 34 : 0), "thirty-two digits: %s", twice);
		if (usual)
			ok(id_trace((struct str){ twice + 1, 32 }, trace) == ID_EXACT && memcmp(bytes, trace, 16) == 0, "their bytes");
		json_fini(&json);
		free(twice);
	}
}

int
main(void)
{
	test_fields();
	test_numbers();
	test_ids();
	return done();
}

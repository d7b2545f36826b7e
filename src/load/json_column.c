/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/json_column.h"

#include <math.h>

#define RUN_MAX     4096u         /* numbers between two looks at progress */
#define NO_RECOVERY UINT32_MAX    /* an element less would put the others beside the wrong ones of other columns */
#define DIGITS_MAX  15            /* any number of so many digits is exact in a double */

static const double tens[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };

/* A plain number as it stands in columns: what json_read_number() would say of it, without its generality. */
struct plain {
	uint64_t digits;        /* all of them, as if there were no point */
	unsigned fraction;      /* how many stand behind the point */
	bool     negative;
};

/* Behind a number of a list: passes over ",NUMBER" if the next ',' is in sight too and the number is a plain one. */
static inline bool
next_plain(struct json *json, bool may_have_fraction, struct plain *out)
{
	const char *at = json->at, *end = json->end, *first;
	unsigned count;

	*out = (struct plain){ 0 };
	if (at == end || *at != ',')
		return false;
	at++;
	if (at < end && *at == '-') {
		out->negative = true;
		at++;
	}
	first = at;
	for (; at < end && *at >= '0' && *at <= '9'; at++)
		out->digits = out->digits * 10 + (uint64_t)(*at - '0');
	count = (unsigned)(at - first);
	if (count == 0 || count > DIGITS_MAX || (*first == '0' && count > 1))
		return false;
	if (may_have_fraction && at < end && *at == '.') {
		first = ++at;
		for (; at < end && *at >= '0' && *at <= '9' && at - first <= DIGITS_MAX; at++)
			out->digits = out->digits * 10 + (uint64_t)(*at - '0');
		out->fraction = (unsigned)(at - first);
		if (out->fraction == 0 || out->fraction + count > DIGITS_MAX)
			return false;
	}
	if (at == end || *at != ',')
		return false;
	json->at = at;
	return true;
}

static double
plain_number(const struct plain *plain)
{
	double value = (double)plain->digits / tens[plain->fraction];

	return plain->negative ? -value : value;
}

static uint32_t
plain_id(const struct plain *plain)
{
	return plain->negative || plain->digits >= ID_NONE ? ID_NONE : (uint32_t)plain->digits;
}

double
column_number(struct json_reader *reader)
{
	double value;

	return json_double(&reader->json, &value) && isfinite(value) ? value : NAN;
}

double
column_field(struct json_reader *reader)
{
	enum json_type type = json_peek(&reader->json);
	uint64_t at = json_offset(&reader->json);
	double value = NAN;
	bool number = json_double(&reader->json, &value);

	if (!number || isinf(value))
		reader_wrong_type(reader, type, at);
	return number && isfinite(value) ? value : NAN;
}

uint32_t
column_id(struct json_reader *reader)
{
	uint64_t value;
	bool truth;

	if (json_peek(&reader->json) == JSON_BOOL)
		return json_bool(&reader->json, &truth) ? truth : ID_NONE;
	return json_uint64(&reader->json, &value) && value < ID_NONE ? (uint32_t)value : ID_NONE;
}

bool
column_ids(struct json_reader *reader, struct id_column *out)
{
	struct json *json = &reader->json;
	struct plain plain;

	if (!reader_array(reader))
		return false;
	while (reader_element(reader, NO_RECOVERY)) {
		uint32_t id = column_id(reader);
		if (json->fault)
			break;
		vec_push(out, id);
		for (unsigned run = 0; run < RUN_MAX && next_plain(json, false, &plain); run++)
			vec_push(out, plain_id(&plain));
	}
	return true;
}

bool
column_packed_numbers(struct json_reader *reader, struct packed_doubles *out)
{
	struct json *json = &reader->json;
	struct plain plain;

	if (!reader_array(reader))
		return false;
	while (reader_element(reader, NO_RECOVERY)) {
		double value = column_number(reader);
		if (json->fault)
			break;
		packed_doubles_push(out, value);
		for (unsigned run = 0; run < RUN_MAX && next_plain(json, true, &plain); run++)
			packed_doubles_push(out, plain_number(&plain));
	}
	return true;
}

bool
column_micros(struct json_reader *reader, struct ns_column *out)
{
	struct json *json = &reader->json;
	struct plain plain;
	int64_t ns;

	if (!reader_array(reader))
		return false;
	while (reader_element(reader, NO_RECOVERY)) {
		if (!reader_micros(reader, &ns))
			ns = 0;
		if (json->fault)
			break;
		vec_push(out, ns);
		for (unsigned run = 0; run < RUN_MAX && next_plain(json, true, &plain); run++)
			vec_push(out, llround(plain_number(&plain) * 1000));
	}
	return true;
}

bool
column_packed_ids(struct json_reader *reader, struct packed *out)
{
	struct json *json = &reader->json;
	struct plain plain;

	if (!reader_array(reader))
		return false;
	while (reader_element(reader, NO_RECOVERY)) {
		uint32_t id = column_id(reader);
		if (json->fault)
			break;
		packed_push(out, id + 1);
		for (unsigned run = 0; run < RUN_MAX && next_plain(json, false, &plain); run++)
			packed_push(out, plain_id(&plain) + 1);
	}
	return true;
}

bool
column_packed_micros(struct json_reader *reader, struct packed_doubles *out)
{
	struct json *json = &reader->json;
	struct plain plain;
	int64_t ns;

	if (!reader_array(reader))
		return false;
	while (reader_element(reader, NO_RECOVERY)) {
		if (!reader_micros(reader, &ns))
			ns = 0;
		if (json->fault)
			break;
		packed_doubles_push(out, (double)ns / 1000);
		for (unsigned run = 0; run < RUN_MAX && next_plain(json, true, &plain); run++)
			packed_doubles_push(out, plain_number(&plain));
	}
	return true;
}

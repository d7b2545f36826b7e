/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/json_fields.h"

#include "load/json_core.h"

#define ROOM  (1 + JSON_NAME_MAX + 1)    /* bytes looked at: a comma, a name, and one behind it */
#define TRIES 3                          /* rows that are compared */

/* Whether the JSON_NAME_MAX bytes there begin with the name. */
static inline bool
is_name(const char *at, const struct json_field_name *name)
{
#ifdef __SSE2__
	for (unsigned i = 0; i < JSON_NAME_MAX; i += 16) {
		__m128i text = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
		__m128i want = _mm_loadu_si128((const __m128i *)(const void *)(name->quoted + i));
		unsigned same = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(text, want));

		if (name->len - i <= 16)
			return (~same & ((2u << (name->len - i - 1)) - 1)) == 0;
		if (same != 0xffff)
			return false;
	}
	return true;
#else
	return memcmp(at, name->quoted, name->len) == 0;
#endif
}

/* The row whose name comes next, without a blank anywhere, if it is one of those expected; the cursor goes to its value then. */
static inline bool
take(struct json *json, const struct json_fields *fields, struct json_field_order *order, unsigned *row_out)
{
	const char *at = json->at;
	unsigned row = order->after[order->last];

	if (json->fault || json->end - at < ROOM || (!json->first && *at++ != ','))
		return false;
	for (unsigned tries = 0; tries < TRIES; tries++, row = order->after[row + 1]) {
		const struct json_field_name *name = &fields->names[row];

		if (!is_name(at, name))
			continue;
		if ((unsigned char)at[name->len] <= ' ')
			return false;
		json->at = at + name->len;
		json->first = false;
		*row_out = row;
		return true;
	}
	return false;
}

/* The row of a key; count: none. */
static unsigned
row_of(const struct json_fields *fields, struct str key)
{
	unsigned row = 0;

	while (row < fields->count && !str_equal((struct str){ fields->names[row].quoted + 1, fields->names[row].len - 3u }, key))
		row++;
	return row;
}

int
json_field_of(const struct json_fields *fields, struct str key)
{
	unsigned row = row_of(fields, key);

	return row < fields->count ? fields->names[row].field : JSON_FIELD_NONE;
}

/* However the member is written. */
static __attribute__((noinline)) int
find_field(struct json *json, const struct json_fields *fields, struct json_field_order *order)
{
	struct str key;
	unsigned row;

	if (!json_key(json, &key))
		return JSON_FIELD_END;
	row = row_of(fields, key);
	if (row == fields->count)
		return JSON_FIELD_NONE;
	order->after[order->last] = (uint8_t)row;
	order->last = row + 1;
	return fields->names[row].field;
}

int
json_field(struct json *json, const struct json_fields *fields, struct json_field_order *order)
{
	unsigned row;

	if (!take(json, fields, order, &row))
		return find_field(json, fields, order);
	order->last = row + 1;
	return fields->names[row].field;
}

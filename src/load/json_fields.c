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
	__m128i text = _mm_loadu_si128((const __m128i *)(const void *)at);
	__m128i want = _mm_loadu_si128((const __m128i *)(const void *)name->quoted);
	uint32_t other = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(text, want)) ^ 0xffff;

	if (__builtin_expect(name->len > 16, 0)) {
		text = _mm_loadu_si128((const __m128i *)(const void *)(at + 16));
		want = _mm_loadu_si128((const __m128i *)(const void *)(name->quoted + 16));
		other |= ((uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(text, want)) ^ 0xffff) << 16;
	}
	return (uint32_t)((uint64_t)other << (32 - name->len)) == 0;
#else
	return memcmp(at, name->quoted, name->len) == 0;
#endif
}

/* Whether the next member has the name of this row, written as usual; the cursor goes to its value then. */
static inline bool
take(struct json *json, const struct json_field_name *name)
{
	const char *at = json->at + !json->first;

	if (!is_name(at, name) || (unsigned char)at[name->len] <= ' ')
		return false;
	json->at = at + name->len;
	json->first = false;
	return true;
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
	unsigned row = order->after[order->last];

	if (json->fault || json->end - json->at < ROOM || (!json->first && *json->at != ','))
		return find_field(json, fields, order);
	for (unsigned tries = 0; tries < TRIES; tries++, row = order->after[row + 1])
		if (take(json, &fields->names[row])) {
			order->last = row + 1;
			return fields->names[row].field;
		}
	return find_field(json, fields, order);
}

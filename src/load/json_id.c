/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/json_id.h"

#include "load/ids.h"

/* Whether the cursor is at a quote and another is so many bytes behind it, whatever is between. */
static inline bool
is_quoted(const struct json *json, size_t len)
{
	const char *at = json->at;

	return !json->fault && (size_t)(json->end - at) >= len + 2 && at[0] == '"' && at[len + 1] == '"';
}

bool
json_hex16(struct json *json, uint64_t *out)
{
	uint64_t id;

	if (!is_quoted(json, 16) || !id_hex16(json->at + 1, &id))
		return false;
	*out = id;
	json->at += 18;
	return true;
}

bool
json_hex32(struct json *json, uint8_t out[16])
{
	uint64_t high, low;

	if (!is_quoted(json, 32) || !id_hex16(json->at + 1, &high) || !id_hex16(json->at + 17, &low))
		return false;
	id_bytes(high, out);
	id_bytes(low, out + 8);
	json->at += 34;
	return true;
}

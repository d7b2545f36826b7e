/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/record.h"

bool
record_open(struct json *json, const struct source *source, uint64_t at, uint32_t len)
{
	if (!len || at > source->size || len > source->size - at)
		return false;
	json_reset_memory(json, (struct str){ source->bytes + at, len }, at);
	return json_next(json) && json_peek(json) == JSON_OBJECT && json_object(json);
}

bool
record_check(const struct json *json, struct error *err)
{
	if (!json->fault)
		return true;
	error_set(err, ERROR_INPUT, "details cannot be read: %s", json->fault);
	return error_at_byte(err, "", json->fault_at);
}

bool
record_lost(const char *what, struct error *err)
{
	return error_set(err, ERROR_INPUT, "details cannot be read: %s is not where it was", what);
}

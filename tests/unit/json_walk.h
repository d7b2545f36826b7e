/* SPDX-License-Identifier: MIT
 * Everything the scanner says about a text, as lines: to compare one way of feeding it with another. */
#ifndef TESTS_UNIT_JSON_WALK_H
#define TESTS_UNIT_JSON_WALK_H

#include <inttypes.h>

#include "load/json.h"

/* Whether integers are logged exactly too, which only memory that stays in place allows. */
__attribute__((unused)) static bool walk_whole = true;

__attribute__((unused)) static void
walk_scalar(struct json *json, struct buf *log)
{
	struct str text;
	int64_t whole;
	double number;
	bool truth;

	switch (json_peek(json)) {
	case JSON_STRING:
		if (json_string(json, &text)) {
			buf_addf(log, "string %zu ", text.len);
			buf_add(log, text);
		}
		break;
	case JSON_NUMBER: {
		struct json copy = *json;

		if (walk_whole && !json->in && json_int64(&copy, &whole))
			buf_addf(log, "whole %" PRId64 " ", whole);
		if (json_double(json, &number))
			buf_addf(log, "number %.17g", number);
		break;
	}
	case JSON_BOOL:
		if (json_bool(json, &truth))
			buf_addf(log, "bool %d", truth);
		break;
	default:
		buf_addf(log, "other");
		json_skip(json);
	}
	buf_addc(log, '\n');
}

/* Reads all values to the end or to a fault, which is logged with its place. */
static void
walk(struct json *json, struct buf *log)
{
	struct { VEC(char); } open = { 0 };
	struct str key;

	while (json_next(json)) {
		bool inside = true;

		while (inside && !json->fault) {
			enum json_type type = json_peek(json);

			if (type == JSON_OBJECT && json_object(json)) {
				buf_addf(log, "{\n");
				vec_push(&open, '{');
			} else if (type == JSON_ARRAY && json_array(json)) {
				buf_addf(log, "[\n");
				vec_push(&open, '[');
			} else {
				walk_scalar(json, log);
			}
			for (inside = false; open.len && !inside && !json->fault; ) {
				inside = vec_last(&open) == '{' ? json_key(json, &key) : json_element(json);
				if (inside && vec_last(&open) == '{') {
					buf_addf(log, "key %zu ", key.len);
					buf_add(log, key);
					buf_addc(log, '\n');
				}
				if (!inside && !json->fault) {
					(void)vec_pop(&open);
					buf_addf(log, "end\n");
				}
			}
		}
	}
	if (json->fault)
		buf_addf(log, "fault %s at %" PRIu64 "%s\n", json->fault, json->fault_at, json->cut ? " (cut)" : "");
	vec_fini(&open);
}

#endif

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/json_core.h"

#define STRIDE ((ptrdiff_t)16 << 20)    /* bytes between two looks at the wish to stop */

static const char document_inside[] = "a document begins inside another";

static bool
is_delimiter(char c)
{
	return c == ',' || c == ']' || c == '}' || c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ':' || c == '"' ||
	       c == '[' || c == '{';
}

/* A number or word that nobody reads: its bytes are not looked at. */
static bool
skip_word(struct json *json)
{
	const char *start = json->at;

	do {
		while (json->at < json->end && !is_delimiter(*json->at))
			json->at++;
		if (json->at == start)
			return json_fault_here(json, "expected a value");
		start = NULL;
	} while (json->at == json->end && json_refill(json, NULL));
	return !json->fault;
}

/* The last bytes of the input, fewer than a block, as a block. */
static enum json_nest_result
scan_tail(struct json *json, struct json_nest *nest)
{
	char block[JSON_BLOCK];
	const char *at = block;
	size_t len = (size_t)(json->end - json->at);
	enum json_nest_result result;

	memset(block, ' ', sizeof block);
	memcpy(block, json->at, len);
	result = json_nest_scan(json->kernel, nest, &at, block + sizeof block);
	json->at += result == NEST_MORE ? (ptrdiff_t)len : at - block;
	return result;
}

/* The container that begins at start did not end well: the next document may have begun in it, and the cursor goes there. */
static bool
has_document(struct json *json, uint64_t start)
{
	const char *at, *end = json->at;

	if (!json->line_framed || json->in)
		return false;
	at = json->begin + (start - json->begin_at);
	while ((at = memchr(at, '\n', (size_t)(end - at)))) {
		json->at = ++at;
		if (json_at_document(json))
			return true;
	}
	json->at = end;
	return false;
}

/* The cursor is at the opening bracket. */
static bool
skip_container(struct json *json)
{
	struct json_nest nest = { 0 };
	uint64_t start = json_offset(json);
	enum json_nest_result result;

	do {
		const char *end = json->end - json->at > STRIDE ? json->at + STRIDE : json->end;

		result = json_nest_scan(json->kernel, &nest, &json->at, end);
		if (result == NEST_MORE && end == json->end && !json_see(json, JSON_BLOCK)) {
			if (json->fault)
				return false;
			result = scan_tail(json, &nest);
			if (result == NEST_MORE) {
				json->depth += nest.depth;
				return has_document(json, start) ? json_fault_here(json, document_inside) : json_stop(json);
			}
		}
		if (job_stopped(json->job))
			return json_stop(json);
	} while (result == NEST_MORE && nest.depth <= JSON_DEPTH_MAX);
	if (result == NEST_DONE && nest.curly == 0)
		return true;
	if (result == NEST_DONE && has_document(json, start))
		return json_fault_here(json, document_inside);
	if (result == NEST_DONE)
		return json_fail(json, start, "brackets that do not match");
	json->depth += nest.depth;
	if (result == NEST_MORE)
		return json_fail(json, start, "nested too deeply");
	return json_fault_here(json, "a line break inside a string");
}

/* A scalar under the cursor is read and forgotten. */
static bool
check_scalar(struct json *json)
{
	struct json_number number;
	struct str text;

	switch (json_peek(json)) {
	case JSON_STRING: return json_read_string(json, &text);
	case JSON_NUMBER: return json_read_number(json, &number);
	default:          return json_read_literal(json, &text);
	}
}

/* Everything is checked; the open containers are kept as a string of brackets. */
static bool
skip_strict(struct json *json)
{
	struct str key;

	buf_clear(&json->kinds);
	do {
		char c = *json->at;
		bool inside = false;

		if (c == '{' || c == '[') {
			if (!(c == '{' ? json_object(json) : json_array(json)))
				return false;
			buf_addc(&json->kinds, c);
		} else if (!check_scalar(json)) {
			return false;
		}
		while (json->kinds.len && !inside) {
			inside = vec_last(&json->kinds) == '{' ? json_key(json, &key) : json_element(json);
			if (json->fault)
				return false;
			if (!inside)
				(void)vec_pop(&json->kinds);
		}
	} while (json->kinds.len);
	return true;
}

bool
json_skip(struct json *json)
{
	if (json->fault)
		return false;
	if (json->mode == JSON_STRICT)
		return skip_strict(json);
	if (*json->at == '{' || *json->at == '[')
		return skip_container(json);
	if (*json->at == '"')
		return json_skip_string(json);
	return skip_word(json);
}

uint32_t
json_count_objects(struct json *json)
{
	struct json_mark mark = json_mark(json);
	uint32_t count = 0;

	if (json_peek(json) != JSON_ARRAY || !json_array(json)) {
		json->held = false;
		json_skip(json);
		return 0;
	}
	while (json_element(json)) {
		count += json_peek(json) == JSON_OBJECT;
		json_skip(json);
	}
	/* Commas that are not as they should be cost no more than in what nobody reads. */
	if (json->fault) {
		json_rewind(json, mark);
		json_skip(json);
	}
	json->held = false;
	return count;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/json_core.h"

static const char raw_line_break[] = "a line break inside a string";
static const char raw_control[] = "a control character inside a string";

static bool
fault_in_string(struct json *json, const char *fault)
{
	json_fault_here(json, fault);
	json->in_string = true;
	return false;
}

/* A control character at the cursor: whether the string may go on. */
static bool
allow_control(struct json *json)
{
	if (*json->at == '\n')
		return fault_in_string(json, raw_line_break);
	if (json->mode == JSON_STRICT)
		return fault_in_string(json, raw_control);
	return true;
}

static void
add_utf8(struct buf *out, uint32_t code)
{
	char bytes[4];
	size_t len;

	if (code < 0x80) {
		bytes[0] = (char)code;
		len = 1;
	} else if (code < 0x800) {
		bytes[0] = (char)(0xc0 | code >> 6);
		bytes[1] = (char)(0x80 | (code & 0x3f));
		len = 2;
	} else if (code < 0x10000) {
		bytes[0] = (char)(0xe0 | code >> 12);
		bytes[1] = (char)(0x80 | (code >> 6 & 0x3f));
		bytes[2] = (char)(0x80 | (code & 0x3f));
		len = 3;
	} else {
		bytes[0] = (char)(0xf0 | code >> 18);
		bytes[1] = (char)(0x80 | (code >> 12 & 0x3f));
		bytes[2] = (char)(0x80 | (code >> 6 & 0x3f));
		bytes[3] = (char)(0x80 | (code & 0x3f));
		len = 4;
	}
	buf_add(out, (struct str){ bytes, len });
}

/* Four hex digits at `at`; false: something else is there. */
static bool
hex4(const char *at, uint32_t *out)
{
	uint32_t value = 0;

	for (int i = 0; i < 4; i++) {
		unsigned c = (unsigned char)at[i], lower = c | 0x20;

		if (c >= '0' && c <= '9')
			value = value << 4 | (c - '0');
		else if (lower >= 'a' && lower <= 'f')
			value = value << 4 | (lower - 'a' + 10);
		else
			return false;
	}
	*out = value;
	return true;
}

/* The cursor is at the backslash of \uXXXX. */
static bool
read_unicode(struct json *json)
{
	uint32_t code, low;

	if (!json_see(json, 6))
		return json_stop(json);
	if (!hex4(json->at + 2, &code))
		return fault_in_string(json, "\\u without four hex digits");
	json->at += 6;
	if (code >= 0xd800 && code < 0xdc00 && json_see(json, 6) && json->at[0] == '\\' && json->at[1] == 'u' &&
	    hex4(json->at + 2, &low) && low >= 0xdc00 && low < 0xe000) {
		json->at += 6;
		code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
	} else if (code >= 0xd800 && code < 0xe000) {
		code = 0xfffd;
	}
	add_utf8(&json->scratch, code);
	return !json->fault;
}

/* The cursor is at a backslash. */
static bool
read_escape(struct json *json)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *found;

	if (!json_see(json, 2))
		return json_stop(json);
	if (json->at[1] == 'u')
		return read_unicode(json);
	found = json->at[1] ? strchr(from, json->at[1]) : NULL;
	if (!found)
		return fault_in_string(json, "an unknown escape");
	buf_addc(&json->scratch, to[found - from]);
	json->at += 2;
	return true;
}

/* The rest of a string whose first len bytes, up to an escape at the cursor, are plain. */
static bool
read_escaped(struct json *json, const char *start, struct str *out)
{
	buf_clear(&json->scratch);
	buf_add(&json->scratch, (struct str){ start, (size_t)(json->at - start) });
	for (;;) {
		const char *stop = json_scan_string(json->at, json->end);

		buf_add(&json->scratch, (struct str){ json->at, (size_t)(stop - json->at) });
		json->at = stop;
		if (json->scratch.len > JSON_STRING_MAX)
			return json_fault_here(json, "a string too long to be read");
		if (json->at == json->end) {
			if (!json_refill(json, NULL))
				return json_stop(json);
		} else if (*json->at == '"') {
			json->at++;
			*out = buf_str(&json->scratch);
			return true;
		} else if (*json->at == '\\') {
			if (!read_escape(json))
				return false;
		} else {
			if (!allow_control(json))
				return false;
			buf_addc(&json->scratch, *json->at++);
		}
	}
}

bool
json_read_string(struct json *json, struct str *out)
{
	const char *start = json->at++;

	for (;;) {
		json->at = json_scan_string(json->at, json->end);
		if (json->at == json->end) {
			if (!json_refill(json, &start))
				return json_stop(json);
		} else if (*json->at == '"') {
			*out = (struct str){ start + 1, (size_t)(json->at - start) - 1 };
			json->at++;
			return true;
		} else if (*json->at == '\\') {
			return read_escaped(json, start + 1, out);
		} else {
			if (!allow_control(json))
				return false;
			json->at++;
		}
	}
}

bool
json_skip_string(struct json *json)
{
	json->at++;
	for (;;) {
		json->at = json_scan_string(json->at, json->end);
		if (json->at == json->end) {
			if (!json_refill(json, NULL))
				return json_stop(json);
		} else if (*json->at == '"') {
			json->at++;
			return true;
		} else if (*json->at == '\\') {
			if (!json_see(json, 2))
				return json_stop(json);
			json->at += 2;
		} else {
			if (!allow_control(json))
				return false;
			json->at++;
		}
	}
}

bool
json_string(struct json *json, struct str *out)
{
	if (json_peek(json) == JSON_STRING)
		return json_read_string(json, out);
	json_skip(json);
	return false;
}

bool
json_keep_string(struct json *json, struct buf *keep, struct str *out)
{
	if (!json_string(json, out))
		return false;
	if (json->in || out->at == json->scratch.at) {
		buf_clear(keep);
		buf_add(keep, *out);
		*out = buf_str(keep);
	}
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/json.h"

#include "load/json_core.h"

#define GUARD STR(")]}'")    /* stands before JSON that a browser must not run as a script */

enum { HEAD_LEAST = 8 };    /* bytes of a document that tell it from others */

void
json_init(struct json *json, struct input *in, enum json_mode mode)
{
	*json = (struct json){
		.at = in->begin, .begin = in->begin, .end = in->end, .begin_at = in->begin_at, .mode = mode,
		.in = in->mapped ? NULL : in, .job = in->job, .kernel = json_kernel_best(),
	};
}

void
json_init_memory(struct json *json, struct str text, uint64_t offset, enum json_mode mode)
{
	*json = (struct json){ .mode = mode };
	json_reset_memory(json, text, offset);
}

void
json_reset_memory(struct json *json, struct str text, uint64_t offset)
{
	struct buf scratch = json->scratch, kinds = json->kinds;

	if (!text.len)
		text = STR("");
	*json = (struct json){
		.at = text.at, .begin = text.at, .end = text.at + text.len, .begin_at = offset, .mode = json->mode,
		.kernel = json_kernel_best(), .scratch = scratch, .kinds = kinds,
	};
}

void
json_fini(struct json *json)
{
	buf_fini(&json->scratch);
	buf_fini(&json->kinds);
}

bool
json_refill(struct json *json, const char **token)
{
	uint64_t at = json_offset(json), keep = at, token_at = at;
	bool more;

	if (!json->in || json->in->last)
		return false;
	if (token && *token)
		keep = token_at = json->begin_at + (uint64_t)(*token - json->begin);
	if (at - keep > JSON_STRING_MAX)
		return json_fail(json, keep, "a value too long to be read");
	if (json->held && json->hold_at < keep) {
		keep = json->hold_at;
		if (at - keep > JSON_HOLD_MAX)
			return json_fail(json, keep, "too long to be looked through");
	}
	/* One byte before stays in sight too: whether a line begins is asked of it. */
	more = input_more(json->in, keep > json->begin_at ? keep - 1 : keep);
	json->begin = json->in->begin;
	json->begin_at = json->in->begin_at;
	json->end = json->in->end;
	json->at = json->begin + (at - json->begin_at);
	if (token && *token)
		*token = json->begin + (token_at - json->begin_at);
	return more && json->at < json->end;
}

bool
json_see(struct json *json, size_t count)
{
	while ((size_t)(json->end - json->at) < count) {
		/* The cursor goes to the end for a moment: what is wanted lies behind it. */
		const char *token = json->at;
		bool more;

		json->at = json->end;
		more = json_refill(json, &token);
		json->at = token;
		if (!more)
			return false;
	}
	return true;
}

bool
json_fail(struct json *json, uint64_t offset, const char *fault)
{
	if (!json->fault) {
		json->fault = fault;
		json->fault_at = offset;
		json->cut = json->in_string = false;
	}
	return false;
}

bool
json_fault_here(struct json *json, const char *fault)
{
	return json_fail(json, json_offset(json), fault);
}

bool
json_stop(struct json *json)
{
	if (!json->fault) {
		json_fault_here(json, "the input ends in the middle of a value");
		json->cut = true;
	}
	return false;
}

/* Moves over blanks to the next byte; false: the input ends (no fault is set). */
static bool
skip_blanks(struct json *json)
{
	do {
		if (json->at < json->end && (unsigned char)*json->at > ' ')
			return true;
		json->at = json_scan_blank(json->at, json->end);
		if (json->at < json->end)
			return true;
	} while (json_refill(json, NULL));
	return false;
}

/* The key lies in the window and the window may move: its bytes go to the scratch buffer. */
static void
save_key(struct json *json, struct str *key)
{
	if (key->at == json->scratch.at)
		return;
	buf_clear(&json->scratch);
	buf_add(&json->scratch, *key);
	*key = buf_str(&json->scratch);
}

bool
json_at_document(struct json *json)
{
	if (!json->line_framed || json->at == json->begin || json->at[-1] != '\n' || json_offset(json) == json->value_at)
		return false;
	(void)json_see(json, json->head_len);
	return (size_t)(json->end - json->at) >= json->head_len && memcmp(json->at, json->head, json->head_len) == 0;
}

/* Over blanks, of which there are some, to the next byte of a value that has begun; key (may be NULL) stays valid. */
static __attribute__((noinline)) bool
over_blanks(struct json *json, struct str *key)
{
	if (key && json->in)
		save_key(json, key);
	if (!skip_blanks(json))
		return json_stop(json);
	if (json->line_framed && json_at_document(json))
		return json_fault_here(json, "a document begins inside another");
	return true;
}

static inline bool
to_next(struct json *json, struct str *key)
{
	return (json->at < json->end && (unsigned char)*json->at > ' ') || over_blanks(json, key);
}

static void
leave(struct json *json)
{
	json->at++;
	json->depth--;
	json->first = false;
}

bool
json_key(struct json *json, struct str *key_out)
{
	if (json->fault || !to_next(json, NULL))
		return false;
	if (*json->at == '}') {
		leave(json);
		return false;
	}
	if (!json->first) {
		if (*json->at != ',')
			return json_fault_here(json, "expected ',' or '}'");
		json->at++;
		if (!to_next(json, NULL))
			return false;
	}
	json->first = false;
	if (*json->at != '"')
		return json_fault_here(json, "expected a key in quotes");
	if (!json_read_string(json, key_out) || !to_next(json, key_out))
		return false;
	if (*json->at != ':')
		return json_fault_here(json, "expected ':'");
	json->at++;
	return to_next(json, key_out);
}

bool
json_element(struct json *json)
{
	if (json->fault || !to_next(json, NULL))
		return false;
	if (*json->at == ']') {
		leave(json);
		return false;
	}
	if (!json->first) {
		if (*json->at != ',')
			return json_fault_here(json, "expected ',' or ']'");
		json->at++;
		if (!to_next(json, NULL))
			return false;
		if (*json->at == ']')
			return json_fault_here(json, "expected a value");
	}
	json->first = false;
	return true;
}

const unsigned char json_types[256] = {
	['"'] = JSON_STRING, ['{'] = JSON_OBJECT, ['['] = JSON_ARRAY, ['t'] = JSON_BOOL, ['f'] = JSON_BOOL, ['n'] = JSON_NULL,
	['-'] = JSON_NUMBER, ['0'] = JSON_NUMBER, ['1'] = JSON_NUMBER, ['2'] = JSON_NUMBER, ['3'] = JSON_NUMBER, ['4'] = JSON_NUMBER,
	['5'] = JSON_NUMBER, ['6'] = JSON_NUMBER, ['7'] = JSON_NUMBER, ['8'] = JSON_NUMBER, ['9'] = JSON_NUMBER,
	['N'] = JSON_WORD, ['I'] = JSON_WORD,
};

static bool
enter(struct json *json, char bracket)
{
	if (json->fault)
		return false;
	if (*json->at != bracket) {
		json_skip(json);
		return false;
	}
	if (json->depth >= JSON_DEPTH_MAX)
		return json_fault_here(json, "nested too deeply");
	json->at++;
	json->depth++;
	json->first = true;
	return true;
}

bool
json_object(struct json *json)
{
	return enter(json, '{');
}

bool
json_array(struct json *json)
{
	return enter(json, '[');
}

static void
skip_guard(struct json *json)
{
	if (!json_see(json, GUARD.len) || !str_starts((struct str){ json->at, GUARD.len }, GUARD))
		return;
	do {
		const char *line = memchr(json->at, '\n', (size_t)(json->end - json->at));

		json->at = line ? line : json->end;
		if (line)
			return;
	} while (json_refill(json, NULL));
}

/* What the next document of a line-framed input is known by.  The first key is whole, so that one that begins another is not taken for it. */
static void
keep_head(struct json *json)
{
	size_t len = json_see(json, sizeof json->head) ? sizeof json->head : (size_t)(json->end - json->at);
	const char *quote = len > 2 && json->at[1] == '"' ? memchr(json->at + 2, '"', len - 2) : NULL;
	size_t key_end = quote ? (size_t)(quote - json->at) + 1 : 0;

	json->head_len = key_end > HEAD_LEAST ? key_end : len < HEAD_LEAST ? len : HEAD_LEAST;
	memcpy(json->head, json->at, json->head_len);
}

bool
json_next(struct json *json)
{
	if (json->fault)
		return false;
	if (json->mode == JSON_LOAD && !json->started && json_offset(json) == 0 && json_more(json, NULL))
		skip_guard(json);
	while (skip_blanks(json)) {
		if (json->started && json->mode == JSON_STRICT)
			return json_fault_here(json, "something follows the value");
		if (json->resumed && (*json->at == ',' || *json->at == ']' || *json->at == '}')) {
			json->at++;
			continue;
		}
		json->started = true;
		json->depth = 0;
		keep_head(json);
		json->value_at = json_offset(json);
		return true;
	}
	if (!json->started && json->mode == JSON_STRICT)
		return json_stop(json);
	return false;
}

struct json_mark
json_mark(struct json *json)
{
	json->held = true;
	json->hold_at = json_offset(json);
	return (struct json_mark){ json->hold_at, json->depth, json->first };
}

void
json_rewind(struct json *json, struct json_mark mark)
{
	json->at = json->begin + (mark.at - json->begin_at);
	json->depth = mark.depth;
	json->first = mark.first;
	json->held = false;
	json->fault = NULL;
	json->cut = json->in_string = false;
}

/* SPDX-License-Identifier: MIT
 * What the parts of the JSON scanner share; readers include load/json.h. */
#ifndef LOAD_JSON_CORE_H
#define LOAD_JSON_CORE_H

#include "load/json.h"

/* Makes bytes visible behind end; at least one more on true.  *token (may be NULL) points into the window at or before the cursor;
 * what follows it stays and the pointer is moved along.  False: nothing more, or the bytes from the token on exceed what is allowed. */
bool json_refill(struct json *json, const char **token);

/* Makes count bytes visible at the cursor; false: the input ends before. */
bool json_see(struct json *json, size_t count);

/* A fault at the cursor.  Always false. */
bool json_fault_here(struct json *json, const char *fault);

/* Whether a line begins at the cursor and begins like the current document; only when the documents are framed by lines. */
bool json_at_document(struct json *json);

/* The cursor is at a quote: reads the string. */
bool json_read_string(struct json *json, struct str *out);

/* Passes over a string whose opening quote is at the cursor. */
bool json_skip_string(struct json *json);

struct json_number {
	struct str text;         /* in the window; valid until the next call */
	uint64_t   magnitude;    /* if whole */
	bool       negative;
	bool       whole;        /* an integer without fraction and exponent that fits in 64 bits and a sign */
};

/* The cursor is at a number: passes over it and checks its syntax.  text "NaN", "Infinity" and "-Infinity" only in JSON_LOAD. */
bool json_read_number(struct json *json, struct json_number *out);

/* Digits alone with what may follow a value right behind them, or in quotes, as numbers mostly are: passes over them.  False: what is
 * there must be looked at with more care. */
bool json_take_plain(struct json *json, uint64_t *value_out, struct str *text_out);

/* A literal at the cursor: null, true, false. */
bool json_read_literal(struct json *json, struct str *out);

static inline bool
json_more(struct json *json, const char **token)
{
	return json->at < json->end || json_refill(json, token);
}

#endif

/* SPDX-License-Identifier: MIT
 * A streaming JSON scanner: the caller pulls what it wants and skips the rest, and nothing is built in memory.
 *
 *	while (json_next(&json))                              each value of the top level
 *		if (json_peek(&json) == JSON_OBJECT && json_object(&json))
 *			while (json_key(&json, &key))         false at the closing brace, or on a fault
 *				if (str_equal(key, STR("name"))) json_string(&json, &name);
 *				else json_skip(&json);
 *	if (json.fault) ...
 *
 * After json_next(), json_key() and json_element() the cursor stands on a value, which the caller must consume with exactly one of:
 * a json_<type>() reader, json_skip(), or json_object()/json_array() and then their members to the end.
 * A reader that meets a value of another type skips it and returns false; that is no fault.
 * After a fault every call returns false until json_recover() or json_resume().
 *
 * JSON_STRICT takes what RFC 8259 defines and one value.  JSON_LOAD checks what it reads, and of what it skips only strings and
 * brackets; it takes several values one after another, NaN, Infinity, control characters in strings, and a leading )]}' line.
 * In both, a raw line break inside a string is a fault (a lost quote must not swallow the next line), invalid UTF-8 is kept,
 * a lone surrogate becomes U+FFFD, and nesting is limited by JSON_DEPTH_MAX without recursion. */
#ifndef LOAD_JSON_H
#define LOAD_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "load/input.h"
#include "load/json_scan.h"
#include "util/buf.h"
#include "util/str.h"

#define JSON_DEPTH_MAX  (1u << 20)             /* containers inside each other */
#define JSON_STRING_MAX ((size_t)1 << 30)      /* bytes of one string that is read; skipped ones have no limit */
#define JSON_HOLD_MAX   ((size_t)64 << 20)     /* bytes a look-ahead may keep in a moving window */

enum json_mode { JSON_LOAD, JSON_STRICT };
enum json_type { JSON_NONE, JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

#define JSON_WORD 255u                         /* in json_types: the first letter of a number that is a word */
extern const unsigned char json_types[256];    /* enum json_type by the first byte */

struct json {
	const char    *at, *end;       /* the cursor; the end of the window */
	const char    *begin;          /* the window's first byte, which is at offset begin_at */
	uint64_t       begin_at;
	struct input  *in;             /* NULL: the window is all there is */
	struct job    *job;            /* asked now and then whether to stop; may be NULL */
	enum json_mode mode;
	enum json_kernel kernel;
	uint32_t       depth;          /* open containers */
	bool           first;          /* the innermost container has no member yet */
	bool           started;        /* a top-level value was met */
	bool           resumed;        /* after json_resume(): stray separators of the broken value may follow */
	bool           line_framed;    /* set by the reader: a line that begins like the current document is the next one */
	bool           held;           /* bytes from hold_at on must stay in the window */
	uint64_t       hold_at;
	const char    *fault;          /* what is wrong, a constant; NULL: nothing */
	uint64_t       fault_at;       /* its offset in the input */
	bool           cut;            /* the fault is that the input ends in the middle of a value */
	bool           in_string;      /* the fault is inside a string */
	uint64_t       value_at;       /* offset of the current top-level value */
	char           head[32];       /* its first bytes: eight, or to the end of its first key */
	size_t         head_len;
	struct buf     scratch;        /* strings with escapes */
	struct buf     kinds;          /* open containers of a strict skip */
};

/* The input is borrowed.  From memory, offset is that of the first byte. */
void json_init(struct json *json, struct input *in, enum json_mode mode);
void json_init_memory(struct json *json, struct str text, uint64_t offset, enum json_mode mode);
void json_reset_memory(struct json *json, struct str text, uint64_t offset);    /* another text, same mode; keeps the buffers */
void json_fini(struct json *json);

/* The next value of the top level.  False: the end, or a fault. */
bool json_next(struct json *json);

/* What the value under the cursor is by its first byte; JSON_NONE: no value begins so, and reading or skipping it is a fault. */
static inline enum json_type
json_peek(const struct json *json)
{
	unsigned type = json->fault || json->at >= json->end ? (unsigned)JSON_NONE : json_types[(unsigned char)*json->at];

	return type != JSON_WORD ? (enum json_type)type : json->mode == JSON_LOAD ? JSON_NUMBER : JSON_NONE;
}

/* Enter a container; false when the value is another (it is skipped then) or on a fault. */
bool json_object(struct json *json);
bool json_array(struct json *json);

/* The next member; false: the container has ended and is left, or a fault.  The key is valid until the next call. */
bool json_key(struct json *json, struct str *key_out);
bool json_element(struct json *json);

/* Values.  The text of a string is valid until the next call: it lies in the window, or in a scratch buffer when it had escapes. */
bool json_string(struct json *json, struct str *out);
bool json_keep_string(struct json *json, struct buf *keep, struct str *out);    /* valid until keep changes or the input is closed */
bool json_bool(struct json *json, bool *out);
bool json_double(struct json *json, double *out);      /* a number, or a string that holds one; may give NaN and infinities in JSON_LOAD */

/* Integers exactly; also from a decimal string, and from a number with a fraction or exponent whose value is whole.
 * False also when the value does not fit. */
bool json_int64(struct json *json, int64_t *out);
bool json_uint64(struct json *json, uint64_t *out);

/* Whether a number as it is written has digits alone, after a sign: no fraction, no exponent. */
bool json_is_whole(struct str number);

/* Passes over the value; false on a fault. */
bool json_skip(struct json *json);

/* Passes over the value as well; how many elements of an array are objects. */
uint32_t json_count_objects(struct json *json);

/* Offset of the cursor in the input: before a value its first byte, after it the byte behind it. */
static inline uint64_t
json_offset(const struct json *json)
{
	return json->begin_at + (uint64_t)(json->at - json->begin);
}

/* Looking ahead: go on reading and come back.  Between the two calls a moving window keeps what follows the mark, up to
 * JSON_HOLD_MAX: beyond that the reading fails.  The rewind clears any fault.  No nesting of marks. */
struct json_mark { uint64_t at; uint32_t depth; bool first; };
struct json_mark json_mark(struct json *json);
void             json_rewind(struct json *json, struct json_mark mark);

/* A fault of our own at offset: the value has the right syntax and still makes no sense.  Always false. */
bool json_fail(struct json *json, uint64_t offset, const char *fault);

/* Ends the reading as if the input ended at the cursor.  Always false. */
bool json_stop(struct json *json);

/* After a fault in an array or inside one of its elements: skips forward by brackets to the end of the element, so that
 * json_element() goes on with the next.  depth: json->depth as it was when the cursor stood on an element.
 * False, with the fault as it was: the input ends before, the next document begins, or the brackets do not match. */
bool json_recover(struct json *json, uint32_t depth);

/* After a fault: goes to the next line that begins like a document and clears the fault.  False: there is none. */
bool json_resume(struct json *json);

#endif

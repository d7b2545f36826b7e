/* SPDX-License-Identifier: MIT
 * JSON as text, written member by member; large tables never become a document in memory.
 *
 *	struct json json = { .out = &buf };
 *	json_open(&json, '{');  json_key(&json, "rows");  json_open(&json, '[');  ...  json_close(&json);  json_close(&json); */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <stdint.h>

#include "util/buf.h"

enum { JSON_DEPTH = 8 };

struct json {
	struct buf *out;
	int         depth;
	char        close[JSON_DEPTH];    /* the bracket that ends each open level */
	bool        filled[JSON_DEPTH];   /* whether it has a member yet */
	bool        after_key;
	bool        on_one_line;          /* of the innermost level: its members stand on one line */
};

void json_open(struct json *json, char bracket);         /* '{' or '['; members on lines of their own */
void json_open_line(struct json *json, char bracket);    /* members on one line; nothing is opened inside */
void json_close(struct json *json);                      /* the last one adds a newline */
void json_key(struct json *json, const char *key);

/* Invalid UTF-8 becomes U+FFFD; control, bidirectional and invisible characters are escaped, so that the text is safe to look at. */
void json_text(struct json *json, struct str text);
void json_integer(struct json *json, int64_t value);
void json_count(struct json *json, uint64_t value);
void json_number(struct json *json, double value);       /* shortest, without an exponent */

#endif

/* SPDX-License-Identifier: MIT
 * JSON as text, written member by member; large tables never become a document in memory.
 *
 *	struct emit json = { .out = &buf };
 *	emit_open(&json, '{');  emit_key(&json, "rows");  emit_open(&json, '[');  ...  emit_close(&json);  emit_close(&json); */
#ifndef UTIL_EMIT_H
#define UTIL_EMIT_H

#include <stdint.h>

#include "util/buf.h"

enum { EMIT_DEPTH = 8 };

struct emit {
	struct buf *out;
	int         depth;
	char        close[EMIT_DEPTH];    /* the bracket that ends each open level */
	bool        filled[EMIT_DEPTH];   /* whether it has a member yet */
	bool        after_key;
	bool        on_one_line;          /* of the innermost level: its members stand on one line */
};

void emit_open(struct emit *json, char bracket);         /* '{' or '['; members on lines of their own */
void emit_open_line(struct emit *json, char bracket);    /* members on one line; nothing is opened inside */
void emit_close(struct emit *json);                      /* the last one adds a newline */
void emit_key(struct emit *json, const char *key);
void emit_key_text(struct emit *json, struct str key);   /* of a file: escaped as text is */
void emit_raw(struct emit *json, struct str value);      /* a value that is JSON already */

/* Invalid UTF-8 becomes U+FFFD; control, bidirectional and invisible characters are escaped, so that the text is safe to look at. */
void emit_text(struct emit *json, struct str text);
void emit_integer(struct emit *json, int64_t value);
void emit_count(struct emit *json, uint64_t value);
void emit_number(struct emit *json, double value);       /* shortest, without an exponent */

#endif

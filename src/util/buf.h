/* SPDX-License-Identifier: MIT
 * A growing run of bytes for building text.  A zeroed struct is an empty buffer.
 * `at` is NULL until something is added; after any buf_* call that adds, at[len] is a NUL. */
#ifndef UTIL_BUF_H
#define UTIL_BUF_H

#include "util/str.h"
#include "util/vec.h"

struct buf { VEC(char); };

void buf_add(struct buf *buf, struct str text);
void buf_addc(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *buf);                    /* keeps the memory */
void buf_fini(struct buf *buf);

static inline struct str
buf_str(const struct buf *buf)
{
	return (struct str){ buf->at ? buf->at : "", buf->len };
}

#endif

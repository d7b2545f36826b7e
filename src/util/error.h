/* SPDX-License-Identifier: MIT
 * Errors as values: what went wrong, where, in one line of text.
 * The callee fills it; only cli and ui print it.  A zeroed struct means no error. */
#ifndef UTIL_ERROR_H
#define UTIL_ERROR_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"

/* In the order of the exit status that a command ends with. */
enum error_code {
	ERROR_NONE      = 0,
	ERROR_CHECK     = 1,   /* a rule that the user asked for is broken */
	ERROR_USAGE     = 2,   /* a wrong option, name or pattern */
	ERROR_INPUT     = 3,   /* the input is not what it should be */
	ERROR_SYSTEM    = 4,   /* a system call failed */
	ERROR_CANCELLED = 5,   /* the user stopped it; never an exit status */
};

struct error {
	enum error_code code;
	char            path[256];   /* the file it is about, cut at the front when longer; "" if none */
	uint64_t        line;        /* from 1; 0 when not known */
	uint64_t        byte;        /* offset of the fault in the decompressed input; meaningful if has_byte */
	bool            has_byte;
	char            text[512];   /* no newline, no program name */
};

/* Fills code and text, leaves the place alone, and returns false so that a callee can `return error_set(...)`.
 * err may be NULL: nothing is written. */
bool error_set(struct error *err, enum error_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Adds where it happened.  line 0: not known.  Both return false. */
bool error_at_line(struct error *err, const char *path, uint64_t line);
bool error_at_byte(struct error *err, const char *path, uint64_t byte);

/* "path:line: text", "path: byte 123: text", "path: text" or "text". */
void error_format(const struct error *err, struct buf *out);

#endif

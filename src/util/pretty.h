/* SPDX-License-Identifier: MIT
 * Values laid out for reading. */
#ifndef UTIL_PRETTY_H
#define UTIL_PRETTY_H

#include <stdbool.h>

#include "util/buf.h"
#include "util/str.h"

/* Appends a JSON object or array with a member a line, nested ones two blanks further in, short ones on one line.  Strings are shown as
 * they read: their line breaks are line breaks, further in than the line they begin on, and what was escaped is not.
 * False, with nothing added, when the text is another value or no JSON.  Raw bytes: not yet sanitised. */
bool pretty_json(struct str text, struct buf *out);

#endif

/* SPDX-License-Identifier: MIT
 * Regular expressions: PCRE2 with JIT where there is one, UTF-8 with invalid bytes allowed, and limits on the work of one match.
 * Patterns of whole texts (util/exact.h) are compared byte by byte, whatever their length.
 * A compiled pattern is immutable; any number of threads may match with it, each call has its own scratch memory. */
#ifndef UTIL_REGEX_H
#define UTIL_REGEX_H

#include "util/error.h"
#include "util/str.h"

struct regex;

enum regex_case { REGEX_EXACT, REGEX_SMART };   /* smart: letters match in any case unless the pattern has an upper-case letter */
enum regex_result { REGEX_NO, REGEX_YES, REGEX_GAVE_UP };

/* NULL with err (code ERROR_USAGE, byte: offset in the pattern) when the pattern is not valid. */
struct regex     *regex_compile(struct str pattern, enum regex_case mode, struct error *err);
struct regex     *regex_literal(struct str text, enum regex_case mode);    /* every character stands for itself */
/* Whether a text would be found in other cases too: what is to find it alone begins with (?-i). */
bool              regex_smart_folds(struct str text);
void              regex_free(struct regex *regex);                         /* NULL is allowed */

/* Unanchored search.  On REGEX_YES *begin_out and *end_out are the half-open byte range of the first match; both may be NULL. */
enum regex_result regex_search(const struct regex *regex, struct str text, size_t *begin_out, size_t *end_out);

#endif

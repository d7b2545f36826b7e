/* SPDX-License-Identifier: MIT
 * Patterns that find whole texts and nothing else: what is made of names, not typed.
 *
 *	\A(?-i)io\.netty\z          this text; (?-i) where smart case would find it in other cases too
 *	(?:\Aa\z|\Ab\z)             any of these
 *
 * They are expressions like others, but need no engine: there is no limit on their length, and texts may be any bytes. */
#ifndef UTIL_EXACT_H
#define UTIL_EXACT_H

#include "util/buf.h"
#include "util/regex.h"

struct exact;

/* Appends the pattern that finds exactly this text. */
void          exact_quote(struct str text, struct buf *out);
/* The text back from such a pattern, also of one for any of one, appended; false, with nothing appended, when it is another kind. */
bool          exact_unquote(struct str pattern, struct buf *out);

/* NULL when the pattern finds anything else, also when its case does not count. */
struct exact *exact_parse(struct str pattern, enum regex_case mode);
void          exact_free(struct exact *exact);    /* NULL is allowed */
bool          exact_has(const struct exact *exact, struct str text);

/* Of a pattern for any of several texts how many they are, without a look at them; else 0. */
size_t        exact_count(struct str pattern);

#endif

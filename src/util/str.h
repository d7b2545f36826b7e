/* SPDX-License-Identifier: MIT
 * A borrowed run of bytes: pointer and length, never NUL-terminated, possibly with NUL bytes inside.
 * The bytes are whatever the input held: they may be invalid UTF-8 or control characters.
 * Only util/text.h makes them fit for a screen. */
#ifndef UTIL_STR_H
#define UTIL_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
	const char *at;    /* may be NULL when len is 0 */
	size_t      len;   /* bytes */
};

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })

static inline struct str
str_of(const char *text)
{
	return (struct str){ text, strlen(text) };
}

static inline bool
str_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool
str_starts(struct str text, struct str prefix)
{
	/* The first byte tells most of them apart without a call. */
	return text.len >= prefix.len && (prefix.len == 0 || (*text.at == *prefix.at && memcmp(text.at, prefix.at, prefix.len) == 0));
}

/* The same with a constant, whose length matters only where it begins alike. */
static inline bool
str_begins(struct str text, const char *prefix)
{
	size_t at = 0;

	while (prefix[at] && at < text.len && text.at[at] == prefix[at])
		at++;
	return !prefix[at];
}

static inline bool
str_ends(struct str text, struct str suffix)
{
	return text.len >= suffix.len &&
	       (suffix.len == 0 || memcmp(text.at + text.len - suffix.len, suffix.at, suffix.len) == 0);
}

/* The first bytes, len at most text.len; what is left from an offset on. */
static inline struct str
str_head(struct str text, size_t len)
{
	return (struct str){ text.at, len };
}

static inline struct str
str_tail(struct str text, size_t from)
{
	return (struct str){ text.at + from, text.len - from };
}

/* The offset of the first byte c; text.len when there is none. */
static inline size_t
str_find_char(struct str text, char c)
{
	const char *at = text.len ? memchr(text.at, c, text.len) : NULL;

	return at ? (size_t)(at - text.at) : text.len;
}

/* The offset of the first occurrence of part; text.len when there is none. */
static inline size_t
str_find(struct str text, struct str part)
{
	if (part.len == 0)
		return 0;
	/* Preparing for the part costs more than a look for its first byte, which is rarely there. */
	size_t first = str_find_char(text, *part.at);
	const char *at = text.len - first >= part.len ? memmem(text.at + first, text.len - first, part.at, part.len) : NULL;
	return at ? (size_t)(at - text.at) : text.len;
}

/* Whether part occurs in it; "" always does. */
static inline bool
str_has(struct str text, struct str part)
{
	return part.len == 0 || str_find(text, part) < text.len;
}

/* Order by bytes; a prefix comes before what it begins.  Negative, zero or positive like memcmp(). */
static inline int
str_compare(struct str a, struct str b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.at, b.at, common) : 0;

	if (order)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

#endif

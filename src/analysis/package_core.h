/* SPDX-License-Identifier: MIT
 * What the rules that cut a package from a name share.
 * A rule gives a part of the name (or a constant), or nothing when the name is not of its language. */
#ifndef ANALYSIS_PACKAGE_CORE_H
#define ANALYSIS_PACKAGE_CORE_H

#include <stdbool.h>
#include <string.h>

#include "util/str.h"

struct str package_of_script(struct str name);     /* a place in a script: Python, Node, Ruby, PHP, Lua, Elixir */
struct str package_of_native(struct str name);     /* namespaces and crates: C++, Rust, also as compilers write them */
struct str package_of_mangled(struct str name);    /* "_ZN4core...", "_RNvC4core..." */

static inline struct str
head(struct str text, size_t len)
{
	return (struct str){ text.at, len };
}

static inline struct str
tail(struct str text, size_t from)
{
	return (struct str){ text.at + from, text.len - from };
}

/* The offset of the first c, or len. */
static inline size_t
find(struct str text, char c)
{
	const char *at = text.len ? memchr(text.at, c, text.len) : NULL;

	return at ? (size_t)(at - text.at) : text.len;
}

/* One past the last c, or 0. */
static inline size_t
after_last(struct str text, char c)
{
	size_t at = text.len;

	while (at > 0 && text.at[at - 1] != c)
		at--;
	return at;
}

/* The offset of the first occurrence of part, or len. */
static inline size_t
find_part(struct str text, struct str part)
{
	for (size_t at = 0; at + part.len <= text.len; at++)
		if (text.at[at] == part.at[0] && memcmp(text.at + at, part.at, part.len) == 0)
			return at;
	return text.len;
}

static inline bool
has_part(struct str text, struct str part)
{
	return find_part(text, part) < text.len;
}

static inline bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
is_word(char c)
{
	return is_upper(c) || is_lower(c) || is_digit(c) || c == '_';
}

/* The first count components of a path: "a/b" of "a/b/c". */
static inline struct str
components(struct str path, char between, int count)
{
	size_t at = 0;

	for (; count > 0 && at < path.len; count--) {
		at += find(tail(path, at), between);
		if (count > 1 && at < path.len)
			at++;
	}
	while (at > 0 && path.at[at - 1] == between)
		at--;
	return head(path, at);
}

#endif

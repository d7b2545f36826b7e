/* SPDX-License-Identifier: MIT
 * What the rules that cut a package from a name share.
 * A rule gives a part of the name (or a constant), or nothing when the name is not of its language. */
#ifndef ANALYSIS_PACKAGE_CORE_H
#define ANALYSIS_PACKAGE_CORE_H

#include <stdbool.h>
#include <string.h>

#include "util/chars.h"
#include "util/str.h"

struct str package_of_script(struct str name);     /* a place in a script: Python, Node, Ruby, PHP, Lua, Elixir */
struct str package_of_native(struct str name);     /* namespaces and crates: C++, Rust, also as compilers write them */
struct str package_of_mangled(struct str name);    /* "_ZN4core...", "_RNvC4core..." */

/* One past the last c, or 0. */
static inline size_t
after_last(struct str text, char c)
{
	size_t at = text.len;

	while (at > 0 && text.at[at - 1] != c)
		at--;
	return at;
}

static inline bool
is_word(char c)
{
	return char_is_upper(c) || char_is_lower(c) || char_is_digit(c) || c == '_';
}

/* The first count components of a path: "a/b" of "a/b/c". */
static inline struct str
components(struct str path, char between, int count)
{
	size_t at = 0;

	for (; count > 0 && at < path.len; count--) {
		at += str_find_char(str_tail(path, at), between);
		if (count > 1 && at < path.len)
			at++;
	}
	while (at > 0 && path.at[at - 1] == between)
		at--;
	return str_head(path, at);
}

#endif

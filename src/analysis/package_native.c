/* SPDX-License-Identifier: MIT
 * Packages of compiled names: namespaces of C++ and crates of Rust. */
#include "config.h"

#include "analysis/package_core.h"

enum { TYPES_DEEP = 8 };    /* "<<A as B>::C as D>::f" */

static struct str
word_at(struct str text)
{
	size_t len = 0;

	while (len < text.len && is_word(text.at[len]))
		len++;
	return str_head(text, len);
}

/* The name behind all of these that it begins with. */
static struct str
without(struct str name, const char *const *before, size_t count)
{
	for (size_t i = 0; i < count;) {
		bool is = str_begins(name, before[i]);
		name = str_tail(name, is ? strlen(before[i]) : 0);
		i = is ? 0 : i + 1;
	}
	return name;
}

/* Behind a decimal number that is the length of what follows; the text, or nothing. */
static struct str
counted(struct str text)
{
	size_t at = 0, len = 0;

	while (at < text.len && char_is_digit(text.at[at]) && len < text.len)
		len = len * 10 + (size_t)(text.at[at++] - '0');
	/* A digit or underscore of the name itself is set off in Rust's newer way of writing. */
	if (at > 0 && at < text.len && text.at[at] == '_' && at + 1 + len <= text.len)
		at++;
	return at > 0 && len > 0 && at + len <= text.len ? (struct str){ text.at + at, len } : (struct str){ 0 };
}

/* "alloc" of "_$LT$alloc..vec..Vec$LT$T$GT$$u20$as$u20$core..ops..drop..Drop$GT$::drop": Rust's older way. */
static struct str
from_escapes(struct str name)
{
	static const char *const before[] = { "$LT$", "$RF$", "$BP$", "$LP$", "$u5b$", "mut$u20$", "const$u20$", "dyn$u20$" };
	static const struct str as = { "$u20$as$u20$", 12 };

	if (str_starts(name, STR("_$")))
		name = str_tail(name, 1);
	for (int deep = 0; deep < TYPES_DEEP; deep++) {
		name = without(name, before, sizeof before / sizeof *before);
		struct str word = word_at(name), rest = str_tail(name, word.len);
		if (word.len && (str_starts(rest, STR("..")) || str_starts(rest, STR("::"))))
			return word;
		size_t trait = str_find(name, as);
		if (trait == name.len)
			break;
		name = str_tail(name, trait + as.len);
	}
	return (struct str){ 0 };
}

/* Without what stands before the first type or namespace: a return type's keyword, marks of references. */
static struct str
without_marks(struct str name)
{
	static const char *const before[] = { "decltype(auto) ", "<", "&", "*", "[", "mut ", "dyn ", "const ", "impl ", "_<" };

	return without(name, before, sizeof before / sizeof *before);
}

/* "ns::Class::fn(int)", "<core::iter::Map<I, F> as Iterator>::next", "void ns::fn<int>()": the outermost namespace. */
struct str
package_of_native(struct str name)
{
	static const char *const unnamed[] = { "(anonymous namespace)", "<unnamed>" };
	static const struct str as = { " as ", 4 };
	struct str whole = name;

	for (size_t i = 0; i < sizeof unnamed / sizeof *unnamed; i++)
		if (str_begins(name, unnamed[i]) && str_starts(str_tail(name, strlen(unnamed[i])), STR("::")))
			return str_head(name, strlen(unnamed[i]));
	if (str_has(name, STR("$LT$")) || str_has(name, STR("$u20$")))
		return from_escapes(name);
	name = without_marks(name);
	size_t round = str_find_char(name, '('), type = str_find(name, as);
	/* "<(A, B) as foo::Bar>::f", "<fn() as foo::Bar>::f": what it belongs to. */
	if (whole.len && whole.at[0] == '<' && type < name.len && round < type) {
		name = without_marks(str_tail(name, type + as.len));
		round = str_find_char(name, '(');
	}
	size_t colons = str_find(str_head(name, round), STR("::"));
	if (colons == 0 || colons >= round)
		return (struct str){ 0 };
	struct str outermost = str_head(name, colons);
	/* A return type before it, a template's arguments or a type's parameters after it. */
	outermost = str_head(outermost, str_find_char(outermost, '<'));
	return str_tail(outermost, after_last(outermost, ' '));
}

/* "_ZN4core3ptr...", "_ZNK2ns5Class2fnEv", "_ZNSt6vector...": the first part of a nested name. */
static struct str
from_itanium(struct str name)
{
	struct str nested = str_tail(name, 3);

	while (nested.len && strchr("rVKRO", nested.at[0]))
		nested = str_tail(nested, 1);
	if (str_starts(nested, STR("St")))
		return STR("std");
	struct str part = counted(nested), escaped = part.len ? package_of_native(part) : part;
	return escaped.len ? escaped : part;
}

/* "_RNvNtC4core3ptr13drop_in_place": the first crate. */
static struct str
from_crates(struct str name)
{
	for (size_t at = 2; at + 1 < name.len; at++) {
		if (name.at[at] != 'C')
			continue;
		struct str root = str_tail(name, at + 1);
		/* What tells two crates of one name apart: "s4Xf_". */
		if (root.at[0] == 's' && str_find_char(root, '_') < root.len)
			root = str_tail(root, str_find_char(root, '_') + 1);
		struct str crate = counted(root);
		if (crate.len && word_at(crate).len == crate.len)
			return crate;
	}
	return (struct str){ 0 };
}

struct str
package_of_mangled(struct str name)
{
	return str_starts(name, STR("_ZN")) ? from_itanium(name) : str_starts(name, STR("_R")) ? from_crates(name) : (struct str){ 0 };
}

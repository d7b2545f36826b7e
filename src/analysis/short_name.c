/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/short_name.h"

#include <ctype.h>

/* Parts kept at the end of a path: a function and what it belongs to. */
enum { PARTS_KEPT = 2 };

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* Behind "operator" of C++, whose brackets are its name: how many bytes of it follow. */
static size_t
operator_len(struct str rest)
{
	static const char *const signs[] = { "()", "<=>", "<<=", ">>=", "<<", ">>", "<=", ">=", "->*", "->", "<", ">", "[]" };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_starts(rest, str_of(signs[i])))
			return strlen(signs[i]);
	return 0;
}

static bool
ends_in_operator(struct str text)
{
	static const struct str word = { "operator", 8 };

	return str_ends(text, word) && (text.len == word.len || !is_word(text.at[text.len - word.len - 1]));
}

/* The end of a bracket's content and its partner; the offset behind it, or len when it has none. */
static size_t
skip_bracket(struct str name, size_t at)
{
	char open = name.at[at], close = open == '<' ? '>' : open == '(' ? ')' : ']';
	size_t depth = 0;

	for (size_t i = at; i < name.len; i++) {
		bool arrow = i > 0 && name.at[i] == '>' && (name.at[i - 1] == '-' || name.at[i - 1] == '=');
		depth += name.at[i] == open;
		if (name.at[i] == close && !arrow && --depth == 0)
			return i + 1;
	}
	return name.len;
}

/* Brackets that are a part of the name, not an addition to it: "(*conn)", "<lambda>", "(anonymous namespace)", "[unknown]". */
static bool
is_part_of_name(struct str name, size_t at, size_t end)
{
	char before = at > 0 ? name.at[at - 1] : '.';

	if (end == name.len && name.at[end - 1] != '>' && name.at[end - 1] != ')' && name.at[end - 1] != ']')
		return true;
	if (name.at[at] == '(')
		return at + 1 < end && (name.at[at + 1] == '*' || (!is_word(before) && before != '>' && before != ']' && before != ')'));
	return !is_word(before) && !(name.at[at] == '<' && before == ':' && at >= 2 && is_word(name.at[at >= 3 ? at - 3 : 0]));
}

/* "<T as Trait>::f" of Rust: the type is what it belongs to. */
static struct str
unwrap_rust(struct str name, size_t *behind)
{
	size_t end = skip_bracket(name, 0), depth = 0;

	*behind = end;
	for (size_t i = 1; i + 4 < end; i++) {
		depth += name.at[i] == '<';
		depth -= name.at[i] == '>' && depth > 0;
		if (depth == 0 && str_starts((struct str){ name.at + i, end - i }, STR(" as ")))
			return (struct str){ name.at + 1, i - 1 };
	}
	return (struct str){ name.at + 1, end > 1 ? end - 2 : 0 };
}

/* The name without lists in brackets. */
static void
drop_brackets(struct str name, struct buf *out)
{
	size_t at = 0, behind;

	if (name.len && name.at[0] == '<' && skip_bracket(name, 0) + 1 < name.len && name.at[skip_bracket(name, 0)] == ':') {
		struct str type = unwrap_rust(name, &behind);
		for (size_t i = 0; i < type.len; i++) {
			if (type.at[i] == '<') {
				i = skip_bracket(type, i) - 1;
				continue;
			}
			buf_addc(out, type.at[i]);
		}
		at = behind;
	}
	while (at < name.len) {
		char c = name.at[at];
		if (ends_in_operator(buf_str(out))) {
			size_t len = operator_len(str_tail(name, at));
			buf_add(out, (struct str){ name.at + at, len });
			at += len;
			if (len > 0 && at < name.len && name.at[at] == '(')
				at = skip_bracket(name, at);
			if (len > 0)
				continue;
		}
		if (c != '<' && c != '(' && c != '[') {
			buf_addc(out, c);
			at++;
			continue;
		}
		size_t end = skip_bracket(name, at);
		if (is_part_of_name(name, at, end))
			buf_add(out, (struct str){ name.at + at, end - at });
		else if (str_ends(buf_str(out), STR("::")) && c == '<')
			out->len -= 2;    /* "f::<T>" */
		at = end;
	}
}

/* Where the part before `at` begins: behind its separator.  sep: what separates here. */
static size_t
part_start(struct str name, size_t end, struct str sep)
{
	size_t depth = 0;

	for (size_t i = end; i > 0; i--) {
		char c = name.at[i - 1];
		depth += c == ')' || c == '>' || c == ']';
		if (depth > 0) {
			depth -= c == '(' || c == '<' || c == '[';
			continue;
		}
		if (i >= sep.len && str_equal((struct str){ name.at + i - sep.len, sep.len }, sep))
			return i;
	}
	return 0;
}

static bool
is_crate_hash(struct str part)
{
	if (part.len != 17 || part.at[0] != 'h')
		return false;
	for (size_t i = 1; i < part.len; i++)
		if (!isxdigit((unsigned char)part.at[i]))
			return false;
	return true;
}

/* What compilers add to the names of parts and copies of functions. */
static struct str
drop_clone(struct str name)
{
	static const char *const marks[] = { ".part.", ".isra.", ".constprop.", ".cold", ".llvm.", ".lto_priv." };

	for (size_t at = 1; at < name.len; at++)
		for (size_t i = 0; name.at[at] == '.' && i < sizeof marks / sizeof *marks; i++)
			if (str_starts(str_tail(name, at), str_of(marks[i])))
				return (struct str){ name.at, at };
	return name;
}

/* Words in front of a C++ function: its type, "static", "virtual thunk to". */
static struct str
drop_type(struct str name, struct str sep)
{
	size_t start = part_start(name, name.len, STR(" ")), before;

	before = start ? start - 1 : 0;
	if (start == 0 || start == name.len || !str_equal(sep, STR("::")) || ends_in_operator((struct str){ name.at, before }) ||
	    str_ends((struct str){ name.at, before }, STR("operator new")) || !is_word(name.at[start]))
		return name;
	return str_tail(name, start);
}

static struct str
last_parts(struct str name, struct str sep)
{
	size_t start = name.len;

	for (int part = 0; part < PARTS_KEPT && start > 0; part++) {
		start = part_start(name, part ? start - sep.len : start, sep);
		if (part == 0 && is_crate_hash(str_tail(name, start)) && start >= sep.len) {
			name.len = start - sep.len;
			start = part_start(name, name.len, sep);
		}
	}
	return str_tail(name, start);
}

/* Behind folders and namespaces: "github.com/a/b.F", "App\\Cart". */
static struct str
after_last(struct str name, struct str sep)
{
	size_t start = part_start(name, name.len, sep);

	return start < name.len ? str_tail(name, start) : name;
}

static bool
has(struct str name, struct str part)
{
	return part_start(name, name.len, part) > 0;
}

/* A method of the JVM with its class, as perf maps and signatures have them: "Lio/netty/Foo;.run()V", "io/netty/Foo:.run". */
static bool
jvm_method(struct str name, struct buf *out)
{
	size_t end = 0, slash = 0;

	while (end < name.len && (is_word(name.at[end]) || name.at[end] == '/' || name.at[end] == '-')) {
		slash = name.at[end] == '/' ? end + 1 : slash;
		end++;
	}
	struct str rest = { name.at + end, name.len - end };
	size_t dots = str_starts(rest, STR(";::")) ? 3 : str_starts(rest, STR(";.")) || str_starts(rest, STR(":.")) ? 2 : 0;
	if (slash == 0 || dots == 0)
		return false;
	rest = str_tail(rest, dots);
	const char *round = rest.len ? memchr(rest.at, '(', rest.len) : NULL;
	buf_add(out, (struct str){ name.at + slash, end - slash });
	buf_addc(out, '.');
	buf_add(out, (struct str){ rest.at, round ? (size_t)(round - rest.at) : rest.len });
	return true;
}

/* How Rust's older compilers write what a symbol may not hold: the bytes that an escape takes, and what it stands for. */
static size_t
rust_escape(struct str rest, char *c_out)
{
	static const struct { const char *escape; char c; } escapes[] = {
		{ "$LT$", '<' }, { "$GT$", '>' }, { "$RF$", '&' }, { "$BP$", '*' }, { "$C$", ',' }, { "$LP$", '(' }, { "$RP$", ')' },
		{ "$SP$", '@' }, { "$u20$", ' ' }, { "$u27$", '\'' }, { "$u5b$", '[' }, { "$u5d$", ']' }, { "$u7b$", '{' }, { "$u7d$", '}' },
		{ "$u7e$", '~' }, { "$u3b$", ';' }, { "$u2b$", '+' }, { "$u22$", '"' },
	};

	for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
		if (str_starts(rest, str_of(escapes[i].escape))) {
			*c_out = escapes[i].c;
			return strlen(escapes[i].escape);
		}
	return 0;
}

/* "<T as a::B>::f" of "_$LT$T$u20$as$u20$a..B$GT$::f"; false when there is nothing of the kind. */
static bool
unescape_rust(struct str name, struct buf *out)
{
	bool any = false;

	for (size_t at = str_starts(name, STR("_$")); at < name.len;) {
		struct str rest = { name.at + at, name.len - at };
		char c;
		size_t len = rust_escape(rest, &c);
		any |= len > 0;
		if (len > 0)
			buf_addc(out, c);
		else if (str_starts(rest, STR("..")))
			buf_add(out, STR("::"));
		else
			buf_addc(out, *rest.at);
		at += len > 0 ? len : str_starts(rest, STR("..")) ? 2 : 1;
	}
	return any;
}

static void
short_form(struct str name, struct buf *out)
{
	struct buf bare = { 0 };
	struct str left;

	drop_brackets(name, &bare);
	left = drop_clone(buf_str(&bare));
	if (str_ends(left, STR(" const")))
		left.len -= STR(" const").len;
	if (has(left, STR("\\")))
		left = after_last(left, STR("\\"));
	if (has(left, STR("::"))) {
		left = drop_type(left, STR("::"));
		left = last_parts(left, STR("::"));
	} else if (has(left, STR("/")) && !has(left, STR(" "))) {
		left = after_last(left, STR("/"));
	} else if (has(left, STR(".")) && !has(left, STR(" "))) {
		left = last_parts(left, STR("."));
	}
	while (left.len && (left.at[left.len - 1] == ' ' || left.at[left.len - 1] == ':'))
		left.len--;
	buf_add(out, left.len ? left : name);
	buf_fini(&bare);
}

/* Behind a place: "run" of "gems/puma-5.6/lib/puma/server.rb:12 - run". */
static struct str
behind_place(struct str name)
{
	for (size_t at = 0; at + 4 < name.len; at++) {
		size_t end = at + 1;
		if (name.at[at] != ':')
			continue;
		end += name.at[end] == '-';
		while (end < name.len && isdigit((unsigned char)name.at[end]))
			end++;
		if (end > at + 1 && end + 3 < name.len && str_starts(str_tail(name, end), STR(" - ")))
			return (struct str){ name.at + end + 3, name.len - end - 3 };
	}
	return name;
}

void
short_name(struct str name, struct buf *out)
{
	struct buf plain = { 0 };

	name = behind_place(name);
	if (jvm_method(name, out))
		return;
	if (name.len && memchr(name.at, '$', name.len) && unescape_rust(name, &plain))
		short_form(buf_str(&plain), out);
	else
		short_form(name, out);
	buf_fini(&plain);
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/demangle.h"

#include <setjmp.h>
#include <stdint.h>
#ifdef HAVE_DEMANGLE
#include <libiberty/demangle.h>
#endif

enum { HASH_LEN = 19 };    /* "::h" and 16 digits */

/* Of "foo::h0123456789abcdef" the part before the hash, else nothing. */
static struct str
without_hash(struct str name)
{
	const char *hash = name.len > HASH_LEN ? name.at + name.len - HASH_LEN : NULL;

	if (!hash || memcmp(hash, "::h", 3) != 0)
		return (struct str){ 0 };
	for (int i = 3; i < HASH_LEN; i++)
		if (!memchr("0123456789abcdef", hash[i], 16))
			return (struct str){ 0 };
	return (struct str){ name.at, name.len - HASH_LEN };
}

/* What stands for a character in old Rust names, between two dollar signs.  0 when it is none. */
static char
code_char(struct str code)
{
	static const struct { struct str code; char c; } codes[] = {
		{ { "LT", 2 }, '<' }, { { "GT", 2 }, '>' }, { { "RF", 2 }, '&' }, { { "BP", 2 }, '*' }, { { "LP", 2 }, '(' }, { { "RP", 2 }, ')' },
		{ { "C", 1 }, ',' }, { { "SP", 2 }, '@' }, { { "u20", 3 }, ' ' }, { { "u22", 3 }, '"' }, { { "u27", 3 }, '\'' }, { { "u2b", 3 }, '+' },
		{ { "u3b", 3 }, ';' }, { { "u5b", 3 }, '[' }, { { "u5d", 3 }, ']' }, { { "u7b", 3 }, '{' }, { { "u7d", 3 }, '}' }, { { "u7e", 3 }, '~' },
	};

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (str_equal(code, codes[i].code))
			return codes[i].c;
	return '\0';
}

/* Bytes of the code or sign at the start of rest, which is added as what it stands for; 0 when there is none. */
static size_t
add_code(struct str rest, struct buf *out)
{
	if (str_starts(rest, STR(".."))) {
		buf_add(out, STR("::"));
		return 2;
	}
	const char *dollar = rest.at[0] == '$' ? memchr(rest.at + 1, '$', rest.len - 1) : NULL;
	char c = dollar ? code_char((struct str){ rest.at + 1, (size_t)(dollar - rest.at) - 1 }) : '\0';
	if (c)
		buf_addc(out, c);
	return c ? (size_t)(dollar - rest.at) + 1 : 0;
}

/* The rest of the way for old Rust names that were taken for C++. */
static void
add_half_way(struct str name, struct buf *out)
{
	bool begins = true;    /* of a part between colons */

	for (size_t i = 0; i < name.len;) {
		struct str rest = { name.at + i, name.len - i };
		if (begins && str_starts(rest, STR("_$"))) {
			i++;
			begins = false;
			continue;
		}
		size_t len = add_code(rest, out);
		if (len == 0)
			buf_addc(out, rest.at[0]);
		begins = len == 0 && rest.at[0] == ':';
		i += len ? len : 1;
	}
}

#ifdef HAVE_DEMANGLE

enum { NAME_MAX_LEN = 1000 };                   /* bytes of a name; the library gives up on C++ names not much longer */
#define WRITTEN_MAX ((size_t)64 << 10)          /* bytes: parts that refer to earlier parts can write without end */

struct written {
	struct buf *out;
	size_t      before;     /* bytes of out that were there */
	jmp_buf     give_up;
};

static void
take(const char *text, size_t len, void *context)
{
	struct written *written = context;
	bool plain = true;

	if (written->out->len - written->before <= WRITTEN_MAX) {
		buf_add(written->out, (struct str){ text, len });
		return;
	}
	/* Text beyond ASCII is in memory of the library's, which it gives back after this call. */
	for (size_t i = 0; i < len; i++)
		plain &= (unsigned char)text[i] < 0x80;
	if (plain)
		longjmp(written->give_up, 1);
}

typedef int demangler(const char *name, int options, demangle_callbackref callback, void *context);

static bool
try(demangler *way, const char *name, int options, struct written *written)
{
	written->out->len = written->before;
	/* Nothing local changes between here and the jump; the library keeps all that it needs on the stack. */
	if (setjmp(written->give_up) == 0 && way(name, options, take, written) && written->out->len > written->before &&
	    written->out->len - written->before <= WRITTEN_MAX)
		return true;
	written->out->len = written->before;
	return false;
}

static bool
is_mangled(struct str name)
{
	return str_starts(name, STR("_Z")) || str_starts(name, STR("_R")) || str_starts(name, STR("__Z")) || str_starts(name, STR("__R"));
}

static bool
demangle_whole(struct str name, struct buf *out)
{
	char text[NAME_MAX_LEN + 1];
	struct written written = { .out = out, .before = out->len };

	/* What stands behind an at sign is the linker's. */
	const char *version = name.len ? memchr(name.at, '@', name.len) : NULL;
	size_t len = version ? (size_t)(version - name.at) : name.len;
	if (!is_mangled(name) || len > NAME_MAX_LEN || memchr(name.at, '\0', len))
		return false;
	/* Some systems put an underscore in front of every name. */
	size_t underscore = name.at[1] == '_';
	memcpy(text, name.at + underscore, len - underscore);
	text[len - underscore] = '\0';
	/* Without arguments a C++ name is not looked at to its end. */
	if (!try(rust_demangle_callback, text, DMGL_NO_OPTS, &written) &&
	    !(try(cplus_demangle_v3_callback, text, DMGL_PARAMS, &written) && try(cplus_demangle_v3_callback, text, DMGL_NO_OPTS, &written)))
		return false;
	buf_add(out, str_tail(name, len));
	return true;
}

#else

static bool
is_mangled(struct str name)
{
	(void)name;
	return false;
}

static bool
demangle_whole(struct str name, struct buf *out)
{
	(void)name;
	(void)out;
	return false;
}

#endif

bool
demangle_may(struct str name)
{
	return name.len > 3 && ((name.at[0] == '_' && is_mangled(name)) || without_hash(name).len > 0);
}

bool
demangle(struct str name, struct buf *out)
{
	struct str plain = without_hash(name);

	if (demangle_whole(name, out))
		return true;
	if (plain.len == 0)
		return false;
	add_half_way(plain, out);
	return true;
}

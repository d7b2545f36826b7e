/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/exact.h"

#include <string.h>

#include "util/alloc.h"
#include "util/strtab.h"

struct exact {
	struct strtab *texts;
	bool           empty;    /* the empty text, which every table has, is one of them */
};

/* Characters that do not stand for themselves in an expression. */
static const char special[] = "\\^$.[]|()?*+{}";

static bool
is_special(char c)
{
	return c == '\0' || strchr(special, c) != NULL;
}

void
exact_quote(struct str text, struct buf *out)
{
	buf_add(out, regex_smart_folds(text) ? STR("\\A(?-i)") : STR("\\A"));
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '\0') {
			buf_add(out, STR("\\x00"));
			continue;
		}
		if (is_special(text.at[i]))
			buf_addc(out, '\\');
		buf_addc(out, text.at[i]);
	}
	buf_add(out, STR("\\z"));
}

/* One character behind a backslash: itself, or what x00 and x22 stand for.  How many bytes it takes; 0: it is something else. */
static size_t
escaped(struct str rest, struct buf *out)
{
	if (str_starts(rest, STR("x00")) || str_starts(rest, STR("x22"))) {
		buf_addc(out, rest.at[1] == '0' ? '\0' : '"');
		return 3;
	}
	if (rest.len == 0 || rest.at[0] == '\0' || !is_special(rest.at[0]))
		return 0;
	buf_addc(out, rest.at[0]);
	return 1;
}

/* Takes "\A...\z" from the beginning of rest; the text is appended. */
static bool
take(struct str *rest, enum regex_case mode, struct buf *out)
{
	size_t begin = out->len, at = 2;

	if (!str_starts(*rest, STR("\\A")))
		return false;
	bool folds = mode == REGEX_SMART && !str_starts(str_tail(*rest, at), STR("(?-i)"));
	if (str_starts(str_tail(*rest, at), STR("(?-i)")))
		at += 5;
	while (at < rest->len && !str_starts(str_tail(*rest, at), STR("\\z"))) {
		char c = rest->at[at];
		size_t len = c == '\\' ? escaped(str_tail(*rest, at + 1), out) : 0;
		if (len == 0 && is_special(c))
			return false;
		if (len == 0)
			buf_addc(out, c);
		at += 1 + len;
	}
	if (at >= rest->len)
		return false;
	*rest = str_tail(*rest, at + 2);
	return !folds || !regex_smart_folds(str_tail(buf_str(out), begin));
}

static bool
is_group(struct str pattern)
{
	return str_starts(pattern, STR("(?:\\A")) && str_ends(pattern, STR("\\z)"));
}

/* Without what stands around several. */
static struct str
inner(struct str pattern)
{
	return is_group(pattern) ? (struct str){ pattern.at + 3, pattern.len - 4 } : pattern;
}

bool
exact_unquote(struct str pattern, struct buf *out)
{
	struct str rest = inner(pattern);
	size_t begin = out->len;

	if (take(&rest, REGEX_EXACT, out) && rest.len == 0)
		return true;
	out->len = begin;
	if (out->at)
		out->at[begin] = '\0';
	return false;
}

struct exact *
exact_parse(struct str pattern, enum regex_case mode)
{
	struct str rest = inner(pattern);
	bool fine = str_starts(rest, STR("\\A")), several = rest.len != pattern.len;
	struct buf text = { 0 };

	if (!fine)
		return NULL;
	struct exact *exact = xcalloc(1, sizeof *exact);
	exact->texts = strtab_new();
	while (fine) {
		buf_clear(&text);
		fine = take(&rest, mode, &text);
		if (!fine)
			break;
		exact->empty |= text.len == 0;
		strtab_intern(exact->texts, buf_str(&text));
		if (rest.len == 0)
			break;
		fine = several && rest.at[0] == '|';
		rest = str_tail(rest, 1);
	}
	buf_fini(&text);
	if (fine)
		return exact;
	exact_free(exact);
	return NULL;
}

void
exact_free(struct exact *exact)
{
	if (!exact)
		return;
	strtab_free(exact->texts);
	free(exact);
}

bool
exact_has(const struct exact *exact, struct str text)
{
	return text.len == 0 ? exact->empty : strtab_find(exact->texts, text) != STR_NONE;
}

/* A bar between texts is the only one that stands alone. */
size_t
exact_count(struct str pattern)
{
	static const char between[] = "\\z|\\A";
	size_t count = 1;

	if (!is_group(pattern))
		return 0;
	for (const char *at = pattern.at, *end = pattern.at + pattern.len; (at = memmem(at, (size_t)(end - at), between, sizeof between - 1)); at++)
		count++;
	return count;
}

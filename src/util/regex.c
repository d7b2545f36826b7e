/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <unictype.h>
#include <unistr.h>

#include "util/alloc.h"
#include "util/exact.h"

/* Limits on one match: steps of backtracking, nesting of it, and memory for it. */
enum { MATCH_LIMIT = 2000000, DEPTH_LIMIT = 100000, HEAP_LIMIT_KIB = 32 * 1024, PATTERN_LIMIT = 64 * 1024 };

struct regex {
	struct exact        *exact;      /* not NULL: all that is found is this */
	pcre2_code          *code;       /* NULL: `literal` is looked for byte by byte */
	pcre2_match_context *limits;
	char                *literal;    /* a text that PCRE2 cannot take: invalid UTF-8 or longer than its limit */
	size_t               literal_len;
};

static bool
is_upper(uint32_t c)
{
	return c < 0x80 ? c >= 'A' && c <= 'Z' : uc_is_property_uppercase(c);
}

/* How many bytes behind a backslash belong to the escape: \pL, \p{Greek}, \x{AB}, \xAB, \S. */
static size_t
escape_len(struct str text)
{
	if (text.len == 0)
		return 0;
	char kind = text.at[0];
	if (text.len > 1 && text.at[1] == '{') {
		const char *close = memchr(text.at, '}', text.len);
		return close ? (size_t)(close - text.at) + 1 : text.len;
	}
	size_t len = kind == 'x' ? 3 : kind == 'p' || kind == 'P' || kind == 'c' ? 2 : 1;
	return len < text.len ? len : text.len;
}

static bool
has_upper(struct str pattern, bool literal)
{
	for (size_t i = 0; i < pattern.len;) {
		ucs4_t c;

		if (!literal && pattern.at[i] == '\\') {
			i += 1 + escape_len((struct str){ pattern.at + i + 1, pattern.len - i - 1 });
			continue;
		}
		i += (size_t)u8_mbtouc(&c, (const uint8_t *)pattern.at + i, pattern.len - i);
		if (is_upper(c))
			return true;
	}
	return false;
}

bool
regex_smart_folds(struct str text)
{
	bool letters = false;

	for (size_t i = 0; i < text.len; i++)
		letters |= (text.at[i] >= 'a' && text.at[i] <= 'z') || (unsigned char)text.at[i] >= 0x80;
	return letters && !has_upper(text, true);
}

static void *
checked(void *made)
{
	if (!made)
		panic("out of memory (regular expression)");
	return made;
}

static void
prepare(struct regex *regex)
{
	/* Without a compiler for this machine the pattern is interpreted: slower, with the same result. */
	(void)pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE);
	regex->limits = checked(pcre2_match_context_create(NULL));
	pcre2_set_match_limit(regex->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(regex->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(regex->limits, HEAP_LIMIT_KIB);
}

struct regex *
regex_compile(struct str pattern, enum regex_case mode, struct error *err)
{
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
	int code;
	PCRE2_SIZE offset;

	struct exact *exact = exact_parse(pattern, mode);
	if (exact) {
		struct regex *whole = xcalloc(1, sizeof *whole);
		whole->exact = exact;
		return whole;
	}
	if (pattern.len > PATTERN_LIMIT) {
		error_set(err, ERROR_USAGE, "the pattern is longer than %d bytes", PATTERN_LIMIT);
		return NULL;
	}
	if (mode == REGEX_SMART && !has_upper(pattern, false))
		options |= PCRE2_CASELESS;
	struct regex *regex = xcalloc(1, sizeof *regex);
	const char *text = pattern.at ? pattern.at : "";
	regex->code = pcre2_compile((PCRE2_SPTR)text, pattern.len, options, &code, &offset, NULL);
	if (!regex->code) {
		PCRE2_UCHAR message[160];
		pcre2_get_error_message(code, message, sizeof message);
		error_set(err, ERROR_USAGE, "%s", (const char *)message);
		error_at_byte(err, NULL, offset);
		free(regex);
		return NULL;
	}
	prepare(regex);
	return regex;
}

struct regex *
regex_literal(struct str text, enum regex_case mode)
{
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_LITERAL;
	int code;
	PCRE2_SIZE offset;
	struct regex *regex = xcalloc(1, sizeof *regex);

	if (mode == REGEX_SMART && !has_upper(text, true))
		options |= PCRE2_CASELESS;
	if (text.len <= PATTERN_LIMIT)
		regex->code = pcre2_compile((PCRE2_SPTR)(text.at ? text.at : ""), text.len, options, &code, &offset, NULL);
	if (regex->code) {
		prepare(regex);
	} else {
		regex->literal = xstrndup(text.at, text.len);
		regex->literal_len = text.len;
	}
	return regex;
}

void
regex_free(struct regex *regex)
{
	if (!regex)
		return;
	exact_free(regex->exact);
	pcre2_match_context_free(regex->limits);
	pcre2_code_free(regex->code);
	free(regex->literal);
	free(regex);
}

static enum regex_result
search_exact(const struct regex *regex, struct str text, size_t *begin_out, size_t *end_out)
{
	if (!exact_has(regex->exact, text))
		return REGEX_NO;
	if (begin_out)
		*begin_out = 0;
	if (end_out)
		*end_out = text.len;
	return REGEX_YES;
}

static enum regex_result
search_literal(const struct regex *regex, struct str text, size_t *begin_out, size_t *end_out)
{
	const char *at = text.len ? memmem(text.at, text.len, regex->literal, regex->literal_len) : NULL;

	if (!at)
		return REGEX_NO;
	if (begin_out)
		*begin_out = (size_t)(at - text.at);
	if (end_out)
		*end_out = (size_t)(at - text.at) + regex->literal_len;
	return REGEX_YES;
}

enum regex_result
regex_search(const struct regex *regex, struct str text, size_t *begin_out, size_t *end_out)
{
	if (regex->exact)
		return search_exact(regex, text, begin_out, end_out);
	if (!regex->code)
		return search_literal(regex, text, begin_out, end_out);
	pcre2_match_data *found = checked(pcre2_match_data_create(1, NULL));
	PCRE2_SPTR subject = (PCRE2_SPTR)(text.at ? text.at : "");
	int rc = pcre2_match(regex->code, subject, text.len, 0, 0, found, regex->limits);

	/* Compiled patterns have a small stack of their own; the interpreter takes memory up to the limit. */
	if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
		rc = pcre2_match(regex->code, subject, text.len, 0, PCRE2_NO_JIT, found, regex->limits);
	if (rc >= 0) {
		const PCRE2_SIZE *range = pcre2_get_ovector_pointer(found);
		if (begin_out)
			*begin_out = range[0] < range[1] ? range[0] : range[1];    /* \K in a look-ahead may set the begin behind the end */
		if (end_out)
			*end_out = range[1];
	}
	pcre2_match_data_free(found);
	if (rc >= 0)
		return REGEX_YES;
	return rc == PCRE2_ERROR_NOMATCH ? REGEX_NO : REGEX_GAVE_UP;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/search.h"

#include <ctype.h>
#include <unistr.h>

#include "analysis/label.h"
#include "util/alloc.h"
#include "util/bits.h"
#include "util/chars.h"
#include "util/regex.h"
#include "util/unit.h"
#include "util/vec.h"

enum field { FIELD_LABEL, FIELD_NAME, FIELD_PACKAGE, FIELD_FILE, FIELD_SERVICE, FIELD_KIND, FIELD_LINE };

static const struct { const char *prefix; enum field field; } fields[] = {
	{ "name:", FIELD_NAME },       { "pkg:", FIELD_PACKAGE }, { "file:", FIELD_FILE },
	{ "service:", FIELD_SERVICE }, { "kind:", FIELD_KIND },   { "line:", FIELD_LINE },
};

struct term {
	enum field    field;
	bool          negative;
	struct regex *regex;    /* NULL for FIELD_LINE */
	double        line;
	struct buf    digits;   /* the pattern, when it is hexadecimal digits */
};

struct search {
	struct { VEC(struct term); } terms;
	bool literal;
};

/* The text of the next term, unquoted, and whether it began with a quote.  False at the end. */
static bool
next_term(struct str *rest, struct buf *out, bool *quoted_out)
{
	bool inside = false;
	size_t i = 0;

	while (i < rest->len && char_is_blank(rest->at[i]))
		i++;
	if (i == rest->len)
		return false;
	buf_clear(out);
	*quoted_out = rest->at[i] == '"';
	for (; i < rest->len && (inside || (rest->at[i] != ' ' && rest->at[i] != '\t')); i++) {
		if (rest->at[i] == '\\' && i + 1 < rest->len && rest->at[i + 1] == '"')
			buf_addc(out, rest->at[++i]);
		else if (rest->at[i] == '"')
			inside = !inside;
		else
			buf_addc(out, rest->at[i]);
	}
	*rest = str_tail(*rest, i);
	return true;
}

static struct str
strip_field(struct str text, enum field *field_out)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct str prefix = str_of(fields[i].prefix);
		if (str_starts(text, prefix)) {
			*field_out = fields[i].field;
			return str_tail(text, prefix.len);
		}
	}
	return text;
}

static bool
is_hexadecimal(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!isxdigit((unsigned char)text.at[i]))
			return false;
	return true;
}

static void
add_term(struct search *search, struct str text, bool quoted)
{
	struct term term = { .field = FIELD_LABEL };

	if (!quoted && text.len > 1 && text.at[0] == '-') {
		term.negative = true;
		text = str_tail(text, 1);
	}
	struct str pattern = quoted ? text : strip_field(text, &term.field);
	if (pattern.len == 0)
		return;
	if (term.field == FIELD_LINE && !number_parse(pattern, &term.line))
		term.line = -1;
	if (term.field != FIELD_LINE) {
		term.regex = regex_compile(pattern, REGEX_SMART, NULL);
		search->literal |= !term.regex;
	}
	if (term.field != FIELD_LINE && !term.regex)
		term.regex = regex_literal(pattern, REGEX_SMART);
	if (term.field == FIELD_LABEL && is_hexadecimal(pattern))
		buf_add(&term.digits, pattern);
	vec_push(&search->terms, term);
}

struct search *
search_parse(struct str text)
{
	struct search *search = xcalloc(1, sizeof *search);
	struct buf term = { 0 };
	bool quoted;

	while (next_term(&text, &term, &quoted))
		add_term(search, buf_str(&term), quoted);
	buf_fini(&term);
	return search;
}

void
search_free(struct search *search)
{
	if (!search)
		return;
	for (size_t i = 0; i < search->terms.len; i++) {
		regex_free(search->terms.at[i].regex);
		buf_fini(&search->terms.at[i].digits);
	}
	vec_fini(&search->terms);
	free(search);
}

bool
search_is_empty(const struct search *search)
{
	return search->terms.len == 0;
}

bool
search_is_literal(const struct search *search)
{
	return search->literal;
}

static struct str
text_of(const struct dataset *ds, frame_id frame, enum field field, struct buf *scratch)
{
	switch (field) {
	case FIELD_NAME:    return frame_name(ds, frame);
	case FIELD_PACKAGE: return label_package(ds, frame);
	case FIELD_FILE:    return dataset_str(ds, ds->frames[frame].file);
	case FIELD_SERVICE: return frame_module(ds, frame);
	case FIELD_KIND:    return label_kind(ds, frame);
	default:
		buf_clear(scratch);
		label_show(ds, frame, scratch);
		return buf_str(scratch);
	}
}

size_t
search_term_count(const struct search *search)
{
	return search->terms.len;
}

bool
search_term_is_negative(const struct search *search, size_t term)
{
	return search->terms.at[term].negative;
}

bool
search_term_finds(const struct search *search, size_t at, const struct dataset *ds, frame_id frame, struct buf *scratch)
{
	const struct term *term = &search->terms.at[at];

	return term->field == FIELD_LINE ? ds->frames[frame].line == term->line
	                                 : regex_search(term->regex, text_of(ds, frame, term->field, scratch), NULL, NULL) == REGEX_YES;
}

bool
search_term_finds_text(const struct search *search, size_t at, struct str text, bool is_service)
{
	const struct term *term = &search->terms.at[at];

	return (term->field == FIELD_LABEL || (is_service && term->field == FIELD_SERVICE)) &&
	       regex_search(term->regex, text, NULL, NULL) == REGEX_YES;
}

struct str
search_term_digits(const struct search *search, size_t term)
{
	return buf_str(&search->terms.at[term].digits);
}

bool
search_finds(const struct search *search, const struct dataset *ds, frame_id frame, struct buf *scratch)
{
	for (size_t i = 0; i < search->terms.len; i++)
		if (search_term_finds(search, i, ds, frame, scratch) == search->terms.at[i].negative)
			return false;
	return search->terms.len > 0;
}

uint64_t *
search_frames(const struct search *search, const struct dataset *ds)
{
	uint64_t *bits = bits_new(ds->frame_count);
	struct buf scratch = { 0 };

	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		if (search_finds(search, ds, frame, &scratch))
			bits_set(bits, frame);
	buf_fini(&scratch);
	return bits;
}

/* Characters that do not stand for themselves in an expression. */
static const char special[] = "\\^$.[]|()?*+{}";

void
search_quote(struct str label, size_t max, struct buf *out)
{
	enum { LONGEST_CHARACTER = 5, END = 3 };    /* "\xNN" or a character behind a backslash; "\z" and the quote */
	size_t begin = out->len, i = 0;

	buf_add(out, regex_smart_folds(label) ? STR("\"\\A(?-i)") : STR("\"\\A"));
	while (i < label.len && out->len - begin + LONGEST_CHARACTER + END <= max) {
		char c = label.at[i];
		int len = u8_mblen((const uint8_t *)label.at + i, label.len - i);
		if (len < 0 || (len == 0 && c != '\0'))
			break;
		if (c == '\0' || c == '"')
			buf_addf(out, "\\x%02x", (unsigned)c);
		else if (strchr(special, c))
			buf_addf(out, "\\%c", c);
		else
			buf_add(out, (struct str){ label.at + i, (size_t)len });
		i += len ? (size_t)len : 1;
	}
	buf_add(out, i == label.len ? STR("\\z\"") : STR("\""));
}

bool
search_unquote(struct str text, struct buf *out)
{
	if (text.len < 6 || !str_starts(text, STR("\"\\A")) || !str_ends(text, STR("\\z\"")))
		return false;
	for (size_t i = str_starts(text, STR("\"\\A(?-i)")) ? 8 : 3; i < text.len - 3; i++) {
		struct str rest = { text.at + i, text.len - 3 - i };
		if (str_starts(rest, STR("\\x00")) || str_starts(rest, STR("\\x22"))) {
			buf_addc(out, rest.at[2] == '0' ? '\0' : '"');
			i += 3;
			continue;
		}
		bool escaped = rest.at[0] == '\\';
		if (escaped ? rest.len < 2 || !strchr(special, rest.at[1]) : rest.at[0] == '"' || strchr(special, rest.at[0]))
			return false;
		i += escaped;
		buf_addc(out, text.at[i]);
	}
	return true;
}

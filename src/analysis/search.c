/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/search.h"

#include <ctype.h>
#include <string.h>

#include "analysis/label.h"
#include "util/alloc.h"
#include "util/bits.h"
#include "util/chars.h"
#include "util/exact.h"
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
	case FIELD_FILE:    return frame_file(ds, frame);
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

void
search_quote(struct str label, struct buf *out)
{
	struct buf pattern = { 0 };

	exact_quote(label, &pattern);
	buf_addc(out, '"');
	for (size_t i = 0; i < pattern.len; i++)
		if (pattern.at[i] == '"')
			buf_add(out, STR("\\x22"));
		else
			buf_addc(out, pattern.at[i]);
	buf_addc(out, '"');
	buf_fini(&pattern);
}

bool
search_quoted(struct str text, struct str *field_out, struct str *pattern_out)
{
	enum field field;
	struct str rest = strip_field(text, &field);

	if (rest.len < 3 || rest.at[0] != '"' || rest.at[rest.len - 1] != '"')
		return false;
	*field_out = str_head(text, text.len - rest.len);
	*pattern_out = (struct str){ rest.at + 1, rest.len - 2 };
	for (size_t i = 0; i < pattern_out->len; i++)
		if (pattern_out->at[i] == '"' && (i == 0 || pattern_out->at[i - 1] != '\\'))
			return false;
	return true;
}

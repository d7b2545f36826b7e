/* SPDX-License-Identifier: MIT
 * The words of a query. */
#include "config.h"

#include <strings.h>

#include "analysis/query_core.h"
#include "util/chars.h"

static const struct { const char *text; enum query_op op; } operators[] = {    /* longer ones first */
	{ "!=", OP_NE }, { "<=", OP_LE }, { ">=", OP_GE }, { "!~", OP_NO_MATCH }, { "=", OP_EQ }, { "<", OP_LT }, { ">", OP_GT }, { "~", OP_MATCH },
};

static const struct { const char *text; enum token_kind kind; } keywords[] = {
	{ "and", TOKEN_AND }, { "or", TOKEN_OR }, { "not", TOKEN_NOT }, { "exists", TOKEN_EXISTS },
};

enum { OPERATORS = sizeof operators / sizeof *operators, KEYWORDS = sizeof keywords / sizeof *keywords };

/* The operator that the text begins with; OPERATORS when there is none. */
static unsigned
operator_at(struct str text)
{
	unsigned i = 0;

	while (i < OPERATORS && !str_starts(text, str_of(operators[i].text)))
		i++;
	return i;
}

/* The length of a quoted text, both quotes included; 0 when it does not end. */
static size_t
quoted_len(struct str text)
{
	for (size_t i = 1; i < text.len; i++) {
		if (text.at[i] == '\\' && i + 1 < text.len)
			i++;
		else if (text.at[i] == '"')
			return i + 1;
	}
	return 0;
}

static size_t
word_len(struct str text)
{
	size_t i = 0;

	while (i < text.len && !char_is_space(text.at[i]) && text.at[i] != '(' && text.at[i] != ')' && text.at[i] != '"' &&
	       operator_at(str_tail(text, i)) == OPERATORS)
		i++;
	return i;
}

/* Parentheses that are opened inside a value are its own. */
static size_t
value_len(struct str text)
{
	size_t i = 0, open = 0;

	for (; i < text.len && !char_is_space(text.at[i]); i++) {
		if (text.at[i] == '(')
			open++;
		else if (text.at[i] == ')' && open-- == 0)
			break;
	}
	return i;
}

static enum token_kind
word_kind(struct str word)
{
	for (unsigned i = 0; i < KEYWORDS; i++)
		if (word.len == strlen(keywords[i].text) && strncasecmp(word.at, keywords[i].text, word.len) == 0)
			return keywords[i].kind;
	return TOKEN_WORD;
}

struct token
query_token(struct str text, size_t from, bool value)
{
	while (from < text.len && char_is_space(text.at[from]))
		from++;
	struct token token = { .kind = TOKEN_END, .at = from };
	struct str rest = { text.at + from, text.len - from };
	if (rest.len == 0)
		return token;
	unsigned op = operator_at(rest);
	if (rest.at[0] == '"') {
		token.len = quoted_len(rest);
		token.kind = token.len ? TOKEN_QUOTED : TOKEN_UNCLOSED;
		token.len = token.len ? token.len : rest.len;
	} else if (op < OPERATORS) {
		token.kind = TOKEN_OP;
		token.op = operators[op].op;
		token.len = strlen(operators[op].text);
	} else if (rest.at[0] == ')' || (rest.at[0] == '(' && !value)) {
		token.kind = rest.at[0] == '(' ? TOKEN_OPEN : TOKEN_CLOSE;
		token.len = 1;
	} else {
		token.len = value ? value_len(rest) : word_len(rest);
		token.kind = word_kind((struct str){ rest.at, token.len });
	}
	return token;
}

void
query_token_text(struct str text, const struct token *token, struct buf *out)
{
	bool quoted = token->kind == TOKEN_QUOTED || token->kind == TOKEN_UNCLOSED;
	size_t from = token->at + quoted, to = token->at + token->len - (token->kind == TOKEN_QUOTED);

	for (size_t i = from; i < to; i++) {
		if (quoted && text.at[i] == '\\' && i + 1 < to && (text.at[i + 1] == '"' || text.at[i + 1] == '\\'))
			i++;
		buf_addc(out, text.at[i]);
	}
}

static void
add_quoted(struct str text, struct buf *out)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		/* A backslash is doubled only where it would otherwise be read with what follows. */
		bool last = i + 1 == text.len;
		if (text.at[i] == '"' || (text.at[i] == '\\' && (last || text.at[i + 1] == '"' || text.at[i + 1] == '\\')))
			buf_addc(out, '\\');
		buf_addc(out, text.at[i]);
	}
	buf_addc(out, '"');
}

static void
add(struct str text, bool value, struct buf *out)
{
	struct token token = query_token(text, 0, value);

	if (token.kind == TOKEN_WORD && token.at == 0 && token.len == text.len)
		buf_add(out, text);
	else
		add_quoted(text, out);
}

void
query_quote(struct str text, struct buf *out)
{
	add(text, true, out);
}

void
query_quote_name(struct str text, struct buf *out)
{
	add(text, false, out);
}

void
query_quote_attribute(struct str text, struct buf *out)
{
	for (const struct query_field *field = query_fields; field->name; field++)
		if (str_equal(str_of(field->name), text)) {
			add_quoted(text, out);
			return;
		}
	add(text, false, out);
}

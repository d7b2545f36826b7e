/* SPDX-License-Identifier: MIT
 * From the text of a query to its operands and operators, by precedence and without recursion. */
#include "config.h"

#include <stdlib.h>

#include "analysis/query_core.h"
#include "util/alloc.h"
#include "util/instant.h"

/* What is still waiting for its last operand. */
enum pending_kind { PENDING_OPEN, PENDING_OR, PENDING_AND, PENDING_NOT };    /* binds tighter from left to right */

struct pending { enum pending_kind kind; size_t at; };

struct parser {
	struct str      text;
	size_t          at;       /* behind the last token */
	struct query   *query;
	struct { VEC(struct pending); } pending;
	struct error   *err;
};

static bool
fail(struct parser *parser, size_t at, const char *what)
{
	error_set(parser->err, ERROR_USAGE, "%s", what);
	return error_at_byte(parser->err, "", at);
}

static bool
add_node(struct parser *parser, const struct query_node *node, size_t at)
{
	if (parser->query->nodes.len == QUERY_NODES_MAX)
		return fail(parser, at, "the query is too long");
	vec_push(&parser->query->nodes, *node);
	return true;
}

static bool
wait_for(struct parser *parser, enum pending_kind kind, size_t at)
{
	if (parser->pending.len == QUERY_NODES_MAX)
		return fail(parser, at, "the query is nested too deeply");
	vec_push(&parser->pending, (struct pending){ kind, at });
	return true;
}

/* Completes what binds at least as tightly. */
static bool
reduce(struct parser *parser, enum pending_kind kind)
{
	static const enum query_node_kind nodes[] = { [PENDING_OR] = NODE_OR, [PENDING_AND] = NODE_AND, [PENDING_NOT] = NODE_NOT };

	while (parser->pending.len && vec_last(&parser->pending).kind >= kind) {
		struct pending done = vec_pop(&parser->pending);
		if (!add_node(parser, &(struct query_node){ .kind = nodes[done.kind] }, done.at))
			return false;
	}
	return true;
}

static struct str
keep_text(struct parser *parser, const struct token *token)
{
	struct buf text = { 0 };

	query_token_text(parser->text, token, &text);
	struct str kept = { arena_copy(&parser->query->arena, buf_str(&text)), text.len };
	buf_fini(&text);
	return kept;
}

static enum query_field_id
field_of(struct str name)
{
	unsigned i = 0;

	while (query_fields[i].name && !str_equal(str_of(query_fields[i].name), name))
		i++;
	return (enum query_field_id)i;
}

static bool
is_order(enum query_op op)
{
	return op == OP_LT || op == OP_LE || op == OP_GT || op == OP_GE;
}

static bool
is_search(enum query_op op)
{
	return op == OP_MATCH || op == OP_NO_MATCH;
}

static bool
compile(struct parser *parser, struct query_test *test, const struct token *token)
{
	struct error inner = { 0 };

	test->value.regex = regex_compile(test->value.text, REGEX_EXACT, &inner);
	if (test->value.regex)
		return true;
	/* The place inside the expression, as long as the quotes left its bytes where they were. */
	bool same = test->value.text.len + 2u * (token->kind == TOKEN_QUOTED) == token->len;
	size_t inside = inner.has_byte && same ? (size_t)inner.byte + (token->kind == TOKEN_QUOTED) : 0;
	return fail(parser, token->at + inside, inner.text);
}

static bool
no_such_word(struct parser *parser, const struct query_field *field, size_t at)
{
	struct buf text = { 0 };

	buf_addf(&text, "%s is one of", field->name);
	for (size_t i = 0; field->words[i]; i++)
		buf_addf(&text, "%s %s", i ? "," : "", field->words[i]);
	fail(parser, at, text.at);
	buf_fini(&text);
	return false;
}

static bool
is_id(struct str text, size_t digits)
{
	return text.len > 0 && text.len <= digits && strspn(text.at, "0123456789abcdefABCDEF") == text.len;
}

/* A value that a field of text cannot have. */
static bool
check_text(struct parser *parser, const struct query_test *test, const struct token *token)
{
	const struct query_field *field = &query_fields[test->field];
	bool exact = test->op == OP_EQ || test->op == OP_NE;

	if (exact && test->field == FIELD_TRACE && !is_id(test->value.text, 32))
		return fail(parser, token->at, "a trace id has 32 hexadecimal digits; trace ~ ^abc finds those that begin so");
	if (exact && test->field == FIELD_SPAN && !is_id(test->value.text, 16))
		return fail(parser, token->at, "a span id has 16 hexadecimal digits; span ~ ^abc finds those that begin so");
	if (!exact || !field->words)
		return true;
	for (size_t i = 0; field->words[i]; i++)
		if (str_equal(str_of(field->words[i]), test->value.text))
			return true;
	return no_such_word(parser, field, token->at);
}

static bool
check_number(struct parser *parser, struct query_test *test, const struct token *token)
{
	struct query_value *value = &test->value;
	bool of_time = test->field == FIELD_DURATION || test->field == FIELD_TRACE_DURATION;

	if (test->field == FIELD_START && instant_parse(value->text, &value->integer)) {
		value->kind = VALUE_NUMBER;
		value->whole = true;
		return true;
	}
	value->relative = test->field == FIELD_START && value->unit == UNIT_TIME;
	if (value->kind == VALUE_PERCENTILE || (value->kind == VALUE_NUMBER && (value->unit == UNIT_NONE || value->relative)))
		return true;
	if (of_time && value->kind == VALUE_NUMBER && value->unit == UNIT_TIME)
		return true;
	if (of_time)
		return fail(parser, token->at, "a duration is a number with a unit, ns us ms s min h, or p50 p90 p99");
	if (test->field == FIELD_START)
		return fail(parser, token->at, "a start is a time such as 2026-01-31T12:00:00Z, or 1.5s since the first one");
	return fail(parser, token->at, "a number is wanted here");
}

static bool
check_value(struct parser *parser, struct query_test *test, const struct token *token)
{
	struct query_value *value = &test->value;
	const struct query_field *field = &query_fields[test->field];

	if (is_search(test->op)) {
		if (!field->is_text)
			return fail(parser, parser->at, "~ looks into texts, and this is a number");
		return compile(parser, test, token);
	}
	query_value_read(value, token->kind == TOKEN_QUOTED);
	if (!field->is_text)
		return check_number(parser, test, token);
	if (value->kind == VALUE_PERCENTILE && (test->field != FIELD_ATTRIBUTE || !is_order(test->op)))
		value->kind = VALUE_TEXT;
	return check_text(parser, test, token);
}

/* field op value, where the operator was just read. */
static bool
parse_comparison(struct parser *parser, struct query_test *test, const struct token *op)
{
	struct token token = query_token(parser->text, op->at + op->len, true);

	test->op = op->op;
	switch (token.kind) {
	case TOKEN_WORD:
	case TOKEN_QUOTED:
		break;
	case TOKEN_UNCLOSED:
		return fail(parser, token.at, "the quote is not closed");
	case TOKEN_AND:
	case TOKEN_OR:
	case TOKEN_NOT:
	case TOKEN_EXISTS:
		return fail(parser, token.at, "a value is missing here; a keyword that is meant as one needs quotes");
	case TOKEN_OP:
		return fail(parser, token.at, "a value is missing here: one operator is enough");
	default:
		return fail(parser, token.at, "a value is missing here");
	}
	test->value.text = keep_text(parser, &token);
	parser->at = op->at;
	if (!check_value(parser, test, &token))
		return false;
	parser->at = token.at + token.len;
	return true;
}

/* A word or a quoted text, with what follows it. */
static bool
parse_test(struct parser *parser, const struct token *word)
{
	struct query_node node = { .kind = NODE_TEST };
	struct query_test *test = &node.test;
	struct str text = keep_text(parser, word);
	struct token next = query_token(parser->text, word->at + word->len, false);

	parser->at = word->at + word->len;
	if (next.kind != TOKEN_OP && next.kind != TOKEN_EXISTS) {
		*test = (struct query_test){ .field = FIELD_NAME, .op = OP_EQ, .bare = true, .value = { .text = text } };
		return add_node(parser, &node, word->at);
	}
	test->field = word->kind == TOKEN_QUOTED ? FIELD_ATTRIBUTE : field_of(text);
	test->key = text;
	test->op = OP_EXISTS;
	if (next.kind == TOKEN_EXISTS)
		parser->at = next.at + next.len;
	else if (!parse_comparison(parser, test, &next))
		return false;
	if (add_node(parser, &node, word->at))
		return true;
	regex_free(test->value.regex);
	return false;
}

static bool
operand_missing(struct parser *parser, const struct token *token)
{
	switch (token->kind) {
	case TOKEN_UNCLOSED:
		return fail(parser, token->at, "the quote is not closed");
	case TOKEN_OP:
		return fail(parser, token->at, "the name of a field is missing before the operator");
	case TOKEN_END:
		return fail(parser, token->at, parser->text.len == token->at && !parser->pending.len && !parser->query->nodes.len
		                                   ? "the query is empty" : "a condition is missing at the end");
	default:
		return fail(parser, token->at, "a condition is missing here; a keyword that is meant as a name needs quotes");
	}
}

/* Everything up to and with one condition. */
static bool
parse_operand(struct parser *parser)
{
	for (;;) {
		struct token token = query_token(parser->text, parser->at, false);

		if (token.kind == TOKEN_WORD || token.kind == TOKEN_QUOTED)
			return parse_test(parser, &token);
		if (token.kind != TOKEN_OPEN && token.kind != TOKEN_NOT)
			return operand_missing(parser, &token);
		if (!wait_for(parser, token.kind == TOKEN_OPEN ? PENDING_OPEN : PENDING_NOT, token.at))
			return false;
		parser->at = token.at + token.len;
	}
}

/* What follows a condition: *more_out when another one must. */
static bool
parse_join(struct parser *parser, bool *more_out)
{
	for (;;) {
		struct token token = query_token(parser->text, parser->at, false);
		bool joins = token.kind == TOKEN_AND || token.kind == TOKEN_OR;

		*more_out = joins;
		parser->at = token.at + token.len;
		if (joins) {
			enum pending_kind kind = token.kind == TOKEN_AND ? PENDING_AND : PENDING_OR;
			return reduce(parser, kind) && wait_for(parser, kind, token.at);
		}
		struct str rest = { parser->text.at + token.at, parser->text.len - token.at };
		if (str_starts(rest, STR("&&")) || str_starts(rest, STR("||")))
			return fail(parser, token.at, "conditions are joined by the words AND and OR");
		if (token.kind != TOKEN_CLOSE && token.kind != TOKEN_END)
			return fail(parser, token.at, "AND or OR is missing here; a text with blanks needs quotes");
		if (!reduce(parser, PENDING_OR))
			return false;
		if (token.kind == TOKEN_END)
			return !parser->pending.len || fail(parser, vec_last(&parser->pending).at, "the parenthesis is not closed");
		if (!parser->pending.len)
			return fail(parser, token.at, "nothing is open that this parenthesis could close");
		parser->pending.len--;
	}
}

struct query *
query_parse(struct str text, struct error *err)
{
	struct query *query = xcalloc(1, sizeof *query);
	struct parser parser = { .text = text, .query = query, .err = err };
	bool fine = text.len <= QUERY_BYTES_MAX || fail(&parser, QUERY_BYTES_MAX, "the query is too long");

	arena_init(&query->arena);
	for (bool more = true; fine && more;)
		fine = parse_operand(&parser) && parse_join(&parser, &more);
	vec_fini(&parser.pending);
	if (fine)
		return query;
	query_free(query);
	return NULL;
}

void
query_free(struct query *query)
{
	if (!query)
		return;
	for (size_t i = 0; i < query->nodes.len; i++)
		regex_free(query->nodes.at[i].test.value.regex);
	vec_fini(&query->nodes);
	arena_fini(&query->arena);
	free(query);
}

bool
query_reads_input(const struct query *query)
{
	for (size_t i = 0; i < query->nodes.len; i++)
		if (query->nodes.at[i].kind == NODE_TEST && query->nodes.at[i].test.field == FIELD_ATTRIBUTE)
			return true;
	return false;
}

/* SPDX-License-Identifier: MIT
 * What the parts of the query language share: tokens, the parsed form, values. */
#ifndef ANALYSIS_QUERY_CORE_H
#define ANALYSIS_QUERY_CORE_H

#include "analysis/query.h"
#include "util/regex.h"
#include "util/vec.h"

enum query_op { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_MATCH, OP_NO_MATCH, OP_EXISTS };

/* In the order of query_fields[]; an attribute is none of them. */
enum query_field_id {
	FIELD_NAME, FIELD_SERVICE, FIELD_KIND, FIELD_STATUS, FIELD_DURATION, FIELD_START, FIELD_TRACE, FIELD_SPAN, FIELD_DEPTH, FIELD_EVENTS,
	FIELD_ERROR, FIELD_TRACE_DURATION, FIELD_TRACE_SPANS, FIELD_TRACE_SERVICES, FIELD_TRACE_ERRORS, FIELD_ROOT_NAME, FIELD_ROOT_SERVICE,
	FIELD_ATTRIBUTE,
};

/* ---- tokens (query_scan.c) */

enum token_kind {
	TOKEN_END, TOKEN_WORD, TOKEN_QUOTED, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_OP, TOKEN_AND, TOKEN_OR, TOKEN_NOT, TOKEN_EXISTS, TOKEN_UNCLOSED,
};

struct token {
	enum token_kind kind;
	enum query_op   op;         /* TOKEN_OP */
	size_t          at, len;    /* where it stands, quotes included */
};

/* The token at or after `from`, blanks skipped.  A word that is a value goes on to the next blank or the parenthesis that closes one
 * before it, and is never a keyword's part. */
struct token query_token(struct str text, size_t from, bool value);

/* The bytes that a word or a quoted text stands for: \" is a quote and \\ a backslash, any other backslash stays. */
void query_token_text(struct str text, const struct token *token, struct buf *out);

/* ---- values (query_value.c) */

enum value_kind { VALUE_TEXT, VALUE_NUMBER, VALUE_PERCENTILE };
enum value_unit { UNIT_NONE, UNIT_TIME, UNIT_SIZE };

struct query_value {
	struct str      text;        /* as written, unquoted; NUL-terminated */
	enum value_kind kind;
	enum value_unit unit;
	bool            whole;       /* `integer` says it exactly */
	bool            relative;    /* of a start: since the dataset's */
	int64_t         integer;
	double          number;      /* times in ns, sizes in bytes; of a percentile 0 to 100 */
	struct regex   *regex;
};

/* Reads a number, a number with a unit, or (unquoted) a percentile; else it is text. */
void query_value_read(struct query_value *value, bool quoted);

/* Below 0, 0 or above: numbers, whole ones of any length exactly.  The texts are what the doubles were read from. */
int query_compare_numbers(double a, struct str a_text, double b, struct str b_text);

/* ---- the parsed form, operands before their operator */

enum query_node_kind { NODE_AND, NODE_OR, NODE_NOT, NODE_TEST };

struct query_test {
	enum query_field_id field;
	struct str          key;      /* FIELD_ATTRIBUTE */
	enum query_op       op;
	bool                bare;     /* neither field nor operator were written */
	struct query_value  value;
};

struct query_node {
	enum query_node_kind kind;
	struct query_test    test;
};

struct query {
	struct arena arena;           /* of the texts */
	struct { VEC(struct query_node); } nodes;
};

/* ---- evaluation (query_eval.c, query_test.c, query_rank.c) */

struct query_run {
	struct build_cache   *cache;
	const struct dataset *ds;
	const uint64_t       *tracks;    /* the list that percentiles are of; NULL: all */
	struct job           *job;
};

/* The bits of the spans on which a condition holds; NULL when stopped. */
uint64_t *query_test_eval(const struct query_run *run, const struct query_test *test);

/* Whether a condition on a text holds for it; numbers: a text that is a number is compared as one. */
bool      query_text_holds(const struct query_test *test, struct str text, bool numbers);

/* The percentile (nearest rank) of numbers, whose order is lost; false when there are none. */
bool      query_percentile(double *numbers, size_t count, double percent, double *out);

/* The words of kinds and statuses, by value. */
extern const char *const query_kind_words[], *const query_status_words[];

#endif

/* SPDX-License-Identifier: MIT
 * The query language: conditions on spans (doc/query.md has the grammar).
 *
 *	service = cart AND (duration > 20ms OR status = error) AND NOT http.route ~ "^/health"
 *
 * The whole expression is evaluated on one span; a trace matches when one of its spans satisfies it.  A parsed query is immutable and
 * belongs to no dataset; evaluation goes over arrays, a bit per span and condition. */
#ifndef ANALYSIS_QUERY_H
#define ANALYSIS_QUERY_H

#include "analysis/build.h"
#include "util/buf.h"
#include "util/error.h"

struct query;

enum { QUERY_BYTES_MAX = 16384, QUERY_NODES_MAX = 512 };    /* longest text; most conditions and operators in one */

/* NULL with err (ERROR_USAGE; byte: offset in the text of what is wrong) when it is no query.  An empty text is none. */
struct query *query_parse(struct str text, struct error *err);
void          query_free(struct query *query);    /* NULL is allowed */

/* A bit per span of the cache's dataset: whether the query holds on it; free().  Percentiles are of the spans and traces of `tracks`, a
 * bit each; NULL: of all.  NULL only when the job was stopped; job may be NULL. */
uint64_t     *query_eval(const struct query *query, struct build_cache *cache, const uint64_t *tracks, struct job *job);

/* The column (analysis/attrs.h) that it needs and that is not there yet; at NULL: all of them are. */
struct str    query_unread(const struct query *query, struct build_cache *cache);

/* Whether it asks for attributes, which are read again from the input. */
bool          query_reads_input(const struct query *query);

/* What can be asked for beside attributes.  Values of a field with words are those words. */
struct query_field {
	const char        *name, *help;     /* help: what it is, in a few words */
	const char *const *words;           /* ended by NULL; NULL: any value */
	bool               is_text;         /* compared by bytes and with ~; else as a number */
};

extern const struct query_field query_fields[];    /* ends with a NULL name */

/* Appends text as it stands in a query, as it is or quoted where it must be: a value; a name of spans for itself; the name of an
 * attribute, which must not be taken for a field. */
void query_quote(struct str text, struct buf *out);
void query_quote_name(struct str text, struct buf *out);
void query_quote_attribute(struct str text, struct buf *out);

/* What belongs at a place of a query that is being written, for completion. */
enum query_place { QUERY_OPERAND, QUERY_OPERATOR, QUERY_VALUE, QUERY_JOIN };

struct query_spot {
	enum query_place place;
	size_t           from;      /* where the word begins that stands before the place; the place itself when there is none */
	struct str       field;     /* QUERY_OPERATOR, QUERY_VALUE: of which field or attribute, unquoted; in scratch */
	bool             quoted;    /* the word begins with a quote */
};

/* text ends at the place.  scratch keeps what had to be unquoted. */
struct query_spot query_spot(struct str text, struct buf *scratch);

#endif

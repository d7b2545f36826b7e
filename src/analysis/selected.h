/* SPDX-License-Identifier: MIT
 * Which traces are looked at: those that start in a range of time and that every query finds (analysis/query.h).
 *
 * A selection keeps tracks.  Of a trace all spans stay; of a thread those that start in the range; of samples those taken in it, and
 * tracks without spans are not asked by queries.  Queries are evaluated in their order: percentiles of each are of the traces that the
 * range and the queries before it leave. */
#ifndef ANALYSIS_SELECTED_H
#define ANALYSIS_SELECTED_H

#include "model/dataset.h"
#include "util/bits.h"
#include "util/error.h"
#include "util/job.h"

struct build_cache;

enum { SELECT_QUERIES_MAX = 8 };

/* A small value; all zero: everything. */
struct select_spec {
	str_id  queries[SELECT_QUERIES_MAX];    /* in the recipe's table of patterns */
	uint8_t query_count;
	bool    has_from, has_to;
	int64_t from_ns, to_ns;                 /* half-open: from_ns is in it */
};

struct selected {
	uint64_t *tracks;         /* a bit per track; set as well for tracks that hold nothing */
	uint64_t *spans;          /* a bit per span of these tracks that some query finds; NULL: there are no queries */
	uint32_t  track_count;    /* tracks with spans or samples that are kept; where there are queries only those that were asked */
	uint64_t  span_count;     /* spans in them, */
	uint64_t  error_count;    /* and those of these with an error */
	bool      bounded;        /* by a range of time: */
	int64_t   from_ns, to_ns; /* half-open; without an end INT64_MAX, which is in it */
};

bool select_is_empty(const struct select_spec *spec);
bool select_equal(const struct select_spec *a, const struct select_spec *b);

/* Adds a query, interned; one that is there already is not added again.  False with err, as query_parse() fills it, or when there are
 * too many. */
bool select_add(struct select_spec *spec, struct strtab *patterns, struct str query, struct error *err);
void select_remove(struct select_spec *spec, unsigned index);

/* What a selection keeps; *out NULL: everything.  It belongs to the cache and is valid until another selection is asked for; ask again
 * rather than keep it, which costs nothing.  False only when the job was stopped; job may be NULL. */
bool selected_get(struct build_cache *cache, const struct select_spec *spec, const struct strtab *patterns, struct job *job,
                  const struct selected **out);

/* The answers of a cache, which build_cache_free() releases. */
struct selected_list;
struct selected_list *selected_list_new(void);
void                  selected_list_free(struct selected_list *list);    /* NULL is allowed */

static inline bool
selected_has_track(const struct selected *selected, track_id track)
{
	return !selected || bits_has(selected->tracks, track);
}

static inline bool
selected_has_time(const struct selected *selected, int64_t ns)
{
	return !selected || !selected->bounded || (ns >= selected->from_ns && (ns < selected->to_ns || selected->to_ns == INT64_MAX));
}

/* Whether a span of a track that is kept is looked at. */
static inline bool
selected_has_span(const struct selected *selected, const struct dataset *ds, span_id span)
{
	return !selected || !selected->bounded || ds->tracks[ds->spans.track[span]].kind == TRACK_TRACE ||
	       selected_has_time(selected, ds->spans.start_ns[span]);
}

#endif

/* SPDX-License-Identifier: MIT
 * What width means.  A metric is a small value; its weights are computed per track, before filters, and add up.
 *
 *	wall   at each instant the active spans of a track without an active direct child share it equally;
 *	       sums to the time during which the track was active
 *	busy   self times: duration less the union of the children's intervals clipped to the span
 *	critical  time on the critical path (analysis/critical.h)
 *	count  one per span
 *	errors one per span whose status is error
 *	tokens, tokens-input, tokens-output, cost  what attributes tell of the use of language models (analysis/usage.h)
 *	any attribute that is a number: the sum of its values
 *	sample types: the file's own numbers in the file's own unit */
#ifndef ANALYSIS_METRIC_H
#define ANALYSIS_METRIC_H

#include <stdbool.h>
#include <stdint.h>

#include "model/attr_keys.h"

struct critical;
struct forest;

enum metric_kind {
	METRIC_WALL, METRIC_BUSY, METRIC_CRITICAL, METRIC_COUNT, METRIC_ERRORS,
	METRIC_TOKENS, METRIC_TOKENS_INPUT, METRIC_TOKENS_OUTPUT, METRIC_COST, METRIC_ATTRIBUTE, METRIC_SAMPLE_TYPE,
};

struct metric {
	enum metric_kind kind;
	uint32_t         sample_type;    /* METRIC_SAMPLE_TYPE: index into dataset.sample_types */
	const char      *key;            /* METRIC_ATTRIBUTE: its name, which outlives the metric */
};

struct metric_info {
	struct metric metric;
	struct str    name, unit;
};

/* The metrics that the dataset has, the default one first: those of spans when the first source holds spans, else sample types;
 * in a dataset of both kinds the other kind's follow.  A dataset without spans, samples and sample types has those of spans.
 * Tokens and cost are among them where keys has attributes for them; keys may be NULL.
 * Returns their number, at least 1; writes at most cap. */
uint32_t metric_list(const struct dataset *ds, const struct attr_keys *keys, struct metric_info *out, uint32_t cap);

struct metric metric_default(const struct dataset *ds);    /* the first of the list */

/* The wish where the track has some of it, else the first of the list that it has some of; one of its kind where it has nothing of any. */
struct metric metric_of_track(const struct dataset *ds, struct metric wish, track_id track);

/* The attributes of spans whose values are numbers, by name, but for those called like a metric of the list.  Likewise. */
uint32_t metric_list_attributes(const struct dataset *ds, const struct attr_keys *keys, struct metric_info *out, uint32_t cap);

/* The first of that name in the list, else an attribute that has numbers; name is kept in the metric then, and needs a NUL behind it. */
bool     metric_find(const struct dataset *ds, const struct attr_keys *keys, struct str name, struct metric *out);
struct metric_info metric_describe(const struct dataset *ds, struct metric metric);
bool     metric_is_of_spans(struct metric metric);
bool     metric_is_of_attributes(struct metric metric);    /* usage_weights() gives its weights */
bool     metric_equal(struct metric a, struct metric b);

/* A span metric's own weight of every span, all tracks, unless it is of attributes; self times for busy.  O(n log n).
 * forest is the dataset's if the caller has it, else NULL; critical is its critical path, which METRIC_CRITICAL needs, else NULL. */
struct column *metric_weights(const struct dataset *ds, const struct forest *forest, const struct critical *critical, struct metric metric);

#endif

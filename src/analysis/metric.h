/* SPDX-License-Identifier: MIT
 * What width means.  A metric is a small value; its weights are computed per track, before filters, and add up.
 *
 *	wall   at each instant the active spans of a track without an active direct child share it equally;
 *	       sums to the time during which the track was active
 *	busy   self times: duration less the union of the children's intervals clipped to the span
 *	critical  time on the critical path (analysis/critical.h)
 *	count  one per span
 *	errors one per span whose status is error
 *	sample types: the file's own numbers in the file's own unit */
#ifndef ANALYSIS_METRIC_H
#define ANALYSIS_METRIC_H

#include <stdbool.h>
#include <stdint.h>

#include "model/column.h"
#include "model/dataset.h"

struct forest;

enum metric_kind { METRIC_WALL, METRIC_BUSY, METRIC_CRITICAL, METRIC_COUNT, METRIC_ERRORS, METRIC_SAMPLE_TYPE };

struct metric {
	enum metric_kind kind;
	uint32_t         sample_type;    /* METRIC_SAMPLE_TYPE: index into dataset.sample_types */
};

struct metric_info {
	struct metric metric;
	struct str    name, unit;
};

/* The metrics that the dataset has, the default one first: those of spans when the first source holds spans, else sample types;
 * in a dataset of both kinds the other kind's follow.  A dataset without spans, samples and sample types has those of spans.
 * Returns their number, at least 1; writes at most cap. */
uint32_t metric_list(const struct dataset *ds, struct metric_info *out, uint32_t cap);
bool     metric_find(const struct dataset *ds, struct str name, struct metric *out);    /* the first of that name in the list */
struct metric_info metric_describe(const struct dataset *ds, struct metric metric);
bool     metric_is_of_spans(struct metric metric);
bool     metric_equal(struct metric a, struct metric b);

/* A span metric's own weight of every span, all tracks; self times for busy.  O(n log n).
 * forest is the dataset's if the caller has it, else NULL. */
struct column *metric_weights(const struct dataset *ds, const struct forest *forest, struct metric metric);

#endif

/* SPDX-License-Identifier: MIT
 * What spans used up, as their attributes tell: tokens, cost, or any number.
 * Tokens and cost have names in several dialects; of a span's names for one thing the first in the table counts.  A span that repeats the
 * sum of its descendants, to within half a percent, uses nothing itself. */
#ifndef ANALYSIS_USAGE_H
#define ANALYSIS_USAGE_H

#include "analysis/attrs.h"
#include "analysis/metric.h"

/* Whether spans have attributes for tokens or cost. */
bool usage_is_there(const struct attr_keys *keys, enum metric_kind kind);

/* The attributes that usage_weights() reads for METRIC_TOKENS to METRIC_COST: writes at most cap, returns how many there are. */
uint32_t usage_keys(const struct attr_keys *keys, enum metric_kind kind, struct str *out, uint32_t cap);

/* The weight of every span for METRIC_TOKENS to METRIC_ATTRIBUTE; negative numbers and what is none count as 0.
 * NULL only when the job was stopped.  forest: the dataset's. */
struct column *usage_weights(const struct dataset *ds, const struct forest *forest, struct attrs *attrs, struct metric metric,
                             struct job *job);

#endif

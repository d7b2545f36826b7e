/* SPDX-License-Identifier: MIT
 * How many, how long and how bad over a list of traces: buckets of their starts, and of their durations.
 * Buckets are half-open ranges of whole nanoseconds that lie side by side: bucket i holds what is in [edge[i], edge[i + 1]). */
#ifndef ANALYSIS_TRACE_STATS_H
#define ANALYSIS_TRACE_STATS_H

#include "analysis/trace_list.h"

enum { PERCENTILE_50, PERCENTILE_90, PERCENTILE_99, PERCENTILES };

struct trace_bucket {
	uint32_t traces;                      /* that start here, or last as long */
	uint32_t failed;                      /* of them, those with errors */
	uint64_t spans, span_errors;          /* that start here; in buckets of durations those of its traces */
	int64_t  percentile_ns[PERCENTILES];  /* of the durations of its traces; -1 without any */
};

struct trace_buckets {
	int64_t             *edge;            /* count + 1, ascending */
	struct trace_bucket *bucket;
	uint32_t             count;
	struct trace_bucket  most;            /* the greatest of each number in a bucket */
};

struct trace_stats {
	struct trace_bucket  all;             /* what is in all of them together */
	struct trace_buckets time;            /* over starts, of equal width but for rounding; spans that start later are in the last */
	struct trace_buckets length;          /* over durations, from the shortest, each as much longer than the one before; below 1 us there is one */
};

/* Of the rows with these indices.  buckets of each kind: at least 1; there are fewer where they would be narrower than 1 ns. */
struct trace_stats *trace_stats_build(const struct trace_list *list, const struct dataset *ds, const uint32_t *rows, uint32_t count,
                                      uint32_t time_buckets, uint32_t length_buckets);
void                trace_stats_free(struct trace_stats *stats);    /* NULL is allowed */

#endif

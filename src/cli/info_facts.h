/* SPDX-License-Identifier: MIT
 * What is in the files, as `spanfire info` prints it. */
#ifndef CLI_INFO_FACTS_H
#define CLI_INFO_FACTS_H

#include "analysis/build.h"
#include "analysis/kept.h"
#include "analysis/selected.h"

enum { INFO_METRICS_MAX = 64 };

/* What --search finds in the merged graph, as `top` has it. */
struct info_found {
	struct str         pattern;
	uint32_t           frames, boxes;
	struct metric_info metric;
	double             weight, total;    /* of what is found, nested boxes once, and of the graph */
};

struct info_facts {
	const struct dataset *ds;
	const struct selected *selected;   /* what is counted; NULL: everything */
	const struct kept    *kept;        /* of that, */
	uint64_t             *left;        /* a bit for each track that has something of it; free() */
	struct str           *services;    /* sorted by bytes; free() */
	uint32_t              service_count;
	uint32_t              tracks, spans, samples, stacks, frames, errors;
	int64_t               start_ns, end_ns;
	bool                  timed;
	struct metric_info    metrics[INFO_METRICS_MAX];
	double                totals[INFO_METRICS_MAX];
	uint32_t              metric_count;
	const struct info_found *found;    /* NULL: nothing was searched for */
	const struct source  *source;      /* the first that could be read */
};

/* Counts what the selection has (NULL: everything) and is kept.  metric: the only one to be listed; NULL: all are. */
void        info_find_facts(struct info_facts *facts, struct build_cache *cache, const struct selected *selected, const struct kept *kept,
                            const struct metric *metric);

/* "trace" or "profile": what the first file is. */
const char *info_kind(const struct info_facts *facts);

/* Appends a JSON object. */
void        info_print_json(const struct info_facts *facts, struct buf *out);

#endif

/* SPDX-License-Identifier: MIT
 * The services of one trace. */
#include "config.h"

#include "analysis/trace_list.h"

#include <stdlib.h>

#include "util/alloc.h"

static int
by_service(const void *left, const void *right)
{
	const struct trace_part *a = left, *b = right;

	return a->service < b->service ? -1 : a->service > b->service;
}

static int
by_weight(const void *left, const void *right, void *context)
{
	const struct trace_part *a = left, *b = right;
	const struct dataset *ds = context;

	if (a->self_ns != b->self_ns)
		return a->self_ns > b->self_ns ? -1 : 1;
	return str_compare(dataset_str(ds, a->service), dataset_str(ds, b->service));
}

struct trace_parts
trace_parts_of(const struct dataset *ds, const struct forest *forest, track_id track)
{
	uint32_t from = forest->track_start[track], spans = forest->track_start[track + 1] - from;
	struct trace_parts parts = { .at = xcalloc(spans + 1, sizeof *parts.at) };

	for (uint32_t i = 0; i < spans; i++) {
		span_id span = forest->order[from + i];
		parts.at[i] = (struct trace_part){
			.service = ds->groups[ds->spans.group[span]].service,
			.spans = 1,
			.errors = ds->spans.status[span] == STATUS_ERROR,
			.self_ns = span_self_ns(forest, ds, span),
		};
		parts.self_ns += parts.at[i].self_ns;
	}
	qsort(parts.at, spans, sizeof *parts.at, by_service);
	for (uint32_t i = 0; i < spans; i++) {
		if (parts.count == 0 || parts.at[parts.count - 1].service != parts.at[i].service) {
			parts.at[parts.count++] = parts.at[i];
			continue;
		}
		parts.at[parts.count - 1].spans++;
		parts.at[parts.count - 1].errors += parts.at[i].errors;
		parts.at[parts.count - 1].self_ns += parts.at[i].self_ns;
	}
	qsort_r(parts.at, parts.count, sizeof *parts.at, by_weight, (void *)ds);
	return parts;
}

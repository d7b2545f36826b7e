/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/trace_list.h"

#include <stdlib.h>

#include "util/alloc.h"

static bool
is_better_root(const struct dataset *ds, span_id root, span_id than)
{
	if (than == ID_NONE)
		return true;
	/* Roots come by start: a later one is better only where the earlier one's parent is missing. */
	return ds->spans.parent_id[than] != 0 && ds->spans.parent_id[root] == 0;
}

/* last_seen: per service, one more than the last track it was met in. */
static struct trace_row
make_row(const struct dataset *ds, const struct forest *forest, track_id track, uint32_t *last_seen)
{
	struct trace_row row = {
		.track = track,
		.start_ns = ds->tracks[track].start_ns,
		.duration_ns = ds->tracks[track].end_ns - ds->tracks[track].start_ns,
		.root = ID_NONE,
		.spans = ds->tracks[track].span_count,
	};

	for (uint32_t i = forest->track_start[track]; i < forest->track_start[track + 1]; i++) {
		span_id span = forest->order[i];
		str_id service = ds->groups[ds->spans.group[span]].service;
		if (last_seen[service] != track + 1) {
			last_seen[service] = track + 1;
			row.services++;
		}
		if (forest->level[span] > row.depth)
			row.depth = forest->level[span];
		if (forest->level[span] == 1 && is_better_root(ds, span, row.root))
			row.root = span;
		row.errors += ds->spans.status[span] == STATUS_ERROR;
	}
	return row;
}

/* Of a track that is of samples. */
static struct trace_row
make_sample_row(const struct dataset *ds, track_id track, uint32_t depth)
{
	return (struct trace_row){
		.track = track,
		.start_ns = ds->tracks[track].start_ns,
		.duration_ns = ds->tracks[track].end_ns - ds->tracks[track].start_ns,
		.root = ID_NONE,
		.samples = ds->tracks[track].sample_count,
		.depth = depth,
	};
}

/* Per track how deep its deepest stack is; free(). */
static uint32_t *
sample_depths(const struct dataset *ds)
{
	uint32_t *of_track = xcalloc(ds->track_count + 1, sizeof *of_track);
	uint32_t *of_stack = xcalloc(ds->stacks.count + 1, sizeof *of_stack);

	for (stack_id s = 0; s < ds->stacks.count; s++)
		of_stack[s] = ds->stacks.parent[s] == ID_NONE ? 1 : of_stack[ds->stacks.parent[s]] + 1;
	for (sample_id i = 0; i < ds->samples.count; i++) {
		stack_id stack = samples_stack(&ds->samples, i);
		uint32_t *depth = &of_track[samples_track(&ds->samples, i)];
		if (stack != ID_NONE && of_stack[stack] > *depth)
			*depth = of_stack[stack];
	}
	free(of_stack);
	return of_track;
}

static int
by_start(const void *left, const void *right)
{
	const struct trace_row *a = left, *b = right;

	if (a->start_ns != b->start_ns)
		return a->start_ns < b->start_ns ? -1 : 1;
	return a->track < b->track ? -1 : a->track > b->track;
}

static struct trace_list *
build(const struct dataset *ds, const struct forest *forest, const uint32_t *sample_depth)
{
	struct trace_list *list = xcalloc(1, sizeof *list);
	uint32_t *last_seen = xcalloc(strtab_count(ds->strings), sizeof *last_seen);

	list->rows = xreallocarray(NULL, ds->track_count, sizeof *list->rows);
	for (track_id track = 0; track < ds->track_count; track++) {
		if (sample_depth ? track_is_of_spans(ds, track) : ds->tracks[track].span_count > 0)
			list->rows[list->count++] = make_row(ds, forest, track, last_seen);
		else if (sample_depth && ds->tracks[track].sample_count)
			list->rows[list->count++] = make_sample_row(ds, track, sample_depth[track]);
	}
	qsort(list->rows, list->count, sizeof *list->rows, by_start);
	free(last_seen);
	return list;
}

struct trace_list *
trace_list_build(const struct dataset *ds, const struct forest *forest)
{
	return build(ds, forest, NULL);
}

struct trace_list *
trace_list_build_all(const struct dataset *ds, const struct forest *forest)
{
	uint32_t *depths = sample_depths(ds);
	struct trace_list *list = build(ds, forest, depths);

	free(depths);
	return list;
}

void
trace_list_free(struct trace_list *list)
{
	if (!list)
		return;
	free(list->rows);
	free(list->tokens);
	free(list->cost);
	free(list);
}

double *
trace_list_sums(const struct trace_list *list, const struct dataset *ds, const struct column *column)
{
	double *of_track = xcalloc(ds->track_count + 1, sizeof *of_track);
	double *sums = xcalloc(list->count + 1, sizeof *sums);

	for (span_id span = 0; span < ds->spans.count; span++)
		if (column_has(column, span))
			of_track[ds->spans.track[span]] += column->number[span];
	for (uint32_t i = 0; i < list->count; i++)
		sums[i] = of_track[list->rows[i].track];
	free(of_track);
	return sums;
}

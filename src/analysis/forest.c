/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/forest.h"

#include <stdlib.h>

#include "util/alloc.h"

/* Up to here insertion beats qsort. */
enum { SMALL_RUN = 16 };

static int
by_start(const void *a, const void *b, void *context)
{
	const struct spans *spans = context;
	span_id x = *(const span_id *)a, y = *(const span_id *)b;

	if (spans->start_ns[x] != spans->start_ns[y])
		return spans->start_ns[x] < spans->start_ns[y] ? -1 : 1;
	if (spans->duration_ns[x] != spans->duration_ns[y])
		return spans->duration_ns[x] > spans->duration_ns[y] ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void
sort_siblings(const struct spans *spans, span_id *run, uint32_t len)
{
	uint32_t sorted = 1;

	while (sorted < len && by_start(&run[sorted - 1], &run[sorted], (void *)spans) < 0)
		sorted++;
	if (sorted >= len)
		return;
	if (len > SMALL_RUN) {
		qsort_r(run, len, sizeof *run, by_start, (void *)spans);
		return;
	}
	for (uint32_t i = sorted; i < len; i++) {
		span_id span = run[i];
		uint32_t hole = i;

		for (; hole > 0 && by_start(&run[hole - 1], &span, (void *)spans) > 0; hole--)
			run[hole] = run[hole - 1];
		run[hole] = span;
	}
}

/* Counting sort: items 0 .. count of which key says where each belongs, ID_NONE to nowhere.  Fills start[keys + 1] and item. */
static void
bucket(const uint32_t *key, uint32_t count, uint32_t keys, uint32_t *start, uint32_t *item)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i <= keys; i++)
		start[i] = 0;
	for (uint32_t i = 0; i < count; i++)
		if (key[i] != ID_NONE)
			start[key[i]]++;
	for (uint32_t i = 0; i <= keys; i++) {
		uint32_t len = start[i];

		start[i] = sum;
		sum += len;
	}
	for (uint32_t i = 0; i < count; i++)
		if (key[i] != ID_NONE)
			item[start[key[i]]++] = i;
	/* Each start has moved to its end, which is where the next one was. */
	for (uint32_t i = keys; i > 0; i--)
		start[i] = start[i - 1];
	start[0] = 0;
}

static void
fill_children(struct forest *forest, const struct spans *spans)
{
	bucket(spans->parent, forest->count, forest->count, forest->first_child, forest->child);
	for (span_id span = 0; span < forest->count; span++) {
		uint32_t begin = forest->first_child[span];

		sort_siblings(spans, &forest->child[begin], forest->first_child[span + 1] - begin);
	}
}

/* Depth-first from the roots of each track.  pending is a stack: a span's children go on it in reverse when it comes off. */
static void
fill_order(struct forest *forest, const struct spans *spans)
{
	uint32_t *root_track = xreallocarray(NULL, forest->count, sizeof *root_track);
	span_id *roots = xreallocarray(NULL, forest->count, sizeof *roots);
	uint32_t *root_start = xreallocarray(NULL, (size_t)forest->track_count + 1, sizeof *root_start);
	uint32_t done = 0;

	for (span_id span = 0; span < forest->count; span++)
		root_track[span] = spans->parent[span] == ID_NONE ? spans->track[span] : ID_NONE;
	bucket(root_track, forest->count, forest->track_count, root_start, roots);
	/* Room that is no longer needed: a stack never holds more than all spans. */
	span_id *pending = root_track;
	for (track_id track = 0; track < forest->track_count; track++) {
		uint32_t begin = root_start[track], end = root_start[track + 1], depth = 0;

		forest->track_start[track] = done;
		sort_siblings(spans, &roots[begin], end - begin);
		for (uint32_t i = end; i > begin; i--)
			pending[depth++] = roots[i - 1];
		while (depth > 0) {
			span_id span = pending[--depth], parent = spans->parent[span];

			forest->order[done++] = span;
			forest->level[span] = parent == ID_NONE ? 1 : forest->level[parent] + 1;
			for (uint32_t i = forest->first_child[span + 1]; i > forest->first_child[span]; i--)
				pending[depth++] = forest->child[i - 1];
		}
	}
	forest->track_start[forest->track_count] = done;
	CHECK(done == forest->count);
	free(root_track);
	free(roots);
	free(root_start);
}

struct forest *
forest_new(const struct dataset *ds)
{
	struct forest *forest = xcalloc(1, sizeof *forest);

	CHECK(ds->sealed);
	forest->count = ds->spans.count;
	forest->track_count = ds->track_count;
	forest->first_child = xreallocarray(NULL, (size_t)forest->count + 1, sizeof *forest->first_child);
	forest->child = xreallocarray(NULL, forest->count, sizeof *forest->child);
	forest->order = xreallocarray(NULL, forest->count, sizeof *forest->order);
	forest->track_start = xreallocarray(NULL, (size_t)forest->track_count + 1, sizeof *forest->track_start);
	forest->level = xreallocarray(NULL, forest->count, sizeof *forest->level);
	fill_children(forest, &ds->spans);
	fill_order(forest, &ds->spans);
	return forest;
}

void
forest_free(struct forest *forest)
{
	if (!forest)
		return;
	free(forest->first_child);
	free(forest->child);
	free(forest->order);
	free(forest->track_start);
	free(forest->level);
	free(forest);
}

int64_t
span_self_ns(const struct forest *forest, const struct dataset *ds, span_id span)
{
	const struct spans *spans = &ds->spans;
	int64_t end = span_end(ds, span), covered_to = spans->start_ns[span], self = spans->duration_ns[span];

	for (uint32_t i = forest->first_child[span]; i < forest->first_child[span + 1]; i++) {
		span_id child = forest->child[i];
		int64_t from = spans->start_ns[child], to = span_end(ds, child);

		if (from < covered_to)
			from = covered_to;
		if (to > end)
			to = end;
		if (to > from) {
			self -= to - from;
			covered_to = to;
		}
	}
	return self;
}

int64_t *
forest_self_ns(const struct forest *forest, const struct dataset *ds)
{
	int64_t *self = xreallocarray(NULL, forest->count, sizeof *self);

	for (span_id span = 0; span < forest->count; span++)
		self[span] = span_self_ns(forest, ds, span);
	return self;
}

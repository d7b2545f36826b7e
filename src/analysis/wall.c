/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/wall.h"

#include <stdlib.h>

#include "analysis/forest.h"
#include "util/alloc.h"
#include "util/keyed.h"

/* Active spans have their bit; all count their active children, also before they start and after they end. */
enum { ACTIVE = UINT32_C(1) << 31 };

struct sweep {
	const struct dataset *ds;
	double   *share;      /* per span: time shared with others */
	uint64_t *alone;      /* per span: time not shared, in ns; whole numbers modulo 2^64 */
	uint32_t *state;      /* per span: active children, and ACTIVE */
	uint32_t  leaves;     /* active spans without an active child */
	uint64_t  alone_at;   /* time with a single leaf up to now */
	double    shared_at;  /* one leaf's part of the time with several up to now */
	struct keyed *starts, *ends, *spare;    /* spans by the time since the start of their track */
	uint32_t  cap;        /* edges in each of the three */
};

static void
become_leaf(struct sweep *sweep, span_id span)
{
	sweep->leaves++;
	sweep->alone[span] -= sweep->alone_at;
	sweep->share[span] -= sweep->shared_at;
}

static void
cease_leaf(struct sweep *sweep, span_id span)
{
	sweep->leaves--;
	sweep->alone[span] += sweep->alone_at;
	sweep->share[span] += sweep->shared_at;
}

static void
start_span(struct sweep *sweep, span_id span)
{
	span_id parent = sweep->ds->spans.parent[span];

	if (sweep->state[span] == 0)
		become_leaf(sweep, span);
	sweep->state[span] |= ACTIVE;
	if (parent != ID_NONE && sweep->state[parent]++ == ACTIVE)
		cease_leaf(sweep, parent);
}

static void
end_span(struct sweep *sweep, span_id span)
{
	span_id parent = sweep->ds->spans.parent[span];

	sweep->state[span] &= ~(uint32_t)ACTIVE;
	if (sweep->state[span] == 0)
		cease_leaf(sweep, span);
	if (parent != ID_NONE && --sweep->state[parent] == ACTIVE)
		become_leaf(sweep, parent);
}

static void
pass_time(struct sweep *sweep, uint64_t ns)
{
	if (sweep->leaves == 1)
		sweep->alone_at += ns;
	else if (sweep->leaves > 1)
		sweep->shared_at += (double)ns / sweep->leaves;
}

static void
sweep_track(struct sweep *sweep, const span_id *spans, uint32_t span_count, const struct track *track)
{
	uint64_t now = 0;
	uint32_t count = 0;

	for (uint32_t i = 0; i < span_count; i++) {
		int64_t start = sweep->ds->spans.start_ns[spans[i]], end = span_end(sweep->ds, spans[i]);

		if (start == end)
			continue;
		sweep->starts[count] = (struct keyed){ time_since(start, track->start_ns), spans[i] };
		sweep->ends[count++] = (struct keyed){ time_since(end, track->start_ns), spans[i] };
	}
	keyed_sort(&sweep->starts, &sweep->spare, count);
	keyed_sort(&sweep->ends, &sweep->spare, count);
	sweep->alone_at = 0;
	sweep->shared_at = 0;
	/* What happens at one time happens in no time: the order does not matter, but for starts before ends of nothing. */
	for (uint32_t started = 0, ended = 0; ended < count;) {
		bool is_start = started < count && sweep->starts[started].key <= sweep->ends[ended].key;
		const struct keyed *edge = is_start ? &sweep->starts[started++] : &sweep->ends[ended++];

		pass_time(sweep, edge->key - now);
		now = edge->key;
		if (is_start)
			start_span(sweep, edge->value);
		else
			end_span(sweep, edge->value);
	}
	CHECK(sweep->leaves == 0);
}

void
wall_add(const struct dataset *ds, double *share)
{
	uint32_t count = ds->spans.count;
	struct sweep sweep = { .ds = ds, .share = share };
	uint32_t *place = xcalloc((size_t)ds->track_count + 1, sizeof *place);
	span_id *by_track = xreallocarray(NULL, count, sizeof *by_track);

	for (track_id track = 0; track < ds->track_count; track++) {
		uint32_t len = ds->tracks[track].span_count;

		place[track + 1] = place[track] + len;
		if (sweep.cap < len)
			sweep.cap = len;
	}
	for (span_id span = 0; span < count; span++)
		by_track[place[ds->spans.track[span]]++] = span;
	sweep.alone = xcalloc(count, sizeof *sweep.alone);
	sweep.state = xcalloc(count, sizeof *sweep.state);
	sweep.starts = xreallocarray(NULL, sweep.cap, sizeof *sweep.starts);
	sweep.ends = xreallocarray(NULL, sweep.cap, sizeof *sweep.ends);
	sweep.spare = xreallocarray(NULL, sweep.cap, sizeof *sweep.spare);
	for (track_id track = 0; track < ds->track_count; track++) {
		uint32_t len = ds->tracks[track].span_count;

		sweep_track(&sweep, &by_track[place[track] - len], len, &ds->tracks[track]);
	}
	for (span_id span = 0; span < count; span++)
		share[span] += (double)sweep.alone[span];
	free(place);
	free(by_track);
	free(sweep.alone);
	free(sweep.state);
	free(sweep.starts);
	free(sweep.ends);
	free(sweep.spare);
}

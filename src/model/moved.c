/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/moved.h"

#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"

static void
move_spans(struct spans *spans, const int64_t *delta_ns)
{
	for (span_id span = 0; span < spans->count; span++) {
		int64_t start, end;

		if (!__builtin_add_overflow(spans->start_ns[span], delta_ns[span], &start) &&
		    !__builtin_add_overflow(start, spans->duration_ns[span], &end))
			spans->start_ns[span] = start;
	}
}

static void
measure_tracks(struct dataset *ds)
{
	const struct spans *spans = &ds->spans;
	bool *seen = xcalloc(ds->track_count ? ds->track_count : 1, sizeof *seen);

	for (span_id span = 0; span < spans->count; span++) {
		struct track *track = &ds->tracks[spans->track[span]];
		int64_t start = spans->start_ns[span], end = start + spans->duration_ns[span];

		if (!seen[spans->track[span]] || start < track->start_ns)
			track->start_ns = start;
		if (!seen[spans->track[span]] || end > track->end_ns)
			track->end_ns = end;
		seen[spans->track[span]] = true;
	}
	free(seen);
}

struct dataset *
dataset_moved(const struct dataset *ds, const int64_t *delta_ns)
{
	struct dataset *moved = xmalloc(sizeof *moved);

	CHECK(ds->sealed);
	*moved = *ds;
	moved->base = ds;
	moved->spans.start_ns = xcalloc(ds->spans.count ? ds->spans.count : 1, sizeof *moved->spans.start_ns);
	moved->tracks = xcalloc(ds->track_count ? ds->track_count : 1, sizeof *moved->tracks);
	if (ds->spans.count)
		memcpy(moved->spans.start_ns, ds->spans.start_ns, ds->spans.count * sizeof *moved->spans.start_ns);
	if (ds->track_count)
		memcpy(moved->tracks, ds->tracks, ds->track_count * sizeof *moved->tracks);
	move_spans(&moved->spans, delta_ns);
	measure_tracks(moved);
	return moved;
}

/* SPDX-License-Identifier: MIT
 * The critical path: which span was being waited for at each instant of a track.
 *
 * The roots of a track hang under a virtual root over the track's extent.  From the end of a span backwards: of its children not yet
 * used the one that ended last, at or before the cursor, was awaited (ties: the longer one, then input order); the time between its end
 * and the cursor is the span's own, and the cursor moves to its start.  What no child covers is the span's own too.  Children are
 * clipped to the clipped parent; one that lies outside of it was not awaited, nor is a producer's consumer.  The virtual root's own time
 * belongs to no span.  Iterative; O(n log n). */
#ifndef ANALYSIS_CRITICAL_H
#define ANALYSIS_CRITICAL_H

#include "analysis/forest.h"
#include "util/bits.h"

/* A stretch of a span's own time on the path: the half-open [start_ns, end_ns), never empty. */
struct critical_piece {
	span_id span;
	int64_t start_ns, end_ns;
};

struct critical {
	int64_t               *own_ns;         /* per span of the dataset: the sum of its pieces */
	uint64_t              *on_path;        /* bit s % 64 of word s / 64: the span was awaited, with or without time of its own */
	struct critical_piece *pieces;         /* track after track, each track's from its end to its start */
	uint32_t               piece_count;
	uint32_t              *first;          /* one more than spans: the pieces of s are of_span[first[s] .. first[s + 1]), from start to end */
	uint32_t              *of_span;        /* indices into pieces */
	int64_t               *before_ns;      /* for each of of_span: time of its span on the path before it */
};

struct critical *critical_build(const struct forest *forest, const struct dataset *ds);
void             critical_free(struct critical *critical);    /* NULL is allowed */

/* How much of a span's own time on the path lies before a moment.  O(log pieces). */
int64_t          critical_until(const struct critical *critical, span_id span, int64_t at_ns);

static inline bool
critical_has(const struct critical *critical, span_id span)
{
	return bits_has(critical->on_path, span);
}

#endif

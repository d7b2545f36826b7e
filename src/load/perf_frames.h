/* SPDX-License-Identifier: MIT
 * Frames of the stack lines of `perf script`.  The same line comes again and again: what it stands for is kept in a small cache. */
#ifndef LOAD_PERF_FRAMES_H
#define LOAD_PERF_FRAMES_H

#include "load/sink.h"
#include "util/buf.h"

#define PERF_CACHE_SLOTS 1024u    /* a power of two */

/* Frames innermost first; empty for a line that names none.  Valid until the next call. */
struct perf_run {
	const frame_id *at;
	size_t          len;
};

struct perf_slot {
	struct str key;             /* key.at is NULL in a free slot */
	uint64_t   hash;
	uint32_t   first, count;    /* its frames in ids */
};

struct perf_frames {
	struct sink     *sink;
	struct perf_slot slots[PERF_CACHE_SLOTS];
	struct { VEC(frame_id); } ids;
	struct buf       name;      /* of an unknown symbol */
	struct str       address;   /* of the line that is asked for next */
};

/* Lives as long as the text whose lines it is given. */
struct perf_frames *perf_frames_new(struct sink *sink);
void                perf_frames_free(struct perf_frames *frames);

/* key: text that tells all about the line; the same key gives the same frames.  False: not known yet. */
bool                perf_frames_find(const struct perf_frames *frames, struct str key, struct perf_run *out);

/* An empty key is not remembered.  symbol: the line behind its address; source: the source line that belongs to it, or empty. */
struct perf_run     perf_frames_add(struct perf_frames *frames, struct str key, struct str symbol, struct str source);

#endif

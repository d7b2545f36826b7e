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
	struct str text;            /* of the line; text.at is NULL in a free slot */
	uint64_t   hash;
	uint32_t   first, count;    /* its frames in ids */
};

struct perf_frames {
	struct sink     *sink;
	struct perf_slot slots[PERF_CACHE_SLOTS];
	struct { VEC(frame_id); } ids;
	struct buf       name;      /* of an unknown symbol */
};

/* Lives as long as the text whose lines it is given. */
struct perf_frames *perf_frames_new(struct sink *sink);
void                perf_frames_free(struct perf_frames *frames);

/* text: a stack line behind its address, of which the first symbol_len bytes are the line itself; after a newline the source line
 * that belongs to it may follow.
 * False: not known yet. */
bool                perf_frames_find(const struct perf_frames *frames, struct str text, struct perf_run *out);
struct perf_run     perf_frames_add(struct perf_frames *frames, struct str text, size_t symbol_len);

#endif

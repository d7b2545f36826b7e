/* SPDX-License-Identifier: MIT
 * Pieces of an input read on several threads: cut one after another, read into a sink of the thread, merged in the order of cutting.
 * What comes out does not depend on the number of threads.  Threads start as pieces pile up, and few pieces are under way while little
 * has been read, so that small inputs take little memory. */
#ifndef LOAD_POOL_H
#define LOAD_POOL_H

#include "load/sink.h"

enum { POOL_THREADS_MAX = 64 };

/* A part of the input: whole records. */
struct piece {
	struct str text;
	uint64_t   offset;          /* of its first byte */
	bool       last;            /* no whole record follows */
};

struct pool_work {
	void  *context;
	/* The next piece; false: there is none.  In the calling thread. */
	bool (*cut)(void *context, struct piece *piece_out);
	/* In a worker, several at a time: context must not be written.  Gives what there is beside what was pushed, or NULL. */
	void *(*read)(const void *context, const struct piece *piece, struct sink *sink);
	/* In the calling thread, in the order of cutting.  Takes the batch and what read gave over. */
	void (*merge)(void *context, const struct piece *piece, struct sink *into, struct batch *batch, void *beside);
	bool   copies;              /* the text does not stay where it is: a copy is read */
};

void pool_run(const struct pool_work *work, unsigned threads, struct sink *into);

#endif

/* SPDX-License-Identifier: MIT
 * The elements of one large JSON array on several threads: a fast skip finds where they end, runs of whole elements are read apart
 * and merged in order.  Only for mapped input; everything else is left to the reader that walks the array itself. */
#ifndef LOAD_ELEMENTS_H
#define LOAD_ELEMENTS_H

#include "load/json_reader.h"

/* Whole elements with commas between them. */
struct run {
	struct str text;
	uint64_t   offset;    /* of its first byte */
	size_t     beyond;    /* bytes in sight behind it */
};

struct element_reader {
	/* Reads a run, in a worker.  Gives what there is beside what was pushed, or NULL. */
	void *(*read)(const void *context, const struct run *run, struct sink *sink);
	/* Takes both over: sink_merge() or sink_merge_open(). */
	void (*merge)(void *context, struct sink *into, struct batch *batch, void *beside);
};

/* The cursor stands in the array, where json_element() comes next, and does so afterwards: runs of elements up to one that is larger than a
 * piece, is not whole or not valid JSON, or is the last one, have been read then.  False: nothing could be read this way.
 * Between any two elements it may be asked again: *again_at, 0 at first, is where that is worth a look. */
bool elements_read(struct json_reader *base, const struct element_reader *reader, void *context, uint64_t *again_at);

/* For the reader of a run, whose json_reader is empty: read_one is called for each element, which is under the cursor at depth 1. */
void elements_walk(struct json_reader *reader, const struct run *run, struct sink *sink, reader_value_fn *read_one);

#endif

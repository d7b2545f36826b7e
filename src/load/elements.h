/* SPDX-License-Identifier: MIT
 * The elements of one large JSON array on several threads: a fast skip finds where they end, runs of whole elements are read apart
 * and merged in order.  Only for mapped input; everything else is left to the reader that walks the array itself. */
#ifndef LOAD_ELEMENTS_H
#define LOAD_ELEMENTS_H

#include "load/json.h"
#include "load/sink.h"

struct element_reader {
	/* Reads a run of whole elements with commas between them, whose first byte is at offset; in a worker.  Gives what there is beside
	 * what was pushed, or NULL. */
	void *(*read)(const void *context, struct str text, uint64_t offset, struct sink *sink);
	/* Takes both over: sink_merge() or sink_merge_open(). */
	void (*merge)(void *context, struct sink *into, struct batch *batch, void *beside);
};

/* json stands in the array, where json_element() comes next, and does so afterwards: runs of elements up to one that is larger than a
 * piece, is not whole or not valid JSON, or is the last one, have been read then.  False: nothing could be read this way. */
bool elements_read(struct json *json, const struct element_reader *reader, void *context, struct sink *sink);

/* For the reader of a run: afterwards json_element() gives its elements while elements_left() is true; they are at depth 1. */
void elements_begin(struct json *json);
bool elements_left(struct json *json);

#endif

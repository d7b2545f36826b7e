/* SPDX-License-Identifier: MIT
 * Input of lines or blocks on several threads: cut between them, each piece read into a sink of its own, merged in input order.
 * What comes out is the same however many threads there are and wherever the cuts fall. */
#ifndef LOAD_PARALLEL_H
#define LOAD_PARALLEL_H

#include "load/format.h"

struct parallel_options {
	unsigned threads;    /* 1: all in this one */
	size_t   piece;      /* bytes of a piece, about; 0: to suit the input */
};

/* Reads the input to its end with format->read_lines or read_blocks; until the job is stopped. */
void parallel_read(struct input *in, const struct load_format *format, const struct parallel_options *options, struct sink *sink);

#endif

/* SPDX-License-Identifier: MIT
 * What another program writes to its standard output, as a stream.  The program is found through PATH and run without a shell; its
 * standard input is empty; it is ended when the stream is closed or the job stops. */
#ifndef LOAD_PROGRAM_H
#define LOAD_PROGRAM_H

#include "load/stream.h"

struct program {
	const char *const *argv;     /* ends with NULL */
	int                keep_fd;  /* a descriptor that it inherits under the same number; -1: none */
	const char        *absent;   /* what to say when it is not installed */
};

/* NULL with err when it cannot be started.  When it ends badly that is the stream's problem, told by its own last line. */
struct stream *stream_program(const struct program *program, struct stream_state *state, struct error *err);

#endif

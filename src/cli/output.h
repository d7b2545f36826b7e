/* SPDX-License-Identifier: MIT
 * Results on standard output.
 * A command adds to `text` and calls output_flush() now and then; output_end() says whether all of it got out.
 * In what people read, and in anything on a terminal, control characters and the like are shown instead of sent: whatever a file says,
 * its bytes do not reach a terminal raw. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "util/buf.h"
#include "util/error.h"

enum output_kind { OUTPUT_TEXT, OUTPUT_DATA };    /* for people, for programs */

struct output {
	struct buf text;
	bool       terminal;    /* standard output is one */
	bool       safe;        /* lines are made fit for a terminal */
	int        cols;        /* of the terminal; 0 when it is none */
	bool       failed;      /* nothing more will get out */
};

void output_begin(struct output *out, enum output_kind kind);

/* Sends what there is once it is much; whole lines only. */
void output_flush(struct output *out);

/* The exit status: 0, or ERROR_SYSTEM after a message.  A reader that has gone away is no reason for one. */
int  output_end(struct output *out);

#endif

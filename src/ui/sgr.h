/* SPDX-License-Identifier: MIT
 * Fewer bytes for the same picture: curses sets both colours and all attributes again at each change of style; what the terminal
 * already has is left out here, and what is set before anything is drawn with it becomes one sequence.
 * Works on whole outputs of ANSI terminals: no sequence may be cut between two calls. */
#ifndef UI_SGR_H
#define UI_SGR_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"

enum { SGR_COLOR_BYTES = 24 };

struct sgr_state {
	char     fg[SGR_COLOR_BYTES], bg[SGR_COLOR_BYTES];    /* parameters; "39" and "49": the defaults */
	uint16_t attrs;                                       /* a bit for each attribute 1 to 9 */
	char     charset;                                     /* of ESC ( */
};

struct sgr {
	bool             known;     /* whether `has` is what the terminal has */
	struct sgr_state has, wants;
};

void sgr_init(struct sgr *sgr);

/* The terminal's style is not known any more: something else has written to it. */
void sgr_forget(struct sgr *sgr);

/* Appends what to send instead of bytes.  What they set last without drawing is remembered, not sent. */
void sgr_filter(struct sgr *sgr, struct str bytes, struct buf *out);

#endif

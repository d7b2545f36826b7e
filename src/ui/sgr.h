/* SPDX-License-Identifier: MIT
 * Fewer bytes for the same picture: curses sets both colours and all attributes again at each change of style; what the terminal
 * already has is left out here, what is set before anything is drawn with it becomes one sequence, and two colours are shown in
 * reverse where that means to change only one of them.  Rows are scrolled with what every terminal knows.
 * Works on whole outputs for ANSI terminals: no sequence may be cut between two calls. */
#ifndef UI_SGR_H
#define UI_SGR_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"

enum { SGR_COLOR_BYTES = 23 };

/* Parameters as they are sent, such as 38;5;80; "39" and "49" are the defaults. */
struct sgr_color {
	uint8_t len;
	char    text[SGR_COLOR_BYTES];
};

struct sgr_state {
	struct sgr_color fg, bg;
	uint16_t         attrs;      /* a bit for each attribute 1 to 9 */
	char             charset;    /* of ESC ( */
};

enum { SGR_GUESSES = 3 };

/* Something that is drawn, in a style. */
struct sgr_step {
	struct sgr_state wants;
	uint8_t          drawn;      /* text, spaces, erased cells */
	bool             anew;       /* the terminal's style is not known before */
	bool             selects;    /* nor its charset, or it is another */
	uint8_t          from[SGR_GUESSES], way[SGR_GUESSES], chosen;
};

struct sgr {
	bool             known;     /* whether `has` is what the terminal has */
	struct sgr_state has, wants;
	bool             by_column; /* ESC [ n G moves in a row, the last column is no step to the next row, a line feed is one step down:
	                             * moves are sent so */
	int              row;       /* of the cursor, from 1; 0: not known */
	struct { VEC(struct sgr_step); } steps;    /* of one output */
};

void sgr_init(struct sgr *sgr);
void sgr_fini(struct sgr *sgr);

/* The terminal's style and cursor are not known any more: something else has written to it. */
void sgr_forget(struct sgr *sgr);

/* Appends what to send instead of bytes. What they set last without drawing is remembered, not sent. */
void sgr_filter(struct sgr *sgr, struct str bytes, struct buf *out);

/* Applies the parameters of one sequence.  False when there is one that is not understood: state is then of no use. */
bool sgr_apply(struct sgr_state *state, struct str params);

#endif

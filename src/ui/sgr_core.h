/* SPDX-License-Identifier: MIT
 * What the filter of styles is made of: tokens of an output become steps, each step has two ways to its style, and the shortest sequence
 * of ways is sent. */
#ifndef UI_SGR_CORE_H
#define UI_SGR_CORE_H

#include "ui/sgr.h"

enum { SGR_CHANGE_BYTES = 128 };

/* What follows on a change of style. */
enum drawn { DRAWN_TEXT, DRAWN_SPACES, DRAWN_ERASED, DRAWN_NOTHING };

/* The parameters of a sequence. */
struct sgr_change {
	size_t len;
	char   text[SGR_CHANGE_BYTES];
};

extern const struct sgr_state sgr_plain;    /* of a terminal after a reset */

bool sgr_same_color(const struct sgr_color *a, const struct sgr_color *b);

/* Takes one of the ways of making the terminal ready for a step, 0 or 1; false when there is no such way.
 * The second one for text is in reverse; for spaces, out of it. */
bool sgr_take_way(struct sgr_state *has, const struct sgr_step *step, int way, struct sgr_change *change);

/* Decides on a way for each step: the shortest sequence of them, as far as a few guesses kept at each step can tell. */
void sgr_choose_ways(struct sgr *sgr);

#endif

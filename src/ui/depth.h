/* SPDX-License-Identifier: MIT
 * How many colours the terminal gets, and under which name its description is looked up for that. */
#ifndef UI_DEPTH_H
#define UI_DEPTH_H

#include <stdbool.h>

#include "ui/paint.h"

enum { DEPTH_NAME_BYTES = 128 };

struct depth_facts {
	const char *term;         /* TERM */
	const char *colorterm;    /* COLORTERM, or NULL */
	const char *no_color;     /* NO_COLOR, or NULL */
	int         wanted;       /* enum color_depth that the user asked for, or -1 */
	/* Colours of a terminal description; 0: none; -1: it is not installed.  1 << 24: colours are RGB values. */
	int       (*colors)(void *self, const char *name);
	void       *self;
};

struct depth_choice {
	enum color_depth depth;
	char             name[DEPTH_NAME_BYTES];    /* of an installed description; "" when TERM's is not and no other will do */
};

struct depth_choice depth_choose(const struct depth_facts *facts);

#endif

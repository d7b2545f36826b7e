/* SPDX-License-Identifier: MIT
 * Which of several words was meant by one that is none of them. */
#ifndef UTIL_NEAR_H
#define UTIL_NEAR_H

#include "util/str.h"

/* How many letters have to be put in, left out, changed or swapped with the next to make one of the other, in any case of a to z; more
 * than `most`, or for words of more than 64 bytes: most + 1. */
unsigned near_distance(struct str a, struct str b, unsigned most);

/* The nearest word so far.  Begin with the word that was written and nothing else. */
struct near {
	struct str written;
	struct str found;       /* at NULL: nothing is near; borrowed */
	unsigned   distance;    /* of it */
};

/* One more that may have been meant; of equally near ones the first stays. */
void near_try(struct near *near, struct str word);

#endif

/* SPDX-License-Identifier: MIT
 * Which box stands above which, by where they lie: levels come from the bottom up, the boxes of a level from left to right.
 * A box's offset is told from the end of the box before it; programs that have counted it from the start of the level and written that
 * are found out by boxes that lie above none. */
#ifndef LOAD_FLAMEBEARER_PLACE_H
#define LOAD_FLAMEBEARER_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "util/vec.h"

/* Where a box lies in its level, both sides added up. */
struct extent { double begin, end; };

/* One way to read the offsets. */
struct placing {
	bool     absolute;
	bool     given_up;                          /* it does not fit: no longer followed */
	uint64_t outside;                           /* boxes that lie above none of the level before */
	double   ends[2];                           /* of the last box of this level, by side */
	size_t   at;                                /* the box of the level before that was last a parent */
	uint32_t above_first;                       /* the first box of the level before */
	struct { VEC(struct extent); } above, level;
	struct { VEC(uint32_t); } parents;          /* of all boxes so far; ID_NONE: none */
};

struct placings { struct placing relative, absolute; };

/* Zeroed: before the first level. */
void placings_init(struct placings *placings);
void placings_fini(struct placings *placings);

/* The next box of the level: offset and width by side. */
void placings_box(struct placings *placings, const double *offset, const double *width, unsigned sides);
void placings_end_level(struct placings *placings);

/* The way that fits. */
const struct placing *placings_best(const struct placings *placings);

#endif

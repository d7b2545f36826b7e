/* SPDX-License-Identifier: MIT
 * The boxes of an aggregated flame graph, each call path once with its total, as servers send them to be drawn.
 * They become samples: of each box, what its total has beyond those of its children.
 *
 * The total decides.  A box that is narrower than its children is widened; where a box's own value, as the file tells it, is not what
 * its total leaves, the file's own values become a further sample type "self", so that nothing is lost. */
#ifndef LOAD_BOXES_H
#define LOAD_BOXES_H

#include "load/profiles.h"
#include "util/numbers.h"
#include "util/vec.h"

/* Zeroed but for sides: no boxes. */
struct boxes {
	unsigned sides;                              /* values of a box: 1, or 2 for before and after */
	bool     cut;                                /* not all of them are there, so that nothing need add up */
	bool     headed;                             /* box 0 is no frame: it stands for everything */
	struct { VEC(uint32_t); } parent;            /* of a lower number; ID_NONE: none */
	struct { VEC(uint32_t); } name;              /* index into the frames given in the end */
	struct numbers total, own;                   /* NAN: not told */
	uint64_t widened, differing;                 /* boxes */
};

/* total, own: one for each side. */
uint32_t boxes_add(struct boxes *boxes, uint32_t parent, uint32_t name, const double *total, const double *own);

/* Where they go, and what they measure.  ns_per_unit: unless 0, a further sample type "time" in nanoseconds. */
struct boxes_target {
	struct profiles *profiles;
	struct str       track, type, unit;
	const frame_id  *frames;
	double           ns_per_unit;
	uint64_t         at;             /* offset of the graph, for notes */
};

/* Makes totals agree, pushes the samples and notes what was repaired.  The boxes are used up. */
void boxes_push(struct boxes *boxes, const struct boxes_target *target);
void boxes_fini(struct boxes *boxes);

#endif

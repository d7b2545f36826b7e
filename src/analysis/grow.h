/* SPDX-License-Identifier: MIT
 * A timed tree of samples, made from left to right: one stack after the other, and from when to when it ran.
 * Stacks that follow each other without a gap share boxes as far down as their frames agree. */
#ifndef ANALYSIS_GROW_H
#define ANALYSIS_GROW_H

#include "model/tree.h"

struct grow {
	struct tree *tree;
	node_id     *open;     /* the boxes of the last stack, by level from 1 */
	uint32_t     depth, cap;
	double       end;      /* of the last stack */
};

void         grow_init(struct grow *grow);

/* The stack's frames from its root.  Times are ns since the selection's start, from not before the end of the stack before, whole numbers.
 * items: the samples that this is the first, or only, time of.  Without frames it is a gap. */
void         grow_stack(struct grow *grow, const frame_id *path, uint32_t depth, double from, double to, uint32_t items);

/* The tree; width: of its axis, at least as far as the last stack goes.  Nothing is left to free. */
struct tree *grow_finish(struct grow *grow, double width);

#endif

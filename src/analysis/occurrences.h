/* SPDX-License-Identifier: MIT
 * Where each frame occurs in a tree, with running sums, so that the table of a part of the tree is as quick to make as it is long, and the
 * nodes that a search finds need no look at the others.
 * Sums of a part are differences of running ones: exact for whole numbers, and zero when all are. */
#ifndef ANALYSIS_OCCURRENCES_H
#define ANALYSIS_OCCURRENCES_H

#include "model/tree.h"

struct occurrences {
	const struct tree *tree;
	uint32_t  frame_count;    /* of the dataset */
	uint32_t *start;          /* frame_count + 1 offsets: those of frame f are [start[f], start[f + 1]) in the arrays that follow */
	node_id  *node;           /* in pre-order */
	/* Per occurrence the sums of its frame up to and with it; NULL without sums. */
	double   *self;
	double   *total;          /* of those without one of their frame above */
	uint32_t *items;          /* modulo 2^32 */
	node_id  *heaviest;       /* per frame: the first of those with the greatest total; NODE_NONE: it does not occur */
};

/* Borrows the tree.  O(nodes).  Without sums it is a fifth of the size, and what follows takes a look at the frame's nodes in the subtree. */
struct occurrences *occurrences_new(const struct tree *tree, const struct dataset *ds, bool sums);
void                occurrences_free(struct occurrences *occurrences);    /* NULL is allowed */

/* What a frame comes to inside a subtree. */
struct occurrence_sum {
	uint32_t nodes, items;
	double   self, total;    /* total: of the outermost ones inside */
};

/* above: whether the frame occurs above the subtree's root.  O(log occurrences), and with it O(outermost ones * log). */
struct occurrence_sum occurrences_within(const struct occurrences *occurrences, frame_id frame, node_id within, bool above);

/* The same when it is not known what is above: with a walk up. */
struct occurrence_sum occurrences_sum(const struct occurrences *occurrences, frame_id frame, node_id within);

/* The first of those inside the subtree with the greatest total; NODE_NONE: there is none.  O(1) where it is that of all, else O(occurrences). */
node_id  occurrences_heaviest(const struct occurrences *occurrences, frame_id frame, node_id within);

static inline uint32_t
occurrences_of(const struct occurrences *occurrences, frame_id frame)
{
	return occurrences->start[frame + 1] - occurrences->start[frame];
}

#endif

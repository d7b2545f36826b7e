/* SPDX-License-Identifier: MIT
 * Where each frame occurs in a tree, with running sums, so that the table of a part of the tree is as quick to make as it is long, and the
 * nodes that a search finds need no look at the others.  In place of frames nodes can be told apart by anything that has frames' numbers.
 * An occurrence lies in another one when that is the nearest above it of the same frame; those that lie in none are the outermost ones.
 * Where boxes may overlap one counts with what of it is outside of the one that it lies in: a late span is not lost in an early one.
 * Sums of a part are differences of running ones: exact for whole numbers, and zero when all are. */
#ifndef ANALYSIS_OCCURRENCES_H
#define ANALYSIS_OCCURRENCES_H

#include "model/tree.h"

/* What a frame comes to inside a subtree. */
struct occurrence_sum {
	uint32_t nodes, items;
	double   self, total;    /* total: of the outermost ones inside, and what of others is outside of them */
};

struct occurrences {
	const struct tree *tree;
	uint32_t  frame_count;    /* of the dataset */
	uint32_t *start;          /* frame_count + 1 offsets: those of frame f are [start[f], start[f + 1]) in the arrays that follow */
	node_id  *node;           /* in pre-order */
	/* Per occurrence the sums of its frame up to and with it; NULL without sums. */
	double   *self;
	uint32_t *items;          /* modulo 2^32 */
	double   *total;          /* of those that lie in the same one as it does, less what is late of them */
	double   *late;           /* of what is outside of the one that it lies in; NULL where boxes do not overlap */
	uint32_t *outer;          /* the one that it lies in, as a place in these arrays; ID_NONE: none */
	struct occurrence_sum *all;    /* per frame: of the whole tree; NULL likewise */
	node_id  *heaviest;       /* per frame: the first of those with the greatest total; NODE_NONE: it does not occur */
};

/* Borrows the tree.  O(nodes).  Without sums it is a seventh of the size, and what follows takes a look at the frame's nodes in the subtree. */
struct occurrences *occurrences_new(const struct tree *tree, const struct dataset *ds, bool sums);
/* Of what nodes stand for, one number below frame_count for each but `all`, which is only read here. */
struct occurrences *occurrences_new_of(const struct tree *tree, const frame_id *of_node, uint32_t frame_count, bool sums);
void                occurrences_free(struct occurrences *occurrences);    /* NULL is allowed */

/* O(log occurrences + how many lie in each other); of the whole tree O(1). */
struct occurrence_sum occurrences_sum(const struct occurrences *occurrences, frame_id frame, node_id within);

/* The first of those inside the subtree with the greatest total; NODE_NONE: there is none.  O(1) where it is that of all, else O(occurrences). */
node_id  occurrences_heaviest(const struct occurrences *occurrences, frame_id frame, node_id within);

static inline uint32_t
occurrences_of(const struct occurrences *occurrences, frame_id frame)
{
	return occurrences->start[frame + 1] - occurrences->start[frame];
}

#endif

/* SPDX-License-Identifier: MIT
 * Where a frame stands in a tree, and what all of its nodes come to: one row of the table without the others. */
#ifndef ANALYSIS_OCCURRENCES_H
#define ANALYSIS_OCCURRENCES_H

#include "model/tree.h"

/* The nodes of each frame, in pre-order. */
struct occurrences {
	node_id  *nodes;
	uint32_t *first;    /* per frame its first among nodes, and one more: where the last one's end */
};

/* O(nodes + frames).  Node 0 is of no frame. */
struct occurrences *occurrences_build(const struct tree *tree, uint32_t frame_count);
void                occurrences_free(struct occurrences *occurrences);    /* NULL is allowed */

/* As in the table of the subtree: self adds up, total counts only the outermost. */
struct occurrence_sum {
	double   self, total;    /* in the tree's unit */
	uint32_t nodes;
};

/* O(nodes of the frame). */
struct occurrence_sum occurrences_sum(const struct occurrences *occurrences, const struct tree *tree, frame_id frame, node_id within);

#endif

/* SPDX-License-Identifier: MIT
 * Trees seen from the other end: bottom-up, and the two halves of a sandwich.  All are merged trees of the given one's weights.
 * job, NULL or not: where it is asked to stop what is returned is incomplete. */
#ifndef ANALYSIS_INVERT_H
#define ANALYSIS_INVERT_H

#include "analysis/build.h"
#include "analysis/filter.h"
#include "model/tree.h"

/* Bottom-up: under `all` every frame with its own weight, under it its callers, and so on to the roots.
 * The sum of all self weights is the same; a node's self is the weight of the stacks that end there, seen from the leaf: at their root.
 * Items are those of the frames right under `all`, whose own weight is their total. */
struct tree *tree_invert(const struct tree *tree, const struct dataset *ds, enum tree_order order, const uint32_t *rank, struct job *job);

/* A sandwich of the frames of a set.  Occurrences count when no frame above them is of the set: their totals are recursion-safe.
 * callees: under `all` the frames of the set, each with the merged subtrees of its occurrences.
 * callers: under `all` the same frames, each with the merged paths from its occurrences up to the roots, with the same weights.
 * `all` of both has the set's total.  Timed trees: pass the merged tree instead. */
struct sandwich {
	struct tree *callees, *callers;
	uint32_t     occurrences;
};

struct sandwich sandwich_build(const struct tree *tree, const struct dataset *ds, const frame_word *set, enum tree_order order,
                               const uint32_t *rank, struct job *job);
void            sandwich_fini(struct sandwich *sandwich);

#endif

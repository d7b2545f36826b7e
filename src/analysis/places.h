/* SPDX-License-Identifier: MIT
 * Which spans the nodes of a recipe's merged tree stand for, and which node stands for a span; of samples which stacks. */
#ifndef ANALYSIS_PLACES_H
#define ANALYSIS_PLACES_H

#include "analysis/recipe.h"

struct places;

/* Of the tree that the recipe gives, or of the sandwich of a set of functions made from it.  functions: one bit per frame, copied; NULL:
 * no sandwich.  NULL only when the job was stopped.  Costs what the tree costs. */
struct places *places_build(struct build_cache *cache, const struct recipe *recipe, const struct strtab *patterns,
                            const frame_word *functions, struct job *job);
void           places_free(struct places *places);    /* NULL is allowed */

/* What one looks for: a node of the shown tree, which is inverted as the recipe says, or has halves. */
struct place_of {
	const struct tree *tree;
	node_id            node;
	bool               is_caller;     /* it stands above the functions of a sandwich */
};

struct place_list { VEC(uint32_t); };

/* Appends the spans (or stacks) whose own node this is, in input order.  In a tree from the other end those of the function at its
 * root that are called through the path to the node; above the functions of a sandwich those of the caller itself. */
void           places_list(const struct places *places, const struct place_of *of, struct place_list *out);

/* The node of a span (or stack) in a tree that is neither inverted nor a sandwich; NODE_NONE when it is left out. */
node_id        places_find(const struct places *places, uint32_t item);

#endif

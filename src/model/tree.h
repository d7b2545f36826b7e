/* SPDX-License-Identifier: MIT
 * What is looked at: nodes in depth-first pre-order (a nested set), as arrays.
 *
 * Node 0 is the synthetic `all`: level 0, frame ID_NONE, absent from tables, counts and exports.
 * The subtree of n is the half-open range [n, end[n]); its children are n+1, end[n+1], ... while below end[n].
 * In a merged tree a node's axis interval is [x0, x0 + total) in the metric's unit, siblings lie side by side from their parent's x0
 * and self comes after them.  In a time-ordered tree it is [x0, x0 + total) in ns since the selection's start, where total is the
 * span's duration, siblings may overlap, and a child may reach outside its parent.
 * In one of samples they do neither: what a node's children and its self last adds up to its total.
 * A tree is immutable once built. */
#ifndef MODEL_TREE_H
#define MODEL_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/dataset.h"

typedef uint32_t node_id;
#define NODE_NONE ID_NONE
#define NODE_ALL  ((node_id)0)

struct tree {
	uint32_t  count, cap;    /* nodes, `all` included: at least 1 */
	uint32_t  depth;         /* greatest level */
	bool      timed;         /* time-ordered rather than merged */
	bool      sampled;       /* timed, and of samples */
	bool      halves;        /* of a sandwich (analysis/halves.h) */
	bool      inverted;      /* bottom-up (analysis/invert.h): see tree_own() */
	frame_id *frame;         /* of a group of frames: the first that came */
	uint32_t *level;
	node_id  *parent;        /* NODE_NONE for `all` */
	node_id  *end;           /* one past the subtree */
	double   *total, *self;  /* in the metric's unit; timed: total is the duration in ns, self the self time */
	double   *x0;            /* left edge */
	uint32_t *items;         /* spans or sample records whose own node this is */
	span_id  *span;          /* the first such span; ID_NONE for samples.  NULL in trees of samples */
	node_id  *place;         /* of each span, or stack in trees of samples, the node it is counted in, NODE_NONE: none.  NULL unless asked for */
	double    width;         /* extent of the whole axis: total[0], or the timed selection's duration */
};

/* Holds node 0.  cap: nodes to make room for at first, 0: a few. */
struct tree *tree_new(uint32_t cap, bool with_spans);
void         tree_free(struct tree *tree);    /* NULL is allowed */

/* Appends a node in pre-order: level is at least 1 and at most one more than the last node's.
 * Sets frame, level and parent, zeroes the rest; `end` is right only after tree_finish(). */
node_id      tree_add(struct tree *tree, frame_id frame, uint32_t level);

/* Sets end and depth, and for merged trees x0 and width, from levels and totals. */
void         tree_finish(struct tree *tree);

static inline node_id
tree_first_child(const struct tree *tree, node_id node)
{
	return node + 1 < tree->end[node] ? node + 1 : NODE_NONE;
}

static inline node_id
tree_next_sibling(const struct tree *tree, node_id node)
{
	node_id parent = tree->parent[node];

	return parent != NODE_NONE && tree->end[node] < tree->end[parent] ? tree->end[node] : NODE_NONE;
}

/* The child with this frame; NODE_NONE: there is none. */
static inline node_id
tree_child_of_frame(const struct tree *tree, node_id node, frame_id frame)
{
	node_id child = tree_first_child(tree, node);

	while (child != NODE_NONE && tree->frame[child] != frame)
		child = tree_next_sibling(tree, child);
	return child;
}

/* Asks memory for what is known of a node: in a large tree that lies far apart, and many questions are answered in little more time than one. */
static inline void
tree_prefetch(const struct tree *tree, node_id node)
{
	__builtin_prefetch(&tree->frame[node]);
	__builtin_prefetch(&tree->level[node]);
	__builtin_prefetch(&tree->end[node]);
	__builtin_prefetch(&tree->total[node]);
	__builtin_prefetch(&tree->self[node]);
	__builtin_prefetch(&tree->items[node]);
}

/* Whether boxes may overlap, so that they must be packed into rows. */
static inline bool
tree_is_packed(const struct tree *tree)
{
	return tree->timed && !tree->sampled;
}

/* What the frame of a node weighs there itself.  Bottom-up, self is what of the tree ends at a node, at the outermost caller, while a
 * frame's own weight is all that stands right under `all`; callers have none. */
static inline double
tree_own(const struct tree *tree, node_id node)
{
	if (!tree->inverted || node == NODE_ALL)
		return tree->self[node];
	return tree->level[node] == 1 ? tree->total[node] : 0;
}

static inline bool
tree_is_inside(const struct tree *tree, node_id node, node_id ancestor)
{
	return node >= ancestor && node < tree->end[ancestor];
}

#endif

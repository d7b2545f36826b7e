/* SPDX-License-Identifier: MIT
 * A tree as an indented list: which nodes are folded, and what can be seen because of that.
 * What the user folds and unfolds is kept as a list of steps, each a small number that a view state can hold: going back is another
 * number.  The list of visible nodes is made from it when it is asked for; a step that follows the last one only changes its part. */
#ifndef UI_FOLDING_H
#define UI_FOLDING_H

#include "model/tree.h"
#include "util/vec.h"

enum fold_kind {
	FOLD_USUAL,     /* open is what holds at least a fifth of the whole; in time order everything but rows of similar siblings */
	FOLD_ALL,       /* everything is open */
	FOLD_LEVEL,     /* open are so many levels below the first row */
	FOLD_TOGGLE,    /* one node the other way round than before */
	FOLD_SIMILAR,   /* likewise the row of similar siblings that begins with this node; lists without such rows pass it over */
};

struct fold {
	uint32_t       before;    /* the step before; steps count from 1, 0 is FOLD_USUAL with nothing turned */
	enum fold_kind kind;
	uint32_t       what;      /* node or levels */
};

/* All steps ever taken.  A zeroed struct has none. */
struct folds { VEC(struct fold); };

uint32_t folds_add(struct folds *folds, uint32_t before, enum fold_kind kind, uint32_t what);

/* What can be seen of a tree below a node. */
struct folding {
	const struct tree *tree;
	node_id            root;       /* the first row; always open */
	uint32_t           step;
	enum fold_kind     base;       /* the last step that was no toggle */
	uint32_t           levels;     /* of FOLD_LEVEL */
	uint64_t          *turned;     /* per node: toggled since */
	uint64_t          *similar;    /* per node: FOLD_SIMILAR since */
	struct { VEC(node_id); } rows; /* in pre-order */
};

void     folding_init(struct folding *folding, const struct tree *tree);    /* borrows the tree */
void     folding_fini(struct folding *folding);                            /* also of a zeroed struct */

/* Makes it that of a step.  O(what is visible), less for a toggle right after. */
void     folding_show(struct folding *folding, const struct folds *folds, uint32_t step, node_id root);

bool     folding_is_open(const struct folding *folding, node_id node);     /* of a node with children */
bool     folding_is_turned(const struct folding *folding, node_id node);

bool     folding_shows_similar(const struct folding *folding, node_id node);   /* whether similar siblings from this one on have rows of their own */
bool     folding_is_similar_turned(const struct folding *folding, node_id node);

/* The row of a node, or of the nearest one above it that can be seen. */
uint32_t folding_row(const struct folding *folding, node_id node);

#endif

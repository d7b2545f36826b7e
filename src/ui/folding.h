/* SPDX-License-Identifier: MIT
 * A tree as an indented list: which nodes are folded, and what can be seen because of that.
 * What the user folds and unfolds is kept as a list of steps, each a small number that a view state can hold: going back is another
 * number.  Which nodes can be seen is made from it when it is asked for, in stretches of a word at a time; a step that follows the last
 * one only changes its part. */
#ifndef UI_FOLDING_H
#define UI_FOLDING_H

#include "model/tree.h"
#include "util/ranked.h"
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

/* What is open of a tree below a node, and the list of that. */
struct folding {
	const struct tree *tree;
	node_id            root;       /* the first row; always open */
	uint32_t           step;
	enum fold_kind     base;       /* the last step that was no toggle */
	uint32_t           levels;     /* of FOLD_LEVEL */
	uint64_t          *turned;     /* per node: toggled since */
	uint64_t          *similar;    /* per node: FOLD_SIMILAR since */
	uint32_t           turned_count, similar_count;    /* how many are in these */
	uint32_t           before;     /* where the present step is one turn of a node after another one: that one, */
	node_id            latest;     /* and the node; else NODE_NONE */
	struct ranked      listed;     /* nodes with a row */
	uint32_t           count;      /* rows, at least 1 once they are listed */
	node_id            listed_root;
	uint32_t           listed_step;
	uint64_t           steps;      /* stretches of nodes that were listed so far, for tests */
};

void     folding_init(struct folding *folding, const struct tree *tree);    /* borrows the tree */
void     folding_fini(struct folding *folding);                            /* also of a zeroed struct */

/* Makes it that of a step; rows are listed on request.  O(nodes / 64), right after the step before it O(1). */
void     folding_show(struct folding *folding, const struct folds *folds, uint32_t step, node_id root);

/* Lists its rows, for folding_at(), folding_row() and count.  O(nodes / 64 + those visible ones that are closed); for a toggle right
 * after what was listed, of its part alone.  Where not everything but what was turned is open, O(visible) in place of the latter. */
void     folding_list(struct folding *folding);

bool     folding_is_open(const struct folding *folding, node_id node);     /* of a node with children */
node_id  folding_turned(const struct folding *folding, unsigned at);       /* the at-th that was turned, NODE_NONE: there are not so many */

bool     folding_shows_similar(const struct folding *folding, node_id node);   /* whether similar siblings from this one on have rows of their own */
node_id  folding_similar_turned(const struct folding *folding, unsigned at);    /* likewise of rows of similar siblings */

/* The first of the nodes [from, end) below the root that is closed, leaves among them or not; end: there is none. */
node_id  folding_next_closed(const struct folding *folding, node_id from, node_id end);

/* The node of a row.  O(log nodes). */
node_id  folding_at(const struct folding *folding, uint32_t row);
/* The row of a node, or of the nearest one above it that can be seen.  O(1). */
uint32_t folding_row(const struct folding *folding, node_id node);

#endif

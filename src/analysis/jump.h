/* SPDX-License-Identifier: MIT
 * Where one may want to go from a node of a tree, or inside of a span. */
#ifndef ANALYSIS_JUMP_H
#define ANALYSIS_JUMP_H

#include "analysis/forest.h"
#include "model/tree.h"

/* The child with the greatest total, the first of equals; NODE_NONE when there is no child. */
node_id jump_slowest_child(const struct tree *tree, node_id node);

/* The next child of the same parent, or the one before; NODE_NONE at the end. */
node_id jump_sibling(const struct tree *tree, node_id node, bool backwards);

/* The longest stretch [from_ns, to_ns) of a span in which none of its children is at work, the first of equals.
 * before: the child that ended last before it, after: the first that starts behind it; ID_NONE where there is none. */
struct jump_gap {
	int64_t from_ns, to_ns;
	span_id before, after;
};

bool jump_longest_gap(const struct forest *forest, const struct dataset *ds, span_id span, struct jump_gap *out);    /* false: no gap */

#endif

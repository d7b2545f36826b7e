/* SPDX-License-Identifier: MIT
 * Chains of boxes that say one thing: each the only child of the one above and nearly as heavy.  Such a chain can be drawn as one box,
 * that of its first node, which is its head. */
#ifndef LAYOUT_CHAINS_H
#define LAYOUT_CHAINS_H

#include "layout/plane.h"

/* Whether a node goes on its parent's chain: the only child, above 99% of it, in time order inside it.  Nothing goes on from `all` or from
 * the functions of a sandwich. */
bool      chain_goes_on(const struct tree *tree, node_id node);
node_id   chain_head(const struct tree *tree, node_id node);      /* itself when no chain leads to it */
bool      chain_has(const struct tree *tree, node_id node);       /* whether it is part of a chain of two or more */

/* Folds the chains of a tree whose head is not in `turned` (a bit a node; NULL: none), or only those that are, when all is not set.
 * open: the tree's plane without folding.
 * Per node: how many nodes its box stands for, 0 for those that have none because of it.  *rows_out: for plane_new_rows().  Both free(). */
uint32_t *chains_fold(const struct plane *open, bool all, const uint64_t *turned, uint32_t **rows_out);

#endif

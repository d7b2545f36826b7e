/* SPDX-License-Identifier: MIT
 * Chains of boxes drawn as one (layout/chains.h): all of them, but for those that were turned the other way round one by one. */
#ifndef UI_CHAIN_H
#define UI_CHAIN_H

#include "ui/viewer.h"

/* Actions: all chains; that of the cursor. */
unsigned chain_fold_all(struct app *app);
unsigned chain_toggle(struct app *app);

/* Draws the scene as the state wants it: O(nodes) when that is another way than before. */
void     chain_apply(struct app *app);

/* Unfolds the chain that a node is folded into, and goes on with the node, now or later.  enum update. */
unsigned chain_reveal(struct app *app, node_id node, void (*then)(struct app *app, node_id node));

/* Turns the chain of a node the other way round, in a state that is not shown yet or already. */
void     chain_turn(struct app *app, struct view_state *state, node_id node);

/* The at-th head of a chain that was turned, or NODE_NONE. */
node_id  chain_turned(struct app *app, unsigned at);

/* Of a node's box: the nodes it stands for, "(3) name"; nothing when it is only itself. */
void     chain_prefix(struct app *app, node_id node, struct buf *out);

#endif

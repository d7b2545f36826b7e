/* SPDX-License-Identifier: MIT
 * Which nodes a search finds, which runs once over each distinct frame, never over nodes; or which ones have spans of a set. */
#ifndef ANALYSIS_MATCH_H
#define ANALYSIS_MATCH_H

#include "analysis/occurrences.h"
#include "analysis/search.h"
#include "model/tree.h"
#include "util/bits.h"

struct match {
	uint64_t *frame_bits;     /* per frame of the dataset; NULL: it is not by frames */
	uint32_t  frame_count;    /* distinct frames that match and occur in the tree */
	node_id  *nodes;          /* matching nodes in pre-order */
	uint32_t  node_count;
};

/* Of all frames that the search finds; an empty search finds none. */
struct match *match_build(const struct tree *tree, const struct dataset *ds, const struct search *search);
/* The same where it is known where frames occur: no look at nodes when few are found. */
struct match *match_build_at(const struct occurrences *places, const struct dataset *ds, const struct search *search);
/* Of all nodes whose span is in a set, a bit per span. */
struct match *match_spans(const struct tree *tree, const uint64_t *spans);
void          match_free(struct match *match);    /* NULL is allowed */

static inline bool
match_has_frame(const struct match *match, frame_id frame)
{
	return frame != ID_NONE && bits_has(match->frame_bits, frame);
}

/* The place in nodes of the first match that is node or comes after it. */
uint32_t      match_index(const struct match *match, node_id node);

/* Weight of the matching nodes inside a subtree, nested matches once; divide by the subtree's total for the share. */
double        match_weight(const struct match *match, const struct tree *tree, node_id within);
/* The same of a tree whose boxes may overlap and reach outside of their parents: for how much of [from, to) any match inside is there. */
double        match_cover(const struct match *match, const struct tree *tree, node_id within, double from, double to);

/* The first matching node after (or before) a node in pre-order, going round; NODE_NONE when nothing matches. */
node_id       match_next(const struct match *match, node_id from, bool backwards);

#endif

/* SPDX-License-Identifier: MIT
 * A time-ordered tree as rows, one for each span that can be seen, in the order of calls.
 * Which spans are open is said by a folding (ui/folding.h).  Siblings of the same frame that follow each other are one row until it is
 * opened; with a search only what it finds and the ancestors of that may be kept.
 * Rows are a set of nodes with order: one costs the same in a trace of ten spans and of ten million, and folding only its part. */
#ifndef UI_SPAN_ROWS_H
#define UI_SPAN_ROWS_H

#include "analysis/match.h"
#include "ui/folding.h"
#include "ui/span_facts.h"

struct span_row {
	node_id  node;
	uint32_t count;    /* 1; more: this one and its next siblings, count in all, with everything below them */
};

struct span_rows {
	const struct folding    *folding;    /* of the tree */
	const struct span_facts *facts;
	struct ranked            shown;      /* nodes with a row */
	uint32_t                 count;      /* rows; never none */
	uint64_t                *kept;       /* per node: whether it or anything below it is found by the latest `only`; NULL: never asked for */
	uint64_t                *kept_runs;  /* per first node of a run: whether that holds of any in it */
	bool                     made;
	uint32_t                 step;
	node_id                  root;
	const struct match      *only;       /* NULL: all rows */
	uint64_t                 search;
	uint64_t                 kept_search;    /* that kept is for */
	uint64_t                 steps;      /* stretches of nodes that were shown so far, for tests */
};

/* Makes them those of what the folding shows, never none; `all` is no row where there is another.  only, NULL or a search, and its number,
 * which differs from that of any other search.
 * O(nodes / 64 + visible nodes that are closed) when something changed, with another search its matches too; after one turn of a node
 * only of what is below it; else nothing. */
void     span_rows_show(struct span_rows *rows, const struct folding *folding, const struct span_facts *facts, const struct match *only,
                        uint64_t search);
void     span_rows_fini(struct span_rows *rows);    /* also of a zeroed struct */

/* O(log nodes). */
struct span_row span_rows_at(const struct span_rows *rows, uint32_t row);

/* The row of a node, or of the nearest one that hides it.  O(1). */
uint32_t span_rows_find(const struct span_rows *rows, node_id node);

/* The group of a row of several. */
const struct span_group *span_rows_group(const struct span_rows *rows, struct span_row row);

/* One past the nodes that a row stands for with everything below them. */
node_id  span_rows_end(const struct span_rows *rows, struct span_row row);

#endif

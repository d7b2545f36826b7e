/* SPDX-License-Identifier: MIT
 * A time-ordered tree as rows, one for each span that can be seen, in the order of calls.
 * Which spans are open is said by a folding (ui/folding.h).  Siblings of the same frame that follow each other are one row until it is
 * opened; with a search only what it finds and the ancestors of that may be kept.
 * Everything is found by arrays that are made once: drawing a row costs the same in a trace of ten spans and of ten million. */
#ifndef UI_SPAN_ROWS_H
#define UI_SPAN_ROWS_H

#include "analysis/critical.h"
#include "analysis/match.h"
#include "ui/folding.h"

/* Of each node with what is below it. */
struct span_facts {
	double   *from, *to;         /* from the earliest start to the latest end */
	uint32_t *errors_before;     /* per node and one more: nodes before it in the tree whose span failed */
	uint32_t *run;               /* of the first of several siblings of one frame in a row: how many; else 0 */
	uint32_t *path_before;       /* as errors_before for the critical path; NULL: not asked for yet */
	double   *path_from, *path_to;    /* when the path goes through it and what is below it, path_from > path_to: never; NULL likewise */
};

void span_facts_init(struct span_facts *facts, const struct tree *tree, const struct dataset *ds);    /* O(n) */
void span_facts_fini(struct span_facts *facts);    /* also of a zeroed struct */

/* Whether any of the nodes [from, to) has its span on the critical path; O(n) at first, then at once. */
bool span_on_path(struct span_facts *facts, const struct tree *tree, const struct critical *critical, node_id from, node_id to);

/* When the critical path goes through a node and what is below it; false: never, or for no time.  start_ns: of all spans, as the path has
 * them.  O(n) at first, then at once. */
bool span_path_extent(struct span_facts *facts, const struct tree *tree, const struct critical *critical, const int64_t *start_ns,
                      node_id node, double *from_out, double *to_out);

/* How many failed among a node and what is below it. */
static inline uint32_t
span_errors(const struct span_facts *facts, const struct tree *tree, node_id node)
{
	return facts->errors_before[tree->end[node]] - facts->errors_before[node];
}

struct span_row {
	node_id  node;
	uint32_t count;    /* 1; more: this one and its next siblings, count in all, with everything below them */
};

/* What a row of several stands for. */
struct span_group {
	node_id  node;             /* the first */
	uint32_t begin, end;       /* places in member and until */
	double   sum, most;        /* of their durations */
	double   from, to;         /* extent with everything below them */
};

struct span_rows {
	const struct folding    *folding;    /* of the tree */
	const struct span_facts *facts;
	struct { VEC(struct span_row); }   rows;      /* by node */
	struct { VEC(struct span_group); } groups;    /* by node */
	struct { VEC(node_id); }           member;    /* of groups, in the order of their starts */
	struct { VEC(double); }            until;     /* per member: the latest end of those up to it in its group */
	bool                     made;
	uint32_t                 step;
	node_id                  root;
	const struct match      *only;       /* NULL: all rows */
	uint64_t                 search;
};

/* Makes them those of what the folding shows, never none; `all` is no row where there is another.  only, NULL or a search, and its number, which differs from that of any other search.
 * O(rows and members) when something changed, else nothing. */
void     span_rows_show(struct span_rows *rows, const struct folding *folding, const struct span_facts *facts, const struct match *only,
                        uint64_t search);
void     span_rows_fini(struct span_rows *rows);    /* also of a zeroed struct */

/* The row of a node, or of the nearest one that hides it. */
uint32_t span_rows_find(const struct span_rows *rows, node_id node);

/* The group of a row of several. */
const struct span_group *span_rows_group(const struct span_rows *rows, struct span_row row);

/* One past the nodes that a row stands for with everything below them. */
node_id  span_row_end(const struct tree *tree, struct span_row row);

/* The next stretch of [x, end) in which a member of the group is at work, and a member that it begins with; false: there is none.
 * O(log members). */
bool     span_group_next(const struct span_rows *rows, const struct span_group *group, double x, double end, double *from_out, double *to_out,
                         node_id *member_out);

/* The first of the run of similar siblings that a node belongs to, itself when it is in none. */
node_id  span_run_of(const struct span_facts *facts, const struct tree *tree, node_id node);

#endif

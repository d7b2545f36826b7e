/* SPDX-License-Identifier: MIT
 * What is known of each span of a time-ordered tree together with what is below it: extents, errors, runs of similar siblings.
 * Made once with the tree, so that what is on screen is looked up. */
#ifndef UI_SPAN_FACTS_H
#define UI_SPAN_FACTS_H

#include "analysis/critical.h"
#include "model/tree.h"
#include "util/ranked.h"
#include "util/vec.h"

/* Siblings of one frame that follow each other, at least four. */
struct span_group {
	node_id  node, node_end;   /* the first, and one past the last with everything below it */
	uint32_t begin, end;       /* places in member and until */
	double   sum, most;        /* of their durations */
	double   from, to;         /* extent with everything below them */
};

/* Of a group: its node_end, and the first group that does not begin before that. */
struct span_stretch { node_id end; uint32_t next; };

/* Where the critical path goes. */
struct span_path {
	uint32_t *before;        /* per node and one more: nodes before it in the tree whose span is on it */
	double   *from, *to;     /* when it goes through a node and what is below it; from > to: never */
	double   *through;       /* per member of a group: how long it goes through those of its group up to it */
	uint32_t *last;          /* per member: the place of the last of them that it goes through; UINT32_MAX: none */
};

struct span_facts {
	double   *from, *to;         /* from the earliest start to the latest end */
	uint32_t *errors_before;     /* per node and one more: nodes before it in the tree whose span failed */
	node_id  *run;               /* the first of the run of similar siblings that it is in; NODE_NONE: in none */
	struct ranked heads;         /* the first ones of runs: the k-th has the k-th group */
	struct { VEC(struct span_group); } groups;
	struct { VEC(struct span_stretch); } stretch;    /* per group, as rows of many groups ask for no more */
	struct { VEC(node_id); }           member;    /* of groups, in the order of their starts */
	struct { VEC(double); }            until;     /* per member: the latest end of those up to it in its group */
	struct span_path path;       /* before is NULL: not asked for yet */
};

void span_facts_init(struct span_facts *facts, const struct tree *tree, const struct dataset *ds);    /* O(n) */
void span_facts_fini(struct span_facts *facts);    /* also of a zeroed struct */

/* start_ns: of all spans, as the path has them.  O(n). */
void span_path_init(struct span_path *path, const struct tree *tree, const struct span_facts *facts, const struct critical *critical,
                    const int64_t *start_ns);
void span_path_fini(struct span_path *path);       /* also of a zeroed struct */

/* Whether any of the nodes [from, to) has its span on the critical path. */
static inline bool
span_path_has(const struct span_path *path, node_id from, node_id to)
{
	return path->before[to] > path->before[from];
}

/* When the critical path goes through a node and what is below it; false: never, or for no time. */
bool span_path_extent(const struct span_path *path, node_id node, double *from_out, double *to_out);

/* How long the critical path goes through members of a group, and what is below them, up to x on the axis.  O(log members). */
double span_path_until(const struct span_path *path, const struct tree *tree, const struct span_facts *facts, const struct span_group *group,
                       double x);

/* How many failed among a node and what is below it. */
static inline uint32_t
span_errors(const struct span_facts *facts, const struct tree *tree, node_id node)
{
	return facts->errors_before[tree->end[node]] - facts->errors_before[node];
}

/* The group that begins with a node, which is in heads. */
static inline const struct span_group *
span_group_of(const struct span_facts *facts, node_id head)
{
	return &facts->groups.at[ranked_below(&facts->heads, head)];
}

/* One past the nodes of such a group. */
static inline node_id
span_group_end(const struct span_facts *facts, node_id head)
{
	return facts->stretch.at[ranked_below(&facts->heads, head)].end;
}

/* The first of the run of similar siblings that a node belongs to, itself when it is in none. */
static inline node_id
span_run_of(const struct span_facts *facts, node_id node)
{
	return facts->run[node] == NODE_NONE ? node : facts->run[node];
}

/* The next stretch of [x, end) in which a member of the group is at work, and a member that it begins with; false: there is none.
 * O(log members). */
bool span_group_next(const struct span_facts *facts, const struct tree *tree, const struct span_group *group, double x, double end,
                     double *from_out, double *to_out, node_id *member_out);

#endif

/* SPDX-License-Identifier: MIT
 * Merged trees: things with a parent and a frame, grouped by the path of frames that leads to them.
 * The things are spans or stacks; they are pushed parents first, and how they are told apart is the caller's business. */
#ifndef ANALYSIS_MERGE_H
#define ANALYSIS_MERGE_H

#include "model/tree.h"

struct merge;

/* One that is pushed: its own weight, and what it is when siblings are ordered by who came first. */
struct merge_item {
	double   self;
	uint32_t items;       /* how many spans or sample records it stands for */
	int64_t  first_ns;    /* INT64_MAX when it has no time of its own */
	uint32_t first;       /* its place in the input; ID_NONE when it stands for none */
};

/* Nodes are numbered from 0, which is `all`, in the order in which they were made: not those of the finished tree. */
struct merge *merge_new(bool with_spans);
void          merge_free(struct merge *merge);    /* NULL is allowed */
void          merge_reserve(struct merge *merge, uint32_t count);    /* there will be so many nodes, at most, beside `all` */
uint32_t      merge_push(struct merge *merge, uint32_t parent, frame_id frame, const struct merge_item *item);
/* The same where the parent is known to have no child of that frame yet: no look-up. */
uint32_t      merge_push_new(struct merge *merge, uint32_t parent, frame_id frame, const struct merge_item *item);
uint32_t      merge_count(const struct merge *merge);    /* nodes so far: what is pushed and gets this number is new */
/* The same; but when join is set and the parent has that frame, it is more of the parent. */
uint32_t      merge_push_or_join(struct merge *merge, uint32_t parent, frame_id frame, bool join, const struct merge_item *item);
void          merge_add(struct merge *merge, uint32_t node, const struct merge_item *item);    /* more of a node that is there */
void          merge_push_all(struct merge *merge, const struct merge_item *item);    /* what belongs to `all` itself */

/* The tree shall say where each of so many spans or stacks is (model/tree.h); then which node one of them belongs to.  Without the first
 * the second does nothing. */
void          merge_keep_places(struct merge *merge, uint32_t count);
void          merge_place(struct merge *merge, uint32_t thing, uint32_t node);

enum merge_order { MERGE_BY_TOTAL, MERGE_BY_RANK, MERGE_BY_FIRST };

/* The tree, siblings ordered: greatest total first, or by frame_rank[frame], or by who came first; the latter breaks ties. */
struct tree  *merge_finish(struct merge *merge, enum merge_order order, const uint32_t *frame_rank);

#endif

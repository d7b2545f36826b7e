/* SPDX-License-Identifier: MIT
 * How many spans are at work over time: those that run and have no child that runs.
 * A step function over the axis of a time-ordered tree, with its running integral, so that any stretch costs a binary search. */
#ifndef ANALYSIS_AT_WORK_H
#define ANALYSIS_AT_WORK_H

#include "model/tree.h"

enum { AT_WORK_FAN = 64 };

struct at_work {
	double   *from;        /* count edges, ascending; from[i] to from[i + 1] is one step, nothing is at work outside */
	uint32_t *working;     /* per step, 0 after the last edge */
	double   *before;      /* integral up to the edge, in spans times ns */
	double   *every;       /* from[0], from[AT_WORK_FAN] ...: what a search looks at first lies together */
	uint32_t  count;
	uint32_t  most;        /* greatest of working */
};

/* Of all nodes of a time-ordered tree; those of no length work in no time.  O(n log n), iterative. */
struct at_work *at_work_build(const struct tree *tree);
void            at_work_free(struct at_work *work);    /* NULL is allowed */

/* How many are at work on average from one time to a later one. */
double          at_work_mean(const struct at_work *work, double from, double to);
/* The same in each of so many equal parts of the time. */
void            at_work_means(const struct at_work *work, double from, double to, int parts, double *means_out);

#endif

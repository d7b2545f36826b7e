/* SPDX-License-Identifier: MIT
 * Which rows of an endless column are free: an ordered set of maximal free runs that finds the lowest run of a length.
 * Every operation takes logarithmic time in the number of runs. */
#ifndef LAYOUT_RUNS_H
#define LAYOUT_RUNS_H

#include <stdint.h>

#include "util/vec.h"

/* A free run [begin, end) and its place in a treap ordered by begin. */
struct run {
	uint32_t begin, end;          /* end UINT32_MAX: endless */
	uint32_t longest;             /* rows of the longest run in its subtree */
	uint32_t left, right, up;     /* indices of runs, UINT32_MAX: none */
	uint32_t rank;                /* pseudo-random; a parent's is at least its child's */
};

struct runs {
	VEC(struct run);
	uint32_t root, spare;         /* spare: a list of unused entries linked by `up` */
	uint32_t seed;
};

void     runs_init(struct runs *runs);     /* every row is free */
void     runs_fini(struct runs *runs);
void     runs_reset(struct runs *runs);    /* every row is free again */

/* Takes the lowest `height` adjacent free rows and returns the first of them. */
uint32_t runs_take(struct runs *runs, uint32_t height);

/* Gives back rows that are taken. */
void     runs_give(struct runs *runs, uint32_t begin, uint32_t height);

#endif

/* SPDX-License-Identifier: MIT
 * A sandwich as one tree, so that all that works on a tree works on it: under `all` the functions, and under each of them both what it
 * calls and, reversed, what calls it.  Both halves of a function have its extent on the axis: they lie over each other there, and stand
 * in rows of their own, callers above.  Totals of children add up to a parent's total in each half. */
#ifndef ANALYSIS_HALVES_H
#define ANALYSIS_HALVES_H

#include "analysis/invert.h"

struct halves {
	struct tree *tree;
	uint32_t    *row;    /* per node: 0 is the highest caller's, `all` has 0 without standing there */
	uint32_t     hub;    /* the row of the functions */
};

/* Of a merged sandwich; the caller owns tree and row. */
struct halves halves_build(const struct sandwich *sandwich);

#endif

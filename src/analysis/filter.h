/* SPDX-License-Identifier: MIT
 * Trees with frames or stacks left out.
 * Applied in this order: ignore, only, show-from, hide, recursion.  Weights were computed before and are not changed by it: a stack that
 * is dropped takes its weight with it, a frame that is hidden leaves its own weight to the nearest frame above that is shown.
 * A stack none of whose frames is left is dropped too.
 * In the order of time a span's own weight with those that joined it is its time less the union of what is left below it. */
#ifndef ANALYSIS_FILTER_H
#define ANALYSIS_FILTER_H

#include "analysis/build.h"
#include "model/tree.h"
#include "util/bits.h"

/* A set of frames: bit f % 64 of word f / 64. */
typedef uint64_t frame_word;

enum recursion {
	RECURSION_KEEP,
	RECURSION_DIRECT,    /* a frame right under itself joins it */
	RECURSION_ALL,       /* a frame under itself, however deep, joins its occurrence above: what it calls is called from there */
};

struct tree_filter {
	const frame_word *ignore;                   /* drop stacks through any of these frames; NULL: none */
	frame_word *const *only;                    /* keep stacks that go through a frame of every one of these sets */
	uint32_t          only_count;
	const frame_word *show_from;                /* begin stacks at their outermost frame of these; drop those without one; NULL: off */
	const frame_word *hide;                     /* leave these frames out; their children join the frame above; NULL: none */
	enum recursion    recursion;
	struct job       *job;                      /* NULL, or where it is asked to stop: what is then returned is incomplete */
};

bool filter_is_empty(const struct tree_filter *filter);

/* A new tree.  A timed tree stays one: what is shown keeps its times, and with `only` the ancestors of what is kept stay as they are.
 * In one of samples boxes are as wide as what is left of them, and those that now follow each other are one.
 * order: of the siblings of a merged tree; rank: label_ranks() for ORDER_ALPHABETICAL, else unused. */
struct tree *tree_filter(const struct tree *tree, const struct dataset *ds, const struct tree_filter *filter,
                         enum tree_order order, const uint32_t *rank);

static inline bool
frame_set_has(const frame_word *set, frame_id frame)
{
	return set && frame != ID_NONE && bits_has(set, frame);
}

#endif

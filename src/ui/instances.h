/* SPDX-License-Identifier: MIT
 * The spans that a node of the present tree stands for, and the node that stands for a span. */
#ifndef UI_INSTANCES_H
#define UI_INSTANCES_H

#include "ui/viewer.h"

struct instances {
	const span_id *at;       /* slowest first, then in input order */
	uint32_t       count;    /* 0: it stands for no spans, or for all */
};

/* What is known of a scene's spans; NULL before the first question. */
struct instance_cache;
void instance_cache_free(struct instance_cache *cache);    /* NULL is allowed */

/* Valid until it is asked for another node or the scene goes.  The first question in a merged tree costs what the tree costs. */
struct instances instances_of(struct app *app, node_id node);

/* Puts the slowest first, equals as in the input. */
void             instances_sort(const struct dataset *ds, span_id *spans, size_t count);

/* NODE_NONE when the tree leaves it out, or is seen from the other end. */
node_id          instances_find(struct app *app, span_id span);

/* The stacks of a tree of samples: the node that stands for one, likewise. */
node_id          instances_find_stack(struct app *app, stack_id stack);

#endif

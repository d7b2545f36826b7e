/* SPDX-License-Identifier: MIT
 * The spans that a node of a tree stands for. */
#ifndef UI_INSTANCES_H
#define UI_INSTANCES_H

#include "ui/viewer.h"

struct instances {
	const span_id *at;       /* slowest first, then in input order */
	uint32_t       count;    /* 0: it stands for no spans, or for all */
};

/* Valid until it is asked for another node or the scene goes. */
struct instances instances_of(struct app *app, node_id node);

#endif

/* SPDX-License-Identifier: MIT
 * Clock skew between hosts, told from spans that lie outside their parents, as Jaeger's adjuster does it.
 *
 * Each span has a host: its host.id, else host.ip, host.name, ip, hostname or network.local.address.  A span whose host is its parent's
 * moves as its parent does.  One on another host, or on none that is known, is compared with its parent where that has moved to:
 * when it is longer than the parent it moves to the parent's start if it begins before it; when it fits it stays where it is; else it is
 * put into the middle of the parent.  Roots stay, and so does what is on a thread. */
#ifndef ANALYSIS_SKEW_H
#define ANALYSIS_SKEW_H

#include "analysis/attrs.h"
#include "analysis/forest.h"

struct skew {
	int64_t *delta_ns;             /* per span: how much later it is to start; 0: it stays */
	uint32_t moved;                /* spans with a delta */
	int64_t  least_ns, most_ns;    /* among the deltas of those; 0 when there is none */
};

/* forest is that of ds.  NULL only when the job was stopped; job may be NULL. */
struct skew *skew_build(const struct dataset *ds, const struct forest *forest, struct attrs *attrs, struct job *job);
void         skew_free(struct skew *skew);    /* NULL is allowed */

#endif

/* SPDX-License-Identifier: MIT
 * Work on many items shared among threads in runs of neighbours.  Which thread does a run is left open: what a run gives must depend
 * on its items only, and whoever puts the runs together does so in their order. */
#ifndef LOAD_SHARE_H
#define LOAD_SHARE_H

#include <stdint.h>

/* Items [begin, end) of run number run.  Called from several threads at a time. */
typedef void share_fn(void *context, uint32_t run, uint32_t begin, uint32_t end);

/* Runs of step items, the last one shorter, on at most so many threads; the calling one is one of them. */
void     share_run(uint32_t count, uint32_t step, unsigned threads, share_fn *fn, void *context);
uint32_t share_runs(uint32_t count, uint32_t step);    /* how many runs that are */

/* The cores that this process may use. */
unsigned share_cores(void);

#endif

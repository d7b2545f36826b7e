/* SPDX-License-Identifier: MIT
 * How far long work is, and the wish to stop it.  Written and read by different threads. */
#ifndef UTIL_JOB_H
#define UTIL_JOB_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum job_wish { JOB_GO, JOB_KEEP, JOB_DROP };   /* go on; stop and keep what there is; stop and drop it */

struct job {
	_Atomic int           wish;         /* enum job_wish, set by the user's side; checked at least every 50 ms of work */
	_Atomic uint64_t      done, total;  /* bytes of the input, or steps; total 0: not known */
	_Atomic uint64_t      spans;        /* spans and samples so far */
	_Atomic(const char *) phase;        /* a constant: "reading", "resolving parents" ...; NULL before the start */
};

static inline bool
job_stopped(struct job *job)
{
	return job && atomic_load_explicit(&job->wish, memory_order_relaxed) != JOB_GO;
}

/* The same, asked once in so many steps of a loop. */
static inline bool
job_stopped_at(struct job *job, uint32_t step)
{
	return job && (step & 0x3fff) == 0 && job_stopped(job);
}

static inline bool
job_dropped(struct job *job)
{
	return job && atomic_load_explicit(&job->wish, memory_order_relaxed) == JOB_DROP;
}

#endif

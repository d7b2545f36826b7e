/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/share.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#define THREADS_MAX 64u

struct share {
	uint32_t         count, step, runs;
	share_fn        *fn;
	void            *context;
	_Atomic uint32_t next;    /* run that nobody has taken yet */
};

unsigned
share_cores(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof set, &set))
		return 1;
	return (unsigned)CPU_COUNT(&set);
}

uint32_t
share_runs(uint32_t count, uint32_t step)
{
	return count / step + (count % step != 0);
}

static void *
work(void *context)
{
	struct share *share = context;
	uint32_t run;

	while ((run = atomic_fetch_add(&share->next, 1)) < share->runs) {
		uint32_t begin = run * share->step;
		uint32_t left = share->count - begin;

		share->fn(share->context, run, begin, begin + (left < share->step ? left : share->step));
	}
	return NULL;
}

/* A thread that cannot be started is one helper less. */
void
share_run(uint32_t count, uint32_t step, unsigned threads, share_fn *fn, void *context)
{
	struct share share = { .count = count, .step = step, .runs = share_runs(count, step), .fn = fn, .context = context };
	pthread_t helpers[THREADS_MAX];
	unsigned started = 0;

	while (started < THREADS_MAX && started + 1 < threads && started + 1 < share.runs &&
	       pthread_create(&helpers[started], NULL, work, &share) == 0)
		started++;
	work(&share);
	while (started)
		pthread_join(helpers[--started], NULL);
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "util/alloc.h"

#define PIECES_AHEAD  2u                     /* pieces cut beyond one for each thread */
#define BYTES_A_PIECE (UINT64_C(8) << 20)    /* cut so far for each piece under way */

/* A piece on its way. */
struct slot {
	struct piece piece;
	char        *copy;       /* of the text when the window moves on */
	size_t       copy_cap;
	struct batch *batch;     /* what a worker made of it; NULL until then */
	void         *beside;
};

struct worker {
	pthread_t    thread;
	struct pool *pool;
	struct sink *sink;       /* its part; NULL until it has read a piece */
};

struct pool {
	const struct pool_work *work;
	const struct sink *into;
	pthread_mutex_t lock;
	pthread_cond_t  filled, finished;
	struct slot    *slots;
	size_t          slot_count;
	/* Counts since the beginning; slot i % slot_count: merged <= i < taken is with a worker or done, taken <= i < cut waits. */
	size_t          merged, taken, cut;
	uint64_t        cut_bytes;
	bool            closing;
	struct worker   workers[POOL_THREADS_MAX];
	unsigned        thread_count, thread_limit;
	struct sink    *sink;       /* the part of the calling thread, where there are no others */
};

static struct slot *
slot_of(struct pool *pool, size_t number)
{
	return &pool->slots[number % pool->slot_count];
}

static void
read_slot(const struct pool *pool, const struct slot *slot, struct sink **part, struct batch **batch_out, void **beside_out)
{
	if (!*part)
		*part = sink_part(pool->into);
	*beside_out = pool->work->read(pool->work->context, &slot->piece, *part);
	*batch_out = sink_batch(*part);
}

static void *
work(void *context)
{
	struct worker *worker = context;
	struct pool *pool = worker->pool;

	pthread_mutex_lock(&pool->lock);
	for (;;) {
		struct batch *batch;
		void *beside;

		while (pool->taken == pool->cut && !pool->closing)
			pthread_cond_wait(&pool->filled, &pool->lock);
		if (pool->taken == pool->cut)
			break;
		struct slot *slot = slot_of(pool, pool->taken++);
		pthread_mutex_unlock(&pool->lock);
		read_slot(pool, slot, &worker->sink, &batch, &beside);
		pthread_mutex_lock(&pool->lock);
		slot->beside = beside;
		slot->batch = batch;
		pthread_cond_signal(&pool->finished);
	}
	pthread_mutex_unlock(&pool->lock);
	return NULL;
}

static void
pool_init(struct pool *pool, const struct pool_work *work_, const struct sink *into, unsigned threads)
{
	*pool = (struct pool){ .work = work_, .into = into };
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->filled, NULL);
	pthread_cond_init(&pool->finished, NULL);
	pool->thread_limit = threads < POOL_THREADS_MAX ? threads : POOL_THREADS_MAX;
	pool->slot_count = pool->thread_limit + PIECES_AHEAD;
	pool->slots = xcalloc(pool->slot_count, sizeof *pool->slots);
}

static void
pool_fini(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	pool->closing = true;
	pthread_cond_broadcast(&pool->filled);
	pthread_mutex_unlock(&pool->lock);
	for (unsigned i = 0; i < pool->thread_count; i++)
		pthread_join(pool->workers[i].thread, NULL);
	for (unsigned i = 0; i < pool->thread_count; i++)
		sink_free(pool->workers[i].sink);
	sink_free(pool->sink);
	for (size_t i = 0; i < pool->slot_count; i++)
		free(pool->slots[i].copy);
	free(pool->slots);
	pthread_cond_destroy(&pool->finished);
	pthread_cond_destroy(&pool->filled);
	pthread_mutex_destroy(&pool->lock);
}

/* Each thread keeps memory of its own, which small inputs are not worth: they start as pieces pile up.  False: there is none at all. */
static bool
add_thread(struct pool *pool)
{
	if (pool->thread_count < pool->thread_limit && pool->cut - pool->merged >= pool->thread_count) {
		struct worker *worker = &pool->workers[pool->thread_count];
		worker->pool = pool;
		if (pthread_create(&worker->thread, NULL, work, worker) == 0)
			pool->thread_count++;
		else
			pool->thread_limit = pool->thread_count;
	}
	return pool->thread_count > 0;
}

static void
copy_text(struct slot *slot)
{
	size_t len = slot->piece.text.len;

	if (slot->copy_cap < len) {
		free(slot->copy);
		slot->copy = xmalloc(len);
		slot->copy_cap = len;
	}
	memcpy(slot->copy, slot->piece.text.at, len);
	slot->piece.text.at = slot->copy;
}

static bool
fill(struct pool *pool)
{
	struct slot *slot = slot_of(pool, pool->cut);

	if (!pool->work->cut(pool->work->context, &slot->piece))
		return false;
	pool->cut_bytes += slot->piece.text.len;
	if (pool->work->copies)
		copy_text(slot);
	bool with_threads = add_thread(pool);
	if (!with_threads)
		read_slot(pool, slot, &pool->sink, &slot->batch, &slot->beside);
	pthread_mutex_lock(&pool->lock);
	pool->cut++;
	if (!with_threads)
		pool->taken++;
	pthread_cond_signal(&pool->filled);
	pthread_mutex_unlock(&pool->lock);
	return true;
}

/* What came of the oldest piece; false when it is not done and wait is false. */
static bool
oldest_done(struct pool *pool, bool wait, struct slot *out)
{
	struct slot *slot = slot_of(pool, pool->merged);

	pthread_mutex_lock(&pool->lock);
	while (wait && !slot->batch)
		pthread_cond_wait(&pool->finished, &pool->lock);
	*out = *slot;
	slot->batch = NULL;
	pthread_mutex_unlock(&pool->lock);
	return out->batch != NULL;
}

static bool
is_full(const struct pool *pool)
{
	size_t under_way = pool->cut - pool->merged;

	return under_way == pool->slot_count || under_way >= 2 + pool->cut_bytes / BYTES_A_PIECE;
}

void
pool_run(const struct pool_work *pool_work, unsigned threads, struct sink *into)
{
	struct pool pool;
	struct slot done;
	bool more = true;

	pool_init(&pool, pool_work, into, threads);
	while (more || pool.merged < pool.cut) {
		if (pool.merged < pool.cut && oldest_done(&pool, !more || is_full(&pool), &done)) {
			pool.merged++;
			pool_work->merge(pool_work->context, &done.piece, into, done.batch, done.beside);
		} else if (more) {
			more = fill(&pool);
		}
	}
	pool_fini(&pool);
}

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
	struct sink *sink;       /* what a worker made of it; NULL until then */
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
	pthread_t       threads[POOL_THREADS_MAX];
	unsigned        thread_count, thread_limit;
};

static struct slot *
slot_of(struct pool *pool, size_t number)
{
	return &pool->slots[number % pool->slot_count];
}

static struct sink *
read_slot(const struct pool *pool, const struct slot *slot)
{
	struct sink *sink = sink_part(pool->into);

	pool->work->read(pool->work->context, &slot->piece, sink);
	return sink;
}

static void *
work(void *context)
{
	struct pool *pool = context;

	pthread_mutex_lock(&pool->lock);
	for (;;) {
		while (pool->taken == pool->cut && !pool->closing)
			pthread_cond_wait(&pool->filled, &pool->lock);
		if (pool->taken == pool->cut)
			break;
		struct slot *slot = slot_of(pool, pool->taken++);
		pthread_mutex_unlock(&pool->lock);
		struct sink *sink = read_slot(pool, slot);
		pthread_mutex_lock(&pool->lock);
		slot->sink = sink;
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
		pthread_join(pool->threads[i], NULL);
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
		if (pthread_create(&pool->threads[pool->thread_count], NULL, work, pool) == 0)
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
		slot->sink = read_slot(pool, slot);
	pthread_mutex_lock(&pool->lock);
	pool->cut++;
	if (!with_threads)
		pool->taken++;
	pthread_cond_signal(&pool->filled);
	pthread_mutex_unlock(&pool->lock);
	return true;
}

/* The sink of the oldest piece; NULL when it is not done and wait is false. */
static struct sink *
oldest_done(struct pool *pool, bool wait)
{
	struct slot *slot = slot_of(pool, pool->merged);
	struct sink *sink;

	pthread_mutex_lock(&pool->lock);
	while (wait && !slot->sink)
		pthread_cond_wait(&pool->finished, &pool->lock);
	sink = slot->sink;
	slot->sink = NULL;
	pthread_mutex_unlock(&pool->lock);
	return sink;
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
	bool more = true;

	pool_init(&pool, pool_work, into, threads);
	while (more || pool.merged < pool.cut) {
		struct sink *part = pool.merged < pool.cut ? oldest_done(&pool, !more || is_full(&pool)) : NULL;
		if (part) {
			const struct piece piece = slot_of(&pool, pool.merged)->piece;
			pool.merged++;
			pool_work->merge(pool_work->context, &piece, into, part);
		} else if (more) {
			more = fill(&pool);
		}
	}
	pool_fini(&pool);
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/parallel.h"

#include <pthread.h>

#include "util/alloc.h"
#include "util/vec.h"

#define PIECE_MIN     ((size_t)128 << 10)
#define PIECE_MAX     ((size_t)2 << 20)
#define PIECE_STREAM  ((size_t)256 << 10)   /* of input that must be copied out of the window */
#define PIECES_AHEAD  2u                   /* pieces cut beyond one for each thread */
#define THREADS_MAX   64u
#define BLOCK_MAX     ((size_t)4 << 20)     /* where no block has ended within it, a piece ends with any line */
#define BYTES_A_PIECE (UINT64_C(8) << 20)    /* read so far for each piece under way, so that small inputs take little memory */

/* Whole lines of the input. */
struct piece {
	struct str text;
	uint64_t   offset, line;
	bool       last;    /* no whole line follows */
};

/* Cuts pieces from the window, one after another. */
struct cutter {
	struct input             *in;
	const struct load_format *format;
	size_t                    size;         /* bytes of a piece, about */
	uint64_t                  at, line;     /* where the next piece begins */
	uint64_t                  searched;     /* up to here there is no place to cut behind the first size bytes */
	struct buf                preface;      /* for formats that have one */
};

static uint64_t
count_newlines(struct str text)
{
	const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
	uint64_t count = 0;
	size_t i = 0;

	for (; i + 8 <= text.len; i += 8) {
		uint64_t word;
		memcpy(&word, text.at + i, 8);
		word ^= UINT64_C(0x0a0a0a0a0a0a0a0a);
		/* The top bit of each byte that is zero now, added up in the top byte. */
		word = ~(((word & low) + low) | word | low) >> 7;
		count += word * UINT64_C(0x0101010101010101) >> 56;
	}
	for (; i < text.len; i++)
		count += text.at[i] == '\n';
	return count;
}

static struct str
rest_of_window(const struct cutter *cutter)
{
	const char *at = cutter->in->begin + (cutter->at - cutter->in->begin_at);

	return (struct str){ at, (size_t)(cutter->in->end - at) };
}

/* The end of the first line that ends at from or behind it, before rest.len; 0 when none does. */
static size_t
line_end(struct str rest, size_t from)
{
	const char *newline = from < rest.len ? memchr(rest.at + from, '\n', rest.len - from) : NULL;

	return newline ? (size_t)(newline + 1 - rest.at) : 0;
}

/* The end of the last line that ends in the first len bytes; 0 when none does. */
static size_t
last_line_end(struct str rest, size_t len)
{
	const char *newline = memrchr(rest.at, '\n', len);

	return newline ? (size_t)(newline + 1 - rest.at) : 0;
}

/* Bytes that end where a block does: the most in the first bytes, else the fewest beyond them; 0 when none is seen yet. */
static size_t
blocks_length(struct cutter *cutter, struct str rest, size_t first)
{
	bool (*border)(struct str, size_t) = cutter->format->border;
	size_t limit = rest.len < BLOCK_MAX ? rest.len : BLOCK_MAX;
	size_t at;

	if (cutter->searched <= cutter->at) {
		for (at = last_line_end(rest, first); at; at = last_line_end(rest, at - 1))
			if (border(rest, at))
				return at;
		cutter->searched = cutter->at + first;
	}
	/* Once more from the last place looked at, since the line behind it may have been cut then. */
	at = last_line_end(rest, (size_t)(cutter->searched - cutter->at));
	for (at = at ? at : line_end(rest, 0); at && at <= limit; at = line_end(rest, at)) {
		if (border(rest, at))
			return at;
		cutter->searched = cutter->at + at;
	}
	return limit < rest.len ? last_line_end(rest, limit) : 0;
}

/* The same for lines. */
static size_t
lines_length(struct cutter *cutter, struct str rest, size_t first)
{
	size_t len = last_line_end(rest, first);

	if (len == 0) {
		len = line_end(rest, cutter->searched > cutter->at + first ? (size_t)(cutter->searched - cutter->at) : first);
		if (len == 0)
			cutter->searched = cutter->at + rest.len;
	}
	return len;
}

/* Whether half a line may stand at the input's end, which is left out. */
static bool
is_cut_short(const struct cutter *cutter)
{
	return cutter->format->whole_lines && input_problem(cutter->in)->code != ERROR_NONE;
}

/* Bytes of the rest that make the next piece; 0 when more must be seen first. */
static size_t
piece_length(struct cutter *cutter, struct str rest)
{
	const struct input *in = cutter->in;
	bool to_end = in->last && !is_cut_short(cutter);
	size_t first = rest.len < cutter->size ? rest.len : cutter->size;

	if (first < cutter->size && !in->last)
		return 0;
	if (first == rest.len && to_end)
		return first;
	size_t len = cutter->format->border ? blocks_length(cutter, rest, first) : lines_length(cutter, rest, first);
	if (len || !in->last)
		return len;
	return to_end ? rest.len : last_line_end(rest, rest.len);
}

/* The next piece, whose text lies in the window.  False: there is none, or the job was stopped. */
static bool
cut(struct cutter *cutter, struct piece *piece_out)
{
	struct str rest;
	size_t len;

	for (;;) {
		rest = rest_of_window(cutter);
		len = rest.len ? piece_length(cutter, rest) : 0;
		if (len || cutter->in->last)
			break;
		if (!input_more(cutter->in, cutter->at) && !cutter->in->last)
			return false;
	}
	if (len == 0 || job_stopped(cutter->in->job))
		return false;
	*piece_out = (struct piece){ .text = { rest.at, len }, .offset = cutter->at, .line = cutter->line };
	piece_out->last = cutter->in->last && (len == rest.len || (is_cut_short(cutter) && !line_end(rest, len)));
	cutter->at += len;
	cutter->line += count_newlines(piece_out->text);
	return true;
}

/* Notes the rest that was never given out because it is half a line. */
static void
note_leftover(const struct cutter *cutter, struct sink *sink)
{
	struct str rest = rest_of_window(cutter);

	if (rest.len && cutter->in->last)
		sink_note(sink, NOTE_WARNING, "the input ends in the middle of a line: left out", cutter->line, cutter->at, rest);
}

static void
report_progress(struct input *in, uint64_t at, const struct sink *sink)
{
	input_progress(in, at);
	if (in->job)
		atomic_store_explicit(&in->job->spans, sink_pushed(sink), memory_order_relaxed);
}

static void
read_piece(const struct load_format *format, const struct piece *piece, struct str preface, struct sink *sink)
{
	if (format->read_blocks)
		format->read_blocks(piece->text, piece->offset, piece->line, preface, piece->last, sink);
	else
		format->read_lines(piece->text, piece->offset, piece->line, sink);
}

static void
read_here(struct cutter *cutter, struct sink *sink)
{
	struct piece piece;

	while (cut(cutter, &piece)) {
		read_piece(cutter->format, &piece, buf_str(&cutter->preface), sink);
		report_progress(cutter->in, cutter->at, sink);
	}
}

/* A piece on its way: cut by the reader, read by a worker, merged by the reader, in the order of the ring. */
struct slot {
	struct piece piece;
	char        *copy;    /* of the text when the window moves on */
	size_t       copy_cap;
	struct sink *sink;    /* what a worker made of it; NULL until then */
};

struct pool {
	const struct load_format *format;
	struct str      preface;
	pthread_mutex_t lock;
	pthread_cond_t  filled, finished;
	struct slot    *slots;
	size_t          slot_count;
	/* Counts since the beginning; slot i % slot_count: merged <= i < taken is with a worker or done, taken <= i < cut waits. */
	size_t          merged, taken, cut;
	bool            closing;
	pthread_t       threads[THREADS_MAX];
	unsigned        thread_count, thread_limit;
};

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
		struct slot *slot = &pool->slots[pool->taken++ % pool->slot_count];
		pthread_mutex_unlock(&pool->lock);
		struct sink *sink = sink_new(STR(""));
		read_piece(pool->format, &slot->piece, pool->preface, sink);
		pthread_mutex_lock(&pool->lock);
		slot->sink = sink;
		pthread_cond_signal(&pool->finished);
	}
	pthread_mutex_unlock(&pool->lock);
	return NULL;
}

static void
pool_open(struct pool *pool, const struct cutter *cutter, unsigned threads)
{
	*pool = (struct pool){ .format = cutter->format, .preface = buf_str(&cutter->preface) };
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->filled, NULL);
	pthread_cond_init(&pool->finished, NULL);
	pool->thread_limit = threads < THREADS_MAX ? threads : THREADS_MAX;
	pool->slot_count = pool->thread_limit + PIECES_AHEAD;
	pool->slots = xcalloc(pool->slot_count, sizeof *pool->slots);
}

/* Threads are started as pieces pile up: each keeps memory of its own, which small inputs are not worth. */
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
pool_close(struct pool *pool)
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

static bool
fill(struct pool *pool, struct cutter *cutter)
{
	struct slot *slot = &pool->slots[pool->cut % pool->slot_count];

	if (!add_thread(pool) || !cut(cutter, &slot->piece))
		return false;
	if (!cutter->in->mapped) {
		size_t len = slot->piece.text.len;
		if (slot->copy_cap < len) {
			free(slot->copy);
			slot->copy = xmalloc(len);
			slot->copy_cap = len;
		}
		memcpy(slot->copy, slot->piece.text.at, len);
		slot->piece.text.at = slot->copy;
	}
	pthread_mutex_lock(&pool->lock);
	pool->cut++;
	pthread_cond_signal(&pool->filled);
	pthread_mutex_unlock(&pool->lock);
	return true;
}

/* The sink of the oldest piece; NULL when it is not done and wait is false. */
static struct sink *
oldest_done(struct pool *pool, bool wait)
{
	struct slot *slot = &pool->slots[pool->merged % pool->slot_count];
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
is_full(const struct pool *pool, const struct cutter *cutter)
{
	uint64_t allowed = 2 + cutter->at / BYTES_A_PIECE;
	size_t under_way = pool->cut - pool->merged;

	return under_way == pool->slot_count || under_way >= allowed;
}

static void
read_with_pool(struct pool *pool, struct cutter *cutter, struct sink *sink)
{
	bool more = true;

	while (more || pool->merged < pool->cut) {
		struct sink *part = pool->merged < pool->cut ? oldest_done(pool, !more || is_full(pool, cutter)) : NULL;
		if (part) {
			uint64_t end = pool->slots[pool->merged % pool->slot_count].piece.offset +
			               pool->slots[pool->merged % pool->slot_count].piece.text.len;
			pool->merged++;
			sink_merge(sink, part);
			report_progress(cutter->in, end, sink);
		} else if (more) {
			more = fill(pool, cutter);
		}
	}
}

static size_t
suitable_piece(const struct input *in, unsigned threads)
{
	size_t size;

	if (!in->mapped)
		return PIECE_STREAM;
	size = (size_t)(in->end - in->begin) / ((size_t)threads * 32);
	return size < PIECE_MIN ? PIECE_MIN : size > PIECE_MAX ? PIECE_MAX : size;
}

static void
read_preface(struct cutter *cutter)
{
	struct input *in = cutter->in;

	while ((size_t)(in->end - in->begin) < LOAD_HEAD_MAX && input_more(in, cutter->at))
		;
	struct str head = rest_of_window(cutter);
	head.len = head.len < LOAD_HEAD_MAX ? head.len : LOAD_HEAD_MAX;
	cutter->format->preface(head, &cutter->preface);
}

void
parallel_read(struct input *in, const struct load_format *format, const struct parallel_options *options, struct sink *sink)
{
	unsigned threads = options->threads ? options->threads : 1;
	struct cutter cutter = { .in = in, .format = format, .at = in->begin_at, .line = 1 };

	if (format->preface)
		read_preface(&cutter);
	cutter.size = options->piece ? options->piece : suitable_piece(in, threads);
	if (threads > 1 && (!in->mapped || (size_t)(in->end - in->begin) > cutter.size)) {
		struct pool pool;
		pool_open(&pool, &cutter, threads);
		read_with_pool(&pool, &cutter, sink);
		pool_close(&pool);
	}
	read_here(&cutter, sink);    /* all of it, or what is left when no thread could be started */
	if (!job_stopped(in->job))
		note_leftover(&cutter, sink);
	buf_fini(&cutter.preface);
}

/* SPDX-License-Identifier: MIT
 * Sets of small numbers, a bit each: how many are below one, and which is the k-th.
 * Ranges are half-open.  What is put in or taken out is counted with the next ranked_count(); until then the queries of numbers and
 * places are undefined. */
#ifndef UTIL_RANKED_H
#define UTIL_RANKED_H

#include <stdbool.h>
#include <stdint.h>

#include "util/bits.h"

struct ranked {
	uint64_t *words;     /* as in util/bits.h */
	uint32_t *before;    /* per word, and one more: how many are in the words before it */
	uint32_t  word_count;
	uint32_t  changed_from, changed_to;    /* words since the last count; from >= to: none */
};

void ranked_init(struct ranked *set, uint32_t limit);    /* empty, of numbers below limit */
void ranked_fini(struct ranked *set);                   /* also of a zeroed struct */

static inline bool
ranked_has(const struct ranked *set, uint32_t x)
{
	return bits_has(set->words, x);
}

/* Words [from, to) are about to change. */
static inline void
ranked_changes(struct ranked *set, uint32_t from, uint32_t to)
{
	set->changed_from = from < set->changed_from ? from : set->changed_from;
	set->changed_to = to > set->changed_to ? to : set->changed_to;
}

static inline void
ranked_put(struct ranked *set, uint32_t x)
{
	ranked_changes(set, x / 64, x / 64 + 1);
	bits_set(set->words, x);
}

/* A word at a time.  of: only those that are in these words too; NULL: all. */
void ranked_put_range(struct ranked *set, uint32_t from, uint32_t to, const uint64_t *of);
void ranked_drop_range(struct ranked *set, uint32_t from, uint32_t to);

/* Counts what changed.  O(words that changed), and an addition for each word behind them. */
void ranked_count(struct ranked *set);

/* How many are below x, which is at most the limit. */
uint32_t ranked_below(const struct ranked *set, uint32_t x);
/* The k-th, from 0; k is less than there are.  O(log words). */
uint32_t ranked_at(const struct ranked *set, uint32_t k);

static inline uint32_t
ranked_total(const struct ranked *set)
{
	return set->before[set->word_count];
}

#endif

/* SPDX-License-Identifier: MIT
 * Sets of numbers below a limit, a bit each: i is in it when bit i % 64 of words[i / 64] is set.
 * They have limit / 64 + 1 words, so that the limit itself may be asked for. */
#ifndef UTIL_BITS_H
#define UTIL_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline size_t
bits_words(size_t limit)
{
	return limit / 64 + 1;
}

/* Empty; free(). */
uint64_t *bits_new(size_t limit);

static inline bool
bits_has(const uint64_t *words, size_t i)
{
	return words[i / 64] >> (i % 64) & 1;
}

static inline void
bits_set(uint64_t *words, size_t i)
{
	words[i / 64] |= UINT64_C(1) << (i % 64);
}

static inline void
bits_clear(uint64_t *words, size_t i)
{
	words[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

static inline void
bits_flip(uint64_t *words, size_t i)
{
	words[i / 64] ^= UINT64_C(1) << (i % 64);
}

/* The bits of one word that are in [from, to). */
uint64_t bits_mask(uint32_t word, uint32_t from, uint32_t to);

/* The first that is in the set and in [from, to); to: there is none. */
uint32_t bits_next(const uint64_t *words, uint32_t from, uint32_t to);

#endif

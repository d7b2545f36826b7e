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
static inline uint64_t
bits_mask(uint32_t word, uint32_t from, uint32_t to)
{
	uint64_t bits = ~UINT64_C(0);

	if (word == from / 64)
		bits &= ~UINT64_C(0) << (from % 64);
	if (word == to / 64)
		bits &= (UINT64_C(1) << (to % 64)) - 1;
	return bits;
}

/* How many bits of a word are set: compilers call a function for it where they may not count on an instruction. */
static inline uint32_t
bits_count(uint64_t word)
{
	word -= word >> 1 & UINT64_C(0x5555555555555555);
	word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
	word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return (uint32_t)(word * UINT64_C(0x0101010101010101) >> 56);
}

/* The same as bits_next() from the begin of a word on. */
uint32_t bits_next_far(const uint64_t *words, uint32_t from, uint32_t to);

/* The first that is in the set and in [from, to); to: there is none. */
static inline uint32_t
bits_next(const uint64_t *words, uint32_t from, uint32_t to)
{
	uint64_t near = from < to ? words[from / 64] >> (from % 64) : 0;

	if (near) {
		uint32_t found = from + (uint32_t)__builtin_ctzll(near);
		return found < to ? found : to;
	}
	return from < to ? bits_next_far(words, from - from % 64 + 64, to) : to;
}

#endif

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/bits.h"

#include "util/alloc.h"

uint64_t *
bits_new(size_t limit)
{
	return xcalloc(bits_words(limit), sizeof(uint64_t));
}

uint32_t
bits_next_far(const uint64_t *words, uint32_t from, uint32_t to)
{
	for (uint32_t word = from / 64; from < to && word <= (to - 1) / 64; word++)
		if (words[word]) {
			uint32_t found = word * 64 + (uint32_t)__builtin_ctzll(words[word]);
			return found < to ? found : to;
		}
	return to;
}

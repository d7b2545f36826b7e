/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/ranked.h"

#include <stdlib.h>

#include "util/alloc.h"

void
ranked_init(struct ranked *set, uint32_t limit)
{
	set->word_count = (uint32_t)bits_words(limit);
	set->words = bits_new(limit);
	set->before = xcalloc((size_t)set->word_count + 1, sizeof *set->before);
}

void
ranked_fini(struct ranked *set)
{
	free(set->words);
	free(set->before);
	*set = (struct ranked){ 0 };
}

void
ranked_put_range(struct ranked *set, uint32_t from, uint32_t to, const uint64_t *of)
{
	for (uint32_t word = from / 64; from < to && word <= (to - 1) / 64; word++)
		set->words[word] |= bits_mask(word, from, to) & (of ? of[word] : ~UINT64_C(0));
}

void
ranked_drop_range(struct ranked *set, uint32_t from, uint32_t to)
{
	for (uint32_t word = from / 64; from < to && word <= (to - 1) / 64; word++)
		set->words[word] &= ~bits_mask(word, from, to);
}

void
ranked_count(struct ranked *set, uint32_t from)
{
	for (uint32_t word = from / 64; word < set->word_count; word++)
		set->before[word + 1] = set->before[word] + (uint32_t)__builtin_popcountll(set->words[word]);
}

uint32_t
ranked_below(const struct ranked *set, uint32_t x)
{
	uint64_t below = (UINT64_C(1) << (x % 64)) - 1;

	return set->before[x / 64] + (uint32_t)__builtin_popcountll(set->words[x / 64] & below);
}

uint32_t
ranked_at(const struct ranked *set, uint32_t k)
{
	uint32_t low = 0, high = set->word_count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (set->before[middle] <= k)
			low = middle;
		else
			high = middle;
	}
	uint64_t word = set->words[low];
	for (uint32_t skip = k - set->before[low]; skip > 0; skip--)
		word &= word - 1;
	return low * 64 + (uint32_t)__builtin_ctzll(word);
}

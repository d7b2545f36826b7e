/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/ranked.h"

#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"

void
ranked_init(struct ranked *set, uint32_t limit)
{
	set->word_count = (uint32_t)bits_words(limit);
	set->words = bits_new(limit);
	set->before = xcalloc((size_t)set->word_count + 1, sizeof *set->before);
	set->changed_from = set->word_count;
	set->changed_to = 0;
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
	if (from >= to)
		return;
	uint32_t first = from / 64, last = (to - 1) / 64;
	ranked_changes(set, first, last + 1);
	set->words[first] |= bits_mask(first, from, to) & (of ? of[first] : ~UINT64_C(0));
	if (first == last)
		return;
	for (uint32_t word = first + 1; of && word < last; word++)
		set->words[word] |= of[word];
	if (!of)
		memset(set->words + first + 1, 0xff, (last - first - 1) * sizeof *set->words);
	set->words[last] |= bits_mask(last, from, to) & (of ? of[last] : ~UINT64_C(0));
}

void
ranked_drop_range(struct ranked *set, uint32_t from, uint32_t to)
{
	if (from >= to)
		return;
	uint32_t first = from / 64, last = (to - 1) / 64;
	ranked_changes(set, first, last + 1);
	set->words[first] &= ~bits_mask(first, from, to);
	if (first == last)
		return;
	memset(set->words + first + 1, 0, (last - first - 1) * sizeof *set->words);
	set->words[last] &= ~bits_mask(last, from, to);
}

void
ranked_count(struct ranked *set)
{
	uint32_t old = set->before[set->changed_to];

	for (uint32_t word = set->changed_from; word < set->changed_to; word++)
		set->before[word + 1] = set->before[word] + bits_count(set->words[word]);
	uint32_t more = set->before[set->changed_to] - old;    /* modulo 2^32 where it is fewer */
	for (uint32_t word = set->changed_to; more && word < set->word_count; word++)
		set->before[word + 1] += more;
	set->changed_from = set->word_count;
	set->changed_to = 0;
}

uint32_t
ranked_below(const struct ranked *set, uint32_t x)
{
	uint64_t below = (UINT64_C(1) << (x % 64)) - 1;

	return set->before[x / 64] + bits_count(set->words[x / 64] & below);
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

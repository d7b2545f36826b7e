/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/keyed.h"

#include <stdlib.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

/* Up to here insertion beats qsort. */
#define FEW 24u

/* A round for each digit; those in which all keys are alike cost nothing. */
static void
sort_by_digits(struct keyed **items, struct keyed **spare, uint32_t count)
{
	uint64_t differing = 0;

	for (uint32_t i = 1; i < count; i++)
		differing |= (*items)[i].key ^ (*items)[0].key;
	for (unsigned shift = 0; shift < 64 && differing >> shift; shift += DIGIT_BITS) {
		uint32_t place[DIGITS] = { 0 }, sum = 0;
		struct keyed *from = *items, *to = *spare;

		if ((differing >> shift & (DIGITS - 1)) == 0)
			continue;
		for (uint32_t i = 0; i < count; i++)
			place[from[i].key >> shift & (DIGITS - 1)]++;
		for (uint32_t digit = 0; digit < DIGITS; digit++) {
			uint32_t len = place[digit];

			place[digit] = sum;
			sum += len;
		}
		for (uint32_t i = 0; i < count; i++)
			to[place[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
		*items = to;
		*spare = from;
	}
}

static int
by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->value < y->value ? -1 : x->value > y->value;
}

static void
insert_each(struct keyed *items, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		struct keyed item = items[i];
		uint32_t at = i;

		for (; at > 0 && items[at - 1].key > item.key; at--)
			items[at] = items[at - 1];
		items[at] = item;
	}
}

void
keyed_sort(struct keyed **items, struct keyed **spare, uint32_t count)
{
	if (count <= FEW)
		insert_each(*items, count);
	else if (count < DIGITS / 4)
		qsort(*items, count, sizeof **items, by_key);
	else
		sort_by_digits(items, spare, count);
}

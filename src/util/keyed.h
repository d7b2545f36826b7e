/* SPDX-License-Identifier: MIT
 * Numbers sorted by a key: in as many rounds as keys have digits that differ, not by comparing. */
#ifndef UTIL_KEYED_H
#define UTIL_KEYED_H

#include <stdint.h>
#include <string.h>

struct keyed {
	uint64_t key;
	uint32_t value;
};

/* Sorts by key, equal keys by value where values ascend to begin with, else those in any order.  spare has room for as many; the two
 * change roles as needed.  O(count). */
void keyed_sort(struct keyed **items, struct keyed **spare, uint32_t count);

/* Doubles are ordered as their bits are, negative ones the other way round; 0 and -0 are equal. */
static inline uint64_t
keyed_of_double(double value)
{
	uint64_t bits;

	value += 0.0;
	memcpy(&bits, &value, sizeof bits);
	return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

#endif

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/vec.h"

#include "util/alloc.h"

void *
vec_grow(void *at, size_t *cap, size_t need, size_t item_size)
{
	size_t grown = *cap + *cap / 2;

	if (grown < 8)
		grown = 8;
	if (grown < need)
		grown = need;
	*cap = grown;
	return xreallocarray(at, grown, item_size);
}

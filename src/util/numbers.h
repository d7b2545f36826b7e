/* SPDX-License-Identifier: MIT
 * A growing list of doubles that takes four bytes each while all of them are whole numbers from 0 to 2^32 - 2, or NaN.
 * A zeroed list is empty. */
#ifndef UTIL_NUMBERS_H
#define UTIL_NUMBERS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

struct numbers {
	uint32_t *small;    /* UINT32_MAX: NaN; NULL once the list is wide */
	double   *wide;     /* NULL until then */
	size_t    len, cap;
};

void numbers_push(struct numbers *list, double number);
void numbers_set(struct numbers *list, size_t at, double number);    /* at < len */
void numbers_spent(struct numbers *list, size_t begin, size_t end);  /* these will not be read any more: give_back() */
void numbers_fini(struct numbers *list);

static inline double
numbers_at(const struct numbers *list, size_t at)
{
	if (list->wide)
		return list->wide[at];
	return list->small[at] == UINT32_MAX ? NAN : (double)list->small[at];
}

#endif

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/numbers.h"

#include <stdbool.h>
#include <stdlib.h>

#include "util/alloc.h"
#include "util/vec.h"

/* NaN has the value that no number has. */
static bool
is_small(double number, uint32_t *out)
{
	*out = UINT32_MAX;
	if (isnan(number))
		return true;
	if (!(number >= 0 && number < (double)UINT32_MAX) || signbit(number))
		return false;
	*out = (uint32_t)number;
	return (double)*out == number;
}

static void
widen(struct numbers *list)
{
	double *wide = xreallocarray(NULL, list->cap, sizeof *wide);

	for (size_t i = 0; i < list->len; i++)
		wide[i] = numbers_at(list, i);
	free(list->small);
	list->small = NULL;
	list->wide = wide;
}

static void
reserve(struct numbers *list)
{
	if (list->len < list->cap)
		return;
	if (list->wide)
		list->wide = vec_grow(list->wide, &list->cap, list->len + 1, sizeof *list->wide);
	else
		list->small = vec_grow(list->small, &list->cap, list->len + 1, sizeof *list->small);
}

void
numbers_push(struct numbers *list, double number)
{
	reserve(list);
	numbers_set(list, list->len, number);
	list->len++;
}

void
numbers_set(struct numbers *list, size_t at, double number)
{
	uint32_t small;

	if (!list->wide && is_small(number, &small)) {
		list->small[at] = small;
		return;
	}
	if (!list->wide)
		widen(list);
	list->wide[at] = number;
}

void
numbers_spent(struct numbers *list, size_t begin, size_t end)
{
	if (list->wide)
		give_back(list->wide + begin, (end - begin) * sizeof *list->wide);
	else if (list->small)
		give_back(list->small + begin, (end - begin) * sizeof *list->small);
}

void
numbers_fini(struct numbers *list)
{
	free(list->small);
	free(list->wide);
	*list = (struct numbers){ 0 };
}

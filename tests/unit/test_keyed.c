/* SPDX-License-Identifier: MIT
 * Sorting by keys against comparing. */
#include "config.h"

#include <math.h>

#include "tests/tap.h"
#include "tests/unit/random_tree.h"
#include "util/alloc.h"
#include "util/keyed.h"

static int
by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->value < y->value ? -1 : x->value > y->value;
}

static double
some_number(struct rng *rng)
{
	static const double odd[] = { 0, -0.0, 1, -1, 0.5, -0.5, 1e300, -1e300, 1e-300, -1e-300, INFINITY, -INFINITY };

	return rng_below(rng, 3) ? (rng_share(rng) - 0.5) * 1e6 : odd[rng_below(rng, sizeof odd / sizeof *odd)];
}

static bool
is_sorted_alike(struct rng *rng, uint32_t count)
{
	struct keyed *items = xreallocarray(NULL, count + 1, sizeof *items), *spare = xreallocarray(NULL, count + 1, sizeof *spare);
	struct keyed *want = xreallocarray(NULL, count + 1, sizeof *want);
	unsigned bits = 1 + rng_below(rng, 64);
	bool doubles = rng_below(rng, 2), same = true;

	for (uint32_t i = 0; i < count; i++)
		want[i] = items[i] = (struct keyed){ doubles ? keyed_of_double(some_number(rng)) : rng_next(rng) >> (64 - bits), i };
	if (count)
		qsort(want, count, sizeof *want, by_key);
	keyed_sort(&items, &spare, count);
	for (uint32_t i = 0; i < count; i++)
		same &= items[i].key == want[i].key && items[i].value == want[i].value;
	free(items);
	free(spare);
	free(want);
	return same;
}

int
main(void)
{
	struct rng rng = { 9 };
	bool order = true;
	int wrong = 0;

	for (int i = 0; i < 60; i++)
		wrong += !is_sorted_alike(&rng, i % 2 ? rng_below(&rng, i % 3 ? 300 : 30) : rng_below(&rng, 5000));
	is_int(wrong, 0, "few and many are sorted, equal ones in their order");
	for (int i = 0; i < 5000; i++) {
		double a = some_number(&rng), b = some_number(&rng);
		uint64_t x = keyed_of_double(a), y = keyed_of_double(b);
		order &= (a < b) == (x < y) && (a == b) == (x == y);
	}
	ok(order, "doubles have keys in their order");
	return done();
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>

#include "tests/tap.h"
#include "util/numbers.h"

static bool
is_same(double a, double b)
{
	return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

/* All but the last fit into four bytes. */
static void
keeps(const double *numbers, size_t count, bool small)
{
	struct numbers list = { 0 };
	bool same = true;

	for (size_t i = 0; i < count; i++)
		numbers_push(&list, numbers[i]);
	for (size_t i = 0; i < count; i++)
		same &= is_same(numbers_at(&list, i), numbers[i]);
	ok(same && list.len == count, "%zu numbers stay what they are", count);
	ok(!list.wide == small, small ? "in four bytes" : "in eight");
	numbers_fini(&list);
}

int
main(void)
{
	static const double small[] = { 0, 1, NAN, 4294967294, 7 };
	static const double last[] = { 4294967295, 0.5, -1, -0.0, INFINITY, 1e300, -INFINITY };
	double all[6];

	keeps(small, 5, true);
	memcpy(all, small, sizeof small);
	for (size_t i = 0; i < sizeof last / sizeof *last; i++) {
		all[5] = last[i];
		keeps(all, 6, false);
		keeps(&last[i], 1, false);
	}
	struct numbers list = { 0 };
	for (int i = 0; i < 100; i++)
		numbers_push(&list, i);
	numbers_set(&list, 50, 0.25);
	ok(numbers_at(&list, 49) == 49 && numbers_at(&list, 50) == 0.25 && numbers_at(&list, 99) == 99, "one may change the others' size");
	numbers_fini(&list);
	return done();
}

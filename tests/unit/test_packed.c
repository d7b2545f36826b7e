/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "model/packed.h"

#include <math.h>

#include "tests/make.h"
#include "tests/tap.h"
#include "util/alloc.h"
#include "util/vec.h"

enum { RUNS = 400, LONGEST = 900 };

/* Whole numbers of few and many bytes, alike and mixed, the largest last. */
static void
test_whole(void)
{
	static const uint32_t most[] = { 1, 2, 256, 257, 65536, 65537, UINT32_MAX };
	uint64_t rng = 3;
	unsigned wrong = 0, wide = 0;

	for (int run = 0; run < RUNS; run++) {
		struct packed list = { 0 };
		struct { VEC(uint32_t); } plain = { 0 };
		uint32_t below = most[random_below(&rng, sizeof most / sizeof *most)], last = most[random_below(&rng, sizeof most / sizeof *most)];

		for (uint32_t left = random_below(&rng, LONGEST); left > 0; left--) {
			uint32_t value = left == 1 ? last - 1 : random_below(&rng, below);
			packed_push(&list, value);
			vec_push(&plain, value);
		}
		wrong += list.len != plain.len;
		for (size_t i = 0; i < plain.len; i++)
			wrong += packed_get(&list, i) != plain.at[i];
		wide += plain.len && below <= 256 && last <= 256 && list.width > 1;
		wide += plain.len && below == 1 && last == 1 && list.width > 0;
		packed_fini(&list);
		vec_fini(&plain);
	}
	is_int(wrong, 0, "whole numbers come out as they were put in");
	is_int(wide, 0, "in a byte when that is enough, in none when they are the same");
}

static double
odd_number(uint64_t *rng)
{
	static const double odd[] = { 0.1, -0.0, -1, 1e300, 4294967295.0, 4294967296.0, 1e-7, 1.0 / 3, INFINITY, -INFINITY, 123456.789, 4294967.2955 };

	return odd[random_below(rng, sizeof odd / sizeof *odd)];
}

static void
test_doubles(void)
{
	static const double per[] = { 1, 1000, 1e6, 3 };
	uint64_t rng = 4;
	unsigned wrong = 0, wide = 0, narrow = 0;

	for (int run = 0; run < RUNS; run++) {
		struct packed_doubles list = { 0 };
		struct { VEC(double); } plain = { 0 };
		uint32_t parts = random_below(&rng, 4), change = random_below(&rng, LONGEST), odd = random_below(&rng, 2 * LONGEST);

		for (uint32_t left = random_below(&rng, LONGEST); left > 0; left--) {
			double value = random_below(&rng, 4000) / per[left > change ? 0 : parts];
			if (left == odd)
				value = odd_number(&rng);
			packed_doubles_push(&list, value);
			vec_push(&plain, value);
		}
		wrong += packed_doubles_len(&list) != plain.len;
		for (size_t i = 0; i < plain.len; i++)
			wrong += !(packed_doubles_get(&list, i) == plain.at[i]);
		wide += list.wide && parts < 3 && odd > LONGEST;
		narrow += !list.wide && list.per == 1000000;
		packed_doubles_fini(&list);
		vec_fini(&plain);
	}
	is_int(wrong, 0, "numbers come out as they were put in");
	is_int(wide, 0, "whole ones, thousandths and millionths take no more than four bytes");
	ok(narrow > 10, "which happens");
	struct packed_doubles list = { 0 };
	packed_doubles_push(&list, 1);
	packed_doubles_push(&list, NAN);
	packed_doubles_push(&list, 0.25);
	packed_doubles_push(&list, 4.25);
	packed_doubles_cut(&list, 3);
	packed_doubles_push(&list, NAN);
	ok(!list.wide && packed_doubles_len(&list) == 4 && packed_doubles_get(&list, 2) == 0.25 && isnan(packed_doubles_get(&list, 3)), "what is cut off is replaced");
	ok(packed_doubles_get(&list, 0) == 1 && isnan(packed_doubles_get(&list, 1)), "what is no number is one of them");
	packed_doubles_fini(&list);
}

static void
test_times(void)
{
	uint64_t rng = 5;
	unsigned wrong = 0, wide = 0;

	for (int run = 0; run < RUNS; run++) {
		struct packed_times list = { 0 };
		struct { VEC(int64_t); } plain = { 0 };
		int64_t now = random_below(&rng, 2) ? 0 : 1700000000000000000, step = random_below(&rng, 2) ? 1000 : 1;
		uint32_t jump = random_below(&rng, 3 * LONGEST), gap = random_below(&rng, 4 * LONGEST);

		for (uint32_t left = random_below(&rng, LONGEST); left > 0; left--) {
			now = left == jump - 1 ? 0 : now + step * (int64_t)random_below(&rng, 10000);
			if (left == jump)
				now = random_below(&rng, 2) ? INT64_MAX : INT64_MIN;
			if (left == gap) {    /* some without a time */
				vec_push(&plain, 0);
				vec_push(&plain, 0);
				jump = 1;
			}
			packed_times_set(&list, (uint32_t)plain.len, now);
			vec_push(&plain, now);
		}
		if (plain.len)
			plain.at[plain.len / 2] = now;
		if (plain.len)
			packed_times_set(&list, (uint32_t)plain.len / 2, now);
		wrong += list.len != plain.len;
		for (size_t i = 0; i < plain.len; i++)
			wrong += packed_times_get(&list, i) != plain.at[i];
		wrong += packed_times_get(&list, plain.len) != 0;
		wide += list.wide && jump > LONGEST && gap > LONGEST;
		packed_times_fini(&list);
		vec_fini(&plain);
	}
	is_int(wrong, 0, "moments come out as they were put in");
	is_int(wide, 0, "in four bytes where they follow each other");
}

int
main(void)
{
	test_whole();
	test_doubles();
	test_times();
	return done();
}

/* SPDX-License-Identifier: MIT
 * Sets with order against a list of booleans. */
#include "config.h"

#include <stdlib.h>

#include "tests/tap.h"
#include "tests/unit/random_tree.h"
#include "util/ranked.h"

enum { LIMIT = 300 };

static const char *
wrong(const struct ranked *set, const bool *in, uint32_t limit)
{
	uint32_t below = 0;

	for (uint32_t x = 0; x <= limit; x++) {
		if (ranked_below(set, x) != below)
			return "what is below differs";
		uint32_t next = x;
		while (next < limit && !in[next])
			next++;
		if (bits_next(set->words, x, limit) != next)
			return "the next one differs";
		if (x == limit || !in[x])
			continue;
		if (!ranked_has(set, x) || ranked_at(set, below) != x)
			return "a place differs";
		below++;
	}
	return ranked_total(set) == below ? NULL : "there are more or fewer";
}

static const char *
wrong_set(struct rng *rng)
{
	uint32_t limit = 1 + rng_below(rng, LIMIT);
	bool in[LIMIT] = { false };
	struct ranked set;
	const char *what = NULL;

	ranked_init(&set, limit);
	for (int i = 0; i < 20 && !what; i++) {
		uint32_t from = rng_below(rng, limit + 1), to = from + rng_below(rng, limit - from + 1), kind = rng_below(rng, 4);
		uint64_t of[LIMIT / 64 + 1];
		for (size_t w = 0; w < sizeof of / sizeof *of; w++)
			of[w] = (uint64_t)rng_below(rng, UINT32_MAX) << 32 | rng_below(rng, UINT32_MAX);
		if (kind == 0)
			ranked_drop_range(&set, from, to);
		else
			ranked_put_range(&set, from, to, kind == 1 ? of : NULL);
		for (uint32_t x = from; x < to; x++)
			in[x] = kind != 0 && (in[x] || kind != 1 || (of[x / 64] >> (x % 64) & 1));
		if (rng_below(rng, 3) == 0)
			continue;
		ranked_count(&set);
		what = wrong(&set, in, limit);
	}
	ranked_fini(&set);
	return what;
}

static bool
is_list(struct rng *rng)
{
	uint32_t limit = rng_below(rng, LIMIT);
	bool in[LIMIT + 1] = { false };
	uint64_t *set = bits_new(limit);
	bool same = true;

	for (int i = 0; i < 500; i++) {
		uint32_t x = rng_below(rng, limit + 1), kind = rng_below(rng, 3);
		(kind == 0 ? bits_set : kind == 1 ? bits_clear : bits_flip)(set, x);
		in[x] = kind == 0 || (kind == 2 && !in[x]);
		x = rng_below(rng, limit + 1);
		same = same && bits_has(set, x) == in[x];
	}
	free(set);
	return same;
}

int
main(void)
{
	struct rng rng = { 5 };
	const char *what = NULL;
	int i = 0;

	for (; i < 300 && !what; i++)
		what = wrong_set(&rng);
	if (!ok(!what, "ranges, ranks and places are those of a list"))
		diag("set %d: %s", i, what);
	bool same = true;
	for (i = 0; i < 100; i++)
		same = same && is_list(&rng);
	ok(same, "bits are put, taken out and turned as those of a list");
	return done();
}

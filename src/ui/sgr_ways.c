/* SPDX-License-Identifier: MIT
 * Which of the ways to the styles of an output is the shortest. */
#include "config.h"

#include "ui/sgr_core.h"

/* A terminal as it may be after some of the steps, and the bytes that took. */
struct guess {
	struct sgr_state has;
	size_t           bytes;
	uint8_t          from, way;    /* how it came from the step before */
};

static bool
same_state(const struct sgr_state *a, const struct sgr_state *b)
{
	return a->attrs == b->attrs && sgr_same_color(&a->fg, &b->fg) && sgr_same_color(&a->bg, &b->bg);
}

/* Keeps the best guesses, each state once; returns how many there are. */
static int
keep_guess(struct guess *best, int count, const struct guess *guess)
{
	int worst = 0;

	for (int i = 0; i < count; i++) {
		if (same_state(&best[i].has, &guess->has)) {
			if (guess->bytes < best[i].bytes)
				best[i] = *guess;
			return count;
		}
		if (best[i].bytes > best[worst].bytes)
			worst = i;
	}
	if (count < SGR_GUESSES)
		best[count++] = *guess;
	else if (guess->bytes < best[worst].bytes)
		best[worst] = *guess;
	return count;
}

void
sgr_choose_ways(struct sgr *sgr)
{
	struct guess best[SGR_GUESSES] = { { .has = sgr->has } };
	int count = 1;

	for (size_t i = 0; i < sgr->steps.len; i++) {
		struct sgr_step *step = &sgr->steps.at[i];
		struct guess next[SGR_GUESSES];
		int next_count = 0;
		for (int from = 0; from < count; from++)
			for (int way = 0; way < 2; way++) {
				struct guess guess = { .has = best[from].has, .from = (uint8_t)from, .way = (uint8_t)way };
				struct sgr_change change;
				if (!sgr_take_way(&guess.has, step, way, &change))
					continue;
				guess.bytes = best[from].bytes + (change.len ? change.len + 3 : 0);
				next_count = keep_guess(next, next_count, &guess);
			}
		for (int g = 0; g < next_count; g++) {
			step->from[g] = next[g].from;
			step->way[g] = next[g].way;
			best[g] = next[g];
		}
		count = next_count;
	}
	int chosen = 0;
	for (int g = 1; g < count; g++)
		if (best[g].bytes < best[chosen].bytes)
			chosen = g;
	for (size_t i = sgr->steps.len; i-- > 0;) {
		struct sgr_step *step = &sgr->steps.at[i];
		step->chosen = step->way[chosen];
		chosen = step->from[chosen];
	}
}

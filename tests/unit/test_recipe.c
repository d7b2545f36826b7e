/* SPDX-License-Identifier: MIT
 * Recipes: a tree is the same from the start and from any of its steps. */
#include "config.h"

#include "analysis/invert.h"
#include "analysis/kept.h"
#include "analysis/recipe.h"
#include "tests/make.h"
#include "tests/tap.h"
#include "util/alloc.h"

enum { ROUNDS = 200, SAMPLES = 40, DEPTH_MAX = 8, FUNCTIONS = 5 };

static uint32_t seed = 17;

static uint32_t
pick(uint32_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 16) % below;
}

static struct dataset *
random_profile(void)
{
	struct dataset *ds = make_dataset();

	for (int i = 0; i < SAMPLES; i++) {
		char path[2 * DEPTH_MAX + 2] = "";
		for (uint32_t k = 0, depth = 1 + pick(DEPTH_MAX); k < depth; k++)
			snprintf(path + 2 * k, 3, "%c;", (char)('a' + pick(FUNCTIONS)));
		path[strlen(path) - 1] = '\0';
		make_sample(ds, path, 1 + pick(9));
	}
	dataset_seal(ds);
	return ds;
}

static struct recipe
random_recipe(struct strtab *patterns)
{
	struct recipe recipe = { .spec = { .track = TRACK_ALL, .metric = { .kind = METRIC_SAMPLE_TYPE }, .order = (enum tree_order)pick(3) } };

	recipe.recursion = (enum recursion)pick(3);
	recipe.inverted = pick(2);
	for (uint32_t left = pick(3); left > 0; left--) {
		char name = (char)('a' + pick(FUNCTIONS));
		CHECK(recipe_add(&recipe, patterns, (enum filter_kind)pick(4), (struct str){ &name, 1 }, NULL));
	}
	return recipe;
}

static bool
same_tree(const struct tree *a, const struct tree *b)
{
	size_t n = a->count;

	return n == b->count && !memcmp(a->frame, b->frame, n * sizeof *a->frame) && !memcmp(a->level, b->level, n * sizeof *a->level) &&
	       !memcmp(a->total, b->total, n * sizeof *a->total) && !memcmp(a->self, b->self, n * sizeof *a->self) &&
	       !memcmp(a->x0, b->x0, n * sizeof *a->x0) && !memcmp(a->items, b->items, n * sizeof *a->items);
}

/* The weight of the samples that are kept. */
static double
kept_weight(struct build_cache *cache, const struct recipe *recipe, const struct strtab *patterns, const struct kept_wish *wish)
{
	const struct dataset *ds = build_cache_dataset(cache);
	struct kept kept;
	double sum = 0;

	if (!kept_build(cache, recipe, patterns, wish, &kept, NULL))
		return -1;
	for (sample_id i = 0; i < ds->samples.count; i++)
		sum += kept_has_sample(&kept, ds, i) ? samples_weight(&ds->samples, i, 0) : 0;
	kept_fini(&kept);
	return sum;
}

/* A tree weighs what is kept, and so do its boxes and its sandwiches. */
static bool
keeps_same(struct build_cache *cache, struct recipe recipe, const struct strtab *patterns, const struct dataset *ds)
{
	recipe.inverted = false;
	struct tree *tree = recipe_build(cache, &recipe, patterns, NULL, NULL);
	frame_word *set = recipe_frames(NULL, ds, STR("[ab]"));
	struct sandwich sandwich = sandwich_build(tree, ds, set, ORDER_HEAVIEST, NULL, NULL);
	struct kept_wish all = { 0 }, through = { .through = STR("[ab]") }, focus = { .focus = "a" };
	node_id a = 1;

	bool same = kept_weight(cache, &recipe, patterns, &all) == tree->total[NODE_ALL] &&
	            kept_weight(cache, &recipe, patterns, &through) == sandwich.callees->total[NODE_ALL];
	while (a < tree->count && (tree->level[a] != 1 || !str_equal(frame_name(ds, tree->frame[a]), STR("a"))))
		a = a + 1;
	same &= kept_weight(cache, &recipe, patterns, &focus) == (a < tree->count ? tree->total[a] : -1);
	sandwich_fini(&sandwich);
	free(set);
	tree_free(tree);
	return same;
}

int
main(void)
{
	int differ = 0, from_steps = 0, unstopped = 0, kept = 0;

	for (int round = 0; round < ROUNDS; round++) {
		struct dataset *ds = random_profile();
		struct strtab *patterns = strtab_new();
		struct recipe recipe = random_recipe(patterns);
		struct build_cache *cache = build_cache_new(ds, NULL);
		double all;
		struct tree *whole = recipe_build(cache, &recipe, patterns, NULL, &all);
		for (int step = RECIPE_PLAIN; step < RECIPE_DONE; step++) {
			struct recipe until = recipe_until(&recipe, (enum recipe_step)step);
			if (recipe_equal(&until, &recipe))
				continue;
			struct tree *first = recipe_build(cache, &until, patterns, NULL, NULL);
			struct recipe_start start = { first, (enum recipe_step)step, all };
			struct tree *tree = recipe_build_from(cache, &recipe, patterns, &start, NULL);
			struct job stopped = { .wish = JOB_DROP };
			unstopped += recipe_build_from(cache, &recipe, patterns, &start, &stopped) != NULL;
			struct tree *part = tree_invert(first, ds, ORDER_HEAVIEST, NULL, &stopped);
			unstopped += part->count > 1;
			tree_free(part);
			differ += !same_tree(tree, whole);
			from_steps++;
			tree_free(first);
			tree_free(tree);
		}
		kept += keeps_same(cache, recipe, patterns, ds);
		tree_free(whole);
		build_cache_free(cache);
		strtab_free(patterns);
		dataset_free(ds);
	}
	ok(from_steps > ROUNDS / 2, "recipes of several steps");
	is_int(differ, 0, "a tree is the same from the start and from a step");
	is_int(kept, ROUNDS, "what is kept weighs what the tree does");
	is_int(unstopped, 0, "what is asked to stop does so");
	return done();
}

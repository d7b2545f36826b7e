/* SPDX-License-Identifier: MIT
 * Which spans a node stands for, held against walking up from every span. */
#include "config.h"

#include <math.h>

#include "analysis/invert.h"
#include "analysis/places.h"
#include "load/attr.h"
#include "tests/unit/random_tree.h"
#include "tests/unit/viewer_test.h"

enum { SPANS = 300, NAMES = 7 };

static struct dataset *
random_traces(uint64_t seed)
{
	struct rng rng = { seed };
	struct sink *sink = sink_new(STR("random.json"));

	sink_group_open(sink);
	for (uint64_t id = 1; id <= SPANS; id++) {
		char name[24];
		int64_t start = 1000000 + rng_below(&rng, 1000);
		snprintf(name, sizeof name, "op %u", rng_below(&rng, NAMES));
		uint8_t trace = (uint8_t)(1 + id % 3);
		uint64_t parent = id <= 9 ? 0 : id - 3 * (1 + rng_below(&rng, 3));
		add_span(sink, trace, id, parent, name, start, start + rng_below(&rng, 500), false);
	}
	sink_group_close(sink);
	return seal(sink);
}

/* The frames from the node up. */
static uint32_t
path_of(const struct tree *tree, node_id node, frame_id *path)
{
	uint32_t len = 0;

	for (; node != NODE_ALL; node = tree->parent[node])
		path[len++] = tree->frame[node];
	return len;
}

/* From the span's own frame up, as far as the trace goes. */
static uint32_t
span_path(const struct dataset *ds, span_id span, frame_id *path)
{
	uint32_t len = 0;

	for (; span != ID_NONE; span = ds->spans.parent[span])
		path[len++] = ds->spans.frame[span];
	return len;
}

static bool
is_upside_down(const frame_id *node, uint32_t node_len, const frame_id *span, uint32_t span_len)
{
	if (span_len < node_len)
		return false;
	for (uint32_t i = 0; i < node_len; i++)
		if (node[node_len - 1 - i] != span[i])
			return false;
	return true;
}

static bool
list_has(const struct place_list *list, uint32_t item)
{
	for (size_t i = 0; i < list->len; i++)
		if (list->at[i] == item)
			return true;
	return false;
}

static void
check_plain(const struct dataset *ds, struct build_cache *cache, const struct recipe *recipe, const struct strtab *patterns, const char *what)
{
	struct tree *tree = recipe_build(cache, recipe, patterns, NULL, NULL);
	struct places *places = places_build(cache, recipe, patterns, NULL, NULL);
	uint32_t wrong = 0, total = 0, found = 0;

	for (node_id node = 1; node < tree->count; node++) {
		struct place_list list = { 0 };
		places_list(places, &(struct place_of){ tree, node, false }, &list);
		wrong += list.len != tree->items[node] || (list.len && list.at[0] != tree->span[node]);
		for (size_t i = 0; i < list.len; i++)
			wrong += places_find(places, list.at[i]) != node;
		total += (uint32_t)list.len;
		vec_fini(&list);
	}
	for (span_id span = 0; span < ds->spans.count; span++)
		found += places_find(places, span) != NODE_NONE;
	is_int(wrong, 0, what);
	ok(total == found && total > 0, "%s: each span once", what);
	places_free(places);
	tree_free(tree);
}

static void
check_inverted(const struct dataset *ds, struct build_cache *cache, const struct strtab *patterns)
{
	struct recipe recipe = { .spec = tree_spec_default(ds), .inverted = true };
	struct tree *tree = recipe_build(cache, &recipe, patterns, NULL, NULL);
	struct places *places = places_build(cache, &recipe, patterns, NULL, NULL);
	frame_id node_path[SPANS + 1], own_path[SPANS + 1];
	uint32_t wrong = 0;

	for (node_id node = 1; node < tree->count; node++) {
		struct place_list list = { 0 };
		places_list(places, &(struct place_of){ tree, node, false }, &list);
		uint32_t len = path_of(tree, node, node_path);
		for (span_id span = 0; span < ds->spans.count; span++)
			wrong += is_upside_down(node_path, len, own_path, span_path(ds, span, own_path)) != list_has(&list, span);
		vec_fini(&list);
	}
	ok(wrong == 0 && tree->count > 20, "bottom-up: what is called through the path (%u nodes)", tree->count);
	places_free(places);
	tree_free(tree);
}

/* One function: its own node stands for its outermost calls, and those below it for what they call. */
static void
check_sandwich(const struct dataset *ds, struct build_cache *cache, const struct strtab *patterns)
{
	struct recipe recipe = { .spec = tree_spec_default(ds) };
	frame_word *set = recipe_frames(NULL, ds, STR("op 3"));
	struct tree *base = recipe_build(cache, &recipe, patterns, NULL, NULL);
	struct sandwich sandwich = sandwich_build(base, ds, set, ORDER_HEAVIEST, NULL, NULL);
	struct places *places = places_build(cache, &recipe, patterns, set, NULL);
	struct place_list list = { 0 }, below = { 0 };
	uint32_t outermost = 0, wrong = 0;

	for (span_id span = 0; span < ds->spans.count; span++) {
		bool inside = false;
		for (span_id up = ds->spans.parent[span]; up != ID_NONE; up = ds->spans.parent[up])
			inside |= frame_set_has(set, ds->spans.frame[up]);
		outermost += frame_set_has(set, ds->spans.frame[span]) && !inside;
	}
	places_list(places, &(struct place_of){ sandwich.callees, 1, false }, &list);
	is_int((long long)list.len, outermost, "a sandwich: its function stands for the outermost calls");
	for (node_id node = 2; node < sandwich.callees->count; node++) {
		below.len = 0;
		places_list(places, &(struct place_of){ sandwich.callees, node, false }, &below);
		wrong += below.len != sandwich.callees->items[node];
	}
	is_int(wrong, 0, "and what they call for its spans");
	wrong = 0;
	for (node_id node = 2; node < sandwich.callers->count; node++) {
		below.len = 0;
		places_list(places, &(struct place_of){ sandwich.callers, node, true }, &below);
		wrong += below.len == 0;
		for (size_t i = 0; i < below.len; i++)
			wrong += ds->spans.frame[below.at[i]] != sandwich.callers->frame[node];
	}
	is_int(wrong, 0, "callers for theirs");
	vec_fini(&list);
	vec_fini(&below);
	places_free(places);
	sandwich_fini(&sandwich);
	tree_free(base);
	free(set);
}

int
main(void)
{
	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct dataset *ds = random_traces(seed);
		struct build_cache *cache = build_cache_new(ds, &attr_reader);
		struct strtab *patterns = strtab_new();
		struct recipe recipe = { .spec = tree_spec_default(ds) };

		check_plain(ds, cache, &recipe, patterns, "merged");
		recipe.spec.track = 1;
		recipe.spec.order = ORDER_ALPHABETICAL;
		check_plain(ds, cache, &recipe, patterns, "one trace");
		recipe.spec.track = TRACK_ALL;
		recipe_add(&recipe, patterns, FILTER_HIDE, STR("op 2"), NULL);
		recipe_add(&recipe, patterns, FILTER_ONLY, STR("op 4"), NULL);
		check_plain(ds, cache, &recipe, patterns, "filtered");
		recipe.recursion = RECURSION_ALL;
		check_plain(ds, cache, &recipe, patterns, "recursion joined");
		check_inverted(ds, cache, patterns);
		check_sandwich(ds, cache, patterns);
		strtab_free(patterns);
		build_cache_free(cache);
		dataset_free(ds);
	}
	return done();
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/instances.h"

#include <stdlib.h>

#include "analysis/places.h"
#include "ui/clocks.h"
#include "util/alloc.h"

struct instance_cache {
	struct places    *places;    /* NULL: not needed yet */
	struct place_list spans;
	node_id           node;      /* that they are of */
};

void
instance_cache_free(struct instance_cache *cache)
{
	if (!cache)
		return;
	places_free(cache->places);
	vec_fini(&cache->spans);
	free(cache);
}

static struct instance_cache *
cache_of(struct app *app)
{
	struct scene *scene = app_scene(app);

	if (!scene->instances) {
		scene->instances = xcalloc(1, sizeof *scene->instances);
		scene->instances->node = NODE_NONE;
	}
	return scene->instances;
}

static const struct places *
places_of(struct app *app)
{
	const struct scene_key *key = &app_scene(app)->key;
	struct instance_cache *cache = cache_of(app);
	frame_word *functions = NULL;

	if (cache->places)
		return cache->places;
	if (key->sandwich != STR_EMPTY)
		functions = recipe_frames(NULL, app->session->ds, strtab_get(app->patterns, key->sandwich));
	cache->places = places_build(app->session->cache, &key->recipe, app->patterns, functions, NULL);
	free(functions);
	return cache->places;
}

static int
slower_first(const void *a, const void *b, void *context)
{
	const struct spans *spans = context;
	span_id x = *(const span_id *)a, y = *(const span_id *)b;

	if (spans->duration_ns[x] != spans->duration_ns[y])
		return spans->duration_ns[x] > spans->duration_ns[y] ? -1 : 1;
	return x < y ? -1 : x > y;
}

void
instances_sort(const struct dataset *ds, span_id *spans, size_t count)
{
	qsort_r(spans, count, sizeof *spans, slower_first, (void *)&ds->spans);
}

struct instances
instances_of(struct app *app, node_id node)
{
	struct scene *scene = app_scene(app);
	const struct tree *tree = scene->tree;

	if (!tree->span || node == NODE_ALL)
		return (struct instances){ 0 };
	if (tree->timed)
		return (struct instances){ &tree->span[node], tree->span[node] != ID_NONE };
	struct instance_cache *cache = cache_of(app);
	if (cache->node != node) {
		struct place_of of = { tree, node, scene_is_caller(scene, node) };
		cache->spans.len = 0;
		places_list(places_of(app), &of, &cache->spans);
		if (cache->spans.len)
			instances_sort(clocks_dataset(app), cache->spans.at, cache->spans.len);
		cache->node = node;
	}
	return (struct instances){ cache->spans.at, (uint32_t)cache->spans.len };
}

static bool
is_other_end(const struct app *app)
{
	return app->scene->key.recipe.inverted || app->scene->key.sandwich != STR_EMPTY;
}

node_id
instances_find(struct app *app, span_id span)
{
	const struct tree *tree = app_scene(app)->tree;

	if (!tree->span || is_other_end(app))
		return NODE_NONE;
	if (!tree->timed)
		return places_find(places_of(app), span);
	for (node_id node = 1; node < tree->count; node++)
		if (tree->span[node] == span)
			return node;
	return NODE_NONE;
}

node_id
instances_find_stack(struct app *app, stack_id stack)
{
	const struct tree *tree = app_scene(app)->tree;

	return tree->span || tree->timed || is_other_end(app) ? NODE_NONE : places_find(places_of(app), stack);
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/places.h"

#include <stdlib.h>

#include "util/alloc.h"
#include "util/bits.h"

struct places {
	struct tree *base;           /* as it is before it is turned round */
	uint32_t    *start, *item;   /* the items of base node n are item[start[n]] up to item[start[n + 1]] */
	bool         inverted;
	frame_word  *functions;      /* of a sandwich, or NULL */
};

static void
fill(struct places *places, uint32_t count)
{
	const node_id *place = places->base->place;
	uint32_t nodes = places->base->count, sum = 0;

	places->start = xcalloc((size_t)nodes + 1, sizeof *places->start);
	places->item = xreallocarray(NULL, count ? count : 1, sizeof *places->item);
	for (uint32_t i = 0; i < count; i++)
		if (place[i] != NODE_NONE)
			places->start[place[i]]++;
	for (uint32_t n = 0; n <= nodes; n++) {
		uint32_t len = places->start[n];
		places->start[n] = sum;
		sum += len;
	}
	for (uint32_t i = 0; i < count; i++)
		if (place[i] != NODE_NONE)
			places->item[places->start[place[i]]++] = i;
	for (uint32_t n = nodes; n > 0; n--)
		places->start[n] = places->start[n - 1];
	places->start[0] = 0;
}

static frame_word *
copy_set(const frame_word *set, const struct dataset *ds)
{
	size_t words = bits_words(ds->frame_count);
	frame_word *copy = xcalloc(words, sizeof *copy);

	memcpy(copy, set, words * sizeof *copy);
	return copy;
}

struct places *
places_build(struct build_cache *cache, const struct recipe *recipe, const struct strtab *patterns, const frame_word *functions,
             struct job *job)
{
	const struct dataset *ds = build_cache_dataset(cache);
	struct recipe base = recipe_until(recipe, RECIPE_FILTERED);

	base.spec.placed = true;
	if (functions)
		base.spec.merge = MERGE_MERGED;
	struct tree *tree = recipe_build(cache, &base, patterns, job, NULL);
	if (!tree)
		return NULL;
	CHECK(tree->place);
	struct places *places = xcalloc(1, sizeof *places);
	places->base = tree;
	places->inverted = recipe->inverted && !functions;
	places->functions = functions ? copy_set(functions, build_cache_frames(cache, &base.spec)) : NULL;
	fill(places, tree->span ? ds->spans.count : ds->stacks.count);
	return places;
}

void
places_free(struct places *places)
{
	if (!places)
		return;
	tree_free(places->base);
	free(places->start);
	free(places->item);
	free(places->functions);
	free(places);
}

node_id
places_find(const struct places *places, uint32_t item)
{
	return places->base->place[item];
}

static void
add_node(const struct places *places, node_id node, struct place_list *out)
{
	for (uint32_t i = places->start[node]; i < places->start[node + 1]; i++)
		vec_push(out, places->item[i]);
}

/* The frames from the node up to the root's child of the shown tree. */
static frame_id *
path_of(const struct place_of *of, uint32_t *len_out)
{
	uint32_t len = of->tree->level[of->node], at = 0;
	frame_id *path = xcalloc(len ? len : 1, sizeof *path);

	for (node_id node = of->node; node != NODE_ALL; node = of->tree->parent[node])
		path[at++] = of->tree->frame[node];
	*len_out = len;
	return path;
}

/* The node that is reached by going up along the path from its end at `node`; NODE_NONE when the frames differ. */
static node_id
climb(const struct tree *base, node_id node, const frame_id *path, uint32_t len, bool from_end)
{
	for (uint32_t i = 0; i < len; i++) {
		if (i > 0)
			node = base->parent[node];
		if (node == NODE_ALL || base->frame[node] != path[from_end ? len - 1 - i : i])
			return NODE_NONE;
	}
	return node;
}

static bool
is_outermost(const struct places *places, node_id node)
{
	for (node = places->base->parent[node]; node != NODE_ALL; node = places->base->parent[node])
		if (frame_set_has(places->functions, places->base->frame[node]))
			return false;
	return true;
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Each item once, in input order. */
static void
sort_items(struct place_list *list, size_t first)
{
	size_t kept = first;

	if (list->len == first)
		return;
	qsort(&list->at[first], list->len - first, sizeof *list->at, by_number);
	for (size_t i = first; i < list->len; i++)
		if (kept == first || list->at[kept - 1] != list->at[i])
			list->at[kept++] = list->at[i];
	list->len = kept;
}

/* A path that begins at the function and leads up: callers, or the leaves of a tree from the other end. */
static void
list_upwards(const struct places *places, const frame_id *path, uint32_t len, struct place_list *out)
{
	const struct tree *base = places->base;

	for (node_id node = 1; node < base->count; node++) {
		if (base->frame[node] != path[len - 1])
			continue;
		node_id top = climb(base, node, path, len, true);
		if (top == NODE_NONE)
			continue;
		if (!places->functions)
			add_node(places, node, out);
		else if (is_outermost(places, node))
			add_node(places, top, out);
	}
}

/* A path that begins at the function and leads down. */
static void
list_downwards(const struct places *places, const frame_id *path, uint32_t len, struct place_list *out)
{
	const struct tree *base = places->base;

	for (node_id node = 1; node < base->count; node++) {
		if (base->frame[node] != path[0])
			continue;
		node_id top = climb(base, node, path, len, false);
		if (top != NODE_NONE && is_outermost(places, top))
			add_node(places, node, out);
	}
}

void
places_list(const struct places *places, const struct place_of *of, struct place_list *out)
{
	size_t first = out->len;
	uint32_t len;

	if (of->node == NODE_ALL)
		return;
	if (!places->inverted && !places->functions) {
		add_node(places, of->node, out);
		return;
	}
	frame_id *path = path_of(of, &len);
	if (places->inverted || of->is_caller)
		list_upwards(places, path, len, out);
	else
		list_downwards(places, path, len, out);
	free(path);
	sort_items(out, first);
}

/* SPDX-License-Identifier: MIT
 * What a search finds in a scene: its nodes, its boxes, their share. */
#include "config.h"

#include "ui/scene_core.h"

#include "util/alloc.h"
#include "util/bits.h"

void
scene_drop_match(struct scene *scene)
{
	match_free(scene->match);
	free(scene->match_text);
	free(scene->hit_bits);
	free(scene->hits_before);
	scene->hit_bits = NULL;
	scene->match = NULL;
	scene_forget_table(scene);
	scene->match_text = NULL;
	scene->hits_before = NULL;
	scene->share_within = NODE_NONE;
}

void
scene_count_hits(struct scene *scene)
{
	const struct plane *plane = scene->plane;
	uint32_t words = (uint32_t)bits_words(plane->row_start[plane->rows]), sum = 0;

	free(scene->hit_bits);
	scene->hit_bits = xcalloc(words, sizeof *scene->hit_bits);
	scene->hits_before = xreallocarray(scene->hits_before, words, sizeof *scene->hits_before);
	for (uint32_t i = 0; i < scene->match->node_count; i++) {
		node_id node = scene->match->nodes[i];
		if (plane_has_box(plane, node) || scene_is_folded(scene, node))
			bits_set(scene->hit_bits, plane->index_of[node]);
	}
	for (uint32_t i = 0; i < words; i++) {
		scene->hits_before[i] = sum;
		sum += (uint32_t)__builtin_popcountll(scene->hit_bits[i]);
	}
}

void
scene_search(struct scene *scene, const struct dataset *ds, const char *pattern)
{
	if (!*pattern) {
		scene_drop_match(scene);
		return;
	}
	if (scene->match_text && strcmp(scene->match_text, pattern) == 0)
		return;
	scene_drop_match(scene);
	struct search *search = search_parse(str_of(pattern));
	scene->match_literal = search_is_literal(search);
	scene->searches++;
	scene->match_text = xstrdup(pattern);
	scene->match = match_build_at(scene->occurrences, ds, search);
	search_free(search);
	scene_count_hits(scene);
}

/* Matching boxes before a place. */
static uint32_t
hits_until(const struct scene *scene, uint32_t at)
{
	uint64_t below = (UINT64_C(1) << (at % 64)) - 1;

	return scene->hits_before[at / 64] + (uint32_t)__builtin_popcountll(scene->hit_bits[at / 64] & below);
}

uint32_t
scene_hits(const struct scene *scene, uint32_t first, uint32_t count, node_id *first_out)
{
	*first_out = NODE_NONE;
	if (!scene->hit_bits)
		return 0;
	uint32_t before = hits_until(scene, first), hits = hits_until(scene, first + count) - before;
	uint32_t low = first, high = first + count;
	if (!hits)
		return 0;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (hits_until(scene, middle) == before)
			low = middle;
		else
			high = middle;
	}
	*first_out = scene->plane->box[low];
	return hits;
}

uint32_t
scene_match_index(const struct scene *scene, node_id node)
{
	return scene->match ? match_index(scene->match, node) : 0;
}

void
scene_find_queried(struct scene *scene, struct build_cache *cache, const struct strtab *patterns, struct job *job)
{
	const struct selected *selected;

	if (scene->key.recipe.select.query_count == 0 || !scene->tree->timed || !scene->tree->span)
		return;
	if (selected_get(cache, &scene->key.recipe.select, patterns, job, &selected) && selected && selected->spans)
		scene->found = match_spans(scene->tree, selected->spans);
}

double
scene_share(struct scene *scene, node_id within, uint32_t *nodes_out)
{
	if (!scene->match) {
		*nodes_out = 0;
		return 0;
	}
	if (scene->share_within != within) {
		scene->share_within = within;
		scene->share = match_weight(scene->match, scene->tree, within);
		scene->share_nodes = scene_match_index(scene, scene->tree->end[within]) - scene_match_index(scene, within);
	}
	*nodes_out = scene->share_nodes;
	return scene->share;
}

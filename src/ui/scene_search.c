/* SPDX-License-Identifier: MIT
 * What a search finds in a scene: its nodes, its boxes, their share. */
#include "config.h"

#include "ui/scene_core.h"

#include <stdlib.h>

#include "util/alloc.h"
#include "util/bits.h"

void
scene_drop_match(struct scene *scene)
{
	match_free(scene->match);
	free(scene->match_text);
	ranked_fini(&scene->hits);
	scene->match = NULL;
	scene_forget_table(scene);
	scene->match_text = NULL;
	scene->found_within = NODE_NONE;
}

void
scene_count_hits(struct scene *scene)
{
	const struct plane *plane = scene->plane;

	ranked_fini(&scene->hits);
	ranked_init(&scene->hits, plane->row_start[plane->rows]);
	for (uint32_t i = 0; i < scene->match->node_count; i++) {
		node_id node = scene->match->nodes[i];
		if (plane_has_box(plane, node) || scene_is_folded(scene, node))
			ranked_put(&scene->hits, plane->index_of[node]);
	}
	ranked_count(&scene->hits);
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

uint32_t
scene_hits(const struct scene *scene, uint32_t first, uint32_t count, node_id *first_out)
{
	*first_out = NODE_NONE;
	if (!scene->hits.words)
		return 0;
	uint32_t before = ranked_below(&scene->hits, first), hits = ranked_below(&scene->hits, first + count) - before;
	if (hits)
		*first_out = scene->plane->box[ranked_at(&scene->hits, before)].node;
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

/* Callers lie inside of their functions, but are no part of them. */
static void
count_half(const struct tree *tree, node_id node, struct found_half *half, node_id *covered_to)
{
	half->nodes++;
	if (node < *covered_to)
		return;
	half->weight += tree->total[node];
	*covered_to = tree->end[node];
}

struct found
scene_found(struct scene *scene, node_id within)
{
	const struct match *match = scene->match;
	const struct tree *tree = scene->tree;
	node_id covered_to[2] = { 0 };

	if (!match)
		return (struct found){ 0 };
	if (scene->found_within == within)
		return scene->inside;
	struct found found = { .whole = tree->total[within] };
	if (tree_is_packed(tree)) {
		const struct focus_info *focus = scene_focus(scene, within);
		found.whole = focus->to - focus->from;
		found.weight = match_cover(match, tree, within, focus->from, focus->to);
	} else {
		found.weight = match_weight(match, tree, within);
	}
	uint64_t *seen = bits_new(scene->ds->frame_count);
	for (uint32_t i = scene_match_index(scene, within); i < match->node_count && match->nodes[i] < tree->end[within]; i++) {
		node_id node = match->nodes[i];
		frame_id frame = tree->frame[node];

		found.nodes++;
		found.frames += frame != ID_NONE && !bits_has(seen, frame);
		if (frame != ID_NONE)
			bits_set(seen, frame);
		if (tree->halves)
			count_half(tree, node, &found.half[scene_is_caller(scene, node)], &covered_to[scene_is_caller(scene, node)]);
	}
	free(seen);
	scene->found_within = within;
	scene->inside = found;
	return found;
}

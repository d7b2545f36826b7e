/* SPDX-License-Identifier: MIT
 * What a search finds in a scene: its nodes, its boxes, their share. */
#include "config.h"

#include "ui/scene_core.h"

#include "util/alloc.h"

void
scene_drop_match(struct scene *scene)
{
	match_free(scene->match);
	free(scene->match_text);
	ranked_fini(&scene->hits);
	scene->match = NULL;
	scene_forget_table(scene);
	scene->match_text = NULL;
	scene->share_within = NODE_NONE;
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
	ranked_count(&scene->hits, 0);
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
		*first_out = scene->plane->box[ranked_at(&scene->hits, before)];
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

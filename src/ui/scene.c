/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/scene_core.h"

#include "analysis/halves.h"
#include "layout/chains.h"
#include "layout/minimap.h"
#include "ui/instances.h"
#include "ui/names.h"
#include "util/alloc.h"

enum { TOP_SHARE = 16 };    /* nodes a frame from which on the table is made with the tree */

static void
count_boxes(struct scene *scene)
{
	const struct tree *tree = scene->tree;

	scene->boxes_of_frame = xcalloc(scene->ds->frame_count ? scene->ds->frame_count : 1, sizeof *scene->boxes_of_frame);
	for (node_id n = 1; n < tree->count; n++)
		scene->boxes_of_frame[tree->frame[n]]++;
}

/* The tree gives way to what is above and below some of its functions. */
static void
make_halves(struct scene *scene, struct build_cache *cache, const struct tree *tree, struct str pattern, struct job *job)
{
	const struct tree_spec *spec = &scene->key.recipe.spec;
	frame_word *functions = recipe_frames(NULL, scene->ds, pattern);
	struct sandwich sandwich = sandwich_build(tree, scene->ds, functions, spec->order, build_cache_ranks(cache, spec), job);
	struct halves halves = halves_build(&sandwich);

	halves.row[NODE_ALL] = PLANE_NO_ROW;
	scene->tree = halves.tree;
	scene->plane = scene->open = plane_new_rows(halves.tree, halves.row);
	scene->hub = halves.hub;
	free(functions);
	sandwich_fini(&sandwich);
}

/* What is selected is found out all the same.  NULL: stopped. */
static struct tree *
bare_tree(struct build_cache *cache, const struct recipe *recipe, const struct strtab *patterns, struct job *job, double *all_out)
{
	const struct selected *selected;

	if (!selected_get(cache, &recipe->select, patterns, job, &selected))
		return NULL;
	struct tree *tree = tree_new(1, false);
	tree_finish(tree);
	*all_out = 0;
	return tree;
}

static void
make_plane(struct scene *scene)
{
	if (!scene->plane)
		scene->plane = scene->open = plane_new(scene->tree);
}

static void
make_work(struct scene *scene)
{
	if (tree_is_packed(scene->tree))
		scene->work = at_work_build(scene->tree);
}

static void
make_facts(struct scene *scene)
{
	if (scene->tree->timed)
		span_facts_init(&scene->span_facts, scene->tree, scene->ds);
}

/* Rows as they are before anything is folded. */
static void
make_lists(struct scene *scene)
{
	folding_init(&scene->folding, scene->tree);
	folding_show(&scene->folding, NULL, 0, NODE_ALL);
	if (scene->tree->timed)
		span_rows_show(&scene->span_rows[0][0], &scene->folding, &scene->span_facts, NULL, 0);
	else
		folding_list(&scene->folding);
}

static void
make_occurrences(struct scene *scene)
{
	scene->occurrences = scene_make_places(scene, TOP_FUNCTIONS);
}

/* The table of everything, where that is little beside the tree. */
static void
make_top(struct scene *scene)
{
	if (scene->ds->frame_count <= scene->tree->count / TOP_SHARE)
		scene_top(scene, scene->ds, NODE_ALL, TOP_SELF, false);
}

/* What is derived from the tree; false: stopped on the way. */
static bool
make_derived(struct scene *scene, struct job *job)
{
	static void (*const steps[])(struct scene *scene) = { make_plane, count_boxes, make_work, make_facts, make_lists, make_occurrences, make_top };

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		if (job_stopped(job))
			return false;
		steps[i](scene);
	}
	return true;
}

struct scene *
scene_new(struct build_cache *cache, const struct scene_key *key, const struct strtab *patterns, const struct recipe_start *start,
          struct job *job)
{
	bool is_there = start && start->step == RECIPE_DONE;
	double all = start ? start->all : 0;
	struct tree *built = key->bare  ? bare_tree(cache, &key->recipe, patterns, job, &all)
	                     : is_there ? NULL
	                     : start  ? recipe_build_from(cache, &key->recipe, patterns, start, job)
	                              : recipe_build(cache, &key->recipe, patterns, job, &all);

	if (!is_there && !built)
		return NULL;
	struct scene *scene = xcalloc(1, sizeof *scene);
	scene->key = *key;
	scene->ds = build_cache_frames(cache, &key->recipe.spec);
	scene->all = all;
	if (key->sandwich != STR_EMPTY) {
		make_halves(scene, cache, is_there ? start->tree : built, strtab_get(patterns, key->sandwich), job);
		tree_free(built);
	} else {
		CHECK(built);
		scene->tree = built;
	}
	names_safe(scene->tree->timed ? STR("ns") : metric_describe(scene->ds, key->recipe.spec.metric).unit, &scene->unit_text);
	scene->unit = buf_str(&scene->unit_text);
	scene->focus.node = NODE_NONE;
	scene->found_within = NODE_NONE;
	scene->top_within = NODE_NONE;
	scene_find_queried(scene, cache, patterns, job);
	if (!make_derived(scene, job)) {
		scene_free(scene);
		return NULL;
	}
	return scene;
}

void
scene_free(struct scene *scene)
{
	if (!scene)
		return;
	scene_drop_match(scene);
	top_free(scene->top);
	folding_fini(&scene->folding);
	for (int i = 0; i < 4; i++)
		span_rows_fini(&scene->span_rows[i / 2][i % 2]);
	span_facts_fini(&scene->span_facts);
	match_free(scene->found);
	instance_cache_free(scene->instances);
	free(scene->focus.ancestors);
	for (int i = 0; i < SCENE_PROFILES; i++)
		free(scene->profiles[i].heights);
	at_work_free(scene->work);
	for (int i = 0; i < SCENE_MARKS; i++)
		free(scene->marked[i]);
	free(scene->firsts);
	free(scene->hidden);
	free(scene->boxes_of_frame);
	occurrences_free(scene->occurrences);
	for (int by = 0; by <= TOP_LABELS; by++)
		occurrences_free(scene->places[by]);
	buf_fini(&scene->unit_text);
	plane_free(scene->open);
	plane_free(scene->folded.plane);
	free(scene->folded.size);
	tree_free(scene->tree);
	free(scene);
}

struct occurrence_sum
scene_frame_sum(const struct scene *scene, frame_id frame, node_id within)
{
	return occurrences_sum(scene->occurrences, frame, within);
}

struct occurrence_sum
scene_half_sum(const struct scene *scene, frame_id frame, node_id within, bool callers)
{
	const struct occurrences *at = scene->occurrences;
	const struct tree *tree = scene->tree;
	struct occurrence_sum sum = { 0 };
	node_id outer_end = 0;    /* of the latest one that lies in no other */

	for (uint32_t i = at->start[frame]; i < at->start[frame + 1] && at->node[i] < tree->end[within]; i++) {
		node_id node = at->node[i];
		if (node < within || scene_is_caller(scene, node) != callers)
			continue;
		sum.nodes++;
		sum.items += tree->items[node];
		sum.self += tree->self[node];
		if (node >= outer_end) {
			sum.total += tree->total[node];
			outer_end = tree->end[node];
		}
	}
	return sum;
}

bool
scene_is_caller(const struct scene *scene, node_id node)
{
	return scene->key.sandwich != STR_EMPTY && node != NODE_ALL && scene->plane->row_of[node] < scene->hub;
}

bool
scene_is_above(const struct scene *scene, node_id node)
{
	return scene->tree->inverted ? scene->tree->level[node] > 1 : scene_is_caller(scene, node);
}

static void
measure_subtree(const struct scene *scene, struct focus_info *info)
{
	struct reach reach = plane_reach(scene->plane, info->node);

	info->from = reach.from;
	info->to = reach.to > reach.from ? reach.to : reach.from + 1;
	info->rows = reach.row - scene->plane->row_of[info->node] + 1;
}

const struct focus_info *
scene_focus(struct scene *scene, node_id focus)
{
	const struct tree *tree = scene->tree;
	struct focus_info *info = &scene->focus;

	if (info->node == focus)
		return info;
	info->node = focus;
	info->ancestor_count = 0;
	for (node_id up = focus; up != NODE_ALL; up = tree->parent[up])
		info->ancestor_count += !scene_is_folded(scene, tree->parent[up]);
	info->ancestors = xreallocarray(info->ancestors, info->ancestor_count ? info->ancestor_count : 1, sizeof *info->ancestors);
	uint32_t at = info->ancestor_count;
	for (node_id up = focus; up != NODE_ALL; up = tree->parent[up])
		if (!scene_is_folded(scene, tree->parent[up]))
			info->ancestors[--at] = tree->parent[up];
	measure_subtree(scene, info);
	return info;
}

const uint32_t *
scene_profile(struct scene *scene, int cols, uint32_t *tallest_out)
{
	struct profile *profile = NULL;

	for (int i = 0; i < SCENE_PROFILES && !profile; i++)
		if (scene->profiles[i].cols == cols)
			profile = &scene->profiles[i];
	if (!profile) {
		scene->profile = (scene->profile + 1) % SCENE_PROFILES;
		profile = &scene->profiles[scene->profile];
		profile->cols = cols;
		profile->heights = xreallocarray(profile->heights, (size_t)cols, sizeof *profile->heights);
		profile->tallest = minimap_build(scene->plane, (struct viewport){ scene->plane->from, scene->plane->to, cols }, profile->heights);
	}
	*tallest_out = profile->tallest;
	return profile->heights;
}

const struct at_work *
scene_work(struct scene *scene)
{
	if (!scene->work)
		scene->work = at_work_build(scene->tree);
	return scene->work;
}

struct folded
scene_make_folded(const struct scene *scene, bool all, const uint64_t *turned, uint32_t step)
{
	struct folded folded = { .all = all, .step = step };
	uint32_t *rows;

	folded.size = chains_fold(scene->open, all, turned, &rows);
	folded.plane = plane_new_rows(scene->tree, rows);
	return folded;
}

static void
show_chains(struct scene *scene, const struct folded *folded, bool all, uint32_t step)
{
	scene->plane = folded ? folded->plane : scene->open;
	scene->chain_size = folded ? folded->size : NULL;
	scene->hub = scene->tree->halves && scene->tree->count > 1 ? scene->plane->row_of[1] : 0;
	scene->chains = all;
	scene->chain_step = step;
	scene->focus.node = NODE_NONE;
	for (int i = 0; i < SCENE_PROFILES; i++)
		scene->profiles[i].cols = 0;
	if (scene->match)
		scene_count_hits(scene);
}

void
scene_take_folded(struct scene *scene, struct folded folded)
{
	plane_free(scene->folded.plane);
	free(scene->folded.size);
	scene->folded = folded;
	show_chains(scene, &scene->folded, folded.all, folded.step);
}

void
scene_fold_chains(struct scene *scene, bool all, const uint64_t *turned, uint32_t step)
{
	const struct folded *folded = &scene->folded;

	if (!all && !turned)
		show_chains(scene, NULL, all, step);
	else if (folded->plane && folded->all == all && folded->step == step)
		show_chains(scene, folded, all, step);
	else
		scene_take_folded(scene, scene_make_folded(scene, all, turned, step));
}

uint32_t
scene_hidden(struct scene *scene, const struct dataset *ds, const struct strtab *patterns, uint32_t filter)
{
	track_id track = scene->key.recipe.spec.track;

	if (!scene->hidden)
		scene->hidden = xcalloc(scene->key.recipe.filter_count, sizeof *scene->hidden);
	if (scene->hidden[filter] == 0) {
		struct recipe_filter is = recipe_filter(&scene->key.recipe, patterns, filter);
		frame_word *frames = recipe_filter_frames(NULL, ds, is.kind, strtab_get(patterns, is.pattern));
		scene->hidden[filter] = 1;
		for (span_id span = 0; span < ds->spans.count; span++)
			scene->hidden[filter] += (track == TRACK_ALL || ds->spans.track[span] == track) && frame_set_has(frames, ds->spans.frame[span]);
		free(frames);
	}
	return scene->hidden[filter] - 1;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/scene.h"

#include "analysis/halves.h"
#include "layout/chains.h"
#include "layout/minimap.h"
#include "ui/instances.h"
#include "ui/names.h"
#include "util/alloc.h"
#include "util/regex.h"

/* Beyond so many nodes the memory for running sums is worth more than the time that they save. */
enum { SUMS_MAX = 4 * 1000 * 1000 };

static void
count_boxes(struct scene *scene, const struct dataset *ds)
{
	const struct tree *tree = scene->tree;

	scene->boxes_of_frame = xcalloc(ds->frame_count ? ds->frame_count : 1, sizeof *scene->boxes_of_frame);
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
		scene->plane = scene->open = plane_new(built);
	}
	names_safe(scene->tree->timed ? STR("ns") : metric_describe(scene->ds, key->recipe.spec.metric).unit, &scene->unit_text);
	scene->unit = buf_str(&scene->unit_text);
	scene->focus.node = NODE_NONE;
	scene->share_within = NODE_NONE;
	scene->top_within = NODE_NONE;
	count_boxes(scene, scene->ds);
	if (tree_is_packed(scene->tree) && !job_stopped(job))
		scene->work = at_work_build(scene->tree);
	scene->occurrences = occurrences_new(scene->tree, scene->ds, scene->tree->count <= SUMS_MAX);
	return scene;
}

static void
forget_table(struct scene *scene)
{
	top_free(scene->table);
	free(scene->group_hits);
	scene->table = NULL;
	scene->group_hits = NULL;
}

static void
drop_match(struct scene *scene)
{
	match_free(scene->match);
	free(scene->match_text);
	free(scene->hit_bits);
	free(scene->hits_before);
	scene->hit_bits = NULL;
	scene->match = NULL;
	forget_table(scene);
	scene->match_text = NULL;
	scene->hits_before = NULL;
	scene->share_within = NODE_NONE;
}

void
scene_free(struct scene *scene)
{
	if (!scene)
		return;
	drop_match(scene);
	top_free(scene->top);
	folding_fini(&scene->folding);
	span_rows_fini(&scene->span_rows);
	span_facts_fini(&scene->span_facts);
	match_free(scene->found);
	instance_cache_free(scene->instances);
	free(scene->focus.ancestors);
	for (int i = 0; i < SCENE_PROFILES; i++)
		free(scene->profiles[i].heights);
	at_work_free(scene->work);
	free(scene->firsts);
	free(scene->boxes_of_frame);
	occurrences_free(scene->occurrences);
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

bool
scene_is_caller(const struct scene *scene, node_id node)
{
	return scene->key.sandwich != STR_EMPTY && node != NODE_ALL && scene->plane->row_of[node] < scene->hub;
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

static void
count_hits(struct scene *scene)
{
	const struct plane *plane = scene->plane;
	uint32_t words = plane->row_start[plane->rows] / 64 + 1, sum = 0;

	free(scene->hit_bits);
	scene->hit_bits = xcalloc(words, sizeof *scene->hit_bits);
	scene->hits_before = xreallocarray(scene->hits_before, words, sizeof *scene->hits_before);
	for (uint32_t i = 0; i < scene->match->node_count; i++) {
		node_id node = scene->match->nodes[i];
		if (plane_has_box(plane, node) || scene_is_folded(scene, node))
			scene->hit_bits[plane->index_of[node] / 64] |= UINT64_C(1) << (plane->index_of[node] % 64);
	}
	for (uint32_t i = 0; i < words; i++) {
		scene->hits_before[i] = sum;
		sum += (uint32_t)__builtin_popcountll(scene->hit_bits[i]);
	}
}

void
scene_fold_chains(struct scene *scene, bool all, const uint64_t *turned, uint32_t step)
{
	struct folded *folded = &scene->folded;
	bool any = all || turned;

	if (any && (!folded->plane || folded->all != all || folded->step != step)) {
		uint32_t *rows;
		plane_free(folded->plane);
		free(folded->size);
		folded->size = chains_fold(scene->open, all, turned, &rows);
		folded->plane = plane_new_rows(scene->tree, rows);
		folded->all = all;
		folded->step = step;
	}
	scene->plane = any ? folded->plane : scene->open;
	scene->chain_size = any ? folded->size : NULL;
	scene->hub = scene->tree->halves && scene->tree->count > 1 ? scene->plane->row_of[1] : 0;
	scene->chains = all;
	scene->chain_step = step;
	scene->focus.node = NODE_NONE;
	for (int i = 0; i < SCENE_PROFILES; i++)
		scene->profiles[i].cols = 0;
	if (scene->match)
		count_hits(scene);
}

void
scene_search(struct scene *scene, const struct dataset *ds, const char *pattern)
{
	if (!*pattern) {
		drop_match(scene);
		return;
	}
	if (scene->match_text && strcmp(scene->match_text, pattern) == 0)
		return;
	drop_match(scene);
	struct search *search = search_parse(str_of(pattern));
	scene->match_literal = search_is_literal(search);
	scene->searches++;
	scene->match_text = xstrdup(pattern);
	scene->match = match_build_at(scene->occurrences, ds, search);
	search_free(search);
	count_hits(scene);
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

const struct match *
scene_found(struct scene *scene, struct build_cache *cache, const struct strtab *patterns)
{
	const struct selected *selected;

	if (scene->key.recipe.select.query_count == 0 || !scene->tree->timed || !scene->tree->span)
		return NULL;
	if (!scene->found && selected_get(cache, &scene->key.recipe.select, patterns, NULL, &selected) && selected && selected->spans)
		scene->found = match_spans(scene->tree, selected->spans);
	return scene->found;
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

uint32_t
scene_hidden(struct scene *scene, const struct dataset *ds, unsigned filter, struct str pattern)
{
	track_id track = scene->key.recipe.spec.track;

	if (scene->hidden[filter] == 0) {
		frame_word *frames = recipe_filter_frames(NULL, ds, scene->key.recipe.filters[filter].kind, pattern);
		scene->hidden[filter] = 1;
		for (span_id span = 0; span < ds->spans.count; span++)
			scene->hidden[filter] += (track == TRACK_ALL || ds->spans.track[span] == track) && frame_set_has(frames, ds->spans.frame[span]);
		free(frames);
	}
	return scene->hidden[filter] - 1;
}

const struct top *
scene_top(struct scene *scene, const struct dataset *ds, node_id within, enum top_sort sort, bool ascending)
{
	if (!scene->top || scene->top_within != within) {
		top_free(scene->top);
		scene->top = top_build_at(scene->occurrences, ds, within);
		scene->top_within = within;
		scene->top_sort = TOP_SELF;
		scene->top_ascending = false;
	}
	if (scene->top_sort != sort || scene->top_ascending != ascending) {
		top_sort(scene->top, ds, sort, ascending);
		scene->top_sort = sort;
		scene->top_ascending = ascending;
	}
	return scene->top;
}

node_id
scene_heaviest(const struct scene *scene, const struct top_row *row, node_id within)
{
	return row->heaviest == NODE_NONE ? occurrences_heaviest(scene->occurrences, row->frame, within) : row->heaviest;
}

static const frame_id *
firsts(struct scene *scene, const struct dataset *ds, enum top_by by)
{
	if (scene->firsts && scene->firsts_by == by)
		return scene->firsts;
	free(scene->firsts);
	free(scene->group_hits);
	scene->group_hits = NULL;
	scene->firsts = top_firsts(ds, by);
	scene->firsts_by = by;
	return scene->firsts;
}

bool
scene_row_hit(struct scene *scene, const struct dataset *ds, const struct top_row *row, enum top_by by)
{
	if (!scene->match || by == TOP_FUNCTIONS)
		return scene->match && match_has_frame(scene->match, row->frame);
	const frame_id *first = firsts(scene, ds, by);
	if (!scene->group_hits) {
		scene->group_hits = xcalloc((size_t)ds->frame_count / 64 + 1, sizeof *scene->group_hits);
		for (frame_id frame = 0; frame < ds->frame_count; frame++)
			if (match_has_frame(scene->match, frame))
				scene->group_hits[first[frame] / 64] |= UINT64_C(1) << (first[frame] % 64);
	}
	return scene->group_hits[row->frame / 64] >> (row->frame % 64) & 1;
}

static bool
same_table(const struct table_want *a, const struct table_want *b)
{
	return a->within == b->within && a->by == b->by && a->sort == b->sort && a->ascending == b->ascending && a->only_matches == b->only_matches;
}

const struct top *
scene_table(struct scene *scene, const struct dataset *ds, const struct table_want *want)
{
	bool only = want->only_matches && scene->match;
	uint32_t kept = 0;

	if (want->by == TOP_FUNCTIONS && !only)
		return scene_top(scene, ds, want->within, want->sort, want->ascending);
	if (scene->table && same_table(&scene->table_want, want))
		return scene->table;
	top_free(scene->table);
	scene->table_want = *want;
	scene->table = want->by == TOP_FUNCTIONS ? top_build_at(scene->occurrences, ds, want->within)
	                                         : top_build_by(scene->tree, ds, want->within, want->by);
	for (uint32_t i = 0; i < scene->table->count; i++)
		if (!only || scene_row_hit(scene, ds, &scene->table->rows[i], want->by))
			scene->table->rows[kept++] = scene->table->rows[i];
	scene->table->count = kept;
	top_sort(scene->table, ds, want->sort, want->ascending);
	return scene->table;
}

static node_id
find_span(const struct tree *tree, span_id span)
{
	for (node_id n = 1; n < tree->count; n++)
		if (tree->span[n] == span)
			return n;
	return NODE_NONE;
}

static node_id
find_child(const struct tree *tree, node_id parent, frame_id frame)
{
	node_id child = tree_first_child(tree, parent);

	while (child != NODE_NONE && tree->frame[child] != frame)
		child = tree_next_sibling(tree, child);
	return child;
}

/* Where boxes have other names, at the one with its first span. */
static node_id
map_by_span(const struct scene *from, node_id node, const struct scene *to)
{
	node_id same = NODE_NONE;

	if (from->tree->span && to->tree->span && from->tree->span[node] != ID_NONE)
		same = find_span(to->tree, from->tree->span[node]);
	return same != NODE_NONE ? same : NODE_ALL;
}

node_id
scene_map(const struct scene *from, node_id node, const struct scene *to)
{
	uint32_t depth = from->tree->level[node];
	node_id at = NODE_ALL;

	if (from == to || node == NODE_ALL)
		return node;
	if (from->ds != to->ds)
		return map_by_span(from, node, to);
	if (from->key.recipe.inverted != to->key.recipe.inverted) {
		node_id same = find_child(to->tree, NODE_ALL, from->tree->frame[node]);
		return same != NODE_NONE ? same : NODE_ALL;
	}
	if (from->tree->span && to->tree->span && from->tree->span[node] != ID_NONE) {
		node_id same = find_span(to->tree, from->tree->span[node]);
		if (same != NODE_NONE && to->tree->frame[same] == from->tree->frame[node])
			return same;
	}
	frame_id *path = xcalloc(depth, sizeof *path);
	for (uint32_t level = depth; level-- > 0; node = from->tree->parent[node])
		path[level] = from->tree->frame[node];
	for (uint32_t level = 0; level < depth; level++) {
		node_id child = find_child(to->tree, at, path[level]);
		if (child == NODE_NONE)
			break;
		at = child;
	}
	free(path);
	return at;
}

/* SPDX-License-Identifier: MIT
 * Samples along the clock, and what filters leave of them, against a list of stacks by the instant. */
#include "config.h"

#include "analysis/recipe.h"
#include "analysis/sampled.h"
#include "layout/plane.h"
#include "tests/make.h"
#include "tests/tap.h"
#include "util/alloc.h"

static const struct metric first_type = { .kind = METRIC_SAMPLE_TYPE };

static void
add(struct dataset *ds, const char *path, double weight, int64_t at)
{
	make_sample(ds, path, weight);
	dataset_set_sample_time(ds, ds->samples.count - 1, at);
}

/* Boxes in pre-order with their levels and times: "1a0-30 2b10-20". */
static char *
drawn(const struct dataset *ds, const struct tree *tree)
{
	static struct buf out;

	buf_clear(&out);
	for (node_id node = 1; node < tree->count; node++) {
		buf_addf(&out, node > 1 ? " %u" : "%u", tree->level[node]);
		buf_add(&out, frame_name(ds, tree->frame[node]));
		buf_addf(&out, "%g-%g", tree->x0[node], tree->x0[node] + tree->total[node]);
	}
	buf_addc(&out, 0);
	return out.at;
}

static struct tree *
build(const struct dataset *ds)
{
	struct build_cache *cache = build_cache_new(ds, NULL);
	struct tree_spec spec = { .track = TRACK_ALL, .metric = first_type, .merge = MERGE_TIME };
	struct tree *tree = tree_build(cache, &spec, NULL);

	ok(tree_spec_is_timed(ds, &spec) && tree->timed && !tree_is_packed(tree), "in time order");
	build_cache_free(cache);
	return tree;
}

/* The only sample type in another unit. */
static void
set_unit(struct dataset *ds, const char *unit)
{
	ds->sample_types[0].unit = strtab_intern(ds->strings, str_of(unit));
}

static void
by_weight(void)
{
	struct dataset *ds = make_dataset();

	add(ds, "a;b", 10, 100);
	add(ds, "a;b;c", 5, 110);
	add(ds, "a", 5, 115);
	add(ds, "a;b", 10, 140);
	add(ds, "", 10, 150);
	add(ds, "a;b", 10, 160);
	set_unit(ds, "nanoseconds");
	dataset_seal(ds);
	struct tree *tree = build(ds);
	is_text(drawn(ds, tree), "1a0-20 2b0-15 3c10-15 1a40-50 2b40-50 1a60-70 2b60-70", "as long as they weigh, one box while it goes on");
	is_double(tree->self[1], 5, 0, "own time of a");
	is_double(tree->self[2], 10, 0, "and of b");
	is_int(tree->items[2], 1, "its samples");
	is_double(tree->width, 70, 0, "the axis goes to the end of the last one");
	tree_free(tree);
	dataset_free(ds);
}

static void
late_ones(void)
{
	struct dataset *ds = make_dataset();

	add(ds, "b", 10, 36);
	add(ds, "a", 10, 0);
	add(ds, "a", 10, 12);
	add(ds, "a", 10, 18);
	add(ds, "b", 10, 80);
	set_unit(ds, "ns");
	dataset_seal(ds);
	struct tree *tree = build(ds);
	is_text(drawn(ds, tree), "1a0-36 1b36-46 1b80-90", "until a next one that comes before twice the weight");
	tree_free(tree);
	dataset_free(ds);
}

static void
without_weight(void)
{
	struct dataset *ds = make_dataset();

	for (int i = 0; i < 5; i++)
		add(ds, "a", 1, 10 * i);
	add(ds, "a;b", 1, 55);
	add(ds, "a", 0, 60);
	add(ds, "a", 1, 65);
	add(ds, "a", 1, 1000);
	dataset_seal(ds);
	struct tree *tree = build(ds);
	is_text(drawn(ds, tree), "1a0-60 2b55-60 1a65-75 1a1000-1010", "until the next one, an idle one or for as long as usual");
	tree_free(tree);
	dataset_free(ds);
}

static void
tracks(void)
{
	struct dataset *ds = make_dataset();

	make_track(ds, TRACK_THREAD, 1);
	make_track(ds, TRACK_THREAD, 2);
	add(ds, "a", 1, 10);
	dataset_set_sample_time(ds, make_sample_on(ds, make_stack(ds, "b"), 1, 1), 20);
	dataset_seal(ds);
	struct tree_spec spec = { .track = TRACK_ALL, .metric = first_type, .merge = MERGE_TIME };
	ok(!tree_spec_is_timed(ds, &spec), "several threads are merged");
	spec.track = 1;
	ok(tree_spec_is_timed(ds, &spec), "one of them is not");
	spec = tree_spec_default(ds);
	ok(spec.merge == MERGE_MERGED, "profiles are merged unless one asks");
	dataset_free(ds);
}

/* ---- against a list of stacks */

enum { INSTANTS = 60, DEPTH_MAX = 7, FUNCTIONS = 4 };

struct stack { char at[DEPTH_MAX + 1]; };    /* one letter a frame */

static struct stack
random_stack(uint32_t *seed)
{
	struct stack stack = { { 0 } };
	uint32_t depth = (*seed = *seed * 1664525 + 1013904223) >> 16;

	depth %= DEPTH_MAX + 1;
	for (uint32_t i = 0; i < depth; i++)
		stack.at[i] = (char)('a' + ((*seed = *seed * 1664525 + 1013904223) >> 16) % FUNCTIONS);
	return stack;
}

/* What is left of a stack, slowly. */
static struct stack
filtered(struct stack stack, const struct recipe *recipe, const struct strtab *patterns)
{
	struct stack out = { { 0 } };
	size_t from = 0, len = 0;

	for (unsigned i = 0; i < recipe->filter_count; i++) {
		struct recipe_filter filter = recipe_filter(recipe, patterns, i);
		char c = strtab_get(patterns, filter.pattern).at[0];
		const char *found = strchr(stack.at, c);
		if (filter.kind == FILTER_ONLY ? !found : filter.kind == FILTER_IGNORE ? found != NULL : false)
			return out;
		if (filter.kind == FILTER_SHOW_FROM) {
			if (!found)
				return out;
			from = (size_t)(found - stack.at);
		}
	}
	for (const char *at = stack.at + from; *at; at++) {
		bool hidden = false;
		for (unsigned i = 0; i < recipe->filter_count; i++) {
			struct recipe_filter filter = recipe_filter(recipe, patterns, i);
			hidden |= filter.kind == FILTER_HIDE && strtab_get(patterns, filter.pattern).at[0] == *at;
		}
		if (hidden || (recipe->recursion == RECURSION_DIRECT && len && out.at[len - 1] == *at))
			continue;
		const char *above = memchr(out.at, *at, len);
		if (recipe->recursion == RECURSION_ALL && above)
			len = (size_t)(above - out.at);
		out.at[len++] = *at;
	}
	out.at[len] = '\0';
	return out;
}

/* The stack that a tree shows at an instant. */
static struct stack
shown(const struct dataset *ds, const struct tree *tree, double at)
{
	struct stack out = { { 0 } };

	for (node_id node = 1; node < tree->count; node++)
		if (tree->x0[node] <= at && at < tree->x0[node] + tree->total[node])
			out.at[tree->level[node] - 1] = frame_name(ds, tree->frame[node]).at[0];
	return out;
}

/* Neighbours that are one box, boxes outside their parents, totals that do not add up. */
static int
faults(const struct tree *tree)
{
	int wrong = 0;

	for (node_id node = 1; node < tree->count; node++) {
		node_id parent = tree->parent[node], next = tree_next_sibling(tree, node);
		double end = tree->x0[node] + tree->total[node], sum = tree->self[node];
		for (node_id child = tree_first_child(tree, node); child != NODE_NONE; child = tree_next_sibling(tree, child))
			sum += tree->total[child];
		wrong += sum != tree->total[node];
		wrong += next != NODE_NONE && (tree->x0[next] < end || (tree->x0[next] == end && tree->frame[next] == tree->frame[node]));
		wrong += parent != NODE_ALL && (tree->x0[node] < tree->x0[parent] || end > tree->x0[parent] + tree->total[parent]);
	}
	return wrong;
}

static void
random_recipe(struct recipe *recipe, struct strtab *patterns, uint32_t *seed)
{
	static const enum filter_kind kinds[] = { FILTER_IGNORE, FILTER_ONLY, FILTER_SHOW_FROM, FILTER_HIDE };

	*recipe = (struct recipe){ .spec = { .track = TRACK_ALL, .metric = first_type, .merge = MERGE_TIME } };
	*seed = *seed * 1664525 + 1013904223;
	recipe->recursion = (enum recursion)((*seed >> 16) % 3);
	for (int i = 0; i < 4; i++) {
		*seed = *seed * 1664525 + 1013904223;
		char name = (char)('a' + (*seed >> 16) % FUNCTIONS);
		if (*seed >> 28 < 4)
			CHECK(recipe_add(recipe, patterns, kinds[i], (struct str){ &name, 1 }, NULL));
	}
}

static void
random_samples(void)
{
	uint32_t seed = 11;
	int wrong = 0, broken = 0, rows = 0, items = 0;

	for (int round = 0; round < 300; round++) {
		struct dataset *ds = make_dataset();
		struct strtab *patterns = strtab_new();
		struct stack stacks[INSTANTS] = { 0 };
		struct recipe recipe;
		for (int i = 0; i < INSTANTS; i++) {
			char path[2 * DEPTH_MAX + 2] = "";
			if (i == 0 || (seed >> 20) % 3)
				stacks[i] = random_stack(&seed);
			else
				stacks[i] = stacks[i - 1];
			for (size_t k = 0; stacks[i].at[k]; k++)
				snprintf(path + 2 * k, 3, "%c;", stacks[i].at[k]);
			if (*path)
				path[strlen(path) - 1] = '\0';
			add(ds, path, 1, 1000 + i);
		}
		set_unit(ds, "ns");
		dataset_seal(ds);
		random_recipe(&recipe, patterns, &seed);
		struct build_cache *cache = build_cache_new(ds, NULL);
		struct tree *tree = recipe_build(cache, &recipe, patterns, NULL, NULL);
		struct plane *plane = plane_new(tree);
		uint32_t counted = 0, kept = 0;
		for (int i = 0; i < INSTANTS; i++) {
			struct stack want = filtered(stacks[i], &recipe, patterns), got = shown(ds, tree, i + 0.5);
			kept += want.at[0] != '\0';
			wrong += strcmp(want.at, got.at) != 0;
		}
		for (node_id node = 1; node < tree->count; node++) {
			counted += tree->items[node];
			rows += plane->row_of[node] != tree->level[node] || !plane_has_box(plane, node);
		}
		items += counted != kept;
		broken += faults(tree);
		plane_free(plane);
		tree_free(tree);
		build_cache_free(cache);
		strtab_free(patterns);
		dataset_free(ds);
	}
	is_int(wrong, 0, "at every instant the stack that filters leave");
	is_int(broken, 0, "no box twice, none outside its parent, totals add up");
	is_int(rows, 0, "a row for every level");
	is_int(items, 0, "no sample counts twice or is lost");
}

int
main(void)
{
	by_weight();
	late_ones();
	without_weight();
	tracks();
	random_samples();
	return done();
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/build.h"
#include "analysis/occurrences.h"
#include "analysis/top.h"
#include "tests/make.h"
#include "tests/tap.h"

static struct tree *
build(const struct dataset *ds)
{
	struct build_cache *cache = build_cache_new(ds, NULL);
	struct tree_spec spec = tree_spec_default(ds);
	struct tree *tree = tree_build(cache, &spec, NULL);

	build_cache_free(cache);
	return tree;
}

static bool
is_row(const struct dataset *ds, const struct top_row *row, const char *name, double self, double total, uint64_t count, uint32_t nodes)
{
	return str_equal(frame_name(ds, row->frame), str_of(name)) && row->self == self && row->total == total && row->count == count &&
	       row->nodes == nodes;
}

static void
recursion(void)
{
	struct dataset *ds = make_dataset();

	make_sample(ds, "main;f;g;f", 5);
	make_sample(ds, "main;f", 2);
	make_sample(ds, "main;g;f;f", 1);
	make_sample(ds, "f", 3);
	make_sample(ds, "main", 4);
	dataset_seal(ds);
	struct tree *tree = build(ds);
	struct top *top = top_build(tree, ds, NODE_ALL);
	is_int(top->count, 3, "a row for each frame");
	is_double(top->total, 15, 0, "of everything");
	ok(is_row(ds, &top->rows[0], "f", 11, 11, 4, 5), "recursion counts once, self everywhere");
	ok(is_row(ds, &top->rows[1], "main", 4, 12, 1, 1), "self decides the order");
	ok(is_row(ds, &top->rows[2], "g", 0, 6, 0, 2), "inner frames have no self");
	is_int(top->rows[0].heaviest, 2, "the heaviest box");
	top_sort(top, ds, TOP_TOTAL, false);
	ok(is_row(ds, &top->rows[0], "main", 4, 12, 1, 1), "by total");
	top_sort(top, ds, TOP_NAME, true);
	ok(is_row(ds, &top->rows[0], "f", 11, 11, 4, 5), "by name");
	top_sort(top, ds, TOP_NAME, false);
	ok(is_row(ds, &top->rows[0], "main", 4, 12, 1, 1), "by name, backwards");
	top_sort(top, ds, TOP_COUNT, true);
	ok(is_row(ds, &top->rows[0], "g", 0, 6, 0, 2), "by count");
	top_free(top);
	node_id g = 3;
	ok(str_equal(frame_name(ds, tree->frame[g]), STR("g")), "a box inside another of that frame");
	top = top_build(tree, ds, g);
	is_int(top->count, 2, "the part under a box");
	is_double(top->total, 5, 0, "with its total");
	ok(is_row(ds, &top->rows[0], "f", 5, 5, 1, 1) && is_row(ds, &top->rows[1], "g", 0, 5, 0, 1), "itself included");
	top_free(top);
	top_free(NULL);
	tree_free(tree);
	dataset_free(ds);
}

static void
ties(void)
{
	struct dataset *ds = make_dataset();

	make_sample(ds, "b", 1);
	make_sample(ds, "a", 1);
	make_sample(ds, "c;d", 1);
	make_sample(ds, "c", 1);
	dataset_seal(ds);
	struct tree *tree = build(ds);
	struct top *top = top_build(tree, ds, NODE_ALL);
	ok(is_row(ds, &top->rows[0], "c", 1, 2, 1, 1), "equal self: greater total first");
	ok(is_row(ds, &top->rows[1], "a", 1, 1, 1, 1) && is_row(ds, &top->rows[3], "d", 1, 1, 1, 1), "then by name");
	top_sort(top, ds, TOP_SELF, true);
	ok(is_row(ds, &top->rows[0], "c", 1, 2, 1, 1), "the same ties when ascending");
	top_free(top);
	tree_free(tree);
	dataset_free(ds);
}

static void
timed(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "s", "work", 1, 0, 0, 100);
	make_span(ds, "s", "work", 2, 1, 10, 30);
	make_span(ds, "s", "work", 3, 0, 50, 90);
	dataset_seal(ds);
	struct tree *tree = build(ds);
	struct top *top = top_build(tree, ds, NODE_ALL);
	ok(tree->timed && top->count == 1, "a row in time order");
	ok(is_row(ds, &top->rows[0], "work", 140, 140, 3, 3), "has the durations of the outermost");
	top_free(top);
	tree_free(tree);
	dataset_free(ds);
}

static void
random_stacks(void)
{
	bool same = true;

	for (uint64_t seed = 1; seed <= 30; seed++) {
		struct dataset *ds = make_dataset();
		uint64_t state = seed;

		for (uint32_t i = 0; i < 5 * seed; i++) {
			char path[64] = "";
			uint32_t depth = 1 + random_below(&state, 8);

			for (uint32_t level = 0; level < depth; level++)
				snprintf(&path[2 * level], 3, "%c;", 'a' + (int)random_below(&state, 5));
			make_sample(ds, path, random_below(&state, 100));
		}
		dataset_seal(ds);
		struct tree *tree = build(ds);
		struct top *top = top_build(tree, ds, NODE_ALL);
		for (uint32_t i = 0; i < top->count; i++) {
			double self = 0, total = 0;
			uint64_t records = 0;

			for (sample_id sample = 0; sample < ds->samples.count; sample++) {
				stack_id stack = samples_stack(&ds->samples, sample);
				bool inside = false;

				self += ds->stacks.frame[stack] == top->rows[i].frame ? samples_weight(&ds->samples, sample, 0) : 0;
				records += ds->stacks.frame[stack] == top->rows[i].frame;
				for (; stack != ID_NONE; stack = ds->stacks.parent[stack])
					inside |= ds->stacks.frame[stack] == top->rows[i].frame;
				total += inside ? samples_weight(&ds->samples, sample, 0) : 0;
			}
			same &= self == top->rows[i].self && total == top->rows[i].total && records == top->rows[i].count;
		}
		same &= top->count == ds->frame_count;
		top_free(top);
		tree_free(tree);
		dataset_free(ds);
	}
	ok(same, "totals are the samples that a function is in, self those that end there");
}

/* One row alone is as in the table, whatever subtree it is of. */
static bool
rows_alone(const struct tree *tree, const struct dataset *ds, node_id within)
{
	struct occurrences *occurrences = occurrences_new(tree, ds, within % 2);
	struct top *top = top_build(tree, ds, within);
	uint32_t nodes = 0;
	bool same = true;

	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		nodes += occurrences_sum(occurrences, frame, within).nodes;
	for (uint32_t i = 0; i < top->count; i++) {
		struct occurrence_sum sum = occurrences_sum(occurrences, top->rows[i].frame, within);
		same &= sum.self == top->rows[i].self && sum.total == top->rows[i].total && sum.nodes == top->rows[i].nodes;
	}
	same &= nodes == tree->end[within] - within - (within == NODE_ALL);
	top_free(top);
	occurrences_free(occurrences);
	return same;
}

static void
random_alone(void)
{
	bool same = true;

	for (uint64_t seed = 1; seed <= 10; seed++) {
		struct dataset *ds = make_dataset();
		uint64_t state = seed;

		for (uint32_t i = 0; i < 9 * seed; i++) {
			char path[64] = "";
			for (uint32_t level = 0, depth = 1 + random_below(&state, 8); level < depth; level++)
				snprintf(&path[2 * level], 3, "%c;", 'a' + (int)random_below(&state, 4));
			make_sample(ds, path, random_below(&state, 100));
		}
		dataset_seal(ds);
		struct tree *tree = build(ds);
		for (node_id node = 0; node < tree->count; node++)
			same &= rows_alone(tree, ds, node);
		tree_free(tree);
		dataset_free(ds);
	}
	ok(same, "a row alone is as in the table");
}

static void
deep(void)
{
	enum { DEEP = 200000 };
	struct dataset *ds = make_dataset();

	for (uint32_t i = 0; i < DEEP; i++)
		make_span(ds, "s", i % 3 ? "down" : "further down", i + 1, i, 0, DEEP);
	dataset_seal(ds);
	struct tree *tree = build(ds);
	struct top *top = top_build(tree, ds, NODE_ALL);
	is_int(top->count, 2, "200,000 levels of recursion");
	is_double(top->rows[0].total + top->rows[1].total, 2 * DEEP, 0, "count once for each of two");
	is_int((long long)(top->rows[0].count + top->rows[1].count), DEEP, "and all as spans");
	top_free(top);
	tree_free(tree);
	dataset_free(ds);
}

int
main(void)
{
	deep();
	recursion();
	ties();
	timed();
	random_stacks();
	random_alone();
	return done();
}

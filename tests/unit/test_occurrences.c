/* SPDX-License-Identifier: MIT
 * What is made from where frames occur is what is made by looking at all nodes. */
#include "config.h"

#include "analysis/match.h"
#include "analysis/occurrences.h"
#include "analysis/top.h"
#include "tests/make.h"
#include "tests/tap.h"
#include "tests/unit/random_tree.h"

enum { TREES = 150, FRAMES = 9 };

static struct dataset *
named_frames(void)
{
	struct dataset *ds = make_dataset();

	for (int i = 0; i < FRAMES; i++) {
		char name[8];
		snprintf(name, sizeof name, "f%d", i);
		frame_id frame = make_frame(ds, "", name);
		ds->frames[frame].file = strtab_intern(ds->strings, i % 4 ? STR("a.c") : STR("b.c"));
	}
	dataset_seal(ds);
	return ds;
}

static int
row_by_frame(const struct top *top, frame_id frame)
{
	for (uint32_t i = 0; i < top->count; i++)
		if (top->rows[i].frame == frame)
			return (int)i;
	return -1;
}

static int
differences(const struct tree *tree, const struct dataset *ds, const struct occurrences *places, node_id within, enum top_by by)
{
	struct top *want = top_build_by(tree, ds, within, by), *got = top_build_at(places, ds, within, by);
	int wrong = want->count != got->count || want->total != got->total;

	for (uint32_t i = 0; i < want->count && !wrong; i++) {
		const struct top_row *a = &want->rows[i], *b = &got->rows[i];
		node_id heaviest = b->heaviest == NODE_NONE ? occurrences_heaviest(places, b->frame, within) : b->heaviest;
		wrong += a->frame != b->frame || a->self != b->self || a->total != b->total || a->count != b->count || a->nodes != b->nodes ||
		         a->heaviest != heaviest || row_by_frame(got, a->frame) != (int)i;
	}
	top_free(want);
	top_free(got);
	return wrong;
}

/* Node by node: where boxes may overlap, what is outside of the nearest of the same frame above counts, too. */
static double
slow_total(const struct tree *tree, frame_id frame, node_id within)
{
	double total = 0;

	for (node_id node = within ? within : 1; node < tree->end[within]; node++) {
		node_id up = tree->parent[node];
		if (tree->frame[node] != frame)
			continue;
		while (up != NODE_NONE && up >= (within ? within : 1) && tree->frame[up] != frame)
			up = tree->parent[up];
		bool nested = up != NODE_NONE && up >= (within ? within : 1);
		for (double at = tree->x0[node]; at < tree->x0[node] + tree->total[node]; at++)
			total += !nested || at < tree->x0[up] || at >= tree->x0[up] + tree->total[up];
	}
	return total;
}

static int
late_ones(struct tree *tree, const struct dataset *ds, struct rng *rng)
{
	int wrong = 0;

	tree->timed = true;
	for (node_id node = 1; node < tree->count; node++) {
		tree->x0[node] = rng_below(rng, 50);
		tree->total[node] = rng_below(rng, 20);
	}
	for (int sums = 0; sums < 2; sums++) {
		struct occurrences *places = occurrences_new(tree, ds, sums);
		node_id within = rng_below(rng, tree->count);
		struct top *top = top_build(tree, ds, within);
		for (frame_id frame = 0; frame < ds->frame_count; frame++) {
			int row = row_by_frame(top, frame);
			double want = slow_total(tree, frame, within);
			wrong += occurrences_sum(places, frame, within).total != want || (row < 0 ? 0 : top->rows[row].total) != want;
		}
		top_free(top);
		occurrences_free(places);
	}
	return wrong;
}

static bool
same_matches(const struct tree *tree, const struct dataset *ds, const struct occurrences *places, const char *pattern)
{
	struct search *search = search_parse(str_of(pattern));
	struct match *want = match_build(tree, ds, search), *got = match_build_at(places, ds, search);
	bool same = want->frame_count == got->frame_count && want->node_count == got->node_count &&
	            (!want->node_count || !memcmp(want->nodes, got->nodes, want->node_count * sizeof *want->nodes));

	match_free(want);
	match_free(got);
	search_free(search);
	return same;
}

int
main(void)
{
	struct dataset *ds = named_frames();
	struct rng rng = { 3 };
	int tables = 0, grouped = 0, searches = 0, late = 0;

	for (int i = 0; i < TREES; i++) {
		/* Some with frames that occur so rarely that matches are listed by frame. */
		struct tree *tree = random_merged(&rng, 1 + rng_below(&rng, 400), 12, false);
		for (node_id node = 1; node < tree->count; node++) {
			tree->frame[node] = rng_below(&rng, rng_below(&rng, 100) ? 3 : FRAMES);
			tree->items[node] = rng_below(&rng, 4);
		}
		struct occurrences *places = occurrences_new(tree, ds, i % 4 != 0), *files = top_places(tree, ds, TOP_FILES, i % 4 != 0);
		for (node_id within = 0; within < tree->count; within += 1 + rng_below(&rng, 20)) {
			tables += differences(tree, ds, places, within, TOP_FUNCTIONS);
			grouped += differences(tree, ds, files, within, TOP_FILES);
		}
		occurrences_free(files);
		searches += !same_matches(tree, ds, places, "f1") + !same_matches(tree, ds, places, "f[5-8]") + !same_matches(tree, ds, places, "none");
		occurrences_free(places);
		late += late_ones(tree, ds, &rng);
		tree_free(tree);
	}
	is_int(late, 0, "what is late in a span above is counted in time order");
	is_int(tables, 0, "tables of any part of a tree");
	is_int(grouped, 0, "tables of its files");
	is_int(searches, 0, "matches of a search");
	dataset_free(ds);
	return done();
}

/* SPDX-License-Identifier: MIT
 * The rows of the timeline against what their definition says, node by node. */
#include "config.h"

#include <math.h>

#include "layout/pack.h"
#include "tests/tap.h"
#include "tests/unit/random_tree.h"
#include "ui/span_rows.h"
#include "util/alloc.h"

enum { FRAMES = 3, LEAST = 4 };

static struct tree *
few_frames(struct rng *rng, uint32_t nodes)
{
	struct tree *tree = random_timed(rng, nodes, 6, 5000);

	for (node_id node = 1; node < tree->count; node++)
		tree->frame[node] = rng_below(rng, 8) ? 0 : rng_below(rng, FRAMES);
	return tree;
}

/* Spans of which some failed. */
static struct dataset *
spans_of(struct rng *rng, uint32_t count)
{
	struct dataset *ds = dataset_new();

	for (uint32_t i = 0; i < count; i++) {
		span_id span = dataset_add_span(ds);
		ds->spans.status[span] = rng_below(rng, 9) ? STATUS_OK : STATUS_ERROR;
	}
	return ds;
}

/* ---- the definition, slowly */

static node_id
previous_sibling(const struct tree *tree, node_id node)
{
	node_id at = tree_first_child(tree, tree->parent[node]), before = NODE_NONE;

	for (; at != node; at = tree->end[at])
		before = at;
	return before;
}

/* Whether a node goes on the run of the sibling before it. */
static bool
goes_on(const struct tree *tree, node_id node)
{
	node_id before = previous_sibling(tree, node);

	return before != NODE_NONE && tree->frame[before] == tree->frame[node] && tree->x0[before] <= tree->x0[node];
}

static uint32_t
run_length(const struct tree *tree, node_id first)
{
	uint32_t count = 1;

	for (node_id next = tree_next_sibling(tree, first); next != NODE_NONE && goes_on(tree, next); next = tree_next_sibling(tree, next))
		count++;
	return count;
}

static node_id
run_head(const struct tree *tree, node_id node)
{
	while (goes_on(tree, node))
		node = previous_sibling(tree, node);
	return node;
}

/* Whether a node has a row of its own: no ancestor folds it, and no run swallows it or an ancestor. */
static bool
has_row(const struct folding *folding, node_id node)
{
	const struct tree *tree = folding->tree;

	for (node_id at = node; at != folding->root; at = tree->parent[at]) {
		node_id head = run_head(tree, at);
		bool swallowed = run_length(tree, head) >= LEAST && !folding_shows_similar(folding, head);
		if (swallowed && (at != node || head != node))
			return false;
		if (!folding_is_open(folding, tree->parent[at]))
			return false;
	}
	return node != NODE_ALL || tree->count == 1;
}

static bool
is_group(const struct folding *folding, node_id node)
{
	return node != folding->root && run_head(folding->tree, node) == node && run_length(folding->tree, node) >= LEAST &&
	       !folding_shows_similar(folding, node);
}

static bool
has_match(const struct match *match, node_id from, node_id to)
{
	for (uint32_t i = 0; i < match->node_count; i++)
		if (match->nodes[i] >= from && match->nodes[i] < to)
			return true;
	return false;
}

static const char *
wrong_rows(const struct span_rows *rows, const struct folding *folding, const struct match *only)
{
	const struct tree *tree = folding->tree;
	uint32_t at = 0;

	for (node_id node = folding->root; node < tree->end[folding->root]; node++) {
		if (!has_row(folding, node))
			continue;
		struct span_row want = { node, is_group(folding, node) ? run_length(tree, node) : 1 };
		if (only && node != folding->root && !has_match(only, node, span_rows_end(rows, want)))
			continue;
		struct span_row row = at < rows->count ? span_rows_at(rows, at) : (struct span_row){ NODE_NONE, 0 };
		if (row.node != node || row.count != want.count)
			return "a row differs";
		if (span_rows_find(rows, node) != at || span_rows_find(rows, span_rows_end(rows, want) - 1) < at)
			return "a row is not found";
		at++;
	}
	/* Where nothing is found at all, the first row stays. */
	return at == rows->count || (at == 0 && rows->count == 1) ? NULL : "there are too many rows";
}

/* Every time is inside a stretch just when a member is at work then. */
static const char *
wrong_group(const struct span_facts *facts, const struct tree *tree, const struct span_group *group)
{
	double sum = 0;

	for (uint32_t i = group->begin; i < group->end; i++)
		sum += tree->total[facts->member.at[i]];
	if (fabs(sum - group->sum) > 1e-9 || facts->member.at[group->begin] != group->node)
		return "the sum is wrong";
	for (double x = group->from - 1; x < group->to + 1;) {
		double from, to, next = INFINITY, end = -INFINITY;
		node_id member = NODE_NONE;
		for (uint32_t i = group->begin; i < group->end; i++) {
			double left = tree->x0[facts->member.at[i]], right = pack_end(tree, facts->member.at[i]);
			if (left <= x && right > x)
				end = fmax(end, right);
			else if (left > x)
				next = fmin(next, left);
		}
		bool found = span_group_next(facts, tree, group, x, group->to + 1, &from, &to, &member);
		if (found != (end > x || next < group->to + 1))
			return "a stretch is missing";
		if (!found)
			return NULL;
		if (from != (end > x ? x : next) || to <= from)
			return "a stretch is wrong";
		if (tree->x0[member] > from || tree->frame[member] != tree->frame[group->node])
			return "a stretch has another's member";
		x = to;
	}
	return NULL;
}

static const char *
wrong_facts(const struct span_facts *facts, const struct tree *tree, const struct dataset *ds)
{
	for (node_id node = 1; node < tree->count; node++) {
		double from = tree->x0[node], to = pack_end(tree, node);
		uint32_t errors = 0;
		for (node_id at = node; at < tree->end[node]; at++) {
			from = fmin(from, tree->x0[at]);
			to = fmax(to, pack_end(tree, at));
			errors += ds->spans.status[tree->span[at]] == STATUS_ERROR;
		}
		if (facts->from[node] != from || facts->to[node] != to)
			return "an extent is wrong";
		if (span_errors(facts, tree, node) != errors)
			return "errors are counted wrong";
		if (span_run_of(facts, node) != (run_length(tree, run_head(tree, node)) >= LEAST ? run_head(tree, node) : node))
			return "a run is wrong";
	}
	return NULL;
}

static const char *
wrong_tree(struct rng *rng)
{
	struct tree *tree = few_frames(rng, rng_below(rng, 160));
	struct dataset *ds = spans_of(rng, tree->count);
	struct folds folds = { 0 };
	struct folding folding;
	struct span_facts facts = { 0 };
	struct span_rows rows = { 0 };
	node_id found[8];
	struct match match = { .nodes = found };
	uint32_t step = 0;

	folding_init(&folding, tree);
	span_facts_init(&facts, tree, ds);
	const char *wrong = wrong_facts(&facts, tree, ds);
	for (size_t g = 0; g < facts.groups.len && !wrong; g++)
		wrong = wrong_group(&facts, tree, &facts.groups.at[g]);
	for (int i = 0; i < 30 && !wrong; i++) {
		static const enum fold_kind kinds[] = { FOLD_ALL, FOLD_LEVEL, FOLD_TOGGLE, FOLD_TOGGLE, FOLD_SIMILAR, FOLD_SIMILAR, FOLD_SIMILAR };
		enum fold_kind kind = kinds[rng_below(rng, 7)];
		node_id node = rng_below(rng, tree->count);
		step = folds_add(&folds, step, kind, kind == FOLD_LEVEL ? rng_below(rng, 5) : kind == FOLD_SIMILAR ? span_run_of(&facts, node) : node);
		folding_show(&folding, &folds, step, rng_below(rng, 20) || i == 0 ? (i ? folding.root : NODE_ALL) : node);
		match.node_count = 0;
		for (node_id at = 1; at < tree->count && match.node_count < 8; at++)
			if (rng_below(rng, 40) == 0)
				found[match.node_count++] = at;
		const struct match *only = rng_below(rng, 3) ? NULL : &match;
		span_rows_show(&rows, &folding, &facts, only, (uint64_t)i + 1);
		wrong = wrong_rows(&rows, &folding, only);
		for (uint32_t r = 0; r < rows.count && !wrong; r++) {
			struct span_row row = span_rows_at(&rows, r);
			if (row.count > 1 && span_rows_group(&rows, row)->node != row.node)
				wrong = "a row has another's group";
		}
	}
	span_rows_fini(&rows);
	span_facts_fini(&facts);
	folding_fini(&folding);
	vec_fini(&folds);
	dataset_free(ds);
	tree_free(tree);
	return wrong;
}

/* Children of one root, each with two of its own. */
static struct tree *
broad_tree(uint32_t children)
{
	struct tree *tree = tree_new(0, true);

	tree->timed = true;
	tree->width = tree->total[NODE_ALL] = (double)children * 10;
	tree_add(tree, 0, 1);
	for (uint32_t i = 0; i < children; i++)
		for (uint32_t k = 0; k < 3; k++) {
			node_id node = tree_add(tree, 1 + (i + k) % 2, k ? 3 : 2);
			tree->x0[node] = i * 10 + k;
			tree->total[node] = 3;
			tree->span[node] = ID_NONE;
		}
	tree_finish(tree);
	return tree;
}

/* How many stretches are looked at to fold and unfold a node, and how many rows that leaves. */
static uint64_t
steps_of_a_turn(uint32_t children)
{
	struct tree *tree = broad_tree(children);
	struct dataset *ds = dataset_new();
	struct folds folds = { 0 };
	struct folding folding;
	struct span_facts facts;
	struct span_rows rows = { 0 };
	uint32_t step = 0;

	folding_init(&folding, tree);
	span_facts_init(&facts, tree, ds);
	for (node_id node = 5; node + 3 < tree->count; node += 9)
		step = folds_add(&folds, step, FOLD_TOGGLE, node);
	folding_show(&folding, &folds, step, NODE_ALL);
	span_rows_show(&rows, &folding, &facts, NULL, 0);
	uint64_t before = rows.steps + folding.steps;
	uint32_t count = rows.count;
	for (int i = 0; i < 2; i++) {
		step = folds_add(&folds, step, FOLD_TOGGLE, 2);
		folding_show(&folding, &folds, step, NODE_ALL);
		span_rows_show(&rows, &folding, &facts, NULL, 0);
		is_int((int)rows.count, (int)(i ? count : count - 2), "a node is folded, then unfolded");
	}
	uint64_t steps = rows.steps + folding.steps - before;
	span_rows_fini(&rows);
	span_facts_fini(&facts);
	folding_fini(&folding);
	vec_fini(&folds);
	dataset_free(ds);
	tree_free(tree);
	return steps;
}

int
main(void)
{
	struct rng rng = { 11 };
	const char *wrong = NULL;
	int i = 0;

	for (; i < 400 && !wrong; i++)
		wrong = wrong_tree(&rng);
	if (!ok(!wrong, "rows, groups and facts are what their definition says"))
		diag("tree %d: %s", i, wrong);
	is_int((int)steps_of_a_turn(100000), (int)steps_of_a_turn(100), "folding a node costs the same whatever is around it");
	return done();
}

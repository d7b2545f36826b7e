/* SPDX-License-Identifier: MIT
 * Filters, bottom-up and sandwich against a slow reference that works on whole stacks, over random profiles. */
#include "config.h"

#include "analysis/filter.h"
#include "analysis/invert.h"
#include "analysis/top.h"

#include <stdlib.h>

#include "util/vec.h"
#include "tests/make.h"
#include "tests/tap.h"

enum { FRAMES = 6, DEPTH = 7, STACKS = 60, ROUNDS = 400 };

/* A stack as names 'a'..'f', root first, and its weight. */
struct row {
	char   path[DEPTH * 2 + 2];
	double weight;
};

struct table { VEC(struct row); };

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct row *)a)->path, ((const struct row *)b)->path);
}

static void
add_row(struct table *table, const char *path, double weight)
{
	for (size_t i = 0; i < table->len; i++)
		if (strcmp(table->at[i].path, path) == 0) {
			table->at[i].weight += weight;
			return;
		}
	struct row row = { .weight = weight };
	snprintf(row.path, sizeof row.path, "%s", path);
	vec_push(table, row);
}

static bool
same_rows(struct table *got, struct table *want)
{
	bool same = got->len == want->len;

	if (got->len)
		qsort(got->at, got->len, sizeof *got->at, by_path);
	if (want->len)
		qsort(want->at, want->len, sizeof *want->at, by_path);
	for (size_t i = 0; same && i < got->len; i++)
		same = strcmp(got->at[i].path, want->at[i].path) == 0 && got->at[i].weight == want->at[i].weight;
	for (size_t i = 0; !same && i < got->len; i++)
		diag("got  %s %g", got->at[i].path, got->at[i].weight);
	for (size_t i = 0; !same && i < want->len; i++)
		diag("want %s %g", want->at[i].path, want->at[i].weight);
	vec_fini(got);
	vec_fini(want);
	return same;
}

static char
letter(const struct dataset *ds, frame_id frame)
{
	return frame_name(ds, frame).at[0];
}

/* Every node with a weight of its own. */
static struct table
rows_of(const struct tree *tree, const struct dataset *ds)
{
	struct table table = { 0 };

	for (node_id node = 1; node < tree->count; node++) {
		char path[DEPTH * 2 + 2] = "";
		if (tree->self[node] == 0)
			continue;
		uint32_t level = tree->level[node];
		for (node_id at = node; at != NODE_ALL; at = tree->parent[at])
			path[--level] = letter(ds, tree->frame[at]);
		add_row(&table, path, tree->self[node]);
	}
	return table;
}

/* What is filtered, as sets of letters. */
struct rules {
	const char    *ignore, *only[2], *show_from, *hide;
	enum recursion recursion;
};

static bool
has_any(const char *path, const char *set)
{
	return strpbrk(path, set) != NULL;
}

/* One stack through the rules, the slow way; false when it is dropped. */
static bool
filter_path(const struct rules *rules, const char *path, char *out)
{
	size_t len = 0;

	if (*rules->ignore && has_any(path, rules->ignore))
		return false;
	for (int i = 0; i < 2; i++)
		if (*rules->only[i] && !has_any(path, rules->only[i]))
			return false;
	if (*rules->show_from) {
		path = strpbrk(path, rules->show_from);
		if (!path)
			return false;
	}
	for (; *path; path++) {
		if (strchr(rules->hide, *path))
			continue;
		out[len] = '\0';
		const char *before = rules->recursion == RECURSION_ALL ? strchr(out, *path) : NULL;
		if (before)
			len = (size_t)(before - out);
		else if (rules->recursion == RECURSION_DIRECT && len && out[len - 1] == *path)
			len--;
		out[len++] = *path;
	}
	out[len] = '\0';
	return len > 0;
}

static void
random_letters(uint64_t *seed, char *out, uint32_t most, uint32_t odds)
{
	uint32_t count = random_below(seed, odds) ? 0 : 1 + random_below(seed, most);

	for (uint32_t i = 0; i < count; i++)
		out[i] = (char)('a' + random_below(seed, FRAMES));
	out[count] = '\0';
}

static void
random_profile(uint64_t *seed, struct dataset *ds, struct table *stacks)
{
	for (char c = 'a'; c < 'a' + FRAMES; c++)
		make_frame(ds, "", (char[]){ c, '\0' });
	for (int i = 0; i < STACKS; i++) {
		char path[DEPTH + 1], joined[DEPTH * 2 + 1] = "";
		uint32_t depth = 1 + random_below(seed, DEPTH);
		for (uint32_t k = 0; k < depth; k++) {
			path[k] = (char)('a' + random_below(seed, FRAMES));
			joined[2 * k] = path[k];
			joined[2 * k + 1] = k + 1 < depth ? ';' : '\0';
		}
		path[depth] = '\0';
		double weight = 1 + random_below(seed, 9);
		make_sample(ds, joined, weight);
		add_row(stacks, path, weight);
	}
	dataset_seal(ds);
}

static frame_word
set_of(const struct dataset *ds, const char *letters)
{
	frame_word set = 0;

	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		if (strchr(letters, letter(ds, frame)))
			set |= (frame_word)1 << frame;
	return set;
}

static struct tree *
build(const struct dataset *ds)
{
	struct build_cache *cache = build_cache_new(ds, NULL);
	struct tree_spec spec = tree_spec_default(ds);
	struct tree *tree = tree_build(cache, &spec, NULL);

	build_cache_free(cache);
	return tree;
}

/* Widths add up: a node's total is its own weight and its children's. */
static bool
adds_up(const struct tree *tree)
{
	for (node_id node = 0; node < tree->count; node++) {
		double sum = tree->self[node];
		for (node_id child = tree_first_child(tree, node); child != NODE_NONE; child = tree_next_sibling(tree, child))
			sum += tree->total[child];
		if (sum != tree->total[node])
			return false;
	}
	return true;
}

static bool
filters_agree(const struct dataset *ds, const struct tree *tree, const struct table *stacks, uint64_t *seed)
{
	char ignore[4], only[2][4], show_from[4], hide[4];
	struct table want = { 0 };

	random_letters(seed, ignore, 1, 3);
	random_letters(seed, only[0], 2, 2);
	random_letters(seed, only[1], 2, 3);
	random_letters(seed, show_from, 2, 3);
	random_letters(seed, hide, 2, 2);
	struct rules rules = { ignore, { only[0], only[1] }, show_from, hide, (enum recursion)random_below(seed, 3) };
	for (size_t i = 0; i < stacks->len; i++) {
		char path[DEPTH + 1];
		if (filter_path(&rules, stacks->at[i].path, path))
			add_row(&want, path, stacks->at[i].weight);
	}
	frame_word sets[5] = { set_of(ds, ignore), set_of(ds, only[0]), set_of(ds, only[1]), set_of(ds, show_from), set_of(ds, hide) };
	struct tree_filter filter = { .recursion = rules.recursion };
	filter.ignore = *ignore ? &sets[0] : NULL;
	/* Any number of them: most keep everything. */
	frame_word everything = ~(frame_word)0, *only_sets[42];
	filter.only = only_sets;
	for (uint64_t more = random_below(seed, 3) * random_below(seed, 20); more > 0; more--)
		only_sets[filter.only_count++] = &everything;
	for (int i = 0; i < 2; i++)
		if (*only[i])
			only_sets[filter.only_count++] = &sets[1 + i];
	filter.show_from = *show_from ? &sets[3] : NULL;
	filter.hide = *hide ? &sets[4] : NULL;
	struct tree *out = tree_filter(tree, ds, &filter, ORDER_HEAVIEST, NULL);
	struct table got = rows_of(out, ds);
	bool sums = adds_up(out);
	tree_free(out);
	bool same = same_rows(&got, &want);
	if (!same || !sums)
		diag("ignore %s only %s %s from %s hide %s recursion %d", ignore, only[0], only[1], show_from, hide, (int)rules.recursion);
	return same && sums;
}

static bool
invert_agrees(const struct dataset *ds, const struct tree *tree, const struct table *stacks)
{
	struct tree *out = tree_invert(tree, ds, ORDER_HEAVIEST, NULL, NULL);
	struct table got = rows_of(out, ds), want = { 0 };
	bool sums = adds_up(out) && out->total[NODE_ALL] == tree->total[NODE_ALL];

	for (size_t i = 0; i < stacks->len; i++) {
		char path[DEPTH + 1];
		size_t len = strlen(stacks->at[i].path);
		for (size_t k = 0; k <= len; k++)
			path[k] = k < len ? stacks->at[i].path[len - 1 - k] : '\0';
		add_row(&want, path, stacks->at[i].weight);
	}
	tree_free(out);
	return same_rows(&got, &want) && sums;
}

static const struct top_row *
row_of(const struct top *top, frame_id frame)
{
	static const struct top_row none;

	for (uint32_t i = 0; i < top->count; i++)
		if (top->rows[i].frame == frame)
			return &top->rows[i];
	return &none;
}

/* What functions weigh does not depend on which end one looks from. */
static bool
table_agrees(const struct dataset *ds, const struct tree *tree)
{
	struct tree *turned = tree_invert(tree, ds, ORDER_HEAVIEST, NULL, NULL);
	struct top *there = top_build(tree, ds, NODE_ALL), *here = top_build(turned, ds, NODE_ALL);
	struct occurrences *places = top_places(turned, ds, TOP_FUNCTIONS, true);
	struct top *again = top_build_at(places, ds, NODE_ALL, TOP_FUNCTIONS);
	bool same = true;

	for (frame_id frame = 0; frame < ds->frame_count; frame++) {
		const struct top_row *a = row_of(there, frame), *b = row_of(here, frame), *c = row_of(again, frame);
		same &= a->self == b->self && a->total == b->total && a->self == c->self && a->total == c->total && b->count == c->count;
		/* What ends without weight is in no bottom-up tree. */
		same &= b->count <= a->count && (b->count > 0) == (a->self > 0);
	}
	top_free(again);
	occurrences_free(places);
	top_free(here);
	top_free(there);
	tree_free(turned);
	return same;
}

static bool
sandwich_agrees(const struct dataset *ds, const struct tree *tree, const struct table *stacks, uint64_t *seed)
{
	char letters[4];
	struct table want_below = { 0 }, want_above = { 0 };
	double total = 0;

	do
		random_letters(seed, letters, 2, 1);
	while (!*letters);
	for (size_t i = 0; i < stacks->len; i++) {
		const char *path = stacks->at[i].path, *first = strpbrk(path, letters);
		char up[DEPTH + 1];
		size_t len = 0;
		if (!first)
			continue;
		add_row(&want_below, first, stacks->at[i].weight);
		for (const char *at = first; at >= path; at--)
			up[len++] = *at;
		up[len] = '\0';
		add_row(&want_above, up, stacks->at[i].weight);
		total += stacks->at[i].weight;
	}
	frame_word set = set_of(ds, letters);
	struct sandwich sandwich = sandwich_build(tree, ds, &set, ORDER_HEAVIEST, NULL, NULL);
	struct table below = rows_of(sandwich.callees, ds), above = rows_of(sandwich.callers, ds);
	bool sums = adds_up(sandwich.callees) && adds_up(sandwich.callers) && sandwich.callees->total[NODE_ALL] == total &&
	            sandwich.callers->total[NODE_ALL] == total;
	sandwich_fini(&sandwich);
	bool same_below = same_rows(&below, &want_below), same_above = same_rows(&above, &want_above);
	return sums && same_below && same_above;
}

static void
random_rounds(void)
{
	uint64_t seed = 7;
	int filters = 0, inverts = 0, tables = 0, sandwiches = 0;

	for (int i = 0; i < ROUNDS; i++) {
		struct dataset *ds = make_dataset();
		struct table stacks = { 0 };
		random_profile(&seed, ds, &stacks);
		struct tree *tree = build(ds);
		filters += filters_agree(ds, tree, &stacks, &seed);
		inverts += invert_agrees(ds, tree, &stacks);
		tables += table_agrees(ds, tree);
		sandwiches += sandwich_agrees(ds, tree, &stacks, &seed);
		tree_free(tree);
		vec_fini(&stacks);
		dataset_free(ds);
	}
	is_int(filters, ROUNDS, "filters agree with the reference");
	is_int(inverts, ROUNDS, "bottom-up agrees with the reference");
	is_int(tables, ROUNDS, "the table is the same bottom-up");
	is_int(sandwiches, ROUNDS, "sandwich agrees with the reference");
}

static void
timed(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "web", "root", 1, 0, 0, 100);
	make_span(ds, "web", "middle", 2, 1, 10, 90);
	make_span(ds, "db", "query", 3, 2, 20, 50);
	make_span(ds, "db", "query", 4, 2, 55, 60);
	dataset_seal(ds);
	struct tree *tree = build(ds);
	frame_word middle = (frame_word)1 << make_frame(ds, "web", "middle"), query = (frame_word)1 << make_frame(ds, "db", "query");
	struct tree *hidden = tree_filter(tree, ds, &(struct tree_filter){ .hide = &middle }, ORDER_HEAVIEST, NULL);
	ok(hidden->timed && hidden->count == 4 && hidden->parent[2] == 1 && hidden->x0[2] == 20, "a hidden span's children keep their times");
	is_double(hidden->self[1], 20 + 45, 0, "and its own time goes to the span above");
	tree_free(hidden);
	struct tree *from = tree_filter(tree, ds, &(struct tree_filter){ .show_from = &query }, ORDER_HEAVIEST, NULL);
	ok(from->count == 3 && from->level[1] == 1 && from->level[2] == 1 && from->width == tree->width, "shown from the queries");
	tree_free(from);
	struct tree *only = tree_filter(tree, ds, &(struct tree_filter){ .only = (frame_word *[]){ &query }, .only_count = 1 }, ORDER_HEAVIEST, NULL);
	ok(only->count == 5, "only keeps the ancestors of what it keeps");
	tree_free(only);
	tree_free(tree);
	dataset_free(ds);
}

/* Hidden spans at work at the same time, one that goes on after its parent, and what they call. */
static void
timed_parallel(void)
{
	struct dataset *ds = make_dataset();

	make_span(ds, "web", "root", 1, 0, 0, 100);
	make_span(ds, "web", "middle", 2, 1, 10, 90);
	make_span(ds, "web", "middle", 3, 1, 20, 130);
	make_span(ds, "db", "query", 4, 2, 30, 50);
	make_span(ds, "db", "query", 5, 3, 40, 120);
	make_span(ds, "db", "other", 6, 1, 5, 8);
	dataset_seal(ds);
	struct tree *tree = build(ds);
	frame_word middle = (frame_word)1 << make_frame(ds, "web", "middle"), other = (frame_word)1 << make_frame(ds, "db", "other");
	struct tree *hidden = tree_filter(tree, ds, &(struct tree_filter){ .hide = &middle }, ORDER_HEAVIEST, NULL);
	is_double(hidden->self[1], 100 - 70 - 3, 0, "spans at work at the same time are not more time");
	is_double(hidden->self[hidden->count - 1], 80, 0, "what is shown keeps its own");
	tree_free(hidden);
	hidden = tree_filter(tree, ds, &(struct tree_filter){ .hide = &middle, .ignore = &other }, ORDER_HEAVIEST, NULL);
	is_double(hidden->self[1], 100 - 70 - 3, 0, "what is dropped took its time with it");
	tree_free(hidden);
	tree_free(tree);
	dataset_free(ds);
}

int
main(void)
{
	random_rounds();
	timed();
	timed_parallel();
	return done();
}

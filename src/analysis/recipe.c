/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/recipe.h"

#include <stdlib.h>

#include "analysis/invert.h"
#include "analysis/label.h"
#include "util/alloc.h"
#include "util/bits.h"
#include "util/regex.h"

static const char *const kind_names[] = {
	[FILTER_IGNORE] = "ignore", [FILTER_ONLY] = "only", [FILTER_SHOW_FROM] = "show-from", [FILTER_HIDE] = "hide",
	[FILTER_HIDE_SERVICE] = "hide-service", [FILTER_ONLY_SERVICE] = "only-service",
	[FILTER_HIDE_PACKAGE] = "hide-package", [FILTER_ONLY_PACKAGE] = "only-package",
	[FILTER_HIDE_KIND] = "hide-kind", [FILTER_ONLY_KIND] = "only-kind",
	[FILTER_HIDE_FILE] = "hide-file", [FILTER_ONLY_FILE] = "only-file",
};

/* Of services, packages, kinds and files: what a filter by name does.  Zero, which is FILTER_IGNORE, means that of the kind itself. */
static const enum filter_kind effects[FILTER_KINDS] = {
	[FILTER_HIDE_SERVICE] = FILTER_HIDE, [FILTER_ONLY_SERVICE] = FILTER_ONLY,
	[FILTER_HIDE_PACKAGE] = FILTER_HIDE, [FILTER_ONLY_PACKAGE] = FILTER_ONLY,
	[FILTER_HIDE_KIND] = FILTER_HIDE, [FILTER_ONLY_KIND] = FILTER_ONLY,
	[FILTER_HIDE_FILE] = FILTER_HIDE, [FILTER_ONLY_FILE] = FILTER_ONLY,
};

const char *
filter_kind_name(enum filter_kind kind)
{
	return kind_names[kind];
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

bool
recipe_equal(const struct recipe *a, const struct recipe *b)
{
	if (a->spec.track != b->spec.track || !metric_equal(a->spec.metric, b->spec.metric) || a->spec.merge != b->spec.merge ||
	    a->spec.order != b->spec.order || a->spec.adjusted != b->spec.adjusted || a->spec.critical != b->spec.critical ||
	    a->recursion != b->recursion || a->inverted != b->inverted || a->filters != b->filters || a->filter_count != b->filter_count ||
	    !select_equal(&a->select, &b->select) || !same_text(a->spec.group, b->spec.group) || a->spec.grain != b->spec.grain ||
	    !same_text(a->spec.labels, b->spec.labels))
		return false;
	return true;
}

enum filter_kind
filter_effect(enum filter_kind kind)
{
	return effects[kind] ? effects[kind] : kind;
}

struct recipe_filter
recipe_filter(const struct recipe *recipe, const struct strtab *patterns, uint32_t index)
{
	struct recipe_filter filter;

	CHECK(index < recipe->filter_count);
	memcpy(&filter, strtab_get(patterns, recipe->filters).at + index * sizeof filter, sizeof filter);
	return filter;
}

bool
recipe_add(struct recipe *recipe, struct strtab *patterns, enum filter_kind kind, struct str pattern, struct error *err)
{
	struct regex *regex = regex_compile(pattern, REGEX_SMART, err);
	struct buf list = { 0 };

	if (!regex)
		return false;
	regex_free(regex);
	struct recipe_filter filter = { kind, strtab_intern(patterns, pattern) };
	for (uint32_t i = 0; i < recipe->filter_count; i++) {
		struct recipe_filter other = recipe_filter(recipe, patterns, i);
		if (other.kind == kind && other.pattern == filter.pattern)
			return true;
	}
	buf_add(&list, strtab_get(patterns, recipe->filters));
	buf_add(&list, (struct str){ (const char *)&filter, sizeof filter });
	recipe->filters = strtab_intern(patterns, buf_str(&list));
	recipe->filter_count++;
	buf_fini(&list);
	return true;
}

void
recipe_remove(struct recipe *recipe, struct strtab *patterns, uint32_t index)
{
	struct str all = strtab_get(patterns, recipe->filters);
	size_t at = index * sizeof(struct recipe_filter), behind = at + sizeof(struct recipe_filter);
	struct buf list = { 0 };

	CHECK(index < recipe->filter_count);
	buf_add(&list, (struct str){ all.at, at });
	buf_add(&list, str_tail(all, behind));
	recipe->filters = strtab_intern(patterns, buf_str(&list));
	recipe->filter_count--;
	buf_fini(&list);
}

frame_word *
recipe_frames(frame_word *set, const struct dataset *ds, struct str pattern)
{
	return recipe_filter_frames(set, ds, FILTER_HIDE, pattern);
}

frame_word *
recipe_filter_frames(frame_word *set, const struct dataset *ds, enum filter_kind kind, struct str pattern)
{
	struct str (*text)(const struct dataset *ds, frame_id frame) =
		kind == FILTER_HIDE_SERVICE || kind == FILTER_ONLY_SERVICE ? frame_module :
		kind == FILTER_HIDE_PACKAGE || kind == FILTER_ONLY_PACKAGE ? label_package :
		kind == FILTER_HIDE_KIND || kind == FILTER_ONLY_KIND ? label_kind :
		kind == FILTER_HIDE_FILE || kind == FILTER_ONLY_FILE ? frame_file : frame_name;
	struct regex *regex = regex_compile(pattern, REGEX_SMART, NULL);

	CHECK(regex);
	if (!set)
		set = bits_new(ds->frame_count);
	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		if (regex_search(regex, text(ds, frame), NULL, NULL) == REGEX_YES)
			bits_set(set, frame);
	regex_free(regex);
	return set;
}

/* What is done to frames, with the memory of its sets. */
struct sets {
	struct tree_filter filter;
	frame_word        *of_kind[FILTER_KINDS];    /* of those that count together */
	frame_word       **only;
};

/* Several patterns to ignore, hide or show from count together; each `only` stands for itself. */
static void
sets_init(struct sets *sets, const struct recipe *recipe, const struct dataset *ds, const struct strtab *patterns)
{
	*sets = (struct sets){ .filter.recursion = recipe->recursion };
	sets->only = xcalloc(recipe->filter_count ? recipe->filter_count : 1, sizeof *sets->only);
	for (uint32_t i = 0; i < recipe->filter_count; i++) {
		struct recipe_filter filter = recipe_filter(recipe, patterns, i);
		enum filter_kind effect = filter_effect(filter.kind);
		frame_word **set = effect == FILTER_ONLY ? &sets->only[sets->filter.only_count++] : &sets->of_kind[effect];
		*set = recipe_filter_frames(*set, ds, filter.kind, strtab_get(patterns, filter.pattern));
	}
	sets->filter.only = sets->only;
	sets->filter.ignore = sets->of_kind[FILTER_IGNORE];
	sets->filter.hide = sets->of_kind[FILTER_HIDE];
	sets->filter.show_from = sets->of_kind[FILTER_SHOW_FROM];
}

static void
sets_fini(struct sets *sets)
{
	for (uint32_t i = 0; i < sets->filter.only_count; i++)
		free(sets->only[i]);
	for (int kind = 0; kind < FILTER_KINDS; kind++)
		free(sets->of_kind[kind]);
	free(sets->only);
}

bool
recipe_is_timed(const struct dataset *ds, const struct recipe *recipe)
{
	return !recipe->inverted && tree_spec_is_timed(ds, &recipe->spec);
}

struct recipe
recipe_until(const struct recipe *recipe, enum recipe_step step)
{
	struct recipe until = *recipe;

	if (step == RECIPE_DONE)
		return until;
	if (recipe->inverted)
		until.spec.merge = MERGE_MERGED;
	until.inverted = false;
	if (step == RECIPE_PLAIN) {
		until.filters = STR_EMPTY;
		until.filter_count = 0;
		until.recursion = RECURSION_KEEP;
	}
	return until;
}

struct tree *
recipe_build_from(struct build_cache *cache, const struct recipe *recipe, const struct strtab *patterns,
                  const struct recipe_start *start, struct job *job)
{
	const struct dataset *ds = build_cache_frames(cache, &recipe->spec);
	enum tree_order order = recipe->spec.order;
	const uint32_t *rank = build_cache_ranks(cache, &recipe->spec);
	const struct tree *from = start->tree;
	struct tree *filtered = NULL, *out;

	if (start->step == RECIPE_PLAIN) {
		struct sets sets;
		sets_init(&sets, recipe, ds, patterns);
		sets.filter.job = job;
		if (!filter_is_empty(&sets.filter) && !job_stopped(job))
			from = filtered = tree_filter(from, ds, &sets.filter, order, rank);
		sets_fini(&sets);
	}
	out = filtered;
	if (recipe->inverted && !job_stopped(job)) {
		out = tree_invert(from, ds, order, rank, job);
		tree_free(filtered);
	}
	if (!job_stopped(job))
		return out;
	tree_free(out);
	return NULL;
}

struct tree *
recipe_build(struct build_cache *cache, const struct recipe *recipe, const struct strtab *patterns, struct job *job, double *all_out)
{
	struct recipe plain = recipe_until(recipe, RECIPE_PLAIN);
	struct tree_spec spec = plain.spec;

	if (!selected_get(cache, &recipe->select, patterns, job, &spec.selected))
		return NULL;
	struct tree *tree = tree_build(cache, &spec, job);
	if (!tree)
		return NULL;
	if (all_out)
		*all_out = tree->total[NODE_ALL];
	if (recipe_equal(&plain, recipe))
		return tree;
	struct recipe_start start = { tree, RECIPE_PLAIN, tree->total[NODE_ALL] };
	struct tree *out = recipe_build_from(cache, recipe, patterns, &start, job);
	tree_free(tree);
	return out;
}

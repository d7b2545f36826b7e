/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "analysis/recipe.h"

#include <stdlib.h>

#include "analysis/invert.h"
#include "analysis/label.h"
#include "util/alloc.h"
#include "util/regex.h"

/* Characters that do not stand for themselves in an expression. */
static const char special[] = "\\^$.[]|()?*+{}";

static const char *const kind_names[] = {
	[FILTER_IGNORE] = "ignore", [FILTER_ONLY] = "only", [FILTER_SHOW_FROM] = "show-from", [FILTER_HIDE] = "hide",
	[FILTER_HIDE_SERVICE] = "hide-service", [FILTER_ONLY_SERVICE] = "only-service",
	[FILTER_HIDE_PACKAGE] = "hide-package", [FILTER_ONLY_PACKAGE] = "only-package",
};

/* Of services and packages: what a filter by name does.  Zero, which is FILTER_IGNORE, means that of the kind itself. */
static const enum filter_kind effects[FILTER_KINDS] = {
	[FILTER_HIDE_SERVICE] = FILTER_HIDE, [FILTER_ONLY_SERVICE] = FILTER_ONLY,
	[FILTER_HIDE_PACKAGE] = FILTER_HIDE, [FILTER_ONLY_PACKAGE] = FILTER_ONLY,
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
	    a->recursion != b->recursion || a->inverted != b->inverted || a->filter_count != b->filter_count ||
	    !select_equal(&a->select, &b->select) || !same_text(a->spec.group, b->spec.group) || a->spec.grain != b->spec.grain ||
	    !same_text(a->spec.labels, b->spec.labels))
		return false;
	for (unsigned i = 0; i < a->filter_count; i++)
		if (a->filters[i].kind != b->filters[i].kind || a->filters[i].pattern != b->filters[i].pattern)
			return false;
	return true;
}

static enum filter_kind
effect_of(enum filter_kind kind)
{
	return effects[kind] ? effects[kind] : kind;
}

static unsigned
count_effect(const struct recipe *recipe, enum filter_kind effect)
{
	unsigned count = 0;

	for (unsigned i = 0; i < recipe->filter_count; i++)
		count += effect_of(recipe->filters[i].kind) == effect;
	return count;
}

bool
recipe_add(struct recipe *recipe, struct strtab *patterns, enum filter_kind kind, struct str pattern, struct error *err)
{
	struct regex *regex = regex_compile(pattern, REGEX_SMART, err);

	if (!regex)
		return false;
	regex_free(regex);
	struct recipe_filter filter = { kind, strtab_intern(patterns, pattern) };
	for (unsigned i = 0; i < recipe->filter_count; i++)
		if (recipe->filters[i].kind == kind && recipe->filters[i].pattern == filter.pattern)
			return true;
	if (recipe->filter_count == RECIPE_FILTERS_MAX)
		return error_set(err, ERROR_USAGE, "there can be at most %d filters", RECIPE_FILTERS_MAX);
	if (effect_of(kind) == FILTER_ONLY && count_effect(recipe, FILTER_ONLY) == FILTER_ONLY_MAX)
		return error_set(err, ERROR_USAGE, "there can be at most %d filters that keep stacks", FILTER_ONLY_MAX);
	recipe->filters[recipe->filter_count++] = filter;
	return true;
}

void
recipe_remove(struct recipe *recipe, unsigned index)
{
	CHECK(index < recipe->filter_count);
	for (unsigned i = index + 1u; i < recipe->filter_count; i++)
		recipe->filters[i - 1] = recipe->filters[i];
	recipe->filter_count--;
}

void
recipe_quote(struct str name, struct buf *out)
{
	buf_add(out, regex_smart_folds(name) ? STR("\\A(?-i)") : STR("\\A"));
	for (size_t i = 0; i < name.len; i++) {
		if (name.at[i] == '\0') {
			buf_add(out, STR("\\x00"));
			continue;
		}
		if (strchr(special, name.at[i]))
			buf_addc(out, '\\');
		buf_addc(out, name.at[i]);
	}
	buf_add(out, STR("\\z"));
}

bool
recipe_unquote(struct str pattern, struct buf *out)
{
	if (pattern.len < 4 || !str_starts(pattern, STR("\\A")) || !str_ends(pattern, STR("\\z")))
		return false;
	for (size_t i = str_starts(pattern, STR("\\A(?-i)")) ? 7 : 2; i < pattern.len - 2; i++) {
		struct str rest = { pattern.at + i, pattern.len - 2 - i };
		if (str_starts(rest, STR("\\x00"))) {
			buf_addc(out, '\0');
			i += 3;
			continue;
		}
		bool escaped = rest.at[0] == '\\';
		if (rest.at[0] == '\0' || (escaped && (rest.len < 2 || !strchr(special, rest.at[1]))) || (!escaped && strchr(special, rest.at[0])))
			return false;
		i += escaped;
		buf_addc(out, pattern.at[i]);
	}
	return true;
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
		kind == FILTER_HIDE_PACKAGE || kind == FILTER_ONLY_PACKAGE ? label_package : frame_name;
	struct regex *regex = regex_compile(pattern, REGEX_SMART, NULL);

	CHECK(regex);
	if (!set)
		set = xcalloc((size_t)ds->frame_count / 64 + 1, sizeof *set);
	for (frame_id frame = 0; frame < ds->frame_count; frame++)
		if (regex_search(regex, text(ds, frame), NULL, NULL) == REGEX_YES)
			set[frame / 64] |= (frame_word)1 << (frame % 64);
	regex_free(regex);
	return set;
}

/* Several patterns to ignore, hide or show from count together; each `only` stands for itself. */
static struct tree_filter
filter_of(const struct recipe *recipe, const struct dataset *ds, const struct strtab *patterns, frame_word *sets[RECIPE_FILTERS_MAX])
{
	struct tree_filter filter = { .recursion = recipe->recursion };

	for (unsigned i = 0; i < recipe->filter_count; i++) {
		struct str pattern = strtab_get(patterns, recipe->filters[i].pattern);
		enum filter_kind kind = effect_of(recipe->filters[i].kind);
		unsigned first = 0;
		while (kind != FILTER_ONLY && effect_of(recipe->filters[first].kind) != kind)
			first++;
		unsigned at = kind == FILTER_ONLY ? i : first;
		sets[at] = recipe_filter_frames(sets[at], ds, recipe->filters[i].kind, pattern);
		if (kind == FILTER_ONLY)
			filter.only[filter.only_count++] = sets[at];
		else
			*(kind == FILTER_IGNORE ? &filter.ignore : kind == FILTER_HIDE ? &filter.hide : &filter.show_from) = sets[at];
	}
	return filter;
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
	frame_word *sets[RECIPE_FILTERS_MAX] = { 0 };
	const struct tree *from = start->tree;
	struct tree *filtered = NULL, *out;

	if (start->step == RECIPE_PLAIN) {
		struct tree_filter filter = filter_of(recipe, ds, patterns, sets);
		filter.job = job;
		if (!filter_is_empty(&filter) && !job_stopped(job))
			from = filtered = tree_filter(from, ds, &filter, order, rank);
		for (unsigned i = 0; i < RECIPE_FILTERS_MAX; i++)
			free(sets[i]);
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

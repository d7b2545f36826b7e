/* SPDX-License-Identifier: MIT
 * What is asked for as a tree, or as what is left of spans and samples. */
#include "config.h"

#include "cli/select.h"

#include <stdlib.h>

#include "analysis/halves.h"
#include "analysis/path.h"
#include "cli/message.h"
#include "load/attr.h"
#include "util/alloc.h"
#include "util/regex.h"
#include "util/unit.h"

/* One tree measures spans or samples: of a dataset that holds both, the other part is said to be left out. */
static void
say_left_out(const struct dataset *ds, const struct selection *selection)
{
	bool of_spans = metric_is_of_spans(selection->recipe.spec.metric);
	struct buf left = { 0 };

	if (selection->recipe.spec.track != TRACK_ALL || !dataset_has_spans(ds) || !dataset_has_samples(ds))
		return;
	uint64_t count = of_spans ? ds->samples.count : ds->spans.count;
	unit_format((double)count, of_spans ? STR("samples") : STR("spans"), true, &left);
	message("%s %s left out, since the metric is %.*s", left.at, count == 1 ? "is" : "are", (int)selection->metric.name.len,
	        selection->metric.name.at);
	buf_fini(&left);
}

static bool
check_sandwich(const struct request *request, struct error *err)
{
	struct error inner = { 0 };
	struct regex *regex = request->sandwich ? regex_compile(str_of(request->sandwich), REGEX_SMART, &inner) : NULL;

	regex_free(regex);
	return !request->sandwich || regex || error_set(err, inner.code, "--sandwich: %s", inner.text);
}

bool
select_kept(struct build_cache *cache, const struct request *request, struct strtab *patterns, struct kept *out, struct error *err)
{
	struct kept_wish wish = { request->focus, request->sandwich ? str_of(request->sandwich) : STR("") };
	struct recipe recipe;
	struct error inner = { 0 };

	*out = (struct kept){ .track = TRACK_ALL };
	if (!select_recipe(build_cache_dataset(cache), request, false, patterns, &recipe, err) || !check_sandwich(request, err))
		return false;
	return kept_build(cache, &recipe, patterns, &wish, out, &inner) || error_set(err, inner.code, "--focus: %s", inner.text);
}

static struct own *
own_weights(const struct tree *callees, const struct dataset *ds, const frame_word *functions)
{
	struct own *own = xcalloc(ds->frame_count ? ds->frame_count : 1, sizeof *own);

	for (node_id node = 1; node < callees->count; node++) {
		frame_id frame = callees->frame[node];
		if (!frame_set_has(functions, frame))
			continue;
		own[frame].self += callees->self[node];
		own[frame].count += callees->items[node];
	}
	return own;
}

/* The tree gives way to that of the functions of --sandwich. */
static void
make_sandwich(struct selection *selection, const struct request *request, enum sandwich_as as)
{
	const struct tree_spec *spec = &selection->recipe.spec;
	frame_word *functions = recipe_frames(NULL, selection->ds, str_of(request->sandwich));
	struct sandwich both = sandwich_build(selection->tree, selection->ds, functions, spec->order, build_cache_ranks(selection->cache, spec), NULL);
	struct tree **half = request->invert ? &both.callers : &both.callees;

	if (both.occurrences == 0)
		message("--sandwich: no function is named so");
	tree_free(selection->tree);
	if (as == SANDWICH_WHOLE) {
		struct halves halves = halves_build(&both);
		selection->tree = halves.tree;
		selection->rows = halves.row;
	} else {
		if (request->invert)
			selection->own = own_weights(both.callees, selection->ds, functions);
		selection->tree = *half;
		*half = NULL;
	}
	sandwich_fini(&both);
	free(functions);
}

bool
select_open(struct selection *selection, const struct dataset *ds, const struct request *request, bool as_viewed, enum sandwich_as sandwich,
            struct error *err)
{
	*selection = (struct selection){ .within = NODE_ALL };
	selection->patterns = strtab_new();
	if (!select_recipe(ds, request, as_viewed, selection->patterns, &selection->recipe, err) || !check_sandwich(request, err)) {
		select_close(selection);
		return false;
	}
	if (request->sandwich) {
		selection->recipe.spec.merge = MERGE_MERGED;
		selection->recipe.inverted = false;
	}
	selection->cache = build_cache_new(ds, &attr_reader);
	selection->tree = recipe_build(selection->cache, &selection->recipe, selection->patterns, NULL, &selection->all);
	selection->ds = build_cache_frames(selection->cache, &selection->recipe.spec);
	selection->metric = metric_describe(ds, selection->recipe.spec.metric);
	say_left_out(ds, selection);
	select_say_empty(selection->cache, &selection->recipe.select, selection->patterns);
	if (request->sandwich)
		make_sandwich(selection, request, sandwich);
	if (request->focus && !path_find(selection->tree, selection->ds, str_of(request->focus), &selection->within, err)) {
		struct error inner = *err;
		error_set(err, inner.code, "--focus: %s", inner.text);
		select_close(selection);
		return false;
	}
	return true;
}

void
select_close(struct selection *selection)
{
	tree_free(selection->tree);
	free(selection->rows);
	free(selection->own);
	build_cache_free(selection->cache);
	strtab_free(selection->patterns);
	*selection = (struct selection){ 0 };
}

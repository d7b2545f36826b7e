/* SPDX-License-Identifier: MIT
 * Entries of the labels that samples have at a node and below it, with their weights. */
#include "config.h"

#include "analysis/label_sums.h"
#include "ui/entries_core.h"
#include "ui/instances.h"
#include "ui/selection.h"
#include "util/alloc.h"
#include "util/unit.h"

enum { VALUES_MOST = 30 };    /* of a key that are listed */

/* The stacks that end at the node or below it; free(). */
static bool *
stacks_below(struct app *app, node_id node)
{
	const struct tree *tree = app_scene(app)->tree;
	uint32_t count = app->session->ds->stacks.count;
	bool *stacks = xcalloc(count ? count : 1, sizeof *stacks);

	for (stack_id stack = 0; stack < count; stack++) {
		node_id at = instances_find_stack(app, stack);
		stacks[stack] = at != NODE_NONE && tree_is_inside(tree, at, node);
	}
	return stacks;
}

static void
add_value(struct app *app, struct entries *out, const struct label_sum *sum, double whole)
{
	const struct dataset *ds = app->session->ds;
	struct buf key = { 0 }, value = { 0 };

	unit_format(sum->weight, app_scene(app)->unit, app->options.ascii, &key);
	buf_addc(&key, ' ');
	unit_percent(sum->weight, whole, &key);
	buf_add(&value, dataset_str(ds, sum->value));
	if (sum->unit != STR_EMPTY) {
		buf_addc(&value, ' ');
		buf_add(&value, dataset_str(ds, sum->unit));
	}
	entries_add(out, &(struct entry){ .kind = ENTRY_LABEL, .key = buf_str(&key), .value = value.len ? buf_str(&value) : STR("\"\""),
	                                  .nth = sum->label, .ink = ROLE_TEXT });
	buf_fini(&key);
	buf_fini(&value);
}

/* The values of one key: sums->at[first .. end). */
static void
add_key(struct app *app, struct entries *out, const struct label_sums *sums, size_t first, size_t end, double whole)
{
	struct buf title = { 0 };

	buf_add(&title, STR("label "));
	buf_add(&title, dataset_str(app->session->ds, sums->at[first].key));
	buf_addc(&title, '\0');
	entries_heading(out, title.at, end - first);
	for (size_t i = first; i < end && i - first < VALUES_MOST; i++)
		add_value(app, out, &sums->at[i], whole);
	if (end - first > VALUES_MOST) {
		struct buf text = { 0 };
		unit_count(end - first - VALUES_MOST, &text);
		buf_add(&text, STR(" lighter ones"));
		entries_fact(out, "", buf_str(&text));
		buf_fini(&text);
	}
	buf_fini(&title);
}

/* In a tree that is grouped by labels a stack has several places, and its labels stand above it. */
void
entries_add_labels(struct app *app, struct entries *out, node_id node)
{
	const struct scene *scene = app_scene(app);
	struct tree_spec spec = scene->key.recipe.spec;
	struct label_sums sums = { 0 };

	if (scene->tree->span || scene->tree->timed || !app->session->ds->samples.label || spec.group || scene->key.recipe.inverted ||
	    scene->key.sandwich != STR_EMPTY)
		return;
	bool *stacks = stacks_below(app, node);
	spec.selected = selection_now(app);
	label_sums_of(app->session->ds, &spec, stacks, &sums);
	for (size_t first = 0, i = 1; i <= sums.len; i++)
		if (i == sums.len || sums.at[i].key != sums.at[first].key) {
			add_key(app, out, &sums, first, i, scene->tree->total[node]);
			first = i;
		}
	vec_fini(&sums);
	free(stacks);
}

/* SPDX-License-Identifier: MIT
 * Choosing what width means. */
#include "config.h"

#include "ui/pickers.h"


/* ---- metrics */

enum { METRICS_MAX = 256, METRIC_NAME_COLS = 20 };

/* Those that have a name, then attributes. */
static uint32_t
list_metrics(struct app *app, struct metric_info infos[METRICS_MAX])
{
	const struct dataset *ds = app->session->ds;
	const struct attr_keys *keys = attrs_keys(build_cache_attrs(app->session->cache), NULL);
	uint32_t count = metric_list(ds, keys, infos, METRICS_MAX);

	if (dataset_has_spans(ds) && count < METRICS_MAX)
		count += metric_list_attributes(ds, keys, infos + count, METRICS_MAX - count);
	return count < METRICS_MAX ? count : METRICS_MAX;
}

static uint32_t
metric_count(struct app *app)
{
	struct metric_info infos[METRICS_MAX];

	return list_metrics(app, infos);
}

static void
metric_item(struct app *app, uint32_t index, struct popup_item *item)
{
	static const char *const meanings[] = {
		[METRIC_WALL]     = "the clock, shared by parallel spans",
		[METRIC_BUSY]     = "self times; parallel work counts each time",
		[METRIC_CRITICAL] = "time on the critical path",
		[METRIC_COUNT]    = "how many spans",
		[METRIC_ERRORS]   = "how many spans failed",
		[METRIC_TOKENS]   = "read and written by language models",
		[METRIC_TOKENS_INPUT] = "read by language models",
		[METRIC_TOKENS_OUTPUT] = "written by language models",
		[METRIC_COST]     = "of the use of language models",
		[METRIC_ATTRIBUTE] = "the sum of an attribute of spans",
		[METRIC_SAMPLE_TYPE] = "as measured by the profiler",
	};
	struct metric_info infos[METRICS_MAX];

	list_metrics(app, infos);
	names_safe(infos[index].name, &item->left);
	buf_add(&item->text, str_of(meanings[infos[index].metric.kind]));
	names_safe(infos[index].unit, &item->right);
	item->marked = metric_equal(infos[index].metric, app->state.recipe.spec.metric);
}

static unsigned
metric_choose(struct app *app, uint32_t index)
{
	struct metric_info infos[METRICS_MAX];
	struct tree_spec spec = app->state.recipe.spec;
	bool was_timed = tree_is_packed(app_scene(app)->tree);

	list_metrics(app, infos);
	spec.metric = infos[index].metric;
	/* The names of a session go with it when the input is read again. */
	if (spec.metric.kind == METRIC_ATTRIBUTE)
		spec.metric.key = strtab_get(app->patterns, strtab_intern(app->patterns, str_of(spec.metric.key))).at;
	if (was_timed)
		spec.merge = MERGE_MERGED;
	app_remember(app, 0);
	unsigned update = app_change_spec(app, &spec);
	return was_timed ? update | app_say(app, "merged, since in time order width is always time: M goes back") : update;
}

const struct popup_ops metric_picker = {
	.title = "what width means", .filter = true, .left_cols = METRIC_NAME_COLS,
	.count = metric_count, .item = metric_item, .choose = metric_choose,
};

unsigned
metric_picker_open(struct app *app)
{
	struct metric_info infos[METRICS_MAX];
	uint32_t count = list_metrics(app, infos);

	popup_open(app, &metric_picker);
	for (uint32_t i = 0; i < count; i++)
		if (metric_equal(infos[i].metric, app->state.recipe.spec.metric))
			popup_choose_row(app, i);
	return UPDATE_DRAW;
}

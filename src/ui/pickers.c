/* SPDX-License-Identifier: MIT
 * Choosing what width means. */
#include "config.h"

#include "ui/pickers.h"


/* ---- metrics */

enum { METRICS_MAX = 256, METRIC_NAME_COLS = 20 };

static uint32_t
metric_count(struct app *app)
{
	struct metric_info infos[METRICS_MAX];
	uint32_t count = metric_list(app->session->ds, infos, METRICS_MAX);

	return count < METRICS_MAX ? count : METRICS_MAX;
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
		[METRIC_SAMPLE_TYPE] = "as measured by the profiler",
	};
	struct metric_info infos[METRICS_MAX];

	metric_list(app->session->ds, infos, METRICS_MAX);
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

	metric_list(app->session->ds, infos, METRICS_MAX);
	spec.metric = infos[index].metric;
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
	uint32_t count = metric_list(app->session->ds, infos, METRICS_MAX);

	popup_open(app, &metric_picker);
	for (uint32_t i = 0; i < count && i < METRICS_MAX; i++)
		if (metric_equal(infos[i].metric, app->state.recipe.spec.metric))
			popup_choose_row(app, i);
	return UPDATE_DRAW;
}

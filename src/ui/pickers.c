/* SPDX-License-Identifier: MIT
 * Choosing what width means. */
#include "config.h"

#include "ui/pickers.h"


/* ---- metrics */

enum { METRIC_NAME_COLS = 28 };

static uint32_t
metric_count(struct app *app)
{
	uint32_t count;

	session_metrics(app->session, &count);
	return count;
}

static const struct metric_info *
metric_at(struct app *app, uint32_t index)
{
	uint32_t count;

	return &session_metrics(app->session, &count)[index];
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
	const struct metric_info *info = metric_at(app, index);

	names_safe(info->name, &item->left);
	if (item->left.len >= METRIC_NAME_COLS)
		buf_addc(&item->left, ' ');
	buf_add(&item->text, str_of(meanings[info->metric.kind]));
	names_safe(info->unit, &item->right);
	item->marked = metric_equal(info->metric, app->state.recipe.spec.metric);
}

static unsigned
metric_choose(struct app *app, uint32_t index)
{
	struct tree_spec spec = app->state.recipe.spec;
	bool was_timed = tree_is_packed(app_scene(app)->tree);

	spec.metric = metric_at(app, index)->metric;
	/* The names of a session go with it when the input is read again. */
	if (spec.metric.kind == METRIC_ATTRIBUTE)
		spec.metric.key = app_keep_pattern(app, str_of(spec.metric.key));
	if (was_timed)
		spec.merge = MERGE_MERGED;
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
	popup_open(app, &metric_picker);
	for (uint32_t i = 0; i < metric_count(app); i++)
		if (metric_equal(metric_at(app, i)->metric, app->state.recipe.spec.metric))
			popup_choose_row(app, i);
	return UPDATE_DRAW;
}

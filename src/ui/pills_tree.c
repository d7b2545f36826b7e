/* SPDX-License-Identifier: MIT
 * Pills of what is looked at: the tree is another without them. */
#include "config.h"

#include "ui/pills_core.h"

#include "ui/change.h"
#include "ui/clocks.h"
#include "ui/critical.h"
#include "ui/filters.h"
#include "ui/granularity.h"
#include "ui/grouping.h"
#include "ui/pickers.h"
#include "ui/sandwich.h"
#include "ui/selection.h"
#include "util/choices.h"
#include "util/text.h"
#include "util/unit.h"

/* What options ask for is a difference, too: a link is taken back like what keys have done. */
static struct tree_spec
usual_spec(const struct app *app)
{
	return tree_spec_default(app->session->ds);
}

static enum merge_mode
usual_merge(const struct app *app)
{
	return session_track_merge(app->session, app->state.recipe.spec.track);
}

static bool
sandwich_on(struct app *app)
{
	return app->state.view == VIEW_SANDWICH;
}

static unsigned
sandwich_remove(struct app *app)
{
	return app_change_view(app, VIEW_FLAME);
}

static bool
track_on(struct app *app)
{
	return app->state.recipe.spec.track != usual_spec(app).track;
}

static void
track_text(struct app *app, struct buf *out)
{
	buf_add(out, STR("track "));
	struct buf name = { 0 };
	track_name(app, app->state.recipe.spec.track, &name);
	text_fit(buf_str(&name), PILL_NAME_COLS, false, app->options.ascii, out);
	buf_fini(&name);
}

static unsigned
track_remove(struct app *app)
{
	struct tree_spec spec = session_default_spec(app->session, usual_spec(app).track);

	return app_change_spec(app, &spec);
}

static bool
metric_on(struct app *app)
{
	return !metric_equal(app->state.recipe.spec.metric, usual_spec(app).metric) && !tree_is_packed(app_scene(app)->tree);
}

static void
metric_text(struct app *app, struct buf *out)
{
	struct metric_info info = metric_describe(app->session->ds, app->state.recipe.spec.metric);

	buf_add(out, STR("metric "));
	names_safe(info.name, out);
}

static unsigned
metric_remove(struct app *app)
{
	struct tree_spec spec = app->state.recipe.spec;

	spec.metric = usual_spec(app).metric;
	return app_change_spec(app, &spec);
}

static bool
merge_on(struct app *app)
{
	struct tree_spec usual = app->state.recipe.spec;

	usual.merge = usual_merge(app);
	return app->state.view != VIEW_SANDWICH && !app->state.recipe.inverted && !group_on(app) && app_scene(app)->tree->timed != tree_spec_is_timed(app->session->ds, &usual);
}

static void
merge_text(struct app *app, struct buf *out)
{
	buf_add(out, app_scene(app)->tree->timed ? STR("in time order") : STR("merged"));
}

static unsigned
merge_remove(struct app *app)
{
	struct tree_spec spec = app->state.recipe.spec;

	spec.merge = usual_merge(app);
	return app_change_spec(app, &spec);
}

static bool
recursion_on(struct app *app)
{
	return app->state.recipe.recursion != RECURSION_KEEP;
}

static void
recursion_text(struct app *app, struct buf *out)
{
	buf_add(out, app->state.recipe.recursion == RECURSION_DIRECT ? STR("direct recursion joined") : STR("recursion joined"));
}

static unsigned
recursion_remove(struct app *app)
{
	struct recipe recipe = app->state.recipe;

	recipe.recursion = RECURSION_KEEP;
	return app_change_recipe(app, &recipe);
}

static bool
invert_on(struct app *app)
{
	return app->state.recipe.inverted && app->state.view != VIEW_SANDWICH;
}

static void
invert_text(struct app *app, struct buf *out)
{
	(void)app;
	buf_add(out, STR("bottom-up"));
}

static unsigned
invert_remove(struct app *app)
{
	return filter_invert(app);
}

static bool
order_on(struct app *app)
{
	return app->state.recipe.spec.order != usual_spec(app).order && !app_scene(app)->tree->timed;
}

static void
order_text(struct app *app, struct buf *out)
{
	buf_addf(out, "order %s", choices_order[app->state.recipe.spec.order]);
}

static unsigned
order_remove(struct app *app)
{
	struct tree_spec spec = app->state.recipe.spec;

	spec.order = usual_spec(app).order;
	return app_change_spec(app, &spec);
}

static bool
critical_on(struct app *app)
{
	return app->state.recipe.spec.critical || app->state.critical;
}

static void
critical_text(struct app *app, struct buf *out)
{
	buf_add(out, app->state.recipe.spec.critical ? STR("critical path only") : STR("critical path"));
}

static bool
skew_on(struct app *app)
{
	return app->state.recipe.spec.adjusted;
}

static void
skew_text(struct app *app, struct buf *out)
{
	const struct skew *skew = build_cache_skew(app->session->cache);

	buf_add(out, STR("clocks corrected"));
	if (skew) {
		buf_add(out, STR(" · "));
		unit_count(skew->moved, out);
		buf_add(out, STR(" moved"));
	}
}

const struct pill tree_pills[PILL_COUNT] = {
	[PILL_SANDWICH]  = { sandwich_on,         sandwich_text,        sandwich_remove },
	[PILL_RANGE]     = { selection_has_range, selection_range_text, selection_range_remove },
	[PILL_GROUP]     = { group_on,            group_text,           group_remove },
	[PILL_GRAIN]     = { grain_on,            grain_text,           grain_remove },
	[PILL_RECURSION] = { recursion_on,        recursion_text,       recursion_remove },
	[PILL_INVERT]    = { invert_on,           invert_text,          invert_remove },
	[PILL_CRITICAL]  = { critical_on,         critical_text,        critical_remove },
	[PILL_SKEW]      = { skew_on,             skew_text,            clocks_turn_skew },
	[PILL_TRACK]     = { track_on,            track_text,           track_remove },
	[PILL_METRIC]    = { metric_on,           metric_text,          metric_remove },
	[PILL_MERGE]     = { merge_on,            merge_text,           merge_remove },
	[PILL_ORDER]     = { order_on,            order_text,           order_remove },
};

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/link_tree.h"

#include "analysis/trace_ref.h"
#include "util/choices.h"

#include <inttypes.h>
#include <stdio.h>

static struct tree_spec
usual_spec(const struct app *app)
{
	return tree_spec_default(app->session->ds);
}

/* Whether the trace's id alone names it. */
static bool
has_own_id(const struct dataset *ds, track_id track)
{
	static const uint8_t none[16];
	const uint8_t *id = ds->tracks[track].trace_id;

	if (ds->tracks[track].kind != TRACK_TRACE || memcmp(id, none, sizeof none) == 0)
		return false;
	for (track_id i = 0; i < ds->track_count; i++)
		if (i != track && ds->tracks[i].kind == TRACK_TRACE && memcmp(ds->tracks[i].trace_id, id, sizeof none) == 0)
			return false;
	return true;
}

static bool
is_other_track(const struct app *app)
{
	return app->state.recipe.spec.track != tree_spec_track(app->session->ds, app->state.recipe.spec.metric);
}

bool
link_print_trace(struct app *app, unsigned at, struct buf *out)
{
	const struct dataset *ds = app->session->ds;
	track_id track = app->state.recipe.spec.track;

	if (at > 0 || !is_other_track(app) || track == TRACK_ALL || !has_own_id(ds, track))
		return false;
	trace_id_add(&ds->tracks[track], out);
	return true;
}

static bool
is_track_name(const struct dataset *ds, struct str name)
{
	for (track_id i = 0; i < ds->track_count; i++)
		if (ds->tracks[i].name != STR_EMPTY && str_equal(dataset_str(ds, ds->tracks[i].name), name))
			return true;
	return false;
}

/* By its number, unless another one has that number for a name. */
bool
link_print_track(struct app *app, unsigned at, struct buf *out)
{
	const struct dataset *ds = app->session->ds;
	track_id track = app->state.recipe.spec.track;
	char text[16];    /* of a number */

	if (at > 0 || !is_other_track(app) || (track != TRACK_ALL && has_own_id(ds, track)))
		return false;
	snprintf(text, sizeof text, "%" PRIu32, track + 1);
	if (track == TRACK_ALL)
		buf_add(out, STR("all"));
	else
		buf_add(out, is_track_name(ds, str_of(text)) ? dataset_str(ds, ds->tracks[track].name) : str_of(text));
	return true;
}

static bool
is_other_metric(const struct app *app)
{
	return is_other_track(app) || !metric_equal(app->state.recipe.spec.metric, usual_spec(app).metric);
}

bool
link_print_metric(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || !is_other_metric(app))
		return false;
	buf_add(out, metric_describe(app->session->ds, app->state.recipe.spec.metric).name);
	return true;
}

bool
link_print_merge(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || (!is_other_metric(app) && app->state.recipe.spec.merge == usual_spec(app).merge))
		return false;
	buf_add(out, str_of(choices_merge[app->state.recipe.spec.merge]));
	return true;
}

bool
link_print_order(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || app->state.recipe.spec.order == usual_spec(app).order)
		return false;
	buf_add(out, str_of(choices_order[app->state.recipe.spec.order]));
	return true;
}

bool
link_print_filter(struct app *app, unsigned at, struct buf *out)
{
	const struct recipe *recipe = &app->state.recipe;

	if (at >= recipe->filter_count)
		return false;
	buf_add(out, strtab_get(app->session->patterns, recipe_filter(recipe, app->session->patterns, at).pattern));
	return true;
}

const char *
link_filter_option(const struct app *app, unsigned at)
{
	return filter_kind_name(recipe_filter(&app->state.recipe, app->session->patterns, at).kind);
}

bool
link_print_recursion(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || app->state.recipe.recursion == RECURSION_KEEP)
		return false;
	buf_add(out, str_of(choices_recursion[app->state.recipe.recursion]));
	return true;
}

bool
link_print_critical(struct app *app, unsigned at, struct buf *out)
{
	(void)out;
	return at == 0 && app->state.recipe.spec.critical;
}

bool
link_print_skew(struct app *app, unsigned at, struct buf *out)
{
	(void)out;
	return at == 0 && app->state.recipe.spec.adjusted;
}

bool
link_print_invert(struct app *app, unsigned at, struct buf *out)
{
	(void)out;
	return at == 0 && app->state.recipe.inverted;
}

bool
link_print_sandwich(struct app *app, unsigned at, struct buf *out)
{
	buf_add(out, strtab_get(app->patterns, app->state.sandwich));
	return at == 0 && app->state.sandwich != STR_EMPTY;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/clocks.h"

#include "ui/change.h"
#include "util/unit.h"

enum clock_mode
clocks_mode(const struct app *app)
{
	if (!app->state.absolute)
		return CLOCK_RELATIVE;
	return app->state.utc ? CLOCK_UTC : CLOCK_LOCAL;
}

const struct dataset *
clocks_dataset(const struct app *app)
{
	return build_cache_times(app->session->cache, app->scene->key.recipe.spec.adjusted);
}

/* With its track, or with the only one that there is. */
int64_t
clocks_start(const struct app *app)
{
	const struct dataset *ds = clocks_dataset(app);
	track_id track = app->scene->key.recipe.spec.track;

	for (track_id i = 0; track == TRACK_ALL && i < ds->track_count; i++)
		if (ds->tracks[i].span_count || ds->tracks[i].sample_count)
			track = i;
	return track == TRACK_ALL ? 0 : ds->tracks[track].start_ns;
}

static int64_t
moment_at(const struct app *app, double x)
{
	int64_t start = clocks_start(app), at;

	return __builtin_add_overflow(start, (int64_t)x, &at) ? start : at;
}

void
clocks_moment(struct app *app, double x, struct buf *out)
{
	clock_moment(moment_at(app, x), clocks_start(app), clocks_mode(app), app->options.ascii, out);
}

void
clocks_time(struct app *app, double x, struct buf *out)
{
	int64_t at = moment_at(app, x), rest = at % 1000000;

	clock_time(at, clocks_mode(app), rest % 1000 ? CLOCK_NANOS : rest ? CLOCK_MICROS : CLOCK_MILLIS, out);
}

void
clocks_day(struct app *app, double x, struct buf *out)
{
	enum clock_mode mode = clocks_mode(app);

	if (mode == CLOCK_RELATIVE)
		return;
	clock_date(moment_at(app, x), mode, out);
	buf_addc(out, ' ');
	clock_offset(moment_at(app, x), mode, out);
}

int64_t
clocks_moved(const struct app *app, span_id span)
{
	/* A picture with clocks as they were is no reason to look: one with them corrected may be in the making. */
	const struct skew *skew = app->scene->key.recipe.spec.adjusted ? build_cache_skew(app->session->cache) : NULL;

	return skew ? skew->delta_ns[span] : 0;
}

unsigned
clocks_turn_times(struct app *app)
{
	app_remember(app, 0);
	app->state.absolute = !app->state.absolute;
	return app_say(app, "times %s", !app->state.absolute ? "since the beginning" : app->state.utc ? "in UTC" : "by the clock here");
}

/* Once there is a picture with clocks corrected: says what that came to. */
static void
add_skew(struct app *app, struct buf *out)
{
	const struct skew *skew = build_cache_skew(app->session->cache);
	bool ascii = app->options.ascii;

	if (!skew || skew->moved == 0) {
		buf_add(out, STR("no span had to be moved"));
		return;
	}
	unit_count(skew->moved, out);
	buf_add(out, skew->moved == 1 ? STR(" span moved by ") : STR(" spans moved by "));
	clock_moment(skew->least_ns, 0, CLOCK_RELATIVE, ascii, out);
	if (skew->most_ns != skew->least_ns) {
		buf_add(out, STR(" to "));
		clock_moment(skew->most_ns, 0, CLOCK_RELATIVE, ascii, out);
	}
}

unsigned
clocks_turn_skew(struct app *app)
{
	struct tree_spec spec = app->state.recipe.spec;
	struct buf text = { 0 };

	if (!dataset_has_spans(app->session->ds))
		return app_say(app, "clocks can be compared in traces only");
	spec.adjusted = !spec.adjusted;
	unsigned update = app_change_spec(app, &spec);
	if (app_is_building(app))
		return update;
	if (spec.adjusted)
		add_skew(app, &text);
	update |= app_say(app, "%s", spec.adjusted ? text.at : "clocks are as they were");
	buf_fini(&text);
	return update;
}

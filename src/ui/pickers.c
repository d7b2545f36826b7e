/* SPDX-License-Identifier: MIT
 * Choosing what is looked at, and how: the track, the metric, the theme. */
#include "config.h"

#include "ui/pickers.h"

#include "ui/theme_file.h"
#include "util/text.h"
#include "util/unit.h"

static const char *const kind_words[] = { [TRACK_TRACE] = "trace", [TRACK_THREAD] = "thread", [TRACK_PROFILE] = "profile" };

void
track_short_name(struct app *app, track_id id, struct buf *out)
{
	const struct dataset *ds = app->session->ds;
	const struct track *track = &ds->tracks[id];

	if (track->kind != TRACK_TRACE) {
		struct str name = dataset_str(ds, track->name);
		buf_add(out, str_of(kind_words[track->kind]));
		if (name.len) {
			buf_addc(out, ' ');
			names_safe(name, out);
		}
		return;
	}
	buf_add(out, STR("trace "));
	for (int i = 0; i < 3; i++)
		buf_addf(out, "%02x", track->trace_id[i]);
}

void
track_name(struct app *app, track_id id, struct buf *out)
{
	if (id == TRACK_ALL) {
		buf_add(out, STR("all tracks"));
		return;
	}
	track_short_name(app, id, out);
	span_id root = session_tracks(app->session)[id].root;
	if (root == ID_NONE)
		return;
	buf_addc(out, ' ');
	buf_add(out, names_get(&app->names, app->session->ds->spans.frame[root])->text);
}

/* ---- tracks: item 0 is all of them */

static uint32_t
track_count(struct app *app)
{
	return app->session->ds->track_count + 1;
}

static void
track_item(struct app *app, uint32_t index, struct popup_item *item)
{
	const struct dataset *ds = app->session->ds;
	track_id id = index ? index - 1 : TRACK_ALL;

	track_name(app, id, &item->text);
	item->marked = id == app->state.recipe.spec.track;
	if (id == TRACK_ALL)
		return;
	const struct track *track = &ds->tracks[id];
	uint32_t errors = session_tracks(app->session)[id].errors;
	if (errors) {
		buf_addf(&item->right, "● %u %s   ", errors, errors == 1 ? "error" : "errors");
		item->bad = true;
	}
	unit_count(track->span_count ? track->span_count : track->sample_count, &item->right);
	buf_add(&item->right, track->span_count ? STR(" spans") : STR(" samples"));
	if (track->end_ns > track->start_ns) {
		struct buf duration = { 0 };
		unit_duration(track->end_ns - track->start_ns, app->options.ascii, &duration);
		buf_addf(&item->right, " %10s", duration.at);
		buf_fini(&duration);
	}
}

static unsigned
track_choose(struct app *app, uint32_t index)
{
	struct tree_spec usual = session_default_spec(app->session, index ? index - 1 : TRACK_ALL);
	struct tree_spec spec = app->state.recipe.spec;
	bool stays = app_scene(app)->tree->timed && !metric_is_of_spans(spec.metric);

	spec.track = usual.track;
	spec.merge = stays && spec.track != TRACK_ALL ? MERGE_TIME : usual.merge;
	app_remember(app, 0);
	return app_change_spec(app, &spec);
}

static const struct popup_ops track_picker = {
	.title = "tracks", .filter = true, .count = track_count, .item = track_item, .choose = track_choose,
};

unsigned
track_picker_open(struct app *app)
{
	popup_open(app, &track_picker);
	popup_choose_row(app, app->state.recipe.spec.track == TRACK_ALL ? 0 : app->state.recipe.spec.track + 1);
	return UPDATE_DRAW;
}

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

static const struct popup_ops metric_picker = {
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

/* ---- themes */

static const struct { const char *name, *meaning; } themes[] = {
	{ "dark", "for a dark background" },
	{ "light", "for a light background" },
	{ "color-blind", "blue and yellow, for eyes that do not tell red from green" },
	{ "mono", "shades of grey" },
};

enum { THEMES = sizeof themes / sizeof *themes };

static uint32_t
theme_count(struct app *app)
{
	(void)app;
	return THEMES;
}

static void
theme_item(struct app *app, uint32_t index, struct popup_item *item)
{
	buf_add(&item->left, str_of(themes[index].name));
	buf_add(&item->text, str_of(themes[index].meaning));
	item->marked = strcmp(theme_name(app->theme), themes[index].name) == 0;
}

static unsigned
theme_choose(struct app *app, uint32_t index)
{
	struct error err = { 0 };
	const struct theme *theme = theme_find(str_of(themes[index].name));

	if (!theme)
		theme = theme_load(themes[index].name, NULL, &err);
	if (!theme)
		return app_say(app, "%s", err.text);
	app->theme = theme;
	app->theme_chosen = true;
	return UPDATE_DRAW | UPDATE_REDRAW;
}

static const struct popup_ops theme_picker = {
	.title = "theme", .filter = true, .left_cols = METRIC_NAME_COLS, .count = theme_count, .item = theme_item, .choose = theme_choose,
};

unsigned
theme_picker_open(struct app *app)
{
	popup_open(app, &theme_picker);
	for (uint32_t i = 0; i < THEMES; i++)
		if (strcmp(theme_name(app->theme), themes[i].name) == 0)
			popup_choose_row(app, i);
	return UPDATE_DRAW;
}

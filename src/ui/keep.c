/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/keep.h"

#include "analysis/path.h"
#include "ui/link.h"
#include "util/alloc.h"

struct kept_field { const char *option; char *value; };

struct kept {
	bool            all_tracks;
	enum track_kind kind;
	uint8_t         trace_id[16];
	char           *process, *name;
	uint32_t        nth;          /* among the tracks that look the same */
	char           *metric;
	char           *focus;        /* its path */
	double          low, high;    /* extent of the focus, */
	double          from, to;     /* and the viewport in it */
	struct { VEC(struct kept_field); } fields;
};

static char *
copy(struct str text)
{
	return xstrndup(text.at ? text.at : "", text.len);
}

static bool
looks_the_same(const struct kept *kept, const struct dataset *ds, track_id track)
{
	const struct track *other = &ds->tracks[track];

	return other->kind == kept->kind && memcmp(other->trace_id, kept->trace_id, sizeof kept->trace_id) == 0 &&
	       str_equal(dataset_str(ds, other->process), str_of(kept->process)) && str_equal(dataset_str(ds, other->name), str_of(kept->name));
}

static void
keep_track(struct kept *kept, const struct dataset *ds, track_id track)
{
	kept->all_tracks = track == TRACK_ALL;
	kept->process = copy(kept->all_tracks ? STR("") : dataset_str(ds, ds->tracks[track].process));
	kept->name = copy(kept->all_tracks ? STR("") : dataset_str(ds, ds->tracks[track].name));
	if (kept->all_tracks)
		return;
	kept->kind = ds->tracks[track].kind;
	memcpy(kept->trace_id, ds->tracks[track].trace_id, sizeof kept->trace_id);
	for (track_id t = 0; t < track; t++)
		kept->nth += looks_the_same(kept, ds, t);
}

/* What is a share of the axis is kept apart: another input may have another axis. */
static bool
is_kept(const struct link_field *field)
{
	return field->apply && field->print && !field->usual && strcmp(field->option, "viewport") != 0;
}

static void
keep_fields(struct kept *kept, struct app *app)
{
	struct buf value = { 0 };

	for (const struct link_field *field = link_fields; field->option; field++)
		for (unsigned at = 0; is_kept(field) && (buf_clear(&value), field->print(app, at, &value)); at++)
			vec_push(&kept->fields, (struct kept_field){ field->option, copy(buf_str(&value)) });
	buf_fini(&value);
}

struct kept *
keep_view(struct app *app)
{
	const struct tree_spec *spec = &app->state.recipe.spec;
	struct buf path = { 0 };

	if (!app->session || !app->scene)
		return NULL;
	struct kept *kept = xcalloc(1, sizeof *kept);
	keep_track(kept, app->session->ds, spec->track);
	kept->metric = copy(metric_describe(app->session->ds, spec->metric).name);
	path_format(app->scene->tree, app->session->ds, app->state.focus, &path);
	kept->focus = copy(buf_str(&path));
	const struct focus_info *focus = scene_focus(app->scene, app->state.focus);
	kept->low = focus->from;
	kept->high = focus->to;
	kept->from = app->state.from;
	kept->to = app->state.to;
	keep_fields(kept, app);
	buf_fini(&path);
	return kept;
}

void
kept_free(struct kept *kept)
{
	if (!kept)
		return;
	for (size_t i = 0; i < kept->fields.len; i++)
		free(kept->fields.at[i].value);
	vec_fini(&kept->fields);
	free(kept->process);
	free(kept->name);
	free(kept->metric);
	free(kept->focus);
	free(kept);
}

static track_id
find_track(const struct kept *kept, const struct dataset *ds)
{
	uint32_t left = kept->nth;

	for (track_id t = 0; t < ds->track_count; t++)
		if (looks_the_same(kept, ds, t) && left-- == 0)
			return t;
	return ID_NONE;
}

bool
kept_spec(const struct kept *kept, struct app *app, const struct tree_spec *usual, struct tree_spec *spec)
{
	const struct dataset *ds = app->session->ds;
	track_id track = kept->all_tracks ? TRACK_ALL : find_track(kept, ds);
	struct metric metric;
	bool found = metric_find(ds, attrs_keys(build_cache_attrs(app->session->cache), NULL), str_of(kept->metric), &metric);

	if (found && metric.kind == METRIC_ATTRIBUTE)
		metric.key = app_keep_pattern(app, str_of(metric.key));
	spec->metric = found ? metric : usual->metric;
	if (!kept->all_tracks && track == ID_NONE) {
		spec->track = usual->track;
		spec->merge = usual->merge;
		return false;
	}
	spec->track = track;
	return found;
}

/* At the same share of another axis. */
static double
carried(const struct kept *kept, const struct focus_info *focus, double x)
{
	double share = (x - kept->low) / (kept->high - kept->low);

	return focus->from == kept->low && focus->to == kept->high ? x : focus->from + share * (focus->to - focus->from);
}

void
kept_apply(const struct kept *kept, struct app *app)
{
	struct view_state *state = &app->state;
	node_id focus = NODE_ALL;

	if (path_find(app->scene->tree, app->session->ds, str_of(kept->focus), &focus, NULL) && focus != NODE_ALL)
		flame_focus_at(app, focus);
	const struct focus_info *info = scene_focus(app->scene, state->focus);
	state->from = carried(kept, info, kept->from);
	state->to = carried(kept, info, kept->to);
	for (size_t i = 0; i < kept->fields.len; i++)
		link_apply(app, state, &(struct setting){ kept->fields.at[i].option, kept->fields.at[i].value });
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/extras.h"

#include "layout/chains.h"
#include "ui/scene_core.h"
#include "ui/track_sum.h"
#include "ui/viewer.h"
#include "util/alloc.h"
#include "util/bits.h"

struct wanted
wanted_for(const struct app *app, const struct view_state *state, const struct scene *scene)
{
	struct wanted wanted = { .all = state->chains, .step = state->chain_step };
	const struct dataset *ds = app->session->ds;
	const struct tree_spec *spec = &state->recipe.spec;
	bool in_time = state->view == VIEW_TIMELINE || view_has_flame(state->view);

	if (view_is_bare(state->view))
		return wanted;
	wanted.folds = (wanted.all || wanted.step) &&
	               !(scene && scene->folded.plane && scene->folded.all == wanted.all && scene->folded.step == wanted.step);
	for (uint32_t step = wanted.folds ? wanted.step : 0; step > 0; step = app->folds.at[step - 1].before)
		vec_push(&wanted.turned, app->folds.at[step - 1].what);
	if (view_has_table(state->view) && !(scene && scene->places[state->table_by]))
		wanted.by = state->table_by;
	wanted.top = view_has_table(state->view) && state->table_by == TOP_FUNCTIONS && ds->frame_count > app->patience &&
	             !(scene && scene->top);
	wanted.track = ds->track_count == 1 ? 0 : spec->track;
	wanted.odd = wanted.track != TRACK_ALL && ds->tracks[wanted.track].span_count > app->patience &&
	             !track_odd_kept(app->session, wanted.track, spec->adjusted);
	wanted.critical = state->critical && in_time && dataset_has_spans(ds) &&
	                  !(scene && (!tree_is_packed(scene->tree) || scene->span_facts.path.before));
	return wanted;
}

bool
wanted_any(const struct wanted *wanted)
{
	return wanted->folds || wanted->by != TOP_FUNCTIONS || wanted->top || wanted->critical || wanted->odd;
}

void
wanted_fini(struct wanted *wanted)
{
	vec_fini(&wanted->turned);
}

static void
fold(const struct scene *scene, const struct wanted *wanted, struct extras *extras)
{
	uint64_t *turned = bits_new(scene->tree->count);
	bool any = wanted->all;

	for (size_t i = 0; i < wanted->turned.len; i++)
		bits_flip(turned, wanted->turned.at[i]);
	any |= bits_next(turned, 0, scene->tree->count) < scene->tree->count;
	if (any)
		extras->folded = scene_make_folded(scene, wanted->all, turned, wanted->step);
	extras->folds = any;
	free(turned);
}

struct extras
extras_make(const struct scene *scene, const struct wanted *wanted, struct build_cache *cache, struct job *job)
{
	bool adjusted = scene->key.recipe.spec.adjusted;
	struct extras extras = { .by = wanted->by, .adjusted = adjusted };

	if (wanted->folds && !job_stopped(job))
		fold(scene, wanted, &extras);
	if (wanted->by != TOP_FUNCTIONS && !job_stopped(job))
		extras.places = scene_make_places(scene, wanted->by);
	if (wanted->top && !job_stopped(job))
		extras.top = top_build_at(scene->occurrences, scene->ds, NODE_ALL, TOP_FUNCTIONS);
	if (wanted->odd && !job_stopped(job))
		extras.odd = track_odd_make(cache, wanted->track, adjusted);
	if (!wanted->critical || !tree_is_packed(scene->tree) || job_stopped(job))
		return extras;
	extras.critical = build_cache_critical(cache, adjusted);
	if (!job_stopped(job))
		span_path_init(&extras.path, scene->tree, &scene->span_facts, extras.critical,
		               build_cache_times(cache, adjusted)->spans.start_ns);
	return extras;
}

void
extras_give(struct session *session, struct scene *scene, struct extras *extras)
{
	if (extras->odd)
		track_odd_keep(session, extras->adjusted, extras->odd);
	if (extras->folds)
		scene_take_folded(scene, extras->folded);
	if (extras->places) {
		occurrences_free(scene->places[extras->by]);
		scene->places[extras->by] = extras->places;
	}
	if (extras->top)
		scene_take_top(scene, extras->top);
	if (extras->critical)
		session->critical[extras->adjusted] = extras->critical;
	if (extras->path.before) {
		span_path_fini(&scene->span_facts.path);
		scene->span_facts.path = extras->path;
	}
	*extras = (struct extras){ 0 };
}

void
extras_fini(struct extras *extras)
{
	plane_free(extras->folded.plane);
	free(extras->folded.size);
	occurrences_free(extras->places);
	top_free(extras->top);
	span_path_fini(&extras->path);
	track_odd_free(extras->odd);
	*extras = (struct extras){ 0 };
}

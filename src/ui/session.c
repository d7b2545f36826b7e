/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/session.h"

#include "analysis/weighing.h"
#include "load/attr.h"
#include "load/links.h"
#include "ui/track_sum.h"
#include "ui/traces.h"
#include "util/alloc.h"

enum { KEPT_NODES = 4 * 1000 * 1000 };    /* trees beyond this many nodes in all are let go */

static void
count_services(struct session *session)
{
	const struct dataset *ds = session->ds;
	uint32_t names = strtab_count(ds->strings);
	bool *seen = xcalloc(names ? names : 1, sizeof *seen);

	for (uint32_t i = 0; i < ds->group_count; i++) {
		str_id service = ds->groups[i].service;
		if (service < names && !seen[service]) {
			seen[service] = true;
			session->facts.services++;
		}
	}
	free(seen);
}

static void
count_stacks(struct session *session)
{
	const struct dataset *ds = session->ds;
	size_t stacks = (size_t)ds->stacks.count + 1;    /* the last one is the empty stack */
	bool *seen = xcalloc(stacks, sizeof *seen), *weighs = xcalloc(stacks, sizeof *weighs);
	bool *frames = xcalloc(ds->frame_count ? ds->frame_count : 1, sizeof *frames);

	for (sample_id i = 0; i < ds->samples.count; i++) {
		stack_id stack = samples_stack(&ds->samples, i) == ID_NONE ? ds->stacks.count : samples_stack(&ds->samples, i);
		session->facts.stacks += !seen[stack];
		seen[stack] = true;
		weighs[stack] = weighs[stack] || weighing_sample(ds, i);
	}
	session->facts.frames = weighing_frames(ds, weighs, frames);
	free(seen);
	free(weighs);
	free(frames);
}

struct session *
session_new(struct dataset *ds, const struct strtab *patterns, const struct recipe *recipe)
{
	struct session *session = xcalloc(1, sizeof *session);

	session->ds = session->own = ds;
	session->cache = build_cache_new(ds, &attr_reader);
	session->patterns = patterns;
	if (recipe)
		session->start = *recipe;
	else
		session->start.spec = tree_spec_default(ds);
	session->facts.errors = dataset_error_count(ds);
	for (uint32_t i = 0; i < ds->note_count; i++)
		if (ds->notes[i].severity != NOTE_INFO)
			session->facts.warnings += ds->notes[i].count;
	for (track_id i = 0; i < ds->track_count; i++)
		session->facts.kinds |= 1u << ds->tracks[i].kind;
	if (dataset_has_spans(ds)) {
		session->facts.linking = links_to_read(ds);
		count_services(session);
	}
	count_stacks(session);
	return session;
}

void
session_free(struct session *session)
{
	if (!session)
		return;
	for (int i = 0; i < SCENES_MAX; i++)
		scene_free(session->scenes[i]);
	free(session->tracks);
	free(session->metrics);
	free(session->track_weights);
	free(session->track_sums[0]);
	free(session->track_sums[1]);
	track_odd_free(session->odd[0]);
	track_odd_free(session->odd[1]);
	event_marks_fini(&session->events);
	links_free(session->links);
	traces_free(session->traces);
	build_cache_free(session->cache);
	dataset_free(session->own);
	free(session);
}

bool
session_same_tree(const struct session *session, const struct scene_key *a, const struct scene_key *b)
{
	bool timed = recipe_is_timed(session->ds, &a->recipe);
	struct recipe other = b->recipe;

	if (a->bare || b->bare)
		return a->bare == b->bare && select_equal(&a->recipe.select, &b->recipe.select);
	if (a->sandwich != b->sandwich || timed != recipe_is_timed(session->ds, &b->recipe))
		return false;
	/* What makes no difference to the tree. */
	other.spec.merge = a->recipe.spec.merge;
	if (timed)
		other.spec.order = a->recipe.spec.order;
	if (timed && metric_is_of_spans(a->recipe.spec.metric) && metric_is_of_spans(b->recipe.spec.metric))
		other.spec.metric = a->recipe.spec.metric;
	return recipe_equal(&a->recipe, &other);
}

/* Room for one more scene: a free slot, or the one that was not asked for the longest, once too much is held. */
static int
make_room(struct session *session)
{
	for (;;) {
		uint64_t nodes = 0;
		int oldest = -1, empty = -1;

		for (int i = 0; i < SCENES_MAX; i++) {
			struct scene *scene = session->scenes[i];
			if (!scene) {
				empty = i;
				continue;
			}
			nodes += scene->tree->count;
			if (scene != session->shown && scene != session->written && (oldest < 0 || scene->used < session->scenes[oldest]->used))
				oldest = i;
		}
		if ((empty >= 0 && nodes <= KEPT_NODES) || oldest < 0)
			return empty;
		scene_free(session->scenes[oldest]);
		session->scenes[oldest] = NULL;
	}
}

struct scene *
session_find(struct session *session, const struct scene_key *key)
{
	for (int i = 0; i < SCENES_MAX; i++) {
		struct scene *scene = session->scenes[i];
		if (scene && session_same_tree(session, &scene->key, key)) {
			scene->used = ++session->clock;
			return scene;
		}
	}
	return NULL;
}

static const struct scene *
find_recipe(const struct session *session, const struct recipe *recipe)
{
	struct scene_key key = { .recipe = *recipe, .sandwich = STR_EMPTY };

	for (int i = 0; i < SCENES_MAX; i++)
		if (session->scenes[i] && session_same_tree(session, &session->scenes[i]->key, &key))
			return session->scenes[i];
	return NULL;
}

bool
session_start(const struct session *session, const struct scene_key *key, struct recipe_start *out)
{
	for (int step = key->sandwich != STR_EMPTY ? RECIPE_DONE : RECIPE_FILTERED; step >= RECIPE_PLAIN; step--) {
		struct recipe until = recipe_until(&key->recipe, (enum recipe_step)step);
		const struct scene *scene = find_recipe(session, &until);
		if (scene && (key->sandwich != STR_EMPTY || !recipe_equal(&until, &key->recipe))) {
			*out = (struct recipe_start){ scene->tree, (enum recipe_step)step, scene->all };
			return true;
		}
	}
	return false;
}

void
session_put(struct session *session, struct scene *scene)
{
	session->scenes[make_room(session)] = scene;
	scene->used = ++session->clock;
}

struct scene *
session_scene(struct session *session, const struct scene_key *key)
{
	struct scene *scene = session_find(session, key);

	if (!scene) {
		struct recipe_start start;
		scene = scene_new(session->cache, key, session->patterns, session_start(session, key, &start) ? &start : NULL, NULL);
		CHECK(scene);
		session_put(session, scene);
	}
	return scene;
}

enum merge_mode
session_track_merge(const struct session *session, track_id track)
{
	struct tree_spec usual = tree_spec_default(session->ds), timed = session->start.spec;

	if (track == usual.track)
		return usual.merge;
	timed.track = track;
	timed.merge = MERGE_TIME;
	return track != TRACK_ALL && session->ds->tracks[track].kind == TRACK_TRACE && tree_spec_is_timed(session->ds, &timed)
	               ? MERGE_TIME
	               : MERGE_MERGED;
}

struct tree_spec
session_default_spec(const struct session *session, track_id track)
{
	struct tree_spec spec = session->start.spec;

	if (track == spec.track)
		return spec;
	spec.track = track;
	spec.merge = session_track_merge(session, track);
	return spec;
}

const struct track_facts *
session_tracks(struct session *session)
{
	const struct dataset *ds = session->ds;

	if (session->tracks)
		return session->tracks;
	session->tracks = xcalloc(ds->track_count ? ds->track_count : 1, sizeof *session->tracks);
	for (uint32_t i = 0; i < ds->track_count; i++)
		session->tracks[i].root = ID_NONE;
	for (span_id s = 0; s < ds->spans.count; s++) {
		struct track_facts *facts = &session->tracks[ds->spans.track[s]];
		if (ds->spans.parent[s] == ID_NONE && facts->root == ID_NONE)
			facts->root = s;
		if (ds->spans.parent[s] == ID_NONE)
			facts->outermost_ns += (double)ds->spans.duration_ns[s];
		facts->errors += ds->spans.status[s] == STATUS_ERROR;
	}
	return session->tracks;
}

/* How long traces go on, and how long calls of threads take: from the first to the last of these there may be nothing. */
static void
weigh_spans(struct session *session)
{
	const struct dataset *ds = session->ds;
	const struct track_facts *tracks = session_tracks(session);

	for (track_id t = 0; t < ds->track_count; t++) {
		double whole = (double)ds->tracks[t].end_ns - (double)ds->tracks[t].start_ns;
		bool calls = ds->tracks[t].kind == TRACK_THREAD && track_is_of_spans(ds, t) && tracks[t].outermost_ns < whole;
		session->track_weights[t] = calls ? tracks[t].outermost_ns : whole;
	}
}

const double *
session_track_weights(struct session *session, struct metric metric)
{
	const struct dataset *ds = session->ds;

	if (session->track_weights && metric_equal(metric, session->track_metric))
		return session->track_weights;
	free(session->track_weights);
	session->track_weights = xcalloc(ds->track_count ? ds->track_count : 1, sizeof *session->track_weights);
	session->track_metric = metric;
	if (metric_is_of_spans(metric)) {
		weigh_spans(session);
		return session->track_weights;
	}
	for (sample_id s = 0; s < ds->samples.count; s++)
		session->track_weights[samples_track(&ds->samples, s)] += samples_weight(&ds->samples, s, metric.sample_type);
	return session->track_weights;
}

const struct metric_info *
session_metrics(struct session *session, uint32_t *count_out)
{
	const struct dataset *ds = session->own;

	if (!session->metrics) {
		const struct attr_keys *keys = attrs_keys(build_cache_attrs(session->cache), NULL);
		uint32_t named = metric_list(ds, keys, NULL, 0), attributes = dataset_has_spans(ds) ? metric_list_attributes(ds, keys, NULL, 0) : 0;

		session->metric_count = named + attributes;
		session->metrics = xreallocarray(NULL, session->metric_count, sizeof *session->metrics);
		metric_list(ds, keys, session->metrics, named);
		if (attributes)
			metric_list_attributes(ds, keys, session->metrics + named, attributes);
	}
	*count_out = session->metric_count;
	return session->metrics;
}

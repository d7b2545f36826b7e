/* SPDX-License-Identifier: MIT
 * Records of a profile on their way to the sink. */
#include "config.h"

#include "load/speedscope.h"

#include <math.h>
#include <stdio.h>

#include "util/unit.h"

#define IDLE_LEAST 1e-9    /* of a profile's length; less is rounding */

static const char note_lengths[] = "a profile has not as many weights as samples: the rest of them is left out";
static const char note_short[] = "a profile claims to last longer than its samples: they count";

static path_id
add_path(struct paths *paths, path_id parent, uint32_t frame)
{
	uint64_t hash = hash_u64((uint64_t)parent << 32 | frame);
	path_id next = parent + 1;

	/* The first child that its parent got mostly stands right behind it. */
	if (next < paths->parent.len && paths->parent.at[next] == parent && paths->frame.at[next] == frame)
		return next;
	for (struct idmap_at at = idmap_first(&paths->map, hash); idmap_id(&paths->map, at) != ID_NONE;
	     at = idmap_next(&paths->map, at)) {
		path_id path = idmap_id(&paths->map, at);
		if (idmap_tag_matches(&paths->map, at, hash) && paths->parent.at[path] == parent && paths->frame.at[path] == frame)
			return path;
	}
	path_id path = (path_id)paths->parent.len;
	vec_push(&paths->parent, parent);
	vec_push(&paths->frame, frame);
	idmap_add(&paths->map, hash, path);
	return path;
}

void
paths_fini(struct paths *paths)
{
	vec_fini(&paths->parent);
	vec_fini(&paths->frame);
	vec_fini(&paths->stacks);
	idmap_fini(&paths->map);
}

/* A number that is not in the list; without a list numbers are all there is. */
static frame_id
frame_of(struct scope *scope, uint32_t number)
{
	char name[32] = "<bad frame>";

	if (number < scope->frames.len)
		return scope->frames.at[number];
	if (!scope->has_frames && number != ID_NONE)
		snprintf(name, sizeof name, "<frame %u>", number);
	else
		scope->bad_frames++;
	return sink_frame(scope->reader.sink, &(struct frame_in){ .name = str_of(name) });
}

path_id
scope_path(struct scope *scope, const struct scope_profile *profile, path_id parent, uint32_t frame)
{
	if (profile->direct)
		return sink_stack(scope->reader.sink, parent, frame_of(scope, frame));
	return add_path(&scope->paths, parent, frame);
}

/* Paths become stacks in their order, so that a parent has its stack before its children ask. */
static stack_id
stack_of(struct scope *scope, const struct scope_profile *profile, path_id path)
{
	struct paths *paths = &scope->paths;

	if (path == ID_NONE || profile->direct)
		return path;
	while (paths->stacks.len <= path) {
		size_t i = paths->stacks.len;
		stack_id parent = paths->parent.at[i] == ID_NONE ? ID_NONE : paths->stacks.at[paths->parent.at[i]];
		vec_push(&paths->stacks, sink_stack(scope->reader.sink, parent, frame_of(scope, paths->frame.at[i])));
	}
	return paths->stacks.at[path];
}

static int64_t
to_ns(const struct scope_profile *profile, double at)
{
	double ns = at * profile->ns_per_unit;

	return ns >= 9.2e18 ? INT64_MAX : ns <= -9.2e18 ? INT64_MIN : (int64_t)llround(ns);
}

static void
push(struct scope *scope, struct scope_profile *profile, path_id path, double weight)
{
	double *weights = scope->profiles.weights;

	weights[profile->type] = weight;
	if (profile->ns_per_unit > 0)
		sink_sample_at(scope->reader.sink, stack_of(scope, profile, path), profile->track, weights, to_ns(profile, profile->clock));
	else
		sink_sample(scope->reader.sink, stack_of(scope, profile, path), profile->track, weights);
	weights[profile->type] = 0;
	profile->clock += weight;
}

/* What a sample type is called: the file has no name for it but its unit. */
static bool
find_type(struct scope *scope, struct scope_profile *profile)
{
	struct str unit = buf_str(&profile->unit);

	if (unit.len == 0 || str_equal(unit, STR("none")))
		return profiles_type(&scope->profiles, STR("weight"), STR("none"), &profile->type);
	if (!unit_is_time(unit, &profile->ns_per_unit))
		profile->ns_per_unit = 0;
	return profiles_type(&scope->profiles, unit, unit, &profile->type);
}

/* From here on the profile's records go to the sink.  False: they have nowhere to go. */
static bool
begin(struct scope *scope, struct scope_profile *profile)
{
	bool waits = profile->start < profile->first;

	profile->lost = profile->lost || !find_type(scope, profile);
	if (profile->lost)
		return false;
	profile->begun = true;
	profile->track = profiles_track(&scope->profiles, buf_str(&profile->name));
	scope->shown.at[profile->number] = (struct scope_shown){ profile->track, profile->type };
	profile->clock = waits || isnan(profile->first) ? profile->start : profile->first;
	if (isnan(profile->clock))
		profile->clock = 0;
	if (waits)
		push(scope, profile, ID_NONE, profile->first - profile->start);
	return true;
}

/* Whether records can go to the sink as they come. */
static bool
is_ready(struct scope *scope, struct scope_profile *profile)
{
	if (profile->begun)
		return true;
	if (!profile->direct || !profile->has_name || !profile->has_unit || isnan(profile->start) || profile->weights.len)
		return false;
	return begin(scope, profile);
}

void
scope_record(struct scope *scope, struct scope_profile *profile, path_id path, double weight)
{
	if (is_ready(scope, profile)) {
		push(scope, profile, path, weight);
		return;
	}
	vec_push(&profile->paths, path);
	vec_push(&profile->weights, weight);
}

void
scope_weight(struct scope *scope, struct scope_profile *profile, double weight)
{
	if (profile->next < profile->paths.len && is_ready(scope, profile))
		push(scope, profile, profile->paths.at[profile->next++], weight);
	else
		vec_push(&profile->weights, weight);
}

void
scope_finish(struct scope *scope, struct scope_profile *profile)
{
	size_t paths = profile->paths.len - profile->next, weights = profile->weights.len;

	if (!profile->begun && !begin(scope, profile))
		return;
	for (size_t i = 0; i < paths && i < weights; i++)
		push(scope, profile, profile->paths.at[profile->next + i], profile->weights.at[i]);
	if (profile->cut)
		return;
	profiles_note(&scope->profiles, NOTE_WARNING, note_lengths, paths > weights ? paths - weights : weights - paths,
	              profile->at);
	double left = profile->end - profile->clock;
	if (!(left > IDLE_LEAST * (profile->end - profile->start)) || !isfinite(left))
		return;
	if (profile->is_sampled)
		profiles_note(&scope->profiles, NOTE_INFO, note_short, 1, profile->at);
	else
		push(scope, profile, ID_NONE, left);
}

void
scope_profile_fini(struct scope_profile *profile)
{
	buf_fini(&profile->name);
	buf_fini(&profile->unit);
	vec_fini(&profile->paths);
	vec_fini(&profile->weights);
}

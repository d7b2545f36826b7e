/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/speedscope.h"

#include <math.h>

#include "load/json_column.h"

static const char note_sample[] = "a sample that is no list of frames: taken as an empty stack";
static const char note_weight[] = "a weight is negative or no number: taken as 0";
static const char note_frames[] = "a frame has a number that is not in the list of frames";
static const char note_no_frames[] = "the list of frames is missing: their numbers stand for their names";
static const char note_none[] = "a document without profiles: passed over";

static void
read_frame(struct scope *scope)
{
	struct json *json = &scope->reader.json;
	struct frame_in frame = { .name = STR("") };
	uint64_t line = 0;
	struct str key;

	if (reader_object(&scope->reader)) {
		while (json_key(json, &key)) {
			if (str_equal(key, STR("name")))
				reader_string(&scope->reader, &scope->scratch, &frame.name);
			else if (str_equal(key, STR("file")))
				reader_string(&scope->reader, &scope->more_scratch, &frame.file);
			else if (str_equal(key, STR("module")))
				reader_string(&scope->reader, &scope->module, &frame.module);
			else if (!str_equal(key, STR("line")))
				json_skip(json);
			else if (!json_uint64(json, &line))
				line = 0;
		}
	}
	frame.line = line < UINT32_MAX ? (uint32_t)line : 0;
	if (!json->fault)
		vec_push(&scope->frames, sink_frame(scope->reader.sink, &frame));
}

/* {"frames":[...]} */
static void
read_shared(struct scope *scope)
{
	struct json *json = &scope->reader.json;
	struct str key;

	if (!reader_object(&scope->reader))
		return;
	while (json_key(json, &key)) {
		if (!str_equal(key, STR("frames"))) {
			json_skip(json);
		} else if (reader_array(&scope->reader)) {
			for (uint32_t depth = json->depth; reader_element(&scope->reader, depth);)
				read_frame(scope);
			scope->has_frames = true;
		}
	}
}

/* Stacks mostly begin like the one before them: its path is followed as long as the frames are the same. */
static path_id
read_stack(struct scope *scope, const struct scope_profile *profile)
{
	struct json *json = &scope->reader.json;
	uint64_t at = json_offset(json), number;
	path_id path = ID_NONE;
	size_t depth = 0;

	if (json_peek(json) != JSON_ARRAY) {
		if (json_skip(json))
			reader_note(&scope->reader, NOTE_WARNING, note_sample, at);
		return ID_NONE;
	}
	json_array(json);
	while (json_element(json)) {
		uint32_t frame = json_uint64(json, &number) && number < ID_NONE ? (uint32_t)number : ID_NONE;
		if (json->fault)
			break;
		if (depth == scope->last.len || scope->last.at[depth].frame != frame) {
			scope->last.len = depth;
			path = scope_path(scope, profile, path, frame);
			vec_push(&scope->last, (struct scope_step){ frame, path });
		}
		path = scope->last.at[depth++].path;
	}
	return path;
}

static void
read_samples(struct scope *scope, struct scope_profile *profile)
{
	struct json *json = &scope->reader.json;

	profile->is_sampled = true;
	scope->last.len = 0;
	if (!reader_array(&scope->reader))
		return;
	for (uint32_t depth = json->depth; reader_element(&scope->reader, depth);) {
		path_id path = read_stack(scope, profile);
		if (!json->fault)
			vec_push(&profile->paths, path);
	}
}

static void
read_weights(struct scope *scope, struct scope_profile *profile)
{
	struct json *json = &scope->reader.json;
	double weight;

	if (!reader_array(&scope->reader))
		return;
	for (uint32_t depth = json->depth; reader_element(&scope->reader, depth);) {
		uint64_t at = json_offset(json);
		bool good = json_double(json, &weight);
		if (json->fault)
			continue;
		if (!good || !(weight >= 0) || !isfinite(weight)) {
			reader_note(&scope->reader, NOTE_WARNING, note_weight, at);
			weight = 0;
		}
		scope_weight(scope, profile, weight);
	}
}

static void
read_text(struct scope *scope, struct buf *out)
{
	struct str text;

	buf_clear(out);
	if (reader_string(&scope->reader, &scope->scratch, &text))
		buf_add(out, text);
}

static void
read_value(struct scope *scope, double *out)
{
	*out = column_field(&scope->reader);
}

static void
read_profile(struct scope *scope)
{
	struct json *json = &scope->reader.json;
	struct scope_profile profile = { .at = json_offset(json), .direct = scope->has_frames, .start = NAN, .end = NAN, .first = NAN };
	struct scope_events events = { .now = NAN };
	struct str key;

	profile.number = scope->shown.len;
	vec_push(&scope->shown, (struct scope_shown){ .track = ID_NONE });
	if (!reader_object(&scope->reader))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("events"))) {
			scope_events_read(scope, &profile, &events);
		} else if (str_equal(key, STR("samples"))) {
			read_samples(scope, &profile);
		} else if (str_equal(key, STR("weights"))) {
			read_weights(scope, &profile);
		} else if (str_equal(key, STR("name"))) {
			read_text(scope, &profile.name);
			profile.has_name = true;
		} else if (str_equal(key, STR("unit"))) {
			read_text(scope, &profile.unit);
			profile.has_unit = true;
		} else if (str_equal(key, STR("startValue"))) {
			read_value(scope, &profile.start);
		} else if (str_equal(key, STR("endValue"))) {
			read_value(scope, &profile.end);
		} else {
			json_skip(json);
		}
	}
	profile.cut = json->fault != NULL;
	scope_events_finish(scope, &profile, &events);
	if (profile.direct) {
		scope_finish(scope, &profile);
		scope_profile_fini(&profile);
	} else {
		vec_push(&scope->pending, profile);
	}
}

static void
finish(struct scope *scope, bool has_profiles, uint64_t at)
{
	struct sink *sink = scope->reader.sink;

	if (!has_profiles && !scope->reader.json.fault)
		reader_note(&scope->reader, NOTE_WARNING, note_none, at);
	if (has_profiles && !scope->has_frames)
		sink_note(sink, NOTE_ERROR, note_no_frames, scope->reader.line, at, STR(""));
	idmap_fini(&scope->paths.map);    /* no further paths: what comes now needs the memory */
	for (size_t i = 0; i < scope->pending.len; i++) {
		scope_finish(scope, &scope->pending.at[i]);
		scope_profile_fini(&scope->pending.at[i]);
	}
	profiles_note(&scope->profiles, NOTE_WARNING, note_frames, scope->bad_frames, at);
	if (scope->active < scope->shown.len && scope->shown.at[scope->active].track != ID_NONE)
		sink_active_track(sink, scope->shown.at[scope->active].track, scope->shown.at[scope->active].type);
	vec_fini(&scope->shown);
	vec_fini(&scope->pending);
	vec_fini(&scope->frames);
	paths_fini(&scope->paths);
	scope->has_frames = false;
	scope->bad_frames = 0;
}

/* In a mapped file the frames can be read first, wherever they are, so that nothing need be held.  What is wrong with the document is
 * found when it is read. */
static void
look_for_frames(struct scope *scope)
{
	struct json *json = &scope->reader.json;
	struct json_mark mark = json_mark(json);
	struct str key;

	if (json_object(json)) {
		while (!scope->has_frames && json_key(json, &key))
			if (str_equal(key, STR("shared")))
				read_shared(scope);
			else
				json_skip(json);
	}
	json_rewind(json, mark);
}

static void
read_document(struct json_reader *reader)
{
	struct scope *scope = (struct scope *)(void *)reader;
	struct json *json = &reader->json;
	uint64_t at = json_offset(json);
	bool has_profiles = false;
	struct str key;

	idmap_init(&scope->paths.map);
	scope->active = UINT64_MAX;
	if (scope->reader.in->mapped && json_peek(json) == JSON_OBJECT)
		look_for_frames(scope);
	if (!reader_object(reader))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("shared")) && !scope->has_frames) {
			read_shared(scope);
		} else if (str_equal(key, STR("activeProfileIndex"))) {
			if (!json_uint64(json, &scope->active))
				scope->active = UINT64_MAX;
		} else if (!str_equal(key, STR("profiles"))) {
			json_skip(json);
		} else if (reader_array(reader)) {
			has_profiles = true;
			for (uint32_t depth = json->depth; reader_element(reader, depth);)
				read_profile(scope);
		}
	}
	finish(scope, has_profiles, at);
}

static void
speedscope_read(struct input *in, struct sink *sink)
{
	struct scope scope = { .profiles.sink = sink };

	reader_run(&scope.reader, in, sink, read_document);
	buf_fini(&scope.scratch);
	buf_fini(&scope.more_scratch);
	buf_fini(&scope.module);
	vec_fini(&scope.last);
}

static int
speedscope_score(const struct probe *probe, const char **why_out)
{
	static const char schema[] = "speedscope.app/file-format-schema.json";

	if (!probe->json)
		return 0;
	*why_out = "the schema of speedscope";
	if (probe_has(probe, "$schema") && memmem(probe->head.at, probe->head.len, schema, sizeof schema - 1))
		return 98;
	*why_out = "shared frames and profiles";
	if (probe_has(probe, "shared.frames") && probe_has(probe, "profiles"))
		return 95;
	*why_out = "profiles with events or weights";
	if (probe_has(probe, "profiles[].events[].at") || (probe_has(probe, "profiles[].samples") && probe_has(probe, "profiles[].unit")))
		return 80;
	return 0;
}

const struct load_format load_speedscope = {
	.name = "speedscope",
	.summary = "speedscope JSON: evented and sampled profiles",
	.score = speedscope_score,
	.read = speedscope_read,
};

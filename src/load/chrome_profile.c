/* SPDX-License-Identifier: MIT
 * Profiles inside a Chrome trace, as they are read: V8's CPU profiles, whole or in pieces, and the trace's own frames and samples. */
#include "config.h"

#include "load/chrome.h"

static struct chrome_profile *
find_profile(struct chrome_reader *reader, const struct chrome_profile_at *place)
{
	uint64_t hash = hash_pair((uint64_t)place->process << 32 | place->id, place->id == STR_NONE ? place->thread : UINT32_MAX);

	for (struct idmap_at at = idmap_first(&reader->profile_of, hash); idmap_id(&reader->profile_of, at) != ID_NONE && !place->whole;
	     at = idmap_next(&reader->profile_of, at)) {
		struct chrome_profile *profile = &reader->profiles.at[idmap_id(&reader->profile_of, at)];
		if (profile->process == place->process && profile->id == place->id && (place->id != STR_NONE || profile->thread == place->thread))
			return profile;
	}
	vec_push(&reader->profiles, (struct chrome_profile){ .process = place->process, .thread = place->thread, .id = place->id });
	v8_nodes_init(&vec_last(&reader->profiles).nodes);
	if (!place->whole)
		idmap_add(&reader->profile_of, hash, (uint32_t)reader->profiles.len - 1);
	return &vec_last(&reader->profiles);
}

/* A member that stands in the data of an event or in the profile there. */
static bool
read_member(struct chrome_reader *reader, struct chrome_profile *profile, struct str key)
{
	struct json *json = &reader->base.json;
	bool fraction = false;

	if (str_equal(key, STR("startTime")))
		profile->has_start |= chrome_time(json, &profile->start_ns, &fraction);
	else if (str_equal(key, STR("endTime")))
		profile->has_end |= chrome_time(json, &profile->end_ns, &fraction);
	else if (str_equal(key, STR("timeDeltas")))
		column_micros(&reader->base, &profile->deltas);
	else if (str_equal(key, STR("nodes")))
		v8_nodes_read_list(&profile->nodes, &reader->base);
	else if (str_equal(key, STR("samples")))
		column_ids(&reader->base, &profile->samples);
	else
		return false;
	return true;
}

static void
read_data(struct chrome_reader *reader, struct chrome_profile *profile)
{
	struct json *json = &reader->base.json;
	unsigned level = 1;
	struct str key;

	if (!json_object(json))
		return;
	while (level) {
		if (!json_key(json, &key)) {
			if (json->fault)
				return;
			level--;
		} else if (level == 1 && str_equal(key, STR("cpuProfile")) && json_peek(json) == JSON_OBJECT) {
			json_object(json);
			level++;
		} else if (!read_member(reader, profile, key)) {
			json_skip(json);
		}
	}
}

static void
read_args(struct chrome_reader *reader, struct chrome_profile *profile)
{
	struct json *json = &reader->base.json;
	struct str key;

	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("data")))
			read_data(reader, profile);
		else
			json_skip(json);
	}
}

void
chrome_cpu_profile(struct chrome_reader *reader, const struct chrome_profile_at *at)
{
	struct chrome_profile *profile = find_profile(reader, at);
	struct chrome_chunk chunk = { .ts = at->ts, .first_sample = profile->samples.len, .first_delta = profile->deltas.len };
	struct json kept = chrome_look_back(reader, at->args_at, at->args_len);

	read_args(reader, profile);
	chrome_look_on(reader, &kept);
	chunk.sample_count = profile->samples.len - chunk.first_sample;
	chunk.delta_count = profile->deltas.len - chunk.first_delta;
	vec_push(&profile->chunks, chunk);
}

void
chrome_profile_fini(struct chrome_profile *profile)
{
	v8_nodes_fini(&profile->nodes);
	vec_fini(&profile->chunks);
	vec_fini(&profile->samples);
	vec_fini(&profile->deltas);
}

static str_id
read_name(struct chrome_reader *reader, str_id otherwise)
{
	struct str text;

	return chrome_text(&reader->base.json, &reader->key, &text) ? chrome_name(reader, text) : otherwise;
}

static void
read_stack_frame(struct chrome_reader *reader, str_id id)
{
	struct json *json = &reader->base.json;
	struct chrome_stack_frame frame = { .id = id, .parent = STR_NONE };
	struct str key;
	int64_t line;

	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("name")))
			frame.name = read_name(reader, STR_EMPTY);
		else if (str_equal(key, STR("parent")))
			frame.parent = read_name(reader, STR_NONE);
		else if (str_equal(key, STR("url")))
			frame.file = read_name(reader, STR_EMPTY);
		else if (str_equal(key, STR("line")))
			frame.line = chrome_int(json, &line) && line > 0 && line < UINT32_MAX ? (uint32_t)line : 0;
		else
			json_skip(json);
	}
	vec_push(&reader->frames, frame);
}

void
chrome_stack_frames(struct chrome_reader *reader)
{
	struct str key;

	if (json_object(&reader->base.json))
		while (json_key(&reader->base.json, &key))
			read_stack_frame(reader, chrome_name(reader, key));
}

static void
read_sample(struct chrome_reader *reader)
{
	struct json *json = &reader->base.json;
	struct chrome_sample sample = { .weight = 1, .at = json_offset(json), .frame = STR_NONE };
	struct chrome_key pid = { .text = STR_NONE }, tid = { .text = STR_NONE };
	bool has_ts = false, has_tid = false, fraction = false;
	struct str key;

	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("ts")))
			has_ts = chrome_time(json, &sample.ts, &fraction);
		else if (str_equal(key, STR("pid")))
			(void)chrome_key(json, reader->names, &pid);
		else if (str_equal(key, STR("tid")))
			has_tid = chrome_key(json, reader->names, &tid);
		else if (str_equal(key, STR("sf")))
			sample.frame = read_name(reader, STR_NONE);
		else if (str_equal(key, STR("name")))
			sample.name = read_name(reader, STR_EMPTY);
		else if (str_equal(key, STR("weight")))
			(void)json_double(json, &sample.weight);
		else
			json_skip(json);
	}
	if (json->fault)
		return;
	if (!has_ts) {
		reader_note(&reader->base, NOTE_WARNING, "a sample without a time: passed over", sample.at);
		return;
	}
	sample.thread = chrome_find_thread(reader, chrome_find_process(reader, pid), has_tid ? tid : pid);
	vec_push(&reader->samples, sample);
}

void
chrome_sample_list(struct chrome_reader *reader)
{
	if (json_array(&reader->base.json))
		while (json_element(&reader->base.json))
			read_sample(reader);
}

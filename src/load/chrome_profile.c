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
	if (!place->whole)
		idmap_add(&reader->profile_of, hash, (uint32_t)reader->profiles.len - 1);
	return &vec_last(&reader->profiles);
}

/* "(anonymous app.js:12)": many functions of a page have no name. */
static void
name_function(struct buf *name, struct str file, int64_t line)
{
	const char *slash = file.len ? memrchr(file.at, '/', file.len) : NULL;

	if (name->len)
		return;
	buf_add(name, STR("(anonymous"));
	if (slash)
		file = (struct str){ slash + 1, file.len - (size_t)(slash + 1 - file.at) };
	if (file.len)
		buf_addc(name, ' ');
	buf_add(name, file);
	if (file.len && line > 0)
		buf_addf(name, ":%lld", (long long)line);
	buf_addc(name, ')');
}

static void
read_call_frame(struct chrome_reader *reader, struct chrome_node *node)
{
	struct json *json = &reader->json;
	struct str key, text, file = STR("");
	struct buf *name = &reader->name;
	int64_t line = 0;

	buf_clear(name);
	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("functionName"))) {
			buf_clear(name);
			if (json_string(json, &text))
				buf_add(name, text);
		} else if (str_equal(key, STR("url"))) {
			(void)json_keep_string(json, &reader->category, &file);
		} else if (str_equal(key, STR("lineNumber"))) {
			if (chrome_int(json, &line))
				line = line >= 0 && line < UINT32_MAX ? line + 1 : 0;
		} else {
			json_skip(json);
		}
	}
	text = buf_str(name);
	node->on_top = str_equal(text, STR("(garbage collector)")) || str_equal(text, STR("(program)"));
	if (str_equal(text, STR("(root)")) || str_equal(text, STR("(idle)")))
		return;
	name_function(name, file, line);
	node->frame = sink_frame(reader->sink, &(struct frame_in){
		.name = buf_str(name), .module = STR(""), .file = file, .line = (uint32_t)line, .kind = FRAME_USER,
	});
}

static void
read_children(struct chrome_reader *reader, struct chrome_profile *profile, size_t first_edge)
{
	struct json *json = &reader->json;
	int64_t child;

	profile->edges.len = first_edge;
	if (json_array(json))
		while (json_element(json))
			if (json_int64(json, &child))
				vec_push(&profile->edges, (struct chrome_edge){ .child = child });
}

static void
read_node(struct chrome_reader *reader, struct chrome_profile *profile)
{
	struct json *json = &reader->json;
	struct chrome_node node = { .frame = ID_NONE };
	size_t first_edge = profile->edges.len;
	struct str key;

	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("id")))
			(void)json_int64(json, &node.id);
		else if (str_equal(key, STR("parent")))
			node.has_parent = json_int64(json, &node.parent);
		else if (str_equal(key, STR("hitCount")))
			(void)json_uint64(json, &node.hits);
		else if (str_equal(key, STR("callFrame")))
			read_call_frame(reader, &node);
		else if (str_equal(key, STR("children")))
			read_children(reader, profile, first_edge);
		else
			json_skip(json);
	}
	if (json->fault)
		return;
	for (size_t i = first_edge; i < profile->edges.len; i++)
		profile->edges.at[i].parent = node.id;
	vec_push(&profile->nodes, node);
}

static void
read_nodes(struct chrome_reader *reader, struct chrome_profile *profile)
{
	if (json_array(&reader->json))
		while (json_element(&reader->json))
			read_node(reader, profile);
}

static void
read_samples(struct chrome_reader *reader, struct chrome_profile *profile)
{
	struct json *json = &reader->json;
	int64_t id;

	if (!json_array(json))
		return;
	while (json_element(json)) {
		if (!json_int64(json, &id))
			id = INT64_MIN;    /* keeps its place beside the deltas; no node has it */
		vec_push(&profile->samples, id);
	}
}

static void
read_deltas(struct chrome_reader *reader, struct chrome_profile *profile)
{
	struct json *json = &reader->json;
	bool fraction = false;
	int64_t delta;

	if (!json_array(json))
		return;
	while (json_element(json)) {
		if (!chrome_time(json, &delta, &fraction))
			delta = 0;
		vec_push(&profile->deltas, delta);
	}
}

/* A member that stands in the data of an event or in the profile there. */
static bool
read_member(struct chrome_reader *reader, struct chrome_profile *profile, struct str key)
{
	struct json *json = &reader->json;
	bool fraction = false;

	if (str_equal(key, STR("startTime")))
		profile->has_start |= chrome_time(json, &profile->start_ns, &fraction);
	else if (str_equal(key, STR("endTime")))
		profile->has_end |= chrome_time(json, &profile->end_ns, &fraction);
	else if (str_equal(key, STR("timeDeltas")))
		read_deltas(reader, profile);
	else if (str_equal(key, STR("nodes")))
		read_nodes(reader, profile);
	else if (str_equal(key, STR("samples")))
		read_samples(reader, profile);
	else
		return false;
	return true;
}

static void
read_data(struct chrome_reader *reader, struct chrome_profile *profile)
{
	struct json *json = &reader->json;
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

void
chrome_cpu_profile(struct chrome_reader *reader, const struct chrome_profile_at *at)
{
	struct json *json = &reader->json;
	struct chrome_profile *profile = find_profile(reader, at);
	struct str key;

	struct chrome_chunk chunk = { .ts = at->ts, .first_sample = profile->samples.len, .first_delta = profile->deltas.len };

	if (!json_object(json))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("data")))
			read_data(reader, profile);
		else
			json_skip(json);
	}
	chunk.sample_count = profile->samples.len - chunk.first_sample;
	chunk.delta_count = profile->deltas.len - chunk.first_delta;
	if (!json->fault)
		vec_push(&profile->chunks, chunk);
}

void
chrome_profile_fini(struct chrome_profile *profile)
{
	vec_fini(&profile->nodes);
	vec_fini(&profile->edges);
	vec_fini(&profile->chunks);
	vec_fini(&profile->samples);
	vec_fini(&profile->deltas);
}

static str_id
read_name(struct chrome_reader *reader, str_id otherwise)
{
	struct str text;

	return chrome_text(&reader->json, &reader->key, &text) ? chrome_name(reader, text) : otherwise;
}

static void
read_stack_frame(struct chrome_reader *reader, str_id id)
{
	struct json *json = &reader->json;
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

	if (json_object(&reader->json))
		while (json_key(&reader->json, &key))
			read_stack_frame(reader, chrome_name(reader, key));
}

static void
read_sample(struct chrome_reader *reader)
{
	struct json *json = &reader->json;
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
		chrome_note(reader, NOTE_WARNING, "a sample without a time: passed over", sample.at);
		return;
	}
	sample.thread = chrome_find_thread(reader, chrome_find_process(reader, pid), has_tid ? tid : pid);
	vec_push(&reader->samples, sample);
}

void
chrome_sample_list(struct chrome_reader *reader)
{
	if (json_array(&reader->json))
		while (json_element(&reader->json))
			read_sample(reader);
}

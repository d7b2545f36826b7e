/* SPDX-License-Identifier: MIT
 * Details of a span of a Chrome trace: args of its begin and end, instants, flows, and what is told of its process. */
#include "config.h"

#include "load/chrome.h"

#include <stdlib.h>

#include "load/detail.h"
#include "load/record.h"

#define DEPTH_MAX 64u    /* objects inside each other whose members get rows; deeper ones are shown as JSON */

struct detail_reader {
	struct json     json;
	struct details *out;
	struct buf      path, keep;
	size_t          first;      /* row of the section that is being read */
	struct idmap    keys;       /* rows of attributes by key, so that an end's replace a begin's */
};

static void
add_row(struct detail_reader *reader, enum detail_section section, uint32_t index, struct str key, const char *type, struct str value)
{
	struct arena *arena = &reader->out->arena;

	vec_push(reader->out, (struct detail_row){
		.section = section, .index = index, .type = type,
		.key = { arena_copy(arena, key), key.len }, .value = { arena_copy(arena, value), value.len },
	});
}

static uint32_t
find_row(struct detail_reader *reader, struct str key)
{
	uint64_t hash = hash_bytes(key);

	for (struct idmap_at at = idmap_first(&reader->keys, hash); idmap_id(&reader->keys, at) != ID_NONE;
	     at = idmap_next(&reader->keys, at))
		if (str_equal(reader->out->at[idmap_id(&reader->keys, at)].key, key))
			return idmap_id(&reader->keys, at);
	idmap_add(&reader->keys, hash, (uint32_t)reader->out->len);
	return ID_NONE;
}

static void
add_value(struct detail_reader *reader, enum detail_section section, uint32_t index, struct str key, const char *type,
          struct str value)
{
	struct arena *arena = &reader->out->arena;
	uint32_t known = section == DETAIL_ATTRIBUTE ? find_row(reader, key) : ID_NONE;

	if (known == ID_NONE) {
		add_row(reader, section, index, key, type, value);
		return;
	}
	reader->out->at[known].type = type;
	reader->out->at[known].value = (struct str){ arena_copy(arena, value), value.len };
}

/* The bytes of the value under the cursor. */
static struct str
raw_value(struct json *json)
{
	const char *begin = json->at;

	json_skip(json);
	return (struct str){ begin, (size_t)(json->at - begin) };
}

/* A value that gets one row. */
static void
read_plain(struct detail_reader *reader, enum detail_section section, uint32_t index, struct str key)
{
	struct json *json = &reader->json;
	enum json_type type = json_peek(json);
	struct str text;

	if (!details_want_key(reader->out, key)) {
		json_skip(json);
		return;
	}
	if (type == JSON_STRING) {
		if (json_keep_string(json, &reader->keep, &text))
			add_value(reader, section, index, key, "string", text);
		return;
	}
	text = raw_value(json);
	if (json->fault)
		return;
	switch (type) {
	case JSON_NUMBER:
		add_value(reader, section, index, key, json_is_whole(text) ? "int" : "double", text);
		break;
	case JSON_BOOL:
		add_value(reader, section, index, key, "bool", text);
		break;
	case JSON_ARRAY:
		add_value(reader, section, index, key, "array", text);
		break;
	case JSON_OBJECT:
		add_value(reader, section, index, key, "map", text);
		break;
	default:
		add_value(reader, section, index, key, "empty", STR(""));
	}
}

static bool
is_empty_object(const struct json *json)
{
	const char *at = json_scan_blank(json->at + 1, json->end);

	return at < json->end && *at == '}';
}

/* The value under the cursor; members of objects get rows of their own, their keys joined by dots. */
static void
read_flat(struct detail_reader *reader, enum detail_section section, uint32_t index, struct str name)
{
	struct json *json = &reader->json;
	size_t lens[DEPTH_MAX];
	unsigned level = 0;
	struct str key;

	buf_clear(&reader->path);
	buf_add(&reader->path, name);
	if (json_peek(json) != JSON_OBJECT) {
		read_plain(reader, section, index, buf_str(&reader->path));
		return;
	}
	json_object(json);
	lens[level++] = reader->path.len;
	while (level) {
		reader->path.len = lens[level - 1];
		if (!json_key(json, &key)) {
			if (json->fault)
				return;
			level--;
			continue;
		}
		if (reader->path.len)
			buf_addc(&reader->path, '.');
		buf_add(&reader->path, key);
		if (json_peek(json) == JSON_OBJECT && level < DEPTH_MAX && !is_empty_object(json)) {
			json_object(json);
			lens[level++] = reader->path.len;
		} else {
			read_plain(reader, section, index, buf_str(&reader->path));
		}
	}
}

/* Members that have a place of their own on the screen, or say nothing to people. */
static bool
is_shown_elsewhere(struct str key)
{
	static const char *const keys[] = { "args", "name", "ph", "ts", "dur", "pid", "tid", "cname", "s", "bp" };

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (str_equal(key, str_of(keys[i])))
			return true;
	return false;
}

/* The args of a record are attributes; what else it has, if of_span, is told of the span. */
static void
read_record(struct detail_reader *reader, bool of_span)
{
	struct json *json = &reader->json;
	struct buf name = { 0 };
	struct str key;

	while (json_key(json, &key)) {
		if (details_want(reader->out, DETAIL_ATTRIBUTE) && str_equal(key, STR("args"))) {
			struct str prefix = json_peek(json) == JSON_OBJECT ? STR("") : STR("args");
			read_flat(reader, DETAIL_ATTRIBUTE, 0, prefix);
		} else if (of_span && !is_shown_elsewhere(key)) {
			buf_clear(&name);
			buf_add(&name, key);
			read_flat(reader, DETAIL_SPAN, 0, buf_str(&name));
		} else {
			json_skip(json);
		}
	}
	buf_fini(&name);
}

/* An instant or a flow: its name and time in a row before the others, wherever the record has them. */
static void
read_event(struct detail_reader *reader, enum detail_section section, uint32_t index)
{
	struct json *json = &reader->json;
	struct buf name_text = { 0 }, prefix = { 0 };
	size_t first = reader->out->len;
	struct str key, name = STR(""), phase = STR(""), direction = STR("");
	bool fraction = false;
	int64_t time_ns = 0;

	add_row(reader, section, index, STR(""), section == DETAIL_LINK ? "flow" : "event", STR(""));
	while (json_key(json, &key)) {
		if (str_equal(key, STR("name")))
			(void)chrome_text(json, &name_text, &name);
		else if (str_equal(key, STR("ts")))
			(void)chrome_time(json, &time_ns, &fraction);
		else if (str_equal(key, STR("args"))) {
			read_flat(reader, section, index, json_peek(json) == JSON_OBJECT ? STR("") : STR("args"));
		} else if (section == DETAIL_LINK && str_equal(key, STR("ph"))) {
			if (json_string(json, &phase))
				direction = str_equal(phase, STR("s")) ? STR("out") : str_equal(phase, STR("t")) ? STR("through") : STR("in");
		} else if (!is_shown_elsewhere(key)) {
			buf_clear(&prefix);
			buf_add(&prefix, key);
			read_flat(reader, section, index, buf_str(&prefix));
		} else {
			json_skip(json);
		}
	}
	reader->out->at[first].key = (struct str){ arena_copy(&reader->out->arena, name), name.len };
	reader->out->at[first].value = direction;
	for (size_t i = first; i < reader->out->len; i++)
		reader->out->at[i].time_ns = section == DETAIL_EVENT ? time_ns : 0;
	buf_fini(&name_text);
	buf_fini(&prefix);
}

/* The record that names the process. */
static void
read_process(struct detail_reader *reader)
{
	struct json *json = &reader->json;
	struct str key;

	while (json_key(json, &key)) {
		if (str_equal(key, STR("pid")))
			read_flat(reader, DETAIL_RESOURCE, 0, STR("pid"));
		else if (str_equal(key, STR("args")))
			read_flat(reader, DETAIL_RESOURCE, 0, json_peek(json) == JSON_OBJECT ? STR("") : STR("args"));
		else
			json_skip(json);
	}
}

/* The span that the flow with its record here leads to, or comes from, plus 1; 0: there is none. */
static uint32_t
flow_end(const struct dataset *ds, span_id span, uint64_t at, uint32_t role)
{
	for (uint32_t i = dataset_first_ref(ds, span); i < ds->extra_ref_count && ds->extra_refs[i].span == span; i++) {
		const struct detail_ref *ref = &ds->extra_refs[i];
		if (ref->role == role && ref->at == at) {
			span_id found = chrome_flow_span(ds, span, ref);
			return found == ID_NONE ? 0 : found + 1;
		}
	}
	return 0;
}

/* A link beside what its record says: there may be two ways, and the record may be the slice's own. */
static void
add_ways(struct detail_reader *reader, const struct dataset *ds, span_id span, uint64_t at, size_t first, uint32_t *index)
{
	uint32_t to = flow_end(ds, span, at, CHROME_REF_TO), from = flow_end(ds, span, at, CHROME_REF_FROM);

	if (first < reader->out->len) {
		reader->out->at[first].to = to ? to : from;
		if (!to || !from)
			return;
		to = 0;
	}
	if (to) {
		add_row(reader, DETAIL_LINK, (*index)++, STR("flow"), "flow", STR("out"));
		vec_last(reader->out).to = to;
	}
	if (from) {
		add_row(reader, DETAIL_LINK, (*index)++, STR("flow"), "flow", STR("in"));
		vec_last(reader->out).to = from;
	}
}

static bool
read_refs(struct detail_reader *reader, const struct dataset *ds, span_id span, uint32_t role, enum detail_section section,
          struct error *err)
{
	uint32_t index = 0;

	if (!details_want(reader->out, section))
		return true;
	for (uint32_t i = dataset_first_ref(ds, span); i < ds->extra_ref_count && ds->extra_refs[i].span == span; i++) {
		const struct detail_ref *ref = &ds->extra_refs[i];
		if (ref->role != role || !record_open(&reader->json, &ds->sources[ref->source], ref->at, ref->len))
			continue;
		if (section == DETAIL_ATTRIBUTE)
			read_record(reader, false);
		else {
			size_t first = reader->out->len;
			read_event(reader, section, index++);
			if (section == DETAIL_LINK)
				add_ways(reader, ds, span, ref->at, first, &index);
		}
		if (!record_check(&reader->json, err))
			return false;
	}
	if (section == DETAIL_LINK)
		add_ways(reader, ds, span, ds->spans.detail_at[span], reader->out->len, &index);
	return true;
}

static bool
read_all(struct detail_reader *reader, const struct dataset *ds, span_id span, struct error *err)
{
	const struct group *group = &ds->groups[ds->spans.group[span]];
	const struct source *source = &ds->sources[group->source];

	if (details_want_span(reader->out)) {
		if (!record_open(&reader->json, source, ds->spans.detail_at[span], ds->spans.detail_len[span]))
			return record_lost("the event", err);
		read_record(reader, details_want(reader->out, DETAIL_SPAN));
		if (!record_check(&reader->json, err))
			return false;
	}
	if (!read_refs(reader, ds, span, CHROME_REF_END, DETAIL_ATTRIBUTE, err) ||
	    !read_refs(reader, ds, span, CHROME_REF_EVENT, DETAIL_EVENT, err) ||
	    !read_refs(reader, ds, span, CHROME_REF_FLOW, DETAIL_LINK, err))
		return false;
	if (details_want(reader->out, DETAIL_RESOURCE) && record_open(&reader->json, source, group->resource_at, group->resource_len))
		read_process(reader);
	return record_check(&reader->json, err);
}

bool
chrome_detail(const struct dataset *ds, span_id span, struct details *out, struct error *err)
{
	struct detail_reader reader = { .out = out };
	bool fine;

	json_init_memory(&reader.json, STR(""), 0, JSON_LOAD);
	idmap_init(&reader.keys);
	fine = read_all(&reader, ds, span, err);
	json_fini(&reader.json);
	idmap_fini(&reader.keys);
	buf_fini(&reader.path);
	buf_fini(&reader.keep);
	return fine;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/v8_nodes.h"

#include "load/json_column.h"
#include "util/alloc.h"

#define WRAPPERS_MAX 2u    /* objects around the profile: {"result":{"profile":{... */

#define LAST_TIMES 8    /* as long as the longest sample before it the last one may be */

enum { NOT_SEEN, ON_PATH, KNOWN };

static const char note_same_id[] = "a node has the id of an earlier one: the first counts";
static const char note_no_node[] = "a node names a parent or child that is not there";
static const char note_two_parents[] = "a node is claimed by two parents: the first counts";
static const char note_end[] = "a profile ends long after its last sample: the time between them is left out";
static const char note_cycle[] = "a node is above itself: cut there";

void
v8_nodes_init(struct v8_nodes *nodes)
{
	*nodes = (struct v8_nodes){ .strings = strtab_new() };
	idmap_init(&nodes->by_id);
}

void
v8_nodes_fini(struct v8_nodes *nodes)
{
	vec_fini(nodes);
	vec_fini(&nodes->edges);
	vec_fini(&nodes->path);
	strtab_free(nodes->strings);
	idmap_fini(&nodes->by_id);
	buf_fini(&nodes->name);
}

/* Reading. */

static void
read_text(struct v8_nodes *nodes, struct json_reader *reader, str_id *out)
{
	struct str text;

	if (json_string(&reader->json, &text))
		*out = strtab_intern(nodes->strings, text);
}

/* first: the number of the first line. */
static uint32_t
read_line(struct json_reader *reader, int64_t first)
{
	int64_t line;

	if (!json_int64(&reader->json, &line) || line < first || line >= UINT32_MAX)
		return 0;
	return (uint32_t)(line - first + 1);
}

/* A member of a call frame, which old profiles have in the node itself, with lines that count from 1. */
static bool
read_frame_member(struct v8_nodes *nodes, struct json_reader *reader, struct v8_node *node, struct str key, int64_t first_line)
{
	if (str_equal(key, STR("functionName"))) {
		read_text(nodes, reader, &node->name);
		node->has_name = true;
	} else if (str_equal(key, STR("url"))) {
		read_text(nodes, reader, &node->url);
	} else if (str_equal(key, STR("lineNumber"))) {
		node->line = read_line(reader, first_line);
	} else {
		return false;
	}
	return true;
}

static void
read_call_frame(struct v8_nodes *nodes, struct json_reader *reader, struct v8_node *node)
{
	struct str key;

	if (!reader_object(reader))
		return;
	while (json_key(&reader->json, &key))
		if (!read_frame_member(nodes, reader, node, key, 0))
			json_skip(&reader->json);
}

static void
read_children(struct v8_nodes *nodes, struct json_reader *reader)
{
	struct json *json = &reader->json;
	uint64_t id;

	if (!reader_array(reader))
		return;
	while (json_element(json))
		if (json_uint64(json, &id))
			vec_push(&nodes->edges, (struct v8_edge){ id, (uint32_t)nodes->len - 1, false });
}

/* A member that is neither a list of children nor one of nested nodes. */
static void
read_member(struct v8_nodes *nodes, struct json_reader *reader, uint32_t index, struct str key)
{
	struct json *json = &reader->json;
	struct v8_node *node = &nodes->at[index];
	uint64_t parent;

	if (str_equal(key, STR("id"))) {
		node->has_id = json_uint64(json, &node->id);
	} else if (str_equal(key, STR("callFrame"))) {
		read_call_frame(nodes, reader, node);
	} else if (str_equal(key, STR("hitCount")) || str_equal(key, STR("selfSize"))) {
		double weight = column_number(reader);
		node->weight = weight > 0 ? weight : 0;
	} else if (str_equal(key, STR("parent"))) {
		if (json_uint64(json, &parent))
			vec_push(&nodes->edges, (struct v8_edge){ parent, index, true });
	} else if (!read_frame_member(nodes, reader, node, key, 1)) {
		json_skip(json);
	}
}

static uint32_t
add_node(struct v8_nodes *nodes, uint32_t parent)
{
	CHECK(nodes->len < ID_NONE);
	vec_push(nodes, (struct v8_node){ .parent = parent, .stack = ID_NONE });
	return (uint32_t)nodes->len - 1;
}

static void
drop_last(struct v8_nodes *nodes)
{
	nodes->len--;
	while (nodes->edges.len && vec_last(&nodes->edges).node == nodes->len)
		nodes->edges.len--;
}

void
v8_nodes_read_list(struct v8_nodes *nodes, struct json_reader *reader)
{
	struct json *json = &reader->json;
	uint32_t depth = json->depth + 1;
	struct str key;

	if (!reader_array(reader))
		return;
	while (reader_element(reader, depth)) {
		if (!reader_object(reader))
			continue;
		uint32_t node = add_node(nodes, ID_NONE);
		while (json_key(json, &key))
			if (str_equal(key, STR("children")))
				read_children(nodes, reader);
			else
				read_member(nodes, reader, node, key);
		if (json->fault)
			drop_last(nodes);
	}
}

/* Down into children and up again, without recursion: the parents of the node at hand are the way back. */
void
v8_nodes_read_tree(struct v8_nodes *nodes, struct json_reader *reader)
{
	struct json *json = &reader->json;
	bool in_list = false;
	struct str key;

	if (!reader_object(reader))
		return;
	uint32_t node = add_node(nodes, ID_NONE);
	while (!json->fault) {
		if (in_list && json_element(json)) {
			if (reader_object(reader)) {
				node = add_node(nodes, node);
				in_list = false;
			}
		} else if (in_list) {
			in_list = false;
		} else if (json_key(json, &key)) {
			if (str_equal(key, STR("children")))
				in_list = reader_array(reader);
			else
				read_member(nodes, reader, node, key);
		} else if (!json->fault) {
			node = nodes->at[node].parent;
			in_list = true;
			if (node == ID_NONE)
				return;
		}
	}
	/* A name comes before children: without one the record is not complete. */
	if (!nodes->at[node].has_name && node == nodes->len - 1)
		drop_last(nodes);
}

/* Parents. */

uint32_t
v8_nodes_find(const struct v8_nodes *nodes, uint64_t id)
{
	uint64_t hash = hash_u64(id);

	for (struct idmap_at at = idmap_first(&nodes->by_id, hash); idmap_id(&nodes->by_id, at) != ID_NONE; at = idmap_next(&nodes->by_id, at))
		if (nodes->at[idmap_id(&nodes->by_id, at)].id == id)
			return idmap_id(&nodes->by_id, at);
	return ID_NONE;
}

static void
number_nodes(struct v8_nodes *nodes, struct sink *sink)
{
	uint64_t same = 0;

	for (uint32_t i = 0; i < nodes->len; i++) {
		if (!nodes->at[i].has_id)
			continue;
		if (v8_nodes_find(nodes, nodes->at[i].id) == ID_NONE)
			idmap_add(&nodes->by_id, hash_u64(nodes->at[i].id), i);
		else
			same++;
	}
	sink_note_many(sink, NOTE_WARNING, note_same_id, same);
}

static void
join_nodes(struct v8_nodes *nodes, struct sink *sink)
{
	uint64_t missing = 0, claimed = 0;

	for (size_t i = 0; i < nodes->edges.len; i++) {
		const struct v8_edge *edge = &nodes->edges.at[i];
		uint32_t other = v8_nodes_find(nodes, edge->id);
		uint32_t parent = edge->up ? other : edge->node, child = edge->up ? edge->node : other;

		if (other == ID_NONE)
			missing++;
		else if (nodes->at[child].parent == ID_NONE)
			nodes->at[child].parent = parent;
		else
			claimed += nodes->at[child].parent != parent;
	}
	sink_note_many(sink, NOTE_WARNING, note_no_node, missing);
	sink_note_many(sink, NOTE_WARNING, note_two_parents, claimed);
}

/* Cuts every cycle at the node where it was entered. */
static void
cut_cycles(struct v8_nodes *nodes, struct sink *sink)
{
	uint64_t cycles = 0;

	for (uint32_t start = 0; start < nodes->len; start++) {
		uint32_t at = start, last = ID_NONE;

		nodes->path.len = 0;
		for (; at != ID_NONE && nodes->at[at].state == NOT_SEEN; at = nodes->at[at].parent) {
			nodes->at[at].state = ON_PATH;
			vec_push(&nodes->path, at);
			last = at;
		}
		if (at != ID_NONE && nodes->at[at].state == ON_PATH) {
			nodes->at[last].parent = ID_NONE;
			cycles++;
		}
		while (nodes->path.len)
			nodes->at[vec_pop(&nodes->path)].state = KNOWN;
	}
	for (uint32_t i = 0; i < nodes->len; i++)
		nodes->at[i].state = NOT_SEEN;
	sink_note_many(sink, NOTE_WARNING, note_cycle, cycles);
}

static enum v8_kind
kind_of(const struct v8_nodes *nodes, const struct v8_node *node)
{
	struct str name = strtab_get(nodes->strings, node->name);

	if (str_equal(name, STR("(root)")) && node->parent == ID_NONE)
		return V8_ROOT;
	if (node->url != STR_EMPTY)
		return V8_PLAIN;
	if (str_equal(name, STR("(idle)")))
		return V8_IDLE;
	return str_equal(name, STR("(garbage collector)")) || str_equal(name, STR("(program)")) ? V8_ON_TOP : V8_PLAIN;
}

void
v8_nodes_link(struct v8_nodes *nodes, struct sink *sink)
{
	number_nodes(nodes, sink);
	join_nodes(nodes, sink);
	cut_cycles(nodes, sink);
	for (uint32_t i = 0; i < nodes->len; i++)
		nodes->at[i].kind = (uint8_t)(nodes->plain ? V8_PLAIN : kind_of(nodes, &nodes->at[i]));
}

/* Frames and stacks. */

/* Functions without a name are told apart by their place: "(anonymous app.js:12)". */
static void
name_anonymous(struct buf *name, struct str url, uint32_t line)
{
	const char *slash = url.len ? memrchr(url.at, '/', url.len) : NULL;

	if (slash)
		url = (struct str){ slash + 1, url.len - (size_t)(slash + 1 - url.at) };
	buf_add(name, STR("(anonymous"));
	if (url.len)
		buf_addc(name, ' ');
	buf_add(name, url);
	if (url.len && line)
		buf_addf(name, ":%u", line);
	buf_addc(name, ')');
}

frame_id
v8_nodes_frame(struct v8_nodes *nodes, struct sink *sink, uint32_t index)
{
	const struct v8_node *node = &nodes->at[index];
	struct frame_in frame = {
		.name = strtab_get(nodes->strings, node->name), .module = STR(""), .file = strtab_get(nodes->strings, node->url), .line = node->line,
	};

	if (frame.name.len == 0) {
		buf_clear(&nodes->name);
		name_anonymous(&nodes->name, frame.file, node->line);
		frame.name = buf_str(&nodes->name);
	}
	return sink_frame(sink, &frame);
}

stack_id
v8_nodes_stack(struct v8_nodes *nodes, struct sink *sink, uint32_t node)
{
	uint32_t at = node;
	stack_id stack;

	nodes->path.len = 0;
	for (; at != ID_NONE && nodes->at[at].state != KNOWN; at = nodes->at[at].parent)
		vec_push(&nodes->path, at);
	stack = at == ID_NONE ? ID_NONE : nodes->at[at].stack;
	while (nodes->path.len) {
		at = vec_pop(&nodes->path);
		if (nodes->at[at].kind != V8_IDLE && nodes->at[at].kind != V8_ROOT)
			stack = sink_stack(sink, stack, v8_nodes_frame(nodes, sink, at));
		nodes->at[at].stack = stack;
		nodes->at[at].state = KNOWN;
	}
	return stack;
}

void
v8_members(struct json_reader *reader, void (*read)(struct json_reader *reader, struct str key))
{
	struct json *json = &reader->json;
	unsigned level = 1;
	struct str key;

	while (level) {
		if (!json_key(json, &key)) {
			if (json->fault)
				break;
			level--;
		} else if (level <= WRAPPERS_MAX && json_peek(json) == JSON_OBJECT &&
		           (str_equal(key, STR("profile")) || str_equal(key, STR("result")))) {
			json_object(json);
			level++;
		} else {
			read(reader, key);
		}
	}
}

int64_t
v8_last_ns(int64_t left_ns, int64_t longest_ns, struct sink *sink)
{
	if (left_ns <= 0)
		return 0;
	if (longest_ns == 0 || left_ns / LAST_TIMES <= longest_ns)
		return left_ns;
	sink_note(sink, NOTE_INFO, note_end, 0, SINK_NO_BYTE, STR(""));
	return 0;
}

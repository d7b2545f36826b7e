/* SPDX-License-Identifier: MIT
 * Grafana's data frames as JSON: new and old layout, in lists and in replies to queries. */
#include "config.h"

#include "load/nested_set.h"

#include <stdio.h>

static const char note_value[] = "a value that is no table: passed over";
static const char note_packed[] = "a table whose numbers are packed with base and factor: taken as they are";
static const char note_failed[] = "a query failed: the server says why";

struct frames {
	struct json_reader  reader;    /* must stay first */
	struct profiles     profiles;
	struct nested_table table;
	struct buf          scratch, name, query;
};

static str_id
read_id(struct frames *frames)
{
	struct str text;

	if (!reader_string(&frames->reader, &frames->scratch, &text))
		return STR_NONE;
	return strtab_intern(frames->table.strings, text);
}

/* A column's values; those of a column that nothing is needed of are passed over. */
static void
read_values(struct frames *frames, struct nested_column *column)
{
	struct json *json = &frames->reader.json;
	struct nested_cells *cells = &column->cells;
	struct str text;
	double number;

	if (!reader_array(&frames->reader))
		return;
	nested_clear(cells);
	for (uint32_t depth = json->depth; reader_element(&frames->reader, depth);) {
		enum json_type type = json_peek(json);
		if (type == JSON_NUMBER && json_double(json, &number))
			nested_number(cells, number);
		else if (type == JSON_STRING && json_string(json, &text))
			nested_text(cells, strtab_intern(frames->table.strings, text));
		else if (json->fault || !json_skip(json))
			continue;
		else
			nested_missing(cells);
	}
}

static void
read_words(struct frames *frames, struct nested_column *column)
{
	struct json *json = &frames->reader.json;
	struct str text;

	if (!reader_array(&frames->reader))
		return;
	column->words.len = 0;
	for (uint32_t depth = json->depth; reader_element(&frames->reader, depth);) {
		bool good = json_string(json, &text);
		if (!json->fault)
			vec_push(&column->words, good ? strtab_intern(frames->table.strings, text) : STR_NONE);
	}
}

/* {"unit":"ns","type":{"enum":{"text":["total","main"]}}} */
static void
read_config(struct frames *frames, struct nested_column *column)
{
	struct json *json = &frames->reader.json;
	unsigned level = 1;
	struct str key;

	if (!reader_object(&frames->reader))
		return;
	while (level) {
		if (!json_key(json, &key)) {
			if (json->fault)
				return;
			level--;
		} else if (level == 1 && str_equal(key, STR("unit"))) {
			column->unit = read_id(frames);
		} else if (((level == 1 && str_equal(key, STR("type"))) || (level == 2 && str_equal(key, STR("enum")))) &&
		           json_peek(json) == JSON_OBJECT) {
			json_object(json);
			level++;
		} else if (level == 3 && str_equal(key, STR("text"))) {
			read_words(frames, column);
		} else {
			json_skip(json);
		}
	}
}

/* {"buffer":[...]} */
static void
read_buffer(struct frames *frames, struct nested_column *column)
{
	struct json *json = &frames->reader.json;
	struct str key;

	if (!reader_object(&frames->reader))
		return;
	while (json_key(json, &key))
		if (str_equal(key, STR("buffer")))
			read_values(frames, column);
		else
			json_skip(json);
}

static void
read_field(struct frames *frames, size_t i)
{
	struct json *json = &frames->reader.json;
	struct nested_column *column = nested_column_at(&frames->table, i);
	struct str key;

	if (!reader_object(&frames->reader))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("name")))
			column->name = read_id(frames);
		else if (str_equal(key, STR("config")))
			read_config(frames, column);
		else if (str_equal(key, STR("values")) && json_peek(json) == JSON_OBJECT)
			read_buffer(frames, column);
		else if (str_equal(key, STR("values")))
			read_values(frames, column);
		else
			json_skip(json);
	}
}

static void
read_fields(struct frames *frames)
{
	struct json *json = &frames->reader.json;
	size_t i = 0;

	if (!reader_array(&frames->reader))
		return;
	for (uint32_t depth = json->depth; reader_element(&frames->reader, depth); i++)
		read_field(frames, i);
}

static void
read_frame_name(struct frames *frames)
{
	struct str text;

	if (!reader_string(&frames->reader, &frames->scratch, &text))
		return;
	buf_clear(&frames->name);
	buf_add(&frames->name, text);
}

static void
read_schema(struct frames *frames)
{
	struct json *json = &frames->reader.json;
	struct str key;

	if (!reader_object(&frames->reader))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("fields")))
			read_fields(frames);
		else if (str_equal(key, STR("name")))
			read_frame_name(frames);
		else
			json_skip(json);
	}
}

/* One number for each column, which should change nothing. */
static void
check_packing(struct frames *frames, double nothing)
{
	struct json *json = &frames->reader.json;
	uint64_t at = json_offset(json);
	bool packed = false;
	double number;

	if (!reader_array(&frames->reader))
		return;
	for (uint32_t depth = json->depth; reader_element(&frames->reader, depth);)
		packed |= json_double(json, &number) && number != nothing;
	if (packed)
		reader_note(&frames->reader, NOTE_WARNING, note_packed, at);
}

/* Lists with a list for each column. */
static void
read_columns(struct frames *frames, void (*read)(struct frames *, struct nested_column *))
{
	struct json *json = &frames->reader.json;
	size_t i = 0;

	if (!reader_array(&frames->reader))
		return;
	for (uint32_t depth = json->depth; reader_element(&frames->reader, depth); i++) {
		if (json_peek(json) == JSON_ARRAY)
			read(frames, nested_column_at(&frames->table, i));
		else
			json_skip(json);
	}
}

static void
read_data(struct frames *frames)
{
	struct json *json = &frames->reader.json;
	struct str key;

	if (!reader_object(&frames->reader))
		return;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("values")))
			read_columns(frames, read_values);
		else if (str_equal(key, STR("enums")))
			read_columns(frames, read_words);
		else if (str_equal(key, STR("bases")))
			check_packing(frames, 0);
		else if (str_equal(key, STR("factors")))
			check_packing(frames, 1);
		else
			json_skip(json);
	}
}

/* What the track is called: the frame's name unless that is what all have, else the query's. */
static struct str
track_name(const struct frames *frames)
{
	struct str name = buf_str(&frames->name);

	return name.len && !str_equal(name, STR("response")) ? name : buf_str(&frames->query);
}

static void
frame_begin(struct frames *frames)
{
	nested_table_clear(&frames->table);
	buf_clear(&frames->name);
}

static void
frame_member(struct frames *frames, struct str key)
{
	if (str_equal(key, STR("schema")))
		read_schema(frames);
	else if (str_equal(key, STR("data")))
		read_data(frames);
	else if (str_equal(key, STR("fields")))
		read_fields(frames);
	else if (str_equal(key, STR("name")))
		read_frame_name(frames);
	else
		json_skip(&frames->reader.json);
}

/* at: where the frame begins. */
static void
frame_end(struct frames *frames, uint64_t at)
{
	frames->table.cut = frames->reader.json.fault != NULL;
	nested_table_push(&frames->table, &frames->profiles, track_name(frames), at);
	nested_table_clear(&frames->table);
}

static void
read_frame(struct frames *frames)
{
	struct json *json = &frames->reader.json;
	uint64_t at = json_offset(json);
	struct str key;

	if (json_peek(json) != JSON_OBJECT) {
		if (json_skip(json))
			reader_note(&frames->reader, NOTE_WARNING, note_value, at);
		return;
	}
	json_object(json);
	frame_begin(frames);
	while (json_key(json, &key))
		frame_member(frames, key);
	frame_end(frames, at);
}

static void
read_frames(struct frames *frames)
{
	struct json *json = &frames->reader.json;

	if (!reader_array(&frames->reader))
		return;
	for (uint32_t depth = json->depth; reader_element(&frames->reader, depth);)
		read_frame(frames);
}

static void
read_error(struct frames *frames)
{
	uint64_t at = json_offset(&frames->reader.json);
	struct str text;

	if (reader_string(&frames->reader, &frames->scratch, &text))
		sink_note(frames->reader.sink, NOTE_ERROR, note_failed, frames->reader.line, at, text);
}

/* {"A":{"status":200,"frames":[...]},"B":{"error":"..."}} */
static void
read_results(struct frames *frames)
{
	struct json *json = &frames->reader.json;
	struct str key;

	if (!reader_object(&frames->reader))
		return;
	while (json_key(json, &key)) {
		buf_clear(&frames->query);
		buf_add(&frames->query, key);
		if (!reader_object(&frames->reader))
			continue;
		while (json_key(json, &key))
			if (str_equal(key, STR("frames")))
				read_frames(frames);
			else if (str_equal(key, STR("error")))
				read_error(frames);
			else
				json_skip(json);
	}
	buf_clear(&frames->query);
}

/* A frame, an object around frames, or a list of frames. */
static void
read_document(struct json_reader *reader)
{
	struct frames *frames = (struct frames *)(void *)reader;
	struct json *json = &reader->json;
	uint64_t at = json_offset(json);
	bool wrapped = false;
	struct str key;

	if (json_peek(json) == JSON_ARRAY) {
		read_frames(frames);
		return;
	}
	if (!reader_object(reader))
		return;
	frame_begin(frames);
	while (json_key(json, &key)) {
		bool results = str_equal(key, STR("results"));
		if (results || str_equal(key, STR("frames"))) {
			wrapped = true;
			if (results)
				read_results(frames);
			else
				read_frames(frames);
		} else {
			frame_member(frames, key);
		}
	}
	if (!wrapped)
		frame_end(frames, at);
}

/* By the first byte that is no blank; a line )]}' may precede JSON. */
static bool
is_json(struct input *in)
{
	do
		for (const char *at = in->begin; at < in->end; at++)
			if (!memchr(" \t\r\n", *at, 4))
				return memchr("{[)", *at, 3) != NULL;
	while (!in->last && input_more(in, in->begin_at));
	return false;
}

static void
nested_set_read(struct input *in, struct sink *sink)
{
	struct frames frames = { .profiles.sink = sink };

	if (!is_json(in)) {
		nested_csv_read(in, sink);
		return;
	}
	frames.table.strings = strtab_new();
	reader_run(&frames.reader, in, sink, read_document);
	nested_table_fini(&frames.table);
	buf_fini(&frames.scratch);
	buf_fini(&frames.name);
	buf_fini(&frames.query);
}

/* Where frames stand. */
static const char *const places[] = { "", "[].", "frames[]." };

static bool
has_frame(const struct probe *probe)
{
	char path[64];

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		snprintf(path, sizeof path, "%sschema.fields", places[i]);
		if (probe_has(probe, path))
			return true;
		snprintf(path, sizeof path, "%sfields[].values", places[i]);
		if (probe_has(probe, path))
			return true;
	}
	return false;
}

static bool
says(const struct probe *probe, const char *word)
{
	return str_has(probe->head, str_of(word));
}

static int
nested_set_score(const struct probe *probe, const char **why_out)
{
	*why_out = "a table with the columns level and label";
	if (!probe->json)
		return nested_csv_is_header(probe->head) ? 95 : 0;
	bool frame = has_frame(probe), reply = probe_has(probe, "results") && says(probe, "\"frames\"");
	bool level = says(probe, "\"level\""), label = says(probe, "\"label\"");
	if (!frame && !reply)
		return 0;
	return level && label ? 94 : (level || label) && !says(probe, "\"traceID\"") ? 70 : 0;
}

const struct load_format load_nested_set = {
	.name = "nested-set",
	.summary = "Grafana flame graphs: data frames as JSON, replies to queries, and tables as CSV",
	.score = nested_set_score,
	.read = nested_set_read,
};

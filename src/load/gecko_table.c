/* SPDX-License-Identifier: MIT
 * Tables into columns. */
#include "config.h"

#include "load/gecko.h"

#include <math.h>

#define POSITIONS_MAX 24u           /* columns of a row that are looked at */
#define NO_RECOVERY   UINT32_MAX    /* a row less would give the others wrong numbers */

struct column { const char *name; bool is_number; unsigned slot; };

static const struct {
	const char   *name;
	struct column columns[8];
} specs[GECKO_KINDS] = {
	[GECKO_SAMPLES] = { "samples", {
		{ "stack", false, SAMPLE_STACK }, { "time", true, SAMPLE_TIME }, { "timeDeltas", true, SAMPLE_DELTA },
		{ "weight", true, SAMPLE_WEIGHT }, { "threadCPUDelta", true, SAMPLE_CPU },
	} },
	[GECKO_JS_ALLOCATIONS] = { "jsAllocations", {
		{ "stack", false, SAMPLE_STACK }, { "time", true, SAMPLE_TIME }, { "weight", true, SAMPLE_WEIGHT },
	} },
	[GECKO_NATIVE_ALLOCATIONS] = { "nativeAllocations", {
		{ "stack", false, SAMPLE_STACK }, { "time", true, SAMPLE_TIME }, { "weight", true, SAMPLE_WEIGHT },
	} },
	[GECKO_MARKERS] = { "markers", {
		{ "name", false, MARKER_NAME }, { "phase", false, MARKER_PHASE }, { "category", false, MARKER_CATEGORY },
		{ "startTime", true, MARKER_START }, { "time", true, MARKER_START }, { "endTime", true, MARKER_END },
	} },
	[GECKO_STACKS] = { "stackTable", {
		{ "frame", false, STACK_FRAME }, { "prefix", false, STACK_PREFIX }, { "prefixOffset", false, STACK_OFFSET },
		{ "category", false, STACK_CATEGORY },
	} },
	[GECKO_FRAMES] = { "frameTable", {
		{ "func", false, FRAMES_FUNC }, { "location", false, FRAMES_LOCATION }, { "category", false, FRAMES_CATEGORY },
		{ "line", false, FRAMES_LINE }, { "lib", false, FRAMES_LIB }, { "inlineDepth", false, FRAMES_DEPTH },
		{ "nativeSymbol", false, FRAMES_NATIVE }, { "implementation", false, FRAMES_IMPLEMENTATION },
	} },
	[GECKO_FUNCS] = { "funcTable", {
		{ "name", false, FUNC_NAME }, { "isJS", false, FUNC_IS_JS }, { "resource", false, FUNC_RESOURCE },
		{ "source", false, FUNC_SOURCE }, { "fileName", false, FUNC_FILE }, { "lineNumber", false, FUNC_LINE },
	} },
	[GECKO_RESOURCES] = { "resourceTable", { { "lib", false, RESOURCE_LIB } } },
	[GECKO_SOURCES] = { "sources", { { "filename", false, SOURCE_FILE } } },
	[GECKO_NATIVES] = { "nativeSymbols", { { "libIndex", false, NATIVE_LIB } } },
};

static const struct column *
find_column(enum gecko_kind kind, struct str name)
{
	for (const struct column *at = specs[kind].columns; at < specs[kind].columns + 8 && at->name; at++)
		if (str_equal(str_of(at->name), name))
			return at;
	return NULL;
}

static uint32_t
id_of(double number)
{
	return number >= 0 && number < ID_NONE && number == floor(number) ? (uint32_t)number : ID_NONE;
}

static void
put(struct gecko_table *table, const struct column *column, double number)
{
	if (column->is_number)
		packed_doubles_push(&table->number[column->slot], number);
	else
		vec_push(&table->id[column->slot], id_of(number));
}

static size_t
length(const struct gecko_table *table, const struct column *column)
{
	return column->is_number ? packed_doubles_len(&table->number[column->slot]) : table->id[column->slot].len;
}

/* What is behind so many rows goes. */
static void
cut(struct gecko_table *table, const struct column *column, size_t count)
{
	if (column->is_number)
		packed_doubles_cut(&table->number[column->slot], (uint32_t)count);
	else if (count < table->id[column->slot].len)
		table->id[column->slot].len = count;
}

/* Rows: their columns have places that the schema tells, which may follow them. */
struct rows {
	const struct column *at[POSITIONS_MAX];       /* NULL: of no interest */
	bool                 has_schema;
	struct number_column loose[POSITIONS_MAX];    /* what was read without a schema, by place */
	size_t               count;
	uint32_t             data;                    /* elements of the column of that name, which markers have */
};

static void
read_schema(struct gecko_reader *reader, enum gecko_kind kind, struct rows *rows)
{
	struct json *json = &reader->base.json;
	const struct column *column;
	struct str key;
	uint64_t place;

	if (!reader_object(&reader->base))
		return;
	rows->has_schema = true;
	while (json_key(json, &key)) {
		column = find_column(kind, key);
		if (json_uint64(json, &place) && column && place < POSITIONS_MAX)
			rows->at[place] = column;
	}
}

static double
read_cell(struct gecko_reader *reader)
{
	bool truth;

	if (json_peek(&reader->base.json) == JSON_BOOL)
		return json_bool(&reader->base.json, &truth) && truth;
	return column_number(&reader->base);
}

/* Makes all columns as long as there are rows: rows may be short, and the last one cut. */
static void
level(struct rows *rows, struct gecko_table *table)
{
	for (size_t i = 0; i < POSITIONS_MAX; i++) {
		if (!rows->has_schema) {
			while (rows->loose[i].len < rows->count)
				vec_push(&rows->loose[i], NAN);
			rows->loose[i].len = rows->count;
		} else if (rows->at[i]) {
			while (length(table, rows->at[i]) < rows->count)
				put(table, rows->at[i], NAN);
			cut(table, rows->at[i], rows->count);
		}
	}
}

static void
read_row(struct gecko_reader *reader, struct rows *rows, struct gecko_table *table, bool markers)
{
	struct json *json = &reader->base.json;

	if (!json_array(json))
		return;
	for (size_t i = 0; json_element(json); i++) {
		if (markers && json_peek(json) == JSON_OBJECT) {
			gecko_marker_data(reader, table, (uint32_t)rows->count);
			if (rows->has_schema || i >= POSITIONS_MAX || json->fault)
				continue;
			vec_push(&rows->loose[i], NAN);
			continue;
		}
		if (i >= POSITIONS_MAX || (rows->has_schema && !rows->at[i])) {
			json_skip(json);
			continue;
		}
		double number = read_cell(reader);
		if (json->fault)
			return;
		if (rows->has_schema)
			put(table, rows->at[i], number);
		else
			vec_push(&rows->loose[i], number);
	}
}

/* Of two lists of rows the last one counts. */
static void
forget_rows(struct rows *rows, struct gecko_table *table)
{
	for (size_t i = 0; i < POSITIONS_MAX; i++) {
		rows->loose[i].len = 0;
		if (rows->at[i])
			cut(table, rows->at[i], 0);
	}
	table->data.len = table->told.len = 0;
	rows->count = 0;
	rows->data = 0;
}

static void
read_rows(struct gecko_reader *reader, struct rows *rows, struct gecko_table *table, bool markers)
{
	if (!reader_array(&reader->base))
		return;
	if (rows->count || rows->data)
		forget_rows(rows, table);
	while (reader_element(&reader->base, NO_RECOVERY)) {
		if (markers && json_peek(&reader->base.json) != JSON_ARRAY) {
			gecko_marker_data(reader, table, rows->data++);
			continue;
		}
		read_row(reader, rows, table, markers);
		rows->count += !reader->base.json.fault;
		level(rows, table);
	}
}

/* Rows that came before their schema. */
static void
place_loose(struct rows *rows, struct gecko_table *table)
{
	for (size_t i = 0; i < POSITIONS_MAX; i++) {
		if (rows->at[i] && length(table, rows->at[i]) == 0)
			for (size_t k = 0; k < rows->loose[i].len; k++)
				put(table, rows->at[i], rows->loose[i].at[k]);
		vec_fini(&rows->loose[i]);
	}
}

static void
read_column(struct gecko_reader *reader, struct gecko_table *table, const struct column *column)
{
	cut(table, column, 0);
	if (column->is_number)
		column_packed_numbers(&reader->base, &table->number[column->slot]);
	else
		column_ids(&reader->base, &table->id[column->slot]);
}

static void
read_table(struct gecko_reader *reader, enum gecko_kind kind, struct gecko_table *table)
{
	struct json *json = &reader->base.json;
	struct rows rows = { 0 };
	const struct column *column;
	struct str key;

	table->at = reader->in_text ? 0 : json_offset(json);
	if (!reader_object(&reader->base))
		return;
	table->present = true;
	while (json_key(json, &key)) {
		if (str_equal(key, STR("schema")))
			read_schema(reader, kind, &rows);
		else if (str_equal(key, STR("data")))
			read_rows(reader, &rows, table, kind == GECKO_MARKERS);
		else if (str_equal(key, STR("weightType")))
			table->weight_type = gecko_string(reader);
		else if ((column = find_column(kind, key)))
			read_column(reader, table, column);
		else
			json_skip(json);
	}
	table->complete = !json->fault;
	place_loose(&rows, table);
}

str_id
gecko_string(struct gecko_reader *reader)
{
	enum json_type type = json_peek(&reader->base.json);

	if (type != JSON_STRING && type != JSON_NUMBER) {
		json_skip(&reader->base.json);
		return STR_EMPTY;
	}
	reader_text(&reader->base.json, &reader->text, &type);
	return reader->base.json.fault ? STR_EMPTY : strtab_intern(reader->strings, buf_str(&reader->text));
}

static void
read_strings(struct gecko_reader *reader, struct gecko_tables *tables)
{
	if (!reader_array(&reader->base))
		return;
	tables->has_strings = true;
	tables->strings.len = 0;
	while (reader_element(&reader->base, NO_RECOVERY)) {
		str_id text = gecko_string(reader);
		if (!reader->base.json.fault)
			vec_push(&tables->strings, text);
	}
}

void
gecko_count(struct gecko_reader *reader, const char *note)
{
	struct json *json = &reader->base.json;
	uint64_t count = 0;

	if (!json_array(json))
		return;
	while (reader_element(&reader->base, NO_RECOVERY))
		count += json_skip(json);
	sink_note_many(reader->base.sink, NOTE_INFO, note, count);
}

bool
gecko_member(struct gecko_reader *reader, struct gecko_tables *tables, struct str key)
{
	if (str_equal(key, STR("stringArray")) || str_equal(key, STR("stringTable"))) {
		read_strings(reader, tables);
		return true;
	}
	for (unsigned kind = 0; kind < GECKO_KINDS; kind++)
		if (str_equal(key, str_of(specs[kind].name))) {
			read_table(reader, (enum gecko_kind)kind, &tables->table[kind]);
			return true;
		}
	return false;
}

void
gecko_tables_fini(struct gecko_tables *tables)
{
	vec_fini(&tables->strings);
	vec_fini(&tables->frames);
	vec_fini(&tables->stacks);
	vec_fini(&tables->states);
	for (size_t kind = 0; kind < GECKO_KINDS; kind++) {
		vec_fini(&tables->table[kind].data);
		vec_fini(&tables->table[kind].told);
		for (size_t i = 0; i < GECKO_IDS; i++)
			vec_fini(&tables->table[kind].id[i]);
		for (size_t i = 0; i < GECKO_NUMBERS; i++)
			packed_doubles_fini(&tables->table[kind].number[i]);
	}
}

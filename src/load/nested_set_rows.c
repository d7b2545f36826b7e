/* SPDX-License-Identifier: MIT
 * A table of rows by level turned into boxes. */
#include "config.h"

#include "load/nested_set.h"

#include <math.h>
#include <stdio.h>

#include "load/boxes.h"
#include "util/unit.h"

static const char note_trace[] = "a table of a trace, which is not read: passed over";
static const char note_other[] = "a table without the columns of a flame graph: passed over";
static const char note_cut[] = "the input ends before a column that is needed: nothing of this flame graph can be shown";
static const char note_empty[] = "a flame graph without boxes";
static const char note_rows[] = "the columns are of different length: what has no level or no label is left out";
static const char note_level[] = "a row has no level: left out";
static const char note_jump[] = "a row is more than one level below the row before: put right below it";
static const char note_value[] = "a value is negative or no number: taken as not told";
static const char note_label[] = "a row has a label that is not in the list";

void
nested_number(struct nested_cells *cells, double number)
{
	while (cells->numbers.len < cells->count)
		numbers_push(&cells->numbers, NAN);
	numbers_push(&cells->numbers, number);
	cells->count++;
}

void
nested_text(struct nested_cells *cells, str_id text)
{
	while (cells->texts.len < cells->count)
		vec_push(&cells->texts, STR_NONE);
	vec_push(&cells->texts, text);
	cells->count++;
}

void
nested_missing(struct nested_cells *cells)
{
	cells->count++;
}

void
nested_clear(struct nested_cells *cells)
{
	numbers_fini(&cells->numbers);
	cells->texts.len = 0;
	cells->count = 0;
}

struct nested_column *
nested_column_at(struct nested_table *table, size_t i)
{
	while (table->columns.len <= i)
		vec_push(&table->columns, (struct nested_column){ .name = STR_NONE, .unit = STR_NONE });
	return &table->columns.at[i];
}

void
nested_table_clear(struct nested_table *table)
{
	for (size_t i = 0; i < table->columns.len; i++) {
		numbers_fini(&table->columns.at[i].cells.numbers);
		vec_fini(&table->columns.at[i].cells.texts);
		vec_fini(&table->columns.at[i].words);
	}
	table->columns.len = 0;
	table->cut = false;
	strtab_free(table->strings);
	table->strings = strtab_new();
}

void
nested_table_fini(struct nested_table *table)
{
	nested_table_clear(table);
	vec_fini(&table->columns);
	strtab_free(table->strings);
}

/* The columns of a flame graph; NULL: not there. */
struct flame {
	const struct nested_column *level, *label, *file, *module, *value[2], *self[2];
	struct boxes                boxes;
	struct { VEC(frame_id); }   frames;          /* by label: text, word or neither */
	struct { VEC(uint32_t); }   frame_of_text;   /* index in frames, UINT32_MAX: none yet */
	size_t                      first_row;       /* of box 0 */
	const char                 *unit;            /* of formatted values; NULL: none was seen */
	uint64_t                    bad_values, bad_labels, jumps;
};

static const struct nested_column *
find_column(const struct nested_table *table, const char *name)
{
	str_id id = strtab_find(table->strings, str_of(name));

	for (size_t i = 0; id != STR_NONE && i < table->columns.len; i++)
		if (table->columns.at[i].name == id)
			return &table->columns.at[i];
	return NULL;
}

static str_id
cell_text(const struct nested_column *column, size_t row)
{
	return row < column->cells.texts.len ? column->cells.texts.at[row] : STR_NONE;
}

static double
cell_number(const struct nested_column *column, size_t row)
{
	return row < column->cells.numbers.len ? numbers_at(&column->cells.numbers, row) : NAN;
}

/* NAN: not told. */
static double
value_of(struct flame *flame, const struct nested_table *table, const struct nested_column *column, size_t row)
{
	str_id text = column ? cell_text(column, row) : STR_NONE;
	double number = column ? cell_number(column, row) : NAN;
	const char *unit = "";

	if (text != STR_NONE && text != STR_EMPTY) {
		struct str cell = strtab_get(table->strings, text);
		if (table->formatted ? !nested_formatted(cell, &number, &unit) : !number_parse(cell, &number))
			number = -1;
		else if (*unit)
			flame->unit = unit;
	}
	if (isnan(number) || (number >= 0 && isfinite(number)))
		return number;
	flame->bad_values++;
	return NAN;
}

/* A text by itself, a number as the word it stands for. */
static str_id
label_of(const struct nested_column *column, size_t row)
{
	str_id text = cell_text(column, row);
	double number = cell_number(column, row);

	if (text != STR_NONE || !(number >= 0 && number < (double)column->words.len))
		return text;
	return column->words.at[(size_t)number];
}

static uint32_t
add_frame(struct flame *flame, struct sink *sink, const struct frame_in *frame)
{
	vec_push(&flame->frames, sink_frame(sink, frame));
	return (uint32_t)flame->frames.len - 1;
}

static struct str
text_at(const struct nested_table *table, const struct nested_column *column, size_t row)
{
	str_id text = column ? label_of(column, row) : STR_NONE;

	return text == STR_NONE ? STR("") : strtab_get(table->strings, text);
}

static uint32_t
frame_of(struct flame *flame, struct sink *sink, const struct nested_table *table, size_t row)
{
	str_id text = label_of(flame->label, row);
	char bad[48];

	if (text == STR_NONE) {
		double number = cell_number(flame->label, row);
		flame->bad_labels++;
		if (isnan(number))
			snprintf(bad, sizeof bad, "<bad label>");
		else
			snprintf(bad, sizeof bad, "<bad label %.17g>", number);
		return add_frame(flame, sink, &(struct frame_in){ .name = str_of(bad) });
	}
	struct frame_in frame = { .name = strtab_get(table->strings, text), .file = text_at(table, flame->file, row),
		.module = text_at(table, flame->module, row) };
	if (frame.file.len || frame.module.len)
		return add_frame(flame, sink, &frame);
	while (flame->frame_of_text.len <= text)
		vec_push(&flame->frame_of_text, UINT32_MAX);
	if (flame->frame_of_text.at[text] == UINT32_MAX)
		flame->frame_of_text.at[text] = add_frame(flame, sink, &frame);
	return flame->frame_of_text.at[text];
}

/* A box whose children may still come. */
struct open_row { double level; uint32_t box; };

static void
add_rows(struct flame *flame, struct profiles *profiles, const struct nested_table *table, size_t rows, uint64_t at)
{
	struct { VEC(struct open_row); } open = { 0 };
	uint64_t bad_levels = 0;

	for (size_t row = 0; row < rows; row++) {
		double level = cell_number(flame->level, row), total[2], own[2];
		str_id text = cell_text(flame->level, row);
		if (text != STR_NONE && !number_parse(strtab_get(table->strings, text), &level))
			level = NAN;
		if (!(level >= 0 && level == floor(level) && isfinite(level))) {
			bad_levels++;
			continue;
		}
		while (open.len && vec_last(&open).level >= level)
			open.len--;
		flame->jumps += level > (open.len ? vec_last(&open).level + 1 : 0);
		for (unsigned side = 0; side < flame->boxes.sides; side++) {
			total[side] = value_of(flame, table, flame->value[side], row);
			own[side] = value_of(flame, table, flame->self[side], row);
		}
		uint32_t parent = open.len ? vec_last(&open).box : ID_NONE;
		uint32_t box = boxes_add(&flame->boxes, parent, frame_of(flame, profiles->sink, table, row), total, own);
		flame->first_row = box == 0 ? row : flame->first_row;
		vec_push(&open, (struct open_row){ level, box });
	}
	vec_fini(&open);
	profiles_note(profiles, NOTE_WARNING, note_level, bad_levels, at);
	profiles_note(profiles, NOTE_WARNING, note_jump, flame->jumps, at);
	profiles_note(profiles, NOTE_WARNING, note_value, flame->bad_values, at);
	profiles_note(profiles, NOTE_WARNING, note_label, flame->bad_labels, at);
}

/* A single row at the bottom that is called so and has nothing of its own is no frame. */
static bool
is_headed(const struct flame *flame, struct str label)
{
	const struct boxes *boxes = &flame->boxes;

	if (boxes->parent.len == 0 || (!str_equal(label, STR("total")) && !str_equal(label, STR("all"))))
		return false;
	for (size_t i = 1; i < boxes->parent.len; i++)
		if (boxes->parent.at[i] == ID_NONE)
			return false;
	for (unsigned side = 0; side < boxes->sides; side++)
		if (!isnan(numbers_at(&boxes->own, side)) && numbers_at(&boxes->own, side) != 0)
			return false;
	return true;
}

/* False: the table is no flame graph, which is noted. */
static bool
find_columns(struct flame *flame, const struct nested_table *table, struct sink *sink, uint64_t at)
{
	flame->level = find_column(table, "level");
	flame->label = find_column(table, "label");
	flame->file = find_column(table, "frameFile");
	flame->module = find_column(table, "frameModule");
	flame->value[0] = find_column(table, "value");
	flame->self[0] = find_column(table, "self");
	flame->value[1] = find_column(table, "valueRight");
	flame->self[1] = find_column(table, "selfRight");
	flame->boxes.cut = table->cut;
	flame->boxes.sides = flame->value[1] || flame->self[1] ? 2 : 1;
	if (flame->level && flame->label && (flame->value[0] || flame->self[0]))
		return true;
	if (find_column(table, "traceID") && find_column(table, "spanID"))
		sink_note(sink, NOTE_WARNING, note_trace, 0, at, STR(""));
	else if (table->cut)
		sink_note(sink, NOTE_ERROR, note_cut, 0, at, STR(""));
	else
		sink_note(sink, NOTE_WARNING, note_other, 0, at, STR(""));
	return false;
}

/* Grafana's names for what is only counted mean nothing elsewhere. */
static struct str
unit_of(const struct flame *flame, const struct nested_table *table)
{
	const struct nested_column *column = flame->value[0] ? flame->value[0] : flame->self[0];
	struct str unit = column->unit == STR_NONE ? STR("") : strtab_get(table->strings, column->unit);

	if (flame->unit)
		return str_of(flame->unit);
	if (unit.len == 0 || str_equal(unit, STR("short")) || str_equal(unit, STR("none")))
		return STR("count");
	return str_equal(unit, STR("decbytes")) ? STR("bytes") : unit;
}

/* The boxes have it all. */
static void
forget_cells(struct nested_table *table)
{
	for (size_t i = 0; i < table->columns.len; i++) {
		numbers_fini(&table->columns.at[i].cells.numbers);
		vec_fini(&table->columns.at[i].cells.texts);
	}
}

void
nested_table_push(struct nested_table *table, struct profiles *profiles, struct str track, uint64_t at)
{
	struct flame flame = { 0 };

	if (!find_columns(&flame, table, profiles->sink, at))
		return;
	size_t levels = flame.level->cells.count, labels = flame.label->cells.count;
	size_t rows = levels < labels ? levels : labels;
	profiles_note(profiles, NOTE_WARNING, note_rows, levels + labels - 2 * rows, at);
	add_rows(&flame, profiles, table, rows, at);
	if (flame.boxes.parent.len) {
		str_id label = label_of(flame.label, flame.first_row);
		flame.boxes.headed = label != STR_NONE && is_headed(&flame, strtab_get(table->strings, label));
		struct str unit = unit_of(&flame, table);
		vec_fini(&flame.frame_of_text);
		forget_cells(table);
		boxes_push(&flame.boxes, &(struct boxes_target){
			.profiles = profiles, .track = track, .type = STR("value"), .unit = unit, .frames = flame.frames.at, .at = at,
		});
	}
	if (!flame.boxes.parent.len && !table->cut)
		sink_note(profiles->sink, NOTE_INFO, note_empty, 0, at, STR(""));
	boxes_fini(&flame.boxes);
	vec_fini(&flame.frames);
	vec_fini(&flame.frame_of_text);
}

/* SPDX-License-Identifier: MIT
 * The table as text: a line of names, then rows; fields with the separator, a quote or a line break in them are quoted.
 * A quote is one only at the beginning of a field, which the next single quote ends; all others stand for themselves. */
#include "config.h"

#include "load/nested_set.h"

#include <math.h>

#include "util/unit.h"

#define NAMES_MAX 4096u    /* first bytes of the input, in which the line of names and with it the separator is looked for */
#define COLUMNS_MAX 256u
#define SLICE ((size_t)1 << 20)    /* bytes between looks at the job */

/* The columns that are read; a table is known by the first four. */
static const char *const wanted[] = { "level", "value", "self", "label", "valueRight", "selfRight" };
enum { NEEDED = 4 };

static const char note_row[] = "a row has too few fields: left out";
static const char note_quote[] = "the input ends inside a quoted field: all from its row on is left out";

/* What a unit multiplies, and what the product is measured in. */
static const struct { const char *name; double factor; const char *unit; } units[] = {
	{ "ns", 1, "nanoseconds" },        { "us", 1e3, "nanoseconds" },      { "\xC2\xB5s", 1e3, "nanoseconds" },
	{ "\xCE\xBCs", 1e3, "nanoseconds" }, { "ms", 1e6, "nanoseconds" },      { "s", 1e9, "nanoseconds" },
	{ "min", 60e9, "nanoseconds" },    { "mins", 60e9, "nanoseconds" },   { "hour", 3600e9, "nanoseconds" },
	{ "hours", 3600e9, "nanoseconds" }, { "day", 86400e9, "nanoseconds" }, { "days", 86400e9, "nanoseconds" },
	{ "B", 1, "bytes" },               { "kB", 1e3, "bytes" },            { "MB", 1e6, "bytes" },
	{ "GB", 1e9, "bytes" },            { "TB", 1e12, "bytes" },           { "KiB", 0x1p10, "bytes" },
	{ "MiB", 0x1p20, "bytes" },        { "GiB", 0x1p30, "bytes" },        { "TiB", 0x1p40, "bytes" },
	{ "K", 1e3, "" },                  { "Mil", 1e6, "" },                { "Bil", 1e9, "" },
	{ "Tri", 1e12, "" },
};

bool
nested_formatted(struct str text, double *value_out, const char **unit_out)
{
	size_t len = text.len;

	while (len && memchr("0123456789.eE+-", text.at[len - 1], 15) == NULL)
		len--;
	struct str name = { text.at + len, text.len - len };
	while (name.len && name.at[0] == ' ')
		name = str_tail(name, 1);
	*unit_out = "";
	if (!number_parse((struct str){ text.at, len }, value_out))
		return false;
	for (size_t i = 0; name.len && i < sizeof units / sizeof *units; i++)
		if (str_equal(name, str_of(units[i].name))) {
			*value_out *= units[i].factor;
			*unit_out = units[i].unit;
			return true;
		}
	return name.len == 0;
}

enum state { AT_FIELD, IN_PLAIN, IN_QUOTED, AFTER_QUOTE };

struct csv {
	struct sink        *sink;
	struct profiles     profiles;
	struct nested_table table;
	char                separator;
	bool                has_names;
	enum state          state;
	struct buf          row;                  /* the fields of the row at hand, one after another */
	size_t              ends[COLUMNS_MAX];    /* where each ends in row; further ones are dropped */
	size_t              fields;
	size_t              label;                /* the column of labels; SIZE_MAX: none */
	uint64_t            line, row_line, row_at;
};

static struct str
field(const struct csv *csv, size_t i)
{
	size_t begin = i ? csv->ends[i - 1] : 0;

	return (struct str){ buf_str(&csv->row).at + begin, csv->ends[i] - begin };
}

static void
end_field(struct csv *csv)
{
	if (csv->fields < COLUMNS_MAX)
		csv->ends[csv->fields++] = csv->row.len;
	else
		csv->row.len = csv->ends[COLUMNS_MAX - 1];
	csv->state = AT_FIELD;
}

static void
add_row(struct csv *csv)
{
	struct nested_table *table = &csv->table;

	if (csv->fields < table->columns.len) {
		sink_note(csv->sink, NOTE_WARNING, note_row, csv->row_line, csv->row_at, buf_str(&csv->row));
		return;
	}
	for (size_t i = 0; i < table->columns.len; i++) {
		struct nested_column *column = &table->columns.at[i];
		struct str text = field(csv, i);
		double number;
		if (i == csv->label)
			nested_text(&column->cells, strtab_intern(table->strings, text));
		else if (column->name == STR_NONE || text.len == 0)
			nested_missing(&column->cells);
		else if (number_parse(text, &number))
			nested_number(&column->cells, number);
		else
			nested_text(&column->cells, strtab_intern(table->strings, text));
	}
}

/* Columns that nothing is needed of get no name. */
static void
add_names(struct csv *csv)
{
	csv->has_names = true;
	for (size_t i = 0; i < csv->fields; i++) {
		struct nested_column *column = nested_column_at(&csv->table, i);
		struct str name = field(csv, i);
		for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
			if (str_equal(name, str_of(wanted[k])))
				column->name = strtab_intern(csv->table.strings, name);
		if (str_equal(name, STR("label")))
			csv->label = i;
	}
}

static void
end_row(struct csv *csv)
{
	end_field(csv);
	bool blank = csv->fields == 1 && csv->row.len == 0;
	bool separator_line = !csv->has_names && str_starts(field(csv, 0), STR("sep="));

	if (!blank && !separator_line) {
		if (csv->has_names)
			add_row(csv);
		else
			add_names(csv);
	}
	csv->fields = 0;
	csv->row.len = 0;
}

static void
take_byte(struct csv *csv, char c)
{
	switch (csv->state) {
	case AT_FIELD:
	case IN_PLAIN:
		if (c == '"' && csv->state == AT_FIELD)
			csv->state = IN_QUOTED;
		else if (c == csv->separator)
			end_field(csv);
		else if (c == '\n')
			end_row(csv);
		else if (c != '\r') {
			csv->state = IN_PLAIN;
			buf_addc(&csv->row, c);
		}
		break;
	case IN_QUOTED:
		if (c == '"')
			csv->state = AFTER_QUOTE;
		else
			buf_addc(&csv->row, c);
		break;
	case AFTER_QUOTE:
		if (c == '"')
			buf_addc(&csv->row, c);
		csv->state = c == '"' ? IN_QUOTED : IN_PLAIN;
		if (c != '"')
			take_byte(csv, c);
		break;
	}
}

static void
take_text(struct csv *csv, struct str text, uint64_t offset)
{
	for (size_t i = 0; i < text.len; i++) {
		if (csv->state == AT_FIELD && csv->fields == 0) {
			csv->row_line = csv->line;
			csv->row_at = offset + i;
		}
		csv->line += text.at[i] == '\n';
		take_byte(csv, text.at[i]);
	}
}

/* A line of names taken apart by this separator has all four that a flame graph needs. */
static bool
has_names(struct str line, char separator)
{
	unsigned found = 0;

	while (line.len) {
		const char *end = memchr(line.at, separator, line.len);
		struct str name = { line.at, end ? (size_t)(end - line.at) : line.len };
		line = (struct str){ line.at + name.len + (end != NULL), line.len - name.len - (end != NULL) };
		if (name.len > 1 && name.at[0] == '"' && name.at[name.len - 1] == '"')
			name = str_head(str_tail(name, 1), name.len - 2);
		for (unsigned k = 0; k < NEEDED; k++)
			if (str_equal(name, str_of(wanted[k])))
				found |= 1u << k;
	}
	return found == (1u << NEEDED) - 1;
}

static struct str
first_line(struct str *text)
{
	const char *newline = text->len ? memchr(text->at, '\n', text->len) : NULL;
	struct str line = { text->at, newline ? (size_t)(newline - text->at) : text->len };

	text->at += line.len + (newline != NULL);
	text->len -= line.len + (newline != NULL);
	if (line.len && line.at[line.len - 1] == '\r')
		line.len--;
	return line;
}

/* What stands between the columns; '\0': it is no such table.  However much is given, the same of it is looked at. */
static char
find_separator(struct str head)
{
	static const char separators[] = ",;\t";
	struct str line;

	head.len = head.len < NAMES_MAX ? head.len : NAMES_MAX;
	do
		line = first_line(&head);
	while (head.len && (line.len == 0 || str_starts(line, STR("sep="))));
	for (const char *separator = separators; *separator; separator++)
		if (has_names(line, *separator))
			return *separator;
	return '\0';
}

bool
nested_csv_is_header(struct str head)
{
	return find_separator(head) != '\0';
}

static void
read_rows(struct csv *csv, struct input *in)
{
	uint64_t at = in->begin_at, end;

	do {
		while ((end = in->begin_at + (uint64_t)(in->end - in->begin)) > at) {
			size_t len = end - at < SLICE ? (size_t)(end - at) : SLICE;
			take_text(csv, (struct str){ in->begin + (at - in->begin_at), len }, at);
			at += len;
			if (!input_progress(in, at))
				return;
		}
	} while (!in->last && input_more(in, at));
	if (csv->state == IN_QUOTED)
		sink_note(csv->sink, NOTE_WARNING, note_quote, csv->row_line, csv->row_at, buf_str(&csv->row));
	else if ((csv->fields || csv->row.len) && input_problem(in)->code == ERROR_NONE) {
		csv->table.cut = csv->fields + 1 < csv->table.columns.len;
		end_row(csv);
	}
	csv->table.cut |= csv->state == IN_QUOTED || input_problem(in)->code != ERROR_NONE;
}

void
nested_csv_read(struct input *in, struct sink *sink)
{
	struct csv csv = { .sink = sink, .profiles.sink = sink, .line = 1, .label = SIZE_MAX };

	while (!in->last && (size_t)(in->end - in->begin) < NAMES_MAX && input_more(in, in->begin_at))
		;
	csv.separator = find_separator((struct str){ in->begin, (size_t)(in->end - in->begin) });
	csv.separator = csv.separator ? csv.separator : ',';
	csv.table.strings = strtab_new();
	csv.table.formatted = true;
	read_rows(&csv, in);
	nested_table_push(&csv.table, &csv.profiles, STR(""), 0);
	nested_table_fini(&csv.table);
	buf_fini(&csv.row);
}

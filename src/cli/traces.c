/* SPDX-License-Identifier: MIT
 * spanfire traces: a row per trace, in an order that can be chosen. */
#include "config.h"

#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>

#include "analysis/label.h"
#include "analysis/trace_list.h"
#include "analysis/trace_ref.h"
#include "cli/message.h"
#include "cli/open.h"
#include "cli/output.h"
#include "cli/select.h"
#include "cli/table.h"
#include "load/attr.h"
#include "util/alloc.h"
#include "util/clock.h"
#include "util/emit.h"
#include "util/text.h"
#include "util/unit.h"

enum { ID_SHOWN = 8, START_COLS = 25, COLS_FOR_START = 100, DURATION_COLS = 10, COUNT_COLS = 9, NAME_COLS_MIN = 10 };

/* Times before are those of a clock that began with the machine or the trace. */
#define EPOCH_KNOWN_NS INT64_C(100000000000000000)

struct table {
	const struct dataset *ds;
	struct trace_row     *row;           /* in their order */
	uint32_t              count, rows;   /* of them, and to print */
	enum clock_mode       clock;         /* how starts are written */
	int64_t               first_ns;      /* the earliest start of all */
};

static struct str
root_name(const struct dataset *ds, const struct trace_row *row)
{
	return frame_name(ds, ds->spans.frame[row->root]);
}

static void
print_json(const void *data, struct output *out)
{
	const struct table *table = data;
	struct emit json = { .out = &out->text };
	struct buf id = { 0 };

	emit_open(&json, '{');
	emit_key(&json, "traces");
	emit_open(&json, '[');
	for (uint32_t i = 0; i < table->rows && !out->failed; i++) {
		const struct trace_row *row = &table->row[i];
		buf_clear(&id);
		trace_id_add(&table->ds->tracks[row->track], &id);
		emit_open_line(&json, '{');
		emit_key(&json, "trace");
		emit_text(&json, buf_str(&id));
		emit_key(&json, "start_ns");
		emit_integer(&json, row->start_ns);
		emit_key(&json, "duration_ns");
		emit_integer(&json, row->duration_ns);
		emit_key(&json, "root_service");
		emit_text(&json, span_service(table->ds, row->root));
		emit_key(&json, "root_name");
		emit_text(&json, root_name(table->ds, row));
		emit_key(&json, "spans");
		emit_count(&json, row->spans);
		emit_key(&json, "services");
		emit_count(&json, row->services);
		emit_key(&json, "depth");
		emit_count(&json, row->depth);
		emit_key(&json, "errors");
		emit_count(&json, row->errors);
		emit_close(&json);
		output_flush(out);
	}
	emit_close(&json);
	emit_close(&json);
	buf_fini(&id);
}

static void
print_csv(const void *data, struct output *out)
{
	const struct table *table = data;
	buf_add(&out->text, STR("trace,start_ns,duration_ns,root_service,root_name,spans,services,depth,errors\r\n"));
	for (uint32_t i = 0; i < table->rows && !out->failed; i++) {
		const struct trace_row *row = &table->row[i];
		trace_id_add(&table->ds->tracks[row->track], &out->text);
		buf_addf(&out->text, ",%" PRId64 ",%" PRId64 ",", row->start_ns, row->duration_ns);
		csv_field(span_service(table->ds, row->root), &out->text);
		buf_addc(&out->text, ',');
		csv_field(root_name(table->ds, row), &out->text);
		buf_addf(&out->text, ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 "\r\n", row->spans, row->services, row->depth, row->errors);
		output_flush(out);
	}
}

/* By the clock; since the first one's where times do not count from 1970. */
static void
add_start(const struct table *table, const struct trace_row *row, bool ascii, struct buf *out)
{
	if (row->start_ns < EPOCH_KNOWN_NS) {
		clock_moment(row->start_ns, table->first_ns, CLOCK_RELATIVE, ascii, out);
		return;
	}
	clock_date(row->start_ns, table->clock, out);
	buf_addc(out, ' ');
	clock_time(row->start_ns, table->clock, CLOCK_MILLIS, out);
}

static void
print_row(const struct table *table, const struct trace_row *row, int name_cols, bool with_start, bool ascii, struct buf *out)
{
	const uint32_t counts[] = { row->spans, row->services, row->depth, row->errors };
	struct buf cell = { 0 }, name = { 0 };

	const struct track *track = &table->ds->tracks[row->track];

	if (track->kind == TRACK_TRACE)
		trace_id_brief(track, ID_SHOWN, &cell);
	while (cell.len < ID_SHOWN)
		buf_addc(&cell, ' ');
	buf_add(out, buf_str(&cell));
	buf_clear(&cell);
	if (with_start) {
		add_start(table, row, ascii, &cell);
		cell_right(&cell, START_COLS, out);
	}
	unit_duration(row->duration_ns, ascii, &cell);
	cell_right(&cell, DURATION_COLS, out);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		unit_count(counts[i], &cell);
		cell_right(&cell, COUNT_COLS, out);
	}
	buf_add(out, STR("  "));
	if (track->kind != TRACK_TRACE && track->name != STR_EMPTY) {
		buf_add(&cell, dataset_str(table->ds, track->name));
		buf_add(&cell, STR(": "));
	}
	label_show(table->ds, table->ds->spans.frame[row->root], &cell);
	text_sanitise(buf_str(&cell), &name);
	if (name_cols > 0)
		text_fit(buf_str(&name), name_cols, false, ascii, out);
	else
		buf_add(out, buf_str(&name));
	buf_addc(out, '\n');
	buf_fini(&cell);
	buf_fini(&name);
}

/* "start +02:00": where that is. */
static void
add_start_title(const struct table *table, struct buf *out)
{
	struct buf cell = { 0 };

	buf_add(&cell, STR("start"));
	if (table->first_ns >= EPOCH_KNOWN_NS) {
		buf_addc(&cell, ' ');
		clock_offset(table->first_ns, table->clock, &cell);
	}
	cell_right(&cell, START_COLS, out);
	buf_fini(&cell);
}

static void
print_text(const void *data, int cols, bool ascii, struct output *out)
{
	const struct table *table = data;
	bool with_start = cols <= 0 || cols >= COLS_FOR_START;
	int before_name = ID_SHOWN + (with_start ? START_COLS : 0) + DURATION_COLS + 4 * COUNT_COLS + 2;
	int name_cols = cols <= 0 ? 0 : cols - before_name < NAME_COLS_MIN ? NAME_COLS_MIN : cols - before_name;

	table_heading(table->count, table->rows, "trace", "traces", &out->text);
	buf_addf(&out->text, "%-*s", ID_SHOWN, "trace");
	if (with_start)
		add_start_title(table, &out->text);
	buf_addf(&out->text, "%*s%*s%*s%*s%*s  %s\n", DURATION_COLS, "duration", COUNT_COLS, "spans", COUNT_COLS,
	         "services", COUNT_COLS, "depth", COUNT_COLS, "errors", "root");
	for (uint32_t i = 0; i < table->rows && !out->failed; i++) {
		print_row(table, &table->row[i], name_cols, with_start, ascii, &out->text);
		output_flush(out);
	}
}

static const struct table_writers writers = { .json = print_json, .csv = print_csv, .text = print_text };

/* The column of --sort and its direction: the earliest and the first name come first, else the greatest number. */
static bool
find_order(const struct request *request, enum trace_sort *by, bool *descending, struct error *err)
{
	const char *direction = NULL;

	*by = TRACES_BY_START;
	*descending = false;
	for (size_t i = 0; i < request->wishes.len; i++) {
		const struct setting *wish = &request->wishes.at[i];
		if (strcmp(wish->name, "sort-order") == 0)
			direction = wish->value;
		else if (strcmp(wish->name, "sort") == 0 && !trace_sort_find(str_of(wish->value), by))
			return error_set(err, ERROR_USAGE, "--sort: traces have no '%s'; there are start, name, duration, spans, services, depth, errors",
			                 wish->value);
	}
	*descending = direction ? strcmp(direction, "down") == 0 : *by != TRACES_BY_START && *by != TRACES_BY_NAME;
	return true;
}

/* The rows that are asked for; false with err. */
static bool
find_rows(const struct request *request, struct build_cache *cache, struct table *table, struct error *err)
{
	const struct trace_list *list = build_cache_traces(cache);
	struct strtab *patterns = strtab_new();
	struct tree_spec spec = { .track = TRACK_ALL };
	struct select_spec select;
	const struct selected *selected;
	enum trace_sort by = TRACES_BY_START;
	bool descending = false;
	bool fine = find_order(request, &by, &descending, err) && (!request->trace || select_spec(table->ds, request, false, &spec, err)) &&
	            select_traces(table->ds, request, patterns, &select, err);

	if (fine) {
		uint32_t *order = trace_list_order(list, table->ds, by, descending, NULL);
		selected_get(cache, &select, patterns, NULL, &selected);
		table->row = xreallocarray(NULL, list->count, sizeof *table->row);
		for (uint32_t i = 0; i < list->count; i++) {
			track_id track = list->rows[order[i]].track;
			if (selected_has_track(selected, track) && (spec.track == TRACK_ALL || track == spec.track))
				table->row[table->count++] = list->rows[order[i]];
		}
		free(order);
		select_say_empty(cache, &select, patterns);
		table->first_ns = list->count ? list->rows[0].start_ns : 0;
		table->rows = table_shown(request, table->count);
	}
	strtab_free(patterns);
	return fine;
}

static int
run_traces(const struct request *request)
{
	struct error err = { 0 };
	int status;
	struct dataset *ds = open_dataset(request, true, &status);
	struct table table = { .ds = ds, .clock = request->utc ? CLOCK_UTC : CLOCK_LOCAL };

	if (!ds)
		return status;
	struct build_cache *cache = build_cache_new(ds, &attr_reader);
	if (find_rows(request, cache, &table, &err))
		status = table_print(request, &writers, &table);
	else
		status = message_error(&err);
	free(table.row);
	build_cache_free(cache);
	return close_dataset(ds, status);
}

const struct command command_traces = {
	.id = COMMAND_TRACES,
	.name = "traces",
	.arguments = "traces [--json|--csv] [-n N] [-q QUERY] [--sort COLUMN] FILE...",
	.summary = "the list of traces",
	.description =
		"Prints a row for each trace, or thread with spans, in the order of their starts or of a column.\n"
		"The root is the earliest span that names no parent.\n"
		"Without -n the first 20 are printed, and with --json or --csv all.\n",
	.takes_files = true,
	.run = run_traces,
};

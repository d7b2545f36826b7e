/* SPDX-License-Identifier: MIT
 * spanfire traces: a row per trace, in an order that can be chosen. */
#include "config.h"

#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>

#include "analysis/label.h"
#include "analysis/trace_list.h"
#include "analysis/trace_ref.h"
#include "analysis/usage.h"
#include "cli/message.h"
#include "cli/open.h"
#include "cli/output.h"
#include "cli/select.h"
#include "cli/table.h"
#include "load/attr.h"
#include "util/alloc.h"
#include "util/bits.h"
#include "util/choices.h"
#include "util/clock.h"
#include "util/emit.h"
#include "util/text.h"
#include "util/unit.h"

enum { ID_SHOWN = 8, START_COLS = 25, COLS_FOR_START = 100, DURATION_COLS = 10, COUNT_COLS = 9, NAME_COLS_MIN = 10 };

struct table {
	const struct dataset *ds;
	struct trace_list    *list;          /* with tokens and cost where spans tell them */
	uint32_t             *row;           /* of the list, in their order */
	uint32_t              count, rows;   /* of them, and to print */
	bool                  threads;       /* some of the list are no traces, */
	bool                  traces;        /* and some are */
	enum clock_mode       clock;         /* how starts are written */
	int64_t               first_ns;      /* the earliest start of all */
};

static bool
is_trace(const struct table *table, const struct trace_row *row)
{
	return table->ds->tracks[row->track].kind == TRACK_TRACE;
}

static struct str
root_name(const struct dataset *ds, const struct trace_row *row)
{
	return row->root != ID_NONE ? frame_name(ds, ds->spans.frame[row->root]) : STR("");
}

static struct str
root_service(const struct dataset *ds, const struct trace_row *row)
{
	return row->root != ID_NONE ? span_service(ds, row->root) : dataset_str(ds, ds->tracks[row->track].process);
}

static void
print_json_row(const struct table *table, uint32_t index, struct emit *json, struct buf *scratch)
{
	const struct trace_row *row = &table->list->rows[index];
	const struct track *track = &table->ds->tracks[row->track];

	emit_open_line(json, '{');
	emit_key(json, "trace");
	buf_clear(scratch);
	trace_id_add(track, scratch);
	if (is_trace(table, row))
		emit_text(json, buf_str(scratch));
	else
		emit_raw(json, STR("null"));
	emit_key(json, "start_ns");
	emit_integer(json, row->start_ns);
	emit_key(json, "duration_ns");
	emit_integer(json, row->duration_ns);
	emit_key(json, "root_service");
	emit_text(json, root_service(table->ds, row));
	emit_key(json, "root_name");
	emit_text(json, root_name(table->ds, row));
	emit_key(json, "spans");
	emit_count(json, row->spans);
	emit_key(json, "services");
	emit_count(json, row->services);
	emit_key(json, "depth");
	emit_count(json, row->depth);
	emit_key(json, "errors");
	emit_count(json, row->errors);
	if (table->list->tokens) {
		emit_key(json, "tokens");
		emit_number(json, table->list->tokens[index]);
	}
	if (table->list->cost) {
		emit_key(json, "cost");
		emit_number(json, table->list->cost[index]);
	}
	if (!is_trace(table, row)) {
		emit_key(json, "thread");
		emit_text(json, dataset_str(table->ds, track->name));
		emit_key(json, "samples");
		emit_count(json, row->samples);
	}
	emit_close(json);
}

static void
print_json(const void *data, struct output *out)
{
	const struct table *table = data;
	struct emit json = { .out = &out->text };
	struct buf scratch = { 0 };

	emit_open(&json, '{');
	emit_key(&json, "traces");
	emit_open(&json, '[');
	for (uint32_t i = 0; i < table->rows && !out->failed; i++) {
		print_json_row(table, table->row[i], &json, &scratch);
		output_flush(out);
	}
	emit_close(&json);
	emit_close(&json);
	buf_fini(&scratch);
}

static void
print_csv_row(const struct table *table, uint32_t index, struct buf *out)
{
	const struct trace_row *row = &table->list->rows[index];
	const struct track *track = &table->ds->tracks[row->track];

	if (is_trace(table, row))
		trace_id_add(track, out);
	buf_addf(out, ",%" PRId64 ",%" PRId64 ",", row->start_ns, row->duration_ns);
	csv_field(root_service(table->ds, row), out);
	buf_addc(out, ',');
	csv_field(root_name(table->ds, row), out);
	buf_addf(out, ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32, row->spans, row->services, row->depth, row->errors);
	if (table->list->tokens) {
		buf_addc(out, ',');
		number_format(table->list->tokens[index], out);
	}
	if (table->list->cost) {
		buf_addc(out, ',');
		number_format(table->list->cost[index], out);
	}
	if (table->threads) {
		buf_addc(out, ',');
		csv_field(is_trace(table, row) ? STR("") : dataset_str(table->ds, track->name), out);
		buf_addf(out, ",%" PRIu32, row->samples);
	}
	buf_add(out, STR("\r\n"));
}

static void
print_csv(const void *data, struct output *out)
{
	const struct table *table = data;

	buf_addf(&out->text, "trace,start_ns,duration_ns,root_service,root_name,spans,services,depth,errors%s%s%s\r\n",
	         table->list->tokens ? ",tokens" : "", table->list->cost ? ",cost" : "", table->threads ? ",thread,samples" : "");
	for (uint32_t i = 0; i < table->rows && !out->failed; i++) {
		print_csv_row(table, table->row[i], &out->text);
		output_flush(out);
	}
}

/* By the clock; since the first one's where times do not count from 1970. */
static void
add_start(const struct table *table, const struct trace_row *row, bool ascii, struct buf *out)
{
	if (!clock_is_date(row->start_ns)) {
		clock_moment(row->start_ns, table->first_ns, CLOCK_RELATIVE, ascii, out);
		return;
	}
	clock_date(row->start_ns, table->clock, out);
	buf_addc(out, ' ');
	clock_time(row->start_ns, table->clock, CLOCK_MILLIS, out);
}

/* The beginning of its id; of a thread the number that --track takes. */
static void
add_id(const struct table *table, const struct trace_row *row, struct buf *out)
{
	struct buf cell = { 0 };

	if (is_trace(table, row))
		trace_id_brief(&table->ds->tracks[row->track], ID_SHOWN, &cell);
	else
		buf_addf(&cell, "%" PRIu32, row->track + 1);
	while (cell.len < ID_SHOWN)
		buf_addc(&cell, ' ');
	buf_add(out, buf_str(&cell));
	buf_fini(&cell);
}

/* The root; before it, of a thread, its own name. */
static void
add_name(const struct table *table, const struct trace_row *row, int cols, bool ascii, struct buf *out)
{
	const struct dataset *ds = table->ds;
	const struct track *track = &ds->tracks[row->track];
	struct buf text = { 0 }, name = { 0 };

	if (!is_trace(table, row))
		buf_add(&text, dataset_str(ds, track->name));
	if (!is_trace(table, row) && text.len && (row->root != ID_NONE || track->process != STR_EMPTY))
		buf_add(&text, STR(": "));
	if (row->root != ID_NONE)
		label_show(ds, ds->spans.frame[row->root], &text);
	else
		buf_add(&text, dataset_str(ds, track->process));
	text_sanitise(buf_str(&text), &name);
	if (cols > 0)
		text_fit(buf_str(&name), cols, false, ascii, out);
	else
		buf_add(out, buf_str(&name));
	buf_fini(&text);
	buf_fini(&name);
}

static void
add_usage(const struct table *table, uint32_t index, bool ascii, struct buf *out)
{
	struct buf cell = { 0 };

	if (table->list->tokens) {
		unit_format(table->list->tokens[index], STR(""), ascii, &cell);
		cell_right(&cell, COUNT_COLS, out);
	}
	if (table->list->cost) {
		buf_addf(&cell, "%.4g", table->list->cost[index]);
		cell_right(&cell, COUNT_COLS, out);
	}
	buf_fini(&cell);
}

static void
print_row(const struct table *table, uint32_t index, int name_cols, bool with_start, bool ascii, struct buf *out)
{
	const struct trace_row *row = &table->list->rows[index];
	const uint32_t counts[] = { row->spans + row->samples, row->services, row->depth, row->errors };
	bool timed = row->spans || row->duration_ns > 0;    /* samples may not say when they were taken */
	struct buf cell = { 0 };

	add_id(table, row, out);
	if (with_start) {
		if (timed)
			add_start(table, row, ascii, &cell);
		cell_right(&cell, START_COLS, out);
	}
	if (timed)
		unit_duration(row->duration_ns, ascii, &cell);
	cell_right(&cell, DURATION_COLS, out);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		unit_count(counts[i], &cell);
		cell_right(&cell, COUNT_COLS, out);
	}
	add_usage(table, index, ascii, out);
	buf_add(out, STR("  "));
	add_name(table, row, name_cols, ascii, out);
	buf_addc(out, '\n');
	buf_fini(&cell);
}

/* "start +02:00": where that is. */
static void
add_start_title(const struct table *table, struct buf *out)
{
	struct buf cell = { 0 };

	buf_add(&cell, STR("start"));
	if (clock_is_date(table->first_ns)) {
		buf_addc(&cell, ' ');
		clock_offset(table->first_ns, table->clock, &cell);
	}
	cell_right(&cell, START_COLS, out);
	buf_fini(&cell);
}

/* What is counted: spans, samples, or either. */
static const char *
count_title(const struct dataset *ds)
{
	return !dataset_has_samples(ds) ? "spans" : dataset_has_spans(ds) ? "records" : "samples";
}

static void
print_text(const void *data, int cols, bool ascii, struct output *out)
{
	const struct table *table = data;
	bool with_start = cols <= 0 || cols >= COLS_FOR_START, only_threads = table->threads && !table->traces;
	int counts = 4 + (table->list->tokens != NULL) + (table->list->cost != NULL);
	int before_name = ID_SHOWN + (with_start ? START_COLS : 0) + DURATION_COLS + counts * COUNT_COLS + 2;
	int name_cols = cols <= 0 ? 0 : cols - before_name < NAME_COLS_MIN ? NAME_COLS_MIN : cols - before_name;

	table_heading(table->count, table->rows, only_threads ? "track" : "trace", only_threads ? "tracks" : "traces", &out->text);
	buf_addf(&out->text, "%-*s", ID_SHOWN, only_threads ? "track" : "trace");
	if (with_start)
		add_start_title(table, &out->text);
	buf_addf(&out->text, "%*s%*s%*s%*s%*s", DURATION_COLS, "duration", COUNT_COLS, count_title(table->ds), COUNT_COLS, "services",
	         COUNT_COLS, "depth", COUNT_COLS, "errors");
	if (table->list->tokens)
		buf_addf(&out->text, "%*s", COUNT_COLS, "tokens");
	if (table->list->cost)
		buf_addf(&out->text, "%*s", COUNT_COLS, "cost");
	buf_addf(&out->text, "  %s\n", only_threads ? "name" : "root");
	for (uint32_t i = 0; i < table->rows && !out->failed; i++) {
		print_row(table, table->row[i], name_cols, with_start, ascii, &out->text);
		output_flush(out);
	}
}

static const struct table_writers writers = { .json = print_json, .csv = print_csv, .text = print_text };

/* The column of --sort and its direction. */
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
		if (strcmp(wish->name, "sort") != 0)
			continue;
		int column = choice_index(choices_list_sort, str_of(wish->value));
		if (column < 0)
			return error_set(err, ERROR_USAGE, "--sort: traces have no '%s'; there are start, name, duration, spans, services, depth, errors, "
			                 "tokens, cost, trace", wish->value);
		*by = (enum trace_sort)column;
	}
	*descending = direction ? strcmp(direction, "down") == 0 : !trace_sort_grows(*by);
	return true;
}

/* Tokens and cost of each row, where spans tell them. */
static void
add_sums(struct trace_list *list, struct build_cache *cache)
{
	const struct { enum metric_kind kind; double **sums; } wanted[] = { { METRIC_TOKENS, &list->tokens }, { METRIC_COST, &list->cost } };
	const struct dataset *ds = build_cache_dataset(cache);

	for (size_t i = 0; i < sizeof wanted / sizeof *wanted && dataset_has_spans(ds); i++)
		if (usage_is_there(attrs_keys(build_cache_attrs(cache), NULL), wanted[i].kind))
			*wanted[i].sums = trace_list_sums(list, ds, build_cache_weights(cache, (struct metric){ .kind = wanted[i].kind }, NULL));
}

/* Queries ask spans: what has none satisfies none. */
static bool
is_selected(const struct trace_row *row, const struct select_spec *select, const struct selected *selected)
{
	return selected_has_track(selected, row->track) && (row->spans || !select->query_count);
}

/* The rows that are asked for; false with err. */
static bool
find_rows(const struct request *request, struct build_cache *cache, struct table *table, struct error *err)
{
	struct strtab *patterns = strtab_new();
	struct kept kept = { .track = TRACK_ALL };
	struct select_spec select;
	const struct selected *selected;
	enum trace_sort by = TRACES_BY_START;
	bool descending = false;
	bool fine = find_order(request, &by, &descending, err) && select_kept(cache, request, patterns, &kept, err) &&
	            select_traces(table->ds, request, patterns, &select, err);

	if (fine) {
		struct trace_list *list = table->list = trace_list_build_all(table->ds, build_cache_forest(cache));
		add_sums(list, cache);
		uint32_t *order = trace_list_order(list, table->ds, by, descending, NULL);
		selected_get(cache, &select, patterns, NULL, &selected);
		uint64_t *left = kept_tracks(&kept, table->ds);
		table->row = xreallocarray(NULL, list->count, sizeof *table->row);
		for (uint32_t i = 0; i < list->count; i++) {
			const struct trace_row *row = &list->rows[order[i]];
			*(is_trace(table, row) ? &table->traces : &table->threads) = true;
			if (is_selected(row, &select, selected) && bits_has(left, row->track))
				table->row[table->count++] = order[i];
		}
		free(left);
		free(order);
		select_say_empty(cache, &select, patterns);
		table->first_ns = list->count ? list->rows[0].start_ns : 0;
		table->rows = table_shown(request, table->count);
	}
	kept_fini(&kept);
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
	trace_list_free(table.list);
	build_cache_free(cache);
	return close_dataset(ds, status);
}

const struct command command_traces = {
	.id = COMMAND_TRACES,
	.name = "traces",
	.arguments = "traces [--json|--csv] [-n N] [-q QUERY] [--sort COLUMN] FILE...",
	.summary = "the list of traces",
	.description =
		"Prints a row for each trace, thread or profile, in the order of their starts or of a column.\n"
		"The root is the earliest span that names no parent.\n"
		"With --only, --ignore and the other filters, --focus or --sandwich a trace has its row, the same one, when anything of it is left.\n"
		"Without -n the first 20 are printed, and with --json or --csv all.\n",
	.takes_files = true,
	.run = run_traces,
};

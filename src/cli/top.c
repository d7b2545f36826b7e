/* SPDX-License-Identifier: MIT
 * spanfire top: the table of functions by self and total. */
#include "config.h"

#include "cli/commands.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/label.h"
#include "analysis/match.h"
#include "analysis/top.h"
#include "cli/message.h"
#include "cli/open.h"
#include "cli/output.h"
#include "cli/select.h"
#include "cli/table.h"
#include "util/emit.h"
#include "util/text.h"
#include "util/unit.h"

enum { VALUE_COLS = 9, SHARE_COLS = 7, COUNT_COLS = 11, NAME_COLS_MIN = 10 };

struct table {
	const struct dataset *ds;
	struct top           *top;
	struct metric_info    metric;
	double                all;     /* the total before filters */
	uint32_t              rows;    /* to print */
};

/* Keeps the rows whose frame matches. */
static void
filter_rows(struct top *top, const struct match *match)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < top->count; i++)
		if (match_has_frame(match, top->rows[i].frame))
			top->rows[kept++] = top->rows[i];
	top->count = kept;
}

static struct str
row_file(const struct dataset *ds, frame_id frame)
{
	return frame_file(ds, frame);
}

static void
print_json(const void *data, struct output *out)
{
	const struct table *table = data;
	struct emit json = { .out = &out->text };

	emit_open(&json, '{');
	emit_key(&json, "metric");
	emit_text(&json, table->metric.name);
	emit_key(&json, "unit");
	emit_text(&json, table->metric.unit);
	emit_key(&json, "total");
	emit_number(&json, table->top->total);
	emit_key(&json, "rows");
	emit_open(&json, '[');
	for (uint32_t i = 0; i < table->rows && !out->failed; i++) {
		const struct top_row *row = &table->top->rows[i];
		emit_open_line(&json, '{');
		emit_key(&json, "name");
		emit_text(&json, frame_name(table->ds, row->frame));
		emit_key(&json, "service");
		emit_text(&json, frame_module(table->ds, row->frame));
		emit_key(&json, "file");
		emit_text(&json, row_file(table->ds, row->frame));
		emit_key(&json, "self");
		emit_number(&json, row->self);
		emit_key(&json, "total");
		emit_number(&json, row->total);
		emit_key(&json, "count");
		emit_count(&json, row->count);
		emit_close(&json);
		output_flush(out);
	}
	emit_close(&json);
	emit_close(&json);
}

static void
print_csv(const void *data, struct output *out)
{
	const struct table *table = data;
	buf_add(&out->text, STR("name,service,file,self,total,count\r\n"));
	for (uint32_t i = 0; i < table->rows && !out->failed; i++) {
		const struct top_row *row = &table->top->rows[i];
		csv_field(frame_name(table->ds, row->frame), &out->text);
		buf_addc(&out->text, ',');
		csv_field(frame_module(table->ds, row->frame), &out->text);
		buf_addc(&out->text, ',');
		csv_field(row_file(table->ds, row->frame), &out->text);
		buf_addc(&out->text, ',');
		number_format(row->self, &out->text);
		buf_addc(&out->text, ',');
		number_format(row->total, &out->text);
		buf_addc(&out->text, ',');
		number_format((double)row->count, &out->text);
		buf_add(&out->text, STR("\r\n"));
		output_flush(out);
	}
}

static void
print_row(const struct table *table, const struct top_row *row, int name_cols, bool ascii, struct buf *out)
{
	struct buf cell = { 0 }, name = { 0 };

	unit_format(row->self, table->metric.unit, ascii, &cell);
	cell_right(&cell, VALUE_COLS, out);
	unit_percent(row->self, table->top->total, &cell);
	cell_right(&cell, SHARE_COLS, out);
	unit_format(row->total, table->metric.unit, ascii, &cell);
	cell_right(&cell, VALUE_COLS + 2, out);
	unit_percent(row->total, table->top->total, &cell);
	cell_right(&cell, SHARE_COLS, out);
	unit_count(row->count, &cell);
	cell_right(&cell, COUNT_COLS, out);
	buf_add(out, STR("  "));
	label_show(table->ds, row->frame, &cell);
	text_sanitise(buf_str(&cell), &name);
	if (name_cols > 0)
		text_fit(buf_str(&name), name_cols, false, ascii, out);
	else
		buf_add(out, buf_str(&name));
	buf_addc(out, '\n');
	buf_fini(&cell);
	buf_fini(&name);
}

/* The unit stands in the heading when a value does not name it: "1,315" of "samples". */
static void
print_text(const void *data, int cols, bool ascii, struct output *out)
{
	struct table shown = *(const struct table *)data, *table = &shown;
	int before_name = VALUE_COLS * 2 + 2 + SHARE_COLS * 2 + COUNT_COLS + 2;
	int name_cols = cols > 0 ? cols - before_name : 0;
	double unused;

	if (cols > 0 && name_cols < NAME_COLS_MIN)
		name_cols = NAME_COLS_MIN;
	select_value(&table->metric, table->top->total, ascii, &out->text);
	/* Shares are of that. */
	if (fabs(table->top->total - table->all) > table->all * 1e-9) {
		buf_add(&out->text, STR(" ("));
		unit_percent(table->top->total, table->all, &out->text);
		buf_add(&out->text, STR(" of all)"));
	}
	buf_add(&out->text, STR(", "));
	table_heading(table->top->count, table->rows, "row", "rows", &out->text);
	buf_addf(&out->text, "%*s%*s%*s%*s%*s  %s\n", VALUE_COLS, "self", SHARE_COLS, "%", VALUE_COLS + 2, "total", SHARE_COLS, "%",
	         COUNT_COLS, "count", "name");
	if (!unit_is_time(table->metric.unit, &unused) && !unit_is_bytes(table->metric.unit))
		table->metric.unit = STR("");
	for (uint32_t i = 0; i < table->rows && !out->failed; i++) {
		print_row(table, &table->top->rows[i], name_cols, ascii, &out->text);
		output_flush(out);
	}
}

static const struct table_writers writers = { .json = print_json, .csv = print_csv, .text = print_text };

static int
run_top(const struct request *request)
{
	struct error err = { 0 };
	struct selection selection;
	struct table table = { 0 };
	struct search *search = select_search(request);
	int status;

	struct dataset *ds = open_dataset(request, true, &status);
	if (ds && !select_open(&selection, ds, request, false, SANDWICH_HALF, &err)) {
		status = message_error(&err);
	} else if (ds) {
		table.ds = selection.ds;
		table.top = top_build(selection.tree, table.ds, selection.within);
		for (uint32_t i = 0; selection.own && i < table.top->count; i++) {
			table.top->rows[i].self = selection.own[table.top->rows[i].frame].self;
			table.top->rows[i].count = selection.own[table.top->rows[i].frame].count;
		}
		if (selection.own)
			top_sort(table.top, table.ds, TOP_SELF, false);
		table.metric = selection.metric;
		table.all = selection.all;
		if (search) {
			struct match *match = match_build(selection.tree, table.ds, search);
			filter_rows(table.top, match);
			match_free(match);
		}
		table.rows = table_shown(request, table.top->count);
		status = table_print(request, &writers, &table);
		top_free(table.top);
		select_close(&selection);
	}
	search_free(search);
	return close_dataset(ds, status);
}

const struct command command_top = {
	.id = COMMAND_TOP,
	.name = "top",
	.arguments = "top [--json|--csv] [-n N] FILE...",
	.summary = "the table of functions or operations by self and total",
	.description =
		"Prints a row for each function or operation, those with the greatest self value first.\n"
		"Total counts recursion once: only the outermost box of a path adds to it.\n"
		"Without --track and --trace all tracks are taken together.\n"
		"With --sandwich it is the table of these functions and what they call, or with --invert of what calls them.\n",
	.takes_files = true,
	.run = run_top,
};

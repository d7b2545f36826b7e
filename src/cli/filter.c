/* SPDX-License-Identifier: MIT
 * spanfire filter: the traces that match, as a file of their own. */
#include "config.h"

#include "cli/commands.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "analysis/forest.h"
#include "cli/message.h"
#include "cli/open.h"
#include "cli/otlp_lines.h"
#include "cli/output.h"
#include "cli/select.h"
#include "export/export.h"
#include "load/attr.h"
#include "util/alloc.h"
#include "util/bits.h"
#include "util/unit.h"

enum { FLUSH_BYTES = 1 << 20 };

/* What is written, and where it goes. */
struct filter {
	const struct dataset  *ds;
	const struct forest   *forest;
	const struct selected *selected;    /* NULL: everything */
	uint64_t              *left;        /* a bit for each track of which something is left */
	struct otlp_report     report;
	uint32_t               traces;      /* written */
	span_id               *spans;       /* room for those of one track */
	struct output         *output;      /* NULL: `file` */
	FILE                  *file;
};

static int
compare_spans(const void *left, const void *right)
{
	span_id a = *(const span_id *)left, b = *(const span_id *)right;

	return a < b ? -1 : a > b;
}

/* The spans of a track that are kept, in the order of the input. */
static uint32_t
spans_of(struct filter *filter, track_id track)
{
	const struct forest *forest = filter->forest;
	uint32_t count = 0;

	if (!selected_has_track(filter->selected, track) || !bits_has(filter->left, track))
		return 0;
	for (uint32_t i = forest->track_start[track]; i < forest->track_start[track + 1]; i++)
		if (selected_has_span(filter->selected, filter->ds, forest->order[i]))
			filter->spans[count++] = forest->order[i];
	if (count > 1)
		qsort(filter->spans, count, sizeof *filter->spans, compare_spans);
	return count;
}

static bool
flush(struct filter *filter, struct buf *text, size_t at_least)
{
	if (text->len < at_least)
		return true;
	if (filter->output) {
		buf_add(&filter->output->text, buf_str(text));
		output_flush(filter->output);
	} else if (fwrite(text->at, 1, text->len, filter->file) != text->len) {
		return false;
	}
	buf_clear(text);
	return !filter->output || !filter->output->failed;
}

static bool
write_all(struct filter *filter)
{
	struct buf text = { 0 };
	bool fine = true;

	filter->spans = xreallocarray(NULL, filter->ds->spans.count, sizeof *filter->spans);
	for (track_id track = 0; track < filter->ds->track_count && fine; track++) {
		uint32_t count = spans_of(filter, track);
		otlp_add_track(filter->ds, filter->spans, count, &text, &filter->report);
		filter->traces += count > 0;
		fine = flush(filter, &text, FLUSH_BYTES);
	}
	/* A file without traces is one that can be opened, too. */
	if (!filter->traces)
		buf_add(&text, STR("{\"resourceSpans\":[]}\n"));
	fine = fine && flush(filter, &text, 1);
	free(filter->spans);
	buf_fini(&text);
	return fine;
}

static bool
write_to_file(void *context, FILE *file, struct error *err)
{
	struct filter *filter = context;

	filter->file = file;
	return (write_all(filter) && fflush(file) == 0) || error_set(err, ERROR_SYSTEM, "cannot write: %s", strerror(errno ? errno : EIO));
}

static int
write_result(const struct request *request, struct filter *filter)
{
	struct error err = { 0 };
	struct output output;

	if (request->output)
		return export_replace(request->output, request->force, write_to_file, filter, &err) ? ERROR_NONE : message_error(&err);
	output_begin(&output, OUTPUT_DATA);
	filter->output = &output;
	write_all(filter);
	return output_end(&output);
}

static void
add_counted(uint64_t count, const char *unit, struct buf *out)
{
	unit_format((double)count, str_of(unit), true, out);
}

/* What was kept, and what could not be. */
static void
tell(const struct request *request, const struct filter *filter)
{
	struct buf text = { 0 };

	add_counted(filter->traces, "traces", &text);
	buf_add(&text, STR(", "));
	add_counted(filter->report.spans, "spans", &text);
	if (request->output)
		message("%s written to %s", text.at, request->output);
	if (filter->report.without)
		message("%" PRIu64 " of the spans are written without attributes: their records cannot be read again", filter->report.without);
	if (filter->report.moved)
		message("%" PRIu64 " of the traces are written a nanosecond later: a time of 0 would mean that there is none", filter->report.moved);
	if (filter->report.headless)
		message("%" PRIu64 " resources and scopes of log records are left out: they are not valid", filter->report.headless);
	if (filter->report.left_out)
		message("%" PRIu64 " field%s of protobuf records left out: OTLP does not have such", filter->report.left_out, filter->report.left_out == 1 ? "" : "s");
	if (dataset_has_samples(filter->ds))
		message("samples are left out: only spans are written");
	buf_fini(&text);
}

static int
filter_dataset(const struct request *request, const struct dataset *ds)
{
	struct build_cache *cache = build_cache_new(ds, &attr_reader);
	struct strtab *patterns = strtab_new();
	struct filter filter = { .ds = ds };
	struct kept kept = { .track = TRACK_ALL };
	struct select_spec select;
	struct error err = { 0 };
	int status;

	if (!dataset_has_spans(ds)) {
		error_set(&err, ERROR_USAGE, "filter: there are no spans to write");
		status = message_error(&err);
	} else if (!select_traces(ds, request, patterns, &select, &err) ||
	           !select_kept(cache, request, patterns, &kept, &err)) {
		status = message_error(&err);
	} else {
		selected_get(cache, &select, patterns, NULL, &filter.selected);
		filter.forest = build_cache_forest(cache);
		filter.left = kept_tracks(&kept, ds);
		select_say_empty(cache, &select, patterns);
		status = write_result(request, &filter);
		if (status == ERROR_NONE)
			tell(request, &filter);
	}
	free(filter.left);
	kept_fini(&kept);
	strtab_free(patterns);
	build_cache_free(cache);
	return status;
}

static int
run_filter(const struct request *request)
{
	struct error err = { 0 };
	int status;

	if (request->output && !export_allowed(request->output, request->force, &err))
		return message_error(&err);
	struct dataset *ds = open_dataset(request, true, &status);
	return ds ? close_dataset(ds, filter_dataset(request, ds)) : status;
}

const struct command command_filter = {
	.id = COMMAND_FILTER,
	.name = "filter",
	.arguments = "filter -q QUERY [-o FILE] FILE...",
	.summary = "keep the traces that match, as OTLP JSON",
	.description =
		"Writes the traces that --query, --trace, --from-time and --to-time choose, whole, as lines of OTLP JSON, whatever the format of the\n"
		"input; without any of these, all of them. With --only, --ignore and the other filters, --focus or --sandwich a trace is kept when any of\n"
		"its spans is left. What only says how a graph is drawn changes nothing here.\n"
		"Attributes, events, links, resources and scopes of spans are kept; records that are OTLP already are copied, with the URLs of\n"
		"schemas and the log records of the spans, under resources and scopes of their own.\n"
		"Threads are written as traces. Samples are not written.\n",
	.takes_files = true,
	.run = run_filter,
};

/* SPDX-License-Identifier: MIT
 * spanfire export: the tree in another format. */
#include "config.h"

#include "cli/commands.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/message.h"
#include "cli/open.h"
#include "cli/output.h"
#include "cli/select.h"
#include "export/export.h"

static struct export_subject
subject_of(const struct selection *selection, const struct dataset *ds)
{
	return (struct export_subject){ selection->tree, ds, selection->within, selection->metric.name, selection->metric.unit, NULL };
}

/* Standard output through the terminal's filter: what is exported may hold anything. */
static int
write_to_terminal(const struct export_format *format, const struct selection *selection, const struct dataset *ds,
                  struct export_report *report, struct output *out)
{
	struct error err = { 0 };
	char *text = NULL;
	size_t len = 0;
	struct export_subject subject = subject_of(selection, ds);
	FILE *memory = open_memstream(&text, &len);
	bool written = memory && format->write(&subject, memory, report, &err);

	if (memory)
		fclose(memory);
	if (written)
		buf_add(&out->text, (struct str){ text, len });
	free(text);
	return written ? output_end(out) : message_error(&err);
}

static int
write_to_stdout(const struct export_format *format, const struct selection *selection, const struct dataset *ds,
                struct export_report *report)
{
	struct export_subject subject = subject_of(selection, ds);
	struct error err = { 0 };
	struct output out;

	output_begin(&out, OUTPUT_DATA);
	if (out.terminal)
		return write_to_terminal(format, selection, ds, report, &out);
	if (format->write(&subject, stdout, report, &err))
		return output_end(&out);
	if (errno == EPIPE)    /* the reader has seen enough */
		return ERROR_SYSTEM;
	return message_error(&err);
}

static int
write_result(const struct request *request, const struct export_format *format, const struct selection *selection,
             const struct dataset *ds)
{
	struct export_subject subject = subject_of(selection, ds);
	struct export_report report = { 0 };
	struct error err = { 0 };
	int status = ERROR_NONE;

	if (request->filters.len && selection->tree->count == 1 && selection->tree->self[NODE_ALL] == 0)
		message("nothing is left to write");
	if (!request->output)
		status = write_to_stdout(format, selection, ds, &report);
	else if (!export_to_file(format, &subject, request->output, request->force, &report, &err))
		status = message_error(&err);
	if (status == ERROR_NONE && report.renamed)
		message("%" PRIu64 " name%s written otherwise: %s", report.renamed, report.renamed == 1 ? "" : "s", format->cannot);
	return status;
}

/* What was asked for in the order of time can be written so. */
static bool
check_time(const struct export_format *format, const struct selection *selection, struct error *err)
{
	if (!selection->tree->timed)
		return error_set(err, ERROR_USAGE, "--merge time: one track with times is needed; --track chooses one");
	if (!export_is_nested(selection->tree, selection->within))
		return error_set(err, ERROR_USAGE, "--merge time: spans overlap, which %s cannot show; without it stacks are merged", format->name);
	return true;
}

static int
run_export(const struct request *request)
{
	struct error err = { 0 };
	struct selection selection;
	struct request wanted = *request;
	int status;

	if (!request->to) {
		error_set(&err, ERROR_USAGE, "export: --to FORMAT is needed; `spanfire formats` lists the names");
		return message_error(&err);
	}
	if (request->output && !export_allowed(request->output, request->force, &err))
		return message_error(&err);
	const struct export_format *format = export_format_find(str_of(request->to));
	bool timed = request->merge == MERGE_TIME && format->keeps_time;
	wanted.merge = timed ? MERGE_TIME : MERGE_MERGED;
	struct dataset *ds = open_dataset(request, true, &status);
	if (ds && !select_open(&selection, ds, &wanted, false, SANDWICH_HALF, &err)) {
		status = message_error(&err);
	} else if (ds) {
		status = timed && !check_time(format, &selection, &err) ? message_error(&err) : write_result(request, format, &selection, selection.ds);
		select_close(&selection);
	}
	return close_dataset(ds, status);
}

const struct command command_export = {
	.id = COMMAND_EXPORT,
	.name = "export",
	.arguments = "export --to FORMAT [-o FILE] FILE...",
	.summary = "write the merged stacks in another format",
	.description =
		"Writes the merged tree of all tracks, or of the one that --track or --trace names.\n"
		"Folded stacks are sorted by their bytes; a ; in a name becomes a comma and a newline a space, blanks at the ends go; a message counts them.\n"
		"For traces a frame is the service, a colon and the span's name, and times are nanoseconds.\n"
		"Weight that belongs to no frame stands on a line that begins with the space.\n"
		"With --sandwich stacks begin at the functions, and go on to what they call, or with --invert to their callers.\n"
		"With --merge time speedscope is given the boxes of one track in the order of time; all else is merged.\n",
	.takes_files = true,
	.run = run_export,
};

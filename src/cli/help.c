/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/help.h"

#include <stdio.h>

#include "cli/commands.h"
#include "cli/message.h"
#include "cli/options.h"
#include "cli/output.h"

enum { TEXT_COLUMN = 26, LINE_COLS = 80 };

/* Words of text from column `at` on, wrapped and indented. */
static void
add_wrapped(const char *text, int at, struct buf *out)
{
	while (*text) {
		int len = (int)strcspn(text, " ");
		if (at > TEXT_COLUMN && at + 1 + len > LINE_COLS) {
			buf_addf(out, "\n%*s", TEXT_COLUMN, "");
			at = TEXT_COLUMN;
		} else if (at > TEXT_COLUMN) {
			buf_addc(out, ' ');
			at++;
		}
		buf_add(out, (struct str){ text, (size_t)len });
		at += len;
		text += len + (text[len] == ' ');
	}
	buf_addc(out, '\n');
}

static void
add_option(const struct option_row *row, struct buf *out)
{
	struct buf usage = { 0 };

	option_usage(row, &usage);
	buf_addf(out, row->letter ? "  %s" : "      %s", usage.at);
	int at = (int)usage.len + (row->letter ? 2 : 6);
	if (at + 1 >= TEXT_COLUMN)
		buf_addf(out, "\n%*s", TEXT_COLUMN, "");
	else
		buf_addf(out, "%*s", TEXT_COLUMN - at, "");
	buf_fini(&usage);
	add_wrapped(row->help, TEXT_COLUMN, out);
}

static void
add_options(unsigned taken_by, struct buf *out)
{
	const char *group = NULL;

	for (const struct option_row *row = option_rows; row->name; row++) {
		if (!(row->taken_by & taken_by))
			continue;
		if (row->group != group)
			buf_addf(out, "\n%s:\n", row->group);
		group = row->group;
		add_option(row, out);
	}
}

static void
add_usage(struct buf *out)
{
	buf_addf(out, "usage: spanfire %s\n", command_viewer.arguments);
	for (size_t i = 0; commands[i]; i++)
		buf_addf(out, "       spanfire %s\n", commands[i]->arguments);
}

int
help_refuse(const struct request *request, const struct error *err)
{
	int status = message_error(err);

	message("see spanfire%s%s --help", request->command ? " " : "", request->command ? request->command->name : "");
	return status;
}

int
help_no_file(const struct request *request, const struct error *err)
{
	struct buf usage = { 0 };
	int status = message_error(err);

	if (err->code != ERROR_USAGE)
		return status;
	if (request->command)
		buf_addf(&usage, "usage: spanfire %s\n", request->command->arguments);
	else
		add_usage(&usage);
	fwrite(usage.at, 1, usage.len, stderr);
	buf_fini(&usage);
	return status;
}

/* NULL: the program with all its commands. */
static void
add_help(const struct command *command, struct buf *out)
{
	if (command) {
		buf_addf(out, "usage: spanfire %s\n\n%s", command->arguments, command->description);
		add_options(TAKEN_BY(command->id), out);
		return;
	}
	add_usage(out);
	buf_add(out, STR("\nspanfire shows where the time went in traces and profiles: as a flame graph in the terminal.\n\n"));
	buf_addf(out, "  %-10s %s\n", "FILE...", command_viewer.summary);
	for (size_t i = 0; commands[i]; i++)
		buf_addf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
	add_options(~0u, out);
	buf_add(out, STR("\nA file named like a command is opened as ./NAME or after --.\n"
	                 "Exit status: 0 fine, 1 a check failed, 2 bad usage, 3 bad input, 4 the system failed.\n"));
}

int
help_print(const struct request *request)
{
	struct output out;

	output_begin(&out, OUTPUT_TEXT);
	if (request->help)
		add_help(request->command, &out.text);
	else
		buf_add(&out.text, STR("spanfire " PACKAGE_VERSION "\n"));
	return output_end(&out);
}

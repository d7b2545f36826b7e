/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/commands.h"

const struct command command_viewer = {
	.id = COMMAND_VIEWER,
	.name = "",
	.arguments = "[OPTION...] FILE...",
	.summary = "open the viewer; when standard output is no terminal, print",
	.description =
		"Opens the viewer on all the files together.\n"
		"A file named - and a pipe without any file name are standard input; keys then come from the terminal.\n"
		"When standard output is not a terminal the graph is printed once instead.\n",
	.takes_files = true,
};

const struct command *const commands[] = {
	&command_info,
	&command_print,
	&command_top,
	&command_traces,
	&command_export,
	&command_filter,
	&command_formats,
	NULL,
};

const struct command *
command_find(struct str name)
{
	for (size_t i = 0; commands[i]; i++)
		if (str_equal(str_of(commands[i]->name), name))
			return commands[i];
	return NULL;
}

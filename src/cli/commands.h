/* SPDX-License-Identifier: MIT
 * The commands: one const descriptor per file, listed in the table commands[]. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/request.h"
#include "util/str.h"

enum command_id { COMMAND_VIEWER, COMMAND_INFO, COMMAND_PRINT, COMMAND_TOP, COMMAND_TRACES, COMMAND_EXPORT, COMMAND_FILTER, COMMAND_FORMATS };

struct command {
	enum command_id id;
	const char     *name;
	const char     *arguments;    /* as in the usage line: "[OPTION...] FILE..." */
	const char     *summary;      /* a line, as in --help */
	const char     *description;  /* a paragraph, as in the man page; one sentence a line */
	bool            takes_files;
	int           (*run)(const struct request *request);    /* exit status: enum error_code up to ERROR_SYSTEM */
};

extern const struct command command_viewer;    /* its run is NULL: that is main's to call */
extern const struct command command_info, command_print, command_top, command_traces, command_export, command_filter, command_formats;

extern const struct command *const commands[];    /* ends with NULL; the viewer is not among them */
const struct command *command_find(struct str name);

#endif

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/help.h"
#include "cli/options.h"

/* A standard stream that was closed is opened on nothing, in the wrong direction: no file of ours takes its number, and using it fails. */
static void
open_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			_exit(ERROR_SYSTEM);
}

static int
run(struct request *request)
{
	struct error err = { 0 };
	const struct command *command = request->command ? request->command : &command_print;

	if (request->help || request->version)
		return help_print(request);
	if (command->takes_files && !request_find_input(request, &err))
		return help_no_file(request, &err);
	return command->run(request);
}

int
main(int argc, char **argv)
{
	struct request request;
	struct error err = { 0 };
	int status;

	open_standard_streams();
	signal(SIGPIPE, SIG_IGN);    /* a write that fails says so */
	setlocale(LC_CTYPE, "");
	status = request_parse(argc, argv, &request, &err) ? run(&request) : help_refuse(&request, &err);
	request_fini(&request);
	return status;
}

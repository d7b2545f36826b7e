/* SPDX-License-Identifier: MIT
 * Runs the program that was built, as a user would. */
#ifndef TESTS_CLI_RUN_H
#define TESTS_CLI_RUN_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/buf.h"

/* Standard output of `spanfire ARGUMENT...` (ended by NULL), to be released with buf_fini(); its standard error is not seen. */
__attribute__((unused)) static int
run_spanfire(const char *const *arguments, struct buf *out)
{
	const char *program = getenv("SPANFIRE");
	const char *argv[16] = { program ? program : "spanfire" };
	int fds[2], status;
	char bytes[65536];
	ssize_t got;

	for (int i = 0; arguments[i] && i < 14; i++)
		argv[i + 1] = arguments[i];
	CHECK(pipe(fds) == 0);
	pid_t pid = fork();
	CHECK(pid >= 0);
	if (pid == 0) {
		dup2(fds[1], STDOUT_FILENO);
		close(fds[0]);
		close(fds[1]);
		if (!freopen("/dev/null", "w", stderr) || !freopen("/dev/null", "r", stdin))
			_exit(127);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	close(fds[1]);
	buf_clear(out);
	while ((got = read(fds[0], bytes, sizeof bytes)) > 0)
		buf_add(out, (struct str){ bytes, (size_t)got });
	close(fds[0]);
	CHECK(waitpid(pid, &status, 0) == pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

#endif

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tests/screen/child.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util/alloc.h"

enum { ARGS_MAX = 64 };

static void
change_environment(const char *const *env)
{
	static const char *const removed[] = { "COLORTERM", "NO_COLOR", "LINES", "COLUMNS", "TMUX", "STY", "LC_CTYPE", "LANG", "TERMINFO", "COLORFGBG", "EDITOR", "VISUAL" };

	for (size_t i = 0; i < sizeof removed / sizeof *removed; i++)
		unsetenv(removed[i]);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "UTC", 1);
	setenv("HOME", "/nonexistent", 1);
	setenv("WT_SESSION", "1", 1);    /* a terminal that takes copies: none is left in a file */
	for (; env && *env; env++) {
		const char *value = strchr(*env, '=');
		if (!value) {
			unsetenv(*env);
			continue;
		}
		char *name = xstrndup(*env, (size_t)(value - *env));
		setenv(name, value + 1, 1);
		free(name);
	}
}

_Noreturn static void
become_program(const struct screen_options *options)
{
	const char *program = getenv("SPANFIRE");
	const char *argv[ARGS_MAX] = { program ? program : "./spanfire" };
	int argc = 1;

	for (const char *const *arg = options->args; arg && *arg && argc < ARGS_MAX - 1; arg++)
		argv[argc++] = *arg;
	change_environment(options->env);
	/* A job in the background of a script was given other ways by its shell. */
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	if (options->ignored)
		signal(options->ignored, SIG_IGN);
	setenv("TERM", options->term ? options->term : "xterm-256color", 1);
	if (options->stdin_path) {
		int fd = open(options->stdin_path, O_RDONLY);
		if (fd < 0 || dup2(fd, STDIN_FILENO) < 0)
			_exit(126);
	}
	execv(argv[0], (char *const *)(const void *)argv);
	_exit(127);
}

/* A session leader with job control, as a shell is: the program has a process group of its own in the foreground. */
_Noreturn static void
become_shell(const struct screen_options *options, int control)
{
	pid_t pid;
	int status;
	char told;

	signal(SIGTTOU, SIG_IGN);
	pid = fork();
	if (pid == 0) {
		setpgid(0, 0);
		tcsetpgrp(STDIN_FILENO, getpid());
		signal(SIGTTOU, SIG_DFL);
		close(control);
		become_program(options);
	}
	if (write(control, &pid, sizeof pid) != (ssize_t)sizeof pid)
		_exit(126);
	while (waitpid(pid, &status, WUNTRACED) == pid) {
		tcsetpgrp(STDIN_FILENO, getpid());
		if (!WIFSTOPPED(status))
			_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
		if (write(control, "s", 1) != 1 || read(control, &told, 1) != 1)
			_exit(126);
		tcsetpgrp(STDIN_FILENO, pid);
		kill(-pid, SIGCONT);
	}
	_exit(125);
}

_Noreturn void
child_become(const struct screen_options *options, int control)
{
	if (options->jobs)
		become_shell(options, control);
	become_program(options);
}

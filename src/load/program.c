/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "util/alloc.h"

#define MESSAGE_MAX 2048u    /* bytes of standard error that are looked at */
#define WAIT_STEP   10       /* ms between looks at a program that has closed its output but not ended */

extern char **environ;

struct program_stream {
	struct stream base;
	char         *name;
	pid_t         pid;        /* 0 once it has been waited for */
	FILE         *messages;   /* its standard error, a file without a name; NULL if none could be made */
};

/* The last line that has anything on it, made harmless. */
static void
last_message(const struct program_stream *stream, char line[static MESSAGE_MAX])
{
	char bytes[MESSAGE_MAX];
	off_t size = stream->messages ? lseek(fileno(stream->messages), 0, SEEK_END) : 0;
	off_t from = size < (off_t)sizeof bytes ? 0 : size - (off_t)sizeof bytes;
	ssize_t len = size > 0 ? pread(fileno(stream->messages), bytes, sizeof bytes, from) : 0;
	size_t out = 0;

	while (len > 0 && strchr(" \t\r\n", bytes[len - 1]))
		len--;
	ssize_t begin = len;
	while (begin > 0 && bytes[begin - 1] != '\n')
		begin--;
	for (ssize_t i = begin; i < len && out < MESSAGE_MAX - 1; i++)
		line[out++] = (unsigned char)bytes[i] < 0x20 ? ' ' : bytes[i];
	line[out] = '\0';
}

/* False: the job was stopped. */
static bool
wait_for_end(struct program_stream *stream, int *status_out)
{
	const struct timespec step = { .tv_nsec = WAIT_STEP * 1000000L };

	for (;;) {
		pid_t ended = waitpid(stream->pid, status_out, WNOHANG);
		if (ended == stream->pid || (ended < 0 && errno != EINTR)) {
			stream->pid = 0;
			return true;
		}
		if (job_stopped(stream->base.state->job)) {
			stream->base.state->stopped = true;
			return false;
		}
		nanosleep(&step, NULL);
	}
}

static size_t
program_read(struct stream *base, char *into, size_t cap)
{
	struct program_stream *stream = (struct program_stream *)base;
	size_t got = stream_read(base->under, into, cap);
	char line[MESSAGE_MAX];
	int status = 0;

	if (got || base->state->stopped || !stream->pid || !wait_for_end(stream, &status))
		return got;
	if (WIFSIGNALED(status))
		return stream_fail(base, ERROR_INPUT, "the program %s was ended by signal %d", stream->name, WTERMSIG(status));
	if (WEXITSTATUS(status) == 0)
		return 0;
	last_message(stream, line);
	return stream_fail(base, ERROR_INPUT, "the program %s failed: %.400s", stream->name,
	                   line[0] ? line : "it does not say why");
}

static void
program_close(struct stream *base)
{
	struct program_stream *stream = (struct program_stream *)base;

	if (stream->pid) {
		kill(stream->pid, SIGKILL);
		while (waitpid(stream->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	if (stream->messages)
		fclose(stream->messages);
	free(stream->name);
}

/* 0, or an errno. */
static int
spawn(const struct program *program, int out, int messages, pid_t *pid_out)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, defaults;

	sigemptyset(&none);
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	if (messages >= 0)
		posix_spawn_file_actions_adddup2(&actions, messages, STDERR_FILENO);
	else
		posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	if (program->keep_fd >= 0)
		posix_spawn_file_actions_adddup2(&actions, program->keep_fd, program->keep_fd);    /* no longer closed by exec */
	int fault = posix_spawnp(pid_out, program->argv[0], &actions, &attributes, (char *const *)(uintptr_t)program->argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return fault;
}

struct stream *
stream_program(const struct program *program, struct stream_state *state, struct error *err)
{
	FILE *messages = tmpfile();
	int fds[2], fault;
	pid_t pid;

	if (messages)
		fcntl(fileno(messages), F_SETFD, FD_CLOEXEC);
	fault = pipe2(fds, O_CLOEXEC) ? errno : 0;
	if (!fault) {
		fault = spawn(program, fds[1], messages ? fileno(messages) : -1, &pid);
		close(fds[1]);
		if (fault)
			close(fds[0]);
	}
	if (fault) {
		if (messages)
			fclose(messages);
		if (fault == ENOENT)
			error_set(err, ERROR_INPUT, "%s", program->absent);
		else
			error_set(err, ERROR_SYSTEM, "the program %s cannot be run: %s", program->argv[0], strerror(fault));
		return NULL;
	}
	struct program_stream *stream = xcalloc(1, sizeof *stream);
	stream->base = (struct stream){ .read = program_read, .close = program_close, .state = state };
	stream->base.under = stream_descriptor(fds[0], state);
	stream->name = xstrdup(program->argv[0]);
	stream->messages = messages;
	stream->pid = pid;
	return &stream->base;
}

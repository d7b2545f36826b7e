/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

#include "ui/term.h"
#include "util/alloc.h"

static const struct { int number; unsigned meaning; } waiting[] = {
	{ SIGWINCH, TERM_RESIZED }, { SIGTERM, TERM_END }, { SIGHUP, TERM_END }, { SIGINT, TERM_END }, { SIGTSTP, TERM_STOP },
	{ SIGCONT, TERM_CONTINUED },
};

/* What ends a program that does not catch it.  A fault comes again when the handler returns, the others have to be sent again. */
static const struct { int number; bool fault; } crashing[] = {
	{ SIGSEGV, true }, { SIGBUS, true }, { SIGFPE, true }, { SIGILL, true },
	{ SIGABRT, false }, { SIGQUIT, false }, { SIGSYS, false }, { SIGTRAP, false }, { SIGXCPU, false },
	{ SIGALRM, false }, { SIGVTALRM, false }, { SIGPROF, false }, { SIGUSR1, false }, { SIGUSR2, false },
};

enum { WAITING = sizeof waiting / sizeof *waiting, CRASHING = sizeof crashing / sizeof *crashing };

static int pipe_fds[2] = { -1, -1 };
static struct sigaction old_waiting[WAITING], old_crashing[CRASHING], old_pipe;

static struct {
	int            fd;
	const char    *reset;
	size_t         len;
	struct termios modes;
} crash;

static void
on_waiting(int number)
{
	int saved = errno;
	unsigned char byte = (unsigned char)number;

	/* The pipe does not block: when it is full, the loop has enough to wake up for. */
	if (write(pipe_fds[1], &byte, 1) < 0)
		errno = saved;
	errno = saved;
}

static void
on_crash(int number, siginfo_t *info, void *context)
{
	(void)context;
	if (crash.reset) {
		size_t sent = 0;
		while (sent < crash.len) {
			ssize_t now = write(crash.fd, crash.reset + sent, crash.len - sent);
			if (now <= 0)
				break;
			sent += (size_t)now;
		}
		tcsetattr(crash.fd, TCSANOW, &crash.modes);
	}
	bool comes_again = false;
	for (int i = 0; i < CRASHING; i++)
		if (crashing[i].number == number) {
			sigaction(number, &old_crashing[i], NULL);
			comes_again = crashing[i].fault && info->si_code > 0;
		}
	/* A fault comes with all that a debugger or sanitizer wants to know. */
	if (!comes_again)
		raise(number);
}

void
signals_open(void)
{
	struct sigaction action = { .sa_handler = on_waiting, .sa_flags = SA_RESTART };
	struct sigaction fatal = { .sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_NODEFER };
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	if (pipe_fds[0] < 0 && pipe2(pipe_fds, O_CLOEXEC | O_NONBLOCK) != 0)
		panic("cannot make a pipe");
	sigemptyset(&action.sa_mask);
	sigemptyset(&fatal.sa_mask);
	for (int i = 0; i < WAITING; i++)
		sigaction(waiting[i].number, &action, &old_waiting[i]);
	for (int i = 0; i < CRASHING; i++) {
		sigaction(crashing[i].number, &fatal, &old_crashing[i]);
		/* What the program's parent ignores does not end it, so the screen is not given back for it. */
		if (!crashing[i].fault && old_crashing[i].sa_handler == SIG_IGN)
			sigaction(crashing[i].number, &old_crashing[i], NULL);
	}
	sigaction(SIGPIPE, &ignore, &old_pipe);
}

void
signals_close(void)
{
	if (pipe_fds[0] < 0)
		return;
	for (int i = 0; i < WAITING; i++)
		sigaction(waiting[i].number, &old_waiting[i], NULL);
	for (int i = 0; i < CRASHING; i++)
		sigaction(crashing[i].number, &old_crashing[i], NULL);
	sigaction(SIGPIPE, &old_pipe, NULL);
	close(pipe_fds[0]);
	close(pipe_fds[1]);
	pipe_fds[0] = pipe_fds[1] = -1;
}

int
signals_fd(void)
{
	return pipe_fds[0];
}

unsigned
signals_take(void)
{
	unsigned char bytes[64];
	unsigned meaning = 0;
	ssize_t count;

	while (pipe_fds[0] >= 0 && (count = read(pipe_fds[0], bytes, sizeof bytes)) > 0)
		for (ssize_t i = 0; i < count; i++)
			for (int s = 0; s < WAITING; s++)
				if (waiting[s].number == bytes[i])
					meaning |= waiting[s].meaning;
	return meaning;
}

void
signals_on_crash(int fd, const char *reset, size_t len, const struct termios *modes)
{
	crash.reset = NULL;
	if (!reset)
		return;
	crash.fd = fd;
	crash.len = len;
	crash.modes = *modes;
	crash.reset = reset;
}

void
signals_stop(void)
{
	struct sigaction stop = { .sa_handler = SIG_DFL }, stop_before, continue_before;

	sigaction(SIGTSTP, &stop, &stop_before);
	sigaction(SIGCONT, &stop, &continue_before);
	kill(0, SIGTSTP);
	sigaction(SIGCONT, &continue_before, NULL);
	sigaction(SIGTSTP, &stop_before, NULL);
}

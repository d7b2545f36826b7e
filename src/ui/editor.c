/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/editor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util/buf.h"

enum line_style { LINE_PLUS, LINE_COLON, LINE_GOTO };    /* +7 file; file:7; -g file:7 */

static const struct { const char *name; enum line_style style; } styles[] = {
	{ "code", LINE_GOTO }, { "codium", LINE_GOTO }, { "code-insiders", LINE_GOTO }, { "cursor", LINE_GOTO }, { "hx", LINE_COLON },
	{ "helix", LINE_COLON }, { "subl", LINE_COLON }, { "zed", LINE_COLON },
};

const char *
editor_command(void)
{
	const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");

	return visual && *visual ? visual : editor && *editor ? editor : "vi";
}

static enum line_style
style_of(const char *program)
{
	const char *slash = strrchr(program, '/');

	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
		if (strcmp(slash ? slash + 1 : program, styles[i].name) == 0)
			return styles[i].style;
	return LINE_PLUS;
}

static char *
keep(struct arena *arena, struct buf *text)
{
	char *kept;

	buf_addc(text, '\0');
	kept = arena_copy(arena, buf_str(text));
	buf_fini(text);
	return kept;
}

bool
editor_arguments(const char *command, const char *path, uint32_t line, struct arena *arena, char *argv[EDITOR_ARGS])
{
	struct buf place = { 0 };
	int argc = 0;

	while (*(command += strspn(command, " \t"))) {
		struct buf word = { 0 };
		size_t len = strcspn(command, " \t");
		if (argc + 4 > EDITOR_ARGS)
			return false;
		buf_add(&word, (struct str){ command, len });
		argv[argc++] = keep(arena, &word);
		command += len;
	}
	if (argc == 0)
		return false;
	enum line_style style = style_of(argv[0]);
	if (line && style == LINE_PLUS) {
		struct buf plus = { 0 };
		buf_addf(&plus, "+%u", line);
		argv[argc++] = keep(arena, &plus);
	}
	if (line && style == LINE_GOTO) {
		struct buf word = { 0 };
		buf_add(&word, STR("-g"));
		argv[argc++] = keep(arena, &word);
	}
	/* What a file says must not become an option, or a command of the editor. */
	if (*path == '-' || *path == '+')
		buf_add(&place, STR("./"));
	buf_add(&place, str_of(path));
	if (line && style != LINE_PLUS)
		buf_addf(&place, ":%u", line);
	argv[argc++] = keep(arena, &place);
	argv[argc] = NULL;
	return true;
}

enum { NOT_RUN = 127 };

static void
become(char *const argv[], int keys_fd)
{
	static const int signals[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP, SIGCONT, SIGWINCH };
	sigset_t none;

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		signal(signals[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (keys_fd != STDIN_FILENO && dup2(keys_fd, STDIN_FILENO) < 0)
		_exit(NOT_RUN);
	execvp(argv[0], argv);
	_exit(NOT_RUN);
}

bool
editor_run(char *const argv[], int keys_fd)
{
	pid_t child = fork();
	int status = 0;

	if (child < 0)
		return false;
	if (child == 0)
		become(argv, keys_fd);
	for (;;) {
		pid_t which = waitpid(child, &status, WUNTRACED);
		if (which < 0 && errno == EINTR)
			continue;
		if (which < 0)
			return false;
		if (!WIFSTOPPED(status))
			break;
		/* The shell waits for the two of us. */
		raise(SIGSTOP);
		kill(child, SIGCONT);
	}
	return !WIFEXITED(status) || WEXITSTATUS(status) != NOT_RUN;
}

/* SPDX-License-Identifier: MIT
 * Results on a terminal: nothing of what a file says reaches it raw, and tables are cut to its width. */
#include "config.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>

#include "tests/cli/run.h"
#include "tests/tap.h"

/* What the program writes to a terminal of 40 columns. */
static int
run_on_terminal(const char *const *arguments, struct buf *out)
{
	const char *argv[16] = { getenv("SPANFIRE") };
	struct winsize size = { .ws_col = 40, .ws_row = 10 };
	char bytes[4096];
	ssize_t got;
	int fd, status;

	for (int i = 0; arguments[i] && i < 14; i++)
		argv[i + 1] = arguments[i];
	buf_clear(out);
	pid_t pid = forkpty(&fd, NULL, NULL, &size);
	CHECK(pid >= 0);
	if (pid == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(127);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	while ((got = read(fd, bytes, sizeof bytes)) > 0)
		buf_add(out, (struct str){ bytes, (size_t)got });
	CHECK(waitpid(pid, &status, 0) == pid);
	close(fd);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void
check(const char *const *arguments, const char *what)
{
	struct buf out = { 0 };
	bool raw = false;

	is_int(run_on_terminal(arguments, &out), 0, what);
	for (size_t i = 0; i < out.len; i++)
		raw |= ((unsigned char)out.at[i] < 0x20 && out.at[i] != '\n' && out.at[i] != '\r') || out.at[i] == 0x7f;
	ok(out.len > 0 && !raw && !strstr(out.at, "\xE2\x80\xAE"), "%s: nothing reaches the terminal raw", what);
	buf_fini(&out);
}

int
main(void)
{
	const char *source = getenv("top_srcdir");
	char *evil = xasprintf("%s/tests/data/cli/work.folded", source ? source : ".");
	char *bidi = xasprintf("%s/tests/data/cli/names.folded", source ? source : ".");
	struct buf out = { 0 };
	size_t widest = 0;

	check((const char *const[]){ "export", "--to", "folded", evil, NULL }, "export");
	check((const char *const[]){ "export", "--to", "folded", bidi, NULL }, "export of names");
	check((const char *const[]){ "top", "--csv", bidi, NULL }, "CSV");
	check((const char *const[]){ "top", "--json", evil, NULL }, "JSON");
	check((const char *const[]){ "top", evil, NULL }, "table");
	check((const char *const[]){ "info", bidi, NULL }, "info");
	check((const char *const[]){ "print", evil, NULL }, "graph");
	run_on_terminal((const char *const[]){ "print", "--ascii", evil, NULL }, &out);
	for (char *line = strtok(out.at, "\r\n"); line; line = strtok(NULL, "\r\n"))
		widest = strlen(line) > widest ? strlen(line) : widest;
	is_int((long long)widest, 40, "a graph is as wide as the terminal");
	buf_fini(&out);
	free(evil);
	free(bidi);
	return done();
}

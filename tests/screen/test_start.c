/* SPDX-License-Identifier: MIT
 * How the program begins and ends: input from a pipe, one that does not end, scripts on a real terminal. */
#include "config.h"

#include "tests/screen/harness.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/alloc.h"

static char demo[4096];

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(text, file) < 0 || fclose(file) != 0)
		panic("cannot write %s", path);
}

static void
check_end(struct screen *screen, int status, const char *what)
{
	is_int(screen_wait_exit(screen), status, what);
	ok(!screen_is_alternate(screen) && screen_shows_cursor(screen) && screen_modes_kept(screen), "%s: the terminal is as before", what);
	screen_free(screen);
}

static void
test_stdin(void)
{
	static const char *const none[] = { NULL };
	struct screen *screen = screen_start(&(struct screen_options){ .args = none, .stdin_path = demo });

	ok(screen_wait(screen, "checkout"), "standard input is opened");
	screen_key(screen, "?");
	ok(screen_wait(screen, "search"), "and keys come from the terminal");
	screen_key(screen, "Esc q");
	check_end(screen, 0, "standard input");
}

/* Nothing comes, and no end: what is shown can be left all the same. */
static void
test_endless(const char *key)
{
	static const char *const dash[] = { "-", NULL };
	char name[] = "endless-XXXXXX";
	int fd = mkstemp(name);

	close(fd);
	unlink(name);
	if (mkfifo(name, 0600) != 0)
		panic("cannot make %s", name);
	fd = open(name, O_RDWR | O_CLOEXEC);
	if (write(fd, "a;b 1\n", 6) != 6)
		panic("cannot write %s", name);
	struct screen *screen = screen_start(&(struct screen_options){ .args = dash, .stdin_path = name });
	/* It is never quiet: how far it is changes all the time. */
	for (int i = 0; i < 100 && !screen_shows(screen, "standard input"); i++)
		screen_quiet(screen, 50);
	ok(screen_shows(screen, "standard input"), "a pipe that does not end is being read");
	screen_key(screen, key);
	screen_quiet(screen, 50);
	screen_key(screen, "q");
	check_end(screen, 0, "an endless pipe");
	close(fd);
	unlink(name);
}

static void
test_script(void)
{
	const char *const args[] = { "--script", "start-script", demo, NULL };
	struct stat facts;

	write_file("start-script", "wait-idle\nsave start-screen.txt\nsave start-screen.svg\nkey ?\nwait-idle\n");
	struct screen *screen = screen_start(&(struct screen_options){ .args = args });
	ok(screen_wait(screen, "search"), "a script's keys are pressed");
	screen_key(screen, "Esc");
	ok(screen_wait_gone(screen, "Search for"), "and after it those of the user");
	ok(stat("start-screen.txt", &facts) == 0 && facts.st_size > 100, "text is saved");
	ok(stat("start-screen.svg", &facts) == 0 && facts.st_size > 1000, "a picture is saved");
	screen_key(screen, "q");
	check_end(screen, 0, "a script");

	write_file("start-script", "wait-idle\nquit\n");
	screen = screen_start(&(struct screen_options){ .args = args });
	check_end(screen, 0, "a script that quits");

	write_file("start-script", "wait-idle\nresize 30x30\n");
	screen = screen_start(&(struct screen_options){ .args = args });
	is_int(screen_wait_exit(screen), 2, "a terminal is not resized by a script");
	ok(screen_shows(screen, "start-script:2"), "which says where");
	screen_free(screen);
	unlink("start-script");
	unlink("start-screen.txt");
	unlink("start-screen.svg");
}

static void
test_failures(void)
{
	static const char *const missing[] = { "/nonexistent/file", NULL };
	const char *const args[] = { demo, NULL };
	struct screen *screen = screen_start(&(struct screen_options){ .args = missing });

	is_int(screen_wait_exit(screen), 3, "a file that is not there");
	ok(screen_shows(screen, "/nonexistent/file"), "is named");
	ok(!screen_is_alternate(screen) && screen_modes_kept(screen), "on a terminal as before");
	screen_free(screen);
	screen = screen_start(&(struct screen_options){ .args = args, .term = "dumb" });
	is_int(screen_wait_exit(screen), 2, "a terminal that cannot place its cursor");
	ok(screen_shows(screen, "spanfire print"), "gets a hint");
	screen_free(screen);
}

int
main(void)
{
	const char *source = getenv("top_srcdir");

	snprintf(demo, sizeof demo, "%s/data/checkout.json", source ? source : ".");
	test_stdin();
	test_endless("q");
	test_endless("Ctrl-c");
	test_script();
	test_failures();
	return done();
}

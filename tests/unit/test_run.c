/* SPDX-License-Identifier: MIT
 * The event loop with an app, a loader and a terminal of the test's own. */
#include "config.h"

#include "ui/run.h"

#include <fcntl.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "load/load.h"
#include "tests/tap.h"
#include "ui/term.h"
#include "util/alloc.h"

static struct buf said;          /* what the app was told, in order */
static const struct theme *theme;
static int tick_ms = -1;
static int draws, ticks, paints, closes;
static int keys[2];              /* the terminal's keyboard */
static bool load_fails, load_waits;
static bool tick_is_late;        /* the first tick takes long, and meanwhile a key is pressed */
static char *save_path;
static bool is_stale;            /* something has changed since the last drawing */
static int stale_presses;        /* that came meanwhile */

/* The app */

struct app { bool loading; };

struct app *
app_new(const struct app_options *options, int cols, int rows)
{
	buf_addf(&said, "new %s %dx%d;", options->title, cols, rows);
	theme = theme_find(STR("dark"));
	return xcalloc(1, sizeof(struct app));
}

void
app_free(struct app *app)
{
	free(app);
}

void
app_set_recipe(struct app *app, const struct recipe *recipe)
{
	(void)app;
	(void)recipe;
}

struct strtab *
app_patterns(struct app *app)
{
	(void)app;
	return NULL;
}

enum sink_grain
app_grain(const struct app *app)
{
	(void)app;
	return SINK_FUNCTIONS;
}

bool
app_is_writing(const struct app *app)
{
	(void)app;
	return false;
}

void
app_loading(struct app *app, struct job *job, uint64_t now_ms)
{
	(void)job, (void)now_ms;
	app->loading = true;
	buf_add(&said, STR("loading;"));
}

void
app_loaded(struct app *app, struct dataset *ds, const struct error *err, uint64_t now_ms)
{
	(void)now_ms, (void)err;
	app->loading = false;
	dataset_free(ds);
	buf_addf(&said, "loaded%s;", ds ? "" : " nothing");
}

unsigned
app_handle(struct app *app, const struct event *event, uint64_t now_ms)
{
	(void)app, (void)now_ms;
	switch (event->kind) {
	case EVENT_KEY:
		is_stale = true;
		buf_addf(&said, event->mods ? "key with %c;" : "key %c;", event->key == K_ESC ? '^' : (char)event->key);
		return event->key == 'q' ? UPDATE_QUIT : event->key == 'S' ? UPDATE_SAVE : event->key == 'R' ? UPDATE_RELOAD : UPDATE_DRAW;
	case EVENT_MOUSE:
		stale_presses += is_stale && event->what == MOUSE_PRESS;
		is_stale = true;
		buf_addf(&said, "mouse %d %d,%d;", event->what, event->col, event->row);
		return UPDATE_DRAW;
	case EVENT_TICK:
		ticks++;
		tick_ms = -1;
		if (tick_is_late) {
			tick_is_late = false;
			nanosleep(&(struct timespec){ .tv_nsec = 90000000 }, NULL);
			if (write(keys[1], "q", 1) != 1)
				return UPDATE_QUIT;
		}
		return UPDATE_DRAW;
	case EVENT_RESIZE:
		buf_addf(&said, "resize %dx%d;", event->cols, event->rows);
		return UPDATE_DRAW;
	default:
		return UPDATE_NONE;
	}
}

void
app_draw(struct app *app, struct grid *grid)
{
	(void)app;
	draws++;
	is_stale = false;
	grid_clear(grid, (struct style){ .fg = PAINT(ROLE_TEXT), .bg = PAINT(ROLE_BACKGROUND) });
	grid_text(grid, 0, 0, 40, STR("drawn"), (struct style){ .fg = PAINT(ROLE_TEXT), .bg = PAINT(ROLE_BACKGROUND) });
}

int
app_next_tick_ms(const struct app *app, uint64_t now_ms)
{
	static uint64_t due_ms;

	(void)app;
	if (tick_ms < 0) {
		due_ms = 0;
		return -1;
	}
	if (!due_ms)
		due_ms = now_ms + (uint64_t)tick_ms;
	return due_ms > now_ms ? (int)(due_ms - now_ms) : 0;
}

const struct theme *
app_theme(const struct app *app)
{
	(void)app;
	return theme;
}

bool
app_wants_mouse(const struct app *app)
{
	(void)app;
	return true;
}

bool
app_is_loading(const struct app *app)
{
	return app->loading;
}

char *
app_take_copy(struct app *app)
{
	(void)app;
	return NULL;
}

const char *
app_copy_caveat(const struct app *app)
{
	(void)app;
	return NULL;
}

char *
app_take_save(struct app *app)
{
	(void)app;
	char *path = save_path;
	save_path = NULL;
	return path;
}

bool
app_take_edit(struct app *app, char **path_out, uint32_t *line_out)
{
	(void)app, (void)path_out, (void)line_out;
	return false;
}

void
app_message(struct app *app, const char *text, uint64_t now_ms)
{
	(void)app, (void)now_ms;
	buf_addf(&said, "message %s;", text);
}

/* The loader */

struct dataset *
load_files(const char *const *paths, size_t count, const struct load_options *options, struct error *err)
{
	(void)count;
	while (load_waits && !job_stopped(options->job))
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	if (load_fails || job_stopped(options->job)) {
		error_set(err, load_fails ? ERROR_INPUT : ERROR_CANCELLED, "not a profile");
		error_at_line(err, paths[0], 0);
		return NULL;
	}
	return dataset_new();
}

/* The terminal */

static void
fake_size(void *self, int *cols_out, int *rows_out)
{
	(void)self;
	*cols_out = 30;
	*rows_out = 5;
}

static int
fake_input_fd(void *self)
{
	(void)self;
	return keys[0];
}

static int
fake_signal_fd(void *self)
{
	(void)self;
	return -1;
}

static unsigned
fake_signals(void *self)
{
	(void)self;
	return 0;
}

static long
fake_read(void *self, char *bytes, size_t cap)
{
	(void)self;
	return read(keys[0], bytes, cap < 3 ? cap : 3);    /* in small pieces */
}

static void
fake_paint(void *self, const struct grid *grid, const struct theme *with, bool repaint)
{
	(void)self, (void)grid, (void)with, (void)repaint;
	paints++;
}

static void
fake_mouse(void *self, bool on)
{
	(void)self, (void)on;
}

static bool
fake_copy(void *self, struct str text)
{
	(void)self, (void)text;
	return true;
}

static void
fake_identified(void *self, uint32_t identity)
{
	(void)self;
	buf_addf(&said, "identity %u;", (unsigned)identity);
}

static void
fake_nothing(void *self)
{
	(void)self;
}

static void
fake_close(void *self)
{
	(void)self;
	closes++;
}

static const struct term_ops fake_ops = {
	.size = fake_size, .input_fd = fake_input_fd, .signal_fd = fake_signal_fd, .signals = fake_signals, .read = fake_read,
	.paint = fake_paint, .mouse = fake_mouse, .copy = fake_copy, .identified = fake_identified, .suspend = fake_nothing, .resized = fake_nothing,
	.continued = fake_nothing, .close = fake_close,
};

bool
term_open(struct term *term, const struct term_options *options, struct error *err)
{
	(void)options, (void)err;
	*term = (struct term){ .ops = &fake_ops, .depth = DEPTH_256 };
	return true;
}

/* Checks */

static const char *const paths[] = { "dir/some.json" };

static int
run(const char *typed, const char *script)
{
	char name[] = "test-run-XXXXXX";
	struct ui_options options = { .paths = paths, .count = 1, .depth = -1, .ascii = -1, .theme = "dark" };
	int fd = -1;

	buf_clear(&said);
	draws = ticks = paints = closes = 0;
	if (script) {
		fd = mkstemp(name);
		if (write(fd, script, strlen(script)) != (ssize_t)strlen(script))
			return -1;
		close(fd);
		options.script = name;
		options.cols = 40;
		options.rows = 6;
	}
	if (pipe2(keys, O_NONBLOCK) != 0 || write(keys[1], typed, strlen(typed)) < 0)
		return -1;
	if (!tick_is_late)
		close(keys[1]);
	else
		tick_ms = 20;
	int status = ui_run(&options);
	close(keys[0]);
	if (script)
		unlink(name);
	return status;
}

static bool
was_told(const char *what)
{
	return strstr(buf_str(&said).at, what) != NULL;
}

int
main(void)
{
	/* What is printed on standard error is not for the reader of the test. */
	if (!freopen("/dev/null", "w", stderr))
		return EXIT_FAILURE;

	is_int(run("jkq", NULL), 0, "keys");
	ok(was_told("new some.json 30x5;loading;"), "the title is the file's name");
	ok(was_told("key j;key k;key q;"), "in order");
	is_int(closes, 1, "the terminal is closed once");
	tick_is_late = true;
	is_int(run("\x1b", NULL), 0, "a key that comes late behind an Escape");
	ok(was_told("key ^;key q;"), "is one of its own, however busy the program was");
	close(keys[1]);
	is_int(run("jk", NULL), 0, "the end of input is the end");
	ok(was_told("key j;key k;"), "after what was typed");

	is_int(run("\x1b[>84;0;0cjq", NULL), 0, "an answer of the terminal");
	ok(was_told("identity 84;key j;key q;"), "goes to the terminal, and is no key");

	load_waits = true;
	is_int(run("\x1b[<35;1;1M\x1b[<35;2;1M\x1b[<35;9;3Mx\x1b[<35;4;4M\x1b[<32;5;5M\x1b[<32;6;6Mq", NULL), 0, "mouse");
	ok(was_told("mouse 0 8,2;key x;mouse 0 3,3;mouse 3 5,5;key q;"), "only the last of a row of moves counts");
	ok(!was_told("mouse 0 0,0") && !was_told("mouse 3 4,4"), "the others are dropped");
	is_int(run("j\x1b[<0;2;3M\x1b[<0;2;3m\x1b[<0;2;3Mq", NULL), 0, "a double click at once");
	ok(was_told("key j;mouse 1 1,2;mouse 2 1,2;mouse 1 1,2;key q;") && stale_presses == 0, "meets what it has made of the screen");
	is_int(run("jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjq", NULL), 0, "a held key");
	ok(paints < 20, "is not painted for each of its events (%d)", paints);
	ok(!was_told("loaded"), "leaving stops a load");
	load_waits = false;

	load_fails = true;
	is_int(run("", "wait-idle\nkey j\n"), ERROR_INPUT, "a failed load is the exit status");
	ok(!was_told("key j"), "and the end");
	load_fails = false;

	is_int(run("", "wait-idle\nkey j k\nresize 50x7\nclick 2,3\nkey q\nkey x\n"), 0, "a script");
	ok(was_told("new some.json 40x6;loading;loaded;key j;key k;resize 50x7;mouse 1 1,2;mouse 2 1,2;key q;"), "all its steps, in order, after loading");
	ok(!was_told("key x"), "until it quits");
	is_int(run("", "bad step\n"), ERROR_USAGE, "a script that is not understood");
	ok(!was_told("new"), "starts nothing");
	is_int(run("", "wait-idle\nsave /nonexistent/a.txt\nkey j\n"), ERROR_SYSTEM, "a screen that cannot be saved");
	ok(!was_told("key j"), "ends the script");
	tick_ms = 500;
	is_int(run("", "wait-idle\n"), 0, "waiting");
	is_int(ticks, 1, "lets a tick pass");
	tick_ms = 3000;
	is_int(run("", "wait-idle\n"), 0, "but none");
	is_int(ticks, 0, "that is far away");
	tick_ms = -1;

	save_path = xstrdup("test-run-saved.txt");
	is_int(run("", "wait-idle\nkey S\n"), 0, "the app saves");
	ok(was_told("message wrote test-run-saved.txt;") && unlink("test-run-saved.txt") == 0, "a file");
	save_path = xstrdup("/nonexistent/a.txt");
	is_int(run("", "wait-idle\nkey S\nkey j\n"), 0, "the app cannot save");
	ok(was_told("message /nonexistent/a.txt: cannot write") && was_told("key j"), "it is told, and goes on");
	is_int(run("", "wait-idle\nkey R\nwait-idle\nkey j\n"), 0, "reload");
	ok(was_told("loaded;key R;loading;loaded;key j;"), "loads again");
	buf_fini(&said);
	return done();
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/run.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "ui/clipboard.h"
#include "ui/editor.h"
#include "ui/input.h"
#include "ui/inputs.h"
#include "ui/loader.h"
#include "ui/script.h"
#include "ui/setup.h"
#include "ui/svg.h"
#include "ui/term.h"
#include "util/alloc.h"

enum {
	HEADLESS_COLS  = 80,
	HEADLESS_ROWS  = 24,
	READ_BYTES     = 4096,
	PROGRESS_MS    = 100,     /* between two looks at a load */
	BACKGROUND_MS  = 80,      /* for the terminal's answer before the first paint */
	PAINT_LEAST_MS = 50,      /* a flood of input delays painting no longer than that */
	IDLE_MS        = 1000,    /* a tick further away than that is not waited for */
};

struct run {
	const struct ui_options *options;
	struct term     term;
	struct input    input;
	struct grid     grid;
	struct app     *app;
	struct loader  *loader;       /* while loading */
	bool            loaded;       /* once: what fails later does not end the program */
	struct script   script;
	size_t          step;         /* of the script: the next one */
	bool            headless;
	bool            dirty, repaint, quit;
	uint64_t        skipped_ms;   /* without a terminal nobody waits for time to pass */
	uint64_t        hold_ms;      /* no paint before */
	uint64_t        painted_ms;
	uint64_t        fed_ms;       /* when the last byte came */
	struct event    motion;       /* the mouse's last move, when motion.kind is set */
	char           *copied_to;    /* a file with what was copied, when the terminal may not have taken it */
	char          **links;        /* the paths as a link has them: whole ones */
	struct error    err;          /* what ended the program */
};

static uint64_t
clock_ms(const struct run *run)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000 + run->skipped_ms;
}

static void
message(struct run *run, const struct error *err)
{
	struct buf text = { 0 };

	error_format(err, &text);
	app_message(run->app, buf_str(&text).at, clock_ms(run));
	run->dirty = true;
	buf_fini(&text);
}

/* Drawing */

static void
draw(struct run *run)
{
	if (!run->dirty)
		return;
	app_draw(run->app, &run->grid);
	run->term.ops->paint(run->term.self, &run->grid, app_theme(run->app), run->repaint);
	run->dirty = run->repaint = false;
	run->painted_ms = clock_ms(run);
}

static bool
save(struct run *run, const char *path, struct error *err)
{
	app_draw(run->app, &run->grid);
	return screen_save(&run->grid, app_theme(run->app), path, err);
}

/* Events and what they come to */

static void apply(struct run *run, unsigned updates);

static void
handle(struct run *run, const struct event *event)
{
	apply(run, app_handle(run->app, event, clock_ms(run)));
}

static void
fit_size(struct run *run)
{
	struct event event = { .kind = EVENT_RESIZE };

	run->term.ops->size(run->term.self, &event.cols, &event.rows);
	grid_resize(&run->grid, event.cols, event.rows);
	run->dirty = true;
	handle(run, &event);
}

static void
come_back(struct run *run)
{
	run->dirty = run->repaint = true;
	fit_size(run);
	handle(run, &(struct event){ .kind = EVENT_CONTINUE });
}

static void
start_loading(struct run *run)
{
	const struct ui_options *options = run->options;

	if (run->loader)
		return;
	run->loader = loader_start(options->paths, options->count, &(struct load_options){
		.format = options->format, .threads = options->threads, .mangled = options->mangled,
	});
	app_loading(run->app, loader_job(run->loader), clock_ms(run));
	run->dirty = true;
}

static void
copy(struct run *run)
{
	char *text = app_take_copy(run->app);

	if (!text)
		return;
	struct str all = { text, strlen(text) };
	struct error err = { 0 };
	bool sent = run->term.ops->copy(run->term.self, all);
	bool kept = !run->headless && !(sent && clipboard_is_known()) && clipboard_keep(all, &run->copied_to, &err);
	char *said;
	if (sent && kept)
		said = xasprintf("copied %zu bytes, also to %s: %s", all.len, run->copied_to, text);
	else if (sent)
		said = xasprintf("copied %zu bytes: %s", all.len, text);
	else if (kept)
		said = xasprintf("it is in %s: the terminal takes no text for the clipboard, or not as much", run->copied_to);
	else
		said = xstrdup("the terminal takes no text for the clipboard, or not as much");
	app_message(run->app, said, clock_ms(run));
	run->dirty = true;
	free(said);
	free(text);
}

static void
save_asked(struct run *run)
{
	struct error err = { 0 };
	char *path = app_take_save(run->app);

	if (!path)
		return;
	if (save(run, path, &err)) {
		char *said = xasprintf("wrote %s", path);
		app_message(run->app, said, clock_ms(run));
		free(said);
	} else {
		message(run, &err);
	}
	run->dirty = true;
	free(path);
}

static void
edit(struct run *run)
{
	struct arena arena;
	char *argv[EDITOR_ARGS], *path;
	uint32_t line;

	if (!app_take_edit(run->app, &path, &line))
		return;
	arena_init(&arena);
	if (!editor_arguments(editor_command(), path, line, &arena, argv)) {
		app_message(run->app, "$EDITOR is no command", clock_ms(run));
	} else if (!run->term.ops->run || !run->term.ops->run(run->term.self, argv)) {
		char *said = xasprintf("%s did not run: VISUAL or EDITOR names the editor", argv[0]);
		app_message(run->app, said, clock_ms(run));
		free(said);
	}
	come_back(run);
	arena_fini(&arena);
	free(path);
}

static void
apply(struct run *run, unsigned updates)
{
	if (updates & (UPDATE_DRAW | UPDATE_REDRAW))
		run->dirty = true;
	if (updates & UPDATE_REDRAW)
		run->repaint = true;
	if (updates & UPDATE_QUIT)
		run->quit = true;
	if (updates & UPDATE_COPY)
		copy(run);
	if (updates & UPDATE_MOUSE)
		run->term.ops->mouse(run->term.self, app_wants_mouse(run->app));
	if (updates & UPDATE_SAVE)
		save_asked(run);
	if (updates & UPDATE_RELOAD)
		start_loading(run);
	if (updates & UPDATE_EDIT)
		edit(run);
	if (updates & UPDATE_STOP) {
		run->term.ops->suspend(run->term.self);
		come_back(run);
	}
}

/* Tells the app which tree was asked for.  Names that are not there are the end, unless something is shown already. */
static bool
choose_tree(struct run *run, const struct dataset *dataset, struct error *err)
{
	const struct ui_options *options = run->options;
	struct recipe recipe;

	if (!options->choose)
		return true;
	if (!options->choose(dataset, options->asked, app_patterns(run->app), &recipe, err))
		return run->loaded;
	app_set_recipe(run->app, &recipe);
	return true;
}

/* A load that fails is the end, unless there is something to go on with. */
static void
finish_loading(struct run *run)
{
	struct error err = { 0 };
	struct dataset *dataset = loader_take(run->loader, &err);

	if (dataset && !choose_tree(run, dataset, &err)) {
		dataset_free(dataset);
		dataset = NULL;
	}
	if (!dataset && !run->loaded) {
		run->err = err;
		run->quit = true;
		return;
	}
	run->loaded = true;
	app_loaded(run->app, dataset, &err, clock_ms(run));
	loader_free(run->loader);
	run->loader = NULL;
	run->dirty = true;
	handle(run, &(struct event){ .kind = EVENT_LOAD });
}

/* Input */

static bool
is_motion(const struct event *event)
{
	return event->kind == EVENT_MOUSE && (event->what == MOUSE_MOVE || event->what == MOUSE_DRAG);
}

static void
flush_motion(struct run *run)
{
	struct event event = run->motion;

	run->motion.kind = EVENT_NONE;
	if (event.kind != EVENT_NONE)
		handle(run, &event);
}

/* Of a row of moves only the last position counts. */
static void
take_events(struct run *run)
{
	struct event event;

	while (!run->quit && input_next(&run->input, clock_ms(run), &event)) {
		if (event.kind == EVENT_BACKGROUND) {
			run->hold_ms = 0;
			if (run->options->theme)
				continue;
		}
		if (is_motion(&event)) {
			if (run->motion.kind != EVENT_NONE && (run->motion.what != event.what || run->motion.button != event.button || run->motion.mods != event.mods))
				flush_motion(run);
			run->motion = event;
			continue;
		}
		flush_motion(run);
		handle(run, &event);
	}
}

static void
read_input(struct run *run)
{
	char bytes[READ_BYTES];
	long count = run->term.ops->read(run->term.self, bytes, sizeof bytes);

	if (count == 0)
		run->quit = true;
	if (count > 0) {
		input_feed(&run->input, bytes, (size_t)count);
		run->fed_ms = clock_ms(run);
		take_events(run);
	}
}

/* Reads until nothing is left, but not for ever. */
static void
drain_input(struct run *run)
{
	struct pollfd more = { .fd = run->term.ops->input_fd(run->term.self), .events = POLLIN };
	uint64_t began_ms = clock_ms(run);

	do
		read_input(run);
	while (!run->quit && poll(&more, 1, 0) > 0 && clock_ms(run) - began_ms < PAINT_LEAST_MS);
	flush_motion(run);
}

static void
take_signals(struct run *run)
{
	unsigned signals = run->term.ops->signals(run->term.self);

	if (signals & TERM_END)
		run->quit = true;
	if (run->quit)
		return;
	if (signals & TERM_STOP) {
		run->term.ops->suspend(run->term.self);
		come_back(run);
	} else if (signals & TERM_CONTINUED) {
		run->term.ops->continued(run->term.self);
		come_back(run);
	} else if (signals & TERM_RESIZED) {
		run->term.ops->resized(run->term.self);
		fit_size(run);
	}
}

/* Scripts */

static bool
is_idle(const struct run *run)
{
	int tick_ms = app_next_tick_ms(run->app, clock_ms(run));

	return !run->loader && !run->dirty && (tick_ms < 0 || tick_ms > IDLE_MS);
}

static void
resize_headless(struct run *run, const struct script_step *step)
{
	if (!run->headless) {
		error_set(&run->err, ERROR_USAGE, "only a screen in memory can be given another size (--size)");
		error_at_line(&run->err, run->script.path, step->line);
		run->quit = true;
		return;
	}
	run->term.ops->close(run->term.self);
	enum color_depth depth = run->term.depth;
	bool ascii = run->term.ascii;
	term_open_headless(&run->term, step->cols, step->rows);
	run->term.depth = depth;
	run->term.ascii = ascii;
	fit_size(run);
}

/* Takes the next step; false when it has to wait. */
static bool
take_step(struct run *run)
{
	const struct script_step *step = &run->script.steps.at[run->step];

	switch (step->what) {
	case SCRIPT_EVENTS:
		for (size_t i = 0; i < step->count && !run->quit; i++)
			handle(run, &run->script.events.at[step->first + i]);
		break;
	case SCRIPT_RESIZE:
		resize_headless(run, step);
		break;
	case SCRIPT_WAIT:
		if (!is_idle(run))
			return false;
		break;
	case SCRIPT_SAVE:
		if (!save(run, step->path, &run->err))
			run->quit = true;
		break;
	case SCRIPT_QUIT:
		run->quit = true;
		break;
	}
	run->step++;
	return true;
}

/* The loop */

static int
sooner(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

static int
until(uint64_t then_ms, uint64_t now_ms)
{
	return then_ms > now_ms ? (int)(then_ms - now_ms) : 0;
}

static int
next_timeout(const struct run *run, bool stepped)
{
	uint64_t now_ms = clock_ms(run);
	int timeout = app_next_tick_ms(run->app, now_ms);
	int wait_ms = input_wait_ms(&run->input);

	if (stepped || (run->step < run->script.steps.len && is_idle(run)))
		return 0;
	if (wait_ms >= 0)
		timeout = sooner(timeout, until(run->fed_ms + (uint64_t)wait_ms, now_ms));
	if (run->loader)
		timeout = sooner(timeout, PROGRESS_MS);
	if (run->dirty)
		timeout = sooner(timeout, until(run->hold_ms, now_ms));
	return timeout;
}

static void
after_wait(struct run *run)
{
	uint64_t now_ms = clock_ms(run);
	int wait_ms = input_wait_ms(&run->input);

	if (wait_ms >= 0 && now_ms - run->fed_ms >= (uint64_t)wait_ms) {
		input_flush(&run->input);
		take_events(run);
		flush_motion(run);
	}
	if (app_next_tick_ms(run->app, now_ms) == 0)
		handle(run, &(struct event){ .kind = EVENT_TICK });
	if (run->loader && now_ms - run->painted_ms >= PROGRESS_MS)
		handle(run, &(struct event){ .kind = EVENT_LOAD });
}

static void
wait_and_handle(struct run *run, int timeout_ms)
{
	enum { KEYS, SIGNALS, LOADER, FDS };
	struct pollfd fds[FDS] = {
		[KEYS] = { .fd = run->term.ops->input_fd(run->term.self), .events = POLLIN },
		[SIGNALS] = { .fd = run->term.ops->signal_fd(run->term.self), .events = POLLIN },
		[LOADER] = { .fd = run->loader ? loader_fd(run->loader) : -1, .events = POLLIN },
	};

	if (run->headless && !run->loader && timeout_ms > 0) {
		run->skipped_ms += (uint64_t)timeout_ms;
		timeout_ms = 0;
	}
	int ready = poll(fds, FDS, timeout_ms);
	if (ready < 0 && errno != EINTR)
		panic("cannot wait for input");
	if (ready > 0 && fds[SIGNALS].revents)
		take_signals(run);
	if (ready > 0 && fds[KEYS].revents && !run->quit)
		drain_input(run);
	if (ready > 0 && fds[LOADER].revents && !run->quit)
		finish_loading(run);
	if (!run->quit)
		after_wait(run);
}

static void
loop(struct run *run)
{
	/* What was typed before the terminal was ours. */
	if (!run->headless)
		read_input(run);
	while (!run->quit) {
		bool stepped = run->step < run->script.steps.len && take_step(run);
		if (run->quit)
			break;
		if (clock_ms(run) >= run->hold_ms)
			draw(run);
		int timeout_ms = next_timeout(run, stepped);
		if (run->headless && timeout_ms < 0 && run->step == run->script.steps.len)
			break;
		if (run->headless && !stepped && run->step == run->script.steps.len && !run->loader)
			break;
		wait_and_handle(run, timeout_ms);
	}
}

/* From start to end */

/* What the terminal's program says of its colours, where it does. */
static bool
background_is_light(void)
{
	const char *said = getenv("COLORFGBG");
	const char *last = said ? strrchr(said, ';') : NULL;

	return last && (strcmp(last, ";7") == 0 || strcmp(last, ";15") == 0);
}

static bool
open_terminal(struct run *run)
{
	const struct ui_options *options = run->options;
	struct term_options wanted = {
		.depth = options->depth, .ascii = options->ascii, .no_mouse = options->app.no_mouse, .ask_background = !options->theme,
	};

	run->headless = options->script && (options->cols > 0 || !isatty(STDOUT_FILENO));
	if (options->cols > 0 && !options->script)
		return error_set(&run->err, ERROR_USAGE, "a size is for a screen in memory, which needs a script");
	if (!run->headless)
		return term_open(&run->term, &wanted, &run->err);
	setlocale(LC_CTYPE, "C.UTF-8");
	term_open_headless(&run->term, options->cols > 0 ? options->cols : HEADLESS_COLS, options->rows > 0 ? options->rows : HEADLESS_ROWS);
	if (options->depth >= 0)
		run->term.depth = (enum color_depth)options->depth;
	run->term.ascii = options->ascii == 1;
	return true;
}

static void
start_app(struct run *run, const char *title)
{
	struct app_options options = run->options->app;
	int cols, rows;

	run->term.ops->size(run->term.self, &cols, &rows);
	grid_init(&run->grid, cols, rows);
	run->grid.ascii = run->term.ascii;
	run->links = inputs_whole(run->options->paths, run->options->count);
	options.title = title;
	options.paths = (const char *const *)run->links;
	options.path_count = run->options->count;
	options.format = run->options->format;
	options.mangled = run->options->mangled;
	options.ascii = run->term.ascii;
	options.mono = run->term.depth == DEPTH_MONO;
	options.light = !run->options->theme && background_is_light();
	run->app = app_new(&options, cols, rows);
	input_init(&run->input, run->term.keys);
	run->dirty = true;
	run->hold_ms = run->term.asked_background ? clock_ms(run) + BACKGROUND_MS : 0;
}

static int
report(const struct error *err)
{
	struct buf text = { 0 };

	if (err->code == ERROR_NONE || err->code == ERROR_CANCELLED)
		return EXIT_SUCCESS;
	error_format(err, &text);
	fprintf(stderr, "spanfire: %s\n", buf_str(&text).at);
	buf_fini(&text);
	return (int)err->code;
}

static void
view(struct run *run)
{
	const struct ui_options *options = run->options;

	if (options->script && !script_read(options->script, &run->script, &run->err))
		return;
	if (!open_terminal(run))
		return;
	char *title = options->app.title ? xstrdup(options->app.title) : inputs_title(options->paths, options->count);
	start_app(run, title);
	free(title);
	start_loading(run);
	loop(run);
	run->term.ops->close(run->term.self);
	/* The loader first: it reads what the app may own. */
	loader_free(run->loader);
	app_free(run->app);
	input_fini(&run->input);
	grid_fini(&run->grid);
	inputs_free(run->links, options->count);
	free(run->copied_to);
}

int
ui_run(const struct ui_options *options)
{
	struct setup setup;
	struct run run = { .options = &setup.options };

	if (setup_read(options, &setup, &run.err))
		view(&run);
	script_fini(&run.script);
	setup_fini(&setup);
	return report(&run.err);
}

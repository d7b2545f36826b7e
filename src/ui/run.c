/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/run_core.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ui/inputs.h"
#include "ui/setup.h"
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

/* Tells the app which tree was asked for.  Names that are not there are the end, unless something is shown already. */
static bool
choose_tree(struct run *run, const struct dataset *dataset, struct error *err)
{
	const struct ui_options *options = run->options;
	struct recipe recipe;

	if (!options->choose)
		return true;
	bool found = options->choose(dataset, options->asked, app_patterns(run->app), &recipe, err);
	app_set_recipe(run->app, found ? &recipe : NULL);
	return found || run->loaded;
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
	app_loaded(run->app, dataset, &err, run_clock_ms(run));
	loader_free(run->loader);
	run->loader = NULL;
	run->dirty = true;
	run_handle(run, &(struct event){ .kind = EVENT_LOAD });
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
		run_handle(run, &event);
}

/* Of a row of moves only the last position counts. */
static void
take_events(struct run *run)
{
	struct event event;

	while (!run->quit && input_next(&run->input, run_clock_ms(run), &event)) {
		if (event.kind == EVENT_BACKGROUND) {
			run->hold_ms = 0;
			if (run->options->theme)
				continue;
		}
		if (event.kind == EVENT_IDENTITY) {
			run->term.ops->identified(run->term.self, event.identity);
			continue;
		}
		if (is_motion(&event)) {
			if (run->motion.kind != EVENT_NONE && (run->motion.what != event.what || run->motion.button != event.button || run->motion.mods != event.mods))
				flush_motion(run);
			run->motion = event;
			continue;
		}
		flush_motion(run);
		run_handle(run, &event);
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
		run->fed_ms = run_clock_ms(run);
		take_events(run);
	}
}

/* Reads until nothing is left, but not for ever. */
static void
drain_input(struct run *run)
{
	struct pollfd more = { .fd = run->term.ops->input_fd(run->term.self), .events = POLLIN };
	uint64_t began_ms = run_clock_ms(run);

	do
		read_input(run);
	while (!run->quit && poll(&more, 1, 0) > 0 && run_clock_ms(run) - began_ms < PAINT_LEAST_MS);
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
		run_come_back(run);
	} else if (signals & TERM_CONTINUED) {
		run->term.ops->continued(run->term.self);
		run_come_back(run);
	} else if (signals & TERM_RESIZED) {
		run->term.ops->resized(run->term.self);
		run_fit_size(run);
	}
}

/* Scripts */

static bool
is_idle(const struct run *run)
{
	int tick_ms = app_next_tick_ms(run->app, run_clock_ms(run));

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
	run_fit_size(run);
}

/* Takes the next step; false when it has to wait. */
static bool
take_step(struct run *run)
{
	const struct script_step *step = &run->script.steps.at[run->step];

	switch (step->what) {
	case SCRIPT_EVENTS:
		for (size_t i = 0; i < step->count && !run->quit; i++)
			run_handle(run, &run->script.events.at[step->first + i]);
		break;
	case SCRIPT_RESIZE:
		resize_headless(run, step);
		break;
	case SCRIPT_WAIT:
		if (!is_idle(run))
			return false;
		break;
	case SCRIPT_SAVE:
		if (!run_save(run, step->path, &run->err))
			run->quit = true;
		break;
	case SCRIPT_QUIT:
		if (app_is_writing(run->app))
			return false;
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
	uint64_t now_ms = run_clock_ms(run);
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

/* An unfinished sequence that was waited for long enough is all there is, whatever has come in since. */
static void
end_sequence(struct run *run)
{
	int wait_ms = input_wait_ms(&run->input);

	if (wait_ms >= 0 && run_clock_ms(run) - run->fed_ms >= (uint64_t)wait_ms) {
		input_flush(&run->input);
		take_events(run);
		flush_motion(run);
	}
}

static void
after_wait(struct run *run)
{
	uint64_t now_ms = run_clock_ms(run);

	end_sequence(run);
	if (app_next_tick_ms(run->app, now_ms) == 0)
		run_handle(run, &(struct event){ .kind = EVENT_TICK });
	if (run->loader && now_ms - run->painted_ms >= PROGRESS_MS)
		run_handle(run, &(struct event){ .kind = EVENT_LOAD });
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
		end_sequence(run);
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
		if (run_clock_ms(run) >= run->hold_ms)
			run_draw(run);
		int timeout_ms = next_timeout(run, stepped);
		bool over = run->headless && run->step == run->script.steps.len && !app_is_writing(run->app);
		if (over && (timeout_ms < 0 || (!stepped && !run->loader)))
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
	options.undropped = run->options->undropped;
	options.grain = run->options->grain;
	options.ascii = run->term.ascii;
	options.mono = run->term.depth == DEPTH_MONO;
	options.light = !run->options->theme && background_is_light();
	run->app = app_new(&options, cols, rows);
	input_init(&run->input, run->term.keys);
	run->dirty = true;
	run->hold_ms = run->term.asked_background ? run_clock_ms(run) + BACKGROUND_MS : 0;
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
	run_start_loading(run);
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

/* SPDX-License-Identifier: MIT
 * What the app asks for after an event. */
#include "config.h"

#include "ui/run_core.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ui/clipboard.h"
#include "ui/editor.h"
#include "ui/svg.h"
#include "util/alloc.h"

uint64_t
run_clock_ms(const struct run *run)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000 + run->skipped_ms;
}

/* Shows an error in the footer. */
static void
show_error(struct run *run, const struct error *err)
{
	struct buf text = { 0 };

	error_format(err, &text);
	app_message(run->app, buf_str(&text).at, run_clock_ms(run));
	run->dirty = true;
	buf_fini(&text);
}

/* Drawing */

void
run_draw(struct run *run)
{
	if (!run->dirty)
		return;
	app_draw(run->app, &run->grid);
	run->term.ops->paint(run->term.self, &run->grid, app_theme(run->app), run->repaint);
	run->dirty = run->repaint = false;
	run->painted_ms = run_clock_ms(run);
}

bool
run_save(struct run *run, const char *path, struct error *err)
{
	app_draw(run->app, &run->grid);
	return screen_save(&run->grid, app_theme(run->app), path, err);
}

/* Events and what they come to */

void
run_fit_size(struct run *run)
{
	struct event event = { .kind = EVENT_RESIZE };

	run->term.ops->size(run->term.self, &event.cols, &event.rows);
	grid_resize(&run->grid, event.cols, event.rows);
	run->dirty = true;
	run_handle(run, &event);
}

void
run_come_back(struct run *run)
{
	run->dirty = run->repaint = true;
	run_fit_size(run);
	run_handle(run, &(struct event){ .kind = EVENT_CONTINUE });
}

void
run_start_loading(struct run *run)
{
	const struct ui_options *options = run->options;

	if (run->loader)
		return;
	run->loader = loader_start(options->paths, options->count, &(struct load_options){
		.format = options->format, .threads = options->threads, .mangled = options->mangled,
		.undropped = options->undropped, .grain = app_grain(run->app),
	});
	app_loading(run->app, loader_job(run->loader), run_clock_ms(run));
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
	const char *caveat = app_copy_caveat(run->app), *comma = caveat ? ", " : "";
	caveat = caveat ? caveat : "";
	char *said;
	if (sent && kept)
		said = xasprintf("copied %zu bytes, also to %s%s%s: %s", all.len, run->copied_to, comma, caveat, text);
	else if (sent)
		said = xasprintf("copied %zu bytes%s%s: %s", all.len, comma, caveat, text);
	else if (kept)
		said = xasprintf("it is in %s%s%s: the terminal takes no text for the clipboard, or not as much", run->copied_to, comma, caveat);
	else
		said = xstrdup("the terminal takes no text for the clipboard, or not as much");
	app_message(run->app, said, run_clock_ms(run));
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
	if (run_save(run, path, &err)) {
		char *said = xasprintf("wrote %s", path);
		app_message(run->app, said, run_clock_ms(run));
		free(said);
	} else {
		show_error(run, &err);
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
		app_message(run->app, "$EDITOR is no command", run_clock_ms(run));
	} else if (!run->term.ops->run || !run->term.ops->run(run->term.self, argv)) {
		char *said = xasprintf("%s did not run: VISUAL or EDITOR names the editor", argv[0]);
		app_message(run->app, said, run_clock_ms(run));
		free(said);
	}
	run_come_back(run);
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
		run_start_loading(run);
	if (updates & UPDATE_EDIT)
		edit(run);
	if (updates & UPDATE_STOP) {
		run->term.ops->suspend(run->term.self);
		run_come_back(run);
	}
}

void
run_handle(struct run *run, const struct event *event)
{
	/* Input that comes in one go is not painted in between, but what has gone cannot be clicked. */
	if (event->kind == EVENT_MOUSE && event->what == MOUSE_PRESS && run->dirty)
		app_draw(run->app, &run->grid);
	apply(run, app_handle(run->app, event, run_clock_ms(run)));
}

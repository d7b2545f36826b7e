/* SPDX-License-Identifier: MIT
 * The app from its beginning to its end, what is asked of it, and what it has to say. */
#include "config.h"

#include "ui/app.h"

#include <stdarg.h>
#include <stdio.h>

#include "ui/change.h"
#include "ui/fetch.h"
#include "ui/details.h"
#include "ui/keep.h"
#include "ui/traces.h"
#include "ui/viewer.h"
#include "ui/writing.h"
#include "util/alloc.h"
#include "util/text.h"

enum { MESSAGE_MS = 3000, PROGRESS_MS = 100, BUILD_POLL_MS = 20, PATIENCE = 50 * 1000 };

/* ---- life */

static char *
copy_text(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

void
app_set_recipe(struct app *app, const struct recipe *recipe)
{
	app->asked = recipe != NULL;
	if (recipe)
		app->recipe = *recipe;
}

struct strtab *
app_patterns(struct app *app)
{
	return app->patterns;
}

const char *
app_keep_pattern(struct app *app, struct str text)
{
	return text.len ? strtab_get(app->patterns, strtab_intern(app->patterns, text)).at : NULL;
}

struct app *
app_new(const struct app_options *options, int cols, int rows)
{
	struct app *app = xcalloc(1, sizeof *app);

	app->options = *options;
	app->options.title = app->title = xstrdup(options->title ? options->title : "");
	app->options.version = app->version = xstrdup(options->version ? options->version : "");
	app->options.search = app->search = copy_text(options->search);
	app->options.sandwich = app->sandwich = copy_text(options->sandwich);
	app->options.focus = app->focus = copy_text(options->focus);
	app->options.theme_folder = app->theme_folder = copy_text(options->theme_folder);
	app->patterns = strtab_new();
	app->cols = cols > 0 ? cols : 1;
	app->rows = rows > 0 ? rows : 1;
	app->theme = options->theme ? theme_find(str_of(options->theme)) : NULL;
	app->theme_chosen = app->theme || options->light;
	if (!app->theme)
		app->theme = theme_find(options->light ? STR("light") : STR("dark"));
	app->mouse = !options->no_mouse;
	app->patience = PATIENCE;
	app->trail = NODE_NONE;
	app->same = ID_NONE;
	app->wanted = app->latest = ID_NONE;
	return app;
}

void
app_drop_session(struct app *app)
{
	fetch_stop(app, false);
	if (app->building.builder) {
		bool is_new;
		app_stop_building(app);
		builder_finish(app->building.builder, &is_new);
		app->building.builder = NULL;
	}
	app->ahead.count = 0;
	app->reload = false;
	popup_close(app);
	if (app->prompt.kind != PROMPT_NONE)
		prompt_close(app);
	details_forget(app);
	app->color_values = app->column_values = (struct shown_attribute){ 0 };
	names_fini(&app->names);
	if (!writing_takes(app, app->session))
		session_free(app->session);
	history_fini(&app->history);
	vec_fini(&app->folds);
	app->session = NULL;
	app->scene = NULL;
	app->same = ID_NONE;
	app->trail = NODE_NONE;
	app->wanted = app->latest = ID_NONE;
	app->hover.on = false;
	app->drag.kind = DRAG_NONE;
	app->range.on = false;
}

void
app_free(struct app *app)
{
	if (!app)
		return;
	writing_end(app);
	app_drop_session(app);
	details_free(app);
	for (int i = 0; i < PROMPT_COUNT; i++)
		line_history_fini(&app->prompt.lines[i]);
	vec_fini(&app->hits);
	strtab_free(app->patterns);
	free(app->loading.failure);
	free(app->message);
	free(app->copy);
	free(app->save);
	free(app->write.path);
	free(app->theme_folder);
	own_themes_fini(&app->own_themes);
	kept_free(app->kept);
	free(app->edit);
	free(app->title);
	free(app->version);
	free(app->search);
	free(app->focus);
	free(app->sandwich);
	free(app);
}

/* ---- queries */

struct scene *
app_scene(struct app *app)
{
	return app->scene;
}

struct screen
app_screen(const struct app *app)
{
	return screen_split(app->cols, app->rows, &app->state, app->scene && app->scene->tree->timed && app->scene->tree->span);
}

enum pane
app_pane(const struct app *app)
{
	enum view_id view = app->state.view;

	return view == VIEW_BOTH || view == VIEW_TRACES ? app->state.pane : view_pane(view);
}

unsigned
app_places(const struct app *app)
{
	static const unsigned places[] = {
		[PANE_FLAME] = IN_FLAME, [PANE_TABLE] = IN_TABLE, [PANE_TREE] = IN_TREE, [PANE_TIMELINE] = IN_TIMELINE, [PANE_TRACES] = IN_TRACES,
		[PANE_CHART] = IN_CHART,
	};
	unsigned pane = places[app_pane(app)];

	return pane | (app->state.view == VIEW_BOTH || app->state.details ? IN_BOTH : 0) | (app->state.in_details ? IN_DETAILS : 0);
}

const struct theme *
app_theme(const struct app *app)
{
	return app->theme;
}

bool
app_wants_mouse(const struct app *app)
{
	return app->mouse;
}

bool
app_is_loading(const struct app *app)
{
	return app->loading.job || app_is_building(app);
}

bool
app_is_writing(const struct app *app)
{
	return writing_is_on(app);
}

const char *
app_copy_caveat(const struct app *app)
{
	return app->copy_caveat;
}

char *
app_take_copy(struct app *app)
{
	char *text = app->copy;

	app->copy = NULL;
	return text;
}

char *
app_take_save(struct app *app)
{
	char *path = app->save;

	app->save = NULL;
	return path;
}

bool
app_take_edit(struct app *app, char **path_out, uint32_t *line_out)
{
	*path_out = app->edit;
	*line_out = app->edit_line;
	app->edit = NULL;
	return *path_out != NULL;
}

/* ---- changes of the state */

unsigned
app_say(struct app *app, const char *format, ...)
{
	struct buf safe = { 0 };
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	text_sanitise(str_of(text), &safe);
	free(app->message);
	app->message = xstrndup(buf_str(&safe).at, safe.len);
	app->message_until = app->now + MESSAGE_MS;
	app->gap.tree = NULL;
	buf_fini(&safe);
	return UPDATE_DRAW;
}

void
app_message(struct app *app, const char *text, uint64_t now_ms)
{
	app->now = now_ms;
	app_say(app, "%s", text);
}

frame_id
app_frame(struct app *app)
{
	return app->state.view == VIEW_TRACES ? traces_frame(app) : app_pane(app) == PANE_TABLE ? table_frame(app) : app->scene->tree->frame[app->state.cursor];
}

static void
sooner(int64_t *due, uint64_t when, uint64_t now)
{
	int64_t left = when > now ? (int64_t)(when - now) : 0;

	if (*due < 0 || left < *due)
		*due = left;
}

int
app_next_tick_ms(const struct app *app, uint64_t now_ms)
{
	int64_t due = -1;

	if (app->quit)
		return 0;
	if (app->message)
		sooner(&due, app->message_until, now_ms);
	if (app->same_due && app->scene)
		sooner(&due, app->same_due, now_ms);
	if (app->hover.on && app->hover.due > now_ms)
		sooner(&due, app->hover.due, now_ms);
	if (app->more_events)
		sooner(&due, app->now, now_ms);
	if (app->loading.job)
		sooner(&due, app->now + PROGRESS_MS, now_ms);
	if (app_is_building(app) || fetch_is_on(app) || writing_is_on(app))
		sooner(&due, app->now + BUILD_POLL_MS, now_ms);
	return (int)due;
}

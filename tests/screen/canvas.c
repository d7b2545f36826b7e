/* SPDX-License-Identifier: MIT
 * A program for tests of the terminal: the event loop with a viewer that draws a fixed picture and says what it was told.
 * Keys: q quits, t changes the theme, c copies, z stops, p panics, C crashes, m turns the mouse off and on, x shows the cursor. */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load/load.h"
#include "ui/run.h"
#include "ui/term.h"
#include "util/alloc.h"

struct app {
	struct buf         told;
	const struct theme *theme;
	bool               mouse, copy, cursor;
	int                cols, rows;
	unsigned           events;
};

static const struct style plain = { .fg = { .role = ROLE_TEXT }, .bg = { .role = ROLE_BACKGROUND } };

struct app *
app_new(const struct app_options *options, int cols, int rows)
{
	struct app *app = xcalloc(1, sizeof *app);

	app->cols = cols;
	app->rows = rows;
	app->mouse = true;
	app->theme = theme_find(options->light ? STR("light") : STR("dark"));
	buf_addf(&app->told, "ascii %d mono %d", options->ascii, options->mono);
	return app;
}

void
app_free(struct app *app)
{
	buf_fini(&app->told);
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
	(void)app, (void)job, (void)now_ms;
}

void
app_loaded(struct app *app, struct dataset *ds, const struct error *err, uint64_t now_ms)
{
	(void)app, (void)err, (void)now_ms;
	dataset_free(ds);
}

static unsigned
handle_key(struct app *app, const struct event *event)
{
	buf_add(&app->told, STR("key "));
	key_format(event->key, event->mods, &app->told);
	switch (event->mods ? 0 : event->key) {
	case 'q':
		return UPDATE_QUIT;
	case 't':
		app->theme = theme_find(theme_is_light(app->theme) ? STR("dark") : STR("light"));
		break;
	case 'c':
		app->copy = true;
		return UPDATE_DRAW | UPDATE_COPY;
	case 'z':
		return UPDATE_DRAW | UPDATE_STOP;
	case 'p':
		panic("asked to panic");
	case 'C':
		raise(SIGSEGV);
		break;
	case 'm':
		app->mouse = !app->mouse;
		return UPDATE_DRAW | UPDATE_MOUSE;
	case 'x':
		app->cursor = !app->cursor;
		break;
	default:
		break;
	}
	if (event->key == 'c' && event->mods == MOD_CTRL)
		return UPDATE_QUIT;
	return UPDATE_DRAW;
}

unsigned
app_handle(struct app *app, const struct event *event, uint64_t now_ms)
{
	(void)now_ms;
	if (event->kind == EVENT_LOAD)
		return UPDATE_NONE;
	app->events++;
	buf_clear(&app->told);
	switch (event->kind) {
	case EVENT_KEY:
		return handle_key(app, event);
	case EVENT_MOUSE:
		buf_addf(&app->told, "mouse %d button %d clicks %d at %d,%d mods %d", event->what, event->button, event->clicks, event->col, event->row, event->mods);
		break;
	case EVENT_PASTE:
		buf_addf(&app->told, "paste %.*s", (int)event->text.len, event->text.at);
		break;
	case EVENT_RESIZE:
		app->cols = event->cols;
		app->rows = event->rows;
		buf_addf(&app->told, "size %dx%d", event->cols, event->rows);
		break;
	case EVENT_BACKGROUND:
		app->theme = theme_find((event->rgb & 0xff) > 0x80 ? STR("light") : STR("dark"));
		buf_addf(&app->told, "background %06x", (unsigned)event->rgb);
		break;
	case EVENT_CONTINUE:
		buf_add(&app->told, STR("continued"));
		break;
	default:
		break;
	}
	return UPDATE_DRAW;
}

void
app_draw(struct app *app, struct grid *grid)
{
	char size[64];

	grid_clear(grid, plain);
	grid_text(grid, 0, 0, grid->cols, buf_str(&app->told), plain);
	grid_text(grid, 0, 1, grid->cols, STR("日本 e\xcc\x81 µs · x"), plain);
	for (int hue = 0; hue < PAINT_HUES; hue++)
		for (int shade = 0; shade < PAINT_SHADES; shade++) {
			struct style box = { .fg = PAINT(ROLE_INK), .bg = { ROLE_BOX, (uint8_t)hue, (uint8_t)shade } };
			grid_fill(grid, hue * 3, 2 + shade, 3, box);
			grid_text(grid, hue * 3 + 1, 2 + shade, 1, STR("b"), box);
		}
	grid_text(grid, 0, 4, grid->cols, STR("accent"), (struct style){ .fg = PAINT(ROLE_ACCENT), .bg = PAINT(ROLE_BAR), .attrs = ATTR_BOLD });
	grid_text(grid, 10, 4, grid->cols, STR("under"), (struct style){ .fg = PAINT(ROLE_TEXT), .bg = PAINT(ROLE_BACKGROUND), .attrs = ATTR_UNDERLINE });
	grid_text(grid, 20, 4, grid->cols, STR("cursor"), (struct style){ .fg = PAINT(ROLE_INK), .bg = PAINT(ROLE_CURSOR), .attrs = ATTR_BOLD });
	grid_glyph(grid, 30, 4, GLYPH_LEFT_3, (struct style){ .fg = { ROLE_BOX, 1, 0 }, .bg = { ROLE_BOX, 9, 1 } });
	snprintf(size, sizeof size, "corner %dx%d.", grid->cols, grid->rows);
	grid_text(grid, grid->cols - (int)strlen(size), grid->rows - 1, grid->cols, str_of(size), plain);
	if (app->cursor) {
		grid->cursor_col = 3;
		grid->cursor_row = 1;
	}
}

int
app_next_tick_ms(const struct app *app, uint64_t now_ms)
{
	(void)app, (void)now_ms;
	return -1;
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
	(void)app;
	return false;
}

char *
app_take_copy(struct app *app)
{
	if (!app->copy)
		return NULL;
	app->copy = false;
	return xstrdup("copied text");
}

char *
app_take_save(struct app *app)
{
	(void)app;
	return NULL;
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
	(void)now_ms;
	buf_clear(&app->told);
	buf_addf(&app->told, "message %s", text);
}

struct dataset *
load_files(const char *const *paths, size_t count, const struct load_options *options, struct error *err)
{
	(void)count, (void)options;
	if (strcmp(paths[0], "bad") != 0)
		return dataset_new();
	error_set(err, ERROR_INPUT, "cannot be opened");
	error_at_line(err, paths[0], 0);
	return NULL;
}

int
main(int argc, char **argv)
{
	static const char *const depths[] = { "mono", "16", "256", "24bit" };
	const char *path = "file";
	struct ui_options options = { .paths = &path, .count = 1, .depth = -1, .ascii = -1, .theme = NULL };

	for (int i = 1; i < argc; i++) {
		for (int depth = 0; depth < 4; depth++)
			if (strcmp(argv[i], depths[depth]) == 0)
				options.depth = depth;
		if (strcmp(argv[i], "dark") == 0)
			options.theme = "dark";
		if (strcmp(argv[i], "bad") == 0)
			path = "bad";
	}
	return ui_run(&options);
}

const char *
app_copy_caveat(const struct app *app)
{
	(void)app;
	return NULL;
}

/* SPDX-License-Identifier: MIT
 * The line at the bottom where one types: a pattern, which is searched while it is typed, or a file name. */
#include "config.h"

#include "ui/calltree.h"
#include "ui/line.h"
#include "ui/sandwich.h"
#include "ui/viewer.h"
#include "util/text.h"

enum { PATH_BYTES = 1024 };

struct prompt_look {
	const char *label;
	const char *hint;     /* shown while nothing is typed */
	size_t      limit;    /* bytes */
};

static const struct prompt_look looks[PROMPT_COUNT] = {
	[PROMPT_SEARCH] = { "/", "a regular expression", SEARCH_BYTES - 1 },
	[PROMPT_SANDWICH] = { "sandwich of: ", "a regular expression for names of functions", SEARCH_BYTES - 1 },
	[PROMPT_LEVELS] = { "levels to unfold: ", "a number", 8 },
	[PROMPT_WRITE]  = { "write merged stacks to: ", "a file name", PATH_BYTES },
	[PROMPT_SAVE]   = { "save the screen to: ", "a file name that ends in .txt or .svg", PATH_BYTES },
};

/* A name to begin with: that of the input, with another suffix. */
static void
suggest_path(struct app *app, struct buf *out)
{
	const char *base = strrchr(app->title, '/'), *dot;

	base = base ? base + 1 : app->title;
	dot = strchr(base, '.');
	size_t len = dot && dot > base ? (size_t)(dot - base) : strlen(base);
	if (len == 0 || (len == 1 && *base == '-'))
		buf_add(out, STR("spanfire"));
	else
		buf_add(out, (struct str){ base, len });
	buf_add(out, app->prompt.kind == PROMPT_WRITE ? STR(".folded") : STR(".svg"));
}

unsigned
prompt_open(struct app *app, enum prompt_kind kind)
{
	struct prompt *prompt = &app->prompt;
	struct buf text = { 0 };

	prompt->kind = kind;
	prompt->before = app->state;
	if (kind == PROMPT_SEARCH)
		app_set_search(app, STR(""));
	else if (kind == PROMPT_WRITE || kind == PROMPT_SAVE)
		suggest_path(app, &text);
	line_edit_init(&prompt->edit, buf_str(&text), looks[kind].limit);
	buf_fini(&text);
	return UPDATE_DRAW;
}

void
prompt_close(struct app *app)
{
	line_edit_fini(&app->prompt.edit);
	app->prompt.kind = PROMPT_NONE;
}

/* What was typed stays for the time after the prompt has closed. */
static unsigned
accept_search(struct app *app)
{
	struct view_state now = app->state;

	if (strcmp(now.search, app->prompt.before.search) == 0) {
		app->state = app->prompt.before;
		return UPDATE_DRAW;
	}
	app->state = app->prompt.before;
	app_remember(app, 0);
	app->state = now;
	struct scene *scene = app_scene(app);
	if (!scene->match)
		return UPDATE_DRAW;
	if (scene->match->node_count == 0)
		return app_say(app, "nothing matches %s: esc clears the search", now.search);
	if (scene->match_literal)
		return app_say(app, "not a regular expression: searched as plain text");
	return UPDATE_DRAW;
}

static unsigned
accept(struct app *app)
{
	struct prompt *prompt = &app->prompt;
	enum prompt_kind kind = prompt->kind;
	struct buf text = { 0 };
	unsigned update = UPDATE_DRAW;

	buf_add(&text, buf_str(&prompt->edit.text));
	line_history_add(&prompt->lines[kind], buf_str(&text));
	prompt_close(app);
	if (kind == PROMPT_SEARCH)
		update = accept_search(app);
	else if (kind == PROMPT_SANDWICH)
		update = sandwich_of(app, buf_str(&text));
	else if (kind == PROMPT_LEVELS)
		update = calltree_unfold_to(app, buf_str(&text));
	else if (text.len > 0)
		update = kind == PROMPT_WRITE ? write_stacks(app, buf_str(&text)) : save_screen(app, buf_str(&text));
	buf_fini(&text);
	return update | UPDATE_DRAW;
}

static unsigned
take_back(struct app *app)
{
	if (app->prompt.kind == PROMPT_SEARCH) {
		app->state = app->prompt.before;
		app_set_search(app, str_of(app->prompt.before.search));
	}
	prompt_close(app);
	return UPDATE_DRAW;
}

unsigned
prompt_handle(struct app *app, const struct event *event)
{
	struct prompt *prompt = &app->prompt;

	if (event->kind == EVENT_MOUSE)
		return event->what == MOUSE_PRESS ? accept(app) : UPDATE_NONE;
	if (event->kind == EVENT_KEY) {
		if (event->key == K_ENTER)
			return accept(app);
		if (event->key == K_ESC || (event->key == 'c' && event->mods == MOD_CTRL) ||
		    (event->key == K_BACKSPACE && prompt->edit.text.len == 0))
			return take_back(app);
	}
	if (!line_edit_handle(&prompt->edit, event, &prompt->lines[prompt->kind]))
		return UPDATE_NONE;
	if (prompt->kind == PROMPT_SEARCH)
		app_set_search(app, buf_str(&prompt->edit.text));
	return UPDATE_DRAW;
}

/* How many match so far, at the right end. */
static void
draw_count(struct app *app, struct line *line)
{
	struct scene *scene = app_scene(app);
	struct buf text = { 0 };

	if (app->prompt.kind != PROMPT_SEARCH || !scene->match)
		return;
	buf_addf(&text, "%u %s%s", scene->match->node_count, scene->match->node_count == 1 ? "box" : "boxes",
	         scene->match_literal ? ", as plain text" : "");
	int cols = text_width(buf_str(&text));
	if (cols + 1 < line_left(line)) {
		grid_text_over(line->grid, line->end - cols - 1, line->row, cols, buf_str(&text), PAINT(ROLE_DIM), 0);
		line->end -= cols + 2;
	}
	buf_fini(&text);
}

void
prompt_draw(struct app *app, struct grid *grid)
{
	const struct prompt_look *look = &looks[app->prompt.kind];
	const struct line_edit *edit = &app->prompt.edit;
	struct line line = line_begin(grid, (struct rect){ 0, grid->rows - 1, grid->cols, 1 }, ROLE_BAR);
	struct str text = buf_str(&edit->text);
	int before = text_width((struct str){ text.at, edit->at }), skipped = 0;
	struct str label = str_of(look->label);

	if (text_width(label) > grid->cols / 2)
		label = STR("");
	line_put(&line, label, ROLE_ACCENT, ATTR_BOLD);
	if (text_width(text) + 24 < line_left(&line))
		draw_count(app, &line);
	int room = line_left(&line) - 1;
	while (before - skipped > room && text.len > 0) {
		int width;
		size_t bytes = text_cluster(text, &width);
		skipped += width;
		text = (struct str){ text.at + bytes, text.len - bytes };
	}
	if (text.len == 0 && edit->text.len == 0)
		grid_text_over(grid, line.col, line.row, line_left(&line), str_of(look->hint), PAINT(ROLE_DIM), 0);
	grid->cursor_row = line.row;
	grid->cursor_col = line.col + before - skipped < grid->cols ? line.col + before - skipped : grid->cols - 1;
	line_put(&line, text, ROLE_TEXT, 0);
}

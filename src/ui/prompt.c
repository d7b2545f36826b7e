/* SPDX-License-Identifier: MIT
 * The line at the bottom where one types: a pattern, which is tried while it is typed, or a file name. */
#include "config.h"

#include "ui/calltree.h"
#include "ui/details.h"
#include "ui/filters.h"
#include "ui/line.h"
#include "ui/query_prompt.h"
#include "ui/sandwich.h"
#include "ui/selection.h"
#include "ui/traces.h"
#include "ui/viewer.h"
#include "util/text.h"

enum { PATH_BYTES = 1024, PATTERN_BYTES = 4096, QUERY_BYTES = 4096, NOTE_GAP = 3 };

struct prompt_look {
	const char *label;
	const char *hint;                                      /* shown while nothing is typed */
	size_t      limit;                                     /* bytes */
	void      (*suggest)(struct app *app, struct buf *out);    /* what to begin with; NULL: nothing */
	void      (*change)(struct app *app, struct str text);     /* after every change; NULL: nothing happens */
	void      (*complete)(struct app *app, struct buf *out);   /* what Tab puts in; NULL: nothing */
	unsigned  (*accept)(struct app *app, struct str text);     /* the state is as it was before */
	bool      (*handle)(struct app *app, const struct event *event, unsigned *update_out);    /* before all others; NULL: nothing */
	void      (*draw)(struct app *app, struct grid *grid, int bottom);    /* above row bottom; NULL: nothing */
};

/* ---- searching */

static void
note_search(struct app *app)
{
	const struct scene *scene = app_scene(app);

	if (scene->match && app->state.view == VIEW_TRACES)
		buf_addf(&app->prompt.note, "%u found%s", traces_of(app)->found_count, scene->match_literal ? ", as plain text" : "");
	else if (scene->match)
		buf_addf(&app->prompt.note, "%u %s%s", scene->match->node_count, scene->match->node_count == 1 ? "box" : "boxes",
		         scene->match_literal ? ", as plain text" : "");
}

static void
change_search(struct app *app, struct str text)
{
	app_set_search(app, text);
	note_search(app);
}

static unsigned
accept_search(struct app *app, struct str text)
{
	if (str_equal(text, str_of(app_search(app))))
		return UPDATE_DRAW;
	app_remember(app, 0);
	app_set_search(app, text);
	struct scene *scene = app_scene(app);
	if (!scene->match)
		return UPDATE_DRAW;
	uint32_t found = app->state.view == VIEW_TRACES ? traces_of(app)->found_count : scene->match->node_count;
	if (found == 0)
		return app_say(app, "nothing matches %s: esc clears the search", app_search(app));
	if (scene->match_literal)
		return app_say(app, "not a regular expression: searched as plain text");
	return UPDATE_DRAW;
}

/* ---- searching in the details */

static void
change_details(struct app *app, struct str text)
{
	details_search(app, text);
	if (text.len)
		buf_addf(&app->prompt.note, "%u %s", details_hit_count(app), details_hit_count(app) == 1 ? "line" : "lines");
}

/* ---- expressions for names of functions */

static void
change_pattern(struct app *app, struct str text)
{
	app->prompt.bad = !pattern_preview(app, text, &app->prompt.note);
}

/* ---- queries */

static unsigned
accept_query(struct app *app, struct str text)
{
	return text_width(text) ? selection_add(app, text) : UPDATE_DRAW;
}

/* ---- files */

static void
change_path(struct app *app, struct str text)
{
	write_note(app, text, &app->prompt.note);
}

static const char pattern_hint[] = "an expression for names; tab: the name here, up: earlier ones";

static const struct prompt_look looks[PROMPT_COUNT] = {
	[PROMPT_SEARCH]    = { "/", "a regular expression", PATTERN_BYTES, NULL, change_search, NULL, accept_search, NULL, NULL },
	[PROMPT_DETAILS]   = { "in the details: ", "a regular expression", PATTERN_BYTES, NULL, change_details, NULL, details_find, NULL, NULL },
	[PROMPT_QUERY]     = { "query: ", "service = cart AND duration > 20ms; tab: what there is, up: earlier ones", QUERY_BYTES, NULL, query_prompt_change, NULL, accept_query,
	                       query_prompt_handle, query_prompt_draw },
	[PROMPT_SANDWICH]  = { "sandwich of: ", pattern_hint, PATTERN_BYTES, NULL, change_pattern, pattern_here, sandwich_of, NULL, NULL },
	[PROMPT_IGNORE]    = { "ignore: ", pattern_hint, PATTERN_BYTES, NULL, change_pattern, pattern_here, filter_ignore_by, NULL, NULL },
	[PROMPT_ONLY]      = { "only: ", pattern_hint, PATTERN_BYTES, NULL, change_pattern, pattern_here, filter_only_by, NULL, NULL },
	[PROMPT_SHOW_FROM] = { "show from: ", pattern_hint, PATTERN_BYTES, NULL, change_pattern, pattern_here, filter_show_from_by, NULL, NULL },
	[PROMPT_HIDE]      = { "hide: ", pattern_hint, PATTERN_BYTES, NULL, change_pattern, pattern_here, filter_hide_by, NULL, NULL },
	[PROMPT_LEVELS]    = { "levels to unfold: ", "a number", 8, NULL, NULL, NULL, calltree_unfold_to, NULL, NULL },
	[PROMPT_WRITE]     = { "write to: ", "a file name", PATH_BYTES, write_suggest, change_path, NULL, write_stacks, NULL, NULL },
	[PROMPT_SAVE]      = { "save the screen to: ", "a file name that ends in .txt or .svg", PATH_BYTES, save_suggest, NULL, NULL, save_screen, NULL, NULL },
};

/* ---- any of them */

static void
changed(struct app *app)
{
	struct prompt *prompt = &app->prompt;

	buf_clear(&prompt->note);
	prompt->bad = false;
	if (looks[prompt->kind].change)
		looks[prompt->kind].change(app, buf_str(&prompt->edit.text));
}

unsigned
prompt_open_with(struct app *app, enum prompt_kind kind, struct str text)
{
	struct prompt *prompt = &app->prompt;

	prompt->kind = kind;
	prompt->before = app->state;
	prompt->looked = false;
	line_edit_init(&prompt->edit, text, looks[kind].limit);
	changed(app);
	return UPDATE_DRAW;
}

unsigned
prompt_open(struct app *app, enum prompt_kind kind)
{
	struct buf text = { 0 };

	if (looks[kind].suggest)
		looks[kind].suggest(app, &text);
	unsigned update = prompt_open_with(app, kind, buf_str(&text));
	buf_fini(&text);
	return update;
}

void
prompt_close(struct app *app)
{
	line_edit_fini(&app->prompt.edit);
	buf_fini(&app->prompt.note);
	query_prompt_close(app);
	app->prompt.kind = PROMPT_NONE;
}

/* Closes it; what was tried while it was typed is undone, but for a search that is about to stay. */
static unsigned
take_back(struct app *app, bool but_matches)
{
	bool tried = looks[app->prompt.kind].change != NULL;

	if (app->prompt.kind == PROMPT_DETAILS)
		details_search(app, STR(""));
	prompt_close(app);
	if (app->prompt.looked)
		app->state.search = app->prompt.before.search;
	else
		app->state = app->prompt.before;
	if (tried && !but_matches)
		app_set_search(app, strtab_get(app->patterns, app->prompt.before.search));
	return UPDATE_DRAW;
}

static unsigned
accept(struct app *app)
{
	struct prompt *prompt = &app->prompt;
	const struct prompt_look *look = &looks[prompt->kind];
	struct buf text = { 0 };

	if (prompt->bad)
		return UPDATE_NONE;
	buf_add(&text, buf_str(&prompt->edit.text));
	line_history_add(&prompt->lines[prompt->kind], buf_str(&text));
	take_back(app, look->accept == accept_search);
	unsigned update = look->accept(app, buf_str(&text));
	buf_fini(&text);
	return update | UPDATE_DRAW;
}

static bool
complete(struct app *app)
{
	const struct prompt_look *look = &looks[app->prompt.kind];
	struct buf text = { 0 };

	if (!look->complete)
		return false;
	look->complete(app, &text);
	line_edit_handle(&app->prompt.edit, &(struct event){ .kind = EVENT_PASTE, .text = buf_str(&text) }, NULL);
	buf_fini(&text);
	return true;
}

/* One looks around while one types, and stays there.  Nothing that is gone back to has the search that is only tried. */
static unsigned
look_around(struct app *app, const struct event *event)
{
	str_id tried = app->state.search;

	if (app->prompt.kind == PROMPT_DETAILS)
		return UPDATE_NONE;
	app->state.search = app->prompt.before.search;
	unsigned update = app_mouse(app, event);
	app->state.search = tried;
	app->prompt.looked = true;
	return update;
}

unsigned
prompt_handle(struct app *app, const struct event *event)
{
	struct prompt *prompt = &app->prompt;

	unsigned update = UPDATE_NONE;
	if (looks[prompt->kind].handle && looks[prompt->kind].handle(app, event, &update))
		return update;
	if (event->kind == EVENT_MOUSE && event->what >= MOUSE_WHEEL_UP)
		return look_around(app, event);
	if (event->kind == EVENT_MOUSE)
		return event->what != MOUSE_PRESS ? UPDATE_NONE : prompt->kind == PROMPT_SEARCH ? accept(app) : take_back(app, false);
	if (event->kind == EVENT_KEY) {
		if (event->key == K_ENTER)
			return accept(app);
		if (event->key == K_ESC || (event->key == 'c' && event->mods == MOD_CTRL) ||
		    (event->key == K_BACKSPACE && prompt->edit.text.len == 0))
			return take_back(app, false);
	}
	bool tab = event->kind == EVENT_KEY && event->key == K_TAB && event->mods == 0;
	if (tab ? !complete(app) : !line_edit_handle(&prompt->edit, event, &prompt->lines[prompt->kind]))
		return UPDATE_NONE;
	changed(app);
	return UPDATE_DRAW;
}

/* What is found so far, at the right end or above it.  The first row that is taken. */
static int
draw_note(struct app *app, struct line *line, int text_cols)
{
	struct str note = buf_str(&app->prompt.note);
	enum role ink = app->prompt.bad ? ROLE_ERROR : ROLE_DIM;
	uint8_t attrs = app->prompt.bad ? ATTR_BOLD : 0;
	int cols = text_width(note);

	if (cols == 0)
		return line->row;
	if (text_cols + cols + NOTE_GAP < line_left(line)) {
		grid_text_over(line->grid, line->end - cols - 1, line->row, cols, note, PAINT(ink), attrs);
		line->end -= cols + 2;
		return line->row;
	}
	if (line->row > 0) {
		struct line above = line_begin(line->grid, (struct rect){ 0, line->row - 1, line->grid->cols, 1 }, ROLE_BAR);
		line_space(&above, 1);
		line_put_cut(&above, note, ink, attrs);
	}
	return line->row - 1;
}

/* The byte where a query is wrong, or the end of it; text is what of it is on screen, from byte skipped on. */
static void
mark_bad(struct app *app, struct grid *grid, const struct line *line, struct str text, size_t skipped)
{
	const struct prompt *prompt = &app->prompt;

	if (!prompt->bad || prompt->kind != PROMPT_QUERY || prompt->bad_at < skipped)
		return;
	size_t at = prompt->bad_at - skipped;
	at = at < text.len ? at : text.len;
	int width = 1, col = line->col + text_width((struct str){ text.at, at });
	size_t len = text_cluster(str_tail(text, at), &width);
	if (col < line->end)
		grid_text_over(grid, col, line->row, line->end - col, len ? (struct str){ text.at + at, len } : STR(" "), PAINT(ROLE_ERROR),
		               ATTR_REVERSE);
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
	int above = draw_note(app, &line, text_width(text));
	int room = line_left(&line) - 1;
	while (before - skipped > room && text.len > 0) {
		int width;
		size_t bytes = text_cluster(text, &width);
		skipped += width;
		text = str_tail(text, bytes);
	}
	if (text.len == 0 && edit->text.len == 0)
		grid_text_over(grid, line.col, line.row, line_left(&line), str_of(look->hint), PAINT(ROLE_DIM), 0);
	grid->cursor_row = line.row;
	grid->cursor_col = line.col + before - skipped < grid->cols ? line.col + before - skipped : grid->cols - 1;
	struct line begun = line;
	line_put(&line, text, ROLE_TEXT, 0);
	mark_bad(app, grid, &begun, text, edit->text.len - text.len);
	if (look->draw)
		look->draw(app, grid, above);
}

/* SPDX-License-Identifier: MIT
 * The viewer without a terminal: events in, cells out.
 * Handlers change the state and return what must be redone; only app_draw() draws, and it draws the whole screen into a grid.
 * The app never reads a clock, a file descriptor or the environment: time comes in with the events. */
#ifndef UI_APP_H
#define UI_APP_H

#include "analysis/recipe.h"
#include "load/sink.h"
#include "ui/event.h"
#include "ui/grid.h"
#include "ui/paint.h"
#include "util/error.h"
#include "util/job.h"
#include "util/setting.h"

/* What must be redone after an event; several at once. */
enum update {
	UPDATE_NONE   = 0,
	UPDATE_DRAW   = 1,     /* call app_draw() */
	UPDATE_REDRAW = 2,     /* and the terminal's content is unknown */
	UPDATE_QUIT   = 4,
	UPDATE_COPY   = 8,     /* app_take_copy() has text for the clipboard */
	UPDATE_MOUSE  = 16,    /* app_wants_mouse() changed */
	UPDATE_SAVE   = 32,    /* app_take_save() names a file for the screen */
	UPDATE_STOP   = 64,    /* Ctrl-Z: suspend */
	UPDATE_EDIT   = 256,   /* app_take_edit() names a place for the editor */
	UPDATE_RELOAD = 128,   /* start loading again and call app_loading(), then app_loaded() */
};

struct app_options {
	const char       *title;          /* what is being opened, for the header; borrowed */
	const char       *version;
	bool              ascii;
	bool              mono;           /* no colours: edges of boxes are whole cells with a bar, as in ASCII */
	bool              light;          /* theme to begin with, as long as nothing else decides */
	const char       *theme;          /* one that theme_find() knows, chosen by the user; or NULL */
	const char       *theme_folder;   /* of the user's themes; or NULL */
	bool              no_mouse;
	bool              utc;            /* moments by the clock are in UTC */
	const char       *search;         /* NULL or a pattern */
	const char       *sandwich;       /* NULL or a pattern for functions */
	const char       *focus;          /* NULL or an escaped path of names, 'a;b' */
	int               view;           /* enum view_id, or -1: the default */
	const struct setting *wishes;     /* further parts of the first view (ui/link.h), applied to the first dataset; borrowed */
	size_t            wish_count;
	const struct setting *usual;      /* the user's defaults, applied to every first view before anything else; borrowed */
	size_t            usual_count;
	const struct setting *queries;    /* saved ones: names and texts; borrowed */
	size_t            query_count;
	const char *const *problems;      /* of the configuration, to be told; borrowed */
	size_t            problem_count;
	const char *const *paths;         /* what was opened, for links; borrowed */
	size_t            path_count;
	const char       *format;         /* how it was read, or NULL: by content */
	bool              mangled;        /* functions have kept the names that compilers gave them */
	bool              undropped;      /* frames that a profile asks to leave out were kept */
	enum sink_grain   grain;          /* what made frames differ while it was read */
	bool              demo;           /* the demo was opened: paths do not count */
	uint64_t          hover_delay_ms; /* 0 unless a test wants it */
};

struct app;

/* What is to make frames differ when the input is read again. */
enum sink_grain app_grain(const struct app *app);

struct app *app_new(const struct app_options *options, int cols, int rows);
void        app_free(struct app *app);

/* While loading: the job that the loader writes; borrowed until app_loaded().  now_ms is any monotonic clock. */
void        app_loading(struct app *app, struct job *job, uint64_t now_ms);
/* Before app_loaded(), and again before what was read again: the tree to begin with, in place of the default for what is loaded, which
 * NULL goes back to.  Its patterns are of app_patterns(), all else is of that dataset. */
void           app_set_recipe(struct app *app, const struct recipe *recipe);
struct strtab *app_patterns(struct app *app);
/* The end of loading: a sealed dataset (now the app's), or NULL and the error. */
void        app_loaded(struct app *app, struct dataset *ds, const struct error *err, uint64_t now_ms);

/* enum update.  A press of the mouse is for what was drawn last: what has changed since must be drawn first. */
unsigned    app_handle(struct app *app, const struct event *event, uint64_t now_ms);
void        app_draw(struct app *app, struct grid *grid);     /* grid has the size of the last EVENT_RESIZE */

/* When the next EVENT_TICK is due, in ms after now; -1: none. */
int         app_next_tick_ms(const struct app *app, uint64_t now_ms);

const struct theme *app_theme(const struct app *app);
bool        app_wants_mouse(const struct app *app);
bool        app_is_loading(const struct app *app);
bool        app_is_writing(const struct app *app);    /* a file, which would be lost by leaving */
char       *app_take_copy(struct app *app);    /* the caller frees it; NULL when there is none */
const char *app_copy_caveat(const struct app *app);    /* what to mind about what was taken last; NULL: nothing */
char       *app_take_save(struct app *app);    /* a path ending in .txt or .svg */
bool        app_take_edit(struct app *app, char **path_out, uint32_t *line_out);    /* false: none; the caller frees the path */
void        app_message(struct app *app, const char *text, uint64_t now_ms);    /* shown in the footer for three seconds */

#endif

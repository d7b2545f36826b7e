/* SPDX-License-Identifier: MIT
 * What the parts of the viewer share: its state, and the calls between the parts.
 * Handlers change the state and return what must be redone (enum update); drawing only reads it, but for the places to click, which
 * drawing notes. */
#ifndef UI_VIEWER_H
#define UI_VIEWER_H

#include "ui/actions.h"
#include "ui/app.h"
#include "ui/builder.h"
#include "ui/complete.h"
#include "ui/line_edit.h"
#include "ui/list.h"
#include "ui/names.h"
#include "ui/popup.h"
#include "ui/screen.h"
#include "ui/session.h"
#include "ui/state.h"
#include "ui/write.h"

/* After a change, either the screen goes to the cursor or the cursor to the screen. */
enum follow { FOLLOW_CURSOR, FOLLOW_SCREEN };

enum { HISTORY_ZOOM = 1, HISTORY_PAN, HISTORY_FIND, HISTORY_FOLD, HISTORY_STEP, HISTORY_COLOUR, HISTORY_SORT, HISTORY_CHART };    /* kinds of steps of which several in a row are one */

enum prompt_kind {
	PROMPT_NONE, PROMPT_SEARCH, PROMPT_DETAILS, PROMPT_QUERY, PROMPT_SANDWICH, PROMPT_IGNORE, PROMPT_ONLY, PROMPT_SHOW_FROM, PROMPT_HIDE, PROMPT_LEVELS, PROMPT_WRITE,
	PROMPT_SAVE, PROMPT_COUNT
};

struct prompt {
	enum prompt_kind    kind;
	struct line_edit    edit;
	struct view_state   before;                 /* what Esc takes back to */
	bool                looked;                 /* around with the wheel, since: of it only the search is taken back */
	struct buf          note;                   /* what is typed would find, or what is wrong with it; sanitised */
	bool                bad;                    /* it is wrong */
	size_t              bad_at;                 /* of a query: the byte where it is */
	struct query_typing typing;                 /* of a query: what it can go on with */
	struct line_history lines[PROMPT_COUNT];
};

struct loading {
	struct job *job;        /* NULL: nothing is being loaded */
	uint64_t    since;
	bool        asking;     /* whether to keep, drop or go on */
	char       *failure;    /* why there is nothing to show */
};

/* A tree being built in the background, and what it is for (ui/change.h). */
struct building {
	struct builder   *builder;    /* NULL: none is */
	struct view_state target;
	int               how;        /* enum go */
	unsigned        (*then)(struct app *app);    /* it is not to be shown: what is to be done instead; else NULL */
	void            (*go_on)(struct app *app, node_id node);    /* what is to be done with the node once it is shown; may be NULL */
	node_id           node;
	size_t            history_now, history_len;    /* what the history goes back to when it is stopped */
};

/* The values of an attribute that the picture needs. */
struct shown_attribute {
	const struct column *column;    /* NULL: not asked for yet */
	str_id               key;
};

struct hover {
	bool     on;
	int      col, row;
	uint64_t due;    /* when the tooltip appears */
};

enum drag_kind { DRAG_NONE, DRAG_FLAME, DRAG_MINIMAP, DRAG_TIMELINE, DRAG_RANGE, DRAG_NAMES, DRAG_DETAILS, DRAG_CHART };

struct drag {
	enum drag_kind kind;
	int            col, row;    /* where it began */
	double         from, to;    /* the viewport then */
	uint32_t       top_row;
	bool           small;       /* on a gathered box, which opens when nothing is dragged, */
	bool           opened;      /* as it has */
};

/* A part of the time being taken, which becomes the viewport. */
struct range {
	bool   on;
	double from, to;
};

/* What the message tells of (ui/gap.h); tree NULL: nothing of the kind. */
struct gap {
	const struct tree *tree;
	node_id            node;
	double             from, to;
};

/* The cursor of a chart, and a range being taken: buckets from the left. */
struct charting {
	uint32_t at, mark;
	bool     marking;
};

/* Names of the user's theme files, sorted; it owns them. */
struct own_themes { VEC(char *); };

void own_themes_fini(struct own_themes *own);

/* In which order tracks are listed. */
/* What choosing a line of the legend does. */
enum legend_verb { LEGEND_SEARCH, LEGEND_ONLY, LEGEND_HIDE, LEGEND_VERBS };
enum track_order { TRACKS_AS_READ, TRACKS_BY_WEIGHT, TRACKS_BY_NAME, TRACK_ORDERS };

/* Keys that came while a tree was built: they are for the picture that it makes. */
struct ahead {
	struct event keys[16];    /* more are let go */
	size_t       count;
};

struct kept;
struct fetch;
struct writing;

struct app {
	struct app_options  options;
	char               *title, *version, *search, *focus, *sandwich, *theme_folder;    /* copies of the options' texts */
	struct strtab      *patterns;        /* of all recipes */
	struct recipe       recipe;          /* to begin with, when asked is set */
	bool                asked;
	int                 cols, rows;
	const struct theme *theme;
	bool                theme_chosen;    /* by the user: the terminal's background no longer decides */
	bool                mouse;
	uint64_t            now;             /* of the latest event, ms */

	struct session     *session;         /* NULL until something is loaded */
	struct scene       *scene;           /* of the present recipe */
	struct names        names;
	struct view_state   state, start;    /* now, and as it was opened */
	struct history      history;
	struct folds        folds;           /* of all states, by number */

	enum follow         follow;          /* of the event being handled */
	node_id             trail;           /* where a way up began, so that the way down leads there again */
	span_id             wanted;          /* that the cursor goes to when a tree is there (ui/goto.h); ID_NONE */
	span_id             latest;          /* that the cursor was on in the order of time, or the details were about; ID_NONE */
	struct shown_attribute color_values;     /* of the attribute that colours are by (ui/hue.h) */
	struct shown_attribute column_values;    /* of the one that has a column in the timeline (ui/value_column.h) */
	struct details_pane *details;        /* what the pane shows (ui/details.h) */
	frame_id            same;            /* frame whose boxes are highlighted; ID_NONE */
	uint64_t            same_due;        /* when the highlight follows the cursor; 0: it has */

	struct loading      loading;
	struct building     building;
	struct fetch       *fetch;           /* what is being read in the background (ui/fetch.h); NULL: nothing is */
	struct ahead        ahead;
	uint64_t            patience;        /* spans and samples beyond which trees are built in the background */
	bool                again;           /* not the first dataset */
	bool                reload;          /* read again what is read as soon as nothing is being built of it */
	struct kept        *kept;            /* of the view before a reload (ui/keep.h), until it is shown again */
	struct popup        popup;
	struct prompt       prompt;
	struct hover        hover;
	struct drag         drag;
	struct charting     charting;
	struct range        range;
	struct gap          gap;
	bool                more_events;     /* of the timeline's spans are to be read with the next tick */
	struct hits         hits;
	char               *message;
	uint64_t            message_until;
	struct write_wish   write;
	struct writing     *writing;         /* a file that is being written (ui/writing.h); NULL: none is */
	enum track_order    track_order;
	enum legend_verb    legend_verb;
	struct own_themes   own_themes;
	char               *copy, *save, *edit;    /* waiting to be taken */
	const char         *copy_caveat;           /* what that will not do by itself; NULL: nothing */
	uint32_t            edit_line;
	bool                quit;            /* with the next event */
};

/* ---- queries */
struct scene      *app_scene(struct app *app);            /* of the present state */
struct screen      app_screen(const struct app *app);
unsigned           app_places(const struct app *app);     /* enum place: where keys go */
enum pane          app_pane(const struct app *app);
frame_id           app_frame(struct app *app);            /* under the cursor of the pane that has the keys; ID_NONE: none is */
bool               app_can(struct app *app, enum action action);    /* whether it would do something now */
/* A text of a recipe, kept as long as the app; NULL for "". */
const char        *app_keep_pattern(struct app *app, struct str text);
/* Whether what is shown are spans; else samples. */
static inline bool
app_shows_spans(const struct app *app)
{
	return metric_is_of_spans(app->state.recipe.spec.metric);
}
static inline bool
app_plain_cells(const struct app *app)
{
	return app->options.ascii || app->options.mono;
}


/* ---- the session */
void               app_settle(struct app *app);           /* makes the state one that can be drawn */
void               app_drop_session(struct app *app);

/* ---- changes: each returns enum update */
unsigned app_act(struct app *app, enum action action);
unsigned app_say(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Another recipe, or another spec in it, as a step of the history: the new tree, with focus and cursor where they were as far as they
 * exist (ui/change.h). */
unsigned app_change_recipe(struct app *app, const struct recipe *recipe);
unsigned app_change_spec(struct app *app, const struct tree_spec *spec);
/* Another pattern, "" for none. */
void     app_set_search(struct app *app, struct str pattern);
const char *app_search(const struct app *app);
void     app_remember(struct app *app, int kind);
/* A step back or forward. */
unsigned app_restore(struct app *app, bool forward);

/* ---- flame graph (view_flame.c, flame_move.c, flame_mouse.c) */
bool     flame_act(struct app *app, enum action action, unsigned *update_out);    /* false: not one of its actions */
unsigned flame_mouse(struct app *app, const struct event *event);
unsigned flame_release(struct app *app);                    /* of the button that was pressed there */
unsigned flame_go_to(struct app *app, node_id node);        /* the viewport goes there where it is too small or elsewhere */
unsigned flame_bring(struct app *app, node_id node);        /* likewise, as part of a step that has been remembered */
void     flame_reveal(struct app *app, node_id node);       /* likewise, without a step of the history */
bool     flame_has_width(struct app *app, node_id node);    /* whether there is anything of it in the graph; else says so */
uint32_t flame_gathered(struct app *app, node_id node);     /* how many boxes are drawn as the one that holds it */
bool     flame_shows(struct app *app, node_id node);        /* whether any of it is in the viewport, and below the focus or above */
unsigned flame_focus_on(struct app *app, node_id node);
void     flame_focus_at(struct app *app, node_id node);     /* likewise, without a step of the history; chains stay as they are */
bool     flame_is_whole(struct app *app);                   /* whether the whole axis is shown */
void     flame_settle(struct app *app, enum follow follow);
void     flame_draw(struct app *app, struct grid *grid, struct rect rect);
void     minimap_draw(struct app *app, struct grid *grid, struct rect rect);
unsigned minimap_mouse(struct app *app, const struct event *event, struct rect rect);
void     tooltip_draw(struct app *app, struct grid *grid, const struct screen *screen);
unsigned app_mouse(struct app *app, const struct event *event);
unsigned app_hover(struct app *app, const struct event *event);    /* the pointer is somewhere */

/* ---- table (view_table.c) */
bool     table_act(struct app *app, enum action action, unsigned *update_out);
unsigned table_mouse(struct app *app, const struct event *event);
void     table_settle(struct app *app, enum follow follow);
void     table_draw(struct app *app, struct grid *grid, struct rect rect);
unsigned table_sort_by(struct app *app, enum top_sort sort);
frame_id table_frame(struct app *app);                      /* of the chosen row; ID_NONE in an empty table */

/* ---- around the picture */
void     header_draw(struct app *app, struct grid *grid, struct rect rect);
bool     too_small_draw(struct grid *grid);    /* true: the screen is, and nothing but this is said on it */
void     tabs_draw(struct app *app, struct grid *grid, struct rect rect);
void     detail_bar_draw(struct app *app, struct grid *grid, struct rect rect);
/* "66.1%", or "66.1% of view · 12.3% of all" where they are not the same. */
void     shares_text(struct app *app, double value, double whole, struct buf *out);
bool     shares_are_of_all(struct app *app, double whole);    /* whether shares of it are those of the selection before filters */
void     stack_line_draw(struct app *app, struct grid *grid, struct rect rect);
void     footer_draw(struct app *app, struct grid *grid, struct rect rect);

/* ---- loading (loading.c) */
void     building_text(struct app *app, struct buf *out);    /* what the builder is at, and how far */
void     loading_draw(struct app *app, struct grid *grid);
unsigned loading_handle(struct app *app, const struct event *event);

/* ---- prompt (prompt.c): the line at the bottom where one types */
unsigned prompt_open(struct app *app, enum prompt_kind kind);
unsigned prompt_open_with(struct app *app, enum prompt_kind kind, struct str text);    /* to begin with */
unsigned prompt_handle(struct app *app, const struct event *event);
void     prompt_draw(struct app *app, struct grid *grid);
void     prompt_close(struct app *app);

/* ---- searching (search.c) */
unsigned search_go(struct app *app, bool backwards);
unsigned search_here(struct app *app);
/* What its pill says, sanitised: the pattern gives way until it has so many columns, what is found never does. */
void     search_pill_text(struct app *app, int cols, struct buf *out);

#endif

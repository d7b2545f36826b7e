/* SPDX-License-Identifier: MIT
 * What is looked at, as one value: enough to draw the same picture of the same dataset again.
 * Node ids in it belong to the tree that its recipe builds; the same recipe always builds the same tree.
 * Back and forward are a list of such values. */
#ifndef UI_STATE_H
#define UI_STATE_H

#include "analysis/trace_list.h"
#include "layout/fit.h"
#include "ui/scene.h"
#include "util/vec.h"

/* The views that there are, in the order of their tabs and number keys, and of their names in choices_view (util/choices.h). */
enum view_id { VIEW_FLAME, VIEW_TABLE, VIEW_BOTH, VIEW_SANDWICH, VIEW_TREE, VIEW_TIMELINE, VIEW_TRACES, VIEW_COUNT };

/* What is in a view; of two panes not always both are on screen. */
static inline bool
view_has_table(enum view_id view)
{
	return view == VIEW_TABLE || view == VIEW_BOTH;
}

static inline bool
view_has_flame(enum view_id view)
{
	return view == VIEW_FLAME || view == VIEW_BOTH || view == VIEW_SANDWICH;
}

/* Whether it needs no tree: where one was in the graph is kept aside, as it is while the sandwich has a tree of its own. */
static inline bool
view_is_bare(enum view_id view)
{
	return view == VIEW_TRACES;
}

enum pane { PANE_FLAME, PANE_TABLE, PANE_TREE, PANE_TIMELINE, PANE_TRACES, PANE_CHART };

/* The pane that has the keys when the view opens. */
static inline enum pane
view_pane(enum view_id view)
{
	static const enum pane panes[VIEW_COUNT] = {
		[VIEW_TABLE] = PANE_TABLE, [VIEW_TREE] = PANE_TREE, [VIEW_TIMELINE] = PANE_TIMELINE, [VIEW_TRACES] = PANE_TRACES,
	};

	return panes[view];
}

enum color_mode { COLOR_PACKAGE, COLOR_NAME, COLOR_VALUE, COLOR_SELF, COLOR_SERVICE, COLOR_KIND, COLOR_STATUS, COLOR_PLAIN, COLOR_MODES, COLOR_ATTRIBUTE = COLOR_MODES };

/* A place in a graph. */
struct spot {
	node_id  focus, cursor;
	double   from, to;       /* the part of the axis on screen */
	uint32_t top_row;        /* first row on screen */
	uint32_t chain_step;     /* which chains are turned */
};

/* What stands above the list of traces; where it is wide, all of them. */
enum trace_chart { CHART_TRACES, CHART_SPANS, CHART_LATENCY, CHART_LENGTHS, CHART_NONE, TRACE_CHARTS };

/* The list of traces. */
struct traces_state {
	enum trace_sort  sort;
	bool             descending;
	track_id         track;     /* the chosen one (ID_NONE: the first that is listed), */
	uint32_t         part;      /* or its service by number from 1; 0: the trace itself */
	uint32_t         top;       /* first row on screen */
	uint32_t         folds;     /* which are unfolded: a step of struct folds, tracks for nodes */
	enum trace_chart chart;
};

struct view_state {
	enum view_id     view;
	enum pane        pane;                  /* which one has the keys where the view has two */
	struct recipe    recipe;
	str_id           sandwich;              /* the pattern of the latest sandwich; STR_EMPTY: there was none */
	struct spot      aside;                 /* while the sandwich or a bare view is open: where one was in the graph */
	node_id          focus, cursor;
	double           from, to;              /* the part of the axis on screen */
	uint32_t         top_row;               /* first row of the flame graph on screen */
	str_id           search;                /* in the patterns; STR_EMPTY: there is none */
	enum fit_align   align;
	enum color_mode  color;
	str_id           column_key;            /* attribute that is a column of the timeline; in the patterns, STR_EMPTY: none */
	str_id           color_key;             /* COLOR_ATTRIBUTE: of which attribute; in the patterns */
	bool             brief;                 /* short names in boxes and rows */
	bool             flipped;               /* roots at the bottom */
	bool             critical;              /* what is on the critical path is marked */
	bool             absolute, utc;         /* moments by the clock; in UTC then, not where we are */
	enum top_sort    sort;
	bool             ascending;
	uint32_t         table_row, table_top;  /* row of the cursor and first row on screen */
	enum top_by      table_by;              /* what its rows stand for */
	bool             only_matches;          /* rows that a search does not find are left out */
	bool             chains;                /* chains of only children are one box, */
	uint32_t         chain_step;            /* but for those turned since: a step of struct folds */
	uint32_t         folds;                 /* the step that call tree and timeline are at (ui/folding.h) */
	uint32_t         tree_top;              /* the first row of either on screen */
	uint32_t         name_cols;             /* columns of the timeline's names; 0: as many as fit */
	uint8_t          details;               /* how much of the screen the details pane has, in percent; 0: it is closed */
	bool             in_details;            /* it has the keys */
	node_id          details_of;            /* what is said of the pane below is about this node */
	uint32_t         details_nth;           /* of the spans that it stands for, from 1; 0: all together */
	uint32_t         details_row, details_top;    /* the chosen entry, the first line on screen */
	struct traces_state traces;
};

/* Which tree it is about. */
struct scene_key state_key(const struct view_state *state);

/* To another view: the place in the graph is put aside, or taken up again. */
void state_turn_to(struct view_state *state, enum view_id view);
/* From a bare view to another one of another tree, for which nothing is aside. */
void state_leave_bare(struct view_state *state, enum view_id view);

/* Where one has been.  A zeroed struct is empty. */
struct history {
	VEC(struct view_state);
	size_t now;        /* the present state's place: at[0 .. now) lies behind, at[now + 1 .. len) ahead */
	int    last_kind;  /* of the latest step */
};

/* A step that is worth going back over is about to be made from this state.  Steps of the same kind in a row, other than 0, are one. */
void history_push(struct history *history, const struct view_state *before, int kind);
/* Goes a step back (or forward): keeps what is there now and gives the other.  False at the end. */
bool history_go(struct history *history, struct view_state *state, bool forward);
bool history_can(const struct history *history, bool forward);
/* The view of a tree where one was last, in which one goes on when the list opens one; the flame graph where there was none. */
enum view_id history_tree_view(const struct history *history);
void history_fini(struct history *history);

#endif

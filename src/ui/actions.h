/* SPDX-License-Identifier: MIT
 * Everything a key, a click or the palette can do, listed once.
 * The enum, the help, the palette, the footer and the checks are all made from this list; keys are in ui/bindings.c. */
#ifndef UI_ACTIONS_H
#define UI_ACTIONS_H

#include <stdbool.h>

#include "util/str.h"

/* Where an action means something: the pane that has the keys, and whether there are two, and whether the details have them. */
enum place {
	IN_FLAME = 1, IN_TABLE = 2, IN_BOTH = 4, IN_TREE = 8, IN_TIMELINE = 16, IN_DETAILS = 1024,
	IN_ROWS = IN_TREE | IN_TIMELINE,      /* of nodes that fold */
	IN_AXIS = IN_FLAME | IN_TIMELINE,     /* with a viewport */
	IN_GRAPH = IN_FLAME | IN_TABLE | IN_TREE | IN_TIMELINE,    /* with a tree */
	IN_TRACES = 32, IN_CHART = 64,
	IN_LIST = IN_TRACES | IN_CHART,       /* of traces */
	IN_ANY = IN_GRAPH | IN_LIST,
};

/* The chapters of the help. */
#define ACTION_GROUPS(X) \
	X(MOVE,    "moving") \
	X(GO,      "going in and back") \
	X(VIEW,    "views") \
	X(SEARCH,  "searching") \
	X(LOOK,    "what is shown, and how") \
	X(FILTER,  "leaving out") \
	X(TABLE,   "the table") \
	X(TREE,    "the call tree and the timeline") \
	X(TAKE,    "taking away") \
	X(PROGRAM, "the program")

/* id, name, places, group, word for the footer, sentence for the help */
#define ACTION_LIST(X) \
	X(MOVE_UP,      "move-up",        IN_ANY,   MOVE,    "",         "Move to what is drawn above") \
	X(MOVE_DOWN,    "move-down",      IN_ANY,   MOVE,    "",         "Move to what is drawn below") \
	X(MOVE_LEFT,    "move-left",      IN_FLAME | IN_ROWS | IN_LIST, MOVE, "",    "Move to the left neighbour; in a tree of rows fold, then go out") \
	X(MOVE_RIGHT,   "move-right",     IN_FLAME | IN_ROWS | IN_LIST, MOVE, "",    "Move to the right neighbour; in a tree of rows unfold, then go in") \
	X(ROW_START,    "row-start",      IN_ANY,   MOVE,    "",         "Move to the first box of the row, in the table to the first row") \
	X(ROW_END,      "row-end",        IN_ANY,   MOVE,    "",         "Move to the last box of the row, in the table to the last row") \
	X(FIRST,        "first",          IN_ANY,   MOVE,    "",         "Move to the first row") \
	X(LAST,         "last",           IN_ANY,   MOVE,    "",         "Move to the last row") \
	X(PAGE_UP,      "page-up",        IN_ANY,   MOVE,    "",         "Move a page up") \
	X(PAGE_DOWN,    "page-down",      IN_ANY,   MOVE,    "",         "Move a page down") \
	X(PAN_LEFT,     "pan-left",       IN_AXIS,  MOVE,    "",         "Shift the picture to the left") \
	X(PAN_RIGHT,    "pan-right",      IN_AXIS,  MOVE,    "",         "Shift the picture to the right") \
	X(ENTER,        "go-in",          IN_ANY,   GO,      "go in",    "Go in: focus on it, open a small box, find a row in the graph, open a trace") \
	X(BACK,         "back",           IN_ANY,   GO,      "back",     "Go back to the picture before") \
	X(FORWARD,      "forward",        IN_ANY,   GO,      "forward",  "Go forward again") \
	X(RESET,        "reset",          IN_ANY,   GO,      "reset",    "Go back to the whole picture") \
	X(ZOOM_IN,      "zoom-in",        IN_AXIS | IN_DETAILS,  GO,      "zoom",     "Zoom in at the cursor; more room for the details") \
	X(ZOOM_OUT,     "zoom-out",       IN_AXIS | IN_DETAILS,  GO,      "",         "Zoom out, as far as the focus; less room for the details") \
	X(CANCEL,       "cancel",         IN_ANY,   GO,      "clear",    "Close what is open on top, else clear the search") \
	X(VIEW_FLAME,   "flame",          IN_ANY,   VIEW,    "flame",    "Show the flame graph") \
	X(VIEW_TABLE,   "table",          IN_ANY,   VIEW,    "table",    "Show the table of functions") \
	X(VIEW_BOTH,    "both",           IN_ANY,   VIEW,    "both",     "Show the table and the flame graph together") \
	X(VIEW_SANDWICH, "sandwich",      IN_ANY,   VIEW,    "",         "Show the latest sandwich again, or that of this frame") \
	X(SANDWICH,     "sandwich-here",  IN_GRAPH,   VIEW,    "sandwich", "Show this function between its callers and what it calls") \
	X(SANDWICH_OF,  "sandwich-of",    IN_ANY,   VIEW,    "",         "Show all functions that match between their callers and what they call") \
	X(VIEW_TREE,    "tree",           IN_ANY,   VIEW,    "tree",     "Show the call tree") \
	X(VIEW_TIMELINE, "timeline",      IN_ANY,   VIEW,    "timeline", "Show the spans of one trace as rows along the time") \
	X(VIEW_TRACES,  "traces",         IN_ANY,   VIEW,    "traces",   "Show the list of traces, or of threads") \
	X(VIEW_PREV,    "previous-view",  IN_ANY,   VIEW,    "",         "Show the view before this one") \
	X(VIEW_NEXT,    "next-view",      IN_ANY,   VIEW,    "",         "Show the view after this one") \
	X(PANE_NEXT,    "next-pane",      IN_BOTH | IN_LIST,  VIEW,    "pane",     "Give the keys to the other pane") \
	X(SEARCH,       "search",         IN_ANY,   SEARCH,  "search",   "Search by regular expression; upper case counts when it is typed") \
	X(SEARCH_NEXT,  "search-next",    IN_ANY,   SEARCH,  "next",     "Go to the next match, also when it is too small to see") \
	X(SEARCH_PREV,  "search-previous", IN_ANY,  SEARCH,  "previous", "Go to the match before") \
	X(SEARCH_HERE,  "search-here",    IN_ANY,   SEARCH,  "same",     "Search for the name under the cursor") \
	X(ERROR_NEXT,   "next-error",     IN_ANY,  SEARCH,  "error",    "Go to the next box, or trace, with an error") \
	X(ERROR_PREV,   "previous-error", IN_ANY,  SEARCH,  "",         "Go to the box, or trace, with an error before this one") \
	X(CRITICAL_NEXT, "next-critical", IN_GRAPH,   SEARCH,  "",         "Go to the next box on the critical path") \
	X(CRITICAL_PREV, "previous-critical", IN_GRAPH, SEARCH, "",        "Go to the box on the critical path before this one") \
	X(PARENT,       "parent",         IN_GRAPH,   GO,      "",         "Go to the parent") \
	X(SLOWEST,      "slowest-child",  IN_GRAPH,   GO,      "",         "Go to the slowest child") \
	X(SIBLING_NEXT, "next-sibling",   IN_GRAPH,   GO,      "",         "Go to the next one under the same parent") \
	X(SIBLING_PREV, "previous-sibling", IN_GRAPH, GO,      "",         "Go to the one before it under the same parent") \
	X(GAP,          "longest-gap",    IN_GRAPH,   GO,      "",         "Go to the longest time in which none of its children is at work") \
	X(TRACK,        "track",          IN_ANY,   LOOK,    "track",    "Choose a trace, a thread or a profile") \
	X(METRIC,       "metric",         IN_ANY,   LOOK,    "metric",   "Choose what width means") \
	X(MERGE,        "merge",          IN_GRAPH,   LOOK,    "merge",    "Merged or in the order of time") \
	X(GROUP,        "group-by",       IN_GRAPH,   LOOK,    "",         "Choose what boxes of spans stand for, or labels to put above stacks") \
	X(LABEL,        "label",          IN_ANY,   FILTER,  "",         "Keep only the samples with a label") \
	X(GRAIN,        "granularity",    IN_GRAPH,   LOOK,    "",         "Boxes for functions, files or packages") \
	X(ORDER,        "order",          IN_GRAPH,   LOOK,    "order",    "Siblings heaviest first, alphabetically, or by first start") \
	X(COLOUR,       "colour",         IN_GRAPH,   LOOK,    "colour",   "Colour by package, name, weight, self, service, kind, status, or not at all") \
	X(LEGEND,       "legend",         IN_GRAPH,   LOOK,    "legend",   "Show what the colours mean, to search for one, keep only it, or hide it") \
	X(NAMES,        "short-names",    IN_GRAPH,   LOOK,    "names",    "Names in full, or short: without arguments, generics and paths") \
	X(ALIGN,        "align",          IN_AXIS,  LOOK,    "align",    "Show the beginning or the end of names that do not fit") \
	X(FLIP,         "flip",           IN_FLAME, LOOK,    "flip",     "Turn the graph upside down") \
	X(CRITICAL,     "critical-path",  IN_GRAPH,   LOOK,    "",         "Mark what is on the critical path, show only that, or neither") \
	X(TIMES,        "times",          IN_ANY,   LOOK,    "",         "Times since the beginning, or by the clock") \
	X(SKEW,         "clocks",         IN_GRAPH,   LOOK,    "",         "Clocks of hosts as they were, or corrected to put calls into their callers") \
	X(THEME,        "theme",          IN_ANY,   LOOK,    "",         "Choose the colours: dark, light, for the colour-blind, or grey") \
	X(DETAILS,      "details",        IN_ANY,   LOOK,    "details",  "Show or hide everything that is known about the box, or the trace") \
	X(SECTION_PREV, "previous-section", IN_DETAILS, MOVE, "",        "In the details: the section before") \
	X(SECTION_NEXT, "next-section",   IN_DETAILS, MOVE,  "section",  "In the details: the next section") \
	X(SPAN_PREV,    "previous-span",  IN_GRAPH,   LOOK,    "",         "Details of the slower span of this box") \
	X(SPAN_NEXT,    "next-span",      IN_GRAPH,   LOOK,    "next span",         "Details of the next span of this box, slowest first") \
	X(PILLS,        "differences",    IN_ANY,   LOOK,    "",         "Show what differs from the usual picture, to take it back") \
	X(NOTES,        "notes",          IN_ANY,   LOOK,    "notes",    "Show what was repaired or skipped while loading") \
	X(HIDE,         "hide",           IN_GRAPH,   FILTER,  "hide",     "Leave this frame out: what it calls joins its caller") \
	X(HIDE_SERVICE, "hide-service",   IN_GRAPH,   FILTER,  "",         "Leave out all spans of this service, or functions of this module") \
	X(ONLY,         "only",           IN_GRAPH,   FILTER,  "only",     "Keep only the stacks that go through this frame") \
	X(IGNORE,       "ignore",         IN_GRAPH,   FILTER,  "",         "Drop the stacks that go through this frame") \
	X(SHOW_FROM,    "show-from",      IN_GRAPH,   FILTER,  "",         "Begin stacks at this frame, and drop those without it") \
	X(QUERY,        "query",          IN_ANY,   FILTER,  "query",    "Choose traces by a query over their spans") \
	X(QUERIES,      "saved-queries",  IN_ANY,   FILTER,  "",         "Choose traces by a query that the configuration has") \
	X(HIDE_BY,      "hide-by",        IN_GRAPH,   FILTER,  "",         "Leave out the frames whose name an expression finds") \
	X(ONLY_BY,      "only-by",        IN_GRAPH,   FILTER,  "",         "Keep only the stacks through a frame that an expression finds") \
	X(IGNORE_BY,    "ignore-by",      IN_GRAPH,   FILTER,  "",         "Drop the stacks through a frame that an expression finds") \
	X(SHOW_FROM_BY, "show-from-by",   IN_GRAPH,   FILTER,  "",         "Begin stacks at the outermost frame that an expression finds") \
	X(RECURSION,    "recursion",      IN_GRAPH,   FILTER,  "",         "Join frames that call themselves: directly, also through others, not at all") \
	X(INVERT,       "bottom-up",      IN_GRAPH,   FILTER,  "bottom-up", "Bottom-up: what has the weight itself first, its callers under it") \
	X(SORT_PREV,    "sort-previous",  IN_TABLE | IN_TRACES, TABLE,   "sort",     "Sort by the column before") \
	X(SORT_NEXT,    "sort-next",      IN_TABLE | IN_TRACES, TABLE,   "sort",     "Sort by the next column") \
	X(SORT_REVERSE, "sort-reverse",   IN_TABLE | IN_TRACES, TABLE,   "reverse",  "Turn the order of the rows round") \
	X(ROOT_HERE,    "begin-here",     IN_TIMELINE, GO,   "begin here", "Begin the timeline at this span") \
	X(FIT,          "fit",            IN_TIMELINE, GO,   "fit",      "Zoom to the time of this span and what is below it") \
	X(CHART,        "chart",          IN_LIST,  LOOK,    "chart",    "The next chart above the list of traces, or none") \
	X(RANGE,        "range",          IN_TIMELINE | IN_CHART, GO, "range", "Take a range of time: from this span, and again at another up to it") \
	X(NARROWER,     "narrower-names", IN_TIMELINE, LOOK, "",         "Less room for the names") \
	X(WIDER,        "wider-names",    IN_TIMELINE, LOOK, "",         "More room for the names") \
	X(CHAINS,       "chains",         IN_FLAME, LOOK,    "chains",   "Draw chains of only children as one box") \
	X(FOLD,         "fold",           IN_FLAME | IN_ROWS | IN_TRACES, LOOK, "fold", "Fold or unfold what is below; in the graph, this chain of only children") \
	X(FOLD_ALL,     "fold-all",       IN_ROWS | IN_TRACES,  TREE,    "",         "Fold everything but the first level") \
	X(UNFOLD_ALL,   "unfold-all",     IN_ROWS | IN_TRACES,  TREE,    "",         "Unfold everything") \
	X(UNFOLD_TO,    "unfold-to",      IN_ROWS,  TREE,    "",         "Unfold so many levels") \
	X(TABLE_BY,     "table-by",       IN_TABLE, TABLE,   "rows by",  "Rows for functions, packages, files, or any label or attribute") \
	X(ONLY_MATCHES, "only-matches",   IN_TABLE | IN_TIMELINE | IN_TRACES, SEARCH, "only matches", "Leave in the list only what a search finds, also while it is typed") \
	X(COPY,         "copy",           IN_ANY,   TAKE,    "copy",     "Copy the name; of a trace its id") \
	X(COPY_STACK,   "copy-stack",     IN_GRAPH,   TAKE,    "",         "Copy the whole stack, outermost frame first") \
	X(LINK,         "copy-link",      IN_ANY,   TAKE,    "link",     "Copy a command line that opens this view again") \
	X(EDIT,         "open-source",    IN_GRAPH,   TAKE,    "source",   "Open its file and line in $EDITOR") \
	X(WRITE,        "write",          IN_GRAPH,   TAKE,    "write",    "Write stacks to a file: of the focus, the selection or all") \
	X(WRITE_HERE,   "write-here",     IN_GRAPH,   TAKE,    "",         "Write what is in this box to a file") \
	X(SAVE_SCREEN,  "save-screen",    IN_ANY,   TAKE,    "",         "Save the screen as text or as SVG") \
	X(MENU,         "menu",           IN_ANY,   PROGRAM, "menu",     "What can be done here") \
	X(PALETTE,      "palette",        IN_ANY,   PROGRAM, "palette",  "Find any of these by its name") \
	X(HELP,         "help",           IN_ANY,   PROGRAM, "help",     "Show the keys") \
	X(RELOAD,       "reload",         IN_ANY,   PROGRAM, "reload",   "Read the input again") \
	X(MOUSE,        "mouse",          IN_ANY,   PROGRAM, "",         "Leave the mouse to the terminal, or take it back") \
	X(REDRAW,       "redraw",         IN_ANY,   PROGRAM, "",         "Draw the screen afresh") \
	X(SUSPEND,      "suspend",        IN_ANY,   PROGRAM, "",         "Stop for now; fg brings it back") \
	X(QUIT,         "quit",           IN_ANY,   PROGRAM, "quit",     "Leave")

enum action {
	ACT_NONE,
#define X(id, name, places, group, word, sentence) ACT_##id,
	ACTION_LIST(X)
#undef X
	ACTION_COUNT
};

enum action_group {
#define X(id, title) GROUP_##id,
	ACTION_GROUPS(X)
#undef X
	GROUP_COUNT
};

struct action_info {
	const char       *name;        /* unique: in the palette, in scripts */
	unsigned          places;      /* enum place */
	enum action_group group;
	const char       *word;        /* in the footer; "" if it never stands there */
	const char       *sentence;
};

extern const struct action_info action_infos[ACTION_COUNT];    /* ACT_NONE is zeroed */
extern const char *const        action_group_titles[GROUP_COUNT];

enum action action_find(struct str name);    /* ACT_NONE if there is none */

#endif

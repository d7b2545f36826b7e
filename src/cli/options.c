/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/options.h"

#include <limits.h>
#include <stdint.h>

#include "analysis/recipe.h"
#include "cli/commands.h"
#include "export/export.h"
#include "load/format.h"
#include "util/choices.h"

enum { WIDTH_MIN = 10, WIDTH_MAX = 10000 };

static const char *const pane_words[] = { "flame", "table", "details", "chart", NULL };
static const char *const sort_words[] = {
	"self", "total", "count", "name", "start", "duration", "spans", "services", "depth", "errors", "tokens", "cost", "trace", NULL,
};

#define VIEWER TAKEN_BY(COMMAND_VIEWER)
#define PRINT  TAKEN_BY(COMMAND_PRINT)
#define TOP    TAKEN_BY(COMMAND_TOP)
#define TRACES TAKEN_BY(COMMAND_TRACES)
#define EXPORT TAKEN_BY(COMMAND_EXPORT)
#define FILTER TAKEN_BY(COMMAND_FILTER)
#define INFO   TAKEN_BY(COMMAND_INFO)
#define TREES  (VIEWER | PRINT | TOP | EXPORT)
#define FILES  (TREES | INFO | TRACES | FILTER)
#define ALL    (FILES | TAKEN_BY(COMMAND_FORMATS))
#define TO(field) .offset = offsetof(struct request, field)

static const char reading[] = "Reading", looking[] = "What is looked at", results[] = "Results", viewer[] = "Viewer", other[] = "Other";

const struct option_row option_rows[] = {
	{ "format", 0, OPTION_TEXT, "NAME", TO(format), .taken_by = FILES, .group = reading,
	  .help = "Read the files as this format instead of finding it by their content; `spanfire formats` lists the names" },
	{ "threads", 0, OPTION_NUMBER, "N", TO(threads), .max = 1024, .taken_by = FILES, .group = reading,
	  .help = "Read with N threads; 0, the default, is one for each core. The result does not depend on it" },
	{ "no-demangle", 0, OPTION_FLAG, TO(mangled), .taken_by = FILES, .group = reading,
	  .help = "Show functions of C++ and Rust by the names that compilers gave them" },
	{ "no-drop", 0, OPTION_FLAG, TO(undropped), .taken_by = FILES, .group = reading,
	  .help = "Keep the frames that a pprof profile asks to leave out (drop_frames)" },
	{ "escaped", 0, OPTION_FLAG, TO(escaped), .taken_by = FILES, .group = reading,
	  .help = "Names of files, tracks and metrics and the patterns are written with \\xNN for unprintable bytes and \\\\ for a backslash, as a copied link has them" },
	{ "demo", 0, OPTION_FLAG, TO(demo), .taken_by = FILES, .group = reading,
	  .help = "Open the trace that comes with the program" },

	{ "track", 0, OPTION_TEXT, "N|NAME", TO(track), .taken_by = FILES, .escapes = true, .group = looking,
	  .help = "Only this track (trace, thread or profile), by its number from 1 or its name; `all` for all of them" },
	{ "trace", 0, OPTION_TEXT, "ID", TO(trace), .taken_by = FILES, .group = looking,
	  .help = "Only the trace whose id begins so; a span id, alone or behind a dash, or a W3C traceparent selects the span too" },
	{ "query", 'q', OPTION_LIST, "QUERY", TO(queries), .taken_by = FILES, .group = looking,
	  .help = "Only traces with a span that satisfies this, such as 'service = cart AND duration > 20ms'; may come several times, then all must match" },
	{ "from-time", 0, OPTION_TEXT, "TIME", TO(from_time), .taken_by = FILES, .group = looking,
	  .help = "Only traces that start, and samples that were taken, at this time or later: 2026-01-31T12:00:00Z, or 1.5s since the first start" },
	{ "to-time", 0, OPTION_TEXT, "TIME", TO(to_time), .taken_by = FILES, .group = looking,
	  .help = "Only those before this time" },
	{ "metric", 'm', OPTION_TEXT, "NAME", TO(metric), .taken_by = FILES, .escapes = true, .group = looking,
	  .help = "What widths and weights mean; `spanfire info` lists the names, the first is the default, or an attribute of spans that is a number" },
	{ "merge", 0, OPTION_CHOICE, "HOW", choices_merge, TO(merge), .taken_by = FILES, .group = looking,
	  .help = "Add up equal paths, or lay the spans of one trace out in time. Exported stacks are merged, but those for speedscope when time is asked for" },
	{ "order", 0, OPTION_CHOICE, "HOW", choices_order, TO(order), .taken_by = FILES, .group = looking,
	  .help = "Order of boxes under one parent in a merged graph; heaviest first is the default" },
	{ "group-by", 0, OPTION_TEXT, "KEY[,KEY]", TO(group), .taken_by = FILES, .escapes = true, .group = looking,
	  .help = "What boxes of spans stand for in a merged graph: name, service, kind or any attribute, several in this order; of samples the keys of labels that make levels above the stacks" },
	{ "granularity", 0, OPTION_CHOICE, "WHAT", choices_grain, TO(grain), .taken_by = FILES, .group = looking,
	  .help = "What frames of stacks stand for: calls inside one file or package are one box, each line or address of a function is one" },
	{ "label", 0, OPTION_LIST, "KEY=VALUE", TO(labels), .taken_by = TREES, .group = looking,
	  .help = "Only samples with this label; may come several times, then one value of each key must be there" },
	{ "focus", 0, OPTION_TEXT, "PATH", TO(focus), .taken_by = FILES, .group = looking,
	  .help = "Only the box at this path of names from the outermost, joined by ';', and what is below it" },
	{ "ignore", 0, OPTION_LIST, "REGEX", .max = FILTER_IGNORE, TO(filters), .taken_by = FILES, .group = looking,
	  .help = "Drop stacks that go through a frame whose name matches; may come several times" },
	{ "only", 0, OPTION_LIST, "REGEX", .max = FILTER_ONLY, TO(filters), .taken_by = FILES, .group = looking,
	  .help = "Keep only stacks that go through a frame whose name matches; may come several times, then all must match" },
	{ "show-from", 0, OPTION_LIST, "REGEX", .max = FILTER_SHOW_FROM, TO(filters), .taken_by = FILES, .group = looking,
	  .help = "Begin stacks at their outermost frame whose name matches, and drop those without one; may come several times" },
	{ "hide", 0, OPTION_LIST, "REGEX", .max = FILTER_HIDE, TO(filters), .taken_by = FILES, .group = looking,
	  .help = "Leave out frames whose name matches; what they call joins the frame above; may come several times" },
	{ "hide-service", 0, OPTION_LIST, "REGEX", .max = FILTER_HIDE_SERVICE, TO(filters), .taken_by = FILES, .group = looking,
	  .help = "Leave out the spans of services (functions of modules) whose name matches, as --hide does; may come several times" },
	{ "only-service", 0, OPTION_LIST, "REGEX", .max = FILTER_ONLY_SERVICE, TO(filters), .taken_by = FILES, .group = looking,
	  .help = "Keep only stacks that go through a service (module) whose name matches, as --only does; may come several times" },
	{ "hide-package", 0, OPTION_LIST, "REGEX", .max = FILTER_HIDE_PACKAGE, TO(filters), .taken_by = FILES, .group = looking,
	  .help = "Leave out the frames of packages, as colours have them, whose name matches; may come several times" },
	{ "only-package", 0, OPTION_LIST, "REGEX", .max = FILTER_ONLY_PACKAGE, TO(filters), .taken_by = FILES, .group = looking,
	  .help = "Keep only stacks that go through a package whose name matches; may come several times" },
	{ "hide-kind", 0, OPTION_LIST, "REGEX", .max = FILTER_HIDE_KIND, TO(filters), .taken_by = FILES, .group = looking,
	  .help = "Leave out the functions of a kind: user, kernel, jit, inlined or waker; may come several times" },
	{ "only-kind", 0, OPTION_LIST, "REGEX", .max = FILTER_ONLY_KIND, TO(filters), .taken_by = FILES, .group = looking,
	  .help = "Keep only stacks that go through a function of a kind; may come several times" },
	{ "hide-file", 0, OPTION_LIST, "REGEX", .max = FILTER_HIDE_FILE, TO(filters), .taken_by = FILES, .group = looking,
	  .help = "Leave out the functions of source files whose name matches; may come several times" },
	{ "only-file", 0, OPTION_LIST, "REGEX", .max = FILTER_ONLY_FILE, TO(filters), .taken_by = FILES, .group = looking,
	  .help = "Keep only stacks that go through a function of a source file whose name matches; may come several times" },
	{ "recursion", 0, OPTION_CHOICE, "HOW", choices_recursion, TO(recursion), .taken_by = FILES, .group = looking,
	  .help = "Let a frame that calls itself, directly or through others, join its occurrence above" },
	{ "critical-path", 0, OPTION_FLAG, TO(critical), .taken_by = TREES, .group = looking,
	  .help = "Of the spans of traces only those on the critical path" },
	{ "adjust-skew", 0, OPTION_FLAG, TO(adjust_skew), .taken_by = TREES, .group = looking,
	  .help = "Correct the clocks of other hosts so that calls lie inside their callers" },
	{ "invert", 0, OPTION_FLAG, TO(invert), .taken_by = FILES, .group = looking,
	  .help = "Bottom-up: the frames that have the weight first, their callers below them" },
	{ "sandwich", 0, OPTION_TEXT, "REGEX", TO(sandwich), .taken_by = FILES, .escapes = true, .group = looking,
	  .help = "Show the functions whose name matches between their callers and what they call" },
	{ "search", 0, OPTION_TEXT, "PATTERN", TO(search), .taken_by = FILES, .escapes = true, .group = looking,
	  .help = "Mark the frames that match: terms that are all found, -term for what is not, name: pkg: file: service: kind: line: for where; `top` lists only these, `print` and `info` say their share; nothing else that is printed or written has marks" },
	{ "utc", 0, OPTION_FLAG, TO(utc), .taken_by = FILES, .group = looking,
	  .help = "Moments by the clock are in UTC, not in the time of the place" },

	{ "json", 0, OPTION_FLAG, TO(json), .taken_by = INFO | TOP | TRACES, .group = results,
	  .help = "Print one JSON object, for programs" },
	{ "csv", 0, OPTION_FLAG, TO(csv), .taken_by = TOP | TRACES, .group = results,
	  .help = "Print comma-separated values with a heading line (RFC 4180)" },
	{ "limit", 'n', OPTION_NUMBER, "N", TO(limit), .max = INT_MAX, .taken_by = TOP | TRACES, .group = results,
	  .help = "Print at most N rows; without it 20, and with --json or --csv all" },
	{ "sort", 0, OPTION_WISH, "COLUMN", sort_words, TO(wishes), .taken_by = VIEWER | TRACES, .group = results,
	  .help = "The column that the viewer's table (the first four) or the list of traces (the others and name) is sorted by" },
	{ "sort-order", 0, OPTION_WISH, "HOW", choices_sort_order, TO(wishes), .taken_by = VIEWER | TRACES, .group = results,
	  .help = "Greatest first (down) or smallest first (up)" },
	{ "width", 'w', OPTION_NUMBER, "N", TO(width), .min = WIDTH_MIN, .max = WIDTH_MAX, .taken_by = VIEWER | PRINT | TOP | TRACES,
	  .group = results, .help = "Columns to print; without it those of the terminal, else 80" },
	{ "to", 't', OPTION_TEXT, "FORMAT", TO(to), .taken_by = EXPORT, .group = results,
	  .help = "The format to write; `spanfire formats` lists the names" },
	{ "output", 'o', OPTION_TEXT, "FILE", TO(output), .taken_by = EXPORT | FILTER, .group = results,
	  .help = "Write to FILE instead of standard output; an existing file is refused" },
	{ "force", 'f', OPTION_FLAG, TO(force), .taken_by = EXPORT | FILTER, .group = results,
	  .help = "Replace an existing file" },
	{ "ascii", 0, OPTION_FLAG, TO(ascii), .taken_by = VIEWER | PRINT | TOP | TRACES, .group = results,
	  .help = "Draw with ASCII characters only" },

	{ "view", 0, OPTION_CHOICE, "VIEW", choices_view, TO(view), .taken_by = VIEWER, .group = viewer,
	  .help = "The view to begin with" },
	{ "pane", 0, OPTION_WISH, "PANE", pane_words, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Where there are several, the pane that has the keys" },
	{ "details", 0, OPTION_WISH, "PERCENT", TO(wishes), .max = 90, .taken_by = VIEWER, .group = viewer,
	  .help = "Open the details of what the cursor is on, in so much of the screen" },
	{ "details-span", 0, OPTION_WISH, "N", TO(wishes), .max = UINT32_MAX, .taken_by = VIEWER, .group = viewer,
	  .help = "Of a box that stands for several spans, details of the N-th slowest" },
	{ "details-row", 0, OPTION_WISH, "N", TO(wishes), .max = UINT32_MAX, .taken_by = VIEWER, .group = viewer,
	  .help = "The entry of the details that is selected, from 0" },
	{ "details-scroll", 0, OPTION_WISH, "N", TO(wishes), .max = UINT32_MAX, .taken_by = VIEWER, .group = viewer,
	  .help = "Lines of the details that are scrolled out" },
	{ "cursor", 0, OPTION_WISH, "PATH", TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "The box that is selected, as a path of names like that of --focus" },
	{ "viewport", 0, OPTION_WISH, "FROM,TO", TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "The part of the axis on screen, in the unit of the metric, in time order in nanoseconds" },
	{ "scroll", 0, OPTION_WISH, "N", TO(wishes), .max = UINT32_MAX, .taken_by = VIEWER, .group = viewer,
	  .help = "Rows of the graph that are scrolled out" },
	{ "color-by", 0, OPTION_WISH, "WHAT", choices_color_by, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "What boxes get their colour from" },
	{ "column", 0, OPTION_WISH, "KEY", TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Show the values of this attribute of spans as a column of the timeline" },
	{ "color-attribute", 0, OPTION_WISH, "KEY", TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Boxes get their colour from the value that their span, or the first of several, has for this attribute" },
	{ "names", 0, OPTION_WISH, "HOW", choices_names, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Names in full, or short: without arguments, generics and paths of packages" },
	{ "mark", 0, OPTION_WISH, "WHAT", choices_mark, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Mark what is on the critical path of a trace" },
	{ "times", 0, OPTION_WISH, "HOW", choices_times, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Moments since the beginning of the trace, or by the clock" },
	{ "align", 0, OPTION_WISH, "SIDE", choices_align, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Which end of a name is shown when it does not fit" },
	{ "roots", 0, OPTION_WISH, "SIDE", choices_roots, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Where the outermost frames stand" },
	{ "table-by", 0, OPTION_WISH, "WHAT", choices_table_by, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "What a row of the table stands for" },
	{ "table-rows", 0, OPTION_WISH, "WHICH", choices_table_rows, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Whether a search leaves only what it finds in the table" },
	{ "table-row", 0, OPTION_WISH, "N", TO(wishes), .max = UINT32_MAX, .taken_by = VIEWER, .group = viewer,
	  .help = "The row of the table that is selected, from 0" },
	{ "table-scroll", 0, OPTION_WISH, "N", TO(wishes), .max = UINT32_MAX, .taken_by = VIEWER, .group = viewer,
	  .help = "Rows of the table that are scrolled out" },
	{ "chains", 0, OPTION_WISH, "HOW", choices_chains, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Whether chains of only children are drawn as one box" },
	{ "chain", 0, OPTION_WISH, "PATH", TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Turn this chain the other way round; may come several times" },
	{ "unfold", 0, OPTION_WISH, "N|all", TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Levels of the call tree and the timeline that are unfolded, or all" },
	{ "fold", 0, OPTION_WISH, "PATH", TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Fold this node of the call tree and the timeline, or unfold it if it is folded; may come several times" },
	{ "similar", 0, OPTION_WISH, "PATH", TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Give each of the similar siblings from this node on a row of its own in the timeline, or join them; may come several times" },
	{ "name-width", 0, OPTION_WISH, "N", TO(wishes), .max = UINT32_MAX, .taken_by = VIEWER, .group = viewer,
	  .help = "Columns for the names of the timeline; 0: as many as fit" },
	{ "list-sort", 0, OPTION_WISH, "COLUMN", choices_list_sort, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "The column that the list of traces is sorted by" },
	{ "list-order", 0, OPTION_WISH, "HOW", choices_list_order, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Greatest first (down) or smallest first (up) in the list of traces" },
	{ "list-unfold", 0, OPTION_WISH, "N|ID|all", TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Show the services of this trace, by its number or id, in the list, or hide them if they are shown; may come several times" },
	{ "list-row", 0, OPTION_WISH, "N|ID", TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "The row of the list of traces that is selected, from 0" },
	{ "list-scroll", 0, OPTION_WISH, "N", TO(wishes), .max = UINT32_MAX, .taken_by = VIEWER, .group = viewer,
	  .help = "Rows of the list of traces that are scrolled out" },
	{ "chart", 0, OPTION_WISH, "WHAT", choices_chart, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "What is drawn above the list of traces" },
	{ "tree-scroll", 0, OPTION_WISH, "N", TO(wishes), .max = UINT32_MAX, .taken_by = VIEWER, .group = viewer,
	  .help = "Rows of the call tree or the timeline that are scrolled out" },
	{ "colors", 0, OPTION_CHOICE, "HOW", choices_colors, TO(colors), .taken_by = VIEWER, .group = viewer,
	  .help = "How many colours to use; auto, the default, is what the terminal has, and none when NO_COLOR is set" },
	{ "theme", 0, OPTION_TEXT, "NAME", TO(theme), .taken_by = VIEWER, .group = viewer,
	  .help = "The colours: dark, light, color-blind, mono or a theme of your own; auto, the default, asks the terminal whether it is dark" },
	{ "config", 0, OPTION_TEXT, "FILE", TO(config), .taken_by = VIEWER, .group = viewer,
	  .help = "Read this configuration instead of $XDG_CONFIG_HOME/spanfire/config.json" },
	{ "no-config", 0, OPTION_FLAG, TO(no_config), .taken_by = VIEWER, .group = viewer,
	  .help = "Read no configuration" },
	{ "dump-config", 0, OPTION_FLAG, TO(dump_config), .taken_by = VIEWER, .group = viewer,
	  .help = "Print a configuration with all settings and keys as they are without one, each with what it is for" },
	{ "no-mouse", 0, OPTION_FLAG, TO(no_mouse), .taken_by = VIEWER, .group = viewer,
	  .help = "Leave the mouse to the terminal" },
	{ "script", 0, OPTION_TEXT, "FILE", TO(script), .taken_by = VIEWER, .group = viewer,
	  .help = "Take keys, mouse and commands from FILE, line by line" },
	{ "size", 0, OPTION_SIZE, "COLSxROWS", .offset = offsetof(struct request, cols), .taken_by = VIEWER, .group = viewer,
	  .help = "Run the script on a screen in memory of this size instead of the terminal" },

	{ "help", 'h', OPTION_FLAG, TO(help), .taken_by = ALL, .group = other,
	  .help = "Print how to use the program, or the command" },
	{ "version", 'V', OPTION_FLAG, TO(version), .taken_by = ALL, .group = other,
	  .help = "Print the version" },
	{ .name = NULL },
};

const unsigned option_row_count = sizeof(option_rows) / sizeof(*option_rows) - 1;

void
option_usage(const struct option_row *row, struct buf *out)
{
	if (row->letter)
		buf_addf(out, "-%c, ", row->letter);
	buf_addf(out, "--%s", row->name);
	if (row->choices && row->kind != OPTION_TEXT)
		for (size_t i = 0; row->choices[i]; i++)
			buf_addf(out, "%s%s", i ? "|" : " ", row->choices[i]);
	else if (row->argument)
		buf_addf(out, " %s", row->argument);
}

void
option_each_choice(const struct option_row *row, void (*each)(const char *choice, void *data), void *data)
{
	if (row->choices)
		for (size_t i = 0; row->choices[i]; i++)
			each(row->choices[i], data);
	else if (row->offset == offsetof(struct request, format))
		for (size_t i = 0; load_formats[i]; i++)
			each(load_formats[i]->name, data);
	else if (row->offset == offsetof(struct request, to))
		for (size_t i = 0; export_formats[i]; i++)
			each(export_formats[i]->name, data);
}

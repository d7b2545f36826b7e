/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/options.h"

#include <getopt.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/recipe.h"
#include "cli/commands.h"
#include "cli/demo.h"
#include "export/export.h"
#include "load/format.h"
#include "util/alloc.h"
#include "util/arena.h"
#include "util/text.h"

enum { FIRST_LONG = 256, WIDTH_MIN = 10, WIDTH_MAX = 10000 };

const char *const request_views[] = { "flame", "table", "both", "sandwich", "tree", "timeline", NULL };
const char *const request_colors[] = { "auto", "24bit", "256", "16", "mono", NULL };

static const char *const merge_words[] = { [MERGE_MERGED] = "merged", [MERGE_TIME] = "time", NULL };
static const char *const order_words[] = {
	[ORDER_HEAVIEST] = "heaviest", [ORDER_ALPHABETICAL] = "alphabetical", [ORDER_FIRST] = "first", NULL,
};

static const char *const recursion_words[] = { [RECURSION_KEEP] = "keep", [RECURSION_DIRECT] = "direct", [RECURSION_ALL] = "all", NULL };

static const char *const pane_words[] = { "flame", "table", "details", NULL };
static const char *const color_by_words[] = { "package", "name", "value", "self", "service", "kind", "status", "plain", NULL };
static const char *const table_by_words[] = { "function", "package", "file", NULL };
static const char *const table_rows_words[] = { "all", "matches", NULL };
static const char *const chain_words[] = { "open", "folded", NULL };
static const char *const name_words[] = { "full", "short", NULL };
static const char *const mark_words[] = { "nothing", "critical", NULL };
static const char *const times_words[] = { "relative", "absolute", NULL };
static const char *const align_words[] = { "left", "right", NULL };
static const char *const root_words[] = { "top", "bottom", NULL };
static const char *const sort_words[] = { "self", "total", "count", "name", NULL };
static const char *const direction_words[] = { "down", "up", NULL };

#define VIEWER TAKEN_BY(COMMAND_VIEWER)
#define PRINT  TAKEN_BY(COMMAND_PRINT)
#define TOP    TAKEN_BY(COMMAND_TOP)
#define TRACES TAKEN_BY(COMMAND_TRACES)
#define EXPORT TAKEN_BY(COMMAND_EXPORT)
#define INFO   TAKEN_BY(COMMAND_INFO)
#define TREES  (VIEWER | PRINT | TOP | EXPORT)
#define FILES  (TREES | INFO | TRACES)
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
	{ "escaped", 0, OPTION_FLAG, TO(escaped), .taken_by = FILES, .group = reading,
	  .help = "Names of files, tracks and metrics and the patterns are written with \\xNN for unprintable bytes and \\\\ for a backslash, as a copied link has them" },
	{ "demo", 0, OPTION_FLAG, TO(demo), .taken_by = FILES, .group = reading,
	  .help = "Open the trace that comes with the program" },

	{ "track", 0, OPTION_TEXT, "N|NAME", TO(track), .taken_by = TREES, .escapes = true, .group = looking,
	  .help = "Only this track (trace, thread or profile), by its number from 1 or its name; `all` for all of them" },
	{ "trace", 0, OPTION_TEXT, "ID", TO(trace), .taken_by = TREES | TRACES, .group = looking,
	  .help = "Only the trace whose id begins so" },
	{ "metric", 'm', OPTION_TEXT, "NAME", TO(metric), .taken_by = TREES, .escapes = true, .group = looking,
	  .help = "What widths and weights mean; `spanfire info` lists the names, the first is the default, or an attribute of spans that is a number" },
	{ "merge", 0, OPTION_CHOICE, "HOW", merge_words, TO(merge), .taken_by = TREES, .group = looking,
	  .help = "Add up equal paths, or lay the spans of one trace out in time. Exported stacks are always merged" },
	{ "order", 0, OPTION_CHOICE, "HOW", order_words, TO(order), .taken_by = TREES, .group = looking,
	  .help = "Order of boxes under one parent in a merged graph; heaviest first is the default" },
	{ "focus", 0, OPTION_TEXT, "PATH", TO(focus), .taken_by = TREES, .group = looking,
	  .help = "Only the box at this path of names from the outermost, joined by ';', and what is below it" },
	{ "ignore", 0, OPTION_LIST, "REGEX", .max = FILTER_IGNORE, TO(filters), .taken_by = TREES, .group = looking,
	  .help = "Drop stacks that go through a frame whose name matches; may come several times" },
	{ "only", 0, OPTION_LIST, "REGEX", .max = FILTER_ONLY, TO(filters), .taken_by = TREES, .group = looking,
	  .help = "Keep only stacks that go through a frame whose name matches; may come several times, then all must match" },
	{ "show-from", 0, OPTION_LIST, "REGEX", .max = FILTER_SHOW_FROM, TO(filters), .taken_by = TREES, .group = looking,
	  .help = "Begin stacks at their outermost frame whose name matches, and drop those without one; may come several times" },
	{ "hide", 0, OPTION_LIST, "REGEX", .max = FILTER_HIDE, TO(filters), .taken_by = TREES, .group = looking,
	  .help = "Leave out frames whose name matches; what they call joins the frame above; may come several times" },
	{ "recursion", 0, OPTION_CHOICE, "HOW", recursion_words, TO(recursion), .taken_by = TREES, .group = looking,
	  .help = "Let a frame that calls itself, directly or through others, join its occurrence above" },
	{ "critical-path", 0, OPTION_FLAG, TO(critical), .taken_by = TREES, .group = looking,
	  .help = "Of the spans of traces only those on the critical path" },
	{ "adjust-skew", 0, OPTION_FLAG, TO(adjust_skew), .taken_by = TREES, .group = looking,
	  .help = "Correct the clocks of other hosts so that calls lie inside their callers" },
	{ "invert", 0, OPTION_FLAG, TO(invert), .taken_by = TREES, .group = looking,
	  .help = "Bottom-up: the frames that have the weight first, their callers below them" },
	{ "sandwich", 0, OPTION_TEXT, "REGEX", TO(sandwich), .taken_by = VIEWER, .escapes = true, .group = looking,
	  .help = "Show the functions whose name matches between their callers and what they call" },
	{ "search", 0, OPTION_TEXT, "PATTERN", TO(search), .taken_by = VIEWER | PRINT | TOP, .escapes = true, .group = looking,
	  .help = "Mark the frames that match: terms that are all found, -term for what is not, name: pkg: file: service: line: for where; `top` lists only these" },

	{ "json", 0, OPTION_FLAG, TO(json), .taken_by = INFO | TOP | TRACES, .group = results,
	  .help = "Print one JSON object, for programs" },
	{ "csv", 0, OPTION_FLAG, TO(csv), .taken_by = TOP | TRACES, .group = results,
	  .help = "Print comma-separated values with a heading line (RFC 4180)" },
	{ "limit", 'n', OPTION_NUMBER, "N", TO(limit), .max = INT_MAX, .taken_by = TOP | TRACES, .group = results,
	  .help = "Print at most N rows; without it 20, and with --json or --csv all" },
	{ "width", 'w', OPTION_NUMBER, "N", TO(width), .min = WIDTH_MIN, .max = WIDTH_MAX, .taken_by = VIEWER | PRINT | TOP | TRACES,
	  .group = results, .help = "Columns to print; without it those of the terminal, else 80" },
	{ "to", 't', OPTION_TEXT, "FORMAT", TO(to), .taken_by = EXPORT, .group = results,
	  .help = "The format to write; `spanfire formats` lists the names" },
	{ "output", 'o', OPTION_TEXT, "FILE", TO(output), .taken_by = EXPORT, .group = results,
	  .help = "Write to FILE instead of standard output; an existing file is refused" },
	{ "force", 'f', OPTION_FLAG, TO(force), .taken_by = EXPORT, .group = results,
	  .help = "Replace an existing file" },
	{ "ascii", 0, OPTION_FLAG, TO(ascii), .taken_by = VIEWER | PRINT | TOP | TRACES, .group = results,
	  .help = "Draw with ASCII characters only" },

	{ "view", 0, OPTION_CHOICE, "VIEW", request_views, TO(view), .taken_by = VIEWER, .group = viewer,
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
	{ "color-by", 0, OPTION_WISH, "WHAT", color_by_words, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "What boxes get their colour from" },
	{ "names", 0, OPTION_WISH, "HOW", name_words, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Names in full, or short: without arguments, generics and paths of packages" },
	{ "mark", 0, OPTION_WISH, "WHAT", mark_words, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Mark what is on the critical path of a trace" },
	{ "times", 0, OPTION_WISH, "HOW", times_words, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Moments since the beginning of the trace, or by the clock" },
	{ "utc", 0, OPTION_FLAG, TO(utc), .taken_by = VIEWER, .group = viewer,
	  .help = "Moments by the clock are in UTC, not in the time of the place" },
	{ "align", 0, OPTION_WISH, "SIDE", align_words, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Which end of a name is shown when it does not fit" },
	{ "roots", 0, OPTION_WISH, "SIDE", root_words, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Where the outermost frames stand" },
	{ "sort", 0, OPTION_WISH, "COLUMN", sort_words, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "The column that the table is sorted by" },
	{ "sort-order", 0, OPTION_WISH, "HOW", direction_words, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Greatest first (down) or smallest first (up)" },
	{ "table-by", 0, OPTION_WISH, "WHAT", table_by_words, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "What a row of the table stands for" },
	{ "table-rows", 0, OPTION_WISH, "WHICH", table_rows_words, TO(wishes), .taken_by = VIEWER, .group = viewer,
	  .help = "Whether a search leaves only what it finds in the table" },
	{ "table-row", 0, OPTION_WISH, "N", TO(wishes), .max = UINT32_MAX, .taken_by = VIEWER, .group = viewer,
	  .help = "The row of the table that is selected, from 0" },
	{ "table-scroll", 0, OPTION_WISH, "N", TO(wishes), .max = UINT32_MAX, .taken_by = VIEWER, .group = viewer,
	  .help = "Rows of the table that are scrolled out" },
	{ "chains", 0, OPTION_WISH, "HOW", chain_words, TO(wishes), .taken_by = VIEWER, .group = viewer,
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
	{ "tree-scroll", 0, OPTION_WISH, "N", TO(wishes), .max = UINT32_MAX, .taken_by = VIEWER, .group = viewer,
	  .help = "Rows of the call tree or the timeline that are scrolled out" },
	{ "colors", 0, OPTION_CHOICE, "HOW", request_colors, TO(colors), .taken_by = VIEWER, .group = viewer,
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

enum { ROWS = sizeof(option_rows) / sizeof(*option_rows) - 1 };

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

struct word_list {
	struct buf  text;
	const char *wanted;
	bool        found;
};

static void
add_word(const char *choice, void *data)
{
	struct word_list *list = data;

	list->found |= strcmp(choice, list->wanted) == 0;
	buf_addf(&list->text, "%s%s", list->text.len ? ", " : "", choice);
}

static bool
check_choice(const struct option_row *row, const char *text, struct error *err)
{
	struct word_list list = { .wanted = text };

	option_each_choice(row, add_word, &list);
	if (!list.found && list.text.len)
		error_set(err, ERROR_USAGE, "--%s: there is no '%.100s'; there are %s", row->name, text, list.text.at);
	bool fine = list.found || !list.text.len;
	buf_fini(&list.text);
	return fine;
}

static bool
read_number(const struct option_row *row, const char *text, long *out, struct error *err)
{
	char *end;
	long value = *text >= '0' && *text <= '9' ? strtol(text, &end, 10) : -1;

	if (value < 0 || *end || value < row->min || value > row->max)
		return error_set(err, ERROR_USAGE, "--%s: '%.100s' is not a number from %ld to %ld", row->name, text, row->min, row->max);
	*out = value;
	return true;
}

static bool
read_size(const struct option_row *row, const char *text, int *cols_rows, struct error *err)
{
	char more;

	if (strspn(text, "0123456789x") != strlen(text) || strlen(text) > 11 ||
	    sscanf(text, "%dx%d%c", &cols_rows[0], &cols_rows[1], &more) != 2 || cols_rows[0] < 1 || cols_rows[1] < 1 ||
	    cols_rows[0] > WIDTH_MAX || cols_rows[1] > WIDTH_MAX)
		return error_set(err, ERROR_USAGE, "--%s: '%.100s' is not a size such as 80x24", row->name, text);
	return true;
}

static void
add_filter(struct request_filters *filters, const struct option_row *row, const char *text)
{
	filters->at = xreallocarray(filters->at, filters->len + 1, sizeof *filters->at);
	filters->at[filters->len++] = (struct request_filter){ (int)row->max, text };
}

static bool
add_wish(struct request_wishes *wishes, const struct option_row *row, const char *text, struct error *err)
{
	long number;

	if (row->choices ? !check_choice(row, text, err) : row->max > 0 && !read_number(row, text, &number, err))
		return false;
	wishes->at = xreallocarray(wishes->at, wishes->len + 1, sizeof *wishes->at);
	wishes->at[wishes->len++] = (struct setting){ row->name, text };
	return true;
}

static bool
set_option(struct request *request, const struct option_row *row, const char *text, struct error *err)
{
	void *field = (char *)request + row->offset;

	switch (row->kind) {
	case OPTION_FLAG:
		*(bool *)field = true;
		return true;
	case OPTION_TEXT:
		*(const char **)field = text;
		return check_choice(row, text, err);
	case OPTION_NUMBER:
		return read_number(row, text, field, err);
	case OPTION_LIST:
		add_filter(field, row, text);
		return true;
	case OPTION_WISH:
		return add_wish(field, row, text, err);
	case OPTION_SIZE:
		return read_size(row, text, field, err);
	case OPTION_CHOICE:
		if (!check_choice(row, text, err))
			return false;
		for (int i = 0; row->choices[i]; i++)
			if (strcmp(row->choices[i], text) == 0)
				*(int *)field = i;
		return true;
	}
	return false;
}

static bool
unescape(struct request *request, const char *what, const char **text, struct error *err)
{
	struct buf plain = { 0 };

	if (!text_unescape(str_of(*text), &plain)) {
		buf_fini(&plain);
		return error_set(err, ERROR_USAGE, "%s: a broken escape in '%.100s'", what, *text);
	}
	buf_addc(&plain, '\0');
	*text = arena_copy(request->texts, buf_str(&plain));
	buf_fini(&plain);
	return true;
}

static bool
unescape_all(struct request *request, struct error *err)
{
	request->texts = xcalloc(1, sizeof *request->texts);
	arena_init(request->texts);
	for (int i = 0; i < ROWS; i++) {
		const char **text = (const char **)(void *)((char *)request + option_rows[i].offset);
		if (option_rows[i].escapes && *text && !unescape(request, option_rows[i].name, text, err))
			return false;
	}
	for (size_t i = 0; i < request->filters.len; i++)
		if (!unescape(request, "a filter", &request->filters.at[i].pattern, err))
			return false;
	for (size_t i = 0; i < request->path_count; i++)
		if (!unescape(request, "a file's name", &request->paths[i], err))
			return false;
	return true;
}

/* The table as getopt wants it.  A leading '-' gives the arguments between options in their order. */
static void
getopt_tables(struct option *longs, char *shorts)
{
	*shorts++ = '-';
	*shorts++ = ':';
	for (int i = 0; i < ROWS; i++) {
		const struct option_row *row = &option_rows[i];
		longs[i] = (struct option){ row->name, row->argument ? required_argument : no_argument, NULL, FIRST_LONG + i };
		if (row->letter) {
			*shorts++ = row->letter;
			if (row->argument)
				*shorts++ = ':';
		}
	}
	longs[ROWS] = (struct option){ 0 };
	*shorts = '\0';
}

static int
row_of(int code)
{
	if (code >= FIRST_LONG)
		return code - FIRST_LONG;
	for (int i = 0; i < ROWS; i++)
		if (option_rows[i].letter && option_rows[i].letter == code)
			return i;
	return -1;
}

static void
add_path(struct request *request, const char *path)
{
	request->paths = xreallocarray(request->paths, request->path_count + 1, sizeof *request->paths);
	request->paths[request->path_count++] = path;
}

static bool
check_request(const struct request *request, const bool *given, struct error *err)
{
	const struct command *command = request->command ? request->command : &command_viewer;

	if (request->help || request->version)
		return true;
	for (int i = 0; i < ROWS; i++)
		if (given[i] && !(option_rows[i].taken_by & TAKEN_BY(command->id)))
			return error_set(err, ERROR_USAGE, "%s%s--%s does not belong here", command->name, *command->name ? ": " : "",
			                 option_rows[i].name);
	if (request->json && request->csv)
		return error_set(err, ERROR_USAGE, "either --json or --csv");
	if (request->track && request->trace)
		return error_set(err, ERROR_USAGE, "either --track or --trace");
	if (request->cols && !request->script)
		return error_set(err, ERROR_USAGE, "--size needs --script");
	if (request->demo && request->path_count)
		return error_set(err, ERROR_USAGE, "--demo takes no files");
	if (!command->takes_files && request->path_count)
		return error_set(err, ERROR_USAGE, "%s: takes no files", command->name);
	return true;
}

bool
request_parse(int argc, char **argv, struct request *request, struct error *err)
{
	struct option longs[ROWS + 1];
	char shorts[ROWS * 2 + 3];
	bool given[ROWS] = { false };
	bool first_word = true;
	int code;

	*request = (struct request){
		.merge = CHOICE_UNSET, .order = CHOICE_UNSET, .recursion = CHOICE_UNSET, .view = CHOICE_UNSET, .colors = CHOICE_UNSET,
		.limit = CHOICE_UNSET, .width = CHOICE_UNSET,
	};
	getopt_tables(longs, shorts);
	opterr = 0;
	optind = 0;
	while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (code == 1) {
			if (first_word)
				request->command = command_find(str_of(optarg));
			if (!first_word || !request->command)
				add_path(request, optarg);
			first_word = false;
			continue;
		}
		const char *word = argv[optind > 0 ? optind - 1 : 0];
		if (code == ':')
			return error_set(err, ERROR_USAGE, "%.100s needs a value", word);
		int row = row_of(code);
		if (row < 0 && optopt && optopt < FIRST_LONG)
			return error_set(err, ERROR_USAGE, "there is no option -%c", optopt);
		if (row < 0)
			return error_set(err, ERROR_USAGE, "there is no option %.100s", word);
		given[row] = true;
		if (!set_option(request, &option_rows[row], optarg, err))
			return false;
	}
	while (optind < argc)
		add_path(request, argv[optind++]);
	return check_request(request, given, err) && (!request->escaped || unescape_all(request, err));
}

static bool
is_piped(int fd)
{
	struct stat what;

	return fstat(fd, &what) == 0 && (S_ISFIFO(what.st_mode) || S_ISREG(what.st_mode) || S_ISSOCK(what.st_mode));
}

bool
request_find_input(struct request *request, struct error *err)
{
	if (request->demo) {
		request->demo_file = demo_path(err);
		if (!request->demo_file)
			return false;
		add_path(request, request->demo_file);
	}
	if (request->path_count == 0 && is_piped(STDIN_FILENO))
		add_path(request, "-");
	return request->path_count > 0 || error_set(err, ERROR_USAGE, "no file is named; --demo opens the trace that comes with the program");
}

void
request_fini(struct request *request)
{
	free(request->paths);
	free(request->filters.at);
	free(request->wishes.at);
	if (request->texts)
		arena_fini(request->texts);
	free(request->texts);
	free(request->demo_file);
	request->paths = NULL;
	request->filters = (struct request_filters){ 0 };
	request->wishes = (struct request_wishes){ 0 };
	request->texts = NULL;
	request->demo_file = NULL;
	request->path_count = 0;
}

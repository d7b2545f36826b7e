/* SPDX-License-Identifier: MIT
 * The command line, read by the table of options. */
#include "config.h"

#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/query.h"
#include "analysis/trace_ref.h"
#include "cli/commands.h"
#include "cli/demo.h"
#include "cli/message.h"
#include "cli/options.h"
#include "util/alloc.h"
#include "util/arena.h"
#include "util/text.h"

enum { FIRST_LONG = 256, ROWS_MAX = 256, CELLS_MAX = 10000 };

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
	    cols_rows[0] > CELLS_MAX || cols_rows[1] > CELLS_MAX)
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
	for (int i = 0; i < (int)option_row_count; i++) {
		const char **text = (const char **)(void *)((char *)request + option_rows[i].offset);
		if (option_rows[i].escapes && *text && !unescape(request, option_rows[i].name, text, err))
			return false;
	}
	for (size_t i = 0; i < request->filters.len; i++)
		if (!unescape(request, "a filter", &request->filters.at[i].pattern, err))
			return false;
	for (size_t i = 0; i < request->labels.len; i++)
		if (!unescape(request, "a label", &request->labels.at[i].pattern, err))
			return false;
	for (size_t i = 0; i < request->queries.len; i++)
		if (!unescape(request, "a query", &request->queries.at[i].pattern, err))
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
	for (int i = 0; i < (int)option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		longs[i] = (struct option){ row->name, row->argument ? required_argument : no_argument, NULL, FIRST_LONG + i };
		if (row->letter) {
			*shorts++ = row->letter;
			if (row->argument)
				*shorts++ = ':';
		}
	}
	longs[option_row_count] = (struct option){ 0 };
	*shorts = '\0';
}

static int
row_of(int code)
{
	if (code >= FIRST_LONG)
		return code - FIRST_LONG;
	for (int i = 0; i < (int)option_row_count; i++)
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
	for (int i = 0; i < (int)option_row_count; i++)
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

/* What is wrong with a query is shown in it. */
static bool
check_queries(const struct request *request, struct error *err)
{
	for (size_t i = 0; i < request->queries.len; i++) {
		const char *text = request->queries.at[i].pattern;
		struct query *query = query_parse(str_of(text), err);
		if (!query) {
			struct error inner = *err;
			message_place(str_of(text), (size_t)inner.byte);
			*err = (struct error){ 0 };
			return error_set(err, ERROR_USAGE, "--query: %s", inner.text);
		}
		query_free(query);
	}
	return true;
}

/* The span that --trace names is the viewer's cursor. */
static bool
find_cursor(struct request *request, struct error *err)
{
	struct trace_ref ref;

	if (!request->trace)
		return true;
	if (!trace_ref_parse(str_of(request->trace), &ref))
		return error_set(err, ERROR_USAGE, "--trace: '%.100s' is neither an id in hexadecimal nor a traceparent", request->trace);
	if (!ref.has_span && strlen(ref.trace) != SPAN_ID_DIGITS)    /* sixteen digits may be either's */
		return true;
	request->cursor = xasprintf("span:%s", request->trace);
	request->wishes.at = xreallocarray(request->wishes.at, request->wishes.len + 1, sizeof *request->wishes.at);
	request->wishes.at[request->wishes.len++] = (struct setting){ "cursor", request->cursor };
	return true;
}

bool
request_parse(int argc, char **argv, struct request *request, struct error *err)
{
	struct option longs[ROWS_MAX + 1];
	char shorts[ROWS_MAX * 2 + 3];
	bool given[ROWS_MAX] = { false };
	bool first_word = true;
	int code;

	*request = (struct request){
		.merge = CHOICE_UNSET, .order = CHOICE_UNSET, .grain = CHOICE_UNSET, .recursion = CHOICE_UNSET, .view = CHOICE_UNSET, .colors = CHOICE_UNSET,
		.limit = CHOICE_UNSET, .width = CHOICE_UNSET,
	};
	CHECK(option_row_count <= ROWS_MAX);
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
	return check_request(request, given, err) && (!request->escaped || unescape_all(request, err)) && check_queries(request, err) &&
	       find_cursor(request, err);
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
	free(request->queries.at);
	free(request->labels.at);
	free(request->cursor);
	free(request->wishes.at);
	if (request->texts)
		arena_fini(request->texts);
	free(request->texts);
	free(request->demo_file);
	request->paths = NULL;
	request->filters = request->queries = request->labels = (struct request_filters){ 0 };
	request->cursor = NULL;
	request->wishes = (struct request_wishes){ 0 };
	request->texts = NULL;
	request->demo_file = NULL;
	request->path_count = 0;
}

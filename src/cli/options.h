/* SPDX-License-Identifier: MIT
 * The one table of options: it drives the parser, --help, the completions and the man page. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "cli/request.h"
#include "util/buf.h"
#include "util/error.h"

enum option_kind {
	OPTION_FLAG,      /* sets a bool */
	OPTION_TEXT,      /* a const char * */
	OPTION_NUMBER,    /* a long from min to max */
	OPTION_CHOICE,    /* an int: the index of the word among choices */
	OPTION_SIZE,      /* COLSxROWS: two ints */
	OPTION_WISH,      /* struct request_wishes: kept as text, once it is one of choices or, where there is a max, a number */
	OPTION_LIST,      /* struct request_filters: the option may come several times; max is the kind that it adds */
};

/* Which invocations know an option: the viewer and the commands, by enum command_id. */
#define TAKEN_BY(id) (1u << (id))

struct option_row {
	const char        *name;        /* long name */
	char               letter;      /* 0: none */
	enum option_kind   kind;
	const char        *argument;    /* "FILE"; NULL for a flag */
	const char *const *choices;     /* OPTION_CHOICE, and OPTION_TEXT where names can be proposed */
	long               min, max;
	size_t             offset;      /* of its field in struct request */
	unsigned           taken_by;
	const char        *group;       /* heading in the help */
	bool               escapes;     /* its text is written with escapes after --escaped */
	const char        *help;        /* a sentence without its full stop */
};

extern const struct option_row option_rows[];    /* ends with a NULL name; rows of a group follow each other */
extern const unsigned option_row_count;

/* Fills request from the command line.  False with err (ERROR_USAGE) when something is wrong with it. */
bool request_parse(int argc, char **argv, struct request *request, struct error *err);
/* Finds what is to be read when no file was named: the demo, or standard input when something is piped in.
 * False with err when there is nothing. */
bool request_find_input(struct request *request, struct error *err);
void request_fini(struct request *request);

/* "-n, --limit N" */
void option_usage(const struct option_row *row, struct buf *out);

/* Names that the text of an option may be: readable formats, writable formats.  Calls each once. */
void option_each_choice(const struct option_row *row, void (*each)(const char *choice, void *data), void *data);

#endif

/* SPDX-License-Identifier: MIT
 * What the user asked for, as the command line says it: parsed, but not yet looked up in any dataset.
 * All texts are borrowed from argv but for demo_file and, with --escaped, those that were unescaped. */
#ifndef CLI_REQUEST_H
#define CLI_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "util/setting.h"

struct command;
struct arena;

#define CHOICE_UNSET (-1)    /* of a choice or number: the option was not given */

/* Patterns of --hide and its like, in the order in which they were given. */
struct request_filter {
	int         kind;       /* enum filter_kind */
	const char *pattern;
};

struct request_filters {
	struct request_filter *at;    /* owned by the request */
	size_t                 len;
};

/* Options that only the viewer understands, as they were given. */
struct request_wishes {
	struct setting *at;    /* owned by the request */
	size_t          len;
};

struct request {
	const struct command *command;       /* NULL: the viewer */
	const char          **paths;         /* files, "-" for standard input; owned by the request */
	size_t                path_count;
	bool                  help, version, demo, escaped;
	struct arena         *texts;         /* unescaped ones; NULL: none */
	char                 *demo_file;     /* paths[0] with --demo; owned by the request */

	/* Reading. */
	const char *format;                  /* NULL: by content */
	long        threads;                 /* 0: one per core */
	bool        mangled;                 /* names of functions stay as compilers wrote them */
	bool        undropped;               /* frames that a profile asks to leave out stay */

	/* What is looked at. */
	const char *track, *trace, *metric;  /* NULL: the default */
	int         merge;                   /* enum merge_mode, or CHOICE_UNSET */
	int         order;                   /* enum tree_order, or CHOICE_UNSET */
	int         grain;                   /* enum grain, or CHOICE_UNSET */
	const char *group;                   /* keys with commas between them */
	const char *focus, *search, *sandwich;
	struct request_filters filters;
	struct request_filters queries;      /* their kind says nothing */
	struct request_filters labels;       /* likewise; "key=value" */
	const char *from_time, *to_time;
	char       *cursor;                  /* the span of --trace as a wish for the cursor; owned by the request */
	bool        invert, adjust_skew, critical;
	int         recursion;               /* enum recursion, or CHOICE_UNSET */

	/* Results. */
	bool        json, csv, force;
	long        limit, width;            /* CHOICE_UNSET when not given */
	const char *to, *output;
	bool        ascii;

	/* The viewer. */
	int         view;                    /* index into choices_view, or CHOICE_UNSET */
	int         colors;                  /* enum request_color, or CHOICE_UNSET */
	const char *theme, *config;
	bool        no_config, dump_config;
	bool        no_mouse, utc;
	struct request_wishes wishes;
	const char *script;
	int         cols, rows;              /* of --size; 0: not given */
};

/* As choices_colors has them. */
enum request_color { COLORS_AUTO, COLORS_24BIT, COLORS_256, COLORS_16, COLORS_MONO };

#endif

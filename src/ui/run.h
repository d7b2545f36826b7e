/* SPDX-License-Identifier: MIT
 * The viewer from start to end: the terminal, the loader on its own thread, and the one event loop. */
#ifndef UI_RUN_H
#define UI_RUN_H

#include <stddef.h>

#include "ui/app.h"

struct ui_options {
	const char *const *paths;      /* as for load_files(); borrowed */
	size_t             count;
	const char        *format;     /* NULL: by content */
	unsigned           threads;    /* 0: one per core */
	bool               mangled;    /* functions keep the names that compilers gave them */
	enum sink_grain    grain;      /* what makes frames of samples differ */
	bool               undropped;  /* frames that a profile asks to leave out stay */
	struct app_options app;        /* title NULL: after the paths; what links need, what the configuration says and what the terminal is like are filled in by ui_run() */
	int                depth;      /* enum color_depth, or -1: what the terminal has */
	int                ascii;      /* 1, 0, or -1: by locale and terminal */
	const char        *theme;      /* a theme's name; NULL: the configuration's; "auto": by the terminal's background */
	const char        *config;     /* the configuration's file; NULL: the usual one */
	bool               no_config;
	const char        *script;     /* a file of steps (ui/script.h), or NULL */
	/* The tree to begin with, looked up in what was loaded; NULL: the default.  False with err ends the program. */
	bool             (*choose)(const struct dataset *ds, const void *asked, struct strtab *patterns, struct recipe *recipe_out,
	                           struct error *err);
	const void        *asked;      /* handed to choose */
	int                cols, rows; /* 0: the terminal's; given, the screen is one in memory and needs a script */
};

/* Returns the exit status, having printed what went wrong once the terminal is back.
 * A script runs on the terminal when standard output is one and no size is given; else on a screen in memory of 80x24 or that size. */
int ui_run(const struct ui_options *options);

#endif

/* SPDX-License-Identifier: MIT
 * Options and configuration put together: what the command line says comes first, then the configuration. */
#ifndef UI_SETUP_H
#define UI_SETUP_H

#include "ui/settings.h"
#include "ui/run.h"

struct setup {
	struct ui_options options;    /* with all that is in force */
	struct config     config;     /* options borrow from it */
	char             *themes;     /* the folder of the user's, from which they borrow too */
	struct error      trouble;    /* of the theme that the configuration names */
};

/* Reads the configuration, loads the theme and takes the user's keys.  False with err (ERROR_USAGE) when the options ask for a theme that
 * is not there; setup_fini() in any case. */
bool setup_read(const struct ui_options *asked, struct setup *setup, struct error *err);
void setup_fini(struct setup *setup);

#endif

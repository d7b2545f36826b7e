/* SPDX-License-Identifier: MIT
 * Where the trace that comes with the program is. */
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include "util/error.h"

/* Its path, to be released with free(); NULL with err when it is nowhere.
 * Looked for in $SPANFIRE_DATADIR, relative to the program, then where it was meant to be installed. */
char *demo_path(struct error *err);

#endif

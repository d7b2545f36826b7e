/* SPDX-License-Identifier: MIT
 * Files that come with the program.
 * Looked for in $SPANFIRE_DATADIR, relative to the program, then where they were meant to be installed. */
#ifndef UTIL_DATADIR_H
#define UTIL_DATADIR_H

/* The path of a readable file of that name, "themes/dark.json"; free().  NULL when there is none. */
char *datadir_find(const char *name);

#endif

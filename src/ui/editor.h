/* SPDX-License-Identifier: MIT
 * The command that shows a line of a file in the user's editor. No shell has a part in it. */
#ifndef UI_EDITOR_H
#define UI_EDITOR_H

#include <stdbool.h>
#include <stdint.h>

#include "util/arena.h"

enum { EDITOR_ARGS = 16 };

/* command: as in $EDITOR, words separated by spaces.  Fills argv, ended by NULL, with texts that live in the arena; line 0: none is known.
 * False when there are too many words, or none. */
bool editor_arguments(const char *command, const char *path, uint32_t line, struct arena *arena, char *argv[EDITOR_ARGS]);

/* What the environment names: $VISUAL, $EDITOR, else vi. */
const char *editor_command(void);

/* Runs a program on the terminal, with keys from keys_fd, until it ends; stops and goes on with it.  False when it cannot be run. */
bool editor_run(char *const argv[], int keys_fd);

#endif

/* SPDX-License-Identifier: MIT
 * Text to the terminal's clipboard: the bytes of OSC 52. */
#ifndef UI_CLIPBOARD_H
#define UI_CLIPBOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"
#include "util/error.h"
#include "util/str.h"

/* Terminals give up on longer strings. */
#define CLIPBOARD_LIMIT 74994

/* What stands between the program and the terminal, and must be told to pass the sequence on.  Over SSH there is only $TERM to tell, and
 * "screen" may be either of the two. */
enum clipboard_wrap { CLIPBOARD_PLAIN, CLIPBOARD_TMUX, CLIPBOARD_SCREEN, CLIPBOARD_EITHER };

/* Appends the sequence; false when the text is longer than CLIPBOARD_LIMIT bytes.
 * For tmux it is sent twice, bare and wrapped: which of the two it heeds depends on its configuration.  For either of the two bare where it
 * is short, since screen prints the rest of a long one, and wrapped for screen, which tmux does not mind. */
bool clipboard_sequence(struct str text, enum clipboard_wrap wrap, struct buf *out);

/* Which of these the environment speaks of. */
enum clipboard_wrap clipboard_wrap_here(void);

/* Which of these a terminal is that says so of itself (EVENT_IDENTITY); as it was for all others. */
enum clipboard_wrap clipboard_wrap_of(uint32_t identity, enum clipboard_wrap so_far);

/* Whether the terminal is one that is known to take the sequence. */
bool clipboard_is_known(void);

/* Puts the text into a file that only the user can read, under $XDG_RUNTIME_DIR or $TMPDIR.  *path: a file that an earlier call made, or
 * NULL; in the end the file's, to be freed.  False with err. */
bool clipboard_keep(struct str text, char **path, struct error *err);

#endif

/* SPDX-License-Identifier: MIT
 * The program on a real pseudo-terminal with libvterm as the terminal: what a user types goes in, what a user sees comes out.
 * Terminal type, size, locale, time zone and home are fixed; nothing of the caller's environment shines through.
 * Waiting has a limit of ten seconds; when it was in vain the screen is shown among the diagnostics.
 * Nothing here is a check by itself: ok(screen_wait(screen, "cart"), "the service is there").
 * Columns and rows count from 0.  Without libvterm it is not built (tests/screen/local.mk). */
#ifndef SCREEN_HARNESS_H
#define SCREEN_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "tests/tap.h"
#include "util/buf.h"

struct screen_options {
	const char        *term;          /* NULL: "xterm-256color" */
	int                cols, rows;    /* 0: 80x24 */
	const char *const *args;          /* after the program's name, ended by NULL */
	const char *const *env;           /* "NAME=value" or, to take one away, "NAME"; ended by NULL; may be NULL */
	const char        *stdin_path;    /* a file as standard input instead of the terminal; NULL: the terminal */
	uint32_t           background;    /* 0xRRGGBB that the terminal answers to OSC 11 */
	bool               answers;       /* whether it answers at all */
	bool               jobs;          /* under a parent with job control, so that it can be stopped */
	int                ignored;       /* a signal that its parent ignores; 0: none */
	bool               mute;          /* it does not answer to position reports either */
};

struct screen;

/* The program that SPANFIRE names, running. */
struct screen *screen_start(const struct screen_options *options);
void           screen_free(struct screen *screen);    /* kills the program if it still runs */

/* Input.  None of them waits. */
void screen_send(struct screen *screen, const char *bytes);
void screen_key(struct screen *screen, const char *names);    /* "j", "Enter", "Ctrl-c"; several with spaces between */
/* code as in xterm's reports: 0 left, 1 middle, 2 right, 35 moved, 32 dragged, 64 and 65 wheel; +4 Shift, +8 Alt, +16 Ctrl */
void screen_mouse(struct screen *screen, int code, int col, int row, bool release);
void screen_move(struct screen *screen, int col, int row);
void screen_click(struct screen *screen, int col, int row);
void screen_double_click(struct screen *screen, int col, int row);
void screen_right_click(struct screen *screen, int col, int row);
void screen_wheel(struct screen *screen, int col, int row, bool down, int mods);    /* mods as in code */
void screen_drag(struct screen *screen, int col, int row, int to_col, int to_row);
void screen_resize(struct screen *screen, int cols, int rows);
void screen_signal(struct screen *screen, int number);

/* Waiting. */
void screen_settle(struct screen *screen);                             /* until nothing has been sent for a while */
void screen_quiet(struct screen *screen, int quiet_ms);                /* until nothing has been sent for so long */
bool screen_wait(struct screen *screen, const char *text);             /* until it appears, then until quiet */
bool screen_wait_gone(struct screen *screen, const char *text);        /* until it is gone, then until quiet */
int  screen_wait_exit(struct screen *screen);                          /* exit status; 128 + signal; -1: it does not end */
bool screen_wait_stopped(struct screen *screen);                       /* with jobs: it has stopped */
void screen_continue(struct screen *screen);

/* What is seen. */
struct screen_cell {
	char     text[32];                  /* UTF-8; " " when empty; "" behind a wide one */
	int      width;
	uint32_t fg, bg;                    /* 0xRRGGBB as they are seen */
	int      fg_index, bg_index;        /* of the 256; -1: given as RGB, or default */
	bool     fg_default, bg_default;
	bool     bold, underline;
	bool     reverse;                   /* of the default colours; of others it is in fg and bg */
};

void        screen_cell(struct screen *screen, int col, int row, struct screen_cell *out);
const char *screen_row(struct screen *screen, int row);    /* without trailing spaces; valid until the next call */
const char *screen_text(struct screen *screen);            /* all rows; valid until the next call */
bool        screen_find(struct screen *screen, const char *text, int *col_out, int *row_out);
bool        screen_shows(struct screen *screen, const char *text);
bool        screen_is_alternate(const struct screen *screen);
bool        screen_shows_cursor(const struct screen *screen);

/* What was sent. */
size_t            screen_bytes(const struct screen *screen);     /* since the start */
const struct buf *screen_output(const struct screen *screen);    /* all of it */
bool              screen_sent(const struct screen *screen, const char *bytes);
bool              screen_modes_kept(struct screen *screen);      /* the terminal's modes are as they were before the program */
pid_t             screen_pid(const struct screen *screen);

#endif

/* SPDX-License-Identifier: MIT
 * The terminal as the event loop sees it.  ui/term.c implements it with curses and is the only file that includes curses;
 * tests and scripts without a terminal implement it in memory (ui/headless.c). */
#ifndef UI_TERM_H
#define UI_TERM_H

#include "ui/grid.h"
#include "ui/paint.h"
#include "util/error.h"

/* What signals have asked for since the last look. */
enum term_signal {
	TERM_RESIZED   = 1,
	TERM_END       = 2,    /* SIGTERM, SIGHUP or SIGINT: leave, cleanly */
	TERM_STOP      = 4,    /* SIGTSTP */
	TERM_CONTINUED = 8,    /* SIGCONT after a stop that was not ours */
};

struct term_ops {
	/* Columns and rows now. */
	void (*size)(void *self, int *cols_out, int *rows_out);
	/* The file descriptors to poll for input bytes and for signals, or -1. */
	int  (*input_fd)(void *self);
	int  (*signal_fd)(void *self);
	unsigned (*signals)(void *self);    /* enum term_signal; forgets them */
	/* Bytes typed, at most cap; 0 at the end of input, -1 when there is nothing now. */
	long (*read)(void *self, char *bytes, size_t cap);
	/* Shows the grid: only what differs from the last one is sent.  repaint: the terminal's content is unknown. */
	void (*paint)(void *self, const struct grid *grid, const struct theme *theme, bool repaint);
	void (*mouse)(void *self, bool on);
	/* Text to the clipboard by OSC 52, wrapped for tmux or screen where one is around.  False: there is no way, or too much text. */
	bool (*copy)(void *self, struct str text);
	void (*identified)(void *self, uint32_t identity);    /* on EVENT_IDENTITY: copy() knows how to wrap then */
	/* Gives the terminal back, stops the process group, takes it again after SIGCONT; size() is new then. */
	void (*suspend)(void *self);
	/* Gives the terminal to a program until it ends; NULL: there is none to give.  False when it cannot be run. */
	bool (*run)(void *self, char *const argv[]);
	void (*resized)(void *self);      /* on TERM_RESIZED: size() is new then */
	void (*continued)(void *self);    /* on TERM_CONTINUED: takes the terminal again */
	void (*close)(void *self);        /* puts everything back and frees self */
};

struct term {
	const struct term_ops *ops;
	void                  *self;
	enum color_depth       depth;
	bool                   ascii;
	bool                   asked_background;    /* the terminal is one that can be expected to answer */
	/* Key sequences of the terminal's own description, for ui/input.c: pairs of bytes and enum key_code, ended by a NULL. */
	const struct term_key { const char *bytes; uint32_t key; uint8_t mods; } *keys;
};

struct term_options {
	int         depth;      /* enum color_depth, or -1: what the terminal has */
	int         ascii;      /* 1, 0, or -1: by locale and probe */
	bool        no_mouse;
	bool        ask_background;    /* the answer comes as EVENT_BACKGROUND, if it comes */
};

/* Opens the terminal: standard output, with keys from standard input or, when that is no terminal, /dev/tty.
 * Installs signal handlers for a clean end and the panic hook. */
bool term_open(struct term *term, const struct term_options *options, struct error *err);

/* A terminal in memory of a fixed size: paints go nowhere. */
void term_open_headless(struct term *term, int cols, int rows);

#endif

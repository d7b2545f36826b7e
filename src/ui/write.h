/* SPDX-License-Identifier: MIT
 * Files written from the viewer: stacks in a format that one chooses, or that the suffix of the name says, and the screen.
 * All that return unsigned return enum update.  A file that is there already is asked about. */
#ifndef UI_WRITE_H
#define UI_WRITE_H

#include <stdbool.h>

#include "util/buf.h"

struct app;
struct export_format;

enum write_scope { WRITE_FOCUS, WRITE_CALLEES, WRITE_CALLERS, WRITE_SELECTION, WRITE_ALL, WRITE_HERE, WRITE_SCOPES };

struct write_wish {
	enum write_scope            scope;
	const struct export_format *format;
	char                       *path;      /* of a file that is there, while one is asked about it, or that is about to be written; else NULL */
	bool                        force;     /* it may be replaced */
	bool                        screen;    /* it is for the picture of the screen */
	bool                        nested[WRITE_SCOPES];    /* it can be written in the order of time; as of the latest look */
};

/* Asks what to write, and in which format; of the box under the cursor only; then for a name. */
unsigned write_pick(struct app *app);
unsigned write_pick_here(struct app *app);
bool     write_has_here(struct app *app);

/* Of the prompt for the name: what to begin with, what would be written, and writing it. */
void     write_suggest(struct app *app, struct buf *out);
void     write_note(struct app *app, struct str path, struct buf *out);
unsigned write_stacks(struct app *app, struct str path);

/* Without having chosen: what is in focus, in a sandwich what the functions call, else everything; folded unless the suffix says else. */
unsigned write_stacks_to(struct app *app, struct str path);

/* The same for the screen. */
void     save_suggest(struct app *app, struct buf *out);
unsigned save_screen(struct app *app, struct str path);

#endif

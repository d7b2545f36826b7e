/* SPDX-License-Identifier: MIT
 * Steps for the viewer, read from a file: one a line, cells counted from 1, '#' begins a comment line.
 *	key j Enter Ctrl-c		one or more keys, by name
 *	type some text			a key for each character, spaces between words included
 *	move X,Y			the mouse; also click, double, right
 *	drag X1,Y1,X2,Y2
 *	wheel up X,Y [ctrl|alt]		or down, left, right
 *	resize COLSxROWS		only of a screen in memory
 *	wait-idle			until all is loaded and drawn
 *	save FILE.txt			or FILE.svg
 *	quit */
#ifndef UI_SCRIPT_H
#define UI_SCRIPT_H

#include "ui/event.h"
#include "util/error.h"
#include "util/vec.h"

enum script_do { SCRIPT_EVENTS, SCRIPT_RESIZE, SCRIPT_WAIT, SCRIPT_SAVE, SCRIPT_QUIT };

struct script_step {
	enum script_do what;
	uint64_t       line;             /* from 1 */
	size_t         first, count;     /* SCRIPT_EVENTS: of the script's events */
	int            cols, rows;       /* SCRIPT_RESIZE */
	char          *path;             /* SCRIPT_SAVE; the script's */
};

struct script {
	const char *path;                /* for messages; borrowed */
	struct { VEC(struct script_step); } steps;
	struct { VEC(struct event); } events;
};

/* Both: false and err, with file and line, when a step is not understood; the script is to be freed in any case. */
bool script_read(const char *path, struct script *script, struct error *err);
bool script_parse(struct str text, const char *path, struct script *script, struct error *err);
void script_fini(struct script *script);

#endif

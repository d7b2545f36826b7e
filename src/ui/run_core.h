/* SPDX-License-Identifier: MIT
 * What the files of the event loop share: the viewer at run time, and what an event comes to.  Nobody else includes this. */
#ifndef UI_RUN_CORE_H
#define UI_RUN_CORE_H

#include "ui/input.h"
#include "ui/loader.h"
#include "ui/run.h"
#include "ui/script.h"
#include "ui/term.h"

struct run {
	const struct ui_options *options;
	struct term     term;
	struct input    input;
	struct grid     grid;
	struct app     *app;
	struct loader  *loader;       /* while loading */
	bool            loaded;       /* once: what fails later does not end the program */
	struct script   script;
	size_t          step;         /* of the script: the next one */
	bool            headless;
	bool            dirty, repaint, quit;
	uint64_t        skipped_ms;   /* without a terminal nobody waits for time to pass */
	uint64_t        hold_ms;      /* no paint before */
	uint64_t        painted_ms;
	uint64_t        fed_ms;       /* when the last byte came */
	struct event    motion;       /* the mouse's last move, when motion.kind is set */
	char           *copied_to;    /* a file with what was copied, when the terminal may not have taken it */
	char          **links;        /* the paths as a link has them: whole ones */
	struct error    err;          /* what ended the program */
};

/* Of a clock that only goes forward. */
uint64_t run_clock_ms(const struct run *run);

/* Paints if something has changed. */
void run_draw(struct run *run);

/* Saves the screen as it would be drawn now. */
bool run_save(struct run *run, const char *path, struct error *err);

/* Hands an event to the app and does what it asks for. */
void run_handle(struct run *run, const struct event *event);

/* The terminal has another size; it was given away and is back. */
void run_fit_size(struct run *run);
void run_come_back(struct run *run);

void run_start_loading(struct run *run);

#endif

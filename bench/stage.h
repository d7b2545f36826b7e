/* SPDX-License-Identifier: MIT
 * The viewer in memory, without a terminal: plays scripts and says what each event costs. */
#ifndef BENCH_STAGE_H
#define BENCH_STAGE_H

#include "ui/viewer.h"

enum { COLS = 200, ROWS = 50, STEPS_MAX = 64 };

/* ns of CPU: of the interface's thread until the picture is there, of the drawing, and of what was done meanwhile on other threads; how many
 * boxes the drawn graph has. */
struct cost { uint64_t handle, draw, behind; uint32_t boxes; };

struct bench {
	struct app *app;
	struct grid grid;
	uint64_t    now;
};

/* The viewer with a dataset, which stays the caller's.  view: enum view_id, or -1 for what it opens with.  cost_out may be NULL. */
void   bench_open(struct bench *bench, struct dataset *ds, int view, struct cost *cost_out);
void   bench_close(struct bench *bench);

/* Plays a script: the costs of all events (NULL: nobody asks), the highlight that follows the last one among them; how many there are. */
size_t bench_play(struct bench *bench, const char *text, struct cost costs[STEPS_MAX]);

#endif

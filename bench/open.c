/* SPDX-License-Identifier: MIT
 * What it costs to open each view after loading, and to draw it again, in memory and without a terminal.
 *	open trace SPANS | open traces TRACES | open profile NODES | open file FILE
 * Prints ms of CPU, the best of several runs: of all threads together until the first picture is there, of the interface's thread alone
 * among them, and of drawing it again. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/make.h"
#include "bench/stage.h"
#include "load/load.h"
#include "util/choices.h"
#include "util/alloc.h"
#include "util/choices.h"

enum { RUNS = 3 };

static const double limit_ms = 100, draw_limit_ms = 2;

static uint64_t
least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* all: handle is of all threads. */
static struct cost
measure(struct dataset *ds, enum view_id view)
{
	struct cost best = { UINT64_MAX, UINT64_MAX, UINT64_MAX, 0 }, opened, again[STEPS_MAX];

	for (int run = 0; run < RUNS; run++) {
		struct bench bench;
		bench_open(&bench, ds, (int)view, &opened);
		size_t count = bench_play(&bench, "key j k", again);
		best.handle = least(best.handle, opened.handle + opened.draw);
		best.behind = least(best.behind, opened.handle + opened.draw + opened.behind);
		for (size_t i = 0; i < count; i++)
			best.draw = least(best.draw, again[i].draw);
		bench_close(&bench);
	}
	return best;
}

static struct dataset *
make(const char *kind, const char *what)
{
	uint32_t count = (uint32_t)strtoul(what, NULL, 10);

	if (!strcmp(kind, "file"))
		return load_files((const char *const[]){ what }, 1, &(struct load_options){ 0 }, NULL);
	return !count                     ? NULL
	       : !strcmp(kind, "trace")   ? make_trace(count)
	       : !strcmp(kind, "traces")  ? make_traces(count)
	       : !strcmp(kind, "profile") ? make_profile(count)
	                                  : NULL;
}

int
main(int argc, char **argv)
{
	struct dataset *ds = argc == 3 ? make(argv[1], argv[2]) : NULL;

	if (!ds)
		panic("usage: open trace|traces|profile COUNT, or open file FILE");
	printf("  %-34s %9s %9s %9s\n", "", "ms", "of it UI", "draw");
	for (enum view_id view = 0; view < VIEW_COUNT; view++) {
		if (view == VIEW_SANDWICH || (view >= VIEW_TIMELINE && !dataset_has_spans(ds)))
			continue;
		struct cost cost = measure(ds, view);
		double ms = (double)cost.behind / 1e6, draw = (double)cost.draw / 1e6;
		printf("  %-34s %9.3f %9.3f %9.3f%s\n", choices_view[view], ms, (double)cost.handle / 1e6, draw, (ms > limit_ms && strcmp(argv[1], "profile") != 0) || draw > draw_limit_ms ? "  <" : "");
		fflush(stdout);
	}
	dataset_free(ds);
	return 0;
}

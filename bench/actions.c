/* SPDX-License-Identifier: MIT
 * What every action of the viewer costs, for a small graph and a large one, in memory and without a terminal.
 *	actions profile|trace [NODES NODES [TITLE]]
 * Prints for each the CPU ms of the most expensive of its events and of the drawing after it, the best of several runs, for both sizes,
 * the most boxes, or rows of the tree, that were drawn, what other threads did meanwhile for the large one, and how often the small graph's cost the large one's is.  What is above the limits
 * is marked; trees that are built anew and names that are searched for the first time have none.  TITLE: only rows that contain it. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/make.h"
#include "bench/stage.h"
#include "util/alloc.h"

enum { RUNS = 3 };

static const double limit_ms = 16, draw_limit_ms = 2, limit_ratio = 2, least_ms = 1;

/* before: what is done first, not measured.  free: without limits. */
struct row { const char *title, *before, *steps; bool free; };

/* With one trace of as many spans. */
static const struct row trace_rows[] = {
	{ "timeline, opened", "", "key 6", true },
	{ "timeline, opened again", "key 6 1", "key 6 1", false },
	{ "timeline, move", "key 6", "key j j j j k G g PageDown PageUp l h\nwheel down 100,20\nwheel down 20,20", false },
	{ "timeline, fold and unfold", "key 6 j j j", "key Space Space h l", false },
	{ "timeline, zoom and pan", "key 6 j j j j", "key + + + L L H - Z u\nwheel up 150,20 ctrl\ndrag 100,5,150,5", false },
	{ "timeline, begin at a span", "key 6 j j j j", "key z u", false },
	{ "timeline, critical path", "key 6 O", "key j j PageDown G", false },
	{ "timeline, similar spans", "key 6 / x Enter n n", "key h l", false },
	{ "timeline, only matches, a new search", "key 6 /\ntype op7\nkey Enter", "key F", true },
	{ "timeline, only matches", "key 6 /\ntype op7\nkey Enter F F", "key F n n F", false },
	{ "timeline, critical path, made", "key 6", "key O", true },
	{ "timeline, clocks as read and corrected", "key 6 K K", "key K K", false },
	{ "timeline, next error", "key 6", "key e e E", false },
	{ "flame in time, move", "", "key j j j l l k h G g", false },
	{ "flame in time, zoom and focus", "key j j j", "key + + L - Enter u", false },
	{ "flame in time, small boxes", "move 150,20", "click 150,20\nkey Enter u", false },
	{ "flame in time, tooltip, menu", "key j j j", "move 100,20\nmove 60,10\nkey . Down Esc", false },
	{ "flame in time, next error", "key j", "key e e E", false },
	{ "flame in time, chains", "", "key z z", true },
	{ "flame in time, search, next", "key /\ntype p77\nkey Enter", "key n n N", false },
	{ "flame in time, table, tree", "", "key 2 5 1", false },
	{ "flame in time, details", "key j j j", "key i Down i", false },
	{ "flame in time, merged, built", "", "key M", true },
	{ "flame in time, merged and back", "key M", "key u U", false },
	{ "flame in time, hidden, built", "key j j j", "key x", true },
	{ "flame in time, sandwich, built", "key j j j", "key s", true },
};

static const struct row rows[] = {
	{ "move", "", "key j j j j j j j j l l h l j k Home End G g PageDown PageUp", false },
	{ "highlight of the same name", "key j j j j j j j", "key j", false },
	{ "focus, back, forward", "key j j j j j j j", "key Enter u U u", false },
	{ "focus on a small box", "move 150,20", "click 150,20\nkey Enter u", false },
	{ "zoom", "key j j j j j j j", "key + + + + + - - - -\nwheel up 100,20 ctrl\nwheel down 100,20 ctrl", false },
	{ "pan", "key j j j j j j j j + + +", "key L L H H\ndrag 100,20,60,10", false },
	{ "reset", "key j j j j j j j j Enter + +", "key 0", false },
	{ "scroll", "", "wheel down 100,20\nwheel down 100,20\nwheel up 100,20", false },
	{ "minimap", "", "click 120,3\nclick 20,3", false },
	{ "tooltip", "", "move 100,20\nmove 101,22\nmove 60,30", false },
	{ "menu", "key j j j j j j j", "key . Down Down Esc", false },
	{ "palette, help, pills", "", "key : Esc ? Esc d Esc", false },
	{ "colours", "", "key C C C C C C C", false },
	{ "legend", "", "key c Down Esc", false },
	{ "short names, ends, upside down", "", "key A A a a V V", false },
	{ "chains, all", "", "key z z", false },
	{ "chains, one", "key z j j j", "key Space Space", false },
	{ "chains, a search unfolds one", "key z /\ntype p7\nkey Enter", "key n n n n", true },
	{ "search, names of a pattern", "", "key /\ntype p77", true },
	{ "search, next", "key /\ntype p77\nkey Enter", "key n n n N N", false },
	{ "search, the same again", "key /\ntype p77\nkey Enter Esc", "key / Up Enter", false },
	{ "search, move and focus in it", "key /\ntype p77\nkey Enter j j j j", "key j k Enter u", false },
	{ "views", "key 2 3 4 5 1", "key 2 3 4 5 1 [ [ [ ] ] ]", false },
	{ "table, opened", "", "key 2", false },
	{ "table, move", "key 2", "key j j k G g PageDown PageUp\nwheel down 100,20\nwheel up 100,20", false },
	{ "table, sorted by each column", "key 2", "key > > > > > r < < < < <", false },
	{ "table, only what a search finds", "key /\ntype p77\nkey Enter 2", "key F F", false },
	{ "table, rows of packages, files", "key 2", "key B B B", false },
	{ "both, of a focus", "key 3 j j j j j j j", "key Enter u", false },
	{ "tree, opened", "", "key 5", false },
	{ "tree, move", "key 5", "key j j j j k G g PageDown\nwheel down 100,20", false },
	{ "tree, unfold and fold", "key 5 j j j", "key Space Space Right Left", false },
	{ "sandwich, kept", "key j j j j j j j s 1", "key 4 j k Enter u 1", false },
	{ "link, copied", "key j j j j j j j Enter j j +", "key Y y", false },
	{ "sandwich, built", "key j j j j j j j j j", "key s", true },
	{ "hidden, built", "key j j j j j j j", "key x", true },
	{ "only, built", "key j j j j j j j", "key X", true },
	{ "bottom-up, built", "", "key b", true },
	{ "order, built", "", "key o o", true },
	{ "back to a filter's tree", "key j j j j j j j x", "key u U", false },
};

static struct cost
measure(const struct row *row, struct dataset *ds)
{
	struct cost best[STEPS_MAX], costs[STEPS_MAX], worst = { 0 };
	size_t count = 0;

	for (int run = 0; run < RUNS; run++) {
		struct bench bench;
		bench_open(&bench, ds, -1, NULL);
		bench_play(&bench, row->before, NULL);
		count = bench_play(&bench, row->steps, costs);
		for (size_t i = 0; i < count; i++) {
			best[i].handle = run && best[i].handle < costs[i].handle ? best[i].handle : costs[i].handle;
			best[i].draw = run && best[i].draw < costs[i].draw ? best[i].draw : costs[i].draw;
			best[i].behind = run && best[i].behind < costs[i].behind ? best[i].behind : costs[i].behind;
			best[i].boxes = costs[i].boxes;
		}
		bench_close(&bench);
	}
	for (size_t i = 0; i < count; i++) {
		worst.handle = worst.handle < best[i].handle ? best[i].handle : worst.handle;
		worst.draw = worst.draw < best[i].draw ? best[i].draw : worst.draw;
		worst.behind = worst.behind < best[i].behind ? best[i].behind : worst.behind;
		worst.boxes = worst.boxes < best[i].boxes ? best[i].boxes : worst.boxes;
	}
	return worst;
}

static void
measure_rows(const struct row *list, size_t count, const char *only, struct dataset *few, struct dataset *many)
{
	for (const struct row *row = list; row < list + count; row++) {
		if (!strstr(row->title, only))
			continue;
		struct cost less = measure(row, few), more = measure(row, many);
		double ms = (double)more.handle / 1e6, draw = (double)more.draw / 1e6;
		double ratio = (double)(more.handle + more.draw) / (double)(less.handle + less.draw);
		bool slow = ms > limit_ms || draw > draw_limit_ms || (ratio > limit_ratio && ms + draw > least_ms);
		printf("  %-34s %9.3f %7.3f %6u %9.3f %7.3f %6u %9.3f %7.2f%s\n", row->title, (double)less.handle / 1e6, (double)less.draw / 1e6,
		       less.boxes, ms, draw, more.boxes, (double)more.behind / 1e6, ratio, slow && !row->free ? "  <" : row->free ? "  built or searched anew" : "");
		fflush(stdout);
	}
	dataset_free(few);
	dataset_free(many);
}

int
main(int argc, char **argv)
{
	uint32_t small = 10000, large = 1000000;
	const char *only = argc == 5 ? argv[4] : "";
	bool trace = argc >= 2 && strcmp(argv[1], "trace") == 0;

	if (argc >= 4) {
		small = (uint32_t)strtoul(argv[2], NULL, 10);
		large = (uint32_t)strtoul(argv[3], NULL, 10);
	}
	if (argc < 2 || argc == 3 || argc > 5 || !small || !large || (!trace && strcmp(argv[1], "profile") != 0))
		panic("usage: actions profile|trace [NODES NODES [TITLE]]");
	printf("  %-34s %18u nodes %18u nodes\n  %-34s %9s %7s %6s %9s %7s %6s %9s %7s\n", "", small, large, "", "ms", "draw", "boxes", "ms", "draw", "boxes",
	       "behind", "ratio");
	if (trace)
		measure_rows(trace_rows, sizeof trace_rows / sizeof *trace_rows, only, make_trace(small), make_trace(large));
	else
		measure_rows(rows, sizeof rows / sizeof *rows, only, make_profile(small), make_profile(large));
	return 0;
}

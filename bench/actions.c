/* SPDX-License-Identifier: MIT
 * What every action of the viewer costs, for a small graph and a large one, in memory and without a terminal.
 *	actions [NODES NODES]
 * Prints for each the CPU ms of the most expensive of its events and of the drawing after it, the best of several runs, for both sizes,
 * and how often the small graph's the large one's is.  What is above the limits is marked; trees that are built anew and names that are
 * searched for the first time have none. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench/gen.h"
#include "load/sink.h"
#include "ui/change.h"
#include "ui/script.h"
#include "ui/viewer.h"
#include "util/alloc.h"
#include "util/hash.h"

enum { COLS = 200, ROWS = 50, RUNS = 3, STEPS_MAX = 64, TICK_MS = 100, NAMES = 5000 };

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
	{ "timeline, only matches", "key 6 /\ntype op7\nkey Enter", "key F n n F", false },
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

struct cost { uint64_t handle, draw; };

struct bench {
	struct app *app;
	struct grid grid;
	uint64_t    now;
};

static uint64_t
cpu_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

/* A profile whose merged tree has so many nodes.  A function calls its first callee three times of four, its second one three of what is
 * left, and so on, so that there are wide boxes and a lot of dust. */
static struct dataset *
make_profile(uint32_t nodes)
{
	struct sink *sink = sink_new(STR("bench.folded"));
	struct demo *d = demo_new(SEED, 0);
	uint32_t made = 0;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	track_id track = sink_track(sink, TRACK_PROFILE, STR("bench"));
	while (made < nodes) {
		stack_id stack = ID_NONE;
		for (uint32_t left = STACK_MIN + demo_pick(d, STACK_MAX - STACK_MIN); left > 0; left--) {
			uint32_t callee = 0;
			char name[64];
			while (demo_pick(d, 4) == 0)
				callee++;
			uint32_t function = (uint32_t)(hash_pair(stack, callee) % NAMES);
			snprintf(name, sizeof name, "pkg%u::step%u", function % 50, function);
			stack = sink_stack(sink, stack, sink_frame(sink, &(struct frame_in){ .name = str_of(name) }));
			made = stack >= made ? stack + 1 : made;
		}
		sink_sample(sink, stack, track, (double[]){ 1 });
	}
	demo_free(d);
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

/* One trace: a parent's children are alike in one of three, and one span of 500 fails. */
static struct dataset *
make_trace(uint32_t spans)
{
	struct sink *sink = sink_new(STR("bench.json"));

	for (uint32_t i = 1; i <= spans; i++) {
		uint32_t parent = i == 1 ? 0 : 1 + (i - 2) / FANOUT;
		uint64_t start, length;
		char name[32], service[32];
		if (i % BATCH == 1) {
			snprintf(service, sizeof service, "service-%u", i / BATCH % 24);
			sink_group_open(sink);
			sink_group_service(sink, str_of(service));
		}
		span_extent(i - 1, &start, &length);
		snprintf(name, sizeof name, "op%u", parent % 3 ? i % 700 : parent % 900);
		sink_span(sink, &(struct span_in){
			.trace_id = { 1 }, .id = i, .parent_id = parent, .name = str_of(name), .start_ns = (int64_t)(EPOCH_NS + start),
			.end_ns = (int64_t)(EPOCH_NS + start + length), .has_start = true, .has_end = true, .kind = SPAN_SERVER,
			.status = i % 500 ? STATUS_OK : STATUS_ERROR,
		});
		if (i % BATCH == 0 || i == spans)
			sink_group_close(sink);
	}
	struct dataset *ds = sink_take(sink);
	sink_free(sink);
	dataset_seal(ds);
	return ds;
}

static void
send(struct bench *bench, const struct event *event, struct cost *cost)
{
	uint64_t begin = cpu_ns();

	bench->now += 1;
	app_handle(bench->app, event, bench->now);
	while (app_is_building(bench->app)) {
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
		bench->now += TICK_MS;
		app_handle(bench->app, &(struct event){ .kind = EVENT_TICK }, bench->now);
	}
	uint64_t handled = cpu_ns();
	app_draw(bench->app, &bench->grid);
	if (cost)
		*cost = (struct cost){ handled - begin, cpu_ns() - handled };
	free(app_take_copy(bench->app));
}

/* The costs of all events, the highlight that follows the last one among them; how many there are. */
static size_t
play(struct bench *bench, const char *text, struct cost costs[STEPS_MAX])
{
	struct script script = { 0 };
	struct error err = { 0 };
	size_t count = 0;

	if (!script_parse(str_of(text), "bench", &script, &err))
		panic("%s", err.text);
	for (size_t i = 0; i < script.events.len && count + 1 < STEPS_MAX; i++)
		send(bench, &script.events.at[i], costs ? &costs[count++] : NULL);
	script_fini(&script);
	bench->now += TICK_MS;
	send(bench, &(struct event){ .kind = EVENT_TICK }, costs ? &costs[count++] : NULL);
	return count;
}

static void
open_bench(struct bench *bench, struct dataset *ds)
{
	struct app_options options = { .title = "bench", .version = "1", .view = -1 };

	*bench = (struct bench){ .app = app_new(&options, COLS, ROWS), .now = 1000 };
	grid_init(&bench->grid, COLS, ROWS);
	app_loaded(bench->app, ds, NULL, bench->now);
	send(bench, &(struct event){ .kind = EVENT_TICK }, NULL);
}

/* Frees everything but the dataset. */
static void
close_bench(struct bench *bench)
{
	bench->app->session->own = dataset_new();
	grid_fini(&bench->grid);
	app_free(bench->app);
}

static struct cost
measure(const struct row *row, struct dataset *ds)
{
	struct cost best[STEPS_MAX], costs[STEPS_MAX], worst = { 0, 0 };
	size_t count = 0;

	for (int run = 0; run < RUNS; run++) {
		struct bench bench;
		open_bench(&bench, ds);
		play(&bench, row->before, NULL);
		count = play(&bench, row->steps, costs);
		for (size_t i = 0; i < count; i++) {
			best[i].handle = run && best[i].handle < costs[i].handle ? best[i].handle : costs[i].handle;
			best[i].draw = run && best[i].draw < costs[i].draw ? best[i].draw : costs[i].draw;
		}
		close_bench(&bench);
	}
	for (size_t i = 0; i < count; i++) {
		worst.handle = worst.handle < best[i].handle ? best[i].handle : worst.handle;
		worst.draw = worst.draw < best[i].draw ? best[i].draw : worst.draw;
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
		printf("  %-34s %9.3f %7.3f %9.3f %7.3f %7.2f%s\n", row->title, (double)less.handle / 1e6, (double)less.draw / 1e6, ms, draw, ratio,
		       row->free ? "  built or searched anew" : slow ? "  <" : "");
		fflush(stdout);
	}
	dataset_free(few);
	dataset_free(many);
}

int
main(int argc, char **argv)
{
	uint32_t small = 10000, large = 1000000;
	const char *only = argc == 4 ? argv[3] : "";

	if (argc >= 3) {
		small = (uint32_t)strtoul(argv[1], NULL, 10);
		large = (uint32_t)strtoul(argv[2], NULL, 10);
	}
	if (argc == 2 || argc > 4 || !small || !large)
		panic("usage: actions [NODES NODES [ROW]]");
	printf("  %-34s %9u nodes %17u nodes\n  %-34s %9s %7s %9s %7s %7s\n", "", small, large, "", "ms", "draw", "ms", "draw", "ratio");
	measure_rows(rows, sizeof rows / sizeof *rows, only, make_profile(small), make_profile(large));
	measure_rows(trace_rows, sizeof trace_rows / sizeof *trace_rows, only, make_trace(small), make_trace(large));
	return 0;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "bench/stage.h"

#include <stdlib.h>
#include <time.h>

#include "ui/calltree.h"
#include "ui/change.h"
#include "ui/flame.h"
#include "ui/script.h"
#include "util/alloc.h"

enum { TICK_MS = 100, POLL_NS = 5000000 };

struct clocks { uint64_t own, all; };

static uint64_t
cpu_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

static struct clocks
clocks_now(void)
{
	return (struct clocks){ cpu_ns(CLOCK_THREAD_CPUTIME_ID), cpu_ns(CLOCK_PROCESS_CPUTIME_ID) };
}

/* Of the graph on screen, small ones that are drawn as one counted once; rows of the tree. */
static uint32_t
boxes_drawn(struct app *app)
{
	struct strips strips = { 0 };
	struct flame flame;
	uint32_t count = 0;
	int row;

	if (app->state.view == VIEW_TREE) {
		int rows = app_screen(app).table.rows - 1;
		count = calltree_rows(app)->count;
		return count < (uint32_t)rows ? count : (uint32_t)rows;
	}
	if (!view_has_flame(app->state.view))
		return 0;
	flame_measure(app, &flame);
	for (uint32_t i = flame.top; i < flame.rows && flame_screen_row(&flame, i, &row); i++) {
		flame_strips(&flame, i, &strips);
		count += (uint32_t)strips.len;
	}
	vec_fini(&strips);
	return count;
}

/* Until the picture of what has begun is there. */
static void
finish(struct bench *bench, struct clocks begin, struct cost *cost)
{
	while (app_is_building(bench->app)) {
		nanosleep(&(struct timespec){ 0, POLL_NS }, NULL);
		bench->now += TICK_MS;
		app_handle(bench->app, &(struct event){ .kind = EVENT_TICK }, bench->now);
	}
	struct clocks handled = clocks_now();
	app_draw(bench->app, &bench->grid);
	uint64_t drawn = cpu_ns(CLOCK_THREAD_CPUTIME_ID), handle = handled.own - begin.own, all = handled.all - begin.all;
	if (cost)
		*cost = (struct cost){ handle, drawn - handled.own, all > handle ? all - handle : 0, boxes_drawn(bench->app) };
}

static void
send(struct bench *bench, const struct event *event, struct cost *cost)
{
	struct clocks begin = clocks_now();

	bench->now += 1;
	app_handle(bench->app, event, bench->now);
	finish(bench, begin, cost);
	free(app_take_copy(bench->app));
}

size_t
bench_play(struct bench *bench, const char *text, struct cost costs[STEPS_MAX])
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

void
bench_open(struct bench *bench, struct dataset *ds, int view, struct cost *cost_out)
{
	struct app_options options = { .title = "bench", .version = "1", .view = view };

	*bench = (struct bench){ .app = app_new(&options, COLS, ROWS), .now = 1000 };
	grid_init(&bench->grid, COLS, ROWS);
	struct clocks begin = clocks_now();
	app_loaded(bench->app, ds, NULL, bench->now);
	app_handle(bench->app, &(struct event){ .kind = EVENT_TICK }, bench->now);
	finish(bench, begin, cost_out);
}

void
bench_close(struct bench *bench)
{
	bench->app->session->own = dataset_new();
	grid_fini(&bench->grid);
	app_free(bench->app);
}

/* SPDX-License-Identifier: MIT
 * Times on the screen: relative and absolute, clocks corrected, and the strip of spans at work. */
#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "tests/unit/viewer_test.h"

enum { COLS = 120, ROWS = 30 };

static node_id
node_named(struct viewer *viewer, const char *name)
{
	const struct tree *tree = viewer->app->scene->tree;

	for (node_id node = 1; node < tree->count; node++)
		if (str_equal(frame_name(viewer->app->session->ds, tree->frame[node]), str_of(name)))
			return node;
	return NODE_NONE;
}

static void
go(struct viewer *viewer, const char *name)
{
	viewer->app->state.cursor = node_named(viewer, name);
	viewer_draw(viewer);
}

static void
test_times(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), COLS, ROWS);
	go(&viewer, "PlaceOrder");
	ok(viewer_shows(&viewer, "starts +310 ms"), "times are relative at first");
	viewer_keys(&viewer, "T");
	ok(viewer_shows(&viewer, "2023-11-15 03:43:20.310 +05:30"), "T shows them by the clock, with its offset");
	viewer_keys(&viewer, "u");
	ok(viewer_shows(&viewer, "starts +310 ms"), "that can be gone back over");
	viewer_keys(&viewer, "U");
	viewer.app->state.utc = true;
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "starts 2023-11-14 22:13:20.310 Z"), "or in UTC");
	viewer_keys(&viewer, "T");
	ok(viewer_shows(&viewer, "starts +310 ms"), "and T takes it back");
	viewer_keys(&viewer, "6");
	ok(!viewer_shows(&viewer, "2023-11-1"), "the axis has no day while times are relative");
	viewer.app->state.utc = false;
	viewer_keys(&viewer, "T");
	ok(viewer_shows(&viewer, "2023-11-15 +05:30 "), "by the clock it has the day and the offset");
	viewer_resize(&viewer, 104, ROWS);
	ok(viewer_shows(&viewer, "starts 03:43:20.310") && !viewer_shows(&viewer, "starts 2023"), "the detail bar leaves them out before the time");
	viewer_close(&viewer);
}

static void
test_skew(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), COLS, ROWS);
	go(&viewer, "send mail");
	ok(viewer_shows(&viewer, "starts +890 ms"), "clocks are as they were at first");
	viewer_keys(&viewer, "K");
	ok(viewer_shows(&viewer, "1 span moved by -290 ms"), "K corrects them and says by how much");
	ok(viewer_shows(&viewer, "clocks corrected · 1 moved ✕"), "a pill says so");
	ok(viewer_shows(&viewer, "starts +600 ms"), "the span is where its parent waited for it");
	ok(viewer_shows(&viewer, "moved by -290 ms"), "and says that it was moved");
	go(&viewer, "PlaceOrder");
	viewer_wait(&viewer, 5000);
	ok(!viewer_shows(&viewer, "moved by"), "others say nothing");
	viewer_keys(&viewer, "K");
	ok(viewer_shows(&viewer, "clocks are as they were") && !viewer_shows(&viewer, "clocks corrected"), "K again takes it back");
	viewer_keys(&viewer, "u u");
	ok(!viewer.app->state.recipe.spec.adjusted, "it is a step of the history");
	viewer_close(&viewer);

	viewer_open(&viewer, checkout_trace(), COLS, 60);
	viewer_keys(&viewer, "K 6");
	ok(viewer_shows(&viewer, "100 ms · moved -290 ms"), "in the timeline it is said at the bar");
	viewer_keys(&viewer, "1 g i Tab G");
	ok(viewer_shows(&viewer, "moved by their clock 1") && viewer_shows(&viewer, "-290 ms  › checkout send mail"), "the details of the trace list what was moved");
	viewer_keys(&viewer, "Enter");
	is_text(viewer_cursor(&viewer), "checkout send mail", "and go there");
	viewer_close(&viewer);

	viewer_open(&viewer, small_profile(), COLS, ROWS);
	viewer_keys(&viewer, "K");
	ok(viewer_shows(&viewer, "clocks can be compared in traces only"), "a profile has no clocks to correct");
	viewer_close(&viewer);
}

static void
test_pill(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, checkout_trace(), COLS, ROWS);
	viewer_keys(&viewer, "K");
	if (ok(viewer_find(&viewer, "moved ✕", &col, &row), "the pill can be clicked")) {
		viewer_mouse(&viewer, MOUSE_PRESS, col + 6, row, 1, 0);
		ok(!viewer.app->state.recipe.spec.adjusted, "which takes it back");
	}
	viewer_close(&viewer);
}

static void
test_at_work(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), COLS, 40);
	struct rect work = app_screen(viewer.app).work;
	int col = 0, row = 0;
	is_int(work.rows, 1, "a graph in the order of time has a strip");
	is_text(grid_cell(&viewer.grid, 10, work.row)->text, "▄", "one of two at work is half of it");
	is_text(grid_cell(&viewer.grid, COLS / 2, work.row)->text, "█", "two are all of it");
	viewer_mouse(&viewer, MOUSE_PRESS, COLS / 2, work.row, 1, 0);
	ok(viewer_shows(&viewer, "2 at work at +500 ms, 1.3 on average, at most 2"), "a click says it in numbers");
	viewer_find(&viewer, "at work, at most 2", NULL, &row);
	is_int(row, app_screen(viewer.app).air.row, "a high screen has a row for its label");
	viewer_resize(&viewer, 80, 24);
	work = app_screen(viewer.app).work;
	ok(work.rows == 1 && viewer_find(&viewer, "at work, at most 2 ", &col, &row) && row == work.row, "80x24 has the strip, with its label inside");
	is_text(grid_cell(&viewer.grid, col + 19, row)->text, "▄", "where it stays as high as beside it");
	viewer_resize(&viewer, 40, 24);
	ok(viewer_find(&viewer, "at work ", NULL, &row) && row == work.row, "and in less room a shorter one");
	viewer_resize(&viewer, 39, 24);
	ok(!viewer_shows(&viewer, "at work"), "or none");
	viewer_resize(&viewer, COLS, ROWS);
	viewer_keys(&viewer, "M");
	is_int(app_screen(viewer.app).work.rows, 0, "a merged graph has none");
	viewer_resize(&viewer, COLS, 40);
	ok(!viewer_shows(&viewer, "at work"), "nor a label");
	viewer_resize(&viewer, COLS, 19);
	viewer_keys(&viewer, "M");
	is_int(app_screen(viewer.app).work.rows, 0, "nor has a low screen");
	viewer_close(&viewer);
}

/* Two spans with nothing between them. */
static void
test_idle(void)
{
	struct sink *sink = sink_new(STR("idle.json"));
	struct viewer viewer;

	sink_group_open(sink);
	add_span(sink, 1, 1, 0, "first", 0, 1000, false);
	add_span(sink, 1, 2, 0, "second", 9000, 10000, false);
	sink_group_close(sink);
	viewer_open(&viewer, seal(sink), 80, 24);
	ok(viewer_shows(&viewer, "at work, at most 1"), "the label stands where nothing is at work");
	viewer_close(&viewer);
}

int
main(void)
{
	setenv("TZ", "XYZ-5:30", 1);
	tzset();
	test_times();
	test_skew();
	test_pill();
	test_at_work();
	test_idle();
	return done();
}

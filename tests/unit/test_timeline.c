/* SPDX-License-Identifier: MIT
 * The timeline: rows, bars, folding, the time on its axis, with keys and mouse. */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "load/load.h"
#include "tests/unit/random_tree.h"
#include "tests/unit/viewer_test.h"
#include "ui/timeline.h"
#include "util/alloc.h"

/* Twenty times the same at the same moment. */
static struct dataset *
instants_trace(void)
{
	struct sink *sink = sink_new(STR("instants.json"));
	const int64_t t = 1700000000000000000;

	sink_group_open(sink);
	sink_group_service(sink, STR("web"));
	add_span(sink, 1, 1, 0, "GET /", t, t, false);
	for (uint64_t i = 0; i < 20; i++)
		add_span(sink, 1, 2 + i, 1, "hit", t, t, false);
	sink_group_close(sink);
	return seal(sink);
}

static int
row_with(struct viewer *viewer, const char *text)
{
	int row;

	return viewer_find(viewer, text, NULL, &row) ? row : -1;
}

static struct timeline
geometry(struct viewer *viewer)
{
	struct timeline timeline = { 0 };

	timeline_measure(viewer->app, &timeline);
	return timeline;
}

static const struct cell *
chart_cell(struct viewer *viewer, int col, const char *row_text)
{
	struct timeline timeline = geometry(viewer);

	return grid_cell(&viewer->grid, timeline.chart.col + col, row_with(viewer, row_text));
}

/* The first and one past the last cell of the chart that a row's bar covers wholly. */
static void
bar_cells(struct viewer *viewer, const char *row_text, int *begin_out, int *end_out)
{
	struct timeline timeline = geometry(viewer);

	*begin_out = *end_out = -1;
	for (int col = 0; col < timeline.chart.cols; col++) {
		bool full = chart_cell(viewer, col, row_text)->style.bg.role == ROLE_BOX && chart_cell(viewer, col, row_text)->len == 1;
		if (full && *begin_out < 0)
			*begin_out = col;
		if (full)
			*end_out = col + 1;
	}
}

/* 100 ms of work: a client calls twice, a message goes on after its sender, and something happens without taking time. */
static struct dataset *
async_trace(void)
{
	struct sink *sink = sink_new(STR("async.json"));
	const int64_t t = 1700000000000000000, ms = 1000000;

	sink_group_open(sink);
	sink_group_service(sink, STR("web"));
	add_span(sink, 1, 1, 0, "GET /", t, t + 50 * ms, false);
	add_span(sink, 1, 2, 1, "publish", t + 10 * ms, t + 20 * ms, false);
	add_span(sink, 1, 5, 1, "cache miss", t + 30 * ms, t + 30 * ms, false);
	sink_group_close(sink);
	sink_group_open(sink);
	sink_group_service(sink, STR("worker"));
	add_span(sink, 1, 3, 2, "consume", t + 60 * ms, t + 90 * ms, true);
	add_span(sink, 1, 4, 3, "store", t + 70 * ms, t + 100 * ms, false);
	sink_group_close(sink);
	return seal(sink);
}

static void
test_rows(void)
{
	struct viewer viewer;
	int begin, end;

	viewer_open(&viewer, checkout_trace(), 120, 30);
	viewer_keys(&viewer, "6");
	ok(viewer.app->state.view == VIEW_TIMELINE && viewer_shows(&viewer, " at work"), "6 opens the timeline");
	ok(viewer_shows(&viewer, " at work, at most 2 "), "how many spans are at work has a scale");
	int top = row_with(&viewer, "▾▪ frontend POST /checkout");
	is_int(row_with(&viewer, "  ▾▪ GET /cart"), -1, "a service that fits is written out");
	is_int(row_with(&viewer, "  ▾▪ frontend GET /cart"), top + 1, "a row for each span, in the order of calls");
	is_int(row_with(&viewer, "▸▪ ●1 ×60 checkout SELECT"), top + 2, "similar siblings are one row, with their errors");
	is_int(row_with(&viewer, "▪ ● checkout charge card"), top + 4, "an error is marked");
	ok(viewer_shows(&viewer, "1 s · self 40 ms"), "duration and self stand at the bar");
	ok(viewer_shows(&viewer, "120 ms · up to 2 ms"), "of several all and the longest");
	bar_cells(&viewer, "PlaceOrder", &begin, &end);
	struct timeline timeline = geometry(&viewer);
	is_int(begin, (int)ceil(timeline.chart.cols * 0.31), "a bar begins where its span does");
	is_int(end, (int)floor(timeline.chart.cols * 0.98), "and ends there");
	is_text(viewer_cursor(&viewer), "frontend POST /checkout", "the cursor is on the first row");
	viewer_keys(&viewer, "j j j j");
	is_text(viewer_cursor(&viewer), "checkout charge card", "down goes to the next row");
	ok(viewer_shows(&viewer, "total 280 ms 28.0%") && viewer_shows(&viewer, "starts +320 ms"), "which is described");
	viewer_keys(&viewer, "1");
	is_text(viewer_cursor(&viewer), "checkout charge card", "the flame graph has the same cursor");
	viewer_keys(&viewer, "5 6 2 6 3 6");
	is_text(viewer_cursor(&viewer), "checkout charge card", "as have tree, table and timeline");
	viewer_keys(&viewer, "2");
	ok(viewer_shows(&viewer, " checkout charge card  total 280 ms"), "the table begins with its row");
	viewer_keys(&viewer, "6");
	viewer_keys(&viewer, "M");
	ok(viewer.app->state.view == VIEW_FLAME && !viewer.app->scene->tree->timed, "merged, it is a graph");
	is_text(viewer_cursor(&viewer), "checkout charge card", "still with that cursor");
	viewer_keys(&viewer, "6");
	ok(viewer.app->state.view == VIEW_TIMELINE && viewer_shows(&viewer, "in the order of time"), "and the timeline is in the order of time again");
	is_text(viewer_cursor(&viewer), "checkout charge card", "at the same span");
	viewer_keys(&viewer, "u");
	ok(viewer.app->state.view == VIEW_FLAME && !viewer.app->scene->tree->timed, "back is back");
	viewer_close(&viewer);
}

static void
test_one_trace(void)
{
	struct viewer viewer;

	viewer_open(&viewer, three_traces(), 150, 24);
	viewer_keys(&viewer, "1 j j 6");
	ok(viewer.app->state.view == VIEW_TIMELINE && viewer_shows(&viewer, "one trace in the order of time, of 3"), "of several traces one is shown");
	ok(viewer_shows(&viewer, "track trace 010000"), "that of the cursor's span");
	viewer_keys(&viewer, "0 0 0");
	ok(viewer.app->state.view == VIEW_TIMELINE, "0 keeps it");
	viewer_keys(&viewer, "t");
	viewer_type(&viewer, "030000");
	viewer_keys(&viewer, "Enter");
	ok(viewer.app->state.view == VIEW_TIMELINE && viewer_shows(&viewer, "render slow"), "t shows another");
	viewer_keys(&viewer, "t");
	viewer_type(&viewer, "all tr");
	viewer_keys(&viewer, "Enter");
	ok(viewer.app->state.view == VIEW_FLAME && !viewer.app->scene->tree->timed, "all of them are a graph");
	viewer_close(&viewer);
	viewer_open(&viewer, small_profile(), 100, 24);
	viewer_keys(&viewer, "6");
	ok(viewer.app->state.view == VIEW_FLAME && viewer_shows(&viewer, "the timeline is made of spans"), "a profile has none");
	viewer_keys(&viewer, "[");
	ok(viewer.app->state.view != VIEW_TIMELINE, "and is stepped over");
	viewer_close(&viewer);
	viewer_open(&viewer, empty_dataset(), 60, 12);
	viewer_keys(&viewer, "6 j k h l Space z Z r r + - H L < > Enter");
	ok(viewer.app->scene != NULL, "nothing can be asked for it too");
	viewer_close(&viewer);
}

/* Trees that are built meanwhile: what is shown is not touched until they are there. */
static void
test_background(void)
{
	struct viewer viewer;

	viewer_open(&viewer, three_traces(), 150, 24);
	viewer_keys(&viewer, "1");
	viewer.app->patience = 0;
	viewer_keys(&viewer, "j j 6");
	ok(viewer.app->state.view == VIEW_FLAME && app_is_loading(viewer.app), "a large trace is laid out in the background");
	for (int i = 0; i < 5000 && app_is_loading(viewer.app); i++) {
		usleep(1000);
		viewer_wait(&viewer, 0);
	}
	ok(viewer.app->state.view == VIEW_TIMELINE && viewer_shows(&viewer, "▪ api query"), "then it is shown");
	is_text(viewer_cursor(&viewer), "api query", "at the span where one was");
	viewer_close(&viewer);
}

static void
test_folding(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, checkout_trace(), 120, 30);
	viewer_keys(&viewer, "6 j j Space");
	ok(!viewer_shows(&viewer, "●1 ×60") && viewer_shows(&viewer, "–"), "space gives similar spans their rows");
	is_int((int)timeline_rows(viewer.app)->count, 66, "all of them");
	viewer.app->state.name_cols = 12;
	viewer_keys(&viewer, "m Esc");
	ok(viewer_shows(&viewer, " 1–2") && viewer_shows(&viewer, " of 66"), "which of them these are");
	viewer.app->state.name_cols = 10;
	viewer_keys(&viewer, "m Esc");
	ok(!viewer_shows(&viewer, " 1–2") && viewer_shows(&viewer, " 1 of 66"), "in less room the first of them");
	viewer.app->state.name_cols = 8;
	viewer_keys(&viewer, "m Esc");
	ok(!viewer_shows(&viewer, "of 66") && viewer_shows(&viewer, " 1       │"), "its number alone in still less");
	viewer.app->state.name_cols = 0;
	viewer_keys(&viewer, "m Esc");
	viewer_keys(&viewer, "j j h");
	ok(viewer_shows(&viewer, "●1 ×60 checkout SELECT"), "left joins them again");
	is_text(viewer_cursor(&viewer), "checkout SELECT item", "with the cursor on their row");
	viewer_keys(&viewer, "l");
	ok(!viewer_shows(&viewer, "●1 ×60"), "right opens them too");
	viewer_keys(&viewer, "h h");
	is_text(viewer_cursor(&viewer), "frontend GET /cart", "then left goes to the parent");
	viewer_keys(&viewer, "h");
	ok(viewer_shows(&viewer, "▸▪ ●1 frontend GET /cart +60"), "and folds it: errors and what is hidden are counted");
	viewer_keys(&viewer, "u");
	ok(viewer_shows(&viewer, "●1 ×60"), "back takes it back");
	viewer_keys(&viewer, ",");
	ok(viewer_shows(&viewer, "▸▪ ●2 frontend POST /check… +65") && !viewer_shows(&viewer, "PlaceOrder"), "all folds, errors rise");
	viewer_keys(&viewer, "#");
	viewer_type(&viewer, "2");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "▸▪ ●1 checkout PlaceOrder +3") && !viewer_shows(&viewer, "charge"), "or unfolds to a level");
	viewer_keys(&viewer, ";");
	is_int((int)timeline_rows(viewer.app)->count, 66, "or everything");
	viewer_close(&viewer);
	viewer_open(&viewer, checkout_trace(), 120, 30);
	viewer_keys(&viewer, "6");
	viewer_find(&viewer, "▸▪ ●1 ×60", &col, &row);
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	ok(!viewer_shows(&viewer, "●1 ×60"), "a click on the mark opens similar ones");
	viewer_find(&viewer, "▾▪ frontend GET", &col, &row);
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	ok(viewer_shows(&viewer, "▸▪ ●1 frontend GET /cart +60"), "and folds");
	viewer_send(&viewer, &(struct event){ .kind = EVENT_MOUSE, .what = MOUSE_PRESS, .button = BUTTON_RIGHT, .col = 10, .row = row, .clicks = 1 });
	viewer_find(&viewer, "fold-all", &col, &row);
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	ok(viewer_shows(&viewer, "+65"), "the menu folds all");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "SELECT");
	ok(viewer_shows(&viewer, "+65 60 found"), "what is found in folded rows is counted");
	viewer_keys(&viewer, "Enter n");
	is_text(viewer_cursor(&viewer), "checkout SELECT item", "n unfolds what hides a match");
	viewer_keys(&viewer, "g e");
	ok(viewer.app->session->ds->spans.status[viewer.app->scene->tree->span[viewer.app->state.cursor]] == STATUS_ERROR, "e goes to what failed");
	viewer_close(&viewer);
}

static void
test_bars(void)
{
	struct viewer viewer;
	int begin, end;

	viewer_open(&viewer, async_trace(), 120, 30);
	viewer_keys(&viewer, "6");
	struct timeline timeline = geometry(&viewer);
	int line = (int)(timeline.chart.cols * 0.3);
	ok(strcmp(viewer_row(&viewer, row_with(&viewer, "cache miss")), "") != 0 &&
	   memcmp(chart_cell(&viewer, line, "cache miss")->text, "│", 3) == 0, "a span without length is a line");
	ok(viewer_shows(&viewer, "│ 0 ns"), "with its duration");
	viewer_keys(&viewer, "G");
	is_text(viewer_cursor(&viewer), "web cache miss", "which can be gone to");
	viewer_mouse(&viewer, MOUSE_PRESS, timeline.chart.col + 3, row_with(&viewer, "store"), 1, 0);
	is_text(viewer_cursor(&viewer), "worker store", "a click chooses a row");
	viewer_mouse(&viewer, MOUSE_PRESS, timeline.chart.col + line, row_with(&viewer, "cache miss"), 1, 0);
	is_text(viewer_cursor(&viewer), "web cache miss", "one without length too");
	viewer_keys(&viewer, "g j h");
	ok(viewer_shows(&viewer, "▸▪ ●1 web publish +2"), "what goes on later is folded");
	bar_cells(&viewer, "web publish", &begin, &end);
	int far = (int)(timeline.chart.cols * 0.9);
	ok(end <= timeline.chart.cols * 0.2 && memcmp(chart_cell(&viewer, far, "web publish")->text, "─", 3) == 0, "a thin line shows how far it reaches");
	viewer_keys(&viewer, "l");
	ok(memcmp(chart_cell(&viewer, far, "web publish")->text, "─", 3) != 0, "unfolded there is none");
	viewer_keys(&viewer, "C C C C C C");
	ok(viewer_shows(&viewer, "colours by status"), "C colours by status");
	ok(chart_cell(&viewer, (int)(timeline.chart.cols * 0.7), "consume")->style.bg.hue !=
	   chart_cell(&viewer, (int)(timeline.chart.cols * 0.8), "store")->style.bg.hue, "what failed has another colour");
	viewer_close(&viewer);
	viewer_open(&viewer, checkout_trace(), 120, 30);
	viewer_keys(&viewer, "6 O");
	ok(viewer_shows(&viewer, "◆ checkout ship order"), "the critical path has its mark");
	ok(viewer_shows(&viewer, "▸◆ ●1 ×60"), "also similar spans of which some are on it");
	is_int(chart_cell(&viewer, (int)(timeline.chart.cols * 0.6), "ship order")->style.bg.role, ROLE_CRITICAL, "and its colour");
	is_int(chart_cell(&viewer, (int)(timeline.chart.cols * 0.6), "PlaceOrder")->style.bg.role, ROLE_BOX, "only where it is the span's own");
	viewer_close(&viewer);
	viewer_open(&viewer, async_trace(), 80, 16);
	viewer.app->options.ascii = viewer.app->options.mono = true;
	viewer_keys(&viewer, "6 O j");
	ok(viewer_shows(&viewer, ">   v# publish") || viewer_shows(&viewer, ">  v# publish") || viewer_shows(&viewer, ">  v# web publish"),
	   "without colours the cursor and the path have marks");
	viewer_close(&viewer);
}

/* Where two boxes share a cell, the one that has no other is meant. */
static void
test_ticks_in_graph(void)
{
	struct viewer viewer;

	viewer_open(&viewer, async_trace(), 120, 30);
	const struct tree *tree = viewer.app->scene->tree;
	int row = row_with(&viewer, "▏");
	viewer_mouse(&viewer, MOUSE_PRESS, 36, row, 1, 0);
	is_text(viewer_cursor(&viewer), "web cache miss", "in the graph too a span without length can be clicked");
	is_int(grid_cell(&viewer.grid, 36, row)->style.fg.role == ROLE_CURSOR || grid_cell(&viewer.grid, 36, row)->style.bg.role == ROLE_CURSOR, 1,
	       "and is seen");
	viewer_keys(&viewer, "g 6 G");
	is_int((int)tree->span[viewer.app->state.cursor], 2, "it is the same one");
	viewer_keys(&viewer, "Z 1");
	is_text(viewer_cursor(&viewer), "web cache miss", "whatever is zoomed to");
	viewer_keys(&viewer, "0 j 6");
	viewer_close(&viewer);
}

/* The demo, whose spans have events. */
static void
test_events(void)
{
	const char *top = getenv("top_srcdir");
	char *path = xasprintf("%s/data/checkout.json", top ? top : ".");
	const char *paths[] = { path };
	struct error err = { 0 };
	struct viewer viewer;

	viewer_open(&viewer, load_files(paths, 1, &(struct load_options){ 0 }, &err), 160, 44);
	viewer_keys(&viewer, "6");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "signature");
	viewer_keys(&viewer, "Enter n Z");
	int col, row;
	ok(viewer_find(&viewer, "╎", &col, &row), "events are marked on bars");
	viewer_mouse(&viewer, MOUSE_MOVE, col, row, 0, 0);
	ok(viewer_shows(&viewer, "key rotated +0 ns"), "the pointer says which");
	viewer_keys(&viewer, "u Esc /");
	viewer_type(&viewer, "\"POST /rates\"");
	viewer_keys(&viewer, "Enter n");
	ok(viewer_find(&viewer, "● shipping POST /rates", &col, &row), "a span that failed");
	for (col += 4; col < viewer.grid.cols && memcmp(grid_cell(&viewer.grid, col, row)->text, "●", 3) != 0; col++)
		continue;
	ok(col < viewer.grid.cols && grid_cell(&viewer.grid, col, row)->style.fg.role == ROLE_ERROR, "its exception is marked as an error");
	viewer_mouse(&viewer, MOUSE_MOVE, col, row, 0, 0);
	ok(viewer_shows(&viewer, "exception +"), "and told");
	viewer_keys(&viewer, "u g j j h");
	viewer_close(&viewer);
	free(path);
}

static void
test_time(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 120, 30);
	viewer_keys(&viewer, "6");
	ok(viewer_shows(&viewer, "│0") && viewer_shows(&viewer, "│200 ms") && viewer_shows(&viewer, "│800 ms"), "the axis has marks that fit");
	viewer_keys(&viewer, "+ +");
	ok(viewer_shows(&viewer, "zoom 4") && viewer_shows(&viewer, "│450 ms"), "and others when zoomed");
	viewer_keys(&viewer, "L L");
	ok(viewer.app->state.from > 374e6, "L shifts the time");
	viewer_keys(&viewer, "g j");
	ok(viewer_shows(&viewer, "‹ 290 ms"), "what is elsewhere says where");
	viewer_keys(&viewer, "0");
	ok(viewer.app->state.from == 0 && viewer.app->state.to == 1000e6, "0 shows all of it");
	viewer_keys(&viewer, "G Z");
	is_text(viewer_cursor(&viewer), "checkout send mail", "Z fits");
	ok(viewer.app->state.from == 890e6 && viewer.app->state.to == 990e6, "the span's time");
	viewer_keys(&viewer, "u");
	ok(viewer.app->state.from == 0, "and back");
	viewer_keys(&viewer, "k z");
	ok(viewer.app->state.focus != NODE_ALL && viewer_shows(&viewer, "focus checkout ship order ✕") && !viewer_shows(&viewer, "POST /checkout  "),
	   "z begins at a span");
	ok(viewer.app->state.from == 400e6 && viewer.app->state.to == 990e6, "with the time of all that is below");
	is_int((int)timeline_rows(viewer.app)->count, 2, "whose rows these are");
	viewer_keys(&viewer, "u");
	ok(viewer.app->state.focus == NODE_ALL, "u begins at the root again");
	viewer_keys(&viewer, "g j r");
	ok(viewer.app->range.on, "r begins a range");
	viewer_keys(&viewer, "Esc");
	ok(!viewer.app->range.on, "esc lets it go");
	viewer_keys(&viewer, "r G k k r");
	ok(viewer.app->state.from == 10e6 && viewer.app->state.to == 600e6, "again, at another span, takes what is between");
	ok(viewer_shows(&viewer, "the range is taken") && !viewer_shows(&viewer, "a range from here"), "and says so");
	viewer_keys(&viewer, "T");
	ok(viewer_shows(&viewer, "│22:13:20.") || viewer_shows(&viewer, ":13:20."), "T has the clock at the marks");
	viewer_close(&viewer);
}

static void
test_mouse(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 120, 30);
	viewer_keys(&viewer, "6");
	struct timeline at = geometry(&viewer);
	int quarter = at.axis.cols / 4;
	viewer_mouse(&viewer, MOUSE_PRESS, at.axis.col + quarter, at.axis.row, 1, 0);
	viewer_mouse(&viewer, MOUSE_DRAG, at.axis.col + 2 * quarter - 1, at.axis.row, 0, 0);
	is_int(grid_cell(&viewer.grid, at.axis.col + quarter + 2, at.axis.row)->style.bg.role, ROLE_SELECTED, "a drag along the axis shows its range");
	viewer_mouse(&viewer, MOUSE_RELEASE, at.axis.col + 2 * quarter - 1, at.axis.row, 0, 0);
	ok(fabs(viewer.app->state.from - 1000e6 * quarter / at.axis.cols) < 1 && fabs(viewer.app->state.to - 1000e6 * 2 * quarter / at.axis.cols) < 1,
	   "which becomes what is seen");
	ok(!viewer.app->range.on && grid_cell(&viewer.grid, at.axis.col + quarter + 2, at.axis.row)->style.bg.role != ROLE_SELECTED, "and is over");
	double from = viewer.app->state.from;
	viewer_mouse(&viewer, MOUSE_PRESS, at.chart.col + 30, at.chart.row + 2, 1, 0);
	viewer_mouse(&viewer, MOUSE_DRAG, at.chart.col + 20, at.chart.row + 2, 0, 0);
	viewer_mouse(&viewer, MOUSE_RELEASE, at.chart.col + 20, at.chart.row + 2, 0, 0);
	ok(viewer.app->state.from > from, "a drag of a bar shifts the time");
	viewer_mouse(&viewer, MOUSE_PRESS, at.axis.col + 9, at.axis.row, 2, 0);
	ok(viewer.app->state.from == 0 && viewer.app->state.to == 1000e6, "a double click on the axis shows all of the time");
	viewer_mouse(&viewer, MOUSE_RELEASE, at.axis.col + 9, at.axis.row, 0, 0);
	viewer_mouse(&viewer, MOUSE_WHEEL_UP, at.axis.col + 10, at.axis.row, 0, 0);
	ok(viewer.app->state.to - viewer.app->state.from < 900e6, "the wheel over the axis zooms");
	viewer_mouse(&viewer, MOUSE_WHEEL_DOWN, at.axis.col + 10, at.chart.row + 2, 0, MOD_CTRL);
	ok(viewer.app->state.to - viewer.app->state.from > 990e6, "with Ctrl over bars too");
	viewer_keys(&viewer, "+");
	viewer_mouse(&viewer, MOUSE_PRESS, at.minimap.col + 2, at.minimap.row, 1, 0);
	viewer_mouse(&viewer, MOUSE_RELEASE, at.minimap.col + 2, at.minimap.row, 1, 0);
	ok(viewer.app->state.from < 1e6, "a click on the minimap goes there");
	viewer_keys(&viewer, "0");
	viewer_mouse(&viewer, MOUSE_PRESS, at.names.col + at.names.cols, at.names.row + 1, 1, 0);
	viewer_mouse(&viewer, MOUSE_DRAG, 60, at.names.row + 1, 0, 0);
	viewer_mouse(&viewer, MOUSE_RELEASE, 60, at.names.row + 1, 0, 0);
	is_int(geometry(&viewer).names.cols, 60, "the border of the names can be dragged");
	viewer_keys(&viewer, "< <");
	is_int(geometry(&viewer).names.cols, 52, "< and > move it too");
	viewer_keys(&viewer, ">");
	is_int(geometry(&viewer).names.cols, 56, "either way");
	viewer_resize(&viewer, 40, 10);
	ok(geometry(&viewer).chart.cols >= 8 && geometry(&viewer).names.cols >= 6, "where it is narrow both keep some room");
	viewer_resize(&viewer, 120, 9);
	viewer_mouse(&viewer, MOUSE_WHEEL_DOWN, 3, geometry(&viewer).names.row, 0, 0);
	ok(viewer.app->state.tree_top > 0, "the wheel scrolls the rows");
	viewer_mouse(&viewer, MOUSE_PRESS, 3, geometry(&viewer).names.row, 2, 0);
	ok(viewer.app->popup.ops || viewer.app->state.view == VIEW_TIMELINE, "a double click tells the details");
	viewer_close(&viewer);
	viewer_open(&viewer, checkout_trace(), 120, 30);
	viewer_keys(&viewer, "6");
	int row = row_with(&viewer, "●1 ×60");
	viewer_mouse(&viewer, MOUSE_MOVE, 100, row, 0, 0);
	ok(viewer_shows(&viewer, "60 similar, together 120 ms, up to 2 ms"), "the pointer tells of similar spans");
	viewer_mouse(&viewer, MOUSE_MOVE, 10, row + 1, 0, 0);
	ok(viewer_shows(&viewer, "self 70 ms 7.0%") || viewer_shows(&viewer, "self 90 ms 9.0%"), "and of one");
	viewer_close(&viewer);
}

/* Overlapping spans of all lengths, some of them alike. */
static struct dataset *
random_trace(struct rng *rng)
{
	struct sink *sink = sink_new(STR("random.json"));

	sink_group_open(sink);
	for (uint64_t id = 1; id <= 300; id++) {
		char name[24];
		int64_t start = rng_below(rng, 100000), length = rng_below(rng, 5) ? rng_below(rng, 300) : rng_below(rng, 50000);
		snprintf(name, sizeof name, "op %u", rng_below(rng, 4) ? 0 : rng_below(rng, 9));
		add_span(sink, 1, id, id == 1 ? 0 : 1 + rng_below(rng, (uint32_t)(id < 60 ? id - 1 : 59)), name, start, start + length, false);
	}
	sink_group_close(sink);
	return seal(sink);
}

static span_id
cursor_span(struct viewer *viewer)
{
	return viewer->app->scene->tree->span[viewer->app->state.cursor];
}

/* Whatever is zoomed to and folded, another view shows the same span. */
static void
test_one_cursor(void)
{
	static const char *const views[] = { "1", "6", "5", "3", "6", "2" };
	struct rng rng = { 5 };
	struct viewer viewer;
	int lost = 0, lost_merged = 0;

	viewer_open(&viewer, random_trace(&rng), 100, 30);
	for (int i = 0; i < 300; i++) {
		viewer_keys(&viewer, "6 0");
		node_id node = 1 + rng_below(&rng, viewer.app->scene->tree->count - 1);
		timeline_go_to(viewer.app, node);
		viewer_keys(&viewer, rng_below(&rng, 2) ? "Z" : "+ + L");
		span_id span = cursor_span(&viewer);
		lost += span != viewer.app->scene->tree->span[node];
		for (int step = 0; step < 6; step++) {
			const char *key = views[rng_below(&rng, 6)];
			enum view_id before = viewer.app->state.view;
			viewer_keys(&viewer, key);
			if (cursor_span(&viewer) != span && lost++ < 10)
				diag("from view %d with %s: span %u becomes %u", (int)before, key, span, cursor_span(&viewer));
		}
		if (!viewer.app->scene->tree->timed || i % 3)
			continue;
		viewer_keys(&viewer, "1 M 6");
		lost_merged += cursor_span(&viewer) != span;
	}
	is_int(lost, 0, "the cursor's span is the same in every view, wherever one looks");
	is_int(lost_merged, 0, "also merged and back");
	viewer_close(&viewer);
}

static void
test_leaving_out(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 150, 30);
	viewer_keys(&viewer, "6 /");
	viewer_type(&viewer, "mail");
	viewer_keys(&viewer, "Enter F");
	ok(viewer_shows(&viewer, "only matches ✕"), "F leaves only matches");
	is_int((int)timeline_rows(viewer.app)->count, 4, "and what is above them");
	int row = row_with(&viewer, "ship order"), col;
	viewer_find(&viewer, "ship order", &col, NULL);
	is_int(grid_cell(&viewer.grid, col, row)->style.fg.role, ROLE_DIM, "which is dim");
	viewer_find(&viewer, "1 s · self 40 ms", &col, &row);
	is_int(grid_cell(&viewer.grid, col, row)->style.fg.role, ROLE_UNMATCHED_INK, "and can be read on its bar");
	viewer_keys(&viewer, "e e");
	ok(strcmp(viewer_cursor(&viewer), "checkout charge card") == 0 && viewer_shows(&viewer, "● checkout charge card"),
	   "what is gone to has its row all the same");
	viewer_keys(&viewer, "F");
	ok(viewer_shows(&viewer, "only spans that a search or query finds"), "it is said in words of the timeline");
	viewer_keys(&viewer, "F Esc");
	is_int((int)timeline_rows(viewer.app)->count, 66, "all rows are back");
	viewer_keys(&viewer, "g j j j D");
	ok(viewer_shows(&viewer, "64 spans hidden: checkout ✕"), "D hides a service, and says how many spans");
	ok(!viewer_shows(&viewer, "SELECT"), "with all of them");
	is_int((int)timeline_rows(viewer.app)->count, 2, "what is left stays");
	viewer_keys(&viewer, "u");
	ok(viewer_shows(&viewer, "SELECT"), "u brings it back");
	viewer_close(&viewer);
}

static void
test_instants(void)
{
	struct viewer viewer;

	viewer_open(&viewer, instants_trace(), 100, 24);
	viewer_keys(&viewer, "6");
	ok(viewer_shows(&viewer, "×20 web hit"), "similar spans without length are one row");
	ok(memcmp(chart_cell(&viewer, 0, "×20 web hit")->text, "│", 3) == 0, "with a tick");
	ok(!viewer_shows(&viewer, "──"), "that reaches nowhere");
	viewer_close(&viewer);
}

/* A query chooses traces; in the one that is shown its spans are marked. */
static void
test_query(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 150, 30);
	viewer_keys(&viewer, "6 f");
	viewer_type(&viewer, "status=error");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "● › checkout charge card") && !viewer_shows(&viewer, "› checkout ship"), "what a query finds is marked");
	ok(viewer_shows(&viewer, "×60 checkout SELECT it… 1 found") || viewer_shows(&viewer, " 1 found"), "what it finds among similar spans is counted");
	viewer_keys(&viewer, "F");
	is_int((int)timeline_rows(viewer.app)->count, 5, "F leaves these and what is above them");
	ok(viewer_shows(&viewer, "only matches ✕"), "and a pill says so");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "mail");
	viewer_keys(&viewer, "Enter");
	ok(!viewer_shows(&viewer, "› ch") && viewer_shows(&viewer, "checkout send mail"), "a search goes before it");
	viewer_keys(&viewer, "Esc F");
	is_int((int)timeline_rows(viewer.app)->count, 7, "all rows again");
	viewer_close(&viewer);
}

int
main(void)
{
	setenv("TZ", "UTC", 1);
	test_rows();
	test_one_trace();
	test_background();
	test_folding();
	test_bars();
	test_ticks_in_graph();
	test_events();
	test_time();
	test_mouse();
	test_one_cursor();
	test_leaving_out();
	test_instants();
	test_query();
	return done();
}

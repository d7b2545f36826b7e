/* SPDX-License-Identifier: MIT
 * What stands on and beside the bars of the timeline: events, words, the critical path, what is odd. */
#include "config.h"

#include <string.h>

#include "tests/unit/document.h"
#include "tests/unit/viewer_test.h"
#include "ui/timeline.h"

enum { COLS = 120, ROWS = 30 };

/* 100 ms with an error near the end, and a span whose events lie before, in and after it, and outside of the trace. */
static const char eventful[] =
	"{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}]},"
	"\"scopeSpans\":[{\"spans\":["
	"{\"traceId\":\"01010101010101010101010101010101\",\"spanId\":\"0101010101010101\",\"name\":\"checkout\","
	"\"startTimeUnixNano\":\"1700000000000000000\",\"endTimeUnixNano\":\"1700000000100000000\","
	"\"events\":[{\"name\":\"exception\",\"timeUnixNano\":\"1700000000090000000\"}]},"
	"{\"traceId\":\"01010101010101010101010101010101\",\"spanId\":\"0101010101010102\",\"parentSpanId\":\"0101010101010101\",\"name\":\"query\","
	"\"startTimeUnixNano\":\"1700000000030000000\",\"endTimeUnixNano\":\"1700000000070000000\","
	"\"events\":[{\"name\":\"sooner\",\"timeUnixNano\":\"1699999999000000000\"},{\"name\":\"queued\",\"timeUnixNano\":\"1700000000010000000\"},"
	"{\"name\":\"began\",\"timeUnixNano\":\"1700000000030000000\"},{\"name\":\"sent\",\"timeUnixNano\":\"1700000000072000000\"},"
	"{\"name\":\"later\",\"timeUnixNano\":\"1700000002000000000\"}]}"
	"]}]}]}";

static struct timeline
geometry(struct viewer *viewer)
{
	struct timeline timeline = { 0 };

	timeline_measure(viewer->app, &timeline);
	return timeline;
}

static const struct cell *
chart_cell(struct viewer *viewer, uint32_t row, int col)
{
	struct timeline timeline = geometry(viewer);

	return grid_cell(&viewer->grid, timeline.chart.col + col, timeline.chart.row + (int)row);
}

static bool
cell_shows(struct viewer *viewer, uint32_t row, int col, const char *text)
{
	const struct cell *cell = chart_cell(viewer, row, col);

	return cell->len == strlen(text) && memcmp(cell->text, text, cell->len) == 0;
}

/* The column of a moment of a trace that lasts 100 ms. */
static int
col_at(struct viewer *viewer, double ms)
{
	return (int)(geometry(viewer).chart.cols * ms / 100);
}

static void
point_at(struct viewer *viewer, uint32_t row, int col)
{
	struct timeline timeline = geometry(viewer);

	viewer_mouse(viewer, MOUSE_MOVE, timeline.chart.col + col, timeline.chart.row + (int)row, 0, 0);
}

static void
test_events(void)
{
	struct viewer viewer;

	viewer_open(&viewer, read_document(eventful), COLS, ROWS);
	viewer_keys(&viewer, "6");
	ok(cell_shows(&viewer, 0, col_at(&viewer, 90), "●"), "words inside a bar leave its exception in sight");
	ok(viewer_shows(&viewer, "100 ms · self 60 ms"), "and stand beside it");
	int last = geometry(&viewer).chart.cols - 1;
	ok(cell_shows(&viewer, 1, col_at(&viewer, 10), "╎"), "an event before its span is marked");
	ok(cell_shows(&viewer, 1, col_at(&viewer, 30) + 1, "╎"), "one at its start stands in the first whole cell");
	ok(cell_shows(&viewer, 1, col_at(&viewer, 72), "╎") && viewer_shows(&viewer, "╎ 40 ms"), "one behind it moves the words");
	ok(cell_shows(&viewer, 1, 0, "‹") && cell_shows(&viewer, 1, last, "›"), "what the axis does not reach is at its ends");
	point_at(&viewer, 1, 0);
	ok(viewer_shows(&viewer, "sooner -1.03 s"), "the pointer says how much before");
	point_at(&viewer, 1, last);
	ok(viewer_shows(&viewer, "later +1.97 s"), "or behind");
	viewer_keys(&viewer, "j + +");
	ok(!cell_shows(&viewer, 1, 0, "‹"), "zoomed in they are no longer at the edge");
	viewer_close(&viewer);
}

static void
test_folded(void)
{
	struct viewer viewer;
	int painted = 0;

	viewer_open(&viewer, read_document(eventful), COLS, ROWS);
	viewer_keys(&viewer, "6 Space");
	ok(viewer_shows(&viewer, "100 ms · self 60 ms"), "a folded bar from edge to edge has its words");
	viewer_keys(&viewer, "O");
	for (int col = 0; col < geometry(&viewer).chart.cols; col++)
		painted += chart_cell(&viewer, 0, col)->style.bg.role == ROLE_CRITICAL;
	is_int(painted, geometry(&viewer).chart.cols, "the path through what is folded is marked on its bar");
	viewer_keys(&viewer, "Space");
	painted = 0;
	for (int col = 0; col < geometry(&viewer).chart.cols; col++)
		painted += chart_cell(&viewer, 0, col)->style.bg.role == ROLE_CRITICAL;
	ok(painted > 0 && painted < geometry(&viewer).chart.cols * 2 / 3, "unfolded only its own part");
	viewer_close(&viewer);
}

int
main(void)
{
	test_events();
	test_folded();
	return done();
}

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

/* A prompt of two megabytes: its record is read for the event alone. */
static void
test_long_record(void)
{
	static const char prompt[] = "{\"key\":\"prompt\",\"value\":{\"stringValue\":\"";
	const char *events = strstr(eventful, "\"events\":");
	struct viewer viewer;
	struct buf text = { 0 };

	buf_add(&text, (struct str){ eventful, (size_t)(events - eventful) });
	buf_addf(&text, "\"attributes\":[%s", prompt);
	for (int i = 0; i < 200000; i++)
		buf_add(&text, STR("ten bytes "));
	buf_add(&text, STR("\"}}],"));
	buf_add(&text, str_of(events));
	buf_addc(&text, '\0');
	viewer_open(&viewer, read_document(text.at), COLS, ROWS);
	viewer_keys(&viewer, "6");
	for (int i = 0; i < 5; i++)
		viewer_wait(&viewer, 100);
	ok(cell_shows(&viewer, 0, col_at(&viewer, 90), "●"), "the events of a long record are marked");
	viewer_close(&viewer);
	buf_fini(&text);
}

/* Log records stand at their span, by what they say. */
static void
test_logs(void)
{
	static const char ids[] = "\"traceId\":\"01010101010101010101010101010101\",\"spanId\":\"0101010101010102\"";
	struct viewer viewer;
	struct buf text = { 0 };

	buf_add(&text, str_of(eventful));
	buf_addf(&text, "\n{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{%s,\"timeUnixNano\":\"1700000000050000000\",\"severityNumber\":17,"
	                "\"body\":{\"stringValue\":\"card declined\"}},{%s,\"timeUnixNano\":\"1700000000060000000\",\"severityNumber\":9,"
	                "\"body\":{\"stringValue\":\"card kept\"}}]}]}]}", ids, ids);
	buf_addc(&text, '\0');
	viewer_open(&viewer, read_document(text.at), COLS, ROWS);
	viewer_keys(&viewer, "6");
	ok(cell_shows(&viewer, 1, col_at(&viewer, 50), "●"), "a log record of an error is marked as one");
	point_at(&viewer, 1, col_at(&viewer, 50));
	ok(viewer_shows(&viewer, "card declined +20 ms"), "and told by what it says");
	ok(cell_shows(&viewer, 1, col_at(&viewer, 60), "╎"), "another as an event");
	viewer_close(&viewer);
	buf_fini(&text);
}

static void
test_axis(void)
{
	struct viewer viewer;

	viewer_open(&viewer, read_document(eventful), 40, 10);
	viewer_keys(&viewer, "6");
	ok(viewer_shows(&viewer, "│0") && viewer_shows(&viewer, "│50 ms"), "40x10: the axis has more than its beginning");
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
	const struct cell *error = chart_cell(&viewer, 0, col_at(&viewer, 90));
	ok(error->style.bg.role == ROLE_CRITICAL && error->style.fg.role != ROLE_ERROR, "an error on the path's colour has ink that is seen on it");
	viewer_close(&viewer);
}

/* 100 ms: four similar calls, of which the first is awaited and the others, as the slow one after it begins, are still going on. */
static struct dataset *
similar_calls(void)
{
	struct sink *sink = sink_new(STR("similar.json"));
	const int64_t ms = 1000000;

	sink_group_open(sink);
	add_span(sink, 1, 1, 0, "root", 0, 100 * ms, false);
	add_span(sink, 1, 2, 1, "call", 0, 10 * ms, false);
	for (uint64_t i = 0; i < 3; i++)
		add_span(sink, 1, 3 + i, 1, "call", (5 + (int64_t)i) * ms, 40 * ms, false);
	add_span(sink, 1, 6, 1, "slow", 10 * ms, 100 * ms, false);
	for (uint64_t i = 0; i < 4; i++)
		add_span(sink, 1, 7 + i, 6, "brief", (20 + (int64_t)i * 20) * ms, (20 + (int64_t)i * 20) * ms + 1000, false);
	sink_group_close(sink);
	return seal(sink);
}

/* Cells of a row that have the path's colour. */
static int
cells_of_path(struct viewer *viewer, uint32_t row)
{
	int count = 0;

	for (int col = 0; col < geometry(viewer).chart.cols; col++) {
		const struct style *style = &chart_cell(viewer, row, col)->style;
		count += style->bg.role == ROLE_CRITICAL || style->fg.role == ROLE_CRITICAL;
	}
	return count;
}

static void
test_similar(void)
{
	struct viewer viewer;

	viewer_open(&viewer, similar_calls(), COLS, ROWS);
	viewer_keys(&viewer, "6 O");
	ok(viewer_shows(&viewer, "×4"), "similar calls have one row");
	int tenth = col_at(&viewer, 10), count = cells_of_path(&viewer, 1);
	ok(count >= tenth && count <= tenth + 1, "of which the path has what goes through its members: %d of %d", count, tenth);
	is_int(cells_of_path(&viewer, 3), 4, "members narrower than a cell are marked too");
	viewer_keys(&viewer, "j Space");
	ok(cells_of_path(&viewer, 1) == count && cells_of_path(&viewer, 2) == 0, "as when each has its row");
	viewer_close(&viewer);
}

/* A trace whose spans all begin and end at one moment. */
static struct dataset *
timeless_trace(void)
{
	struct sink *sink = sink_new(STR("timeless.json"));

	sink_group_open(sink);
	for (uint64_t id = 1; id <= 12; id++)
		add_span(sink, 1, id, id / 2, id < 7 ? "step" : "leaf", 1000, 1000, false);
	sink_group_close(sink);
	return seal(sink);
}

/* Cells of the row that have a text other than a blank. */
static int
cells_written(struct viewer *viewer, uint32_t row)
{
	int count = 0;

	for (int col = 0; col < geometry(viewer).chart.cols; col++)
		count += !cell_shows(viewer, row, col, " ");
	return count;
}

static void
test_timeless(void)
{
	struct viewer viewer;

	viewer_open(&viewer, timeless_trace(), COLS, ROWS);
	viewer_keys(&viewer, "6");
	int open = cells_written(&viewer, 0);
	ok(open < 10, "a span that takes no time is a tick with its words");
	viewer_keys(&viewer, ",");
	is_int((int)timeline_rows(viewer.app)->count, 1, "folded");
	is_int(cells_written(&viewer, 0), open, "nothing reaches further where nothing takes time");
	viewer_close(&viewer);
}

/* Two traces: an orphan in the first, whose service the second does not have; an end of the second is beyond its parent's. */
static struct dataset *
odd_traces(void)
{
	struct sink *sink = sink_new(STR("odd.json"));
	const int64_t t = 1700000000000000000, ms = 1000000;

	sink_group_open(sink);
	sink_group_service(sink, STR("web"));
	add_span(sink, 1, 1, 0, "GET /", t, t + 100 * ms, false);
	add_span(sink, 2, 1, 0, "POST /", t + 200 * ms, t + 300 * ms, false);
	add_span(sink, 2, 2, 1, "slow", t + 250 * ms, t + 310 * ms, false);
	sink_group_close(sink);
	sink_group_open(sink);
	sink_group_service(sink, STR("db"));
	add_span(sink, 1, 2, 77, "lost", t + 10 * ms, t + 60 * ms, false);
	add_span(sink, 1, 3, 2, "found", t + 10 * ms, t + 60 * ms, false);
	sink_group_close(sink);
	return seal(sink);
}

static void
test_odd(void)
{
	struct viewer viewer;

	viewer_open(&viewer, odd_traces(), COLS, ROWS);
	viewer_keys(&viewer, "7 g");
	ok(viewer_shows(&viewer, "! web GET /") && !viewer_shows(&viewer, "! web POST"), "a trace with an odd span has a mark in the list");
	ok(viewer_shows(&viewer, "1 odd span"), "and it is said of the chosen one");
	viewer_keys(&viewer, "Enter 6");
	ok(viewer_shows(&viewer, "▪ ! db lost") && viewer_shows(&viewer, "▪ db found"), "an odd span has a mark in the timeline");
	ok(viewer_shows(&viewer, "2 services") && viewer_shows(&viewer, "1 odd span"), "the header counts what is in the trace");
	viewer_keys(&viewer, "1");
	ok(viewer_shows(&viewer, "! db lost"), "in the graph too");
	viewer_keys(&viewer, "!");
	ok(viewer_shows(&viewer, "> orphan"), "the notes say what it is");
	viewer_keys(&viewer, "Enter");
	is_text(viewer_cursor(&viewer), "db lost", "and go there");
	viewer_keys(&viewer, "7 G Enter 6");
	ok(viewer_shows(&viewer, "1 service ") && !viewer_shows(&viewer, "odd span"), "of the other trace nothing");
	viewer_close(&viewer);
	viewer_open(&viewer, odd_traces(), 40, 10);
	viewer_keys(&viewer, "7 g Enter 6 !");
	ok(viewer_shows(&viewer, "2 spans have no"), "40x10: notes go on in further lines");
	viewer_keys(&viewer, "j Enter");
	is_text(viewer_cursor(&viewer), "db lost", "whose span is that of the note");
	viewer_close(&viewer);
}

int
main(void)
{
	test_events();
	test_long_record();
	test_logs();
	test_axis();
	test_folded();
	test_similar();
	test_timeless();
	test_odd();
	return done();
}

/* SPDX-License-Identifier: MIT
 * The details pane: what it says, and what keys and mouse do in it. */
#include "config.h"

#include <unistd.h>

#include "tests/unit/document.h"
#include "tests/unit/viewer_test.h"
#include "ui/details.h"
#include "ui/fetch.h"
#include "ui/hue.h"
#include "ui/link.h"
#include "util/alloc.h"

#define START "1700000000000000000"

/* A trace with everything that a span can say of itself, and a second one that it leads to. */
static const char document[] =
	"{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}},"
	"{\"key\":\"host.name\",\"value\":{\"stringValue\":\"node-7\"}}]},"
	"\"scopeSpans\":[{\"scope\":{\"name\":\"tracer\",\"version\":\"1.2\"},\"spans\":["
	"{\"traceId\":\"01010101010101010101010101010101\",\"spanId\":\"0101010101010101\",\"name\":\"checkout\",\"kind\":2,"
	"\"startTimeUnixNano\":\"" START "\",\"endTimeUnixNano\":\"1700000001000000000\"},"
	"{\"traceId\":\"01010101010101010101010101010101\",\"spanId\":\"0101010101010102\",\"parentSpanId\":\"0101010101010101\",\"name\":\"query\","
	"\"kind\":3,\"startTimeUnixNano\":\"1700000000100000000\",\"endTimeUnixNano\":\"1700000000500000000\","
	"\"status\":{\"code\":2,\"message\":\"no rows\"},\"attributes\":["
	"{\"key\":\"db.statement\",\"value\":{\"stringValue\":\"SELECT name,\\n\\tprice\\nFROM item\"}},"
	"{\"key\":\"rows\",\"value\":{\"intValue\":\"12\"}},"
	"{\"key\":\"prompt\",\"value\":{\"stringValue\":\"{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"What did it cost in all the years before this one?\\\"}\"}}],"
	"\"events\":[{\"name\":\"exception\",\"timeUnixNano\":\"1700000000400000000\",\"attributes\":["
	"{\"key\":\"exception.type\",\"value\":{\"stringValue\":\"NotFound\"}},"
	"{\"key\":\"exception.stacktrace\",\"value\":{\"stringValue\":\"NotFound: no rows\\n\\tat db.query (db.go:7)\\n\\tat shop.main (shop.go:9)\\n\\tat com.example.shop.checkout.Placement.place (Placement.java:77)\"}}]}],"
	"\"links\":[{\"traceId\":\"02020202020202020202020202020202\",\"spanId\":\"0202020202020202\"},"
	"{\"traceId\":\"03030303030303030303030303030303\",\"spanId\":\"0303030303030303\"}]},"
	"{\"traceId\":\"01010101010101010101010101010101\",\"spanId\":\"0101010101010103\",\"parentSpanId\":\"0101010101010101\",\"name\":\"render\","
	"\"startTimeUnixNano\":\"1700000000500000000\",\"endTimeUnixNano\":\"1700000000900000000\"},"
	"{\"traceId\":\"02020202020202020202020202020202\",\"spanId\":\"0202020202020202\",\"name\":\"nightly\","
	"\"startTimeUnixNano\":\"1700000000000000000\",\"endTimeUnixNano\":\"1700000000200000000\"}"
	"]}]}]}";

/* The first trace, with the cursor on the query. */
static void
open_query(struct viewer *viewer, int cols, int rows)
{
	viewer_open(viewer, read_document(document), cols, rows);
	viewer_keys(viewer, "1");
	struct tree_spec spec = session_default_spec(viewer->app->session, 0);
	app_change_spec(viewer->app, &spec);
	viewer_keys(viewer, "j j");
	while (strcmp(viewer_cursor(viewer), "shop query") != 0 && viewer->now < 3000)
		viewer_keys(viewer, "h");
}


/* What is on the line that holds this text. */
static const char *
line_with(struct viewer *viewer, const char *text)
{
	int row;

	return viewer_find(viewer, text, NULL, &row) ? viewer_row(viewer, row) : "";
}

static bool
stands_after(struct viewer *viewer, const char *text, const char *before)
{
	int row, other;

	return viewer_find(viewer, text, NULL, &row) && viewer_find(viewer, before, NULL, &other) && row > other;
}

static void
test_content(void)
{
	struct viewer viewer;

	open_query(&viewer, 100, 100);
	is_text(viewer_cursor(&viewer), "shop query", "the cursor is on the query");
	viewer_keys(&viewer, "i");
	ok(strstr(line_with(&viewer, "  status "), "● error: no rows"), "status with its message");
	ok(strstr(line_with(&viewer, "  kind "), "client"), "kind");
	ok(strstr(line_with(&viewer, "  duration "), "400 ms") && strstr(line_with(&viewer, "  duration "), "40.0% of the trace"), "duration and share");
	ok(strstr(line_with(&viewer, "  start "), "+100 ms") && strstr(line_with(&viewer, "  start "), "2023-11-14 22:13:20.1"), "start, by both clocks");
	ok(strstr(line_with(&viewer, "  parent "), "shop checkout"), "the parent by its name");
	ok(viewer_shows(&viewer, "0101010101010102"), "ids");
	ok(strstr(line_with(&viewer, "  rows "), "12") && strstr(line_with(&viewer, "  rows "), "int"), "an attribute with its type");
	ok(viewer_shows(&viewer, "    SELECT name,") && stands_after(&viewer, "    FROM item", "        price"), "a statement keeps its lines");
	ok(viewer_shows(&viewer, "      \"role\": \"user\","), "JSON is laid out");
	viewer_keys(&viewer, "Tab G");
	ok(strstr(line_with(&viewer, "  exception "), "+300 ms"), "an event since the span's start");
	ok(stands_after(&viewer, "        at shop.main (shop.go:9)", "        at db.query (db.go:7)"), "a stack trace keeps its lines");
	viewer_resize(&viewer, 40, 100);
	ok(stands_after(&viewer, "          Placement.place", "        at com.example.shop.checkout."), "a frame that goes on is set in further");
	viewer_resize(&viewer, 100, 100);
	ok(strstr(line_with(&viewer, "  link 1 "), "nightly") && strstr(line_with(&viewer, "  link 1 "), "another trace"), "a link by the name of where it leads");
	ok(strstr(line_with(&viewer, "  link 2 "), "out of this input"), "one that leads nowhere here says so");
	ok(strstr(line_with(&viewer, "host.name"), "node-7"), "the resource");
	ok(strstr(line_with(&viewer, "otel.scope.version"), "1.2"), "the scope");
	viewer_keys(&viewer, "Tab k");
	is_text(viewer_cursor(&viewer), "shop checkout", "Tab gives the keys back to the graph");
	ok(stands_after(&viewer, "shop query  +100 ms", "children 2") && stands_after(&viewer, "shop render  +500 ms", "children 2"), "the pane follows the cursor, and has its children");
	viewer_keys(&viewer, "i");
	ok(!viewer_shows(&viewer, "children 2"), "i closes it");
	viewer_close(&viewer);
}

/* Log records of a span that is not there, of none, and of another trace. */
static void
test_loose_logs(void)
{
	static const char text[] =
		"{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"01010101010101010101010101010101\",\"spanId\":\"0101010101010101\","
		"\"name\":\"ask\",\"startTimeUnixNano\":\"" START "\",\"endTimeUnixNano\":\"1700000001000000000\"}]}]}]}\n"
		"{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":["
		"{\"traceId\":\"01010101010101010101010101010101\",\"spanId\":\"0101010101010101\",\"body\":{\"stringValue\":\"of a span\"}},"
		"{\"traceId\":\"01010101010101010101010101010101\",\"spanId\":\"00000000000000ab\",\"timeUnixNano\":\"1700000000250000000\","
		"\"body\":{\"stringValue\":\"span was sampled away\"}},"
		"{\"traceId\":\"01010101010101010101010101010101\",\"body\":{\"stringValue\":\"of no span\"}},"
		"{\"traceId\":\"02010101010101010101010101010101\",\"spanId\":\"0101010101010101\",\"body\":{\"stringValue\":\"from elsewhere\"}}"
		"]}]}]}";
	struct viewer viewer;

	viewer_open(&viewer, read_document(text), 100, 60);
	viewer_keys(&viewer, "g i");
	ok(viewer_shows(&viewer, "log records of no span here 2"), "the trace lists log records without a span");
	ok(viewer_shows(&viewer, "span was sampled away") && viewer_shows(&viewer, "+250 ms") && viewer_shows(&viewer, "00000000000000ab"),
	   "with what they say, when, and the span that they name");
	ok(viewer_shows(&viewer, "of no span") && !viewer_shows(&viewer, "of a span") && !viewer_shows(&viewer, "from elsewhere"), "no others");
	viewer_keys(&viewer, "j");
	ok(viewer_shows(&viewer, "of a span") && !viewer_shows(&viewer, "sampled away"), "a span has its own");
	viewer_keys(&viewer, "i !");
	ok(viewer_shows(&viewer, "a log record of a trace that is not there: left out"), "one of another trace is counted");
	viewer_close(&viewer);
}

static void
test_moving(void)
{
	struct viewer viewer;
	int row;

	open_query(&viewer, 80, 24);
	viewer_keys(&viewer, "i j j");
	ok(!viewer.app->state.in_details && viewer.app->state.details_row == 0, "the keys stay with the graph");
	viewer_close(&viewer);
	open_query(&viewer, 80, 24);
	viewer_keys(&viewer, "i Tab");
	ok(viewer_shows(&viewer, "> name"), "Tab gives them to the details: the entry has a mark");
	viewer_keys(&viewer, "j j");
	ok(viewer_shows(&viewer, "> kind"), "j goes to the next entry");
	viewer_keys(&viewer, "}");
	ok(viewer_shows(&viewer, "attributes 3 ─") && viewer_shows(&viewer, "> db.statement"), "} to the next section");
	viewer_keys(&viewer, "} } {");
	ok(viewer_shows(&viewer, "events 1 ─"), "{ to the one before");
	viewer_keys(&viewer, "G");
	ok(viewer_shows(&viewer, "> otel.scope.version"), "G to the end");
	viewer_keys(&viewer, "g");
	ok(viewer_shows(&viewer, "> name"), "g to the start");
	for (int i = 0; i < 13; i++)
		viewer_keys(&viewer, "j");
	viewer_find(&viewer, "> ", NULL, &row);
	viewer_keys(&viewer, "PageDown PageDown");
	ok(!viewer_shows(&viewer, "  name ") && viewer_shows(&viewer, "links 2 ─"), "pages");
	viewer_keys(&viewer, "Esc");
	ok(!viewer.app->state.in_details && viewer.app->state.details, "Esc gives the keys back and leaves the pane");
	viewer_close(&viewer);
}

/* All of a value that is longer than the pane is seen on the way through it. */
static void
test_long_value(void)
{
	struct buf text = { 0 };
	struct viewer viewer;
	bool seen[60] = { false };
	int count = 0;

	buf_add(&text, STR("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"01010101010101010101010101010101\",\"spanId\":\"0101010101010101\","
	                   "\"name\":\"ask\",\"startTimeUnixNano\":\"" START "\",\"endTimeUnixNano\":\"1700000001000000000\",\"attributes\":["
	                   "{\"key\":\"prompt\",\"value\":{\"stringValue\":\""));
	for (int i = 0; i < 60; i++)
		buf_addf(&text, "line-%02d of the prompt with words that go on for longer than a narrow pane is wide, so that it wraps\\n", i);
	buf_add(&text, STR("\"}}]}]}]}]}"));
	viewer_open(&viewer, read_document(text.at), 60, 20);
	viewer_keys(&viewer, "j i Tab");
	for (int step = 0; step < 250; step++) {
		for (int i = 0; i < 60; i++) {
			char line[16];
			snprintf(line, sizeof line, "line-%02d", i);
			seen[i] |= viewer_shows(&viewer, line);
		}
		viewer_keys(&viewer, "j");
	}
	for (int i = 0; i < 60; i++)
		count += seen[i];
	is_int(count, 60, "j reads a long value to its end");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "line-07");
	ok(viewer_shows(&viewer, "1 line"), "a search in the pane counts lines");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "line-07 of"), "and goes there, into the middle of a value");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "line-5");
	viewer_keys(&viewer, "Enter n n N");
	ok(viewer_shows(&viewer, "line-51 of"), "n and N go from line to line");
	ok(viewer.app->state.search == STR_EMPTY, "the graph's search is another");
	viewer_keys(&viewer, "Esc");
	ok(viewer.app->state.in_details && !viewer_shows(&viewer, "1 line"), "Esc clears the search first");
	buf_fini(&text);
	viewer_close(&viewer);
}

static void
test_copying(void)
{
	struct viewer viewer;
	char *copied;

	open_query(&viewer, 100, 50);
	viewer_keys(&viewer, "i Tab }");
	viewer_keys(&viewer, "y");
	ok(viewer_shows(&viewer, "Copy the value"), "y asks what to copy");
	viewer_keys(&viewer, "Enter");
	copied = app_take_copy(viewer.app);
	is_text(copied ? copied : "", "SELECT name,\n\tprice\nFROM item", "the value as it is");
	free(copied);
	viewer_keys(&viewer, "j y j Enter");
	copied = app_take_copy(viewer.app);
	is_text(copied ? copied : "", "rows=12", "key=value");
	free(copied);
	viewer_keys(&viewer, "Enter j j Enter");
	copied = app_take_copy(viewer.app);
	ok(copied && strstr(copied, "\"name\": \"query\"") && strstr(copied, "\"rows\": 12") && strstr(copied, "SELECT name,\\n\\tprice") &&
	   strstr(copied, "\"status.message\": \"no rows\"") && strstr(copied, "\"exception.type\": \"NotFound\""), "everything as JSON");
	free(copied);
	viewer_close(&viewer);
}

static void
choose_from_menu(struct viewer *viewer, const char *what)
{
	viewer_keys(viewer, "y");
	for (int i = 0; i < 12; i++) {
		const char *line = line_with(viewer, "> ");
		if (strstr(line, what))
			break;
		viewer_keys(viewer, "j");
	}
	viewer_keys(viewer, "Enter");
}

static void
wait_for_attribute(struct viewer *viewer)
{
	for (int i = 0; i < 5000 && fetch_is_on(viewer->app); i++) {
		usleep(1000);
		viewer_wait(viewer, 0);
	}
}

/* In a large dataset attributes are read while one goes on. */
static void
test_attributes_meanwhile(void)
{
	struct viewer viewer;

	open_query(&viewer, 120, 50);
	viewer_keys(&viewer, "6 i Tab } j");
	viewer.app->patience = 0;
	choose_from_menu(&viewer, "Colour by");
	ok(fetch_is_on(viewer.app) && viewer_shows(&viewer, "colour rows ") && !viewer_shows(&viewer, "colour rows ✕"), "the values of many spans are read in the background, the pill says how far");
	viewer_keys(&viewer, "Esc");
	ok(!fetch_is_on(viewer.app) && !viewer_shows(&viewer, "colour rows") && viewer_shows(&viewer, "stopped"), "Esc gives it up");
	choose_from_menu(&viewer, "Colour by");
	wait_for_attribute(&viewer);
	ok(hue_of_node(viewer.app, viewer.app->state.cursor) == paint_hue(STR("12")) && viewer_shows(&viewer, "colour rows ✕"), "then colours are by them");
	viewer_keys(&viewer, "k");
	choose_from_menu(&viewer, "as a column");
	ok(fetch_is_on(viewer.app) && viewer_shows(&viewer, "column db.statement ") && !viewer_shows(&viewer, "db.statement ✕"), "for a column too");
	viewer_keys(&viewer, "Ctrl-c");
	ok(viewer.app->state.column_key == STR_EMPTY && !viewer.app->quit, "which Ctrl-C gives up, and no more");
	viewer_keys(&viewer, "j");
	choose_from_menu(&viewer, "as a column");
	ok(!fetch_is_on(viewer.app) && viewer_shows(&viewer, "column rows ✕"), "what is known is there at once");
	viewer_keys(&viewer, "Tab u");
	ok(viewer.app->state.view == VIEW_TIMELINE && !viewer_shows(&viewer, "column rows") && viewer_shows(&viewer, "colour rows ✕"), "back, the column before is there");
	viewer_keys(&viewer, "U");
	ok(viewer_shows(&viewer, "column rows ✕"), "forward, the one after");
	viewer_close(&viewer);
}

/* What can be done with an attribute beyond copying it. */
static void
test_attributes(void)
{
	struct viewer viewer;
	struct buf link = { 0 };

	open_query(&viewer, 120, 50);
	viewer_keys(&viewer, "i Tab } j");
	choose_from_menu(&viewer, "Only traces with this value");
	ok(viewer.app->state.recipe.select.query_count == 1 && viewer_shows(&viewer, "rows = 12"), "= adds it to the query, with a pill");
	viewer_keys(&viewer, "u");
	ok(viewer.app->state.recipe.select.query_count == 0, "u takes it back");
	choose_from_menu(&viewer, "another value");
	ok(viewer.app->state.recipe.select.query_count == 1 && viewer_shows(&viewer, "rows != 12"), "!= too");
	viewer_close(&viewer);

	open_query(&viewer, 120, 50);
	viewer_keys(&viewer, "i Tab }");
	uint8_t before = hue_of_node(viewer.app, viewer.app->state.cursor);
	viewer_keys(&viewer, "j");
	choose_from_menu(&viewer, "Colour by");
	ok(viewer.app->state.color == COLOR_ATTRIBUTE && hue_of_node(viewer.app, viewer.app->state.cursor) == paint_hue(STR("12")), "colours by its values");
	ok(viewer_shows(&viewer, "colour rows"), "with a pill");
	link_format(viewer.app, &link);
	ok(strstr(link.at, "--color-attribute 'rows'") || strstr(link.at, "--color-attribute rows"), "which is part of the link");
	buf_fini(&link);
	viewer_keys(&viewer, "Tab c");
	ok(viewer_shows(&viewer, "12") && viewer_shows(&viewer, "none"), "the legend has the values");
	viewer_keys(&viewer, "Esc C");
	ok(viewer.app->state.color < COLOR_MODES && hue_of_node(viewer.app, viewer.app->state.cursor) != 255 && before != 255, "C goes on to the other modes");
	viewer_close(&viewer);

	open_query(&viewer, 120, 50);
	viewer_keys(&viewer, "i Tab } j");
	choose_from_menu(&viewer, "as a column");
	viewer_keys(&viewer, "i 6");
	int col, row;
	ok(viewer_shows(&viewer, "column rows"), "as a column of the timeline, with a pill");
	ok(viewer_find(&viewer, " rows ", &col, &row) && strcmp(grid_cell(&viewer.grid, col + 1, row)->text, "r") == 0, "its title stands above");
	viewer_find(&viewer, "query", NULL, &row);
	ok(strstr(viewer_row(&viewer, row), "12"), "the value stands in its span's row");
	link.len = 0;
	link_format(viewer.app, &link);
	ok(strstr(link.at, "--column 'rows'") || strstr(link.at, "--column rows"), "which is part of the link");
	buf_fini(&link);
	if (ok(viewer_find(&viewer, "column rows ✕", &col, &row), "the pill"))
		viewer_mouse(&viewer, MOUSE_PRESS, col + 12, row, 1, 0);
	ok(viewer.app->state.column_key == STR_EMPTY && !viewer_shows(&viewer, "column rows"), "takes it away");
	viewer_close(&viewer);

	open_query(&viewer, 120, 50);
	viewer_keys(&viewer, "i Tab } j");
	choose_from_menu(&viewer, "Let widths mean");
	ok(viewer.app->state.recipe.spec.metric.kind == METRIC_ATTRIBUTE && app_scene(viewer.app)->all == 12, "a number becomes the metric");
	viewer_close(&viewer);

	open_query(&viewer, 120, 50);
	viewer_keys(&viewer, "i Tab } j");
	choose_from_menu(&viewer, "Group by");
	ok(viewer.app->state.recipe.spec.group && strcmp(viewer.app->state.recipe.spec.group, "rows") == 0, "or what boxes stand for");
	viewer_close(&viewer);
}

static void
test_following(void)
{
	struct viewer viewer;
	int col, row;

	open_query(&viewer, 100, 100);
	viewer_find(&viewer, "shop query", &col, &row);
	viewer_keys(&viewer, "i Tab } } }");
	viewer_keys(&viewer, "Enter");
	is_text(viewer_cursor(&viewer), "shop nightly", "Enter follows a link into another trace");
	ok(viewer.app->scene->tree->timed && viewer.app->state.recipe.spec.track == 1, "which is shown in the order of time");
	ok(viewer_shows(&viewer, "0202020202020202") && viewer.app->state.in_details, "the pane is about it and keeps the keys");
	viewer_keys(&viewer, "u");
	is_text(viewer_cursor(&viewer), "shop query", "u goes back");
	ok(viewer_shows(&viewer, "> link 1"), "to the link");
	viewer_keys(&viewer, "g j j j j j j j j j Enter");
	is_text(viewer_cursor(&viewer), "shop checkout", "the parent is gone to");
	viewer_find(&viewer, "shop render  +500 ms", &col, &row);
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 2, 0);
	is_text(viewer_cursor(&viewer), "shop render", "a double click goes to a child");
	viewer_keys(&viewer, "u u");
	is_text(viewer_cursor(&viewer), "shop query", "and back all the way");
	viewer_keys(&viewer, "^ !");
	ok(viewer_shows(&viewer, "1 span links to others"), "the notes tell of links");
	viewer_keys(&viewer, "End");
	for (int i = 0; i < 5 && !strstr(line_with(&viewer, "> links"), "links"); i++)
		viewer_keys(&viewer, "k");
	viewer_keys(&viewer, "Enter");
	is_text(viewer_cursor(&viewer), "shop query", "and go to the first");
	viewer_close(&viewer);
}

static void
test_mouse(void)
{
	struct viewer viewer;
	int col, row, before;

	open_query(&viewer, 80, 30);
	viewer_find(&viewer, "shop query  total", &col, &before);
	viewer_mouse(&viewer, MOUSE_PRESS, 70, before, 2, 0);
	ok(viewer.app->state.details > 0, "a double click on the detail bar opens the pane");
	viewer_find(&viewer, "shop query  total", &col, &before);
	viewer_mouse(&viewer, MOUSE_PRESS, 70, before, 1, 0);
	viewer_mouse(&viewer, MOUSE_DRAG, 70, before - 5, 1, 0);
	viewer_mouse(&viewer, MOUSE_RELEASE, 70, before - 5, 1, 0);
	viewer_find(&viewer, "shop query  total", &col, &row);
	ok(row <= before - 4 && row >= before - 6, "its edge is dragged");
	viewer_find(&viewer, "duration", &col, &row);
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	ok(viewer.app->state.in_details && viewer_shows(&viewer, "> duration"), "a click chooses an entry");
	viewer_mouse(&viewer, MOUSE_WHEEL_DOWN, col, row, 1, 0);
	ok(!viewer_shows(&viewer, "  name       query"), "the wheel scrolls");
	viewer_find(&viewer, "shop render", &col, &row);
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	ok(!viewer.app->state.in_details && strcmp(viewer_cursor(&viewer), "shop render") == 0, "a click on the graph gives it the keys");
	viewer_close(&viewer);

	open_query(&viewer, 200, 50);
	viewer_keys(&viewer, "i");
	viewer_find(&viewer, "details", &col, &row);
	ok(col > 100 && row < 5 && viewer_find(&viewer, "events 1", &col, &row), "where it is wide the pane stands at the side");
	viewer_mouse(&viewer, MOUSE_PRESS, col + 1, row, 1, 0);
	ok(viewer_shows(&viewer, "[events 1]") && viewer_shows(&viewer, "> exception"), "a click on a section goes there");
	viewer_keys(&viewer, "+ +");
	is_int(viewer.app->state.details, 60, "+ makes it larger");
	viewer_keys(&viewer, "- - -");
	is_int(viewer.app->state.details, 30, "- smaller");
	struct rect grip = app_screen(viewer.app).grip;
	viewer_mouse(&viewer, MOUSE_PRESS, grip.col, 20, 1, 0);
	viewer_mouse(&viewer, MOUSE_DRAG, 100, 20, 1, 0);
	grip = app_screen(viewer.app).grip;
	ok(grip.col >= 98 && grip.col <= 102, "its edge is dragged at the side too");
	viewer_close(&viewer);
}

static void
test_small(void)
{
	struct viewer viewer;

	open_query(&viewer, 40, 10);
	viewer_keys(&viewer, "i Tab");
	ok(viewer_shows(&viewer, "query") && viewer_shows(&viewer, "> name"), "40x10: there are details");
	viewer_keys(&viewer, "+ + + +");
	ok(viewer_shows(&viewer, "kind"), "which can have most of the screen");
	viewer_resize(&viewer, 20, 5);
	ok(!viewer.app->state.in_details, "without room for them the keys go back");
	viewer_close(&viewer);

	struct app_options options = { .title = "x", .version = "1", .view = -1, .ascii = true };
	viewer = (struct viewer){ .now = 1000, .app = app_new(&options, 90, 40) };
	grid_init(&viewer.grid, 90, 40);
	app_loaded(viewer.app, read_document(document), NULL, 1000);
	viewer_keys(&viewer, "j j i Tab");
	bool ascii = true;
	for (int row = 0; row < 40; row++)
		for (const char *c = viewer_row(&viewer, row); *c; c++)
			ascii &= (unsigned char)*c < 0x80;
	ok(ascii, "in ASCII nothing else is drawn");
	viewer_close(&viewer);
}

static void
test_profile(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 100, 40);
	viewer_keys(&viewer, "j j i");
	ok(viewer_shows(&viewer, "server::serve") && strstr(line_with(&viewer, "total   "), "% of all"), "a frame of a profile has its facts");
	viewer_keys(&viewer, "j Enter");
	ok(strstr(line_with(&viewer, "total   "), "100.0% of view · 5") && strstr(line_with(&viewer, "self   "), "% of view · "), "shares are of the view and of all");
	viewer_keys(&viewer, "u");
	ok(!strstr(line_with(&viewer, "total   "), "of view"), "of all alone where all is in view");
	viewer_keys(&viewer, "j");
	ok(strstr(line_with(&viewer, "  boxes "), "2") && strstr(line_with(&viewer, "  all total "), "500 samples  59.9% of all") &&
	   strstr(line_with(&viewer, "  all self "), "500 samples"), "and what all boxes of the name come to, recursion once");
	viewer_keys(&viewer, "2 g");
	ok(strstr(line_with(&viewer, "  name "), "json::parse"), "in the table those of the chosen row");
	viewer_close(&viewer);

	struct sink *sink = sink_new(STR("native.pb"));
	sink_sample_type(sink, STR("cpu"), STR("samples"));
	struct frame_in place = { .name = STR("copy"), .module = STR("libc.so"), .build = STR("8d9a55"), .address = 0xffffffff81000010, .kind = FRAME_INLINED };
	stack_id copy = sink_stack(sink, ID_NONE, sink_frame(sink, &place));
	place.address += 0x10;
	sink_sample(sink, sink_stack(sink, copy, sink_frame(sink, &place)), sink_track(sink, TRACK_PROFILE, STR("p")), (double[]){ 1 });
	viewer_open(&viewer, seal(sink), 100, 40);
	viewer_keys(&viewer, "j i");
	ok(strstr(line_with(&viewer, "  address "), "0xffffffff81000010  where it was met first"), "its address, the first of several");
	ok(strstr(line_with(&viewer, "  build id "), "8d9a55") && strstr(line_with(&viewer, "  kind "), "inlined"), "the build that it is of, and its kind");
	viewer_close(&viewer);

	sink = sink_new(STR("labels.pb"));
	sink_sample_type(sink, STR("cpu"), STR("samples"));
	stack_id root = add_frame(sink, ID_NONE, "main"), work = add_frame(sink, root, "work"), idle = add_frame(sink, root, "idle");
	const struct { stack_id stack; double weight; const char *handler; } samples[] = { { work, 30, "/cart" }, { work, 10, "/pay" }, { idle, 5, "/cart" } };
	for (size_t i = 0; i < 3; i++) {
		sink_sample(sink, samples[i].stack, sink_track(sink, TRACK_PROFILE, STR("p")), &samples[i].weight);
		sink_sample_label(sink, sink_label_number(sink, sink_label(sink, ID_NONE, STR("handler"), str_of(samples[i].handler)), STR("pid"), 7, STR("")));
	}
	viewer_open(&viewer, seal(sink), 100, 50);
	viewer_keys(&viewer, "j i");
	ok(strstr(line_with(&viewer, "/cart"), "35 samples 77.8%") && strstr(line_with(&viewer, "/pay"), "10 samples 22.2%"), "labels of the samples below, with weights");
	ok(viewer_shows(&viewer, "label handler 2") && stands_after(&viewer, "45 samples 100.0%   7", "label pid 1"), "by key");
	viewer_keys(&viewer, "j");
	ok(strstr(line_with(&viewer, "/cart"), "30 samples 75.0%"), "of this box only");
	viewer_keys(&viewer, "Tab } j");
	choose_from_menu(&viewer, "Only samples with this label");
	ok(viewer.app->state.recipe.spec.labels && app_scene(viewer.app)->all == 10, "only samples with a label");
	viewer_keys(&viewer, "u");
	choose_from_menu(&viewer, "Group by");
	ok(viewer.app->state.recipe.spec.group && strcmp(viewer.app->state.recipe.spec.group, "handler") == 0, "or its key above all stacks");
	viewer_close(&viewer);
}

/* In the list of traces they are about the chosen one. */
static void
test_traces(void)
{
	struct viewer viewer;

	viewer_open(&viewer, read_document(document), 120, 50);
	if (viewer.app->state.view != VIEW_TRACES)
		app_act(viewer.app, ACT_VIEW_TRACES);
	viewer_keys(&viewer, "g i");
	const char *first = line_with(&viewer, "  trace id ");
	ok(strstr(first, "0101010101010101") || strstr(first, "0202020202020202"), "in the list of traces the details are of the chosen one");
	ok(viewer_shows(&viewer, "  root ") && viewer_shows(&viewer, "  spans "), "its root, and how much there is of it");
	viewer_keys(&viewer, "Tab Enter");
	ok(viewer.app->state.view == VIEW_FLAME && viewer.app->scene->tree->timed, "Enter on the root opens the trace");
	viewer_keys(&viewer, "u");
	ok(viewer.app->state.view == VIEW_TRACES, "u goes back to the list");
	viewer_close(&viewer);
}

int
main(void)
{
	setenv("TZ", "UTC0", 1);
	test_content();
	test_loose_logs();
	test_moving();
	test_long_value();
	test_copying();
	test_attributes();
	test_attributes_meanwhile();
	test_following();
	test_mouse();
	test_small();
	test_profile();
	test_traces();
	return done();
}

/* SPDX-License-Identifier: MIT
 * Who links to a span: read again from the records of those that link, and shown in the details. */
#include "config.h"

#include <unistd.h>

#include "load/links.h"
#include "tests/unit/document.h"
#include "tests/unit/viewer_test.h"
#include "ui/fetch.h"
#include "util/alloc.h"

#define TRACE_1 "01010101010101010101010101010101"
#define TRACE_2 "02020202020202020202020202020202"

/* A message that two later traces and a span of its own trace link to; the nightly run links to it twice, and out of the input. */
static const char document[] =
	"{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
	"{\"traceId\":\"" TRACE_1 "\",\"spanId\":\"0101010101010101\",\"name\":\"publish\","
	"\"startTimeUnixNano\":\"1700000000000000000\",\"endTimeUnixNano\":\"1700000001000000000\"},"
	"{\"traceId\":\"" TRACE_1 "\",\"spanId\":\"0101010101010102\",\"parentSpanId\":\"0101010101010101\",\"name\":\"confirm\","
	"\"startTimeUnixNano\":\"1700000000500000000\",\"endTimeUnixNano\":\"1700000000600000000\","
	"\"links\":[{\"traceId\":\"" TRACE_1 "\",\"spanId\":\"0101010101010101\"}]},"
	"{\"traceId\":\"" TRACE_2 "\",\"spanId\":\"0101010101010101\",\"name\":\"nightly\","
	"\"startTimeUnixNano\":\"1700000002000000000\",\"endTimeUnixNano\":\"1700000002200000000\","
	"\"links\":[{\"traceId\":\"" TRACE_1 "\",\"spanId\":\"0101010101010101\",\"attributes\":[{\"key\":\"batch\",\"value\":{\"intValue\":\"1\"}}]},"
	"{\"traceId\":\"03030303030303030303030303030303\",\"spanId\":\"0303030303030303\"},"
	"{\"traceId\":\"" TRACE_1 "\",\"spanId\":\"0101010101010101\"},"
	"{\"traceId\":\"" TRACE_1 "\",\"spanId\":\"0101010101010102\"}]}"
	"]}]}]}";

static void
test_reading(void)
{
	struct dataset *ds = read_document(document);
	const struct link *from;
	struct links *links;

	for (unsigned threads = 1; threads <= 3; threads++) {
		links = links_read_on(ds, threads, NULL);
		ok(links->len == 3, "links whose both ends are here, each once, read on %u threads", threads);
		ok(links_to(links, 0, &from) == 2 && from[0].from == 1 && from[1].from == 2, "two spans link to the first, in the order of the input");
		ok(links_to(links, 1, &from) == 1 && from[0].from == 2, "one to the second");
		ok(links_to(links, 2, &from) == 0, "none to the third, whose span id is that of the first");
		links_free(links);
	}
	struct job job = { .wish = JOB_DROP };
	ok(!links_read(ds, &job), "nothing when the job was stopped");
	dataset_free(ds);
}

/* A thousand spans that all link to each of the first three. */
static void
test_many(void)
{
	struct buf text = { 0 };
	const struct link *from;

	buf_add(&text, STR("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["));
	for (int i = 0; i < 1000; i++) {
		buf_addf(&text, "%s{\"traceId\":\"" TRACE_1 "\",\"spanId\":\"%016x\",\"name\":\"s\",\"startTimeUnixNano\":\"1700000000000000000\","
		                "\"endTimeUnixNano\":\"17000000000000%05d\",\"links\":[", i ? "," : "", i + 1, i);
		for (int to = 1; to <= 3; to++)
			buf_addf(&text, "%s{\"traceId\":\"" TRACE_1 "\",\"spanId\":\"%016x\"}", to > 1 ? "," : "", to);
		buf_add(&text, STR("]}"));
	}
	buf_add(&text, STR("]}]}]}"));
	struct dataset *ds = read_document(text.at);
	struct links *links = links_read_on(ds, 2, NULL);
	is_int(links_to_read(ds), 1000, "so many records have links");
	ok(links->len == 3000, "all links of many spans");
	ok(links_to(links, 2, &from) == 1000 && from[0].from == 0 && from[999].from == 999, "each of them is found where it leads to");
	links_free(links);
	dataset_free(ds);
	buf_fini(&text);
}

static void
open_publish(struct viewer *viewer)
{
	viewer_open(viewer, read_document(document), 100, 60);
	viewer_keys(viewer, "1");
	struct tree_spec spec = session_default_spec(viewer->app->session, 0);
	app_change_spec(viewer->app, &spec);
	viewer_keys(viewer, "j");
}

static void
test_shown(void)
{
	struct viewer viewer;
	int row = 0;

	open_publish(&viewer);
	viewer_keys(&viewer, "i");
	ok(viewer_shows(&viewer, "linked from 2") && viewer_shows(&viewer, "100 ms") && viewer_shows(&viewer, "nightly  in another trace"),
	   "the details list the spans that link to it");
	viewer_keys(&viewer, "Tab G");
	for (int i = 0; i < 20; i++) {
		viewer_find(&viewer, "nightly", NULL, &row);
		if (strstr(viewer_row(&viewer, row), "> "))
			break;
		viewer_keys(&viewer, "k");
	}
	viewer_keys(&viewer, "Enter");
	ok(strstr(viewer_cursor(&viewer), "nightly"), "Enter follows one, into another trace");
	ok(!viewer_shows(&viewer, "linked from") && viewer_shows(&viewer, "links 4"), "which nobody links to");
	viewer_close(&viewer);
}

/* Where many records have to be read the pane says so, and goes on by itself. */
static void
test_meanwhile(void)
{
	struct viewer viewer;

	open_publish(&viewer);
	viewer.app->patience = 0;
	viewer_keys(&viewer, "i");
	ok(fetch_is_on(viewer.app) && viewer_shows(&viewer, "links of other spans are being read"), "many records are read in the background");
	for (int i = 0; i < 5000 && fetch_is_on(viewer.app); i++) {
		usleep(1000);
		viewer_send(&viewer, &(struct event){ .kind = EVENT_TICK });
	}
	ok(viewer_shows(&viewer, "linked from 2") && !viewer_shows(&viewer, "being read"), "then they are there");
	viewer_close(&viewer);
	open_publish(&viewer);
	viewer.app->patience = 0;
	viewer_keys(&viewer, "i");
	fetch_stop(viewer.app, false);
	viewer_resize(&viewer, 100, 59);
	ok(fetch_is_on(viewer.app), "what gave way to something else is read after it");
	viewer_close(&viewer);
}

int
main(void)
{
	test_reading();
	test_many();
	test_shown();
	test_meanwhile();
	return done();
}

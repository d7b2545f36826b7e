/* SPDX-License-Identifier: MIT
 * Queries in the viewer: typed with what there is to go on, as pills, saved ones, and traces and spans by their ids. */
#include "config.h"

#include <unistd.h>

#include "load/load.h"
#include "tests/unit/viewer_test.h"
#include "ui/pills.h"
#include "ui/selection.h"
#include "ui/settings.h"
#include "ui/traces.h"
#include "util/alloc.h"

static struct dataset *
shop(void)
{
	char *path = xasprintf("%s/tests/data/query/shop.json", getenv("top_srcdir") ? getenv("top_srcdir") : ".");
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ 0 }, NULL);

	free(path);
	return ds ? ds : empty_dataset();
}

static void
click(struct viewer *viewer, const char *text)
{
	int col, row;

	if (!ok(viewer_find(viewer, text, &col, &row), "%s is there to be clicked", text))
		return;
	viewer_mouse(viewer, MOUSE_PRESS, col, row, 1, 0);
	viewer_mouse(viewer, MOUSE_RELEASE, col, row, 0, 0);
}

static void
paste(struct viewer *viewer, const char *text)
{
	viewer_send(viewer, &(struct event){ .kind = EVENT_PASTE, .text = str_of(text) });
}

static unsigned
queries(const struct viewer *viewer)
{
	return viewer->app->state.recipe.select.query_count;
}

static void
test_prompt(void)
{
	struct viewer viewer;

	viewer_open(&viewer, shop(), 120, 30);
	viewer_keys(&viewer, "f");
	ok(viewer_shows(&viewer, "query: service = cart AND"), "f asks for a query, with an example");
	ok(viewer_shows(&viewer, "duration  the span's duration"), "and says which fields there are");
	viewer_type(&viewer, "service = cart");
	ok(viewer_shows(&viewer, "3 of 4 traces"), "what is typed is counted");
	viewer_type(&viewer, " AND");
	ok(viewer_shows(&viewer, "a condition is missing at the end"), "what is wrong is said");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "query: service") && queries(&viewer) == 0, "and is not taken");
	viewer_type(&viewer, " status = error");
	ok(viewer_shows(&viewer, "1 of 4 traces"), "NOT, AND and the rest are of one span");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "service = cart AND status =… ✕") && queries(&viewer) == 1, "a query is a pill");
	ok(viewer_shows(&viewer, "15 ms"), "and the list has the trace it keeps");
	is_int(traces_of(viewer.app)->longest_ns, 15000000, "whose bars are shares of the longest that is listed");
	ok(viewer_shows(&viewer, "1 of 4 traces") && viewer_shows(&viewer, "2 spans"), "the header says what is left");
	viewer_keys(&viewer, "f");
	viewer_type(&viewer, "nothing");
	ok(viewer_shows(&viewer, "0 of 1 trace: no span is called nothing"), "the next one is counted of what is left, with a hint");
	viewer_keys(&viewer, "Esc f");
	viewer_type(&viewer, "error");
	ok(viewer_shows(&viewer, "no span is called error: status = error?"), "a word that was meant as something else is told");
	viewer_resize(&viewer, 40, 10);
	viewer_type(&viewer, "s");
	ok(viewer_shows(&viewer, "0 of 1 trace: status = error?"), "on a narrow screen only what was meant");
	viewer_resize(&viewer, 120, 30);

	viewer_keys(&viewer, "Esc f");
	viewer_type(&viewer, "duratoin > 1ms");
	ok(viewer_shows(&viewer, "0 of 1 trace: no span has duratoin: duration?"), "a field that no span has is named, with what was meant");
	viewer_keys(&viewer, "Esc");
	ok(queries(&viewer) == 1 && !viewer_shows(&viewer, "nothing"), "Esc takes it back");
	viewer_keys(&viewer, "f Up");
	ok(viewer_shows(&viewer, "query: service = cart AND status = error"), "earlier queries come back");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "there already") && queries(&viewer) == 1, "the same one is not added again");
	viewer_keys(&viewer, "u");
	ok(queries(&viewer) == 0, "back takes it back");
	viewer_keys(&viewer, "U");
	click(&viewer, "service = cart");
	ok(queries(&viewer) == 0 && viewer_shows(&viewer, "4 traces") && !viewer_shows(&viewer, "of 4"), "so does a click on the pill");
	viewer_keys(&viewer, "f");
	viewer_type(&viewer, "depth > 9");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "no trace is left: u takes it back"), "that nothing is left is said");
	viewer_keys(&viewer, "u f");
	viewer_type(&viewer, "error");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "no trace is left: no span is called error: status = error?"), "with what was meant");
	viewer_close(&viewer);
}

static void
test_place(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, shop(), 120, 30);
	viewer_keys(&viewer, "1 f");
	viewer_type(&viewer, "Get cart");
	ok(viewer_find(&viewer, "cart", &col, &row) && grid_cell(&viewer.grid, col, row)->style.attrs & ATTR_REVERSE, "the place of what is wrong is marked");
	ok(!(grid_cell(&viewer.grid, col + 1, row)->style.attrs & ATTR_REVERSE), "and no other");
	viewer_close(&viewer);
}

static void
test_completion(void)
{
	struct viewer viewer;

	viewer_open(&viewer, shop(), 120, 30);
	viewer_keys(&viewer, "f");
	viewer_type(&viewer, "ser");
	viewer_keys(&viewer, "Tab");
	ok(viewer_shows(&viewer, "query: service"), "Tab goes on as far as all agree");
	viewer_keys(&viewer, "Tab");
	ok(viewer_shows(&viewer, "> service "), "then from one to the next");
	viewer_type(&viewer, "=");
	viewer_keys(&viewer, "Tab Tab Tab");
	ok(viewer_shows(&viewer, "query: service =\"mail worker\""), "values are those of the file, quoted where they must be");
	viewer_keys(&viewer, "Shift-Tab");
	ok(viewer_shows(&viewer, "query: service =cart"), "and back");
	viewer_type(&viewer, "A");
	viewer_keys(&viewer, "Tab");
	ok(viewer_shows(&viewer, "query: service =cart AND"), "words that join");
	viewer_type(&viewer, "http.m");
	viewer_keys(&viewer, "Tab");
	ok(viewer_shows(&viewer, "AND http.method "), "attributes are those of the file");
	viewer_type(&viewer, "=");
	ok(viewer_shows(&viewer, "GET ") && viewer_shows(&viewer, "2 times"), "and their values, with how often");
	click(&viewer, "POST  1 time");
	ok(viewer_shows(&viewer, "http.method =POST"), "a click takes one");
	viewer_type(&viewer, "OR duration > ");
	ok(viewer_shows(&viewer, "p99") && !viewer_shows(&viewer, "frontend  "), "numbers have percentiles");
	viewer_keys(&viewer, "Esc f");
	viewer_type(&viewer, "kind !");
	viewer_keys(&viewer, "Tab");
	ok(viewer_shows(&viewer, "!= ") && viewer_shows(&viewer, "!~ "), "operators");
	viewer_keys(&viewer, "Esc f");
	viewer_type(&viewer, "trace = 4bf92f");
	ok(viewer_shows(&viewer, "4bf92f3577b34da6a3ce929d0e0e4736  frontend GET /cart"), "ids of traces, with their roots");
	viewer_keys(&viewer, "Esc f");
	viewer_type(&viewer, "span = 000000000000001");
	ok(viewer_shows(&viewer, "0000000000000013  db SELECT carts"), "and of spans, with their names");
	viewer_close(&viewer);
	viewer_open(&viewer, three_traces(), 100, 24);
	viewer_keys(&viewer, "f");
	viewer_type(&viewer, "kind = ");
	ok(viewer_shows(&viewer, "server  9 spans") && !viewer_shows(&viewer, "client"), "words that some span has");
	viewer_close(&viewer);
	viewer_open(&viewer, shop(), 40, 10);
	viewer_keys(&viewer, "f");
	viewer_type(&viewer, "trace.");
	ok(viewer_shows(&viewer, "trace.duration") && viewer_shows(&viewer, "query: trace."), "40x10: the list fits");
	viewer_close(&viewer);
}

static void
test_palette(void)
{
	struct viewer viewer;

	viewer_open(&viewer, shop(), 120, 30);
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "query trace.errors > 0");
	ok(viewer_shows(&viewer, "2 of 4 traces"), "the palette counts a query too");
	viewer_keys(&viewer, "Enter");
	ok(queries(&viewer) == 1, "and takes it");
	viewer_keys(&viewer, ":");
	paste(&viewer, "0af7651916cd43dd8448eb211c80319c-0000000000000013\n");
	ok(viewer_shows(&viewer, "open") && viewer_shows(&viewer, "SELECT carts"), "an id that is pasted is offered by its names");
	viewer_keys(&viewer, "Enter");
	is_text(viewer_cursor(&viewer), "db SELECT carts", "trace and span are opened");
	ok(viewer.app->scene->tree->timed && queries(&viewer) == 0 && viewer_shows(&viewer, "it is dropped"), "without the query that leaves it out");
	viewer_keys(&viewer, ":");
	paste(&viewer, "traceparent: 00-0000000000000000a1b2c3d4e5f60718-0000000000000024-01");
	viewer_keys(&viewer, "Enter");
	is_text(viewer_cursor(&viewer), "mail worker deliver mail", "by a traceparent");
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "4bf92f3577b34da6a3ce929d0e0e4737");
	viewer_keys(&viewer, "Enter");
	ok(viewer.app->state.recipe.spec.track == 3, "by a trace id alone");
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "4bf92f");
	ok(!viewer_shows(&viewer, "open "), "not by one that begins several");
	viewer_keys(&viewer, "Esc :");
	paste(&viewer, "0000000000000013");
	viewer_keys(&viewer, "Enter");
	is_text(viewer_cursor(&viewer), "db SELECT carts", "by a span id alone");
	viewer_keys(&viewer, ":");
	paste(&viewer, "ffffffffffffffffffffffffffff0000");
	ok(viewer_shows(&viewer, "no trace has the id ffffffff"), "that there is none is said");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "no trace has the id ffffffff"), "and after Enter");
	viewer_close(&viewer);
}

static void
test_saved(void)
{
	static const struct setting saved[] = { { "failures", "status = error" }, { "slow", "duration > 1s" } };
	struct app_options options = { .title = "x", .view = -1, .queries = saved, .query_count = 2 };
	struct viewer viewer = { .now = 1000 };

	viewer.app = app_new(&options, 100, 24);
	grid_init(&viewer.grid, 100, 24);
	app_loaded(viewer.app, shop(), NULL, viewer.now);
	viewer_draw(&viewer);
	viewer_keys(&viewer, "f");
	ok(viewer_shows(&viewer, "saved as failures"), "saved queries are offered first");
	viewer_keys(&viewer, "Esc Alt-f");
	ok(viewer_shows(&viewer, "slow") && viewer_shows(&viewer, "duration > 1s"), "and listed by name");
	viewer_keys(&viewer, "Down Enter");
	ok(queries(&viewer) == 1 && viewer_shows(&viewer, "duration > 1s ✕"), "one is chosen");
	ok(pill_remove(viewer.app, PILL_QUERY) && queries(&viewer) == 0 && !pill_remove(viewer.app, PILL_QUERY), "and taken back once");
	viewer_close(&viewer);
	viewer_open(&viewer, shop(), 100, 24);
	viewer_keys(&viewer, "Alt-f");
	ok(viewer_shows(&viewer, "no queries are saved"), "there may be none");
	viewer_close(&viewer);
	viewer_open(&viewer, small_profile(), 100, 24);
	viewer_keys(&viewer, "f");
	ok(viewer_shows(&viewer, "there are no spans to ask"), "samples are not asked");
	viewer_keys(&viewer, "Esc :");
	viewer_type(&viewer, "from-time 1s");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "the samples have no times") && !viewer.app->state.recipe.select.has_from, "nor are those without times cut by them");
	viewer_close(&viewer);
}

/* What is read again may have nothing to ask any more. */
static void
test_reload(void)
{
	struct viewer viewer;

	viewer_open(&viewer, shop(), 120, 30);
	viewer_keys(&viewer, "f");
	viewer_type(&viewer, "status = error");
	viewer_keys(&viewer, "Enter");
	app_loaded(viewer.app, shop(), NULL, viewer.now);
	viewer_draw(&viewer);
	is_int(queries(&viewer), 1, "a query outlives a reload");
	app_loaded(viewer.app, small_profile(), NULL, viewer.now);
	viewer_draw(&viewer);
	ok(queries(&viewer) == 0 && viewer_shows(&viewer, "the query is gone"), "but not where there are no spans");
	ok(!viewer_shows(&viewer, "0 of 1"), "so that the profile is there");
	viewer_close(&viewer);
}

static void
test_config(void)
{
	struct config config;

	config_parse(STR("{\n\"queries\": {\n\"slow\": \"duration > 1s\",\n\"bad\": \"duration >\",\n\"worse\": 5\n}\n}"), "c.json", &config);
	is_int((long)config.queries.len, 1, "a saved query is read");
	is_text(config.queries.len ? config.queries.at[0].value : "", "duration > 1s", "as it is written");
	is_int((long)config.problems.len, 2, "what is no query is told");
	is_text(config.problems.at[0], "c.json:4: the query \"bad\" is wrong at 11: a value is missing here", "with its place");
	config_fini(&config);
}

static void
test_range(void)
{
	struct viewer viewer;
	int64_t from = INT64_C(1767225601000000000), to = INT64_C(1767225609000000000);

	viewer_open(&viewer, shop(), 120, 30);
	selection_set_range(viewer.app, &from, &to);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "time +1 s…+9 s ✕"), "a range of time is a pill");
	is_int(selection_now(viewer.app)->track_count, 2, "and keeps what starts in it");
	click(&viewer, "time +1");
	ok(!selection_has_range(viewer.app), "which can be clicked away");
	viewer_close(&viewer);
}

static void
wait_for_attributes(struct viewer *viewer)
{
	for (int i = 0; i < 2000 && viewer->app->fetch; i++) {
		usleep(1000);
		viewer_wait(viewer, 20);
	}
}

/* Where there is much, attributes are read while one goes on typing, and trees built while the old picture stands. */
static void
test_background(void)
{
	struct viewer viewer;

	viewer_open(&viewer, shop(), 120, 30);
	viewer.app->patience = 0;
	wait_for_attributes(&viewer);
	viewer_keys(&viewer, "f");
	viewer_type(&viewer, "http.method = ");
	ok(viewer.app->fetch && !viewer_shows(&viewer, "POST  1 time"), "values that are not there yet are read");
	wait_for_attributes(&viewer);
	ok(viewer_shows(&viewer, "POST  1 time"), "and offered then");
	viewer_type(&viewer, "POST AND NOT http.status_code = 999 ");
	ok(viewer_shows(&viewer, "reading http.status_code"), "what a count needs is read, and the note says so");
	wait_for_attributes(&viewer);
	ok(viewer_shows(&viewer, "1 of 4 traces"), "then it is counted");
	viewer_keys(&viewer, "Esc f");
	viewer_type(&viewer, "region = eu");
	ok(viewer.app->fetch != NULL, "another one is read");
	viewer_keys(&viewer, "Esc");
	ok(!viewer.app->fetch, "Esc gives that up");
	viewer_keys(&viewer, "f");
	viewer_type(&viewer, "http.method = POST");
	viewer_keys(&viewer, "Enter");
	for (int i = 0; i < 2000 && viewer.app->building.builder; i++) {
		usleep(1000);
		viewer_wait(&viewer, 20);
	}
	ok(queries(&viewer) == 1 && viewer_shows(&viewer, "1 of 4 traces"), "it is there in the end");
	viewer_keys(&viewer, "f");
	viewer_type(&viewer, "http.method = ");
	ok(viewer_shows(&viewer, "POST  1 time"), "and what was read is offered");
	viewer_close(&viewer);
}

int
main(void)
{
	test_background();
	test_prompt();
	test_place();
	test_completion();
	test_palette();
	test_saved();
	test_reload();
	test_config();
	test_range();
	return done();
}

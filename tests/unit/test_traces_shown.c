/* SPDX-License-Identifier: MIT
 * The list of traces: its rows, orders, folds and searches, the way into a trace and back. */
#include "config.h"

#include <unistd.h>

#include "load/load.h"
#include "tests/unit/viewer_test.h"
#include "ui/charts.h"
#include "ui/selection.h"
#include "util/alloc.h"

enum { COLS = 140, ROWS = 24, FIRST_ROW = 3, TRACES = 60 };

/* Requests of a shop, a second apart; every seventh is slow, every tenth fails. */
static struct dataset *
shop_traces_from(int first)
{
	static const char *const names[] = { "GET /", "GET /cart", "POST /checkout" };
	const int64_t ms = 1000000, begin = 1700000000000 * ms;
	struct sink *sink = sink_new(STR("shop.json"));

	sink_group_open(sink);
	sink_group_service(sink, STR("web"));
	for (int i = first; i < TRACES; i++)
		add_span(sink, (uint8_t)(i + 1), 1, 0, names[i % 3], begin + 1000 * i * ms, begin + (1000 * i + (i % 7 == 6 ? 900 : 10 + i)) * ms, false);
	sink_group_close(sink);
	sink_group_open(sink);
	sink_group_service(sink, STR("db"));
	for (int i = first; i < TRACES; i++)
		for (int s = 0; s <= i % 4; s++)
			add_span(sink, (uint8_t)(i + 1), (uint64_t)s + 2, 1, "SELECT", begin + (1000 * i + s) * ms, begin + (1000 * i + s + 1) * ms, i % 10 == 9);
	sink_group_close(sink);
	return seal(sink);
}

static struct dataset *
shop_traces(void)
{
	return shop_traces_from(0);
}

/* The list alone, without a chart above it. */
static void
open_list(struct viewer *viewer)
{
	viewer_open(viewer, shop_traces(), COLS, ROWS);
	viewer_keys(viewer, "D D D D");
}

static struct dataset *
threads(void)
{
	struct sink *sink = sink_new(STR("perf"));

	sink_sample_type(sink, STR("samples"), STR("samples"));
	for (int t = 0; t < 3; t++) {
		char name[16];
		snprintf(name, sizeof name, "worker %d", t);
		stack_id stack = add_frame(sink, add_frame(sink, ID_NONE, "main"), "loop");
		for (int i = 0; i <= t; i++)
			sink_sample(sink, stack, sink_track(sink, TRACK_THREAD, str_of(name)), (double[]){ 1 });
	}
	return seal(sink);
}

static struct str
chosen_name(struct viewer *viewer, struct buf *out)
{
	const struct trace_line *line = traces_chosen(viewer->app);

	buf_clear(out);
	if (line)
		traces_name(viewer->app, &traces_of(viewer->app)->list->rows[line->row], out);
	return buf_str(out);
}

static bool
is_chosen(struct viewer *viewer, uint32_t track, uint32_t part)
{
	const struct traces_state *state = &viewer->app->state.traces;

	return traces_chosen(viewer->app) && state->track == track && state->part == part;
}

static void
test_rows(void)
{
	struct viewer viewer;
	struct buf name = { 0 };

	open_list(&viewer);
	is_int(viewer.app->state.view, VIEW_TRACES, "several traces open as a list");
	ok(viewer_shows(&viewer, "60 traces") && viewer_shows(&viewer, "start") && viewer_shows(&viewer, "duration") && viewer_shows(&viewer, "services"),
	   "with its columns");
	ok(viewer_shows(&viewer, "web GET /cart") && viewer_shows(&viewer, "11 ms") && viewer_shows(&viewer, "02000000"), "a row has root, duration and id");
	viewer_keys(&viewer, "T");
	ok(viewer_shows(&viewer, "22:13:20.000") || viewer_shows(&viewer, ":20.000"), "or when it was by the clock");
	viewer_keys(&viewer, "T");
	ok(viewer_shows(&viewer, "2023-11-14 22:13:20"), "the chosen one's date stands below");
	ok(str_equal(chosen_name(&viewer, &name), STR("web GET /")), "the first is chosen");
	viewer_keys(&viewer, "j");
	ok(str_equal(chosen_name(&viewer, &name), STR("web GET /cart")), "then the next");
	viewer_keys(&viewer, "G");
	ok(is_chosen(&viewer, TRACES - 1, 0), "and the last");
	viewer_keys(&viewer, "e");
	ok(is_chosen(&viewer, 9, 0), "e goes to one with errors");
	viewer_keys(&viewer, "y");
	char *copy = app_take_copy(viewer.app);
	is_text(copy, "0a000000000000000000000000000000", "y copies the id");
	free(copy);
	viewer_keys(&viewer, ".");
	ok(viewer_shows(&viewer, "Go in") && viewer_shows(&viewer, "Copy the name; of a trace its id") && !viewer_shows(&viewer, "Leave this frame out"),
	   "the menu has what can be done with a row");
	viewer_keys(&viewer, "Esc");
	buf_fini(&name);
	viewer_close(&viewer);
}

static void
test_sorting(void)
{
	struct viewer viewer;
	int col, row;

	open_list(&viewer);
	viewer_find(&viewer, "duration", &col, &row);
	viewer_mouse(&viewer, MOUSE_PRESS, col + 3, row, 1, 0);
	ok(viewer.app->state.traces.sort == TRACES_BY_DURATION && viewer.app->state.traces.descending && viewer_shows(&viewer, "▾ duration"),
	   "a click on a heading sorts, the longest first");
	ok(is_chosen(&viewer, 6, 0), "equals by their starts");
	viewer_keys(&viewer, "r");
	ok(viewer_shows(&viewer, "▴ duration") && is_chosen(&viewer, 0, 0), "r turns it round");
	viewer_keys(&viewer, ">");
	ok(viewer.app->state.traces.sort == TRACES_BY_SPANS && viewer.app->state.traces.descending, "> takes the next column");
	viewer_keys(&viewer, ">");
	ok(viewer_shows(&viewer, "▾services"), "a heading is whole beside its mark");
	viewer_keys(&viewer, "<");
	viewer_keys(&viewer, "< < <");
	is_int(viewer.app->state.traces.sort, TRACES_BY_START, "< goes back");
	viewer_keys(&viewer, "<");
	ok(viewer.app->state.traces.sort == TRACES_BY_ID && viewer_shows(&viewer, "▴ trace") && is_chosen(&viewer, 0, 0), "and round, to the ids");
	viewer_keys(&viewer, "<");
	is_int(viewer.app->state.traces.sort, TRACES_BY_ERRORS, "past columns that are not there");
	ok(is_chosen(&viewer, 19, 0), "the most errors first");
	viewer_close(&viewer);
}

static void
test_folding(void)
{
	struct viewer viewer;

	open_list(&viewer);
	viewer_keys(&viewer, "j Space");
	ok(viewer_shows(&viewer, "▾ +1 s") && viewer_shows(&viewer, "· web") && viewer_shows(&viewer, "· db"), "space unfolds the services");
	ok(viewer_shows(&viewer, "81.8%") && viewer_shows(&viewer, "18.2%"), "with their shares of the time");
	viewer_keys(&viewer, "Right");
	ok(is_chosen(&viewer, 1, 1), "right goes into them");
	viewer_keys(&viewer, "j j");
	ok(is_chosen(&viewer, 2, 0), "down through them");
	viewer_keys(&viewer, "k Left");
	ok(is_chosen(&viewer, 1, 0), "left goes out");
	viewer_keys(&viewer, "Left");
	ok(!viewer_shows(&viewer, "· db"), "and folds");
	viewer_mouse(&viewer, MOUSE_PRESS, 1, FIRST_ROW, 1, 0);
	ok(viewer_shows(&viewer, "· db") && is_chosen(&viewer, 0, 0), "a click on the mark unfolds");
	viewer_keys(&viewer, "u");
	ok(!viewer_shows(&viewer, "· db"), "back folds again");
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "unfold-all");
	viewer_keys(&viewer, "Enter");
	is_int((long)traces_of(viewer.app)->lines.len, 3 * TRACES, "all can be unfolded");
	viewer_close(&viewer);
}

static void
test_searching(void)
{
	struct viewer viewer;

	open_list(&viewer);
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "checkout");
	ok(viewer_shows(&viewer, "20 found"), "a search counts while it is typed");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "/checkout  20 traces"), "and its pill tells how many");
	viewer_keys(&viewer, "n");
	ok(is_chosen(&viewer, 2, 0), "n goes to the next");
	ok(grid_cell(&viewer.grid, 20, FIRST_ROW + 5)->style.attrs & ATTR_BOLD && !(grid_cell(&viewer.grid, 20, FIRST_ROW + 4)->style.attrs & ATTR_BOLD),
	   "what is found is bold");
	viewer_keys(&viewer, "F");
	ok(viewer_shows(&viewer, "20 of 60 traces") && !viewer_shows(&viewer, "GET /cart"), "F lists only those");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "0c00");
	ok(viewer_shows(&viewer, "1 of 60 traces") && is_chosen(&viewer, 11, 0), "also while an id is typed");
	viewer_type(&viewer, "zzz");
	ok(viewer_shows(&viewer, "nothing matches") && !traces_chosen(viewer.app), "down to nothing");
	viewer_keys(&viewer, "Esc");
	ok(viewer_shows(&viewer, "20 of 60 traces"), "Esc takes it back");
	viewer_keys(&viewer, "Esc *");
	ok(viewer_shows(&viewer, "20 of 60 traces"), "* finds those with the same root");
	viewer_close(&viewer);
}

static void
test_opening(void)
{
	struct viewer viewer;

	open_list(&viewer);
	viewer_keys(&viewer, "G k k Enter");
	ok(viewer.app->state.view == VIEW_FLAME && viewer.app->scene->tree->timed && viewer_shows(&viewer, "trace 3a0000"), "Enter opens the trace in time order");
	viewer_keys(&viewer, "j Backspace");
	ok(viewer.app->state.view == VIEW_TRACES && is_chosen(&viewer, TRACES - 3, 0), "Backspace comes back to its row");
	viewer_keys(&viewer, "1");
	ok(viewer.app->state.view == VIEW_FLAME && viewer_shows(&viewer, "60 traces") && !viewer.app->scene->tree->timed, "the flame graph is that of all, merged");
	viewer_keys(&viewer, "j j Enter");
	node_id focus = viewer.app->state.focus;
	viewer_keys(&viewer, "7");
	ok(viewer.app->state.focus == NODE_ALL && viewer.app->state.view == VIEW_TRACES, "in the list there is no focus");
	viewer_keys(&viewer, "1");
	ok(focus != NODE_ALL && viewer.app->state.focus == focus, "but it is there again in the graph");
	viewer_keys(&viewer, "7");
	viewer_mouse(&viewer, MOUSE_PRESS, 40, FIRST_ROW + 4, 2, 0);
	ok(viewer.app->state.view == VIEW_FLAME && viewer_shows(&viewer, "trace "), "a double click opens");
	viewer_keys(&viewer, "7 0");
	ok(viewer.app->state.view == VIEW_TRACES, "reset keeps the view");
	viewer_keys(&viewer, "j 6 7 j Enter");
	ok(viewer.app->state.view == VIEW_TIMELINE && viewer.app->state.pane == PANE_TIMELINE && viewer_shows(&viewer, "trace "),
	   "from the list one goes on in the view where one was");
	ok(viewer_shows(&viewer, "2 services"), "services are those of the trace");
	viewer_keys(&viewer, "7");
	viewer_mouse(&viewer, MOUSE_WHEEL_DOWN, 40, 10, 0, 0);
	is_int(viewer.app->state.traces.top, 3, "the wheel scrolls");
	viewer_close(&viewer);
}

/* The input has become another one: what was chosen and unfolded is the same as far as it is there. */
static void
test_reloading(void)
{
	struct viewer viewer;

	open_list(&viewer);
	viewer_keys(&viewer, "PageDown PageDown Space j j j j Space j");
	uint32_t track = viewer.app->state.traces.track;
	ok(track > 9 && viewer.app->state.traces.part == 1, "a service of a trace is chosen");
	app_loaded(viewer.app, shop_traces_from(7), NULL, viewer.now);
	viewer_draw(&viewer);
	ok(is_chosen(&viewer, track - 7, 1), "it is after the first ones have gone");
	viewer_keys(&viewer, "k Backspace");
	app_loaded(viewer.app, shop_traces_from((int)track + 1), NULL, viewer.now);
	viewer_draw(&viewer);
	ok(traces_chosen(viewer.app) == traces_of(viewer.app)->lines.at, "the first is when it has gone itself");
	viewer_close(&viewer);
}

static void
test_threads(void)
{
	struct viewer viewer;

	viewer_open(&viewer, threads(), COLS, ROWS);
	is_int(viewer.app->state.view, VIEW_FLAME, "threads open as a graph");
	viewer_keys(&viewer, "7");
	ok(viewer_shows(&viewer, "3 threads") && viewer_shows(&viewer, "thread") && viewer_shows(&viewer, "samples") && viewer_shows(&viewer, "worker 2"),
	   "their list says what fits");
	ok(!viewer_shows(&viewer, "services  "), "and not what does not");
	int col, before, after;
	viewer_keys(&viewer, ">");
	viewer_find(&viewer, "worker 0", &col, &before);
	viewer_find(&viewer, "worker 1", &col, &after);
	ok(before < after, "they are sorted by their names");
	viewer_keys(&viewer, "r");
	viewer_find(&viewer, "worker 0", &col, &before);
	viewer_find(&viewer, "worker 1", &col, &after);
	ok(before > after && viewer_shows(&viewer, "▾ thread"), "either way");
	viewer_keys(&viewer, "<");
	viewer_keys(&viewer, "> Space");
	ok(viewer_shows(&viewer, "there are no services"), "they do not unfold");
	viewer_keys(&viewer, "G Enter");
	ok(viewer.app->state.view == VIEW_FLAME && viewer_shows(&viewer, "thread worker"), "Enter opens one");
	viewer_keys(&viewer, "7 y");
	char *copy = app_take_copy(viewer.app);
	ok(copy && strstr(copy, "worker"), "its name is copied");
	free(copy);
	viewer_close(&viewer);
}

/* A chart's column whose bar reaches up to a row of the screen; -1: none does. */
static int
bar_at(struct viewer *viewer, int row, enum role role)
{
	for (int col = 0; col < viewer->grid.cols; col++) {
		const struct cell *cell = grid_cell(&viewer->grid, col, row);
		if (cell->style.fg.role == role && cell->text[0] != ' ')
			return col;
	}
	return -1;
}

/* Each mark below the durations stands at the bucket that holds its value. */
static void
check_marks(struct viewer *viewer, int index)
{
	struct rect rect = charts_layout(viewer->app).at[index].rect;
	const struct trace_stats *stats = traces_stats(traces_of(viewer->app), (uint32_t)rect.cols, (uint32_t)rect.cols);
	const int64_t *edge = stats->length.edge;
	int marks = 0, right = 0, row = rect.row + rect.rows - 1;

	for (int i = 0; i < rect.cols; i++) {
		char text[32] = "", unit[8] = "";
		double value = 0;
		if (!str_equal(str_of(grid_cell(&viewer->grid, rect.col + i, row)->text), glyph_text(GLYPH_TICK, false)))
			continue;
		for (int k = 1; i + k < rect.cols && k < 8; k++)
			strcat(text, grid_cell(&viewer->grid, rect.col + i + k, row)->text);
		sscanf(text, "%lf %7s", &value, unit);
		value *= strcmp(unit, "s") == 0 ? 1e9 : strcmp(unit, "ms") == 0 ? 1e6 : strcmp(unit, "µs") == 0 ? 1e3 : 1;
		marks++;
		right += (double)edge[i] <= value && value < (double)edge[i + 1];
		diag("%s at %d", text, i);
	}
	ok(marks > 0 && right == marks, "%d of %d marks of durations stand where they belong", right, marks);
}

static void
test_charts(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, shop_traces(), 180, 40);
	ok(viewer_shows(&viewer, "traces  spans") && viewer_shows(&viewer, "latency") && viewer_shows(&viewer, "p50 ") && viewer_shows(&viewer, "durations"),
	   "where it is wide, all charts stand side by side");
	ok(viewer_shows(&viewer, "60 ●6"), "with what they add up to");
	struct charts charts = charts_layout(viewer.app);
	row = charts.at[0].rect.row + charts.at[0].rect.rows - 2;
	ok(bar_at(&viewer, row - 1, ROLE_ERROR) >= 0 && bar_at(&viewer, row, ROLE_ERROR) >= 0, "errors have their colour, and a mark below");
	check_marks(&viewer, 2);
	viewer_resize(&viewer, 80, 24);
	ok(viewer_shows(&viewer, "traces  spans  latency  durations") && charts_layout(viewer.app).count == 1, "where it is narrow, one with the names of all");
	viewer_keys(&viewer, "D");
	is_int(viewer.app->state.traces.chart, CHART_SPANS, "D shows the next");
	ok(viewer_shows(&viewer, "210 ●18"), "of spans");
	viewer_find(&viewer, "durations", &col, &row);
	viewer_mouse(&viewer, MOUSE_PRESS, col + 2, row, 1, 0);
	viewer_mouse(&viewer, MOUSE_RELEASE, col + 2, row, 0, 0);
	is_int(viewer.app->state.traces.chart, CHART_LENGTHS, "a click on a name shows it");
	check_marks(&viewer, 0);
	viewer_keys(&viewer, "D");
	ok(charts_layout(viewer.app).count == 0 && !viewer_shows(&viewer, "latency"), "there may be none");
	viewer_keys(&viewer, "Tab");
	ok(viewer_shows(&viewer, "D shows one") && viewer.app->state.pane == PANE_TRACES, "to which no keys can go");
	viewer_resize(&viewer, 40, 10);
	viewer_keys(&viewer, "D Tab");
	ok(viewer_shows(&viewer, "traces") && charts_layout(viewer.app).list.rows == 0, "40x10: the chart that has the keys takes it all");
	viewer_keys(&viewer, "Esc");
	ok(viewer_shows(&viewer, "web GET /cart"), "and gives it back");
	viewer_close(&viewer);
}

static void
test_ranges(void)
{
	struct viewer viewer;

	viewer_open(&viewer, shop_traces(), 80, 30);
	viewer_keys(&viewer, "Tab Right Right");
	ok(viewer.app->state.pane == PANE_CHART && viewer.app->charting.at == 2, "Tab gives the keys to the chart, arrows move in it");
	viewer_keys(&viewer, "Home r End Left Left Enter");
	const struct traces *traces = traces_of(viewer.app);
	ok(selection_has_range(viewer.app) && traces->listed_count == 58 && viewer_shows(&viewer, "time +0 ns"), "keys take a range of time");
	ok(viewer_shows(&viewer, "58 of 60 traces") && traces->stats && traces->stats->all.traces == 58, "list and charts are of what is in it");
	viewer_keys(&viewer, "u");
	is_int(traces_of(viewer.app)->listed_count, TRACES, "back takes it back");
	struct charts charts = charts_layout(viewer.app);
	struct rect rect = charts.at[0].rect;
	viewer_mouse(&viewer, MOUSE_PRESS, rect.col, rect.row + 2, 1, 0);
	viewer_mouse(&viewer, MOUSE_DRAG, rect.col + rect.cols / 2, rect.row + 2, 0, 0);
	ok(grid_cell(&viewer.grid, rect.col + 3, rect.row + 1)->style.bg.role == ROLE_SELECTED, "a drag marks what it goes over");
	viewer_mouse(&viewer, MOUSE_RELEASE, rect.col + rect.cols / 2, rect.row + 2, 0, 0);
	ok(traces_of(viewer.app)->listed_count >= 29 && traces_of(viewer.app)->listed_count <= 32, "and takes it");
	viewer_keys(&viewer, "u Esc");
	ok(viewer.app->state.pane == PANE_TRACES, "Esc goes back to the list");
	viewer_mouse(&viewer, MOUSE_PRESS, rect.col + 5, rect.row + 2, 1, 0);
	viewer_mouse(&viewer, MOUSE_RELEASE, rect.col + 5, rect.row + 2, 0, 0);
	ok(!selection_has_range(viewer.app) && viewer.app->state.pane == PANE_CHART, "a click only goes there");
	viewer_keys(&viewer, "j j j End Enter");
	ok(viewer.app->state.recipe.select.query_count == 1 && viewer_shows(&viewer, "duration 8"), "a range of durations is a query, and a pill says how long");
	struct buf text = { 0 };
	ok(charts_range_text(STR("trace.duration>=5ms AND trace.duration<1s"), false, &text) && str_equal(buf_str(&text), STR("duration 5 ms…1 s")), "in its words");
	ok(!charts_range_text(STR("trace.duration>=5ms AND trace.duration<1s OR error = true"), false, &text) &&
	   !charts_range_text(STR("trace.duration>=5ms AND trace.duration<"), false, &text) &&
	   !charts_range_text(STR("trace.duration>=5min AND trace.duration<6min"), false, &text), "what is none stays as it was written");
	buf_fini(&text);
	is_int(traces_of(viewer.app)->listed_count, 8, "and keeps the slow ones");
	viewer_keys(&viewer, "1");
	ok(viewer_shows(&viewer, "8 of 60 traces"), "the graph is that of the list");
	viewer_close(&viewer);

	viewer_open(&viewer, shop_traces(), 80, 30);
	viewer_keys(&viewer, "Tab End r");
	uint32_t last = viewer.app->charting.at;
	viewer_resize(&viewer, 30, 30);
	ok(viewer.app->charting.at < last && viewer.app->charting.mark == viewer.app->charting.at, "with fewer columns they stay in the chart");
	viewer_keys(&viewer, "Left Enter");
	ok(selection_has_range(viewer.app) && traces_of(viewer.app)->listed_count > 0, "and take what is there");
	viewer_resize(&viewer, 2, 30);
	viewer_keys(&viewer, "Tab Right");
	is_int(charts_layout(viewer.app).count, 0, "where there is no column there is no chart");
	viewer_close(&viewer);
}

static void
test_usage(void)
{
	char *path = xasprintf("%s/data/agent.json", getenv("top_srcdir") ? getenv("top_srcdir") : ".");
	struct dataset *ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ 0 }, NULL);
	struct viewer viewer;

	viewer_open(&viewer, ds ? ds : empty_dataset(), 140, 24);
	is_int(viewer.app->state.view, VIEW_FLAME, "a single trace opens as a graph");
	viewer_keys(&viewer, "7");
	ok(viewer_shows(&viewer, "tokens") && viewer_shows(&viewer, "104,827"), "its tokens have a column");
	ok(charts_layout(viewer.app).count == 0, "one trace makes no chart");
	viewer_close(&viewer);

	/* Where there are many spans, attributes are read while the list is there already. */
	ds = load_files((const char *const[]){ path }, 1, &(struct load_options){ 0 }, NULL);
	viewer_open(&viewer, ds ? ds : empty_dataset(), 140, 24);
	viewer.app->patience = 0;
	viewer_keys(&viewer, "7");
	for (int i = 0; i < 2000 && viewer.app->building.builder; i++) {
		usleep(1000);
		viewer_wait(&viewer, 20);
	}
	ok(viewer.app->state.view == VIEW_TRACES && viewer.app->fetch && !viewer_shows(&viewer, "104,827"), "the list does not wait for them");
	for (int i = 0; i < 5000 && viewer.app->fetch; i++) {
		usleep(1000);
		viewer_wait(&viewer, 20);
	}
	ok(viewer_shows(&viewer, "tokens") && viewer_shows(&viewer, "104,827"), "their columns come by and by");
	viewer_keys(&viewer, "<");
	viewer_keys(&viewer, "<");
	ok(viewer.app->state.traces.sort == TRACES_BY_TOKENS || viewer.app->state.traces.sort == TRACES_BY_COST, "and can be sorted by");
	viewer_close(&viewer);
	free(path);
}

static void
test_small(void)
{
	struct viewer viewer;

	int col = 0, row = 0;
	viewer_open(&viewer, shop_traces(), 80, 24);
	viewer_keys(&viewer, "D D D D");
	viewer_find(&viewer, "duration", &col, &row);
	ok(grid_cell(&viewer.grid, col + 9, FIRST_ROW)->style.fg.role == ROLE_BOX && viewer_shows(&viewer, "errors"), "80 columns have room for a bar");
	viewer_keys(&viewer, "< < <");
	ok(viewer.app->state.traces.sort == TRACES_BY_DEPTH && viewer_shows(&viewer, "▾ depth"), "and for what it is sorted by");
	viewer_resize(&viewer, 40, 10);
	ok(viewer_shows(&viewer, "▾ depth") && viewer_shows(&viewer, "web "), "40 columns, too");
	viewer_close(&viewer);

	viewer_open(&viewer, shop_traces(), 40, 10);
	ok(viewer_shows(&viewer, "web GET /cart") && viewer_shows(&viewer, "11 ms"), "40x10 has names and durations");
	viewer_keys(&viewer, "e");
	ok(viewer_shows(&viewer, "● web GET /"), "and a mark for errors");
	for (int cols = 1; cols < 100; cols += 7)
		viewer_resize(&viewer, cols, cols % 13 + 1);
	ok(true, "any size can be drawn");
	viewer_close(&viewer);
	viewer_open(&viewer, empty_dataset(), 80, 24);
	viewer_keys(&viewer, "7 j Enter Space y e n r >");
	ok(viewer_shows(&viewer, "neither a trace nor a thread"), "an empty list says so");
	viewer_close(&viewer);
}

int
main(void)
{
	test_rows();
	test_sorting();
	test_folding();
	test_searching();
	test_opening();
	test_reloading();
	test_threads();
	test_charts();
	test_ranges();
	test_usage();
	test_small();
	return done();
}

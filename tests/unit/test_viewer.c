/* SPDX-License-Identifier: MIT
 * What the viewer does, seen on its screen. */
#include "config.h"

#include "tests/unit/viewer_test.h"

static enum role
role_at(struct viewer *viewer, const char *text)
{
	int col, row;

	if (!viewer_find(viewer, text, &col, &row))
		return ROLE_COUNT;
	return (enum role)grid_cell(&viewer->grid, col, row)->style.bg.role;
}

static bool
click_on(struct viewer *viewer, const char *text, int clicks)
{
	int col, row;

	if (!viewer_find(viewer, text, &col, &row))
		return false;
	viewer_mouse(viewer, MOUSE_PRESS, col, row, clicks, 0);
	viewer_mouse(viewer, MOUSE_RELEASE, col, row, 0, 0);
	return true;
}

static void
test_opening(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 120, 24);
	is_text(viewer_row(&viewer, 0),
	        " spanfire  checkout.json · trace 010000 · 1 s · 66 spans · 2 services · 2 errors              ? help  : palette  q quit",
	        "the header says what is open");
	is_text(viewer_row(&viewer, 1), "  Flame   Table   Both   Sandwich   Tree   Timeline   Traces", "only the views that there are have a tab");
	is_text(viewer_row(&viewer, 4), " all 1 s", "the root is on top");
	is_text(viewer_row(&viewer, 5), " frontend POST /checkout 1 s", "and what it calls below");
	ok(viewer_shows(&viewer, "60 small"), "what is too small to see is counted");
	ok(viewer_shows(&viewer, "● checkout charge card"), "an error is marked");
	is_int(viewer.app->state.cursor, NODE_ALL, "the cursor is on the root");
	is_int(role_at(&viewer, "all 1 s"), ROLE_CURSOR, "and shown there");
	viewer_resize(&viewer, 46, 10);
	ok(strncmp(viewer_row(&viewer, 0), " spanfire  checkout.json · trace 010000", 38) == 0, "a narrow header keeps what matters");
	viewer_close(&viewer);
	viewer_open(&viewer, small_profile(), 100, 24);
	ok(viewer_shows(&viewer, "834 samples") && viewer_shows(&viewer, "405 stacks"), "a profile says what it holds");
	ok(viewer_shows(&viewer, "json::parse 59.9%"), "its boxes bear shares");
	viewer_close(&viewer);
	viewer_open(&viewer, empty_dataset(), 100, 24);
	ok(viewer_shows(&viewer, "all"), "a dataset of nothing can be shown");
	ok(viewer_shows(&viewer, "there is nothing to show"), "and says so");
	viewer_keys(&viewer, "j l Enter 2 j Enter 3 Tab Enter n e i y * 0 t Enter m Enter");
	viewer_close(&viewer);
}

static void
test_moving(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 120, 24);
	viewer_keys(&viewer, "j");
	is_text(viewer_cursor(&viewer), "frontend POST /checkout", "down goes to the child");
	viewer_keys(&viewer, "Down");
	is_text(viewer_cursor(&viewer), "checkout PlaceOrder", "of several to the widest");
	viewer_keys(&viewer, "h");
	is_text(viewer_cursor(&viewer), "frontend GET /cart", "left goes to the neighbour");
	viewer_keys(&viewer, "h");
	is_text(viewer_cursor(&viewer), "frontend GET /cart", "and no further");
	viewer_keys(&viewer, "k j");
	is_text(viewer_cursor(&viewer), "frontend GET /cart", "down leads back to where up came from");
	viewer_keys(&viewer, "j");
	ok(viewer_shows(&viewer, " 60 small ") && viewer_shows(&viewer, "total 120 ms"), "a gathered box is described");
	viewer_keys(&viewer, "G");
	is_text(viewer_cursor(&viewer), "checkout send mail", "G goes to the last row");
	viewer_keys(&viewer, "g");
	is_int(viewer.app->state.cursor, NODE_ALL, "g to the first");
	viewer_keys(&viewer, "j j End");
	is_text(viewer_cursor(&viewer), "checkout PlaceOrder", "End goes to the end of the row");
	viewer_keys(&viewer, "Home");
	is_text(viewer_cursor(&viewer), "frontend GET /cart", "Home to its beginning");
	viewer_keys(&viewer, "V");
	is_text(viewer_row(&viewer, 20), " all 1 s", "upside down the root is at the bottom");
	viewer_keys(&viewer, "j");
	is_text(viewer_cursor(&viewer), "frontend POST /checkout", "and down leads to the parent");
	viewer_keys(&viewer, "k");
	is_text(viewer_cursor(&viewer), "frontend GET /cart", "up to the child");
	viewer_close(&viewer);
}

static void
test_detached(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, checkout_trace(), 120, 24);
	ok(viewer_find(&viewer, "↑checkout ship order", &col, &row), "a box that is not right under its parent bears an arrow");
	click_on(&viewer, "checkout ship order", 1);
	viewer_find(&viewer, "checkout PlaceOrder", &col, &row);
	const struct cell *cell = grid_cell(&viewer.grid, col, row);
	ok(cell->style.bg.role == ROLE_SAME && (cell->style.attrs & ATTR_UNDERLINE), "while it is the cursor its parent is marked");
	viewer_keys(&viewer, "k");
	is_text(viewer_cursor(&viewer), "checkout charge card", "up goes to what is drawn above");
	viewer_keys(&viewer, "k");
	is_text(viewer_cursor(&viewer), "checkout PlaceOrder", "and on");
	viewer_close(&viewer);
}

static void
test_going_in(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 120, 24);
	viewer_keys(&viewer, "j j Enter");
	ok(viewer_shows(&viewer, "focus checkout PlaceOrder ✕"), "the focus is a pill");
	is_int(role_at(&viewer, "frontend POST"), ROLE_ANCESTOR, "its ancestors stay, dimmed");
	int above_col, above_row;
	viewer_find(&viewer, "frontend POST", &above_col, &above_row);
	struct paint above = grid_cell(&viewer.grid, above_col, above_row - 1)->style.bg, under = grid_cell(&viewer.grid, above_col, above_row)->style.bg;
	ok(above.role == ROLE_ANCESTOR && above.shade != under.shade, "each told apart from the next");
	ok(!viewer_shows(&viewer, "GET /cart"), "what is beside it goes");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "already in"), "one can go in once");
	viewer_keys(&viewer, "j j j");
	is_text(viewer_cursor(&viewer), "checkout send mail", "down to what is drawn below");
	viewer_keys(&viewer, "Backspace");
	ok(!viewer_shows(&viewer, "✕") && viewer_shows(&viewer, "GET /cart"), "Backspace goes back");
	viewer_keys(&viewer, "U");
	ok(viewer_shows(&viewer, "focus checkout PlaceOrder"), "U forward");
	viewer_keys(&viewer, "u");
	viewer_mouse(&viewer, MOUSE_PRESS, 60, 6, 1, 0);
	viewer_mouse(&viewer, MOUSE_DRAG, 60, 5, 0, 0);
	viewer_mouse(&viewer, MOUSE_RELEASE, 60, 5, 0, 0);
	viewer_mouse(&viewer, MOUSE_WHEEL_DOWN, 60, 5, 0, 0);
	viewer_keys(&viewer, "U");
	ok(viewer_shows(&viewer, "focus checkout PlaceOrder"), "also after scrolling, which is no step");
	viewer_keys(&viewer, "0");
	ok(!viewer_shows(&viewer, "focus") && viewer_shows(&viewer, "GET /cart"), "0 to the whole");
	viewer_keys(&viewer, "g j j h j Enter");
	ok(!viewer_shows(&viewer, "60 small") && viewer_shows(&viewer, "total 2 ms"), "a gathered box falls apart when one goes in");
	ok(viewer_shows(&viewer, "zoom 4.2×"), "the viewport went there");
	viewer_keys(&viewer, "u");
	ok(viewer_shows(&viewer, "60 small"), "and comes back");
	viewer_keys(&viewer, "0 g + + -");
	ok(viewer_shows(&viewer, "zoom 2.0×"), "+ and - zoom");
	double from = viewer.app->state.from;
	viewer_keys(&viewer, "L");
	ok(viewer.app->state.from > from, "L pans to the right");
	viewer_keys(&viewer, "H");
	ok(viewer.app->state.from == from, "H back");
	viewer_keys(&viewer, "- - -");
	ok(viewer_shows(&viewer, "this is everything") && !viewer_shows(&viewer, "zoom 2"), "zooming out stops at the whole");
	viewer_close(&viewer);
}

static void
test_search(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 120, 24);
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "order");
	ok(viewer_shows(&viewer, "/order  2 frames · 2 boxes · "), "a search shows while it is typed");
	is_int(role_at(&viewer, "frontend POST"), ROLE_UNMATCHED, "what does not match is grey");
	is_int(role_at(&viewer, "checkout ship order"), ROLE_BOX, "what matches is not");
	viewer_keys(&viewer, "Esc");
	ok(!viewer_shows(&viewer, "/order"), "Esc takes the typing back");
	viewer_keys(&viewer, "/ Up");
	ok(!viewer_shows(&viewer, "/order  2"), "what was taken back is not remembered");
	viewer_type(&viewer, "Order");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "/Order  1 frame · 1 box · "), "upper case counts when it is typed");
	viewer_keys(&viewer, "n");
	is_text(viewer_cursor(&viewer), "checkout PlaceOrder", "n goes to the match");
	viewer_keys(&viewer, "Esc");
	ok(!viewer_shows(&viewer, "/Order"), "Esc clears the search");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "select");
	viewer_keys(&viewer, "Enter n");
	ok(strcmp(viewer_cursor(&viewer), "checkout SELECT item") == 0 && viewer_shows(&viewer, "zoom"), "n goes to what is too small to see");
	node_id first = viewer.app->state.cursor;
	viewer_keys(&viewer, "n");
	ok(viewer.app->state.cursor == first + 1, "then to the next");
	viewer_keys(&viewer, "N N");
	ok(viewer.app->state.cursor == first + 59, "N goes the other way, round the end");
	viewer_keys(&viewer, "Esc /");
	viewer_type(&viewer, "(");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "nothing matches ("), "no expression: searched as text");
	ok(viewer_shows(&viewer, "/(  as text  nothing ✕"), "which the pill says too");
	viewer_keys(&viewer, "Esc 0 g j *");
	ok(viewer_shows(&viewer, "1 frame · 1 box · 100.0%"), "* searches for the name under the cursor");
	viewer_close(&viewer);
}

static void
test_errors(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 120, 24);
	viewer_keys(&viewer, "e");
	ok(viewer_shows(&viewer, "● error") && strcmp(viewer_cursor(&viewer), "checkout SELECT item") == 0, "e goes to the first error");
	viewer_keys(&viewer, "e");
	is_text(viewer_cursor(&viewer), "checkout charge card", "then to the next");
	viewer_keys(&viewer, "e E");
	is_text(viewer_cursor(&viewer), "checkout charge card", "E goes back");
	viewer_keys(&viewer, "M e");
	is_text(viewer_cursor(&viewer), "checkout SELECT item", "merged boxes have those of their spans");
	viewer_close(&viewer);
}

static void
test_same_name(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 120, 24);
	viewer_keys(&viewer, "j j j");
	int due = app_next_tick_ms(viewer.app, viewer.now);
	ok(due > 0 && due <= 80, "a tick is due soon");
	is_int(role_at(&viewer, "json::parse 24.0%"), ROLE_BOX, "the other box of the name is as before");
	viewer_wait(&viewer, 80);
	is_int(role_at(&viewer, "json::parse 24.0%"), ROLE_SAME, "and highlighted when the keys rest");
	ok(viewer_shows(&viewer, "everywhere ×2  total 500 samples 59.9%  self 500"), "with what they come to, recursion once");
	is_int(app_next_tick_ms(viewer.app, viewer.now), -1, "then nothing more is due");
	viewer_keys(&viewer, "C");
	ok(viewer_shows(&viewer, "colours by name"), "a message");
	viewer_wait(&viewer, 2000);
	ok(viewer_shows(&viewer, "colours by name"), "stays");
	viewer_wait(&viewer, 1000);
	ok(!viewer_shows(&viewer, "colours by name"), "for three seconds");
	viewer_close(&viewer);
	viewer_open(&viewer, small_profile(), 80, 24);
	viewer_keys(&viewer, "j j j");
	viewer_wait(&viewer, 80);
	ok(viewer_shows(&viewer, "×2 59.9%"), "on a narrow screen their share");
	viewer_close(&viewer);
}

/* Equal boxes that touch are told apart while they are highlighted, too. */
static void
test_same_neighbours(void)
{
	struct sink *sink = sink_new(STR("loop.json"));
	struct viewer viewer;
	int shades[2] = { 0, 0 }, others = 0;

	sink_group_open(sink);
	sink_group_service(sink, STR("db"));
	add_span(sink, 1, 1, 0, "loop", 1000, 12000, false);
	for (int i = 0; i < 11; i++)
		add_span(sink, 1, 2 + (uint64_t)i, 1, "SELECT", 1000 * (i + 1), 1000 * (i + 2), false);
	sink_group_close(sink);
	viewer_open(&viewer, seal(sink), 120, 24);
	viewer_keys(&viewer, "j j");
	viewer_wait(&viewer, 100);
	int col, row;
	viewer_find(&viewer, "db SELECT", &col, &row);
	for (int i = 1; i < 11; i++) {
		struct paint box = grid_cell(&viewer.grid, 120 * (2 * i + 1) / 22, row)->style.bg, next = grid_cell(&viewer.grid, 120 * (2 * i - 1) / 22, row)->style.bg;
		if (box.role == ROLE_SAME)
			shades[box.shade & 1]++;
		others += paint_equal(box, next);
	}
	ok(shades[0] >= 4 && shades[1] >= 4, "boxes of one name alternate in shade (%d, %d)", shades[0], shades[1]);
	is_int(others, 0, "so that none is like its neighbour");
	viewer_close(&viewer);
}

/* The wheel works while one types, and where it led one stays. */
static void
test_typing(void)
{
	struct viewer viewer;
	struct view_state before;

	viewer_open(&viewer, small_profile(), 100, 12);
	viewer_keys(&viewer, "2 /");
	viewer_type(&viewer, "tiny");
	viewer_mouse(&viewer, MOUSE_WHEEL_DOWN, 10, 6, 0, 0);
	is_int(viewer.app->state.table_top, 3, "the wheel scrolls while a search is typed");
	viewer_type(&viewer, "_0");
	ok(viewer_shows(&viewer, "/tiny_0  1 frame") || viewer_shows(&viewer, "/tiny_0  100 frames"), "which goes on");
	before = viewer.app->state;
	viewer_keys(&viewer, "Esc");
	ok(viewer.app->state.search == STR_EMPTY && viewer.app->state.table_top == before.table_top, "given up, only what was typed is taken back");
	viewer_keys(&viewer, "1 /");
	viewer_type(&viewer, "serve");
	viewer_mouse(&viewer, MOUSE_WHEEL_UP, 10, 6, 0, MOD_CTRL);
	ok(viewer_shows(&viewer, "zoom 1.2×") && viewer_shows(&viewer, "/serve"), "and zooms");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "zoom 1.2×") && viewer_shows(&viewer, "/serve"), "both stay");
	viewer_keys(&viewer, "u");
	ok(viewer_shows(&viewer, "zoom 1.2×") && viewer.app->state.search == STR_EMPTY, "the search is the last step");
	viewer_keys(&viewer, "u");
	ok(!viewer_shows(&viewer, "zoom") && viewer.app->state.search == STR_EMPTY, "the zoom the one before, without it");
	viewer_close(&viewer);
}

/* What a file lists without a weight is no function that is counted, as in `info`. */
static void
test_counted(void)
{
	struct viewer viewer;
	struct sink *sink = sink_new(STR("cpu.folded"));

	sink_sample_type(sink, STR("samples"), STR("samples"));
	sink_sample_type(sink, STR("space"), STR("bytes"));
	stack_id root = add_frame(sink, ID_NONE, "main");
	add_sample(sink, add_frame(sink, root, "busy"), 5, 0);
	add_sample(sink, add_frame(sink, root, "heavy"), 0, 4096);
	add_sample(sink, add_frame(sink, add_frame(sink, root, "listed"), "only"), 0, 0);
	viewer_open(&viewer, seal(sink), 120, 12);
	ok(viewer_shows(&viewer, "3 stacks · 3 functions"), "functions are those that carry weight");
	viewer_close(&viewer);
}

static void
test_table(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 100, 20);
	viewer_keys(&viewer, "2");
	ok(strstr(viewer_row(&viewer, 2), "symbol") && strstr(viewer_row(&viewer, 2), "▾ self"), "the table is sorted by self");
	ok(strstr(viewer_row(&viewer, 3), "json::parse") && strstr(viewer_row(&viewer, 3), "59.9%"), "totals count recursion once");
	viewer_keys(&viewer, ">");
	ok(strstr(viewer_row(&viewer, 2), "▾ total") && strstr(viewer_row(&viewer, 3), "main"), "> sorts by the next column");
	viewer_keys(&viewer, "r");
	ok(strstr(viewer_row(&viewer, 2), "▴ total"), "r turns the order round");
	click_on(&viewer, "symbol", 1);
	ok(strstr(viewer_row(&viewer, 2), "▴ symbol"), "a click on a header sorts");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "serve");
	viewer_keys(&viewer, "Enter n");
	ok(viewer_shows(&viewer, "total 634 samples"), "n goes to the next row that matches");
	viewer_keys(&viewer, "Enter");
	is_int(viewer.app->state.view, VIEW_FLAME, "Enter goes to the graph");
	is_text(viewer_cursor(&viewer), "server::serve", "to the frame");
	viewer_keys(&viewer, "u");
	is_int(viewer.app->state.view, VIEW_TABLE, "and back leads to the table");
	viewer_keys(&viewer, "U");
	is_text(viewer_cursor(&viewer), "server::serve", "forward to the frame again");
	viewer_keys(&viewer, "u /");
	viewer_type(&viewer, "tiny_398");
	viewer_keys(&viewer, "Enter n Enter");
	ok(viewer_shows(&viewer, "zoom ") && strcmp(viewer_cursor(&viewer), "tiny_398") == 0, "to one that is too small to be seen, too");
	viewer_keys(&viewer, "u");
	is_int(viewer.app->state.view, VIEW_TABLE, "and back in one step");
	viewer_keys(&viewer, "Esc G");
	ok(viewer.app->state.table_row == 404 && viewer.app->state.table_top > 380, "to the last of many rows");
	viewer_mouse(&viewer, MOUSE_WHEEL_UP, 10, 10, 0, 0);
	ok(viewer.app->state.table_row < 404, "the wheel scrolls");
	viewer_mouse(&viewer, MOUSE_PRESS, 10, 5, 1, 0);
	is_int(viewer.app->state.table_row, viewer.app->state.table_top + 2, "a click chooses a row");
	viewer_close(&viewer);
}

static void
test_both(void)
{
	struct viewer viewer;
	int table_col, table_row, flame_col, flame_row;

	viewer_open(&viewer, small_profile(), 140, 24);
	viewer_keys(&viewer, "]");
	viewer_keys(&viewer, "]");
	is_int(viewer.app->state.view, VIEW_BOTH, "] goes to the next view");
	ok(viewer_find(&viewer, "symbol", &table_col, &table_row) && viewer_find(&viewer, "all 100.0%", &flame_col, &flame_row) &&
	   flame_col > table_col, "side by side where it is wide");
	viewer_keys(&viewer, "j Tab j");
	ok(viewer.app->state.table_row == 1 && strcmp(viewer_cursor(&viewer), "main") == 0, "Tab gives the keys to the other pane");
	viewer_keys(&viewer, "Enter");
	ok(app_pane(viewer.app) == PANE_FLAME && strcmp(viewer_cursor(&viewer), "日本語::関数") == 0, "Enter goes to the frame");
	viewer_resize(&viewer, 80, 24);
	ok(viewer_find(&viewer, "symbol", &table_col, &table_row) && viewer_find(&viewer, "all 100.0%", &flame_col, &flame_row) &&
	   flame_row > table_row, "one below the other where it is narrow");
	viewer_keys(&viewer, "[ [");
	is_int(viewer.app->state.view, VIEW_FLAME, "[ goes to the view before");
	viewer_keys(&viewer, "8");
	is_int(viewer.app->state.view, VIEW_FLAME, "the key of a view that is not there does nothing");
	viewer_close(&viewer);
}

static void
test_selection(void)
{
	struct viewer viewer;

	viewer_open(&viewer, three_traces(), 160, 30);
	viewer_keys(&viewer, "1");
	ok(viewer_shows(&viewer, "3 traces") && !viewer.app->scene->tree->timed, "several traces are merged");
	viewer_keys(&viewer, "t");
	viewer_type(&viewer, "020000");
	ok(viewer_shows(&viewer, "trace 020000 api GET /") && viewer_shows(&viewer, "● 1 error") && !viewer_shows(&viewer, "trace 030000"),
	   "the picker narrows to what is typed");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "track trace 020000") && viewer.app->scene->tree->timed, "one trace is shown in time order");
	viewer_keys(&viewer, "M");
	ok(!viewer.app->scene->tree->timed && viewer_shows(&viewer, "merged ✕"), "M merges it");
	viewer_keys(&viewer, "o");
	ok(viewer_shows(&viewer, "order alphabetical ✕"), "o changes the order");
	viewer_keys(&viewer, "m");
	viewer_type(&viewer, "count");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "metric count ✕"), "m the metric");
	viewer_keys(&viewer, "u u");
	ok(viewer_shows(&viewer, "merged ✕") && !viewer_shows(&viewer, "metric count") && !viewer_shows(&viewer, "order alpha"), "back by steps");
	viewer_resize(&viewer, 70, 30);
	viewer_keys(&viewer, "U U /");
	viewer_type(&viewer, "query");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "  +"), "pills that have no room are counted");
	click_on(&viewer, "+", 1);
	ok(viewer_shows(&viewer, "take back") && viewer_shows(&viewer, "metric count"), "and listed on a click");
	viewer_keys(&viewer, "Esc");
	viewer_resize(&viewer, 200, 30);
	click_on(&viewer, "metric count ✕", 1);
	ok(!viewer_shows(&viewer, "metric count"), "a click on a pill takes it back");
	click_on(&viewer, "track trace", 1);
	ok(viewer_shows(&viewer, "3 traces"), "also the track");
	viewer_close(&viewer);
}

static void
test_mouse(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, checkout_trace(), 120, 24);
	click_on(&viewer, "checkout PlaceOrder", 1);
	is_text(viewer_cursor(&viewer), "checkout PlaceOrder", "a click selects");
	click_on(&viewer, "checkout PlaceOrder", 2);
	ok(viewer_shows(&viewer, "focus checkout PlaceOrder"), "a double click goes in");
	click_on(&viewer, "focus checkout", 1);
	ok(!viewer_shows(&viewer, "focus checkout"), "a click on the pill leaves");
	viewer_find(&viewer, "frontend GET /cart", &col, &row);
	viewer_mouse(&viewer, MOUSE_MOVE, col + 5, row, 0, 0);
	ok(viewer_shows(&viewer, "total 290 ms 29.0%") && viewer_shows(&viewer, "self 170 ms 17.0%"), "hovering tells what is there");
	ok(strstr(viewer_row(&viewer, row), "frontend GET /cart 290 ms"), "beside the box, not over it");
	viewer_mouse(&viewer, MOUSE_MOVE, 119, 22, 0, 0);
	ok(!viewer_shows(&viewer, "self 170 ms 17.0%"), "and goes when the pointer does");
	viewer_find(&viewer, "checkout send mail", NULL, NULL);
	viewer_mouse(&viewer, MOUSE_WHEEL_UP, 60, 4, 0, MOD_CTRL);
	ok(viewer_shows(&viewer, "zoom 1.2×"), "Ctrl and the wheel zoom");
	ok(viewer.app->state.from > 0 && viewer.app->state.to < 1e9, "around the pointer");
	double from = viewer.app->state.from;
	viewer_mouse(&viewer, MOUSE_PRESS, 60, 6, 1, 0);
	viewer_mouse(&viewer, MOUSE_DRAG, 50, 6, 0, 0);
	viewer_mouse(&viewer, MOUSE_RELEASE, 50, 6, 0, 0);
	ok(viewer.app->state.from > from, "a drag shifts the picture");
	viewer_mouse(&viewer, MOUSE_PRESS, 1, 2, 1, 0);
	viewer_mouse(&viewer, MOUSE_RELEASE, 1, 2, 0, 0);
	ok(viewer.app->state.from == 0, "a click on the minimap goes there");
	viewer_mouse(&viewer, MOUSE_WHEEL_DOWN, 1, 2, 0, 0);
	ok(!viewer_shows(&viewer, "zoom 1"), "the wheel over it zooms");
	click_on(&viewer, "Table", 1);
	is_int(viewer.app->state.view, VIEW_TABLE, "a click on a tab");
	click_on(&viewer, "? help", 1);
	ok(viewer_shows(&viewer, "Move to what is drawn above"), "a click on a key of the header");
	viewer_mouse(&viewer, MOUSE_PRESS, 0, 0, 1, 0);
	ok(!viewer_shows(&viewer, "Move to what is drawn above"), "a click beside a popup closes it");
	viewer_keys(&viewer, "F2");
	ok((viewer.update & UPDATE_MOUSE) && !app_wants_mouse(viewer.app), "F2 leaves the mouse to the terminal");
	click_on(&viewer, "Flame", 1);
	is_int(viewer.app->state.view, VIEW_TABLE, "then clicks do nothing");
	viewer_close(&viewer);
}

int
main(void)
{
	test_opening();
	test_moving();
	test_detached();
	test_going_in();
	test_search();
	test_errors();
	test_same_name();
	test_same_neighbours();
	test_typing();
	test_counted();
	test_table();
	test_both();
	test_selection();
	test_mouse();
	return done();
}

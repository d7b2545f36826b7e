/* SPDX-License-Identifier: MIT
 * Small screens: 40 columns by 10 rows are enough for everything, with fewer it is said. */
#include "config.h"

#include "tests/unit/viewer_test.h"

/* Keys from the same picture, and what must then be on the screen. */
static const struct { const char *keys, *type, *want; } uses[] = {
	{ "j",         "",         "total 834 samples" },
	{ "j j Enter", "",         "focus" },
	{ ".",         "",         "> recursion" },
	{ "j .",       "",         "> go-in" },
	{ "j .",       "",         "here  main" },
	{ "t",         "",         "> all tracks" },
	{ "m",         "",         "samples" },
	{ ":",         "metric",   "metric space" },
	{ ":",         "hide x",   "> hide x" },
	{ "?",         "",         "esc close" },
	{ "w",         "",         "> folded" },
	{ "w Enter",   "",         "folded of everything" },
	{ "/",         "json",     "2 boxes" },
	{ "Alt-x",     "json",     "1 frame, 2 boxes" },
	{ "Alt-x",     "json[",    "missing terminating ]" },
	{ "S",         "json",     "1 frame, 2 boxes" },
	{ "2",         "",         "symbol" },
	{ "2",         "",         "json::parse" },
	{ "3",         "",         "main" },
	{ "j j s",     "",         "sandwi" },
	{ "5",         "",         "main" },
	{ "j x d",     "",         "> hide main" },
	{ "c",         "",         "json" },
};

static void
test_enough(void)
{
	for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
		struct viewer viewer;
		viewer_open(&viewer, small_profile(), 40, 10);
		viewer_keys(&viewer, uses[i].keys);
		viewer_type(&viewer, uses[i].type);
		if (!ok(viewer_shows(&viewer, uses[i].want), "40x10: %s %s: %s", uses[i].keys, uses[i].type, uses[i].want))
			viewer_dump(&viewer);
		viewer_close(&viewer);
	}
}

static void
test_long_name(void)
{
	struct sink *sink = sink_new(STR("x.folded"));
	struct viewer viewer;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	add_sample(sink, add_frame(sink, ID_NONE, "a_name_that_would_fill_all_of_the_line_by_itself"), 23273, 0);
	viewer_open(&viewer, seal(sink), 40, 10);
	viewer_keys(&viewer, "j");
	ok(viewer_shows(&viewer, "a_name") && viewer_shows(&viewer, "total 23,273 samples"), "a long name leaves room for its total");
	viewer_close(&viewer);
}

static void
test_search_pill(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 70, 24);
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "json|a_very_long_expression_indeed");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "1 frame · 2 boxes · 59.9% ✕"), "a long expression leaves room for what it finds");
	viewer_close(&viewer);
}

/* What is said is said to its end, in the rows above where one is not enough. */
static void
test_long_message(void)
{
	static const struct { const char *text, *rows[3]; } says[] = {
		{ "copied 14 bytes", { " copied 14 bytes" } },
		{ "copied 14 bytes, also to /run/user/1000/spanfire-copy-abcdef: main",
		  { " copied 14 bytes, also to", " /run/user/1000/spanfire-copy-abcdef:", " main" } },
		{ "not written: /a/folder/with/a/name/that/leaves/no/blank/to/break/at",
		  { " not written: /a/folder/with/a/name/that", " /leaves/no/blank/to/break/at" } },
	};
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 40, 10);
	for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
		int count = 0;
		while (count < 3 && says[i].rows[count])
			count++;
		app_message(viewer.app, says[i].text, viewer.now);
		viewer_draw(&viewer);
		for (int row = 0; row < count; row++)
			is_text(viewer_row(&viewer, 10 - count + row), says[i].rows[row], "a row of a message");
	}
	viewer_wait(&viewer, 3000);
	ok(viewer_shows(&viewer, "total 834 samples") && viewer_shows(&viewer, "help"), "then the picture is there again");
	viewer_close(&viewer);
}

static struct dataset *
weightless(double other)
{
	struct sink *sink = sink_new(STR("zero.folded"));

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id root = add_frame(sink, ID_NONE, "main");
	add_sample(sink, add_frame(sink, root, "idle"), 0, 0);
	add_sample(sink, add_frame(sink, root, "busy"), other, 0);
	return seal(sink);
}

/* A picture without boxes says why, and what weighs nothing is said to have no box. */
static void
test_weightless(void)
{
	struct viewer viewer;

	viewer_open(&viewer, weightless(0), 40, 10);
	ok(viewer_shows(&viewer, " all weights are 0: m metric, 5 frames"), "40x10: nothing has a weight");
	viewer_keys(&viewer, "5 ;");
	ok(viewer_shows(&viewer, "idle"), "the call tree has the frames");
	viewer_close(&viewer);
	viewer_open(&viewer, weightless(5), 40, 10);
	ok(!viewer_shows(&viewer, "weights") && viewer_shows(&viewer, "busy 100.0%"), "where something has, it is drawn");
	viewer_keys(&viewer, "2 G Enter");
	ok(viewer.app->state.view == VIEW_TABLE && viewer_shows(&viewer, "it has no width"), "a row of the table without weight has no box to go to");
	viewer_keys(&viewer, "s");
	ok(viewer_shows(&viewer, " it weighs nothing here: u goes back"), "nor has it a sandwich");
	viewer_keys(&viewer, "u 1 Alt-X");
	viewer_type(&viewer, "idle");
	viewer_keys(&viewer, "Enter");
	viewer_wait(&viewer, 5000);
	ok(viewer_shows(&viewer, " nothing is left: d lists why"), "filters that leave nothing are told of as long as they do");
	viewer_close(&viewer);
}

static void
test_too_small(void)
{
	static const struct { int cols, rows; const char *want; } sizes[] = {
		{ 40, 9, "40x9 is too small: 40x10 at least" }, { 39, 10, "39x10 is too small: 40x10 at least" }, { 20, 5, "needs 40x10" },
		{ 10, 10, "40x10" }, { 80, 1, "80x1 is too small: 40x10 at least" }, { 5, 2, "40x10" }, { 3, 3, "40x" }, { 1, 1, "4" },
	};
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 40, 10);
	ok(!viewer_shows(&viewer, "too small"), "40x10 is not too small");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		viewer_resize(&viewer, sizes[i].cols, sizes[i].rows);
		ok(viewer_shows(&viewer, sizes[i].want) && !viewer_shows(&viewer, "main"), "%dx%d says so, and nothing else", sizes[i].cols, sizes[i].rows);
	}
	viewer_resize(&viewer, 39, 9);
	ok(viewer_shows(&viewer, "q leaves"), "with the way out");
	viewer_resize(&viewer, 40, 10);
	ok(!viewer_shows(&viewer, "too small") && viewer_shows(&viewer, "spanfire"), "back at 40x10 all is well");
	viewer_close(&viewer);
}

/* A function with two hundred callees too narrow to be seen. */
static struct dataset *
crumbs(void)
{
	struct sink *sink = sink_new(STR("x.folded"));
	char name[300];

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id top = add_frame(sink, ID_NONE, "top");
	add_sample(sink, add_frame(sink, top, "wide"), 20000, 0);
	for (int i = 0; i < 200; i++) {
		snprintf(name, sizeof name, "crumb_%0250d", i);
		add_sample(sink, add_frame(sink, top, name), 40, 0);
	}
	return seal(sink);
}

/* The first column of a text in a row of the screen. */
static int
column_of(struct viewer *viewer, int row, const char *text)
{
	for (int col = 0; col < viewer->grid.cols; col++) {
		size_t at = 0;
		for (int i = col; text[at] && i < viewer->grid.cols && grid_cell(&viewer->grid, i, row)->text[0] == text[at]; i++)
			at++;
		if (!text[at])
			return col;
	}
	return -1;
}

static void
click(struct viewer *viewer, int col, int row, int clicks)
{
	viewer_mouse(viewer, MOUSE_PRESS, col, row, clicks, 0);
	viewer_mouse(viewer, MOUSE_RELEASE, col, row, 0, 0);
}

static void
test_gathered(void)
{
	struct viewer viewer;
	int row = 0, col = -1;

	viewer_open(&viewer, crumbs(), 100, 24);
	ok(viewer_shows(&viewer, "200 small 28.6%"), "a gathered box says how many and how much");
	while (row < 23 && col < 0)
		col = column_of(&viewer, ++row, "200 small");
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	viewer_mouse(&viewer, MOUSE_DRAG, col - 4, row, 0, 0);
	viewer_mouse(&viewer, MOUSE_DRAG, col, row, 0, 0);
	viewer_mouse(&viewer, MOUSE_RELEASE, col, row, 0, 0);
	ok(viewer_shows(&viewer, "200 small") && !viewer_shows(&viewer, "zoom"), "a drag from it pans, and opens nothing");
	click(&viewer, col, row, 1);
	ok(viewer_shows(&viewer, "zoom 3.5×"), "a click opens it");
	node_id cursor = viewer.app->state.cursor;
	click(&viewer, col, row, 2);
	ok(viewer_shows(&viewer, "zoom 3.5×") && viewer.app->state.cursor != cursor, "and the second of two quick ones only chooses");
	viewer_close(&viewer);
}

static struct dataset *
many_crumbs(void)
{
	struct sink *sink = sink_new(STR("crumbs.folded"));

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id root = add_frame(sink, ID_NONE, "main");
	add_sample(sink, add_frame(sink, root, "big"), 9000, 0);
	for (int i = 0; i < 6000; i++) {
		char name[16];
		snprintf(name, sizeof name, "crumb%d", i);
		add_sample(sink, add_frame(sink, root, name), 1, 0);
	}
	return seal(sink);
}

/* What is opened falls apart, also where all that is seen is one gathered box. */
static void
test_many_gathered(void)
{
	struct viewer viewer;
	int col = 0, row = 0;

	viewer_open(&viewer, many_crumbs(), 80, 24);
	viewer_keys(&viewer, "j j Right");
	ok(viewer_shows(&viewer, " 6,000 small  total 6,000 samples 40.0%  first crumb0"), "six thousand in a gathered box");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, " 6,000 small 40.0%"), "are too many to fall apart at once");
	viewer_find(&viewer, " 6,000 small 40.0%", &col, &row);
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, " crumb0  total 1 sample") && flame_gathered(viewer.app, viewer.app->state.cursor) == 1, "Enter goes on to the first of them");
	viewer_keys(&viewer, "u");
	click(&viewer, 40, row, 1);
	ok(flame_gathered(viewer.app, viewer.app->state.cursor) == 1, "a click");
	node_id node = viewer.app->state.cursor;
	ok(node > 2900 && node < 3100, "to those under the pointer (%u)", node);
	viewer_keys(&viewer, "u .");
	ok(viewer_shows(&viewer, ", one of 6,000 small"), "the menu says that it is about one of many");
	viewer_close(&viewer);
}

static void
test_narrow_gathered(void)
{
	struct sink *sink = sink_new(STR("crumbs.folded"));
	struct viewer viewer;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id root = add_frame(sink, ID_NONE, "main");
	add_sample(sink, add_frame(sink, root, "big"), 9000, 0);
	for (int i = 0; i < 1200; i++) {
		char name[16];
		snprintf(name, sizeof name, "crumb%d", i);
		add_sample(sink, add_frame(sink, root, name), 1, 0);
	}
	viewer_open(&viewer, seal(sink), 80, 24);
	ok(viewer_shows(&viewer, "1,200") && !viewer_shows(&viewer, "1,200 s"), "in little room it says how many");
	viewer_resize(&viewer, 40, 10);
	ok(!viewer_shows(&viewer, "1,2"), "but no part of that");
	viewer_close(&viewer);
}

/* The pointer goes to the first box whose name begins so. */
static void
point_at(struct viewer *viewer, const char *name)
{
	int row = 2;

	while (row < viewer->grid.rows && column_of(viewer, row, name) < 0)
		row++;
	viewer_mouse(viewer, MOUSE_MOVE, 2, row, 0, 0);
}

static void
test_tooltip(void)
{
	struct viewer viewer;

	viewer_open(&viewer, crumbs(), 100, 24);
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "crumb_0*7$");
	viewer_keys(&viewer, "Enter n Enter");
	point_at(&viewer, "crumb_0");
	ok(viewer_shows(&viewer, "0000000000000007 ") && viewer_shows(&viewer, "self 40 samples"), "a long name is wrapped to its end");
	viewer_resize(&viewer, 40, 10);
	point_at(&viewer, "crumb_0");
	ok(viewer_shows(&viewer, "self 40 samples") && !viewer_shows(&viewer, "007"), "where there is no room it is cut, not the numbers");
	viewer_close(&viewer);
}

static void
test_stale(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 80, 24);
	viewer_keys(&viewer, "o");
	ok(viewer_shows(&viewer, "in alphabetical order"), "o says what it did");
	viewer_keys(&viewer, "j");
	ok(viewer_shows(&viewer, "in alphabetical order"), "it stays while one moves");
	viewer_keys(&viewer, "V");
	ok(!viewer_shows(&viewer, "in alphabetical order"), "and not when something else was done");
	viewer_close(&viewer);
}

/* What is open stays open and fits, whatever the screen becomes. */
static void
test_resized(void)
{
	static const char *const opens[] = { ".", "t", ":", "?", "w", "/", "j i", "Alt-x", "j x d" };
	static const struct { int cols, rows; } sizes[] = { { 40, 10 }, { 1, 1 }, { 200, 3 }, { 2, 50 }, { 13, 7 }, { 80, 24 } };

	for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
		struct viewer viewer;
		viewer_open(&viewer, small_profile(), 80, 24);
		viewer_keys(&viewer, opens[i]);
		const struct popup_ops *popup = viewer.app->popup.ops;
		enum prompt_kind prompt = viewer.app->prompt.kind;
		bool stays = true;
		for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
			viewer_resize(&viewer, sizes[s].cols, sizes[s].rows);
			viewer_keys(&viewer, "Down Up");
			viewer_mouse(&viewer, MOUSE_MOVE, sizes[s].cols / 2, sizes[s].rows / 2, 0, 0);
			stays &= viewer.app->popup.ops == popup && viewer.app->prompt.kind == prompt;
		}
		ok(stays, "%s: it stays open while the screen changes", opens[i]);
		viewer_close(&viewer);
	}
}

/* A match without weight has no box to go to, but a row. */
static void
test_without_weight(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 120, 24);
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "tiny_007");
	viewer_keys(&viewer, "Enter n");
	ok(viewer_shows(&viewer, "/tiny_007  1 frame") && viewer_shows(&viewer, "what matches weighs nothing here"), "a match that weighs nothing is said to be one");
	viewer_keys(&viewer, "5 n");
	is_text(viewer_cursor(&viewer), "tiny_007", "the call tree goes to it");
	viewer_close(&viewer);
}

int
main(void)
{
	test_enough();
	test_long_name();
	test_search_pill();
	test_long_message();
	test_weightless();
	test_too_small();
	test_gathered();
	test_many_gathered();
	test_narrow_gathered();
	test_tooltip();
	test_stale();
	test_resized();
	test_without_weight();
	return done();
}

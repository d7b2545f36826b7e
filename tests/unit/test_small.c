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
		ok(viewer_shows(&viewer, sizes[i].want), "%dx%d says so", sizes[i].cols, sizes[i].rows);
	}
	viewer_resize(&viewer, 40, 10);
	ok(!viewer_shows(&viewer, "too small") && viewer_shows(&viewer, "spanfire"), "back at 40x10 all is well");
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

int
main(void)
{
	test_enough();
	test_long_name();
	test_search_pill();
	test_too_small();
	test_resized();
	return done();
}

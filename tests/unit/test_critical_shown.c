/* SPDX-License-Identifier: MIT
 * The critical path on the screen: marked, alone, and taken back. */
#include "config.h"

#include "tests/unit/viewer_test.h"

enum { COLS = 100, ROWS = 30 };

/* Cells of a row from a column on whose background is the path's. */
static int
painted(struct viewer *viewer, int row, int from)
{
	int count = 0;

	for (int col = from; col < viewer->grid.cols; col++)
		count += grid_cell(&viewer->grid, col, row)->style.bg.role == ROLE_CRITICAL;
	return count;
}

static bool
underlined(struct viewer *viewer, const char *text)
{
	int col, row;

	return viewer_find(viewer, text, &col, &row) && grid_cell(&viewer->grid, col, row)->style.attrs & ATTR_UNDERLINE;
}

static void
test_marks(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, checkout_trace(), COLS, ROWS);
	viewer_find(&viewer, "checkout PlaceOrder", &col, &row);
	is_int(painted(&viewer, row, 0), 0, "nothing is marked at first");
	viewer_keys(&viewer, "O");
	ok(viewer_shows(&viewer, "critical path ✕"), "O marks the critical path, and a pill says so");
	/* Of 1000 ms the 90 before the child that it awaits and the 80 after it. */
	is_int(painted(&viewer, row, 31), 17, "a box has the colour of the path where it is awaited for itself");
	ok(underlined(&viewer, "checkout PlaceOrder"), "names on the path are underlined");
	ok(!underlined(&viewer, "charge card"), "others are not");
	viewer_keys(&viewer, "O");
	ok(viewer_shows(&viewer, "critical path only ✕") && !viewer_shows(&viewer, "charge card"), "O again leaves nothing else");
	viewer_keys(&viewer, "M");
	ok(viewer_shows(&viewer, "PlaceOrder") && !viewer_shows(&viewer, "charge card"), "merged too");
	viewer_keys(&viewer, "M");
	if (ok(viewer_find(&viewer, "critical path only ✕", &col, &row), "the pill is there"))
		viewer_mouse(&viewer, MOUSE_PRESS, col + 19, row, 1, 0);
	ok(!viewer.app->state.critical && !viewer.app->state.recipe.spec.critical && viewer_shows(&viewer, "charge card"), "a click on it takes all back");
	viewer_close(&viewer);
}

static void
test_plain(void)
{
	struct app_options options = { .title = "x", .view = -1, .ascii = true, .mono = true };
	struct viewer viewer = { .now = 1 };
	int count = 0;

	viewer.app = app_new(&options, COLS, ROWS);
	grid_init(&viewer.grid, COLS, ROWS);
	app_loaded(viewer.app, checkout_trace(), NULL, 1);
	viewer_keys(&viewer, "O");
	for (int row = 0; row < ROWS; row++)
		count += painted(&viewer, row, 0);
	is_int(count, 0, "without colour nothing is painted");
	ok(underlined(&viewer, "checkout PlaceOrder"), "names are underlined");
	viewer_close(&viewer);
}

static void
test_profile(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), COLS, ROWS);
	viewer_keys(&viewer, "O");
	ok(viewer_shows(&viewer, "only traces have a critical path"), "a profile has none");
	viewer_close(&viewer);
}

int
main(void)
{
	test_marks();
	test_plain();
	test_profile();
	return done();
}

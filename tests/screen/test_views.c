/* SPDX-License-Identifier: MIT
 * The whole program on a terminal beside the viewer in memory: the same keys and clicks, and every cell the same with its colours. */
#include "config.h"

#include "tests/screen/harness.h"

#include "load/load.h"
#include "tests/unit/viewer_test.h"
#include "ui/pair.h"
#include "util/alloc.h"

struct pair_of_views {
	struct screen   *screen;
	struct viewer    twin;
	enum color_depth depth;
	int              colors;
};

static void
open_both(struct pair_of_views *both, const char *file, const char *term, const char *const *env, enum color_depth depth, int colors, int cols,
          int rows, bool light)
{
	const char *top = getenv("top_srcdir");
	char *path = xasprintf("%s/data/%s", top ? top : ".", file);
	const char *args[] = { "--theme", light ? "light" : "dark", path, NULL };
	struct screen_options options = { .term = term, .cols = cols, .rows = rows, .args = args, .env = env };
	struct app_options app_options = { .title = file, .version = PACKAGE_VERSION, .view = -1, .mono = depth == DEPTH_MONO, .light = light };
	struct error err = { 0 };
	struct dataset *ds = load_files(&args[2], 1, &(struct load_options){ 0 }, &err);

	*both = (struct pair_of_views){ .depth = depth, .colors = colors };
	both->screen = screen_start(&options);
	both->twin = (struct viewer){ .now = 1000, .app = app_new(&app_options, cols, rows) };
	grid_init(&both->twin.grid, cols, rows);
	app_loaded(both->twin.app, ds, &err, 1000);
	free(path);
}

static void
close_both(struct pair_of_views *both, const char *what)
{
	screen_key(both->screen, "Ctrl-c");
	is_int(screen_wait_exit(both->screen), 0, what);
	screen_free(both->screen);
	viewer_close(&both->twin);
}

static bool
same_cell(struct pair_of_views *both, int col, int row)
{
	const struct cell *want = grid_cell(&both->twin.grid, col, row);
	struct tint tint = tint_of(app_theme(both->twin.app), both->depth, both->colors, want->style);
	bool space = want->len == 1 && want->text[0] == ' ';
	struct screen_cell got;

	screen_cell(both->screen, col, row, &got);
	if (want->width == 0)
		return true;
	if (strlen(got.text) != want->len || memcmp(got.text, want->text, want->len) != 0)
		return false;
	if (got.reverse != ((tint.attrs & ATTR_REVERSE) != 0) || (!space && got.bold != ((tint.attrs & ATTR_BOLD) != 0)) ||
	    got.underline != ((tint.attrs & ATTR_UNDERLINE) != 0))
		return false;
	if (both->depth == DEPTH_MONO)
		return got.bg_default && got.fg_default;
	if (both->depth == DEPTH_24BIT)
		return got.bg == (uint32_t)tint.bg && (space || got.fg == (uint32_t)tint.fg);
	return got.bg_index == tint.bg && (space || got.fg_index == tint.fg);
}

/* Both have come to rest: every cell is the same. */
static void
compare(struct pair_of_views *both, const char *what)
{
	int wrong = 0, first_col = 0, first_row = 0;

	screen_settle(both->screen);
	viewer_wait(&both->twin, 100);
	for (int row = 0; row < both->twin.grid.rows; row++)
		for (int col = 0; col < both->twin.grid.cols; col++)
			if (!same_cell(both, col, row) && wrong++ == 0) {
				first_col = col;
				first_row = row;
			}
	if (!ok(wrong == 0, "%dx%d %s: every cell is the same", both->twin.grid.cols, both->twin.grid.rows, what)) {
		diag("%d cells differ, the first at %d,%d", wrong, first_col, first_row);
		diag("seen:   %s", screen_row(both->screen, first_row));
		diag("wanted: %s", viewer_row(&both->twin, first_row));
	}
}

static void
keys(struct pair_of_views *both, const char *names)
{
	screen_key(both->screen, names);
	viewer_keys(&both->twin, names);
	compare(both, names);
}

static void
type(struct pair_of_views *both, const char *text)
{
	screen_send(both->screen, text);
	viewer_type(&both->twin, text);
	compare(both, text);
}

static void
click(struct pair_of_views *both, const char *text, bool twice)
{
	int col, row;

	if (!ok(viewer_find(&both->twin, text, &col, &row), "%s is there to be clicked", text))
		return;
	if (twice)
		screen_double_click(both->screen, col, row);
	else
		screen_click(both->screen, col, row);
	for (int n = 1; n <= 1 + twice; n++) {
		viewer_mouse(&both->twin, MOUSE_PRESS, col, row, n, 0);
		viewer_mouse(&both->twin, MOUSE_RELEASE, col, row, 0, 0);
	}
	compare(both, text);
}

static void
resize(struct pair_of_views *both, int cols, int rows)
{
	screen_resize(both->screen, cols, rows);
	viewer_resize(&both->twin, cols, rows);
	compare(both, "after a resize");
}

static void
walk(struct pair_of_views *both)
{
	screen_wait(both->screen, "all 1.24 s");
	compare(both, "as opened");
	keys(both, "j j j");
	keys(both, "l");
	keys(both, "Enter");
	keys(both, "/");
	type(both, "payment");
	keys(both, "Enter n");
	keys(both, "Esc 0 V");
	keys(both, "j j V");
	keys(both, "2");
	keys(both, "> j j");
	keys(both, "3 Tab j");
	keys(both, "?");
	keys(both, "PageDown");
	keys(both, "Esc 1 m");
	keys(both, "Esc :");
	type(both, "order");
	keys(both, "Esc e i");
	keys(both, "Tab } j j");
	keys(both, "y");
	keys(both, "Esc + PageDown");
	keys(both, "Tab k i");
	keys(both, "Esc C");
	keys(both, "C");
	keys(both, "A");
	keys(both, "c");
	keys(both, "Esc .");
	keys(both, "Esc v");
	keys(both, "A a");
}

static void
test_sizes(void)
{
	static const struct { int cols, rows; } sizes[] = { { 80, 24 }, { 200, 50 }, { 40, 10 } };
	struct pair_of_views both;

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		open_both(&both, "checkout.json", "xterm-256color", NULL, DEPTH_256, 256, sizes[i].cols, sizes[i].rows, false);
		walk(&both);
		close_both(&both, "Ctrl-C ends it");
	}
	open_both(&both, "checkout.json", "xterm-256color", NULL, DEPTH_256, 256, 80, 24, false);
	screen_wait(both.screen, "all 1.24 s");
	keys(&both, "j j j Enter");
	resize(&both, 1, 1);
	keys(&both, "j");
	keys(&both, "k l h");
	resize(&both, 3, 2);
	resize(&both, 200, 50);
	resize(&both, 41, 11);
	resize(&both, 2, 60);
	resize(&both, 120, 1);
	resize(&both, 80, 24);
	close_both(&both, "after any size it ends well");
}

static void
test_mouse(void)
{
	struct pair_of_views both;
	int col, row;

	open_both(&both, "checkout.json", "xterm-256color", NULL, DEPTH_256, 256, 120, 36, false);
	screen_wait(both.screen, "all 1.24 s");
	compare(&both, "as opened");
	click(&both, "checkout PlaceOrder", false);
	click(&both, "payment Payment/Charge", true);
	click(&both, "focus payment", false);
	viewer_find(&both.twin, "checkout PlaceOrder", &col, &row);
	screen_move(both.screen, col + 3, row);
	viewer_mouse(&both.twin, MOUSE_MOVE, col + 3, row, 0, 0);
	compare(&both, "a tooltip");
	screen_wheel(both.screen, col, row, false, 16);
	viewer_mouse(&both.twin, MOUSE_WHEEL_UP, col, row, 0, MOD_CTRL);
	compare(&both, "the wheel with Ctrl");
	screen_wheel(both.screen, col, row, true, 8);
	viewer_mouse(&both.twin, MOUSE_WHEEL_DOWN, col, row, 0, MOD_ALT);
	compare(&both, "the wheel with Alt");
	keys(&both, "i");
	click(&both, "children", false);
	click(&both, "resource", false);
	keys(&both, "Esc i");
	click(&both, "Table", false);
	click(&both, "total %", false);
	click(&both, "Flame", false);
	screen_wheel(both.screen, 20, 2, false, 0);
	viewer_mouse(&both.twin, MOUSE_WHEEL_UP, 20, 2, 0, 0);
	compare(&both, "the wheel over the minimap");
	screen_click(both.screen, 90, 2);
	viewer_mouse(&both.twin, MOUSE_PRESS, 90, 2, 1, 0);
	viewer_mouse(&both.twin, MOUSE_RELEASE, 90, 2, 0, 0);
	compare(&both, "a click on the minimap");
	close_both(&both, "it ends");
}

static void
test_depths(void)
{
	static const char *const truecolor[] = { "COLORTERM=truecolor", NULL };
	static const char *const no_color[] = { "NO_COLOR=1", NULL };
	static const struct { const char *term; const char *const *env; enum color_depth depth; int colors; } kinds[] = {
		{ "xterm-256color", truecolor, DEPTH_24BIT, 1 << 24 },
		{ "xterm-16color", NULL, DEPTH_16, 16 },
		{ "xterm-256color", no_color, DEPTH_MONO, 0 },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct pair_of_views both;
		open_both(&both, "checkout.json", kinds[i].term, kinds[i].env, kinds[i].depth, kinds[i].colors, 100, 30, false);
		screen_wait(both.screen, "all 1.24 s");
		compare(&both, "as opened");
		keys(&both, "j j Enter j");
		keys(&both, "/");
		type(&both, "order");
		keys(&both, "Enter 3");
		keys(&both, "t Esc ?");
		keys(&both, "Esc");
		close_both(&both, "it ends");
	}
}

static void
test_profile(void)
{
	struct pair_of_views both;

	open_both(&both, "server.folded", "xterm-256color", NULL, DEPTH_256, 256, 160, 44, true);
	screen_wait(both.screen, "all 100.0%");
	keys(&both, "j j j j");
	keys(&both, "+ +");
	keys(&both, "L");
	keys(&both, "G");
	keys(&both, "0 2 Enter");
	close_both(&both, "it ends");
	open_both(&both, "traces.json", "xterm-256color", NULL, DEPTH_256, 256, 100, 30, false);
	screen_wait(both.screen, "200 traces");
	keys(&both, "t");
	keys(&both, "Down Down Enter");
	keys(&both, "Backspace");
	close_both(&both, "it ends");
}

static void
test_filters(void)
{
	struct pair_of_views both;

	open_both(&both, "server.folded", "xterm-256color", NULL, DEPTH_256, 256, 120, 36, false);
	screen_wait(both.screen, "all 100.0%");
	keys(&both, "j j x");
	keys(&both, "j j X");
	click(&both, "hide ", false);
	keys(&both, "b j j");
	keys(&both, "2 j x");
	keys(&both, "1 u u u u U");
	close_both(&both, "it ends");
}

static void
test_sandwich(void)
{
	struct pair_of_views both;

	open_both(&both, "server.folded", "xterm-256color", NULL, DEPTH_256, 256, 120, 36, false);
	screen_wait(both.screen, "all 100.0%");
	keys(&both, "j j j j s");
	keys(&both, "k k");
	keys(&both, "j j j j Enter");
	keys(&both, "/");
	type(&both, "web");
	keys(&both, "Enter n");
	click(&both, "sandwich ", false);
	keys(&both, "4 V");
	keys(&both, "1");
	close_both(&both, "it ends");
}

static void
test_tree(void)
{
	struct pair_of_views both;

	open_both(&both, "server.folded", "xterm-256color", NULL, DEPTH_256, 256, 120, 36, false);
	screen_wait(both.screen, "all 100.0%");
	keys(&both, "5 j j j");
	keys(&both, "Space l l");
	click(&both, "▸ log", false);
	keys(&both, "/");
	type(&both, "gzip");
	keys(&both, "Enter n n");
	keys(&both, "G k Enter");
	close_both(&both, "it ends");
}

static void
test_chains(void)
{
	struct pair_of_views both;

	open_both(&both, "server.folded", "xterm-256color", NULL, DEPTH_256, 256, 120, 36, false);
	screen_wait(both.screen, "all 100.0%");
	keys(&both, "z j j j j");
	keys(&both, "Space j j");
	keys(&both, "Space Enter");
	click(&both, "chains folded", false);
	keys(&both, "u 0");
	close_both(&both, "it ends");
}

static void
test_table(void)
{
	struct pair_of_views both;

	open_both(&both, "server.folded", "xterm-256color", NULL, DEPTH_256, 256, 120, 36, false);
	screen_wait(both.screen, "all 100.0%");
	keys(&both, "2 j j");
	keys(&both, "B j");
	keys(&both, "B B F");
	keys(&both, "/");
	type(&both, "gzip");
	keys(&both, "Enter j");
	close_both(&both, "it ends");
}

/* A drag, on the terminal and in memory. */
static void
drag(struct pair_of_views *both, int col, int row, int to_col, int to_row, const char *what)
{
	screen_drag(both->screen, col, row, to_col, to_row);
	viewer_mouse(&both->twin, MOUSE_PRESS, col, row, 1, 0);
	viewer_mouse(&both->twin, MOUSE_DRAG, to_col, to_row, 0, 0);
	viewer_mouse(&both->twin, MOUSE_RELEASE, to_col, to_row, 0, 0);
	compare(both, what);
}

static void
test_timeline_keys(int cols, int rows, const char *term, const char *const *env, enum color_depth depth, int colors)
{
	struct pair_of_views both;

	open_both(&both, "checkout.json", term, env, depth, colors, cols, rows, cols == 200);
	screen_wait(both.screen, "all 1.24 s");
	keys(&both, "6 j j");
	keys(&both, "O");
	keys(&both, "Space h");
	keys(&both, "l j j");
	keys(&both, "+ + L");
	keys(&both, "0 /");
	type(&both, "inventory");
	keys(&both, "Enter n F");
	keys(&both, "F Esc e Z");
	keys(&both, "u z");
	keys(&both, "u > > T");
	keys(&both, "D C C C C C C");
	close_both(&both, "the timeline ends");
}

static void
test_timeline(void)
{
	static const char *const no_color[] = { "NO_COLOR=1", NULL };
	struct pair_of_views both;

	test_timeline_keys(200, 50, "xterm-256color", NULL, DEPTH_256, 256);
	test_timeline_keys(80, 24, "xterm-16color", NULL, DEPTH_16, 16);
	test_timeline_keys(40, 10, "xterm-256color", no_color, DEPTH_MONO, 0);
	open_both(&both, "checkout.json", "xterm-256color", NULL, DEPTH_256, 256, 160, 44, false);
	screen_wait(both.screen, "all 1.24 s");
	compare(&both, "as opened");
	click(&both, "Timeline", false);
	click(&both, "×24", false);
	click(&both, "▸▪ ×24", false);
	click(&both, "▾▪ frontend GET /cart", false);
	drag(&both, 60, 4, 90, 4, "a range of the axis");
	drag(&both, 80, 12, 70, 10, "a bar that is dragged");
	drag(&both, 43, 12, 60, 12, "more room for names");
	screen_wheel(both.screen, 100, 12, false, 16);
	viewer_mouse(&both.twin, MOUSE_WHEEL_UP, 100, 12, 0, MOD_CTRL);
	compare(&both, "the wheel with Ctrl");
	screen_wheel(both.screen, 20, 12, true, 0);
	viewer_mouse(&both.twin, MOUSE_WHEEL_DOWN, 20, 12, 0, 0);
	compare(&both, "the wheel");
	click(&both, "zoom ", false);
	close_both(&both, "the timeline ends");
}

int
main(void)
{
	test_sizes();
	test_mouse();
	test_depths();
	test_profile();
	test_filters();
	test_sandwich();
	test_tree();
	test_chains();
	test_table();
	test_timeline();
	return done();
}

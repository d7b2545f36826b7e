/* SPDX-License-Identifier: MIT
 * A sandwich in the viewer: a function between its callers and what it calls. */
#include "config.h"

#include <math.h>

#include "analysis/halves.h"
#include "tests/unit/random_tree.h"
#include "tests/unit/viewer_test.h"
#include "ui/flame.h"
#include "util/alloc.h"

static void
click(struct viewer *viewer, const char *text, int clicks)
{
	int col, row;

	if (!ok(viewer_find(viewer, text, &col, &row), "%s is there to be clicked", text))
		return;
	viewer_mouse(viewer, MOUSE_PRESS, col, row, clicks, 0);
	viewer_mouse(viewer, MOUSE_RELEASE, col, row, 0, 0);
}

static int
row_with(struct viewer *viewer, const char *text)
{
	int row;

	return viewer_find(viewer, text, NULL, &row) ? row : -1;
}

static void
test_here(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 120, 24);
	viewer_keys(&viewer, "j j j s");
	ok(viewer_shows(&viewer, "sandwich json::parse ✕"), "s shows the function under the cursor");
	is_text(viewer_cursor(&viewer), "json::parse", "which is the cursor");
	ok(viewer_shows(&viewer, "total 500 samples") && viewer_shows(&viewer, "59.9% of all"), "its total counts recursion once");
	int main_row = row_with(&viewer, " main 100.0%"), server = row_with(&viewer, " server::serve 100.0%"), parse = row_with(&viewer, " json::parse 100.0%");
	ok(main_row >= 0 && server == main_row + 1 && parse == server + 1, "its callers stand above it, the root on top");
	is_int(row_with(&viewer, " json::parse 40.0%"), parse + 1, "what it calls stands below");
	viewer_keys(&viewer, "k");
	is_text(viewer_cursor(&viewer), "server::serve", "up leads to the caller");
	ok(viewer_shows(&viewer, "caller, 1 above") && !viewer_shows(&viewer, "self "), "which has no self here");
	ok(viewer_shows(&viewer, "server::serve › json::parse"), "the way from it leads to the function");
	viewer_keys(&viewer, "k k k");
	is_text(viewer_cursor(&viewer), "main", "and on to the root");
	viewer_resize(&viewer, 150, 24);
	viewer_keys(&viewer, "j j j");
	ok(viewer_shows(&viewer, "callee, 1 below") && viewer_shows(&viewer, "self 200 samples"), "down to what is called");
	viewer_keys(&viewer, "k V");
	ok(row_with(&viewer, " main 100.0%") > row_with(&viewer, " json::parse 40.0%"), "upside down callers are below");
	viewer_keys(&viewer, "V M");
	ok(viewer_shows(&viewer, "always merged"), "there is no time in it");
	click(&viewer, "sandwich json", 1);
	ok(!viewer_shows(&viewer, "✕") && viewer_shows(&viewer, "all 100.0%"), "its pill leads out");
	is_text(viewer_cursor(&viewer), "json::parse", "to where one was");
	viewer_keys(&viewer, "u");
	ok(viewer_shows(&viewer, "sandwich json::parse ✕"), "back leads in again");
	viewer_keys(&viewer, "1 4");
	ok(viewer_shows(&viewer, "sandwich json::parse ✕"), "and so does its key");
	viewer_close(&viewer);
}

static void
test_inside(void)
{
	struct viewer viewer;

	viewer_open(&viewer, checkout_trace(), 140, 36);
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "sandwich-of");
	viewer_keys(&viewer, "Enter");
	viewer_type(&viewer, "SELECT|charge");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "sandwich /SELECT|charge/ ✕"), "several functions by an expression");
	const struct scene *scene = viewer.app->scene;
	is_int((long)scene->hub, 2, "the deepest caller is two above");
	is_int(row_with(&viewer, "charge card"), row_with(&viewer, "SELECT item"), "they stand side by side");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "PlaceOrder");
	viewer_keys(&viewer, "Enter n");
	is_text(viewer_cursor(&viewer), "checkout PlaceOrder", "search finds callers");
	ok(viewer_shows(&viewer, "1 frame · 1 box · callers "), "with their share, of which callees have none");
	viewer_keys(&viewer, "Esc Enter");
	ok(viewer_shows(&viewer, "zoom") && viewer_shows(&viewer, "charge card"), "going in keeps both halves");
	viewer_keys(&viewer, "u s");
	ok(viewer_shows(&viewer, "sandwich PlaceOrder ✕"), "s goes on to another function");
	click(&viewer, "ship order", 2);
	ok(viewer_shows(&viewer, "zoom"), "a double click goes in");
	viewer_keys(&viewer, "0 g x");
	ok(viewer_shows(&viewer, "hide POST /checkout"), "filters work in it");
	viewer_keys(&viewer, "2");
	ok(viewer_shows(&viewer, "self %") && !viewer_shows(&viewer, "sandwich PlaceOrder"), "another view leaves it");
	viewer_keys(&viewer, "j s");
	ok(viewer_shows(&viewer, "sandwich "), "s works in the table");
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "sandwich-of");
	viewer_keys(&viewer, "Enter");
	viewer_type(&viewer, "nosuchthing");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "no function of that name"), "what is not there is said");
	viewer_keys(&viewer, "j k h l Enter g G n i b m Esc 0 0 V");
	viewer_keys(&viewer, "u u u u u u u u u u");
	viewer_close(&viewer);
}

static void
test_reload(void)
{
	struct app_options options = { .title = "x", .view = -1, .sandwich = "json::parse" };
	struct viewer viewer = { .now = 1000, .app = app_new(&options, 100, 24) };

	grid_init(&viewer.grid, 100, 24);
	app_loaded(viewer.app, small_profile(), NULL, viewer.now);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "sandwich /json::parse/ ✕"), "an option opens it");
	viewer_keys(&viewer, "k");
	app_loaded(viewer.app, small_profile(), NULL, viewer.now);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "sandwich /json::parse/ ✕"), "read again it is still open");
	viewer_keys(&viewer, "1");
	ok(viewer_shows(&viewer, "all 100.0%"), "and can be left");
	viewer_close(&viewer);
	options.sandwich = "(";
	viewer.app = app_new(&options, 100, 24);
	grid_init(&viewer.grid, 100, 24);
	app_loaded(viewer.app, small_profile(), NULL, viewer.now);
	viewer_draw(&viewer);
	ok(viewer.app->state.view == VIEW_FLAME && viewer_shows(&viewer, "--sandwich"), "an expression that is none is said to be");
	viewer_close(&viewer);
}

/* Of any function of a random tree: each half adds up, keeps to its function's extent and to its side. */
static bool
halves_hold(struct rng *rng)
{
	struct tree *tree = random_merged(rng, 300, 12, rng_below(rng, 2));
	struct dataset ds = { 0 };
	frame_word set = (frame_word)1 << rng_below(rng, 50) | (frame_word)1 << rng_below(rng, 50);
	struct sandwich sandwich = sandwich_build(tree, &ds, &set, ORDER_HEAVIEST, NULL, NULL);
	struct halves halves = halves_build(&sandwich);
	const struct tree *both = halves.tree;
	bool fine = both->total[NODE_ALL] == sandwich.callees->total[NODE_ALL];

	for (node_id node = 1; node < both->count && fine; node++) {
		node_id parent = both->parent[node];
		double slack = both->total[NODE_ALL] * 1e-12;
		if (parent == NODE_ALL) {
			fine = halves.row[node] == halves.hub && frame_set_has(&set, both->frame[node]);
			continue;
		}
		bool above = halves.row[node] < halves.hub;
		fine = halves.row[node] + (above ? 1u : 0u) == halves.row[parent] + (above ? 0u : 1u) &&
		       both->x0[node] >= both->x0[parent] - slack &&
		       both->x0[node] + both->total[node] <= both->x0[parent] + both->total[parent] + slack;
	}
	halves.row[NODE_ALL] = PLANE_NO_ROW;
	struct plane *plane = plane_new_rows(both, halves.row);
	for (uint32_t row = 0; row < plane->rows && fine; row++)
		for (uint32_t i = plane->row_start[row]; i + 1 < plane->row_start[row + 1]; i++)
			fine &= plane_right(plane, plane->box[i].node) <= plane_left(plane, plane->box[i + 1].node) + 1e-9;
	plane_free(plane);
	tree_free(halves.tree);
	sandwich_fini(&sandwich);
	tree_free(tree);
	return fine;
}

static void
test_halves(void)
{
	struct rng rng = { 7 };
	int broken = 0;

	for (int i = 0; i < 500; i++)
		broken += !halves_hold(&rng);
	is_int(broken, 0, "both halves of random trees stand over their functions and never overlap");
}

/* What matches above and below stands for the same samples: each half has its share. */
static void
test_search(void)
{
	struct sink *sink = sink_new(STR("two.folded"));
	struct viewer viewer;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id a = add_frame(sink, ID_NONE, "a"), b = add_frame(sink, ID_NONE, "b");
	stack_id f = add_frame(sink, a, "f"), x = add_frame(sink, f, "x");
	add_sample(sink, add_frame(sink, x, "x"), 30, 0);
	add_sample(sink, f, 10, 0);
	add_sample(sink, add_frame(sink, b, "f"), 60, 0);
	viewer_open(&viewer, seal(sink), 140, 20);
	viewer_keys(&viewer, "S");
	viewer_type(&viewer, "f");
	viewer_keys(&viewer, "Enter /");
	viewer_type(&viewer, "a|x");
	ok(viewer_shows(&viewer, "/a|x  2 frames · 3 boxes · callers 40.0% · callees 30.0% ✕"), "both halves have theirs, nested ones once");
	viewer_keys(&viewer, "Ctrl-u");
	viewer_type(&viewer, "f");
	ok(viewer_shows(&viewer, "/f  1 frame · 1 box · callees 100.0% ✕"), "the functions are with what they call");
	viewer_resize(&viewer, 70, 20);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "/f  callees 100.0%") && !viewer_shows(&viewer, "1 frame"), "where there is little room its share is what stays");
	viewer_keys(&viewer, "Ctrl-u");
	viewer_type(&viewer, "a|x");
	viewer_resize(&viewer, 72, 20);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "/a|x  ↑40.0% ↓30.0% ✕"), "with least room arrows tell both halves");
	viewer_keys(&viewer, "Esc 1");
	viewer_resize(&viewer, 140, 20);
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "a|b");
	viewer_keys(&viewer, "Enter g Down Enter");
	ok(viewer_shows(&viewer, "/a|b  1 frame · 1 box · 100.0% ✕"), "in a focus frames are those in it");
	viewer_resize(&viewer, 80, 20);
	viewer_keys(&viewer, "Esc S");
	viewer_type(&viewer, "^f$|a name of which there is none");
	viewer_keys(&viewer, "Enter /");
	viewer_type(&viewer, "a|x");
	viewer_keys(&viewer, "Enter C A V");
	ok(viewer_shows(&viewer, "… ✕   /a|x  ↓40.0% ↑30.0% ✕   +3"), "a long name before it leaves it room; upside down callers are below");
	viewer_close(&viewer);
}

int
main(void)
{
	test_here();
	test_inside();
	test_reload();
	test_halves();
	test_search();
	return done();
}

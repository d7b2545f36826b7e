/* SPDX-License-Identifier: MIT
 * Colours, what they mean, and short names. */
#include "config.h"

#include "tests/unit/viewer_test.h"
#include "ui/hue.h"

static node_id
find_node(struct viewer *viewer, const char *name)
{
	const struct tree *tree = viewer->app->scene->tree;

	for (node_id n = 1; n < tree->count; n++)
		if (str_equal(names_get(&viewer->app->names, tree->frame[n])->text, str_of(name)))
			return n;
	ok(false, "there is a box %s", name);
	return NODE_ALL;
}

static void
test_modes(void)
{
	struct viewer viewer;
	uint8_t seen[COLOR_MODES][2];
	int modes = 0;

	viewer_open(&viewer, checkout_trace(), 120, 24);
	node_id order = find_node(&viewer, "checkout PlaceOrder"), mail = find_node(&viewer, "checkout send mail");
	do {
		enum color_mode mode = viewer.app->state.color;
		seen[mode][0] = hue_of_node(viewer.app, order);
		seen[mode][1] = hue_of_node(viewer.app, mail);
		viewer_keys(&viewer, "C");
		modes++;
	} while (viewer.app->state.color != COLOR_PACKAGE && modes <= COLOR_MODES);
	is_int(modes, COLOR_MODES, "C goes round all modes");
	ok(seen[COLOR_PACKAGE][0] == seen[COLOR_PACKAGE][1], "one service, one colour");
	ok(seen[COLOR_SERVICE][0] == seen[COLOR_SERVICE][1], "also by service");
	ok(seen[COLOR_NAME][0] == paint_hue(STR("checkout PlaceOrder")), "by name it follows from the name alone");
	ok(seen[COLOR_PLAIN][0] == seen[COLOR_PLAIN][1], "plain is one colour");
	ok(seen[COLOR_VALUE][0] < seen[COLOR_VALUE][1], "the heavier the hotter");
	ok(hue_of_share(1) == 2 && hue_of_share(0) == 17 && hue_of_share(-1) == 17 && hue_of_share(7) == 2, "from blue to red");
	for (double at = 0; at < 1; at += 0.01)
		if (hue_of_share(at) < hue_of_share(at + 0.01))
			ok(false, "never back");
	viewer_close(&viewer);
}

static bool
comes_by(struct viewer *viewer, enum color_mode mode)
{
	bool comes = false;

	for (int i = 0; i < COLOR_MODES; i++) {
		viewer_keys(viewer, "C");
		comes |= viewer->app->state.color == mode;
	}
	return comes;
}

/* Of a file that knows no services and statuses they are left out. */
static void
test_modes_that_tell(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 120, 24);
	ok(comes_by(&viewer, COLOR_PACKAGE) && comes_by(&viewer, COLOR_SELF) && comes_by(&viewer, COLOR_PLAIN), "C goes through what tells boxes apart");
	ok(!comes_by(&viewer, COLOR_SERVICE) && !comes_by(&viewer, COLOR_STATUS) && !comes_by(&viewer, COLOR_KIND), "and leaves out what says nothing of the file");
	viewer_close(&viewer);

	struct sink *sink = sink_new(STR("native.pb"));
	sink_sample_type(sink, STR("cpu"), STR("samples"));
	struct frame_in frame = { .name = STR("copy"), .module = STR("libc.so"), .kind = FRAME_KERNEL };
	sink_sample(sink, sink_stack(sink, ID_NONE, sink_frame(sink, &frame)), sink_track(sink, TRACK_PROFILE, STR("p")), (double[]){ 1 });
	viewer_open(&viewer, seal(sink), 120, 24);
	ok(comes_by(&viewer, COLOR_SERVICE) && comes_by(&viewer, COLOR_KIND) && !comes_by(&viewer, COLOR_STATUS), "modules and kinds of frames say something");
	viewer_close(&viewer);
}

static void
test_legend(void)
{
	struct viewer viewer;
	int col = 0, row = 0;

	viewer_open(&viewer, small_profile(), 120, 30);
	viewer_keys(&viewer, "c");
	ok(viewer_shows(&viewer, "what the colours mean") && viewer_find(&viewer, " json ", &col, &row), "the legend lists packages");
	ok(strstr(viewer_row(&viewer, row), "5"), "with their weight");
	is_int(grid_cell(&viewer.grid, col - 3, row)->style.bg.role, ROLE_BOX, "each with its colour");
	viewer_mouse(&viewer, MOUSE_PRESS, col + 1, row, 1, 0);
	ok(!viewer.app->popup.ops && viewer.app->scene->match && viewer.app->scene->match->frame_count == 1, "a click searches for one");
	is_text(app_search(viewer.app), "pkg:\"\\A(?-i)json\\z\"", "by its package");
	viewer_keys(&viewer, "Esc c");
	ok(viewer_shows(&viewer, "mean, search  tab") && viewer_find(&viewer, "search  tab", &col, &row), "the legend says what choosing does");
	viewer_mouse(&viewer, MOUSE_PRESS, col + 1, row, 1, 0);
	ok(viewer_shows(&viewer, "mean, only  tab") && viewer_find(&viewer, " json ", &col, &row), "a click changes it");
	viewer_mouse(&viewer, MOUSE_PRESS, col + 1, row, 1, 0);
	ok(viewer_shows(&viewer, "only-package json ✕"), "a click keeps only a package");
	viewer_keys(&viewer, "u");
	ok(!viewer_shows(&viewer, "only-package"), "which can be taken back");
	viewer_keys(&viewer, "c Tab Tab Enter");
	ok(viewer_shows(&viewer, "hide-package ") && viewer.app->state.recipe.filter_count == 1, "keys hide one");
	viewer_keys(&viewer, "u C C c");
	ok(viewer_shows(&viewer, "100% of the view in all"), "shares have a scale");
	viewer.app->state.color = COLOR_KIND;
	viewer_keys(&viewer, "Esc c");
	ok(viewer_shows(&viewer, " user "), "kinds their names");
	viewer_keys(&viewer, "Esc C c");
	ok(viewer_shows(&viewer, "all boxes have one colour"), "one colour means nothing");
	viewer_close(&viewer);
	viewer_open(&viewer, checkout_trace(), 120, 30);
	viewer_keys(&viewer, "C C C C c");
	ok(viewer_shows(&viewer, " frontend "), "services are listed");
	viewer_type(&viewer, "j");
	viewer_keys(&viewer, "Enter");
	ok(viewer.app->scene->match && viewer.app->scene->match->frame_count > 0 && strncmp(app_search(viewer.app), "service:", 8) == 0, "and found");
	viewer_close(&viewer);
}

/* g;f;g;f 3, g;g;f 1 and f;g 5. */
static struct dataset *
calls_of_each_other(void)
{
	struct sink *sink = sink_new(STR("f.folded"));

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id g = add_frame(sink, ID_NONE, "g"), f = add_frame(sink, g, "f"), f_first = add_frame(sink, ID_NONE, "f");
	add_sample(sink, add_frame(sink, add_frame(sink, f, "g"), "f"), 3, 0);
	add_sample(sink, add_frame(sink, add_frame(sink, g, "g"), "f"), 1, 0);
	add_sample(sink, add_frame(sink, f_first, "g"), 5, 0);
	return seal(sink);
}

/* Where colours are shares a line stands for the functions that have so much. */
static void
test_legend_of_shares(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, calls_of_each_other(), 120, 20);
	viewer_keys(&viewer, "C C c");
	ok(viewer_find(&viewer, "50% of the view in all", &col, &row) && viewer_shows(&viewer, "less than 1% of the view in all"), "each share has its line");
	viewer_mouse(&viewer, MOUSE_PRESS, col + 1, row, 1, 0);
	ok(viewer_shows(&viewer, "no function has so much") && !viewer.app->scene->match, "where there is none it is said");
	viewer_keys(&viewer, "C c Down Enter");
	ok(viewer.app->scene->match && viewer.app->scene->match->frame_count == 1 && viewer.app->scene->match->node_count == 4,
	   "a function that has so much itself is searched for");
	is_text(app_search(viewer.app), "name:\"(?:\\A(?-i)g\\z)\"", "by its name");
	viewer_keys(&viewer, "Esc c Tab");
	viewer_find(&viewer, "20% of the view itself", &col, &row);
	viewer_mouse(&viewer, MOUSE_PRESS, col + 1, row, 1, 0);
	ok(viewer_shows(&viewer, "only f ✕") && viewer.app->state.recipe.filter_count == 1, "a click keeps only those");
	viewer_keys(&viewer, "u C C C C c Tab Tab Enter");
	ok(viewer_shows(&viewer, "hide 2 names ✕") && viewer.app->scene->tree->count == 1, "keys hide all that have as much as there is");
	viewer_close(&viewer);
}

/* More names than an expression can have. */
static void
test_legend_of_many(void)
{
	enum { FUNCTIONS = 4000 };
	struct sink *sink = sink_new(STR("many.folded"));
	struct viewer viewer;
	char name[80];

	sink_sample_type(sink, STR("samples"), STR("samples"));
	for (int i = 0; i < FUNCTIONS; i++) {
		snprintf(name, sizeof name, "a.namespace::with.a.name::of.some.length::function%d", i);
		add_sample(sink, add_frame(sink, ID_NONE, name), 1, 0);
	}
	add_sample(sink, add_frame(sink, ID_NONE, "main"), FUNCTIONS, 0);
	viewer_open(&viewer, seal(sink), 120, 20);
	viewer_keys(&viewer, "C C C c G Enter");
	ok(viewer_shows(&viewer, "/4,000 names  4,000 frames"), "all functions of a line are searched for");
	viewer_keys(&viewer, "Esc c Tab Tab G Enter");
	ok(viewer_shows(&viewer, "hide 4,000 names ✕") && viewer.app->scene->tree->count == 2, "or hidden");
	viewer_keys(&viewer, "Y");
	ok(viewer_shows(&viewer, "may be too long to be run"), "a link of that is one for no command line");
	viewer_close(&viewer);
}

/* Kinds of functions are filters, what each span has for itself is asked for by a query. */
/* A function that weighs most outside of what is in focus, and is not the first of its package. */
static void
test_legend_beside_groups(void)
{
	struct sink *sink = sink_new(STR("two.folded"));
	struct viewer viewer;
	int row = 0;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id root = add_frame(sink, ID_NONE, "main"), light = add_frame(sink, root, "p::light");
	add_sample(sink, add_frame(sink, add_frame(sink, root, "p::heavy"), "p::work"), 5, 0);
	add_sample(sink, add_frame(sink, light, "p::work"), 1, 0);
	viewer_open(&viewer, seal(sink), 120, 30);
	viewer.app->state.focus = viewer.app->state.cursor = find_node(&viewer, "p::light");
	for (int i = 0; i < 3; i++) {
		viewer_keys(&viewer, "2 B j Enter 1 c");
		ok(viewer_find(&viewer, " p ", NULL, &row) && strstr(viewer_row(&viewer, row), "100.0%"),
		   "the legend is of functions beside the table of rows %d", (int)viewer.app->state.table_by);
		viewer_keys(&viewer, "Esc");
	}
	viewer_close(&viewer);
}

static void
test_legend_of_sandwich(void)
{
	struct viewer viewer;
	int row = 0;

	viewer_open(&viewer, small_profile(), 120, 30);
	viewer.app->state.cursor = find_node(&viewer, "json::parse");
	viewer_keys(&viewer, "s c");
	ok(viewer_find(&viewer, " json ", NULL, &row) && strstr(viewer_row(&viewer, row), "100.0%"), "in a sandwich the legend has the self of what is called");
	ok(viewer_find(&viewer, " server ", NULL, &row) && strstr(viewer_row(&viewer, row), " 0.0%"), "and callers");
	ok(viewer_find(&viewer, "      main ", NULL, &row) && strstr(viewer_row(&viewer, row), " 0.0%"), "which have no self there");
	viewer_close(&viewer);
}

static void
test_legend_of_kinds(void)
{
	struct sink *sink = sink_new(STR("x.folded"));
	struct frame_in kernel = { .name = STR("vfs_read"), .kind = FRAME_KERNEL }, user = { .name = STR("run") };
	struct viewer viewer;
	int col = 0, row = 0;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id stack = sink_stack(sink, ID_NONE, sink_frame(sink, &user));
	sink_sample(sink, sink_stack(sink, stack, sink_frame(sink, &kernel)), sink_track(sink, TRACK_PROFILE, STR("p")), (double[]){ 1 });
	viewer_open(&viewer, seal(sink), 100, 24);
	viewer_keys(&viewer, "C C C C c Enter");
	ok(viewer_shows(&viewer, "kind:\"\\A(?-i)kernel") || viewer_shows(&viewer, "1 frame · 1 box"), "a kind of function is searched for");
	viewer_keys(&viewer, "u c Tab Tab Enter");
	ok(viewer_shows(&viewer, "hide-kind kernel ✕") && !viewer_shows(&viewer, "vfs_read"), "and hidden");
	viewer_close(&viewer);

	viewer_open(&viewer, checkout_trace(), 120, 30);
	viewer_keys(&viewer, "C C C C C C c");
	ok(viewer_shows(&viewer, "what the colours mean: query") && viewer_find(&viewer, "error  ", &col, &row), "statuses are listed");
	viewer_mouse(&viewer, MOUSE_PRESS, col + 1, row, 1, 0);
	ok(viewer_shows(&viewer, "status = error ✕"), "a click asks for one");
	viewer_find(&viewer, "checkout charge card", &col, &row);
	is_int(grid_cell(&viewer.grid, col, row)->style.bg.role, ROLE_BOX, "what the query finds keeps its colour");
	viewer_find(&viewer, "checkout ship order", &col, &row);
	is_int(grid_cell(&viewer.grid, col, row)->style.bg.role, ROLE_UNMATCHED, "and the rest is grey");
	viewer_keys(&viewer, "n");
	bool first = strcmp(viewer_cursor(&viewer), "checkout charge card") == 0;
	viewer_keys(&viewer, "n");
	ok(first != (strcmp(viewer_cursor(&viewer), "checkout charge card") == 0), "n goes from one to the next");
	viewer_close(&viewer);
}

static void
test_kinds_and_names(void)
{
	struct sink *sink = sink_new(STR("x.folded"));
	struct frame_in kernel = { .name = STR("vfs_read_[k]"), .kind = FRAME_KERNEL }, user = { .name = STR("ns::very::Long<int>::f(char)") };
	struct viewer viewer;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id stack = sink_stack(sink, ID_NONE, sink_frame(sink, &user));
	sink_sample(sink, sink_stack(sink, stack, sink_frame(sink, &kernel)), sink_track(sink, TRACK_PROFILE, STR("p")), (double[]){ 1 });
	viewer_open(&viewer, seal(sink), 100, 24);
	ok(viewer_shows(&viewer, "K vfs_read"), "a frame of the kernel is marked");
	ok(viewer_shows(&viewer, " ns::very::Long<int>::f(char) 100.0%"), "names are shown in full");
	viewer_keys(&viewer, "A");
	ok(viewer_shows(&viewer, " Long::f 100.0%") && viewer_shows(&viewer, "short names ✕"), "A shows them short, and says so");
	viewer_keys(&viewer, "j");
	ok(viewer_shows(&viewer, "ns::very::Long<int>::f(char)  total"), "the detail bar keeps all of it");
	viewer_keys(&viewer, "3");
	ok(viewer_shows(&viewer, "\xe2\x96\x8aLong::f "), "the table has short ones too");
	viewer_keys(&viewer, "A");
	ok(viewer_shows(&viewer, " ns::very::Long<int>::f(char) 100.0%"), "A goes back");
	viewer_close(&viewer);
}

static void
test_tooltip(void)
{
	struct sink *sink = sink_new(STR("x.folded"));
	char name[200];
	struct frame_in user = { .name = STR("net/http.serve"), .file = STR("server.go"), .line = 1234 }, longest = { .name = { name, sizeof name } };
	struct viewer viewer;
	int col, row;

	memset(name, 'n', sizeof name);
	name[sizeof name - 1] = 'Z';
	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id once = sink_stack(sink, ID_NONE, sink_frame(sink, &user)), other = sink_stack(sink, once, sink_frame(sink, &longest));
	stack_id again = sink_stack(sink, other, sink_frame(sink, &user));
	track_id track = sink_track(sink, TRACK_PROFILE, STR("p"));
	sink_sample(sink, again, track, (double[]){ 3 });
	sink_sample(sink, once, track, (double[]){ 1 });
	viewer_open(&viewer, seal(sink), 100, 14);
	viewer_find(&viewer, " net/http.serve 75.0%", &col, &row);
	viewer_mouse(&viewer, MOUSE_MOVE, col + 3, row, 0, 0);
	ok(viewer_shows(&viewer, "net/http · server.go:1234"), "the tooltip has package, file and line");
	viewer_resize(&viewer, 200, 14);
	viewer_keys(&viewer, "j");
	ok(viewer_shows(&viewer, "net/http  server.go:1234"), "so has the detail line where it is wide");
	viewer_keys(&viewer, "j j Enter");
	viewer_resize(&viewer, 100, 40);
	viewer_keys(&viewer, "i");
	ok(viewer_shows(&viewer, "  package       net/http") && viewer_shows(&viewer, "  line          1234"), "and the details");
	viewer_keys(&viewer, "i");
	viewer_resize(&viewer, 200, 14);
	ok(viewer_shows(&viewer, "self 3 samples 100.0% of view · 75.0% of all"), "where shares of self, too, are of the view and of all");
	viewer_keys(&viewer, "0 g");
	viewer_resize(&viewer, 100, 14);
	viewer_mouse(&viewer, MOUSE_MOVE, col + 3, row, 0, 0);
	ok(viewer_shows(&viewer, "total 3 samples 75.0%"), "this box");
	ok(viewer_shows(&viewer, "in 2 boxes: total 4 samples 100.0%   self 4 samples 100.0%"), "beside all of that name, recursion once");
	ok(viewer_shows(&viewer, "net/http.serve 75.0%"), "the box itself stays in sight");
	viewer_mouse(&viewer, MOUSE_MOVE, 60, row - 1, 0, 0);
	ok(viewer_shows(&viewer, "nnnZ "), "a long name is wrapped to its end");
	for (int i = 0; i < 4; i++) {
		static const char *const keys[] = { "2", "5 ;", "A 2", "5 ;" };
		viewer_keys(&viewer, keys[i]);
		viewer_mouse(&viewer, MOUSE_MOVE, 5, 4 + i % 2, 0, 0);
		ok(viewer_shows(&viewer, "nnnZ ") && viewer_shows(&viewer, " total 3 samples 75.0%"), "in lists, too, the tooltip has the whole name: %s", keys[i]);
		viewer_mouse(&viewer, MOUSE_MOVE, 90, 4 + i % 2, 0, 0);
		ok(!viewer_shows(&viewer, "nnnZ "), "only on the name");
	}
	viewer_keys(&viewer, "A");
	viewer_mouse(&viewer, MOUSE_MOVE, 5, 4, 0, 0);
	ok(!viewer_shows(&viewer, "net/http · server.go"), "and only on one that is cut");
	viewer_close(&viewer);
	viewer_open(&viewer, small_profile(), 120, 24);
	viewer_keys(&viewer, "j");
	ok(viewer_shows(&viewer, " main  total 834 samples 100.0%  self 0 samples 0.0%  level 1"), "a package that is the name is not told again");
	viewer_close(&viewer);
}

/* In a sandwich each half has its own sums, since what is above and below is the same weight. */
static void
test_tooltip_in_sandwich(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, calls_of_each_other(), 140, 20);
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "sandwich ^f$");
	viewer_keys(&viewer, "Enter");
	is_text(viewer_cursor(&viewer), "f", "a sandwich");
	viewer_keys(&viewer, "k");
	viewer_wait(&viewer, 100);
	ok(scene_is_caller(app_scene(viewer.app), viewer.app->state.cursor), "on a caller");
	ok(viewer_shows(&viewer, "total 4 samples 44.4%") && viewer_shows(&viewer, "×3") && viewer_shows(&viewer, "as caller total 4 samples 44.4%"),
	   "the detail line has this one and all callers of the name, recursion once");
	viewer_find(&viewer, "f 100.0%", &col, &row);
	viewer_mouse(&viewer, MOUSE_MOVE, col + 3, row, 0, 0);
	ok(viewer_shows(&viewer, "total 9 samples 100.0%") && viewer_shows(&viewer, "as callee in 2 boxes: total 9 samples 100.0%   self 4 samples 44.4%"),
	   "the tooltip has this one and all below, recursion once");
	viewer_mouse(&viewer, MOUSE_MOVE, col + 3, row + 1, 0, 0);
	ok(viewer_shows(&viewer, "as callee in 1 box: total 8 samples 88.9%   self 5 samples 55.6%") &&
	   viewer_shows(&viewer, "as caller in 2 boxes: total 4 samples 44.4%"), "of both halves, not added up");
	viewer_close(&viewer);
}

static void
test_menu_and_ends(void)
{
	struct viewer viewer;
	int col, row;

	viewer_open(&viewer, small_profile(), 120, 40);
	viewer_find(&viewer, " json::parse", &col, &row);
	viewer_send(&viewer, &(struct event){ .kind = EVENT_MOUSE, .what = MOUSE_PRESS, .button = BUTTON_RIGHT, .col = col + 2, .row = row, .clicks = 1 });
	ok(viewer.app->popup.ops && viewer_shows(&viewer, "Copy the whole stack"), "the right button opens the menu");
	is_text(viewer_cursor(&viewer), "json::parse", "of what is under the pointer");
	ok(viewer_shows(&viewer, "Leave this frame out") && !viewer_shows(&viewer, "Leave out all"), "with what can be done with it: it has no service to be left out");
	ok(viewer_find(&viewer, "Copy the whole stack", &col, &row), "which can be clicked");
	viewer_mouse(&viewer, MOUSE_PRESS, col, row, 1, 0);
	char *copied = app_take_copy(viewer.app);
	is_text(copied ? copied : "", "main\nserver::serve\njson::parse\n", "and does it");
	free(copied);
	viewer_keys(&viewer, ".");
	ok(viewer.app->popup.ops && viewer_shows(&viewer, "Copy a command line that opens this view again"), "so does its key");
	viewer_keys(&viewer, "Esc");
	viewer_close(&viewer);

	viewer_open(&viewer, checkout_trace(), 40, 20);
	ok(viewer_shows(&viewer, "frontend G…"), "a name that does not fit shows its beginning");
	viewer_keys(&viewer, "a");
	ok(viewer_shows(&viewer, "GET /cart"), "a shows the ends of names");
	viewer_close(&viewer);
}

int
main(void)
{
	test_modes();
	test_modes_that_tell();
	test_legend();
	test_legend_beside_groups();
	test_legend_of_sandwich();
	test_legend_of_kinds();
	test_legend_of_shares();
	test_legend_of_many();
	test_kinds_and_names();
	test_tooltip();
	test_tooltip_in_sandwich();
	test_menu_and_ends();
	return done();
}

/* SPDX-License-Identifier: MIT
 * Filters in the viewer: by key and palette, as pills, and taken back. */
#include "config.h"

#include "tests/unit/viewer_test.h"
#include "util/exact.h"

static void
palette(struct viewer *viewer, const char *name)
{
	viewer_keys(viewer, ":");
	viewer_type(viewer, name);
	viewer_keys(viewer, "Enter");
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
test_hide(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 120, 24);
	viewer_keys(&viewer, "x");
	ok(viewer_shows(&viewer, "choose a box first"), "all cannot be hidden");
	viewer_keys(&viewer, "j j x");
	ok(viewer_shows(&viewer, "hide server::serve ✕"), "x hides the frame under the cursor, and a pill says so");
	is_text(viewer_cursor(&viewer), "main", "the cursor goes to what is left of its path");
	ok(viewer_shows(&viewer, "self 100 samples"), "self goes to the parent");
	viewer_keys(&viewer, "j");
	is_text(viewer_cursor(&viewer), "json::parse", "the children join it");
	viewer_keys(&viewer, "u");
	ok(!viewer_shows(&viewer, "✕") && viewer_shows(&viewer, "server::serve"), "back takes it back");
	viewer_keys(&viewer, "U");
	ok(viewer_shows(&viewer, "hide server::serve ✕"), "forward brings it again");
	viewer_keys(&viewer, "2");
	ok(!viewer_shows(&viewer, " server::serve  "), "the table has it no more");
	viewer_keys(&viewer, "1");
	click(&viewer, "hide server");
	ok(!viewer_shows(&viewer, "✕"), "a click on the pill removes it");
	viewer_close(&viewer);
}

static void
test_only(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 120, 24);
	viewer_keys(&viewer, "j j j X");
	ok(viewer_shows(&viewer, "only json::parse ✕"), "X keeps what goes through the frame");
	is_int((long)viewer.app->scene->tree->total[NODE_ALL], 500, "and drops the rest");
	is_text(viewer_cursor(&viewer), "json::parse", "the cursor stays");
	ok(viewer_shows(&viewer, "100.0% of view · 59.9% of all"), "shares say of what");
	viewer_keys(&viewer, "2");
	ok(viewer_shows(&viewer, "self  of view     total  of view"), "in the table too");
	viewer_keys(&viewer, "u");
	palette(&viewer, "recursion");
	ok(viewer_shows(&viewer, "direct recursion joined ✕") && viewer_shows(&viewer, "self 500 samples"), "recursion is joined");
	palette(&viewer, "recursion");
	ok(viewer_shows(&viewer, " recursion joined ✕"), "also through others");
	click(&viewer, "recursion joined");
	ok(!viewer_shows(&viewer, "recursion joined"), "and taken back");
	palette(&viewer, "ignore");
	ok(viewer_shows(&viewer, "nothing is left"), "nothing may be left, and is said to be");
	viewer_keys(&viewer, "j k u");
	palette(&viewer, "show-from");
	ok(viewer_shows(&viewer, "show-from json::parse ✕"), "stacks can begin further in");
	is_int(viewer.app->scene->tree->level[viewer.app->scene->tree->count - 1], 2, "the frames above are gone");
	viewer_close(&viewer);
}

static void
test_bottom_up(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 120, 24);
	viewer_keys(&viewer, "j j b");
	ok(viewer_shows(&viewer, "bottom-up ✕"), "b shows it from the other end");
	is_text(viewer_cursor(&viewer), "server::serve", "the cursor is on the same frame");
	is_int(viewer.app->scene->tree->level[viewer.app->state.cursor], 1, "which now is a root");
	ok(viewer_shows(&viewer, " server::serve  total 100 samples 12.0%  self 100 samples 12.0%"), "it has its own weight");
	viewer_keys(&viewer, "j");
	is_text(viewer_cursor(&viewer), "main", "under it is its caller");
	ok(!viewer_shows(&viewer, "self 0"), "of which none is the caller's own");
	ok(viewer_shows(&viewer, "stack  main › server::serve"), "and which stands before it in the stack");
	palette(&viewer, "copy-stack");
	is_text(viewer.app->copy, "main\nserver::serve\n", "also when that is copied");
	viewer_keys(&viewer, "i");
	ok(viewer_shows(&viewer, "  total  ") && !viewer_shows(&viewer, "  self  "), "nor in the details");
	viewer_keys(&viewer, "i 2 Home");
	ok(viewer_shows(&viewer, " json::parse  total 500 samples 59.9%  self 500 samples 59.9%"), "the table has what it has top-down");
	viewer_keys(&viewer, "u");
	viewer_keys(&viewer, "b");
	ok(!viewer_shows(&viewer, "✕"), "b turns it round again");
	viewer_close(&viewer);
	viewer_open(&viewer, checkout_trace(), 120, 24);
	viewer_keys(&viewer, "b");
	ok(!viewer.app->scene->tree->timed && !viewer_shows(&viewer, "merged ✕"), "a trace is merged for it without another pill");
	viewer_keys(&viewer, "M");
	ok(viewer_shows(&viewer, "always merged"), "and cannot be in time order");
	viewer_keys(&viewer, "b");
	ok(viewer.app->scene->tree->timed, "top-down it is in time order again");
	viewer_keys(&viewer, "j j x");
	ok(viewer.app->scene->tree->timed && viewer_shows(&viewer, "hide PlaceOrder"), "in time order frames are hidden too");
	viewer_close(&viewer);
}

/* Looks and orders are gone back over like places, one at a time. */
static void
test_looks(void)
{
	static const char *const keys[] = { "V", "a", "A", "C", "2 >", "5" };
	enum { LOOKS = sizeof keys / sizeof *keys };
	struct viewer viewer;
	struct view_state was[LOOKS + 1];
	int back = 0, forward = 0;

	viewer_open(&viewer, small_profile(), 120, 24);
	for (int i = 0; i < LOOKS; i++) {
		was[i] = viewer.app->state;
		viewer_keys(&viewer, keys[i]);
	}
	was[LOOKS] = viewer.app->state;
	for (int i = LOOKS; i-- > 0;) {
		viewer_keys(&viewer, strchr(keys[i], ' ') ? "u u" : "u");
		back += memcmp(&was[i], &viewer.app->state, sizeof *was) == 0;
	}
	for (int i = 0; i < LOOKS; i++) {
		viewer_keys(&viewer, strchr(keys[i], ' ') ? "U U" : "U");
		forward += memcmp(&was[i + 1], &viewer.app->state, sizeof *was) == 0;
	}
	is_int(back, LOOKS, "orientation, alignment, names, colours, order of rows: each is a step back");
	is_int(forward, LOOKS, "and forward");
	viewer_keys(&viewer, "1 C C C u");
	ok(viewer_shows(&viewer, "colour name ✕"), "colours gone round are one step");
	click(&viewer, "colour name");
	viewer_keys(&viewer, "u");
	ok(viewer_shows(&viewer, "colour name ✕"), "so is a pill taken back");
	viewer_close(&viewer);
}

static void
test_many(void)
{
	struct viewer viewer;
	struct buf text = { 0 };

	viewer_open(&viewer, small_profile(), 60, 24);
	struct recipe recipe = viewer.app->state.recipe;
	for (int i = 0; i < 1000; i++) {
		char pattern[16];
		snprintf(pattern, sizeof pattern, "tiny_%03d", i);
		recipe_add(&recipe, viewer.app->patterns, FILTER_IGNORE, str_of(pattern), NULL);
	}
	app_change_recipe(viewer.app, &recipe);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "ignore /tiny_000/ ✕") && viewer_shows(&viewer, "+999"), "what has no room is counted");
	viewer_keys(&viewer, "j x");
	is_int(viewer.app->state.recipe.filter_count, 1001, "there is no end to them");
	viewer_keys(&viewer, "d End");
	ok(viewer_shows(&viewer, "> hide main"), "all are listed");
	viewer_keys(&viewer, "Enter");
	is_int(viewer.app->state.recipe.filter_count, 1000, "and each can be taken back");
	recipe = viewer.app->start.recipe;
	for (int i = 0; i < 40; i++) {
		char name[32];
		snprintf(name, sizeof name, "%s{1,%d}", i == 37 ? "parse" : "mai", i + 1);
		recipe_add(&recipe, viewer.app->patterns, FILTER_ONLY, str_of(name), NULL);
	}
	app_change_recipe(viewer.app, &recipe);
	viewer_draw(&viewer);
	ok(viewer_shows(&viewer, "json::parse") && !viewer_shows(&viewer, "evil"), "stacks must go through a frame of each that is to be kept");
	exact_quote(STR("a.b\\(c)"), &text);
	struct str pattern = buf_str(&text);
	struct buf name = { 0 };
	ok(exact_unquote(pattern, &name) && str_equal(buf_str(&name), STR("a.b\\(c)")), "a quoted name is shown as it is");
	ok(!exact_unquote(STR("\\Aa.*b\\z"), &name) && !exact_unquote(STR("\\A\\d\\z"), &name) && !exact_unquote(STR("a"), &name),
	   "an expression is none");
	buf_fini(&name);
	buf_fini(&text);
	viewer_close(&viewer);
}

static void
type_filter(struct viewer *viewer, const char *keys, const char *text)
{
	viewer_keys(viewer, keys);
	viewer_type(viewer, text);
}

static void
test_typed(void)
{
	struct viewer viewer;
	const struct tree *tree;

	viewer_open(&viewer, small_profile(), 200, 24);
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "main");
	viewer_keys(&viewer, "Enter j j");
	type_filter(&viewer, "Alt-x", "::PARSE");
	ok(viewer_shows(&viewer, "hide: ::PARSE") && viewer_shows(&viewer, "0 frames, 0 boxes"), "Alt-x asks, upper case counts");
	ok(viewer_shows(&viewer, "/::PARSE  nothing ✕"), "the pill has what is typed");
	viewer_keys(&viewer, "Ctrl-u");
	viewer_type(&viewer, "::PARSE|[");
	ok(viewer_shows(&viewer, "missing terminating ]"), "what is wrong with it is said while it is typed");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "hide: ::PARSE|["), "and it stays to be mended");
	viewer_keys(&viewer, "Ctrl-u");
	viewer_type(&viewer, "::parse|evil");
	ok(viewer_shows(&viewer, "2 frames, 3 boxes"), "what it finds is counted");
	ok(viewer.app->scene->match->node_count == 3, "and stands out");
	viewer_keys(&viewer, "Enter");
	tree = viewer.app->scene->tree;
	ok(viewer_shows(&viewer, "hide /::parse|evil/ ✕"), "it is a pill");
	is_text(app_search(viewer.app), "main", "the search is as it was");
	is_int((long)viewer.app->scene->match->node_count, 1, "and so is what it finds");
	is_int((long)tree->total[NODE_ALL], (long)tree->total[1], "what was under it stays");
	type_filter(&viewer, "Alt-X", "tiny");
	viewer_keys(&viewer, "Esc");
	ok(!viewer_shows(&viewer, "only: ") && viewer_shows(&viewer, "/main"), "Esc takes the typing back");
	viewer_keys(&viewer, "Alt-X Up");
	ok(viewer_shows(&viewer, "only:") && !viewer_shows(&viewer, "only: tiny"), "what was not taken is not remembered");
	viewer_type(&viewer, "tiny_1.*");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "only /tiny_1.*/ ✕"), "Alt-X keeps what goes through it");
	palette(&viewer, "ignore-by");
	viewer_type(&viewer, "5$");
	viewer_keys(&viewer, "Enter");
	ok(viewer_shows(&viewer, "ignore /5$/ ✕"), "the palette asks too");
	palette(&viewer, "show-from-by");
	viewer_type(&viewer, "server");
	viewer_keys(&viewer, "Enter");
	is_int(viewer.app->state.recipe.filter_count, 4, "in any number");
	ok(viewer_shows(&viewer, "show-from /server/ ✕"), "and of every kind");
	viewer_keys(&viewer, "Alt-X Up Enter");
	ok(viewer_shows(&viewer, "there already"), "twice is once");
	viewer_close(&viewer);
}

static void
test_name_here(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 120, 24);
	viewer_keys(&viewer, "j l Alt-x Tab");
	ok(viewer_shows(&viewer, "1 frame, "), "Tab puts the name here in");
	viewer_keys(&viewer, "Enter");
	is_int(viewer.app->state.recipe.filter_count, 1, "as an expression that finds it");
	viewer_keys(&viewer, "u");
	viewer_keys(&viewer, "/");
	viewer_type(&viewer, "evil");
	viewer_keys(&viewer, "Enter n");
	ok(strstr(viewer_cursor(&viewer), "evil"), "where a name holds what cannot be typed");
	viewer_keys(&viewer, "Alt-x Tab");
	ok(viewer_shows(&viewer, "evil\\x{1b}\\[31m") && viewer_shows(&viewer, "1 frame, 1 box"), "it stands as a number");
	viewer_keys(&viewer, "Esc");
	viewer_close(&viewer);
}

static void
test_other_case(void)
{
	struct sink *sink = sink_new(STR("case.folded"));
	struct viewer viewer;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	stack_id upper = add_frame(sink, ID_NONE, "Run"), lower = add_frame(sink, upper, "run");
	add_sample(sink, lower, 2, 0);
	add_sample(sink, upper, 1, 0);
	viewer_open(&viewer, seal(sink), 100, 24);
	viewer_keys(&viewer, "j j *");
	ok(viewer_shows(&viewer, "/\"run\"  1 frame"), "the name here is searched as it is written");
	viewer_keys(&viewer, "s");
	ok(viewer_shows(&viewer, "sandwich run ✕") && viewer.app->scene->tree->count == 3, "so is that of a sandwich");
	viewer_keys(&viewer, "u x");
	ok(viewer_shows(&viewer, "hide run ✕") && viewer_shows(&viewer, "Run 100.0%"), "and that of a filter");
	viewer_keys(&viewer, "Esc u Alt-x");
	viewer_type(&viewer, "run");
	viewer_keys(&viewer, "Enter");
	ok(!viewer_shows(&viewer, "Run 100.0%"), "what is typed in small letters finds both");
	viewer_close(&viewer);
}

static void
test_pill_picker(void)
{
	struct viewer viewer;

	viewer_open(&viewer, small_profile(), 40, 10);
	viewer_keys(&viewer, "d");
	ok(viewer_shows(&viewer, "nothing differs"), "without a pill there is nothing to choose");
	type_filter(&viewer, "Alt-x", "[");
	ok(viewer_shows(&viewer, "missing terminating ]"), "40x10: what is wrong is said above the line");
	viewer_keys(&viewer, "Esc Alt-x");
	viewer_type(&viewer, "parse");
	viewer_keys(&viewer, "Enter Alt-X");
	viewer_type(&viewer, "main");
	viewer_keys(&viewer, "Enter d");
	ok(viewer_shows(&viewer, "hide /parse/") && viewer_shows(&viewer, "only /main/"), "40x10: d lists the pills");
	viewer_keys(&viewer, "Down Enter");
	is_int(viewer.app->state.recipe.filter_count, 1, "Enter takes one back");
	is_int(recipe_filter(&viewer.app->state.recipe, viewer.app->patterns, 0).kind, FILTER_HIDE, "the chosen one");
	viewer_keys(&viewer, "Delete");
	click(&viewer, ">");
	is_int(viewer.app->state.recipe.filter_count, 0, "a click too");
	viewer_close(&viewer);
}

/* Bytes that are no text, and more of them than an expression can have. */
static void
test_any_name(void)
{
	enum { LONG = 100000 };
	struct sink *sink = sink_new(STR("odd.folded"));
	struct buf name = { 0 };
	struct viewer viewer;

	sink_sample_type(sink, STR("samples"), STR("samples"));
	buf_add(&name, STR("b\xff"));
	add_sample(sink, add_frame(sink, ID_NONE, name.at), 5, 0);
	while (name.len < LONG)
		buf_add(&name, STR("b\xff\"."));
	add_sample(sink, add_frame(sink, ID_NONE, name.at), 4, 0);
	add_sample(sink, add_frame(sink, ID_NONE, "b"), 3, 0);
	viewer_open(&viewer, seal(sink), 80, 20);
	for (int i = 0; i < 2; i++) {
		viewer_keys(&viewer, i ? "g Down Right *" : "g Down *");
		ok(viewer.app->scene->match && viewer.app->scene->match->frame_count == 1, "a search for any name finds it alone");
		viewer_keys(&viewer, "Esc x");
		ok(viewer_shows(&viewer, "hide b") && viewer.app->scene->tree->count == 3, "any name can be hidden");
		viewer_keys(&viewer, i ? "u g Down Right s" : "u g Down s");
		ok(viewer.app->state.view == VIEW_SANDWICH && viewer.app->scene->tree->count > 1, "and has its sandwich");
		viewer_keys(&viewer, "1");
	}
	viewer_close(&viewer);
	buf_fini(&name);
}

int
main(void)
{
	test_typed();
	test_name_here();
	test_other_case();
	test_pill_picker();
	test_hide();
	test_only();
	test_bottom_up();
	test_looks();
	test_many();
	test_any_name();
	return done();
}

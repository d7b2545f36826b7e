/* SPDX-License-Identifier: MIT
 * What can be done with a flame graph, one after the other, on a real terminal: each by its keys and with the mouse. */
#include "config.h"

#include "tests/screen/steps.h"

/* ---- looking */

static void
test_views(void)
{
	struct screen *screen = open_profile();

	see(screen, "2", "symbol", "the table");
	click(screen, "Both", "all 100.0%", "table and graph");
	ok(screen_shows(screen, "symbol"), "one above the other where it is narrow");
	screen_resize(screen, 160, ROWS);
	ok(screen_wait(screen, "self %"), "side by side where it is wide");
	screen_resize(screen, COLS, ROWS);
	see(screen, "5", "▾ app::main", "the call tree");
	click(screen, "▾ web::serve", "▸ web::serve", "a click on its mark folds a row");
	see(screen, "Space", "▾ web::serve", "and a key unfolds it");
	click(screen, "Flame", "app::idle", "back to the graph");
	see(screen, "V g", "app::main", "upside down");
	int all = 0, top = 0, unused;
	screen_find(screen, "all 100.0%", &unused, &all);
	screen_find(screen, "app::main", &unused, &top);
	ok(all > top, "the root is at the bottom");
	see(screen, "V b", "bottom-up ✕", "bottom-up");
	click(screen, "bottom-up ✕", "app::main 100.0%", "its pill goes back");
	see(screen, "o", "alphabetical", "siblings by name");
	see(screen, "o", "by first start", "by first start");
	leave(screen);
}

static void
test_time_order(void)
{
	const char *top = getenv("top_srcdir");
	char *path = xasprintf("%s/data/checkout.json", top ? top : ".");
	const char *const args[] = { path, NULL };
	struct screen *screen = open_with(args, NULL, COLS, ROWS);

	ok(screen_wait(screen, "all 1.24 s"), "a trace is in the order of time");
	see(screen, "M", "merged ✕", "merged");
	click(screen, "merged ✕", "all 1.24 s", "and back by its pill");
	leave(screen);
	free(path);
}

static void
test_tooltip(void)
{
	struct screen *screen = open_profile();
	int col, row, tip;

	screen_find(screen, "json::parse 53.2%", &col, &row);
	screen_move(screen, col + 4, row);
	ok(screen_wait(screen, "in 2 boxes: total 500 53.2%"), "the tooltip has this box and all of its name");
	ok(screen_shows(screen, "json::parse 53.2%"), "it does not hide what it is about");
	ok(screen_shows(screen, "flame-source.c:3"), "it has file and line");
	screen_find(screen, "app::idle", &col, &row);
	screen_move(screen, COLS - 1, row);
	ok(screen_wait(screen, "self 150 16.0%"), "at the edge");
	screen_find(screen, "self 150 16.0%", &tip, &row);
	ok(tip + 14 <= COLS, "it stays on the screen");
	miss(screen, "j", "self 150 16.0%", "a key takes it away");
	screen_find(screen, "web::render", &col, &row);
	screen_move(screen, COLS * 83 / 100, row);
	ok(screen_wait(screen, "small box"), "small boxes are counted");
	leave(screen);
}

static void
test_menu(void)
{
	struct screen *screen = open_profile();

	see(screen, "j j .", "here  web::serve", "the menu of the cursor");
	screen_key(screen, "Esc");
	point(screen, "app::idle", 2, RIGHT);
	ok(screen_wait(screen, "here  app::idle"), "the right button: of what is pointed at");
	click(screen, "sandwich-here", "sandwich app::idle ✕", "and it is done");
	screen_key(screen, "u");
	screen_wait_gone(screen, "✕");
	point(screen, "lib::one", 1, RIGHT);
	screen_wait(screen, "here  lib::one");
	for (const char *const *entry = (const char *const[]){ "go-in", "details", "sandwich-here", "search-here", "hide", "only", "show-from", "recursion",
	     "fold", "chains", "copy", "copy-stack", "write-here", NULL }; *entry; entry++)
		ok(screen_shows(screen, *entry), "the menu has %s", *entry);
	screen_click(screen, 1, ROWS - 1);
	ok(screen_wait_gone(screen, "here  lib::one"), "a click elsewhere closes it");
	leave(screen);
}

static void
test_colours(void)
{
	struct screen *screen = open_profile();
	uint32_t by_package, by_name, other;

	background_at(screen, "app::idle", 3, &by_package);
	see(screen, "C", "colours by name", "another colouring");
	background_at(screen, "app::idle", 3, &by_name);
	ok(by_package != by_name, "the boxes have other colours");
	background_at(screen, "web::serve 84.0%", 3, &other);
	ok(other != by_name, "neighbours are told apart");
	for (int i = 0; i < 20 && !screen_shows(screen, "colours by service or package"); i++) {
		screen_key(screen, "C");
		screen_settle(screen);
	}
	ok(screen_shows(screen, "colours by service or package"), "C: round all of them");
	see(screen, "c", "what the colours mean", "the legend");
	ok(screen_shows(screen, "json"), "has the packages");
	point(screen, " json", 1, ONCE);
	ok(screen_wait(screen, "1 frame · 2 boxes"), "a click on one searches for it");
	leave(screen);
}

static void
test_text(void)
{
	struct screen *screen = open_profile();
	const char *const args[] = { "--names", "short", profile, NULL };

	screen_key(screen, "j j + + + + +");
	see(screen, "a", "ends of names ✕", "the ends of names");
	click(screen, "ends of names ✕", "web::serve", "and back");
	see(screen, "A", "short names ✕", "short names");
	leave(screen);
	screen = open_with(args, NULL, COLS, ROWS);
	ok(screen_wait(screen, "all 100.0%"), "as an option");
	leave(screen);
}

static void
test_same_name(void)
{
	struct screen *screen = open_profile();
	uint32_t before, after;

	background_at(screen, "json::parse 21.3%", 3, &before);
	see(screen, "j j j", "everywhere ×2  total 500 53.2%", "all boxes of the name are added up");
	background_at(screen, "json::parse 21.3%", 3, &after);
	ok(before != after, "and highlighted");
	leave(screen);
}

/* ---- moving */

static void
test_moving(void)
{
	struct screen *screen = open_profile();
	int col, row;

	see(screen, "j j j Enter", "focus json::parse ✕", "into a box");
	ok(screen_shows(screen, "json::parse 40.0%"), "its children fill the width");
	ok(screen_shows(screen, "app::main"), "its ancestors stay");
	miss(screen, "u", "focus", "back");
	see(screen, "U", "focus json::parse ✕", "forward");
	miss(screen, "0", "focus", "everything");
	point(screen, "web::render", 2, TWICE);
	ok(screen_wait(screen, "focus web::render ✕"), "a double click goes in");
	point(screen, "focus web::render", 2, ONCE);
	ok(screen_wait_gone(screen, "✕"), "a click on the pill leaves");
	see(screen, "+", "zoom", "zoom");
	see(screen, "L L", "zoom", "to the side");
	miss(screen, "- - - -", "zoom", "out again");
	screen_find(screen, "web::render", &col, &row);
	screen_wheel(screen, col, row, false, 16);
	ok(screen_wait(screen, "zoom"), "the wheel with Ctrl zooms");
	screen_drag(screen, col, row, col - 20, row);
	ok(screen_wait(screen, "zoom"), "dragging moves the picture");
	screen_click(screen, COLS - 3, 2);
	ok(screen_wait(screen, "app::idle"), "a click on the minimap goes there");
	screen_drag(screen, 5, 2, 40, 2);
	ok(screen_wait(screen, "zoom"), "so does dragging on it");
	miss(screen, "0", "zoom", "all of it");
	leave(screen);
}

static void
test_small_boxes(void)
{
	struct screen *screen = open_profile();
	int col = COLS * 83 / 100, row, unused;

	screen_find(screen, "web::render", &unused, &row);
	screen_move(screen, col, row);
	ok(screen_wait(screen, " small boxes"), "boxes too small to see are told together");
	screen_click(screen, col, row);
	ok(screen_wait(screen, "tiny_"), "a click goes into them");
	see(screen, "u", "app::idle 16.0%", "and back");
	see(screen, "End", " small  total", "they can be chosen");
	see(screen, "Enter", "tiny_", "and gone into");
	leave(screen);
}

/* ---- finding and leaving out */

static void
test_search(void)
{
	struct screen *screen = open_profile();

	screen_key(screen, "/");
	screen_send(screen, "parse json");
	ok(screen_wait(screen, "1 frame · 2 boxes · 53.2%"), "it searches while one types, nested matches once");
	miss(screen, "Esc", "53.2% ✕", "Esc takes it back");
	screen_key(screen, "/");
	screen_send(screen, "web -render");
	see(screen, "Enter", "1 frame · 1 box · 84.0%", "what begins with a minus is left out");
	screen_key(screen, "/");
	screen_send(screen, "name:\"^json\"");
	see(screen, "Enter n", "json::parse  total 500", "n goes to a match");
	see(screen, "n", "json::parse  total 200", "and to the next");
	see(screen, "N", "json::parse  total 500", "N to the one before");
	see(screen, "/ Up Up", "/web -render", "earlier ones come back");
	screen_key(screen, "Ctrl-u");
	screen_send(screen, "tiny_42");
	see(screen, "Enter n", "tiny_42", "also to what is too small to see");
	screen_key(screen, "0 0 /");
	screen_send(screen, "(");
	see(screen, "Enter", "as text", "what is no expression is text");
	see(screen, "g j *", "/\"app::main\"  1 frame · 1 box · 100.0%", "what is under the cursor");
	point(screen, "1 frame · 1 box", 1, ONCE);
	ok(screen_wait_gone(screen, "1 frame · 1 box"), "a click clears it");
	screen_key(screen, "/");
	screen_send(screen, "json");
	screen_key(screen, "Enter 2 F");
	ok(screen_wait_gone(screen, "app::idle"), "in the table it leaves what it finds");
	leave(screen);
}

static void
test_filters(void)
{
	const char *const args[] = { "--hide", "^web", "--ignore", "idle", profile, NULL };
	struct screen *screen = open_profile();

	see(screen, "j j x", "hide web::serve ✕", "hide");
	see(screen, "j X", "only json::parse ✕", "only");
	point(screen, "hide web::serve", 2, ONCE);
	ok(screen_wait_gone(screen, "hide web::serve"), "a click takes one back");
	see(screen, "d", "take back", "a list of them");
	miss(screen, "Enter", "only json", "Enter takes the chosen one back");
	screen_key(screen, "Alt-x");
	screen_send(screen, "serve|[");
	ok(screen_wait(screen, "missing terminating ]"), "an expression is tried while it is typed");
	screen_key(screen, "Backspace Backspace");
	screen_send(screen, "|idle");
	ok(screen_wait(screen, "2 frames, 2 boxes"), "what it finds is counted");
	see(screen, "Enter", "hide /serve|idle/ ✕", "and hidden");
	screen_key(screen, ":");
	screen_send(screen, "show-from render");
	see(screen, "Enter", "show-from /render/ ✕", "from the palette");
	see(screen, "g j", "web::render  total 250 100.0% of view · 26.6% of all", "shares say of what");
	leave(screen);
	screen = open_with(args, NULL, COLS, ROWS);
	ok(screen_wait(screen, "hide /^web/ ✕") && screen_shows(screen, "ignore /idle/ ✕"), "as options");
	ok(!screen_shows(screen, "app::idle") && !screen_shows(screen, "web::"), "they leave out what they find");
	leave(screen);
}

static void
test_grouping(void)
{
	struct screen *screen = open_profile();

	see(screen, "z", "(2) lib", "chains are one box");
	point(screen, "chains folded", 1, ONCE);
	ok(screen_wait_gone(screen, "(2) lib"), "and fall apart by their pill");
	point(screen, "lib::one", 1, ONCE);
	see(screen, "Space", "(2) lib", "one of them");
	see(screen, "Space", "lib::two", "and back");
	screen_key(screen, ":");
	screen_send(screen, "recursion all");
	see(screen, "Enter", "recursion joined ✕", "recursion is joined");
	ok(!screen_shows(screen, "json::parse 21.3%"), "the inner call is in the outer one");
	point(screen, "recursion joined", 1, ONCE);
	ok(screen_wait(screen, "json::parse 21.3%"), "and back by its pill");
	leave(screen);
}

static void
test_table(void)
{
	struct screen *screen = open_profile();
	int parse, render, unused;

	see(screen, "2", "json::parse", "the table");
	screen_find(screen, "json::parse", &unused, &parse);
	screen_find(screen, "web::render", &unused, &render);
	ok(parse == 3 && render == 4, "by self, the greatest first");
	click(screen, "total  ", "▾ total", "a header sorts");
	see(screen, ">", "▾ count", "so does a key");
	see(screen, "< r", "▴ total", "and the other way round");
	see(screen, "r B", "by package ✕", "a row for each package");
	click(screen, "by package", "symbol", "and for each function again");
	screen_key(screen, "g");
	click(screen, "› s * x", "app::main  total 940", "the mark of a row finds it in the graph");
	see(screen, "2 j x", "hide web::serve ✕", "its keys work on it");
	leave(screen);
}

static void
test_sandwich(void)
{
	const char *const args[] = { "--sandwich", "parse", profile, NULL };
	struct screen *screen = open_profile();

	see(screen, "j j j s", "sandwich json::parse ✕", "callers and callees");
	ok(screen_shows(screen, "web::serve") && screen_shows(screen, "json::parse 100.0%"), "of a recursive function once");
	see(screen, "k", "caller, 1 above", "the callers are above");
	point(screen, "app::main", 2, OVER);
	ok(screen_wait(screen, "flame-source.c:1"), "with tooltips");
	screen_key(screen, "/");
	screen_send(screen, "main");
	see(screen, "Enter n", "app::main  total 500", "with search");
	see(screen, "Esc S", "sandwich of:", "several functions");
	screen_send(screen, "^web");
	ok(screen_wait(screen, "frame"), "by an expression that is tried");
	see(screen, "Enter", "sandwich /^web/ ✕", "together");
	point(screen, "sandwich /^web/", 1, ONCE);
	ok(screen_wait_gone(screen, "sandwich /"), "left by the pill");
	leave(screen);
	screen = open_with(args, NULL, COLS, ROWS);
	ok(screen_wait(screen, "sandwich /parse/ ✕"), "as an option");
	leave(screen);
}

static void
test_pickers(void)
{
	const char *top = getenv("top_srcdir");
	char *path = xasprintf("%s/data/traces.json", top ? top : ".");
	const char *const args[] = { path, NULL };
	struct screen *screen = open_with(args, NULL, COLS, ROWS);

	ok(screen_wait(screen, "200 traces"), "several traces are a list first");
	see(screen, "1", "bottom-up", "and a graph together");
	see(screen, "t", "> all tracks", "the tracks");
	see(screen, "Tab", "heaviest first", "in another order");
	click(screen, "heaviest first", "by name", "with the mouse too");
	see(screen, "Down Enter", "track ", "one of them");
	see(screen, "u m", "what width means", "the metrics");
	click(screen, "busy", "metric busy ✕", "a click chooses one");
	see(screen, "m", "> busy", "with their units");
	ok(screen_shows(screen, "errors") && screen_shows(screen, "nanoseconds"), "all of them");
	leave(screen);
	free(path);
}

int
main(void)
{
	steps_begin();
	test_views();
	test_time_order();
	test_tooltip();
	test_menu();
	test_colours();
	test_text();
	test_same_name();
	test_moving();
	test_small_boxes();
	test_search();
	test_filters();
	test_grouping();
	test_table();
	test_sandwich();
	test_pickers();
	steps_end();
	return done();
}

/* SPDX-License-Identifier: MIT
 * The list of traces on a real terminal: opened first, sorted, unfolded, searched, a range drawn over its charts, a trace opened. */
#include "config.h"

#include "tests/screen/steps.h"

static char *shop;

static struct screen *
open_list(int cols, int rows)
{
	struct screen *screen = open_with((const char *const[]){ "--theme", "dark", shop, NULL }, NULL, cols, rows);

	ok(screen_wait(screen, "root"), "several traces open as a list");
	return screen;
}

/* Which of two texts stands higher. */
static bool
is_above(struct screen *screen, const char *upper, const char *lower)
{
	int col, upper_row, lower_row;

	return screen_find(screen, upper, &col, &upper_row) && screen_find(screen, lower, &col, &lower_row) && upper_row < lower_row;
}

static void
test_rows(void)
{
	struct screen *screen = open_list(120, 30);

	ok(is_above(screen, "0af76519", "a1b2c3d4") && is_above(screen, "a1b2c3d4", "4bf92f35"), "in the order of their starts");
	click(screen, "duration   ", "▾ duration", "a click on a heading sorts by it");
	ok(is_above(screen, "a1b2c3d4", "0af76519"), "the longest first");
	see(screen, "r", "▴ duration", "r turns it round");
	see(screen, "r g Space", "mail worker", "the services of a trace under its row");
	miss(screen, "Space", "▾▸", "and folded again");
	see(screen, "Enter", "all 2 s", "Enter opens the trace");
	see(screen, "Backspace", "▾ duration", "Backspace comes back to the list");
	see(screen, "/", "a regular expression", "a search");
	screen_send(screen, "mail");
	screen_key(screen, "Enter");
	ok(screen_wait(screen, "mail"), "finds traces by their services");
	leave(screen);
}

static void
test_range(void)
{
	struct screen *screen = open_list(120, 30);
	int col, row;

	ok(screen_find(screen, "traces  spans", &col, &row), "charts stand above the list");
	screen_drag(screen, 6, row + 2, 40, row + 2);
	ok(screen_wait(screen, "1 of 4 traces") && screen_shows(screen, "time +"), "a range is taken by dragging");
	ok(!screen_shows(screen, "0af76519") && screen_shows(screen, "a1b2c3d4"), "and leaves the traces that begin in it");
	click(screen, "time +", "0af76519", "a click on its pill brings all back");
	click(screen, "durations", "0af76519", "another chart by a click");
	screen_settle(screen);
	ok(screen_find(screen, "durations", &col, &row), "the latency histogram");
	screen_drag(screen, 80, row + 2, 118, row + 2);
	ok(screen_wait(screen, "✕") && screen_shows(screen, " duration "), "a range of durations is a query");
	leave(screen);
}

static void
test_small(void)
{
	struct screen *screen = open_list(40, 10);

	ok(screen_shows(screen, "POST /checkout"), "40x10: the list");
	see(screen, "j Enter", "checkout", "40x10: a trace opened");
	see(screen, "Backspace", "GET /cart", "40x10: and back");
	leave(screen);
}

int
main(void)
{
	const char *top = getenv("top_srcdir");

	steps_begin();
	shop = xasprintf("%s/tests/data/query/shop.json", top ? top : ".");
	test_rows();
	test_range();
	test_small();
	steps_end();
	free(shop);
	return done();
}

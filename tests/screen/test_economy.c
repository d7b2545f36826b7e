/* SPDX-License-Identifier: MIT
 * How gentle the program is to the link: bytes sent at 200x50 to an xterm of 256 colours, on a walk that a seed decides. */
#include "config.h"

#include "tests/screen/harness.h"

enum { MOVES = 45, FOCUSES = 7, MOVE_MEDIAN = 400, FOCUS_MEDIAN = 16384, QUIET_MS = 45 };

static int
by_size(const void *a, const void *b)
{
	size_t first = *(const size_t *)a, second = *(const size_t *)b;

	return first < second ? -1 : first > second;
}

/* Until the screen is quiet; the highlight of the same name comes later, unless it is waited for. */
static size_t
bytes_of(struct screen *screen, const char *key, bool with_highlight)
{
	screen_settle(screen);
	size_t before = screen_bytes(screen);
	screen_key(screen, key);
	if (with_highlight)
		screen_settle(screen);
	else
		screen_quiet(screen, QUIET_MS);
	return screen_bytes(screen) - before;
}

static void
walk(const char *path, const char *shows)
{
	static const char *const keys[] = { "Down", "Right", "Down", "Left", "Up", "Down", "Right" };
	const char *const args[] = { "--theme", "dark", path, NULL };
	struct screen_options options = { .cols = 200, .rows = 50, .args = args };
	struct screen *screen = screen_start(&options);
	size_t moves[MOVES], focuses[FOCUSES];
	unsigned seed = 7;
	int moved = 0;

	ok(screen_wait(screen, shows), "%s is there", shows);
	for (int i = 0; i < MOVES; i++) {
		seed = seed * 1103515245U + 12345U;
		size_t bytes = bytes_of(screen, keys[(seed >> 16) % (sizeof keys / sizeof *keys)], true);
		/* A key that leads nowhere is no move. */
		if (bytes > 60)
			moves[moved++] = bytes;
	}
	ok(moved > MOVES / 3, "%d moves", moved);
	qsort(moves, (size_t)moved, sizeof *moves, by_size);
	ok(moved > 0 && moves[moved / 2] < MOVE_MEDIAN, "the median move sends less than %d bytes (%zu)", MOVE_MEDIAN, moved ? moves[moved / 2] : 0);
	/* Going in draws the screen anew, coming back draws all of it: that is more. */
	for (int i = 0; i < FOCUSES; i++) {
		bytes_of(screen, "Enter", false);
		focuses[i] = bytes_of(screen, "Backspace", false);
		bytes_of(screen, i % 2 ? "Down" : "Right", true);
	}
	qsort(focuses, FOCUSES, sizeof *focuses, by_size);
	ok(focuses[FOCUSES / 2] > 0 && focuses[FOCUSES / 2] < FOCUS_MEDIAN, "the median focus sends less than %d bytes (%zu)", FOCUS_MEDIAN,
	   focuses[FOCUSES / 2]);
	screen_key(screen, "q");
	is_int(screen_wait_exit(screen), 0, "the end");
	screen_free(screen);
}

int
main(void)
{
	const char *source = getenv("top_srcdir"), *corpus = corpus_path();
	char path[4096];

	snprintf(path, sizeof path, "%s/data/checkout.json", source ? source : ".");
	walk(path, "checkout");
	if (corpus) {
		snprintf(path, sizeof path, "%s/folded/inferno-example-perf-stacks-collapsed.txt", corpus);
		walk(path, "start_thread");
		snprintf(path, sizeof path, "%s/folded/inferno-perf-vertx-stacks-01-collapsed-all-unsorted.txt", corpus);
		walk(path, "start_thread");
	} else {
		skip(10, "no corpus");
	}
	return done();
}

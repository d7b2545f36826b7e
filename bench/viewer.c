/* SPDX-License-Identifier: MIT
 * The viewer on a pseudo-terminal of 200x50: what a key costs.
 *	viewer FILE [OPTION...]
 * A seeded walk with the arrow keys, then focus and back on what the walk found.  Prints, on one line:
 *	bytes of a move, median and greatest; of the highlight that follows it, median; of a focus, median and greatest;
 *	CPU ms of a move, of the highlight, of a focus
 * A move is over before the highlight of boxes with the same name, which waits for 80 ms without a key.  CPU is that of the whole
 * process. */
#include "config.h"

#include <ctype.h>
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/screen/harness.h"
#include "util/alloc.h"

enum { SEED = 7, MOVES = 120, FOCUSES = 12, COLS = 200, ROWS = 50, ARGS_MAX = 16, LOAD_LIMIT_S = 300, BEFORE_HIGHLIGHT_MS = 45 };

static uint32_t
next_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 33);
}

/* CPU time of all threads so far, in ns. */
static uint64_t
cpu_ns(pid_t pid)
{
	char path[64];
	uint64_t sum = 0;

	snprintf(path, sizeof(path), "/proc/%ld/task", (long)pid);
	DIR *tasks = opendir(path);
	if (!tasks)
		return 0;
	for (const struct dirent *task; (task = readdir(tasks));) {
		uint64_t ran = 0;

		if (!isdigit((unsigned char)task->d_name[0]))
			continue;
		char *stat = xasprintf("%s/%s/schedstat", path, task->d_name);
		FILE *file = fopen(stat, "r");
		if (file && fscanf(file, "%" SCNu64, &ran) == 1)
			sum += ran;
		if (file)
			fclose(file);
		free(stat);
	}
	closedir(tasks);
	return sum;
}

/* Until the program has used next to no CPU for a while: it has loaded and drawn. */
static void
wait_until_idle(struct screen *screen)
{
	static const struct timespec pause = { 0, 300000000 };
	uint64_t before = 0;

	for (int i = 0; i < LOAD_LIMIT_S * 3; i++) {
		uint64_t now = cpu_ns(screen_pid(screen));

		if (i && now - before < 2000000)
			break;
		before = now;
		screen_settle(screen);
		nanosleep(&pause, NULL);
	}
	screen_settle(screen);
}

struct cost { size_t bytes; uint64_t cpu; };

/* What has been spent so far; the difference of two is what something cost. */
static struct cost
cost_now(struct screen *screen)
{
	return (struct cost){ screen_bytes(screen), cpu_ns(screen_pid(screen)) };
}

static struct cost
cost_since(struct screen *screen, struct cost before)
{
	struct cost now = cost_now(screen);

	return (struct cost){ now.bytes - before.bytes, now.cpu - before.cpu };
}

static struct cost
press(struct screen *screen, const char *key, int quiet_ms)
{
	struct cost before = cost_now(screen);

	screen_key(screen, key);
	screen_quiet(screen, quiet_ms);
	return cost_since(screen, before);
}

static int
by_size(const void *a, const void *b)
{
	const struct cost *one = a, *other = b;

	return (one->bytes > other->bytes) - (one->bytes < other->bytes);
}

static double
mean_ms(const struct cost *costs, int count)
{
	uint64_t sum = 0;

	for (int i = 0; i < count; i++)
		sum += costs[i].cpu;
	return (double)sum / 1e6 / count;
}

static void
walk(struct screen *screen, struct cost *moves, struct cost *highlights)
{
	static const char *const arrows[] = { "Down", "Down", "Right", "Left", "Down", "Right", "Up", "Right" };
	uint64_t state = SEED;

	for (int i = 0; i < MOVES; i++) {
		moves[i] = press(screen, arrows[next_random(&state) % 8], BEFORE_HIGHLIGHT_MS);
		struct cost before = cost_now(screen);
		screen_settle(screen);
		highlights[i] = cost_since(screen, before);
	}
}

/* In and out again, each time from somewhere else. */
static void
focus(struct screen *screen, struct cost *focuses)
{
	for (int i = 0; i < FOCUSES; i++) {
		screen_settle(screen);
		focuses[i] = press(screen, i % 2 ? "Backspace" : "Enter", BEFORE_HIGHLIGHT_MS);
		if (i % 2) {
			press(screen, "Down", BEFORE_HIGHLIGHT_MS);
			press(screen, "Right", BEFORE_HIGHLIGHT_MS);
		}
	}
}

int
main(int argc, char **argv)
{
	const char *args[ARGS_MAX] = { NULL };
	struct cost moves[MOVES], highlights[MOVES], focuses[FOCUSES];

	if (argc < 2 || argc > ARGS_MAX)
		panic("usage: viewer FILE [OPTION...]");
	for (int i = 1; i < argc; i++)
		args[i - 1] = argv[i];
	struct screen *screen = screen_start(&(struct screen_options){ .cols = COLS, .rows = ROWS, .args = args, .answers = true });
	wait_until_idle(screen);
	walk(screen, moves, highlights);
	focus(screen, focuses);
	qsort(moves, MOVES, sizeof(*moves), by_size);
	qsort(highlights, MOVES, sizeof(*highlights), by_size);
	qsort(focuses, FOCUSES, sizeof(*focuses), by_size);
	printf("%zu %zu %zu %zu %zu %.3f %.3f %.3f\n", moves[MOVES / 2].bytes, moves[MOVES - 1].bytes, highlights[MOVES / 2].bytes,
		focuses[FOCUSES / 2].bytes, focuses[FOCUSES - 1].bytes, mean_ms(moves, MOVES), mean_ms(highlights, MOVES), mean_ms(focuses, FOCUSES));
	screen_key(screen, "q");
	screen_free(screen);
	return 0;
}

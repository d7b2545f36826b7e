/* SPDX-License-Identifier: MIT
 * The viewer on a pseudo-terminal of 200x50: what a key costs.
 *	viewer FILE [OPTION...]
 * A seeded walk with the arrow keys, then focus and back on what the walk found.  Prints, on one line:
 *	cursor-bytes median and greatest, focus-bytes median and greatest, CPU ms per key press of the walk, CPU ms per focus
 * The CPU of a key press is that of the whole process, until the screen is quiet again: with the highlight that follows it. */
#include "config.h"

#include <ctype.h>
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tests/screen/harness.h"
#include "util/alloc.h"

enum { SEED = 7, MOVES = 120, FOCUSES = 12, COLS = 200, ROWS = 50, ARGS_MAX = 16, LOAD_LIMIT_S = 300 };

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

static size_t
bytes_of(struct screen *screen, const char *key)
{
	size_t before = screen_bytes(screen);

	screen_key(screen, key);
	screen_settle(screen);
	return screen_bytes(screen) - before;
}

static int
by_size(const void *a, const void *b)
{
	const size_t *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

int
main(int argc, char **argv)
{
	static const char *const arrows[] = { "Down", "Down", "Right", "Left", "Down", "Right", "Up", "Right" };
	const char *args[ARGS_MAX] = { NULL };
	size_t moved[MOVES], focused[FOCUSES];
	uint64_t state = SEED;

	if (argc < 2 || argc > ARGS_MAX)
		panic("usage: viewer FILE [OPTION...]");
	for (int i = 1; i < argc; i++)
		args[i - 1] = argv[i];
	struct screen *screen = screen_start(&(struct screen_options){ .cols = COLS, .rows = ROWS, .args = args, .answers = true });
	wait_until_idle(screen);

	uint64_t before = cpu_ns(screen_pid(screen));
	for (int i = 0; i < MOVES; i++)
		moved[i] = bytes_of(screen, arrows[next_random(&state) % 8]);
	double move_ms = (double)(cpu_ns(screen_pid(screen)) - before) / 1e6 / MOVES;

	before = cpu_ns(screen_pid(screen));
	for (int i = 0; i < FOCUSES; i++) {
		focused[i] = bytes_of(screen, i % 2 ? "Backspace" : "Enter");
		if (i % 2) {
			bytes_of(screen, "Down");
			bytes_of(screen, "Right");
		}
	}
	double focus_ms = (double)(cpu_ns(screen_pid(screen)) - before) / 1e6 / (FOCUSES + FOCUSES);
	qsort(moved, MOVES, sizeof(*moved), by_size);
	qsort(focused, FOCUSES, sizeof(*focused), by_size);
	printf("%zu %zu %zu %zu %.3f %.3f\n", moved[MOVES / 2], moved[MOVES - 1], focused[FOCUSES / 2], focused[FOCUSES - 1], move_ms, focus_ms);
	screen_key(screen, "q");
	screen_free(screen);
	return 0;
}

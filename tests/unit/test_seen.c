/* SPDX-License-Identifier: MIT
 * What differs from what the terminal was given, run by run. */
#include "config.h"

#include "ui/seen.h"

#include <stdio.h>

#include "tests/tap.h"

enum { COLS = 12, ROWS = 2 };

static const struct style plain = { PAINT(ROLE_TEXT), PAINT(ROLE_BACKGROUND), 0 };

/* The runs of a row, as "3+2 7+1". */
static const char *
runs(struct seen *seen, const struct grid *grid, int row)
{
	static char text[64];
	int col = 0, start, count, len = 0;

	text[0] = '\0';
	while ((count = seen_next(seen, grid, row, DEPTH_256, &col, &start)) > 0)
		len += snprintf(text + len, sizeof text - (size_t)len, "%s%d+%d", len ? " " : "", start, count);
	return text;
}

int
main(void)
{
	struct seen seen = { 0 };
	struct grid grid;

	grid_init(&grid, COLS, ROWS);
	grid_clear(&grid, plain);
	grid_text(&grid, 0, 0, COLS - 0, STR("abcdefghijkl"), plain);
	ok(seen_fit(&seen, COLS, ROWS) && !seen_fit(&seen, COLS, ROWS), "another size is one once");
	is_text(runs(&seen, &grid, 0), "0+12", "nothing was seen: all differs");
	runs(&seen, &grid, 1);
	seen.nothing = false;
	is_text(runs(&seen, &grid, 0), "", "the same again: nothing does");
	grid_text(&grid, 3, 0, COLS - 3, STR("XY"), plain);
	grid_text(&grid, 7, 0, COLS - 7, STR("Z"), plain);
	is_text(runs(&seen, &grid, 0), "3+2 7+1", "changed cells are runs");
	is_text(runs(&seen, &grid, 0), "", "and are seen then");
	grid_text(&grid, 11, 0, COLS - 11, STR("!"), plain);
	is_text(runs(&seen, &grid, 0), "11+1", "at the end of a row, too");
	ok(seen_fit(&seen, COLS - 1, ROWS) && seen.nothing, "a new size: nothing is known");
	grid_fini(&grid);
	seen_fini(&seen);
	return done();
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/seen.h"

#include <stdlib.h>
#include <string.h>

#include "ui/pair.h"
#include "util/alloc.h"

void
seen_fini(struct seen *seen)
{
	free(seen->cells);
}

bool
seen_fit(struct seen *seen, int cols, int rows)
{
	if (seen->cells && seen->cols == cols && seen->rows == rows)
		return false;
	seen->cols = cols;
	seen->rows = rows;
	seen->cells = xreallocarray(seen->cells, (size_t)cols * (size_t)rows, sizeof *seen->cells);
	seen->nothing = true;
	return true;
}

int
seen_next(struct seen *seen, const struct grid *grid, int row, enum color_depth depth, int *col, int *start_out)
{
	const struct cell *cells = grid->cells + (size_t)row * (size_t)grid->cols;
	struct cell *before = seen->cells + (size_t)row * (size_t)seen->cols;
	int start = -1;

	for (; *col < grid->cols; ++*col) {
		struct cell now = tint_cell(&cells[*col], *col ? &before[*col - 1].style : NULL, depth);
		if (!seen->nothing && memcmp(&now, &before[*col], sizeof now) == 0) {
			if (start >= 0)
				break;
			continue;
		}
		before[*col] = now;
		if (now.width > 0 && start < 0)
			start = *col;
	}
	*start_out = start;
	return start < 0 ? 0 : *col - start;
}

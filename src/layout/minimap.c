/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "layout/minimap.h"

#include <string.h>

#include "util/alloc.h"

enum { EIGHTHS = 8, ENOUGH_EIGHTHS = EIGHTHS / 2 };

/* The share of a strip that is boxes. */
static double
density(const struct plane *plane, const struct strip *strip)
{
	double extent = plane_right(plane, plane->box[strip->first + strip->count - 1].node) - plane_left(plane, strip->node);

	if (!strip->small || !(strip->sum < extent))
		return 1;
	return strip->sum / extent;
}

/* Adds to each sample how many of its eighths the strips cover. */
static void
cover(const struct plane *plane, const struct strips *strips, double *covered)
{
	for (size_t i = 0; i < strips->len; i++) {
		const struct strip *strip = &strips->at[i];
		double share = density(plane, strip);

		for (int32_t at = strip->begin, next; at < strip->end; at = next) {
			next = (at / EIGHTHS + 1) * EIGHTHS;
			if (next > strip->end)
				next = strip->end;
			covered[at / EIGHTHS] += share * (next - at);
		}
	}
}

uint32_t
minimap_build(const struct plane *plane, struct viewport view, uint32_t *height_out)
{
	size_t cols = (size_t)view.cols, open = cols;
	struct viewport samples = { view.from, view.to, view.cols * MINIMAP_SAMPLES };
	double *covered = xreallocarray(NULL, cols, MINIMAP_SAMPLES * sizeof *covered);
	uint32_t step = (plane->rows - 1) / MINIMAP_MOST_ROWS + 1, tallest = 0;
	struct strips strips = { 0 };

	memset(height_out, 0, cols * sizeof *height_out);
	for (uint32_t height = plane->rows; height > 0 && open > 0; height = height > step ? height - step : height > 1 ? 1 : 0) {
		memset(covered, 0, cols * MINIMAP_SAMPLES * sizeof *covered);
		strips_of_row(plane, height - 1, samples, &strips);
		cover(plane, &strips, covered);
		for (size_t i = 0; i < cols * MINIMAP_SAMPLES; i++)
			if (covered[i] >= ENOUGH_EIGHTHS && !height_out[i / MINIMAP_SAMPLES]) {
				height_out[i / MINIMAP_SAMPLES] = height;
				open--;
				tallest = tallest < height ? height : tallest;
			}
	}
	vec_fini(&strips);
	free(covered);
	return tallest;
}

int
minimap_eighths(uint32_t height, uint32_t tallest, int cells)
{
	int most = cells * EIGHTHS;
	int eighths = tallest ? (int)((double)height / tallest * most + 0.5) : 0;

	if (height == 0 || most < 1)
		return 0;
	return eighths < 1 ? 1 : eighths > most ? most : eighths;
}

/* SPDX-License-Identifier: MIT
 * Marks on an axis: at whole multiples of a step that fits the zoom.
 * Steps of time are 1, 2 and 5 times a power of ten below a minute; above it what clocks have: 10 s, 15 s, 30 s, minutes, hours, days. */
#ifndef LAYOUT_TICKS_H
#define LAYOUT_TICKS_H

#include "layout/strip.h"
#include "util/buf.h"

/* The smallest step in ns that puts marks at least `apart` cells from each other; never below 1 ns. */
double ticks_step(struct viewport view, int apart);

/* The first multiple of step that is not before from. */
double ticks_first(double from, double step);

/* Appends the time at a mark as it is read beside others of this step: "0", "200 µs", "1.25 s", "3:20", "1:02:00", "1d 4:00"; all that
 * the step needs and no more. */
void   ticks_label(double ns, double step, bool ascii, struct buf *out);

#endif

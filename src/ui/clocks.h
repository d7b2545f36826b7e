/* SPDX-License-Identifier: MIT
 * Times on the screen: since the beginning of the trace or by the clock, and clocks of different hosts as they were or corrected. */
#ifndef UI_CLOCKS_H
#define UI_CLOCKS_H

#include "ui/viewer.h"
#include "util/clock.h"

/* How the present state writes moments. */
enum clock_mode       clocks_mode(const struct app *app);

/* The dataset whose spans have the times that the present picture shows (build_cache_times()). */
const struct dataset *clocks_dataset(const struct app *app);

/* When the timed axis of the present scene begins, in ns since 1970. */
int64_t               clocks_start(const struct app *app);

/* A moment of the timed axis of the present scene, ns since its beginning: "+1.24 s", or by the clock. */
void                  clocks_moment(struct app *app, double x, struct buf *out);

/* By the clock alone, "14:03:07.123456": the day and the offset go without saying. */
void                  clocks_time(struct app *app, double x, struct buf *out);

/* "2026-11-20 +02:00" of the time axis by the clock; nothing while times are relative. */
void                  clocks_day(struct app *app, double x, struct buf *out);

/* How far the correction of clocks has moved a span; 0 when it has not, or clocks are as they were. */
int64_t               clocks_moved(const struct app *app, span_id span);

/* Between relative and absolute times; between clocks as they were and corrected (T, K). */
unsigned              clocks_turn_times(struct app *app);
unsigned              clocks_turn_skew(struct app *app);

#endif

/* SPDX-License-Identifier: MIT
 * Moments as people read them. */
#ifndef UTIL_CLOCK_H
#define UTIL_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"

/* How moments are written. */
enum clock_mode {
	CLOCK_RELATIVE,    /* since a beginning: "+1.24 s", "-3 ms" before it */
	CLOCK_LOCAL,       /* the clock on the wall where we are, with its offset: "14:03:07.123 +02:00" */
	CLOCK_UTC,         /* "12:03:07.123 Z" */
};

/* The finest unit of the second that is written. */
enum clock_digits { CLOCK_SECONDS = 0, CLOCK_MILLIS = 3, CLOCK_MICROS = 6, CLOCK_NANOS = 9 };

/* The digits that tell moments apart that are step_ns from each other. */
enum clock_digits clock_digits_for(int64_t step_ns);

/* Whether a moment in ns since 1970 is one of the calendar: many recorders count from when the machine or the program began. */
bool clock_is_date(int64_t ns);

/* The time of day of a moment in ns since 1970, without its offset: "14:03:07.123"; a relative mode is written as UTC. */
void clock_time(int64_t ns, enum clock_mode mode, enum clock_digits digits, struct buf *out);

/* The date: "2026-11-20". */
void clock_date(int64_t ns, enum clock_mode mode, struct buf *out);

/* The offset then: "+02:00", "Z" for CLOCK_UTC. */
void clock_offset(int64_t ns, enum clock_mode mode, struct buf *out);

/* A moment in full: "+1.24 s" since origin_ns, or "2026-11-20 14:03:07.123456 +02:00". */
void clock_moment(int64_t ns, int64_t origin_ns, enum clock_mode mode, bool ascii, struct buf *out);

/* The time from origin_ns to a moment as on a stopwatch: "+5:32:58"; under a minute, and before it, as clock_moment() has it. */
void clock_elapsed(int64_t ns, int64_t origin_ns, bool ascii, struct buf *out);

#endif

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/clock.h"

#include <inttypes.h>
#include <time.h>

#include "util/unit.h"

enum { NS_PER_SECOND = 1000000000 };

#define FIRST_DATE (INT64_C(315532800) * NS_PER_SECOND)    /* the beginning of 1980 */

bool
clock_is_date(int64_t ns)
{
	return ns >= FIRST_DATE;
}

/* Rounded towards the past, so that what is left of the second is never negative. */
static time_t
whole_seconds(int64_t ns, uint32_t *rest_out)
{
	int64_t seconds = ns / NS_PER_SECOND, rest = ns % NS_PER_SECOND;

	if (rest < 0) {
		seconds--;
		rest += NS_PER_SECOND;
	}
	*rest_out = (uint32_t)rest;
	return (time_t)seconds;
}

static struct tm
parts_of(int64_t ns, enum clock_mode mode, uint32_t *rest_out)
{
	time_t seconds = whole_seconds(ns, rest_out);
	struct tm parts = { 0 };

	if (mode == CLOCK_LOCAL)
		localtime_r(&seconds, &parts);
	else
		gmtime_r(&seconds, &parts);
	return parts;
}

enum clock_digits
clock_digits_for(int64_t step_ns)
{
	if (step_ns >= NS_PER_SECOND)
		return CLOCK_SECONDS;
	if (step_ns >= 1000000)
		return CLOCK_MILLIS;
	return step_ns >= 1000 ? CLOCK_MICROS : CLOCK_NANOS;
}

void
clock_time(int64_t ns, enum clock_mode mode, enum clock_digits digits, struct buf *out)
{
	uint32_t rest, unit = NS_PER_SECOND;
	struct tm parts = parts_of(ns, mode, &rest);

	buf_addf(out, "%02d:%02d:%02d", parts.tm_hour, parts.tm_min, parts.tm_sec);
	if (digits == CLOCK_SECONDS)
		return;
	for (int i = 0; i < (int)digits; i++)
		unit /= 10;
	buf_addf(out, ".%0*u", (int)digits, rest / unit);
}

void
clock_date(int64_t ns, enum clock_mode mode, struct buf *out)
{
	uint32_t rest;
	struct tm parts = parts_of(ns, mode, &rest);

	buf_addf(out, "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

void
clock_offset(int64_t ns, enum clock_mode mode, struct buf *out)
{
	uint32_t rest;
	long minutes = parts_of(ns, mode, &rest).tm_gmtoff / 60;

	if (mode != CLOCK_LOCAL) {
		buf_addc(out, 'Z');
		return;
	}
	buf_addf(out, "%c%02ld:%02ld", minutes < 0 ? '-' : '+', (minutes < 0 ? -minutes : minutes) / 60, (minutes < 0 ? -minutes : minutes) % 60);
}

static void
add_relative(int64_t ns, int64_t origin_ns, bool ascii, struct buf *out)
{
	uint64_t distance = ns < origin_ns ? (uint64_t)origin_ns - (uint64_t)ns : (uint64_t)ns - (uint64_t)origin_ns;

	buf_addc(out, ns < origin_ns ? '-' : '+');
	unit_format((double)distance, STR("ns"), ascii, out);
}

void
clock_moment(int64_t ns, int64_t origin_ns, enum clock_mode mode, bool ascii, struct buf *out)
{
	uint32_t rest;

	if (mode == CLOCK_RELATIVE) {
		add_relative(ns, origin_ns, ascii, out);
		return;
	}
	(void)whole_seconds(ns, &rest);
	clock_date(ns, mode, out);
	buf_addc(out, ' ');
	clock_time(ns, mode, rest % 1000 ? CLOCK_NANOS : rest % 1000000 ? CLOCK_MICROS : CLOCK_MILLIS, out);
	buf_addc(out, ' ');
	clock_offset(ns, mode, out);
}

void
clock_elapsed(int64_t ns, int64_t origin_ns, bool ascii, struct buf *out)
{
	uint64_t seconds = ns < origin_ns ? 0 : ((uint64_t)ns - (uint64_t)origin_ns) / 1000000000;

	if (seconds < 60)
		clock_moment(ns, origin_ns, CLOCK_RELATIVE, ascii, out);
	else
		buf_addf(out, "+%" PRIu64 ":%02u:%02u", seconds / 3600, (unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60));
}

/* SPDX-License-Identifier: MIT
 * Moments: since a beginning, where we are, and in UTC. */
#include "config.h"

#include "util/clock.h"

#include <stdlib.h>
#include <time.h>

#include "tests/tap.h"

static const struct {
	int64_t         ns, origin;
	enum clock_mode mode;
	const char     *want;
} moments[] = {
	{ 5, 5, CLOCK_RELATIVE, "+0 ns" },
	{ 1240000000, 0, CLOCK_RELATIVE, "+1.24 s" },
	{ 0, 3000000, CLOCK_RELATIVE, "-3 ms" },
	{ INT64_MIN, INT64_MAX, CLOCK_RELATIVE, "-5,124,096 h" },
	{ 0, 0, CLOCK_UTC, "1970-01-01 00:00:00.000 Z" },
	{ 1763625787123000000, 0, CLOCK_UTC, "2025-11-20 08:03:07.123 Z" },
	{ 1763625787123456000, 0, CLOCK_UTC, "2025-11-20 08:03:07.123456 Z" },
	{ 1763625787000000009, 0, CLOCK_UTC, "2025-11-20 08:03:07.000000009 Z" },
	{ -1, 0, CLOCK_UTC, "1969-12-31 23:59:59.999999999 Z" },
	{ 1763625787123000000, 0, CLOCK_LOCAL, "2025-11-20 13:33:07.123 +05:30" },
};

int
main(void)
{
	struct buf out = { 0 };

	setenv("TZ", "XYZ-5:30", 1);
	tzset();
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		buf_clear(&out);
		clock_moment(moments[i].ns, moments[i].origin, moments[i].mode, false, &out);
		is_text(out.at, moments[i].want, moments[i].want);
	}
	setenv("TZ", "XYZ3:30", 1);
	tzset();
	buf_clear(&out);
	clock_offset(0, CLOCK_LOCAL, &out);
	is_text(out.at, "-03:30", "west of Greenwich");
	buf_clear(&out);
	clock_time(1763625787129999999, CLOCK_UTC, clock_digits_for(20000000), &out);
	is_text(out.at, "08:03:07.129", "what is too fine for its step is cut");
	is_int(clock_digits_for(1000000000), CLOCK_SECONDS, "steps of a second");
	is_int(clock_digits_for(1), CLOCK_NANOS, "steps of a nanosecond");
	static const struct { int64_t ns; const char *want; } gone[] = {
		{ 59000000000, "+59 s" }, { 60000000000, "+0:01:00" }, { INT64_C(19978999999999), "+5:32:58" }, { INT64_MAX, "+2562047:47:16" }, { -5, "-5 ns" },
	};
	for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
		buf_clear(&out);
		clock_elapsed(gone[i].ns, 0, false, &out);
		is_text(out.at, gone[i].want, "a time that has gone by");
	}
	ok(clock_is_date(1763625787129999999) && !clock_is_date(5000001000) && !clock_is_date(-1), "a small number is no date");
	buf_fini(&out);
	return done();
}

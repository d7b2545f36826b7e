/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <math.h>

#include "layout/ticks.h"
#include "tests/tap.h"

static void
check_label(double ns, double step, const char *want)
{
	struct buf text = { 0 };

	ticks_label(ns, step, false, &text);
	buf_addc(&text, '\0');
	is_text(text.at, want, want);
	buf_fini(&text);
}

static void
test_labels(void)
{
	struct buf text = { 0 };

	check_label(0, 1e6, "0");
	check_label(1, 1, "1 ns");
	check_label(200e3, 100e3, "200 µs");
	check_label(1500e3, 500e3, "1.5 ms");
	check_label(1e9, 200e6, "1.0 s");
	check_label(1.25e9, 50e6, "1.25 s");
	check_label(59e9, 1e9, "59 s");
	check_label(-20e6, 10e6, "-20 ms");
	check_label(60e9, 20e9, "1:00");
	check_label(200e9, 10e9, "3:20");
	check_label(61.25e9, 50e6, "1:01.25");
	check_label(3720e9, 60e9, "1:02:00");
	check_label(86400e9 + 4 * 3600e9, 3600e9, "1d 4:00:00");
	check_label(119.9999999e9, 1e9, "2:00");
	ticks_label(5000, 1000, true, &text);
	ok(str_equal(buf_str(&text), STR("5 us")), "in ASCII too");
	buf_fini(&text);
}

static bool
is_round(double step)
{
	double lead = step / pow(10, floor(log10(step) + 1e-9));

	return fabs(lead - 1) < 1e-9 || fabs(lead - 2) < 1e-9 || fabs(lead - 5) < 1e-9;
}

/* Of all widths: steps are round, far enough from each other, and no larger than needed. */
static void
test_steps(void)
{
	int close = 0, odd = 0, wide = 0;

	for (int i = 0; i < 4000; i++) {
		double width = pow(10, 1.5 + i * 0.004);
		struct viewport view = { 0, width, 160 };
		double step = ticks_step(view, 12), cells = step / width * view.cols;
		close += cells < 12 - 1e-6;
		wide += step > 1 && cells > 12 * 3;
		odd += step <= 10e9 ? !is_round(step) : fmod(step, 5e9) != 0;
	}
	is_int(close, 0, "marks keep their distance");
	is_int(wide, 0, "and are as many as have room");
	is_int(odd, 0, "at 1, 2 and 5, or what clocks have");
	is_double(ticks_step((struct viewport){ 0, 1240e6, 116 }, 12), 200e6, 0, "200 ms over a second");
	is_double(ticks_step((struct viewport){ 0, 10, 100 }, 12), 2, 0, "down to whole nanoseconds");
	is_double(ticks_step((struct viewport){ 0, 3, 300 }, 12), 1, 0, "and never below one");
	is_double(ticks_step((struct viewport){ 0, 3600e9, 120 }, 12), 600e9, 0, "minutes over an hour");
	is_double(ticks_first(1001, 500), 1500, 0, "the first mark is inside");
	is_double(ticks_first(1000, 500), 1000, 0, "or at the edge");
}

int
main(void)
{
	test_labels();
	test_steps();
	return done();
}

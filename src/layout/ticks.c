/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "layout/ticks.h"

#include <inttypes.h>
#include <math.h>

static const double second = 1e9, minute = 60e9, day = 86400e9;

/* From here on steps are those of clocks. */
static const double clock_steps[] = {
	10e9, 15e9, 30e9, 60e9, 120e9, 300e9, 600e9, 900e9, 1800e9, 3600e9, 7200e9, 10800e9, 21600e9, 43200e9, 86400e9,
};

enum { CLOCK_STEPS = sizeof clock_steps / sizeof *clock_steps };

/* The least of 1, 2 and 5 times a power of ten that is no less. */
static double
decimal_step(double least)
{
	double power = pow(10, floor(log10(least)));

	for (int i = 0; i < 4; i++) {
		double step = power * (double[]){ 1, 2, 5, 10 }[i];
		if (step >= least * (1 - 1e-12))
			return step;
	}
	return power * 10;
}

double
ticks_step(struct viewport view, int apart)
{
	double least = (view.to - view.from) / view.cols * apart;

	if (!(least > 1))
		return 1;
	if (least <= clock_steps[0])
		return decimal_step(least);
	for (int i = 0; i < CLOCK_STEPS; i++)
		if (clock_steps[i] >= least)
			return clock_steps[i];
	return day * decimal_step(least / day);
}

double
ticks_first(double from, double step)
{
	return ceil(from / step - 1e-9) * step;
}

/* How many decimals of a unit a step needs. */
static int
decimals(double step, double unit)
{
	int count = 0;

	for (double rest = step / unit; count < 9 && rest < 1 - 1e-9; count++)
		rest *= 10;
	return count;
}

static void
add_decimal(double ns, double step, bool ascii, struct buf *out)
{
	static const struct { double ns; const char *name, *ascii; } units[] = {
		{ 1e9, "s", "s" }, { 1e6, "ms", "ms" }, { 1e3, "µs", "us" }, { 1, "ns", "ns" },
	};
	double size = fabs(ns) > step ? fabs(ns) : step;
	size_t i = 0;

	while (i < 3 && size < units[i].ns * (1 - 1e-9))
		i++;
	buf_addf(out, "%.*f %s", decimals(step, units[i].ns), ns / units[i].ns, ascii ? units[i].ascii : units[i].name);
}

static void
add_clock(double ns, double step, struct buf *out)
{
	int places = step < second ? decimals(step, second) : 0;
	int64_t parts = llround(pow(10, places));    /* of a second */
	int64_t all = llround(fabs(ns) / second * (double)parts), seconds = all / parts;
	int64_t days = seconds / 86400, hours = seconds / 3600 % 24, minutes = seconds / 60 % 60;

	if (ns < 0)
		buf_addc(out, '-');
	if (days)
		buf_addf(out, "%" PRId64 "d ", days);
	if (days || hours)
		buf_addf(out, "%" PRId64 ":%02" PRId64 ":%02" PRId64, hours, minutes, seconds % 60);
	else
		buf_addf(out, "%" PRId64 ":%02" PRId64, minutes, seconds % 60);
	if (places)
		buf_addf(out, ".%0*" PRId64, places, all % parts);
}

void
ticks_label(double ns, double step, bool ascii, struct buf *out)
{
	if (fabs(ns) < step / 2)
		buf_addc(out, '0');
	else if (fabs(ns) < minute)
		add_decimal(ns, step, ascii, out);
	else
		add_clock(ns, step, out);
}

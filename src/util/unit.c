/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/unit.h"

#include <float.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "util/chars.h"

#define EXACT_INTEGERS 9007199254740992.0    /* 2^53: every whole number up to it is a double */
#define MICRO STR("\xC2\xB5s")

/* A step of a scale: values of at least `from` are shown divided by it. */
struct step {
	double      from;
	const char *name;
};

static const struct step time_steps[] = {
	{ 3600e9, "h" }, { 60e9, "min" }, { 1e9, "s" }, { 1e6, "ms" }, { 1e3, "us" }, { 1, "ns" },
};

static const struct step byte_steps[] = {
	{ 0x1p60, "EiB" }, { 0x1p50, "PiB" }, { 0x1p40, "TiB" }, { 0x1p30, "GiB" }, { 0x1p20, "MiB" }, { 0x1p10, "KiB" }, { 1, "B" },
};

static const struct step count_steps[] = { { 1e12, "T" }, { 1e9, "G" }, { 1e6, "M" } };

static const struct { const char *name; double ns; } time_units[] = {
	{ "nanoseconds", 1 },    { "nanosecond", 1 },    { "ns", 1 },
	{ "microseconds", 1e3 }, { "microsecond", 1e3 }, { "us", 1e3 },  { "\xC2\xB5s", 1e3 }, { "\xCE\xBCs", 1e3 },
	{ "milliseconds", 1e6 }, { "millisecond", 1e6 }, { "ms", 1e6 },
	{ "seconds", 1e9 },      { "second", 1e9 },      { "s", 1e9 },   { "sec", 1e9 },
	{ "minutes", 60e9 },     { "minute", 60e9 },     { "min", 60e9 },
	{ "hours", 3600e9 },     { "hour", 3600e9 },     { "h", 3600e9 },
};

static const char *const byte_units[] = { "bytes", "byte", "B", "By" };
static const char *const silent_units[] = { "", "none", "count" };

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static bool
is_one_of(struct str text, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(text, str_of(names[i])))
			return true;
	return false;
}

bool
unit_is_time(struct str unit, double *ns_out)
{
	for (size_t i = 0; i < COUNT_OF(time_units); i++) {
		if (str_equal(unit, str_of(time_units[i].name))) {
			*ns_out = time_units[i].ns;
			return true;
		}
	}
	return false;
}

bool
unit_is_bytes(struct str unit)
{
	return is_one_of(unit, byte_units, COUNT_OF(byte_units));
}

/* value rounded to three significant digits; whole numbers keep all of theirs. */
static double
three_digits(double value)
{
	double scale = 1;

	if (value >= 1000)
		return round(value);
	while (value * scale < 100 && scale < 1e9)
		scale *= 10;
	return round(value * scale) / scale;
}

static void
add_three_digits(double value, struct buf *out)
{
	double rounded = three_digits(value);

	if (rounded >= EXACT_INTEGERS)
		buf_addf(out, "%.3g", rounded);    /* three hundred digits have room nowhere */
	else if (rounded >= 1000)
		unit_count((uint64_t)rounded, out);
	else
		number_format(rounded, out);
}

static void
add_scaled(double value, const struct step *steps, size_t count, bool ascii, struct buf *out)
{
	size_t i = 0;

	while (i + 1 < count && value < steps[i].from)
		i++;
	double shown = value / steps[i].from;
	if (i > 0 && three_digits(shown) * steps[i].from >= steps[i - 1].from) {
		i--;    /* 999.9 µs is 1 ms once it is rounded */
		shown = 1;
	}
	add_three_digits(shown, out);
	buf_addc(out, ' ');
	buf_add(out, !ascii && strcmp(steps[i].name, "us") == 0 ? MICRO : str_of(steps[i].name));
}

static void
add_counted(double value, struct str unit, struct buf *out)
{
	bool silent = is_one_of(unit, silent_units, COUNT_OF(silent_units));
	bool single = value == 1 && unit.len > 2 && str_ends(unit, STR("s")) && !str_ends(unit, STR("ss"));

	if (value >= 1e6)
		add_scaled(value, count_steps, COUNT_OF(count_steps), true, out);
	else if (value >= 1000 || value == floor(value))
		unit_count((uint64_t)round(value), out);
	else
		add_three_digits(value, out);
	if (silent)
		return;
	buf_addc(out, ' ');
	buf_add(out, (struct str){ unit.at, unit.len - single });
}

void
unit_format(double value, struct str unit, bool ascii, struct buf *out)
{
	double ns;

	if (!isfinite(value))
		value = 0;
	if (value < 0) {
		buf_addc(out, '-');
		value = -value;
	}
	if (unit_is_time(unit, &ns))
		add_scaled(fmin(value * ns, DBL_MAX), time_steps, COUNT_OF(time_steps), ascii, out);
	else if (unit_is_bytes(unit))
		add_scaled(value, byte_steps, COUNT_OF(byte_steps), ascii, out);
	else
		add_counted(value, unit, out);
}

void
unit_duration(int64_t ns, bool ascii, struct buf *out)
{
	unit_format((double)ns, STR("ns"), ascii, out);
}

void
unit_percent(double part, double whole, struct buf *out)
{
	double share = whole > 0 && isfinite(part / whole) ? part / whole * 100 : 0;
	double tenths = round(share * 10);

	if (share > 0 && tenths == 0)
		buf_add(out, STR("<0.1"));
	else
		buf_addf(out, "%s%" PRIu64 ".%d", tenths < 0 ? "-" : "", (uint64_t)(fmin(fabs(tenths), 1e18) / 10), (int)fmod(fabs(tenths), 10));
	buf_addc(out, '%');
}

void
unit_count(uint64_t value, struct buf *out)
{
	char digits[32];
	int len = snprintf(digits, sizeof digits, "%" PRIu64, value);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_addc(out, ',');
		buf_addc(out, digits[i]);
	}
}

/* "d.ddde+xx" with the fewest digits that read back to value, whatever the locale's decimal point is. */
static void
print_shortest(double value, char *text, size_t size)
{
	/* Up to DBL_DIG digits survive the way through a normal double, so what is shorter shows as trailing zeros there. */
	for (int digits = value < DBL_MIN ? 1 : DBL_DIG; digits <= DBL_DECIMAL_DIG; digits++) {
		snprintf(text, size, "%.*e", digits - 1, value);
		if (strtod(text, NULL) == value)
			return;
	}
}

void
number_format(double value, struct buf *out)
{
	char text[64], digits[32];
	size_t count = 0, i = 0;

	if (!isfinite(value) || value == 0) {
		buf_addc(out, '0');
		return;
	}
	if (value < 0) {
		buf_addc(out, '-');
		value = -value;
	}
	if (value < EXACT_INTEGERS && value == floor(value)) {
		buf_addf(out, "%" PRIu64, (uint64_t)value);
		return;
	}
	print_shortest(value, text, sizeof text);
	for (; text[i] && text[i] != 'e'; i++)
		if (char_is_digit(text[i]))
			digits[count++] = text[i];
	long exponent = text[i] == 'e' ? strtol(text + i + 1, NULL, 10) : 0;
	while (count > 1 && digits[count - 1] == '0')
		count--;
	if (exponent < 0) {
		buf_add(out, STR("0."));
		for (long zero = -1; zero > exponent; zero--)
			buf_addc(out, '0');
	}
	for (size_t at = 0; at < count; at++) {
		if (exponent >= 0 && at == (size_t)exponent + 1)
			buf_addc(out, '.');
		buf_addc(out, digits[at]);
	}
	for (long at = (long)count; at <= exponent; at++)
		buf_addc(out, '0');
}

static size_t
digits_at(struct str text, size_t from)
{
	size_t at = from;

	while (at < text.len && char_is_digit(text.at[at]))
		at++;
	return at - from;
}

/* Where the parts of a number stand in its text. */
struct number_parts {
	size_t whole_at, whole, fraction_at, fraction;
	bool   exponent;
};

static bool
split_number(struct str text, struct number_parts *parts)
{
	size_t at = text.len > 0 && (text.at[0] == '-' || text.at[0] == '+');

	*parts = (struct number_parts){ .whole_at = at, .whole = digits_at(text, at) };
	at += parts->whole;
	parts->fraction_at = at;
	if (at < text.len && text.at[at] == '.') {
		parts->fraction_at = ++at;
		parts->fraction = digits_at(text, at);
		at += parts->fraction;
	}
	if (parts->whole + parts->fraction == 0)
		return false;
	if (at < text.len && (text.at[at] == 'e' || text.at[at] == 'E')) {
		parts->exponent = true;
		at++;
		at += at < text.len && (text.at[at] == '-' || text.at[at] == '+');
		size_t digits = digits_at(text, at);
		if (digits == 0)
			return false;
		at += digits;
	}
	return at == text.len;
}

/* strtod wants a NUL and the locale's decimal point. */
static double
parse_slowly(struct str text)
{
	const char *point = localeconv()->decimal_point;
	struct buf copy = { 0 };

	for (size_t i = 0; i < text.len; i++)
		buf_add(&copy, text.at[i] == '.' ? str_of(point) : (struct str){ text.at + i, 1 });
	double value = strtod(copy.at, NULL);
	buf_fini(&copy);
	return value;
}

bool
number_parse(struct str text, double *out)
{
	static const double powers[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	struct number_parts parts;
	uint64_t digits = 0;

	if (!split_number(text, &parts))
		return false;
	if (parts.exponent || parts.whole + parts.fraction > DBL_DIG) {
		double value = parse_slowly(text);
		if (!isfinite(value))
			return false;
		*out = value;
		return true;
	}
	/* Both the digits and the power of ten are exact doubles, so one division rounds once, as strtod does. */
	for (size_t i = 0; i < parts.whole; i++)
		digits = digits * 10 + (uint64_t)(text.at[parts.whole_at + i] - '0');
	for (size_t i = 0; i < parts.fraction; i++)
		digits = digits * 10 + (uint64_t)(text.at[parts.fraction_at + i] - '0');
	double value = (double)digits / powers[parts.fraction];
	*out = text.at[0] == '-' ? -value : value;
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/instant.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "util/unit.h"

enum { FRACTION_DIGITS = 9, YEAR_MIN = 1677, YEAR_MAX = 2262 };

#define NS_PER_S INT64_C(1000000000)

/* A text that is taken apart from its front. */
struct reader { struct str rest; };

static bool
read_digits(struct reader *reader, size_t digits, int low, int high, int *out)
{
	int value = 0;

	if (reader->rest.len < digits)
		return false;
	for (size_t i = 0; i < digits; i++) {
		char c = reader->rest.at[i];
		if (c < '0' || c > '9')
			return false;
		value = value * 10 + (c - '0');
	}
	reader->rest.at += digits;
	reader->rest.len -= digits;
	*out = value;
	return value >= low && value <= high;
}

static bool
read_one_of(struct reader *reader, const char *chars, char *out)
{
	if (!reader->rest.len || !reader->rest.at[0] || !strchr(chars, reader->rest.at[0]))
		return false;
	if (out)
		*out = reader->rest.at[0];
	reader->rest.at++;
	reader->rest.len--;
	return true;
}

static int64_t
read_fraction(struct reader *reader)
{
	int64_t ns = 0;
	int digits = 0;

	for (int digit; read_digits(reader, 1, 0, 9, &digit); digits++)
		if (digits < FRACTION_DIGITS)
			ns = ns * 10 + digit;
	for (; digits < FRACTION_DIGITS; digits++)
		ns *= 10;
	return ns;
}

/* Days since 1970 of a date in the Gregorian calendar: years begin in March, so that the leap day is the last. */
static int64_t
days_of(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

static bool
is_date(int year, int month, int day)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return day <= days[month - 1] + (month == 2 && leap);
}

static bool
read_offset(struct reader *reader, int *minutes_out)
{
	int hours, minutes;
	char sign;

	*minutes_out = 0;
	if (read_one_of(reader, "Zz", NULL))
		return true;
	if (!read_one_of(reader, "+-", &sign) || !read_digits(reader, 2, 0, 23, &hours) || !read_one_of(reader, ":", NULL) ||
	    !read_digits(reader, 2, 0, 59, &minutes))
		return false;
	*minutes_out = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
	return true;
}

bool
instant_parse(struct str text, int64_t *ns_out)
{
	struct reader reader = { text };
	int year, month, day, hour, minute, second, offset;
	int64_t fraction = 0;

	if (!read_digits(&reader, 4, YEAR_MIN, YEAR_MAX, &year) || !read_one_of(&reader, "-", NULL) ||
	    !read_digits(&reader, 2, 1, 12, &month) || !read_one_of(&reader, "-", NULL) || !read_digits(&reader, 2, 1, 31, &day) ||
	    !is_date(year, month, day) || !read_one_of(&reader, "Tt ", NULL) || !read_digits(&reader, 2, 0, 23, &hour) ||
	    !read_one_of(&reader, ":", NULL) || !read_digits(&reader, 2, 0, 59, &minute) || !read_one_of(&reader, ":", NULL) ||
	    !read_digits(&reader, 2, 0, 60, &second))
		return false;
	if (read_one_of(&reader, ".", NULL)) {
		if (!reader.rest.len || reader.rest.at[0] < '0' || reader.rest.at[0] > '9')
			return false;
		fraction = read_fraction(&reader);
	}
	if (!read_offset(&reader, &offset) || reader.rest.len)
		return false;
	int64_t seconds = ((days_of(year, month, day) * 24 + hour) * 60 + minute - offset) * 60 + second;
	/* Seconds before 1970 and their fraction: the product alone may be beyond what the sum is not. */
	if (seconds < 0) {
		seconds++;
		fraction -= NS_PER_S;
	}
	return !__builtin_mul_overflow(seconds, NS_PER_S, &seconds) && !__builtin_add_overflow(seconds, fraction, ns_out);
}

/* The date of a day since 1970: eras of 400 years, years that begin in March. */
static void
date_of(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
	int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * years + years / 4 - years / 100), m = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(years + era * 400 + (*month <= 2));
}

void
instant_format(int64_t ns, struct buf *out)
{
	int64_t seconds = ns / NS_PER_S, fraction = ns % NS_PER_S, days;
	int year, month, day, of_day;
	char digits[16];

	if (fraction < 0) {
		fraction += NS_PER_S;
		seconds--;
	}
	days = seconds / 86400 - (seconds % 86400 < 0);
	of_day = (int)(seconds - days * 86400);
	date_of(days, &year, &month, &day);
	buf_addf(out, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, of_day / 3600, of_day / 60 % 60, of_day % 60);
	if (fraction) {
		size_t len = (size_t)snprintf(digits, sizeof digits, ".%09" PRId64, fraction);
		while (digits[len - 1] == '0')
			len--;
		buf_add(out, (struct str){ digits, len });
	}
	buf_addc(out, 'Z');
}

bool
instant_parse_from(struct str text, int64_t start_ns, int64_t *ns_out)
{
	double number, ns;

	if (instant_parse(text, ns_out))
		return true;
	for (size_t i = 1; i < text.len; i++) {
		struct str unit = { text.at + i, text.len - i }, digits = { text.at, i };
		while (digits.len && digits.at[digits.len - 1] == ' ')
			digits.len--;
		if (!unit_is_time(unit, &ns) || !number_parse(digits, &number))
			continue;
		if (fabs(number * ns) >= 0x1p62 || __builtin_add_overflow(start_ns, (int64_t)llround(number * ns), ns_out))
			return false;
		return true;
	}
	return false;
}

/* SPDX-License-Identifier: MIT
 * The values of a query: numbers with their units, percentiles, texts. */
#include "config.h"

#include <math.h>

#include "analysis/query_core.h"
#include "util/chars.h"
#include "util/unit.h"

static const struct { const char *name; enum value_unit unit; double factor; } units[] = {
	{ "ns", UNIT_TIME, 1 },       { "us", UNIT_TIME, 1e3 },     { "\xc2\xb5s", UNIT_TIME, 1e3 }, { "\xce\xbcs", UNIT_TIME, 1e3 },
	{ "ms", UNIT_TIME, 1e6 },     { "s", UNIT_TIME, 1e9 },      { "min", UNIT_TIME, 60e9 },      { "h", UNIT_TIME, 3600e9 },
	{ "d", UNIT_TIME, 86400e9 },  { "B", UNIT_SIZE, 1 },        { "KB", UNIT_SIZE, 1e3 },        { "kB", UNIT_SIZE, 1e3 },
	{ "MB", UNIT_SIZE, 1e6 },     { "GB", UNIT_SIZE, 1e9 },     { "TB", UNIT_SIZE, 1e12 },       { "KiB", UNIT_SIZE, 0x1p10 },
	{ "MiB", UNIT_SIZE, 0x1p20 }, { "GiB", UNIT_SIZE, 0x1p30 }, { "TiB", UNIT_SIZE, 0x1p40 },
};

enum { UNITS = sizeof units / sizeof *units };

/* A text of digits, with or without a sign. */
static bool
is_whole(struct str text)
{
	size_t i = text.len && (text.at[0] == '-' || text.at[0] == '+');

	if (i == text.len)
		return false;
	while (i < text.len && char_is_digit(text.at[i]))
		i++;
	return i == text.len;
}

static bool
read_integer(struct str text, int64_t *out)
{
	bool negative = text.len && text.at[0] == '-';
	uint64_t value = 0, most = negative ? UINT64_C(1) << 63 : INT64_MAX;

	if (!is_whole(text))
		return false;
	for (size_t i = !char_is_digit(text.at[0]); i < text.len; i++) {
		uint64_t digit = (uint64_t)(text.at[i] - '0');
		if (value > (most - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	*out = (int64_t)(negative ? 0 - value : value);
	return true;
}

static bool
read_percentile(struct str text, double *out)
{
	struct str digits = { text.at + 1, text.len - 1 };

	return text.len > 1 && text.at[0] == 'p' && char_is_digit(text.at[1]) && char_is_digit(text.at[text.len - 1]) &&
	       strspn(digits.at, "0123456789.") == digits.len && number_parse(digits, out) && *out <= 100;
}

static bool
read_with_unit(struct query_value *value)
{
	struct str text = value->text;

	for (unsigned i = 0; i < UNITS; i++) {
		struct str unit = str_of(units[i].name);
		if (!str_ends(text, unit))
			continue;
		struct str number = { text.at, text.len - unit.len };
		while (number.len && number.at[number.len - 1] == ' ')
			number.len--;
		if (!number_parse(number, &value->number))
			continue;
		value->number *= units[i].factor;
		value->unit = units[i].unit;
		return isfinite(value->number);
	}
	return false;
}

void
query_value_read(struct query_value *value, bool quoted)
{
	value->kind = VALUE_TEXT;
	value->unit = UNIT_NONE;
	value->whole = false;
	if (!quoted && read_percentile(value->text, &value->number)) {
		value->kind = VALUE_PERCENTILE;
	} else if (number_parse(value->text, &value->number)) {
		value->kind = VALUE_NUMBER;
		value->whole = read_integer(value->text, &value->integer);
	} else if (read_with_unit(value)) {
		value->kind = VALUE_NUMBER;
	}
}

/* The digits that count, without sign and leading zeros. */
static struct str
digits_of(struct str text)
{
	while (text.len && !(text.at[0] >= '1' && text.at[0] <= '9')) {
		text.at++;
		text.len--;
	}
	return text;
}

int
query_compare_numbers(double a, struct str a_text, double b, struct str b_text)
{
	if (a != b)
		return a < b ? -1 : 1;
	if (fabs(a) < 0x1p53 || !is_whole(a_text) || !is_whole(b_text))
		return 0;
	struct str x = digits_of(a_text), y = digits_of(b_text);
	int order = x.len != y.len ? (x.len < y.len ? -1 : 1) : str_compare(x, y);
	return a < 0 ? -order : order;
}

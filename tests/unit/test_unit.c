/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/unit.h"

#include <float.h>
#include <locale.h>

#include "tests/tap.h"

static const struct { double value; const char *unit; const char *want; } units[] = {
	{ 1.24e9, "nanoseconds", "1.24 s" },      { 820e6, "ns", "820 ms" },            { 168e3, "ns", "168 \xC2\xB5s" },
	{ 12, "ns", "12 ns" },                    { 0, "ns", "0 ns" },                  { 1.5 * 3600, "s", "1.5 h" },
	{ 999.94e3, "ns", "1 ms" },               { 999.4e3, "ns", "999 \xC2\xB5s" },   { 90, "seconds", "1.5 min" },
	{ 59.96, "s", "1 min" },                  { 8849000, "microseconds", "8.85 s" }, { 0.25, "ns", "0.25 ns" },
	{ -1500, "us", "-1.5 ms" },               { 3.6e15, "ns", "1,000 h" },           { 1e290, "hours", "1e+290 h" },
	{ 0, "bytes", "0 B" },                    { 1023, "bytes", "1,023 B" },          { 512, "bytes", "512 B" },
	{ 12.4 * 1048576, "bytes", "12.4 MiB" },  { 0x1p60, "bytes", "1 EiB" },
	{ 1315, "samples", "1,315 samples" },     { 1, "samples", "1 sample" },          { 0, "samples", "0 samples" },
	{ 1.2e6, "objects", "1.2 M objects" },    { 149078053263, "objects", "149 G objects" },
	{ 335.5, "samples", "336 samples" },      { 12.345, "samples", "12.3 samples" }, { 1, "class", "1 class" },
	{ 999999.7, "samples", "1,000,000 samples" },
	{ 7, "", "7" },                           { 7, "none", "7" },                    { 12345, "count", "12,345" },
	{ 2e13, "", "20 T" },                     { 1.234e308, "", "1.23e+296 T" },                     { (double)INFINITY, "s", "0 ns" },     { (double)NAN, "", "0" },
};

static void
test_units(void)
{
	struct buf out = { 0 };
	double ns;

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		buf_clear(&out);
		unit_format(units[i].value, str_of(units[i].unit), false, &out);
		is_text(out.at, units[i].want, units[i].want);
	}
	buf_clear(&out);
	unit_duration(168000, true, &out);
	is_text(out.at, "168 us", "ASCII microseconds");
	ok(unit_is_time(STR("ms"), &ns) && ns == 1e6, "ms are a time");
	ok(!unit_is_time(STR("objects"), &ns), "objects are not");
	ok(unit_is_bytes(STR("bytes")) && !unit_is_bytes(STR("samples")), "bytes are bytes");
	buf_fini(&out);
}

static void
test_percent(void)
{
	static const struct { double part, whole; const char *want; } shares[] = {
		{ 661, 1000, "66.1%" }, { 1, 100, "1.0%" },   { 1, 1, "100.0%" },     { 0, 5, "0.0%" },      { 1, 1e6, "<0.1%" },
		{ 5, 0, "0.0%" },        { 2, 1, "200.0%" },   { -1, 4, "-25.0%" },    { 0.0005, 1, "0.1%" },
		{ 0, 0, "0.0%" },       { 1e300, 1, NULL },
	};
	struct buf out = { 0 };

	for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
		buf_clear(&out);
		unit_percent(shares[i].part, shares[i].whole, &out);
		if (shares[i].want)
			is_text(out.at, shares[i].want, "a share");
	}
	buf_clear(&out);
	unit_count(1234567, &out);
	unit_count(0, &out);
	unit_count(999, &out);
	is_text(out.at, "1,234,5670999", "counts with commas");
	buf_fini(&out);
}

static void
test_number(void)
{
	static const struct { double value; const char *want; } numbers[] = {
		{ 0.1, "0.1" }, { 1000000, "1000000" }, { -2.5, "-2.5" }, { 0, "0" }, { -0.0, "0" }, { 1e21, "1000000000000000000000" },
		{ 9007199254740993.0, "9007199254740992" }, { 1e-7, "0.0000001" }, { 0.3, "0.3" }, { 1.0 / 3, "0.3333333333333333" },
		{ 123456789.125, "123456789.125" }, { (double)NAN, "0" }, { (double)INFINITY, "0" }, { 5e-324, NULL }, { DBL_MAX, NULL },
		{ 1730291040218138154.0, "1730291040218138000" }, { 0.1 + 0.2, "0.30000000000000004" },
	};
	struct buf out = { 0 };
	uint64_t seed = 7;
	bool same = true, plain = true;

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		double back = 1;
		buf_clear(&out);
		number_format(numbers[i].value, &out);
		if (numbers[i].want)
			is_text(out.at, numbers[i].want, numbers[i].want);
		else
			ok(number_parse(buf_str(&out), &back) && back == numbers[i].value, "an extreme double reads back");
	}
	for (int i = 0; i < 20000; i++) {
		double value, back = 0;
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		memcpy(&value, &seed, sizeof value);
		if (!isfinite(value))
			continue;
		buf_clear(&out);
		number_format(value, &out);
		same &= number_parse(buf_str(&out), &back) && back == value;
		plain &= strspn(out.at, "-.0123456789") == out.len;
	}
	ok(same, "random doubles read back the same");
	ok(plain, "without an exponent");
	buf_fini(&out);
}

static void
test_parse(void)
{
	static const struct { const char *text; double want; } good[] = {
		{ "0", 0 }, { "12", 12 }, { "-3.25", -3.25 }, { "+7", 7 }, { "1e3", 1000 }, { "1.5E-2", 0.015 }, { ".5", 0.5 }, { "4.", 4 },
		{ "0.1", 0.1 }, { "123456789012345678901234567890", 123456789012345678901234567890.0 }, { "1e-400", 0 },
		{ "0.000000000000000000001", 1e-21 },
	};
	static const char *const bad[] = { "", "-", ".", "e5", "1e", "1e+", " 1", "1 ", "0x10", "inf", "nan", "1,5", "1.2.3", "1e999" };
	bool refused = true;
	double value;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		ok(number_parse(str_of(good[i].text), &value) && value == good[i].want, "reads %s", good[i].text);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		refused &= !number_parse(str_of(bad[i]), &value);
	ok(refused, "refuses what is no number");
	ok(number_parse((struct str){ "12345", 2 }, &value) && value == 12, "reads no further than the text goes");
}

int
main(void)
{
	test_units();
	test_percent();
	test_number();
	test_parse();
	/* A locale with a decimal comma must change nothing. */
	if (setlocale(LC_NUMERIC, "de_DE.UTF-8") || setlocale(LC_NUMERIC, "fr_FR.UTF-8")) {
		test_number();
		test_parse();
	} else {
		skip(1, "no locale with a decimal comma");
	}
	return done();
}

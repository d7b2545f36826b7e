/* SPDX-License-Identifier: MIT
 * Numbers, times and ids of Chrome traces, each of which may also be a string.
 * Times are decimal microseconds: read through a double, those of long traces would lose their nanoseconds. */
#include "config.h"

#include "load/chrome.h"

#include "load/json_core.h"
#include "util/chars.h"

#define EXPONENT_MAX 9999

/* A number taken apart: digits * 10^exponent. */
struct decimal {
	uint64_t digits;
	int      exponent;
	bool     negative;
};

/* The digits from *at on; those that do not fit count as zeros. */
static bool
take_digits(const char **at, const char *end, struct decimal *out, bool fraction)
{
	const char *begin = *at;

	for (; *at < end && char_is_digit(**at); ++*at) {
		bool fits = out->digits < UINT64_C(1000000000000000000);
		if (fits)
			out->digits = out->digits * 10 + (uint64_t)(**at - '0');
		if (fits == fraction && out->exponent < EXPONENT_MAX && out->exponent > -EXPONENT_MAX)
			out->exponent += fraction ? -1 : 1;
	}
	return *at > begin;
}

static bool
take_exponent(const char **at, const char *end, struct decimal *out)
{
	bool minus;
	int exponent = 0;

	if (*at == end || (**at | 0x20) != 'e')
		return true;
	++*at;
	minus = *at < end && **at == '-';
	if (*at < end && (**at == '-' || **at == '+'))
		++*at;
	if (*at == end)
		return false;
	for (; *at < end && char_is_digit(**at); ++*at)
		if (exponent < EXPONENT_MAX)
			exponent = exponent * 10 + (**at - '0');
	out->exponent += minus ? -exponent : exponent;
	return true;
}

static bool
take_apart(struct str text, struct decimal *out)
{
	const char *at = text.at, *end = text.at + text.len;
	bool some;

	*out = (struct decimal){ 0 };
	out->negative = at < end && *at == '-';
	if (at < end && (*at == '-' || *at == '+'))
		at++;
	some = take_digits(&at, end, out, false);
	if (at < end && *at == '.') {
		at++;
		some |= take_digits(&at, end, out, true);
	}
	return some && take_exponent(&at, end, out) && at == end;
}

bool
chrome_decimal(struct str text, unsigned shift, int64_t *out)
{
	struct decimal decimal;
	uint64_t value;
	unsigned last = 0;

	if (!take_apart(text, &decimal))
		return false;
	decimal.exponent += (int)shift;
	value = decimal.digits;
	for (; decimal.exponent > 0 && value; decimal.exponent--)
		if (__builtin_mul_overflow(value, 10, &value))
			return false;
	for (; decimal.exponent < 0 && (value || last); decimal.exponent++) {
		last = (unsigned)(value % 10);
		value /= 10;
	}
	value += last >= 5;
	if (value > INT64_MAX)
		return false;
	*out = decimal.negative ? -(int64_t)value : (int64_t)value;
	return true;
}

/* The text of a number or of a string; valid until the next call. */
static bool
number_text(struct json *json, struct str *out)
{
	enum json_type type = json_peek(json);
	struct json_number number;

	if (type == JSON_STRING)
		return json_string(json, out);
	if (type != JSON_NUMBER) {
		json_skip(json);
		return false;
	}
	if (!json_read_number(json, &number))
		return false;
	*out = number.text;
	return true;
}

/* Most numbers are whole. */
static bool
take_whole(const struct json_number *number, int64_t factor, int64_t *out)
{
	if (!number->whole || number->magnitude > (uint64_t)(INT64_MAX / factor))
		return false;
	*out = (number->negative ? -1 : 1) * (int64_t)number->magnitude * factor;
	return true;
}

bool
chrome_time(struct json *json, int64_t *ns_out, bool *fraction_out)
{
	struct json_number number;
	struct str text;
	bool good;

	if (json_peek(json) == JSON_NUMBER)
		good = json_read_number(json, &number) && (take_whole(&number, 1000, ns_out) || chrome_decimal(number.text, 3, ns_out));
	else
		good = number_text(json, &text) && chrome_decimal(text, 3, ns_out);
	if (!good || *ns_out > CHROME_TIME_MAX || *ns_out < -CHROME_TIME_MAX)
		return false;
	*fraction_out |= *ns_out % 1000 != 0;
	return true;
}

bool
chrome_int(struct json *json, int64_t *out)
{
	struct decimal decimal;
	struct str text;

	if (!number_text(json, &text) || !take_apart(text, &decimal))
		return false;
	for (; decimal.exponent < 0 && decimal.digits; decimal.exponent++)
		decimal.digits /= 10;
	for (; decimal.exponent > 0 && decimal.digits; decimal.exponent--)
		if (__builtin_mul_overflow(decimal.digits, 10, &decimal.digits))
			return false;
	if (decimal.digits > INT64_MAX)
		return false;
	*out = decimal.negative ? -(int64_t)decimal.digits : (int64_t)decimal.digits;
	return true;
}

bool
chrome_key(struct json *json, struct strtab *names, struct chrome_key *out)
{
	struct json_number number;
	struct str text;

	*out = (struct chrome_key){ .text = STR_NONE };
	if (json_peek(json) == JSON_NUMBER) {
		if (!json_read_number(json, &number))
			return false;
		if (take_whole(&number, 1, &out->number))
			return true;
		text = number.text;
	} else if (!number_text(json, &text)) {
		return false;
	}
	if (!chrome_decimal(text, 0, &out->number))
		*out = (struct chrome_key){ .text = strtab_intern(names, text) };
	return true;
}

bool
chrome_text(struct json *json, struct buf *keep, struct str *out)
{
	struct str text;

	if (json_peek(json) == JSON_STRING)
		return json_keep_string(json, keep, out);
	if (!number_text(json, &text))
		return false;
	buf_clear(keep);
	buf_add(keep, text);
	*out = buf_str(keep);
	return true;
}

void
chrome_id(struct str text, struct buf *out)
{
	bool hex = text.len > 2 && text.at[0] == '0' && (text.at[1] | 0x20) == 'x';
	uint64_t value = 0;
	size_t i = hex ? 2 : 0;

	for (; i < text.len; i++) {
		int digit = char_hex(text.at[i]);
		if (digit < 0 || (!hex && digit > 9) || __builtin_mul_overflow(value, hex ? 16 : 10, &value) ||
		    __builtin_add_overflow(value, (uint64_t)digit, &value))
			break;
	}
	if (text.len && i == text.len)
		buf_addf(out, "#%llx", (unsigned long long)value);
	else
		buf_add(out, text);
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/json_core.h"

#include <math.h>
#include <stdlib.h>

#include "util/alloc.h"
#include "util/chars.h"

/* The length of a number by JSON's grammar at the start of text; 0: none is there. */
static size_t
number_length(struct str text)
{
	size_t i = 0, digits;

	if (i < text.len && text.at[i] == '-')
		i++;
	if (i == text.len || !char_is_digit(text.at[i]))
		return 0;
	if (text.at[i] == '0')
		i++;
	else
		while (i < text.len && char_is_digit(text.at[i]))
			i++;
	if (i < text.len && text.at[i] == '.') {
		for (digits = ++i; i < text.len && char_is_digit(text.at[i]); )
			i++;
		if (i == digits)
			return 0;
	}
	if (i < text.len && (text.at[i] | 0x20) == 'e') {
		i++;
		if (i < text.len && (text.at[i] == '+' || text.at[i] == '-'))
			i++;
		for (digits = i; i < text.len && char_is_digit(text.at[i]); )
			i++;
		if (i == digits)
			return 0;
	}
	return i;
}

#define ONES  UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* How many of eight bytes are decimal digits, before the first that is none, and their number: pairs, then fours, then all. */
static inline unsigned
digits8(const char *at, uint64_t *out)
{
	uint64_t text, value, other;
	unsigned count = 8;

	memcpy(&text, at, sizeof text);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	text = __builtin_bswap64(text);
#endif
	value = text ^ ONES * '0';
	other = (((value & ~HIGHS) + ONES * 0x76) | value) & HIGHS;    /* of each byte that is ten or more */
	if (other) {
		count = (unsigned)__builtin_ctzll(other) / 8;
		value = count ? value << (64 - 8 * count) : 0;         /* zeros come before */
	}
	value = (value * 10 + (value >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
	value = (value * 100 + (value >> 16)) & UINT64_C(0x0000ffff0000ffff);
	*out = (value * 10000 + (value >> 32)) & UINT32_MAX;
	return count;
}

#define PLAIN_ROOM 25    /* bytes that plain_digits() may look at, and one behind them */

/* The run of digits at the start of PLAIN_ROOM bytes.  0: there is none, or it is longer than nineteen, which always fit. */
static inline unsigned
plain_digits(const char *at, uint64_t *out)
{
	static const uint32_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000 };
	uint64_t value = 0, part;
	unsigned all = 0, count;

	do {
		count = digits8(at + all, &part);
		value = value * powers[count] + part;
		all += count;
	} while (count == 8 && all < 24 && char_is_digit(at[all]));
	*out = value;
	return all < 20 ? all : 0;
}

static struct json_number
number_of(struct str text)
{
	struct json_number number = { .text = text };
	size_t i = text.len && text.at[0] == '-';
	uint64_t eight;

	number.negative = i;
	number.whole = text.len > i;
	/* Sixteen digits and one more cannot overflow. */
	for (; text.len - i >= 8 && i <= 8 && digits8(text.at + i, &eight) == 8; i += 8)
		number.magnitude = number.magnitude * 100000000 + eight;
	for (; i < text.len; i++) {
		if (!char_is_digit(text.at[i]) || __builtin_mul_overflow(number.magnitude, 10, &number.magnitude) ||
		    __builtin_add_overflow(number.magnitude, (uint64_t)(text.at[i] - '0'), &number.magnitude)) {
			number.whole = false;
			break;
		}
	}
	return number;
}

static bool
is_special(struct str text)
{
	return str_equal(text, STR("NaN")) || str_equal(text, STR("Infinity")) || str_equal(text, STR("-Infinity"));
}

/* The run of bytes at the cursor that a number or word is made of. */
static bool
read_word(struct json *json, struct str *out)
{
	const char *start = json->at;

	for (;;) {
		while (json->at < json->end && (char_is_digit(*json->at) || char_is_letter(*json->at) ||
		       *json->at == '.' || *json->at == '-' || *json->at == '+'))
			json->at++;
		if (json->at < json->end || !json_refill(json, &start))
			break;
	}
	*out = (struct str){ start, (size_t)(json->at - start) };
	return !json->fault;
}

/* The word at the cursor is no value: the fault is where it begins, unless the input ends behind it. */
static bool
fault_word(struct json *json, struct str word, const char *fault)
{
	if (json->at == json->end && word.len && json->depth)
		return json_stop(json);
	return json_fail(json, json_offset(json) - word.len, fault);
}

bool
json_take_plain(struct json *json, uint64_t *value_out, struct str *text_out)
{
	const char *start = json->at;
	bool quoted;
	unsigned len;
	char behind;

	if (json->fault || json->end - start < PLAIN_ROOM + 1)
		return false;
	quoted = *start == '"';
	start += quoted;
	if (!char_is_digit(start[1]) && char_is_digit(*start)) {
		*value_out = (uint64_t)(*start - '0');
		len = 1;
	} else {
		len = plain_digits(start, value_out);
	}
	behind = start[len];
	if (!len || (quoted ? behind != '"' : (*start == '0' && len > 1) || (behind != ',' && behind != '}' && behind != ']')))
		return false;
	*text_out = (struct str){ start, len };
	json->at = start + len + quoted;
	return true;
}

bool
json_read_number(struct json *json, struct json_number *out)
{
	struct str word;
	uint64_t value;

	if (json_take_plain(json, &value, &word)) {
		*out = (struct json_number){ .text = word, .magnitude = value, .whole = true };
		return true;
	}
	if (!read_word(json, &word))
		return false;
	if (number_length(word) == word.len && word.len) {
		*out = number_of(word);
		return true;
	}
	if (json->mode == JSON_LOAD && is_special(word)) {
		*out = (struct json_number){ .text = word };
		return true;
	}
	return fault_word(json, word, "not a number");
}

bool
json_read_literal(struct json *json, struct str *out)
{
	if (!read_word(json, out))
		return false;
	if (str_equal(*out, STR("null")) || str_equal(*out, STR("true")) || str_equal(*out, STR("false")))
		return true;
	return fault_word(json, *out, "expected a value");
}

/* A number or a string that holds one; false: another value, or a fault. */
static bool
read_numeric(struct json *json, struct json_number *out)
{
	struct str text;
	enum json_type type = json_peek(json);

	if (type == JSON_NUMBER)
		return json_read_number(json, out);
	if (type != JSON_STRING) {
		json_skip(json);
		return false;
	}
	if (!json_read_string(json, &text))
		return false;
	*out = number_of(text);
	return out->whole || (text.len && number_length(text) == text.len) || is_special(text);
}

/* Correctly rounded; the C locale's decimal point is the only one this program knows. */
static double
to_double(const struct json_number *number)
{
	char small[64], *copy = small, *end;
	struct str text = number->text;
	double value;

	if (number->whole && number->magnitude <= UINT64_C(1) << 53)
		return number->negative ? -(double)number->magnitude : (double)number->magnitude;
	if (text.len >= sizeof small)
		copy = xmalloc(text.len + 1);
	memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	value = strtod(copy, &end);
	if (copy != small)
		free(copy);
	return value;
}

bool
json_double(struct json *json, double *out)
{
	struct json_number number;

	if (!read_numeric(json, &number))
		return false;
	*out = to_double(&number);
	return true;
}

bool
json_int64(struct json *json, int64_t *out)
{
	struct json_number number;
	struct str text;
	uint64_t limit, plain;

	if (json_take_plain(json, &plain, &text)) {
		if (plain > INT64_MAX)
			return false;
		*out = (int64_t)plain;
		return true;
	}
	if (!read_numeric(json, &number))
		return false;
	if (!number.whole) {
		double value = to_double(&number);

		if (!(value >= -0x1p63 && value < 0x1p63 && value == floor(value)))
			return false;
		*out = (int64_t)value;
		return true;
	}
	limit = (uint64_t)INT64_MAX + number.negative;
	if (number.magnitude > limit)
		return false;
	*out = number.negative ? (int64_t)(0 - number.magnitude) : (int64_t)number.magnitude;
	return true;
}

bool
json_uint64(struct json *json, uint64_t *out)
{
	struct json_number number;
	struct str text;
	uint64_t plain;

	if (json_take_plain(json, &plain, &text)) {
		*out = plain;
		return true;
	}
	if (!read_numeric(json, &number) || (number.negative && number.magnitude))
		return false;
	if (!number.whole) {
		double value = to_double(&number);

		if (!(value >= 0 && value < 0x1p64 && value == floor(value)))
			return false;
		*out = (uint64_t)value;
		return true;
	}
	*out = number.magnitude;
	return true;
}

bool
json_bool(struct json *json, bool *out)
{
	struct str word;

	if (json_peek(json) != JSON_BOOL) {
		json_skip(json);
		return false;
	}
	if (!json_read_literal(json, &word))
		return false;
	*out = word.at[0] == 't';
	return true;
}

bool
json_is_whole(struct str number)
{
	for (size_t i = number.len && *number.at == '-'; i < number.len; i++)
		if (!char_is_digit(number.at[i]))
			return false;
	return true;
}

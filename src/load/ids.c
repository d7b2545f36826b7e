/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/ids.h"

#include <stdbool.h>

#include "util/hash.h"

#define ID_BYTES 16    /* of the longest id */

#define ONES UINT64_C(0x0101010101010101)

/* Eight hex digits as a number, all at once: a byte of each word is a digit.  False: one of them is none. */
static bool
hex8(const char *at, uint32_t *out)
{
	uint64_t text, lower, letter, value, ten, bad;

	memcpy(&text, at, sizeof text);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	text = __builtin_bswap64(text);
#endif
	lower = text | ONES * 0x20;
	letter = lower >> 6 & ONES;                              /* 1: of 0x60 and above, 0: of 0x30 */
	value = (lower & ONES * 0x0f) + letter * 9;
	ten = (value + ONES * 6) >> 4 & ONES;                    /* 1: ten or more, which letters are and digits are not */
	bad = (lower & ONES * 0xf0) ^ (ONES + letter) * 0x30;
	bad |= (value & ONES * 0x10) | (ten ^ letter);
	bad |= ~text & ONES * 0x20 & ~(letter << 5);             /* a digit that had to be made one */
	value = (value | value >> 4) & UINT64_C(0x00ff00ff00ff00ff);
	value = (value | value >> 8) & UINT64_C(0x0000ffff0000ffff);
	*out = (uint32_t)(value | value >> 16);
	return bad == 0;
}

/* Up to 32 hex digits as a 16-byte number. */
static bool
read_hex(struct str text, uint64_t out[2])
{
	char padded[32];
	uint32_t part[4];

	const char *digits = text.at;

	if (text.len > sizeof padded)
		return false;
	if (text.len < sizeof padded) {
		memset(padded, '0', sizeof padded);
		if (text.len)
			memcpy(padded + sizeof padded - text.len, text.at, text.len);
		digits = padded;
	}
	for (int i = 0; i < 4; i++)
		if (!hex8(digits + 8 * i, &part[i]))
			return false;
	out[0] = (uint64_t)part[0] << 32 | part[1];
	out[1] = (uint64_t)part[2] << 32 | part[3];
	return true;
}

static int
base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	if (c == '/' || c == '_')
		return 63;
	return -1;
}

/* Base64 of 16 or 8 bytes: 22 or 11 digits with or without their padding. */
static bool
read_base64(struct str text, uint64_t out[2])
{
	size_t digits = text.len == 24 && str_ends(text, STR("==")) ? 22 : text.len == 12 && str_ends(text, STR("=")) ? 11 : text.len;
	uint64_t word[2] = { 0 };

	if (digits != 22 && digits != 11)
		return false;
	for (size_t i = 0; i < digits; i++) {
		int digit = base64_digit(text.at[i]);
		/* The last digit holds the last bits of the number and some that mean nothing. */
		unsigned bits = i + 1 < digits ? 6 : digits == 22 ? 2 : 4;

		if (digit < 0)
			return false;
		word[0] = word[0] << bits | word[1] >> (64 - bits);
		word[1] = word[1] << bits | (unsigned)digit >> (6 - bits);
	}
	memcpy(out, word, sizeof word);
	return true;
}

/* The id as a number of 16 bytes, and how many bytes the text stood for; false: an opaque text. */
static bool
read_number(struct str text, uint64_t out[2], unsigned *bytes_out)
{
	if (read_hex(text, out)) {
		*bytes_out = (unsigned)(text.len + 1) / 2;
		return true;
	}
	*bytes_out = text.len >= 22 ? 16 : 8;
	return read_base64(text, out);
}

static uint64_t
hash_not_zero(struct str text, uint64_t seed)
{
	uint64_t hash = hash_seeded(text, seed);

	return hash ? hash : 1;
}

static void
put_big_endian(uint8_t *out, uint64_t value)
{
	for (int i = 7; i >= 0; i--, value >>= 8)
		out[i] = (uint8_t)value;
}

enum id_form
id_trace(struct str text, uint8_t out[16])
{
	uint64_t word[2];
	unsigned bytes;

	if (!read_number(text, word, &bytes)) {
		put_big_endian(out, hash_not_zero(text, 1));
		put_big_endian(out + 8, hash_not_zero(text, 2));
		return ID_HASHED;
	}
	put_big_endian(out, word[0]);
	put_big_endian(out + 8, word[1]);
	if (!word[0] && !word[1])
		return ID_ABSENT;
	return bytes == ID_BYTES ? ID_EXACT : ID_PADDED;
}

enum id_form
id_span(struct str text, uint64_t *out)
{
	uint64_t word[2];
	unsigned bytes;

	if (!read_number(text, word, &bytes) || word[0]) {
		*out = hash_not_zero(text, 0);
		return ID_HASHED;
	}
	*out = word[1];
	if (!word[1])
		return ID_ABSENT;
	return bytes == 8 ? ID_EXACT : ID_PADDED;
}

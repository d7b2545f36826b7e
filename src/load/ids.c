/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/ids.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "util/chars.h"
#include "util/hash.h"

#define ID_BYTES 16    /* of the longest id */

#ifdef __SSE2__

/* Sixteen hex digits as a number, all at once.  False: one of them is none. */
bool
id_hex16(const char *at, uint64_t *out)
{
	__m128i text = _mm_loadu_si128((const __m128i *)(const void *)at);
	__m128i digit = _mm_sub_epi8(text, _mm_set1_epi8('0'));                                          /* 0 to 9: it is one */
	__m128i letter = _mm_sub_epi8(_mm_or_si128(text, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));      /* 0 to 5: likewise */
	__m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
	__m128i is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(5)), letter);
	__m128i value = _mm_or_si128(_mm_and_si128(is_digit, digit), _mm_and_si128(is_letter, _mm_add_epi8(letter, _mm_set1_epi8(10))));
	__m128i pair = _mm_or_si128(_mm_slli_epi16(value, 4), _mm_srli_epi16(value, 8));
	uint64_t bytes;

	pair = _mm_and_si128(pair, _mm_set1_epi16(0xff));
	_mm_storel_epi64((__m128i *)(void *)&bytes, _mm_packus_epi16(pair, pair));
	*out = __builtin_bswap64(bytes);
	return _mm_movemask_epi8(_mm_or_si128(is_digit, is_letter)) == 0xffff;
}

#else

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

bool
id_hex16(const char *at, uint64_t *out)
{
	uint32_t high, low;

	if (!hex8(at, &high) || !hex8(at + 8, &low))
		return false;
	*out = (uint64_t)high << 32 | low;
	return true;
}

#endif

/* Up to 32 hex digits as a 16-byte number. */
static bool
read_hex(struct str text, uint64_t out[2])
{
	char padded[32];
	const char *digits = text.at;

	out[0] = 0;
	if (text.len == 16)
		return id_hex16(digits, &out[1]);
	if (text.len > sizeof padded)
		return false;
	if (text.len < sizeof padded) {
		memset(padded, '0', sizeof padded);
		if (text.len)
			memcpy(padded + sizeof padded - text.len, text.at, text.len);
		digits = padded;
	}
	return id_hex16(digits, &out[0]) && id_hex16(digits + 16, &out[1]);
}

static int
base64_digit(char c)
{
	if (char_is_upper(c))
		return c - 'A';
	if (char_is_lower(c))
		return c - 'a' + 26;
	if (char_is_digit(c))
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

void
id_bytes(uint64_t number, uint8_t out[8])
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	number = __builtin_bswap64(number);
#endif
	memcpy(out, &number, sizeof number);
}

enum id_form
id_trace(struct str text, uint8_t out[16])
{
	uint64_t word[2];
	unsigned bytes;

	if (!read_number(text, word, &bytes)) {
		id_bytes(hash_not_zero(text, 1), out);
		id_bytes(hash_not_zero(text, 2), out + 8);
		return ID_HASHED;
	}
	id_bytes(word[0], out);
	id_bytes(word[1], out + 8);
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

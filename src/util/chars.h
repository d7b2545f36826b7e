/* SPDX-License-Identifier: MIT
 * What a byte is in ASCII, whatever the locale. */
#ifndef UTIL_CHARS_H
#define UTIL_CHARS_H

#include <stdbool.h>
#include <stdint.h>

#include "util/str.h"

/* Which bytes a text holds. */
struct char_set { uint64_t words[4]; };

static inline struct char_set
chars_of(struct str text)
{
	struct char_set set = { { 0 } };

	for (size_t i = 0; i < text.len; i++)
		set.words[(unsigned char)text.at[i] / 64] |= UINT64_C(1) << (unsigned char)text.at[i] % 64;
	return set;
}

static inline bool
chars_have(const struct char_set *set, char c)
{
	return set->words[(unsigned char)c / 64] >> (unsigned char)c % 64 & 1;
}

static inline bool
char_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
char_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool
char_is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool
char_is_letter(char c)
{
	return char_is_upper(c) || char_is_lower(c);
}

/* Inside a line. */
static inline bool
char_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Blanks and ends of lines. */
static inline bool
char_is_space(char c)
{
	return char_is_blank(c) || c == '\n' || c == '\r';
}

/* The value of a hexadecimal digit in either case; -1: it is none. */
static inline int
char_hex(char c)
{
	return char_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

#endif

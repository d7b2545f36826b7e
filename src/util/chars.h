/* SPDX-License-Identifier: MIT
 * What a byte is in ASCII, whatever the locale. */
#ifndef UTIL_CHARS_H
#define UTIL_CHARS_H

#include <stdbool.h>

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

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/near.h"

#include "util/chars.h"

enum { BYTES_MAX = 64 };

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static char
lower(char c)
{
	return char_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

static bool
same(char a, char b)
{
	return lower(a) == lower(b);
}

unsigned
near_distance(struct str a, struct str b, unsigned most)
{
	unsigned rows[3][BYTES_MAX + 1] = { { 0 } };
	unsigned *before = rows[0], *above = rows[1], *row = rows[2];

	if (a.len > BYTES_MAX || b.len > BYTES_MAX || (a.len > b.len ? a.len - b.len : b.len - a.len) > most)
		return most + 1;
	for (size_t j = 0; j <= b.len; j++)
		above[j] = (unsigned)j;
	for (size_t i = 1; i <= a.len; i++) {
		unsigned nearest = row[0] = (unsigned)i;
		for (size_t j = 1; j <= b.len; j++) {
			row[j] = least(above[j - 1] + !same(a.at[i - 1], b.at[j - 1]), least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && same(a.at[i - 1], b.at[j - 2]) && same(a.at[i - 2], b.at[j - 1]))
				row[j] = least(row[j], before[j - 2] + 1);
			nearest = least(nearest, row[j]);
		}
		if (nearest > most)
			return most + 1;
		unsigned *next = before;
		before = above;
		above = row;
		row = next;
	}
	return least(above[b.len], most + 1);
}

/* A short word that differs in more is another one. */
static unsigned
limit(size_t len)
{
	return len < 3 ? 0 : len < 5 ? 1 : len < 9 ? 2 : 3;
}

void
near_try(struct near *near, struct str word)
{
	unsigned most = near->found.at ? near->distance : limit(near->written.len) + 1;

	if (most == 0)
		return;
	unsigned distance = near_distance(near->written, word, most - 1);
	if (distance >= most)
		return;
	near->found = word;
	near->distance = distance;
}

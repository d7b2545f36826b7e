/* SPDX-License-Identifier: MIT
 * How far words are apart, against a table that is filled by the definition. */
#include "config.h"

#include <stdint.h>

#include "tests/tap.h"
#include "util/near.h"

static struct str
random_word(char *bytes, uint32_t *seed)
{
	size_t len = 0;

	for (*seed = *seed * 1664525 + 1013904223; len < (*seed >> 16) % 9;) {
		*seed = *seed * 1664525 + 1013904223;
		bytes[len++] = "abAB"[*seed >> 24 & 3];
	}
	return (struct str){ bytes, len };
}

static char
folded(char c)
{
	return (char)(c | 0x20);
}

/* With a cell for every pair of beginnings. */
static unsigned
reference(struct str a, struct str b)
{
	unsigned cell[16][16];

	for (size_t i = 0; i <= a.len; i++)
		for (size_t j = 0; j <= b.len; j++) {
			unsigned best = (unsigned)(i + j);
			if (i && j) {
				unsigned differs = folded(a.at[i - 1]) != folded(b.at[j - 1]);
				best = cell[i - 1][j - 1] + differs;
				best = best < cell[i - 1][j] + 1 ? best : cell[i - 1][j] + 1;
				best = best < cell[i][j - 1] + 1 ? best : cell[i][j - 1] + 1;
				if (i > 1 && j > 1 && folded(a.at[i - 1]) == folded(b.at[j - 2]) && folded(a.at[i - 2]) == folded(b.at[j - 1]) && cell[i - 2][j - 2] + 1 < best)
					best = cell[i - 2][j - 2] + 1;
			}
			cell[i][j] = best;
		}
	return cell[a.len][b.len];
}

static void
test_distance(void)
{
	uint32_t seed = 7;
	char a[16], b[16];
	int wrong = 0;

	for (int i = 0; i < 20000; i++) {
		struct str one = random_word(a, &seed), other = random_word(b, &seed);
		unsigned want = reference(one, other);
		for (unsigned most = 0; most < 10; most++)
			wrong += near_distance(one, other, most) != (want <= most ? want : most + 1);
	}
	is_int(wrong, 0, "random words are as far apart as the reference has them, up to any limit");
	is_int((int)near_distance(STR("teh"), STR("the"), 3), 1, "two letters swapped are one step");
	is_int((int)near_distance(STR("Status"), STR("sTATUS"), 3), 0, "in any case");
}

static void
test_choice(void)
{
	struct near near = { .written = STR("servce") };

	near_try(&near, STR("start"));
	ok(!near.found.at, "what is far away was not meant");
	near_try(&near, STR("services"));
	near_try(&near, STR("service"));
	near_try(&near, STR("servico"));
	is_text(near.found.at, "service", "the nearest of several");
	near = (struct near){ .written = STR("ab") };
	near_try(&near, STR("ac"));
	ok(!near.found.at, "of a short word one letter makes another");
	near_try(&near, STR("AB"));
	is_text(near.found.at, "AB", "but its case does not");
}

int
main(void)
{
	test_distance();
	test_choice();
	return done();
}

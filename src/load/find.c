/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/find.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

bool
find_bytes(struct str text, struct str needle)
{
	size_t at = 0;

	if (text.len < needle.len)
		return false;
#ifdef __SSE2__
	/* Where both the first and the last byte of the needle fit. */
	const __m128i first = _mm_set1_epi8(needle.at[0]), last = _mm_set1_epi8(needle.at[needle.len - 1]);

	for (; text.len - at >= needle.len + 15; at += 16) {
		const char *begin = text.at + at;
		__m128i firsts = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)begin), first);
		__m128i lasts = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)(begin + needle.len - 1)), last);
		unsigned places = (unsigned)_mm_movemask_epi8(_mm_and_si128(firsts, lasts));

		for (; places; places &= places - 1)
			if (memcmp(begin + __builtin_ctz(places), needle.at, needle.len) == 0)
				return true;
	}
#endif
	return memmem(text.at + at, text.len - at, needle.at, needle.len) != NULL;
}

/* SPDX-License-Identifier: MIT
 * The byte loops under the JSON scanner: to the end of a string, over blanks, and over nested containers 64 bytes at a time.
 * Nothing here reads outside [at, end). */
#ifndef LOAD_JSON_SCAN_H
#define LOAD_JSON_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* How wide the machine's registers are; all give the same results. */
enum json_kernel { JSON_KERNEL_WORDS, JSON_KERNEL_SSE2, JSON_KERNEL_AVX2, JSON_KERNEL_COUNT };

enum json_kernel json_kernel_best(void);
bool             json_kernel_works(enum json_kernel kernel);    /* on this machine */

/* The first quote, backslash or control character (below 0x20), or end. */
const char *json_scan_string_far(const char *at, const char *end);

static inline const char *
json_scan_string(const char *at, const char *end)
{
#ifdef __SSE2__
	/* Most keys and many values end within sixteen bytes. */
	if (__builtin_expect(end - at >= 16, 1)) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
		__m128i hit = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
		__m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
		unsigned mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(hit, control));

		if (mask)
			return at + __builtin_ctz(mask);
		at += 16;
	}
#endif
	return json_scan_string_far(at, end);
}

/* The first byte that is not a space, tab, carriage return or line feed, or end. */
const char *json_scan_blank(const char *at, const char *end);

/* Where we are in a container that is being passed over.  Zeroed: before its opening bracket. */
struct json_nest {
	uint32_t depth;       /* brackets open */
	int64_t  curly;       /* braces open; 0 at the end, or some bracket was closed by the other kind */
	uint64_t in_string;   /* all ones inside a string */
	uint64_t escaped;     /* 1: the next byte follows a backslash */
};

enum json_nest_result { NEST_MORE, NEST_DONE, NEST_BROKEN };

#define JSON_BLOCK 64    /* bytes */

/* Passes over whole blocks of [*at, end) and moves *at behind what was passed: on NEST_MORE fewer than JSON_BLOCK bytes are left,
 * on NEST_DONE it is behind the closing bracket, on NEST_BROKEN at a line feed inside a string. */
enum json_nest_result json_nest_scan(enum json_kernel kernel, struct json_nest *nest, const char **at, const char *end);

#endif

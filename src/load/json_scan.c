/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/json_scan.h"

#include <string.h>

#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "util/chars.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define ONES          UINT64_C(0x0101010101010101)
#define HIGHS         UINT64_C(0x8080808080808080)

/* One bit for each byte of a block, the first byte lowest. */
struct block {
	uint64_t quote, backslash, line_feed;
	uint64_t open, close;    /* brackets of both kinds */
	uint64_t curly;          /* has bit 5 set: tells braces from square brackets, means nothing for other bytes */
};

ALWAYS_INLINE uint64_t
load_word(const char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* The high bit of each byte that is zero; exact for every byte, unlike the usual shortcut. */
ALWAYS_INLINE uint64_t
zero_bytes(uint64_t word)
{
	return ~(((word & ~HIGHS) + ~HIGHS) | word) & HIGHS;
}

ALWAYS_INLINE uint64_t
bytes_equal(uint64_t word, char c)
{
	return zero_bytes(word ^ ONES * (unsigned char)c);
}

/* The high bits of the bytes gathered into the lowest eight bits. */
ALWAYS_INLINE uint64_t
gather(uint64_t highs)
{
	return (highs >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static struct block
block_words(const char *at)
{
	struct block block = { 0 };

	for (unsigned i = 0; i < 8; i++) {
		uint64_t word = load_word(at + 8 * i), lower = word | ONES * 0x20;

		block.quote |= gather(bytes_equal(word, '"')) << 8 * i;
		block.backslash |= gather(bytes_equal(word, '\\')) << 8 * i;
		block.line_feed |= gather(bytes_equal(word, '\n')) << 8 * i;
		block.open |= gather(bytes_equal(lower, '{')) << 8 * i;
		block.close |= gather(bytes_equal(lower, '}')) << 8 * i;
		block.curly |= gather(word << 2 & HIGHS) << 8 * i;
	}
	return block;
}

/* Bit i of the result: whether an odd number of bits up to and including i is set. */
ALWAYS_INLINE uint64_t
prefix_xor(uint64_t bits)
{
	for (unsigned shift = 1; shift < 64; shift <<= 1)
		bits ^= bits << shift;
	return bits;
}

/* The bytes that a backslash before them escapes. */
ALWAYS_INLINE uint64_t
escaped_bytes(struct json_nest *nest, uint64_t backslash)
{
	uint64_t escaped = nest->escaped;

	backslash &= ~escaped;
	nest->escaped = 0;
	while (backslash) {
		unsigned bit = (unsigned)__builtin_ctzll(backslash);

		if (bit == 63) {
			nest->escaped = 1;
			break;
		}
		escaped |= UINT64_C(2) << bit;
		backslash &= ~(UINT64_C(3) << bit);
	}
	return escaped;
}

/* The closing bracket at which the depth falls to zero, as a bit number; 64: none.  Counts what lies before it. */
ALWAYS_INLINE unsigned
find_end(struct json_nest *nest, const struct block *block, uint64_t open, uint64_t close)
{
	uint64_t done = 0;    /* bits before the place that depth is about */

	for (uint64_t left = close; left; left &= left - 1) {
		unsigned bit = (unsigned)__builtin_ctzll(left);
		uint64_t before = (UINT64_C(1) << bit) - 1;

		nest->depth += (uint32_t)__builtin_popcountll(open & before & ~done);
		done = before;
		if (--nest->depth == 0) {
			before |= UINT64_C(1) << bit;
			nest->curly += __builtin_popcountll(open & block->curly & before);
			nest->curly -= __builtin_popcountll(close & block->curly & before);
			return bit;
		}
	}
	nest->depth += (uint32_t)__builtin_popcountll(open & ~done);
	return 64;
}

/* One block; string: from each opening quote up to, not including, the closing one. */
ALWAYS_INLINE enum json_nest_result
step(struct json_nest *nest, const struct block *block, uint64_t string, const char **at)
{
	uint64_t open = block->open & ~string, close = block->close & ~string, broken = block->line_feed & string;
	unsigned end = 64;

	nest->in_string = 0 - (string >> 63);
	if (__builtin_expect(broken != 0, 0)) {
		uint64_t before = (broken & (0 - broken)) - 1;

		open &= before;
		close &= before;
	}
	uint32_t closing = (uint32_t)__builtin_popcountll(close);
	if (__builtin_expect(closing < nest->depth, 1))
		nest->depth += (uint32_t)__builtin_popcountll(open) - closing;
	else
		end = find_end(nest, block, open, close);
	if (end < 64) {
		*at += end + 1;
		return NEST_DONE;
	}
	if (__builtin_expect(broken != 0, 0)) {
		*at += __builtin_ctzll(broken);
		return NEST_BROKEN;
	}
	nest->curly += __builtin_popcountll(open & block->curly);
	nest->curly -= __builtin_popcountll(close & block->curly);
	*at += JSON_BLOCK;
	return NEST_MORE;
}

static enum json_nest_result
nest_words(struct json_nest *nest, const char **at, const char *end)
{
	while (end - *at >= JSON_BLOCK) {
		struct block block = block_words(*at);
		uint64_t quote = block.quote & ~escaped_bytes(nest, block.backslash);
		enum json_nest_result result = step(nest, &block, prefix_xor(quote) ^ nest->in_string, at);

		if (result != NEST_MORE)
			return result;
	}
	return NEST_MORE;
}

#ifdef __SSE2__

ALWAYS_INLINE uint64_t
mask16(__m128i bytes)
{
	return (uint32_t)_mm_movemask_epi8(bytes);
}

static enum json_nest_result
nest_sse2(struct json_nest *nest, const char **at, const char *end)
{
	while (end - *at >= JSON_BLOCK) {
		struct block block = { 0 };

		for (unsigned i = 0; i < 64; i += 16) {
			__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(*at + i));
			__m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));

			block.quote |= mask16(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'))) << i;
			block.backslash |= mask16(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))) << i;
			block.line_feed |= mask16(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'))) << i;
			block.open |= mask16(_mm_cmpeq_epi8(lower, _mm_set1_epi8('{'))) << i;
			block.close |= mask16(_mm_cmpeq_epi8(lower, _mm_set1_epi8('}'))) << i;
			block.curly |= mask16(_mm_slli_epi16(bytes, 2)) << i;
		}
		uint64_t quote = block.quote & ~escaped_bytes(nest, block.backslash);
		enum json_nest_result result = step(nest, &block, prefix_xor(quote) ^ nest->in_string, at);

		if (result != NEST_MORE)
			return result;
	}
	return NEST_MORE;
}

#endif

#ifdef __x86_64__

#define AVX2 __attribute__((target("avx2,pclmul,popcnt,bmi")))

AVX2 ALWAYS_INLINE uint64_t
mask32(__m256i low, __m256i high)
{
	return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

AVX2 ALWAYS_INLINE uint64_t
mask_equal(__m256i low, __m256i high, char c)
{
	__m256i want = _mm256_set1_epi8(c);

	return mask32(_mm256_cmpeq_epi8(low, want), _mm256_cmpeq_epi8(high, want));
}

AVX2 static enum json_nest_result
nest_avx2(struct json_nest *nest, const char **at, const char *end)
{
	const __m256i bit5 = _mm256_set1_epi8(0x20);

	while (end - *at >= JSON_BLOCK) {
		__m256i low = _mm256_loadu_si256((const __m256i *)(const void *)*at);
		__m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(*at + 32));
		__m256i low_lower = _mm256_or_si256(low, bit5), high_lower = _mm256_or_si256(high, bit5);
		struct block block = {
			.quote = mask_equal(low, high, '"'),
			.backslash = mask_equal(low, high, '\\'),
			.line_feed = mask_equal(low, high, '\n'),
			.open = mask_equal(low_lower, high_lower, '{'),
			.close = mask_equal(low_lower, high_lower, '}'),
			.curly = mask32(_mm256_slli_epi16(low, 2), _mm256_slli_epi16(high, 2)),
		};
		uint64_t quote = block.quote & ~escaped_bytes(nest, block.backslash);
		/* A carry-less product with all ones is the prefix xor. */
		__m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)quote), _mm_set1_epi8((char)0xff), 0);
		uint64_t string = (uint64_t)_mm_cvtsi128_si64(product) ^ nest->in_string;
		enum json_nest_result result = step(nest, &block, string, at);

		if (result != NEST_MORE)
			return result;
	}
	return NEST_MORE;
}

#endif

bool
json_kernel_works(enum json_kernel kernel)
{
	switch (kernel) {
#ifdef __x86_64__
	case JSON_KERNEL_AVX2:
		return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("popcnt") &&
		       __builtin_cpu_supports("bmi");
#endif
#ifdef __SSE2__
	case JSON_KERNEL_SSE2:
		return true;
#endif
	default:
		return kernel == JSON_KERNEL_WORDS;
	}
}

enum json_kernel
json_kernel_best(void)
{
	return json_kernel_works(JSON_KERNEL_AVX2) ? JSON_KERNEL_AVX2 :
	       json_kernel_works(JSON_KERNEL_SSE2) ? JSON_KERNEL_SSE2 : JSON_KERNEL_WORDS;
}

enum json_nest_result
json_nest_scan(enum json_kernel kernel, struct json_nest *nest, const char **at, const char *end)
{
	switch (kernel) {
#ifdef __x86_64__
	case JSON_KERNEL_AVX2:
		return nest_avx2(nest, at, end);
#endif
#ifdef __SSE2__
	case JSON_KERNEL_SSE2:
		return nest_sse2(nest, at, end);
#endif
	default:
		return nest_words(nest, at, end);
	}
}

const char *
json_scan_string_far(const char *at, const char *end)
{
#ifdef __SSE2__
	while (end - at >= 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
		__m128i hit = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
		__m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
		unsigned mask = (unsigned)_mm_movemask_epi8(_mm_or_si128(hit, control));

		if (mask)
			return at + __builtin_ctz(mask);
		at += 16;
	}
#else
	while (end - at >= 8) {
		uint64_t word = load_word(at);
		uint64_t hit = bytes_equal(word, '"') | bytes_equal(word, '\\') | zero_bytes(word & ONES * 0xe0);

		if (hit)
			return at + __builtin_ctzll(hit) / 8;
		at += 8;
	}
#endif
	while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20)
		at++;
	return at;
}

const char *
json_scan_blank(const char *at, const char *end)
{
#ifdef __SSE2__
	while (end - at >= 16 && char_is_space(*at)) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
		__m128i space = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')), tab = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'));
		__m128i line = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
		unsigned other = (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(space, tab), line)) ^ 0xffff;

		if (other)
			return at + __builtin_ctz(other);
		at += 16;
	}
#endif
	while (at < end && char_is_space(*at))
		at++;
	return at;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "util/text.h"

#include <stdint.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unistr.h>

#include "util/chars.h"
#include "util/width.h"

#define REPLACEMENT STR("\xEF\xBF\xBD")

/* A terminal cell of curses takes a base and four marks; more would be cut there, at a place of its choosing. */
enum { MARKS_PER_CELL = 4 };

static inline bool
is_plain(char c)
{
	return c >= 0x20 && c <= 0x7e;
}

static inline bool
is_ascii(char c)
{
	return (unsigned char)c < 0x80;
}

static inline const uint8_t *
bytes_of(const char *at)
{
	return (const uint8_t *)at;
}

static size_t
decode(const char *at, size_t len, uint32_t *code_point_out)
{
	ucs4_t c;
	int size = u8_mbtouc(&c, bytes_of(at), len);

	*code_point_out = c;
	return (size_t)size;
}

/* Invisible, or changing the order of what follows. */
static bool
is_format(uint32_t c)
{
	return c >= 0x80 && (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp) ||
	                     uc_is_property_default_ignorable_code_point(c));
}

static bool
is_regional_indicator(uint32_t c)
{
	return c >= 0x1f1e6 && c <= 0x1f1ff;
}

static bool
is_pictograph(uint32_t c)
{
	return c == 0xa9 || c == 0xae || (c >= 0x203c && c <= 0x3299) || (c >= 0x1f000 && c <= 0x1faff);
}

static void
add_control(uint32_t c, struct buf *out)
{
	if (c == '\n' || c == '\t')
		buf_addc(out, ' ');
	else if (c == 0x7f)
		buf_add(out, STR("\xE2\x90\xA1"));
	else if (c < 0x20)
		buf_add(out, (struct str){ (char[]){ '\xE2', '\x90', (char)(0x80 + c) }, 3 });
	else
		buf_add(out, REPLACEMENT);
}

/* One grapheme cluster of valid UTF-8. */
static void
add_cluster(const char *at, size_t len, struct buf *out)
{
	uint32_t base;
	size_t base_len = decode(at, len, &base);
	int marks = 0;

	if (base < 0x20 || (base >= 0x7f && base < 0xa0)) {
		add_control(base, out);
		if (base_len < len)    /* CR LF is one cluster */
			add_cluster(at + base_len, len - base_len, out);
		return;
	}
	if (width_of(base) < 1 || is_format(base) || is_regional_indicator(base)) {
		buf_add(out, REPLACEMENT);
		return;
	}
	for (size_t i = base_len; i < len;) {
		uint32_t c;
		i += decode(at + i, len - i, &c);
		int width = width_of(c);
		marks = width == 0 ? marks + 1 : 0;
		if (width < 0 || width > 1 || marks > MARKS_PER_CELL || is_format(c)) {
			buf_add(out, (struct str){ at, base_len });
			return;
		}
	}
	buf_add(out, (struct str){ at, len });
}

/* Bytes of the grapheme cluster at `at`, not 0.  libunistring's rules look at pairs of characters only: they know neither flags, which
 * are pairs of regional indicators, nor pictographs joined by U+200D. */
static size_t
cluster_len(const char *at, const char *end)
{
	static const char joiner[] = "\xE2\x80\x8D";
	uint32_t base, next;
	const char *stop = (const char *)u8_grapheme_next(bytes_of(at), bytes_of(end));

	decode(at, (size_t)(end - at), &base);
	if (stop < end && is_regional_indicator(base)) {
		size_t size = decode(stop, (size_t)(end - stop), &next);
		return (size_t)(stop - at) + (is_regional_indicator(next) ? size : 0);
	}
	while (stop < end && stop - at > 3 && is_pictograph(base) && memcmp(stop - 3, joiner, 3) == 0) {
		decode(stop, (size_t)(end - stop), &next);
		if (!is_pictograph(next))
			break;
		stop = (const char *)u8_grapheme_next(bytes_of(stop), bytes_of(end));
	}
	return (size_t)(stop - at);
}

static void
add_valid(const char *at, const char *end, struct buf *out)
{
	while (at < end) {
		const char *run = at;

		while (run < end && is_plain(*run))
			run++;
		if (run < end && run > at && !is_ascii(*run))
			run--;    /* a mark may follow: this letter is its base */
		if (run > at) {
			buf_add(out, (struct str){ at, (size_t)(run - at) });
			at = run;
			continue;
		}
		size_t len = cluster_len(at, end);
		add_cluster(at, len, out);
		at += len;
	}
}

bool
text_is_valid(struct str raw)
{
	return raw.len == 0 || u8_check(bytes_of(raw.at), raw.len) == NULL;
}

bool
text_is_plain(struct str raw)
{
	size_t plain = 0;

	while (plain < raw.len && is_plain(raw.at[plain]))
		plain++;
	return plain == raw.len;
}

void
text_sanitise(struct str raw, struct buf *out)
{
	if (text_is_plain(raw)) {
		buf_add(out, raw);
		return;
	}
	const char *at = raw.at, *end = raw.at + raw.len;
	while (at < end) {
		const uint8_t *bad = u8_check(bytes_of(at), (size_t)(end - at));
		const char *stop = bad ? (const char *)bad : end;
		uint32_t unused;

		add_valid(at, stop, out);
		at = stop;
		if (at < end) {
			buf_add(out, REPLACEMENT);
			at += decode(at, (size_t)(end - at), &unused);
		}
	}
}

/* A character and the marks that join it. */
size_t
text_cluster(struct str safe, int *width_out)
{
	uint32_t c;

	*width_out = 0;
	if (safe.len == 0)
		return 0;
	if (is_ascii(safe.at[0]) && (safe.len == 1 || is_ascii(safe.at[1]))) {
		*width_out = is_plain(safe.at[0]);
		return 1;
	}
	size_t len = decode(safe.at, safe.len, &c);
	*width_out = width_of(c) < 0 ? 1 : width_of(c);
	while (len < safe.len && !is_ascii(safe.at[len])) {
		size_t size = decode(safe.at + len, safe.len - len, &c);
		if (width_of(c) != 0)
			break;
		len += size;
	}
	return len;
}

int
text_width(struct str safe)
{
	size_t ascii = 0;

	while (ascii < safe.len && is_ascii(safe.at[ascii]))
		ascii++;
	size_t cols = ascii;
	for (size_t i = ascii; i < safe.len;) {
		uint32_t c;
		i += decode(safe.at + i, safe.len - i, &c);
		int width = width_of(c);
		cols += width < 0 ? 1 : (size_t)width;
	}
	return cols < INT32_MAX ? (int)cols : INT32_MAX;
}

size_t
text_prefix(struct str safe, int cols, int *width_out)
{
	size_t limit = cols > 0 ? (size_t)cols : 0, len = 0;
	int used = 0;

	while (len < safe.len && len <= limit && is_ascii(safe.at[len]))
		len++;
	if (len == safe.len || len > limit) {
		len = len < limit ? len : limit;
		used = (int)len;
	} else {
		len = len ? len - 1 : 0;    /* marks may follow the last ASCII character */
		used = (int)len;
		while (len < safe.len) {
			int width;
			size_t size = text_cluster(str_tail(safe, len), &width);
			if (width > cols - used)
				break;
			len += size;
			used += width;
		}
	}
	if (width_out)
		*width_out = used;
	return len;
}

size_t
text_suffix(struct str safe, int cols, int *width_out)
{
	size_t limit = cols > 0 ? (size_t)cols : 0, at = safe.len, begin = safe.len;
	size_t used = 0;

	while (at > 0 && used < limit) {
		uint32_t c;

		at--;
		while (at > 0 && ((unsigned char)safe.at[at] & 0xc0) == 0x80)
			at--;
		decode(safe.at + at, safe.len - at, &c);
		int width = is_ascii(safe.at[at]) || width_of(c) < 0 ? 1 : width_of(c);
		if (width == 0)
			continue;
		if (used + (size_t)width > limit)
			break;
		used += (size_t)width;
		begin = at;
	}
	if (width_out)
		*width_out = (int)used;
	return begin;
}

void
text_fit(struct str safe, int cols, bool keep_end, bool ascii, struct buf *out)
{
	struct str dots = ascii ? STR("..") : STR("\xE2\x80\xA6");
	int dots_cols = ascii ? 2 : 1;

	if (text_prefix(safe, cols, NULL) == safe.len) {
		buf_add(out, safe);
		return;
	}
	if (cols < dots_cols) {
		buf_add(out, (struct str){ dots.at, cols > 0 ? (size_t)cols : 0 });
		return;
	}
	if (keep_end) {
		size_t begin = text_suffix(safe, cols - dots_cols, NULL);
		buf_add(out, dots);
		buf_add(out, str_tail(safe, begin));
	} else {
		buf_add(out, (struct str){ safe.at, text_prefix(safe, cols - dots_cols, NULL) });
		buf_add(out, dots);
	}
}

static void
add_code_point(uint32_t c, struct buf *out)
{
	uint8_t bytes[6];
	int len = u8_uctomb(bytes, c, (ptrdiff_t)sizeof bytes);

	if (len > 0)
		buf_add(out, (struct str){ (const char *)bytes, (size_t)len });
	else
		buf_add(out, REPLACEMENT);
}

void
text_from_utf16(struct str bytes, bool big_endian, struct buf *out)
{
	uint32_t high = 0;    /* a surrogate that waits for its second half */

	for (size_t i = 0; i + 1 < bytes.len; i += 2) {
		uint32_t first = (unsigned char)bytes.at[i], second = (unsigned char)bytes.at[i + 1];
		uint32_t unit = big_endian ? first << 8 | second : second << 8 | first;

		if (high && unit >= 0xdc00 && unit <= 0xdfff) {
			add_code_point(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00), out);
			high = 0;
			continue;
		}
		if (high)
			buf_add(out, REPLACEMENT);
		high = unit >= 0xd800 && unit <= 0xdbff ? unit : 0;
		if (!high)
			add_code_point(unit, out);    /* a second half alone is no character: replaced there */
	}
	if (high || bytes.len % 2)
		buf_add(out, REPLACEMENT);
}

static void
add_hex(struct str bytes, struct buf *out)
{
	for (size_t i = 0; i < bytes.len; i++)
		buf_addf(out, "\\x%02x", (unsigned)(unsigned char)bytes.at[i]);
}

void
text_escape(struct str raw, struct buf *out)
{
	for (size_t i = 0, size; i < raw.len; i += size) {
		struct str one = { raw.at + i, 1 };
		uint32_t c;

		size = decode(one.at, raw.len - i, &c);
		one.len = size;
		bool valid = u8_check(bytes_of(one.at), size) == NULL;
		if (c == '\\')
			buf_add(out, STR("\\\\"));
		else if (!valid || c < 0x20 || (c >= 0x7f && c < 0xa0) || c == '\'' || c == ';' || is_format(c))
			add_hex(one, out);
		else
			buf_add(out, one);
	}
}

bool
text_unescape(struct str escaped, struct buf *out)
{
	for (size_t i = 0; i < escaped.len; i++) {
		size_t left = escaped.len - i;

		if (escaped.at[i] != '\\') {
			buf_addc(out, escaped.at[i]);
		} else if (left >= 2 && escaped.at[i + 1] == '\\') {
			buf_addc(out, '\\');
			i += 1;
		} else if (left >= 4 && escaped.at[i + 1] == 'x' && char_hex(escaped.at[i + 2]) >= 0 && char_hex(escaped.at[i + 3]) >= 0) {
			buf_addc(out, (char)(char_hex(escaped.at[i + 2]) * 16 + char_hex(escaped.at[i + 3])));
			i += 3;
		} else {
			return false;
		}
	}
	return true;
}

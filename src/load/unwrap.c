/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/unwrap.h"

enum layer { PLAIN, MARK, GZIP, ZLIB, ZSTD, ZSTD_RECORDS, TEXT_RECORDS, UTF16_LE, UTF16_BE, UNREADABLE };

/* Containers that are known by their first bytes and not read. */
static const struct {
	struct str  magic;
	const char *what, *hint;
} unreadable[] = {
	{ { "PK\3\4", 4 },           "a zip archive", "unpack it first" },
	{ { "PK\5\6", 4 },           "a zip archive", "unpack it first" },
	{ { "\xfd" "7zXZ\0", 6 },    "compressed with xz", "run xz -dc on it and pipe the result" },
	{ { "7z\xbc\xaf\x27\x1c", 6 }, "a 7z archive", "unpack it first" },
	{ { "\x04\x22\x4d\x18", 4 }, "compressed with lz4", "run lz4 -dc on it and pipe the result" },
};

static unsigned char
byte_at(struct str text, size_t i)
{
	return i < text.len ? (unsigned char)text.at[i] : 0;
}

static bool
is_zstd(struct str head)
{
	bool skippable = head.len >= 4 && (byte_at(head, 0) & 0xf0) == 0x50 && memcmp(head.at + 1, "\x2a\x4d\x18", 3) == 0;

	return skippable || str_starts(head, STR(STREAM_ZSTD_MAGIC));
}

/* zstd frames behind their lengths, as a collector writes them. */
static bool
is_zstd_records(struct str head)
{
	const size_t length = 4;
	size_t len = (size_t)byte_at(head, 0) << 24 | (size_t)byte_at(head, 1) << 16 | (size_t)byte_at(head, 2) << 8 | byte_at(head, 3);
	struct str frame = { head.at + length, head.len - length }, next;

	if (head.len < length || !str_starts(frame, STR(STREAM_ZSTD_MAGIC)) || len <= length)
		return false;
	if (len + length >= frame.len)
		return true;
	next = (struct str){ frame.at + len + length, frame.len - len - length };
	return str_starts(next, STR(STREAM_ZSTD_MAGIC)) || next.len < length;
}

/* UTF-16 without a mark: JSON whose first characters are all ASCII.  Which of the two bytes is zero tells the order. */
static bool
is_utf16_json(struct str head, size_t zero)
{
	unsigned char first = byte_at(head, 1 - zero);

	if (head.len < 2 || (first != '{' && first != '['))
		return false;
	for (size_t i = 0; i + 1 < head.len && i < 8; i += 2)
		if (byte_at(head, i + zero) != 0 || byte_at(head, i + 1 - zero) == 0 || byte_at(head, i + 1 - zero) > 0x7e)
			return false;
	return true;
}

static size_t
find_unreadable(struct str head)
{
	size_t i;

	for (i = 0; i < sizeof unreadable / sizeof *unreadable; i++)
		if (str_starts(head, unreadable[i].magic))
			break;
	return i;
}

static bool
is_bzip2(struct str head)
{
	return str_starts(head, STR("BZh")) && head.len >= 10 && memcmp(head.at + 4, "\x31\x41\x59\x26\x53\x59", 6) == 0;
}

static enum layer
layer_of(struct str head)
{
	if (str_starts(head, STR("\x1f\x8b")))
		return GZIP;
	if (is_zstd(head))
		return ZSTD;
	if (is_zstd_records(head))
		return ZSTD_RECORDS;
	if (unframe_is_text(head))
		return TEXT_RECORDS;
	if (str_starts(head, STR("\xef\xbb\xbf")))
		return MARK;
	if (str_starts(head, STR("\xff\xfe")) || is_utf16_json(head, 1))
		return UTF16_LE;
	if (str_starts(head, STR("\xfe\xff")) || is_utf16_json(head, 0))
		return UTF16_BE;
	if (is_bzip2(head) || find_unreadable(head) < sizeof unreadable / sizeof *unreadable)
		return UNREADABLE;
	return inflate_trial(head) ? ZLIB : PLAIN;
}

bool
unwrap_is_plain(struct str head, size_t *mark_out)
{
	enum layer layer = layer_of(head);

	*mark_out = 0;
	if (layer == MARK) {
		*mark_out = 3;
		layer = layer_of(str_tail(head, 3));
	}
	return layer == PLAIN;
}

static void
say_unreadable(struct str head, struct error *err)
{
	if (is_bzip2(head))
		error_set(err, ERROR_INPUT, "this is compressed with bzip2, which cannot be read: run bzip2 -dc on it and pipe the result");
	else
		error_set(err, ERROR_INPUT, "this is %s, which cannot be read: %s", unreadable[find_unreadable(head)].what,
		          unreadable[find_unreadable(head)].hint);
}

static struct stream *
add_utf16(struct stream *stream, struct str head, bool big_endian)
{
	if (str_starts(head, STR("\xff\xfe")) || str_starts(head, STR("\xfe\xff")))
		stream_skip(stream, 2);
	return stream_utf16(stream, big_endian);
}

struct stream *
unwrap(struct stream *stream, const char **compression_out, struct error *err)
{
	static const char *const names[] = { [GZIP] = "gzip", [ZLIB] = "zlib", [ZSTD] = "zstd", [ZSTD_RECORDS] = "zstd" };
	unsigned compressed = 0;
	bool transcoded = false;

	*compression_out = "none";
	for (;;) {
		struct str head = stream_peek(stream);
		enum layer layer = layer_of(head);
		struct stream *above = NULL;

		if (layer == MARK) {
			stream_skip(stream, 3);
			continue;
		}
		if (layer == PLAIN || (transcoded && layer != UNREADABLE))
			return stream;
		if (layer == TEXT_RECORDS) {
			stream = stream_unframe_text(stream);
			transcoded = true;
			continue;
		}
		if (layer == UTF16_LE || layer == UTF16_BE) {
			stream = add_utf16(stream, head, layer == UTF16_BE);
			transcoded = true;
			continue;
		}
		if (layer == UNREADABLE)
			say_unreadable(head, err);
		else if (compressed++ == UNWRAP_LAYERS_MAX)
			error_set(err, ERROR_INPUT, "compressed more than %d times over: given up", UNWRAP_LAYERS_MAX);
		else if (layer == ZSTD && !(above = stream_unzstd(stream)))
			error_set(err, ERROR_INPUT, "this is compressed with zstd, which this build cannot read: "
			          "run zstd -dc on it and pipe the result");
		else if (layer == ZSTD_RECORDS && !(above = stream_unframe(stream)))
			error_set(err, ERROR_INPUT, "these are records compressed with zstd, which this build cannot read");
		else if (layer == GZIP || layer == ZLIB)
			above = stream_inflate(stream, layer == GZIP);
		if (!above) {
			stream_close(stream);
			return NULL;
		}
		stream = above;
		if (compressed == 1)
			*compression_out = names[layer];
	}
}

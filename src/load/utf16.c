/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/stream.h"

#include "util/alloc.h"
#include "util/buf.h"
#include "util/text.h"

#define INPUT_SIZE ((size_t)32 << 10)

struct utf16_stream {
	struct stream base;
	bool          big_endian;
	char          in[INPUT_SIZE];
	size_t        in_len;      /* an incomplete character kept for the next time */
	struct buf    out;
	size_t        out_at;      /* bytes of out already given */
};

/* Bytes of whole characters: an odd byte and a high surrogate at the end wait for what follows them. */
static size_t
whole_part(const struct utf16_stream *stream)
{
	size_t len = stream->in_len & ~(size_t)1;
	unsigned char high = len ? (unsigned char)stream->in[len - (stream->big_endian ? 2 : 1)] : 0;

	return (high & 0xfc) == 0xd8 ? len - 2 : len;
}

static bool
refill(struct utf16_stream *stream)
{
	size_t got = stream_read(stream->base.under, stream->in + stream->in_len, INPUT_SIZE - stream->in_len);
	size_t whole;

	stream->in_len += got;
	whole = got ? whole_part(stream) : stream->in_len & ~(size_t)1;
	buf_clear(&stream->out);
	stream->out_at = 0;
	text_from_utf16((struct str){ stream->in, whole }, stream->big_endian, &stream->out);
	stream->in_len -= whole;
	memmove(stream->in, stream->in + whole, stream->in_len);
	if (got == 0 && stream->in_len) {
		stream->in_len = 0;
		stream_fail(&stream->base, ERROR_INPUT, "the UTF-16 text ends in the middle of a character");
	}
	return got || stream->out.len;
}

static size_t
utf16_read(struct stream *base, char *into, size_t cap)
{
	struct utf16_stream *stream = (struct utf16_stream *)base;

	while (stream->out_at == stream->out.len)
		if (!refill(stream))
			return 0;
	size_t left = stream->out.len - stream->out_at;
	size_t len = left < cap ? left : cap;
	memcpy(into, stream->out.at + stream->out_at, len);
	stream->out_at += len;
	return len;
}

static void
utf16_close(struct stream *base)
{
	buf_fini(&((struct utf16_stream *)base)->out);
}

struct stream *
stream_utf16(struct stream *under, bool big_endian)
{
	struct utf16_stream *stream = xcalloc(1, sizeof *stream);

	stream->base = (struct stream){ .read = utf16_read, .close = utf16_close, .under = under, .state = under->state };
	stream->big_endian = big_endian;
	return &stream->base;
}

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <zlib.h>

#include "load/stream.h"

#include "util/alloc.h"

#define INPUT_SIZE ((size_t)64 << 10)

/* gzip (members one after another) or zlib. */
struct inflate_stream {
	struct stream base;
	z_stream      z;
	bool          gzip;
	bool          under_ended;
	uint64_t      compressed;    /* bytes taken from below */
	unsigned char in[INPUT_SIZE];
};

static const char *
noun(const struct inflate_stream *stream)
{
	return stream->gzip ? "gzip" : "zlib";
}

/* Offset of the next compressed byte. */
static unsigned long long
position(const struct inflate_stream *stream)
{
	return (unsigned long long)(stream->compressed - stream->z.avail_in);
}

/* Makes at least want bytes of input visible if there are as many. */
static void
refill(struct inflate_stream *stream, size_t want)
{
	if (stream->z.avail_in)
		memmove(stream->in, stream->z.next_in, stream->z.avail_in);
	stream->z.next_in = stream->in;
	while (stream->z.avail_in < want && !stream->under_ended) {
		size_t got = stream_read(stream->base.under, (char *)stream->in + stream->z.avail_in,
		                         INPUT_SIZE - stream->z.avail_in);
		stream->under_ended = got == 0;
		stream->z.avail_in += (uInt)got;
		stream->compressed += got;
	}
}

/* After the end of a member: true when another one follows.  Zeros are padding, anything else is not ours. */
static bool
next_member(struct inflate_stream *stream)
{
	refill(stream, 2);
	if (stream->gzip && stream->z.avail_in >= 2 && stream->in[0] == 0x1f && stream->in[1] == 0x8b)
		return inflateReset(&stream->z) == Z_OK;
	for (; stream->z.avail_in; refill(stream, 1))
		for (; stream->z.avail_in; stream->z.next_in++, stream->z.avail_in--)
			if (*stream->z.next_in) {
				stream_fail(&stream->base, ERROR_INPUT, "what follows the %s data (from its byte %llu) was left out",
				            noun(stream), position(stream));
				return false;
			}
	return false;
}

static size_t
inflate_read(struct stream *base, char *into, size_t cap)
{
	struct inflate_stream *stream = (struct inflate_stream *)base;

	cap = cap < UINT_MAX / 2 ? cap : UINT_MAX / 2;
	stream->z.next_out = (Bytef *)into;
	stream->z.avail_out = (uInt)cap;
	while (!base->ended && stream->z.avail_out == cap) {
		refill(stream, 1);
		if (stream->z.avail_in == 0) {
			stream_fail(base, ERROR_INPUT, "the %s data is cut short after %llu bytes; what came before is kept",
			            noun(stream), position(stream));
			break;
		}
		int status = inflate(&stream->z, Z_NO_FLUSH);
		if (status == Z_STREAM_END)
			base->ended = !next_member(stream);
		else if (status != Z_OK && status != Z_BUF_ERROR) {
			stream_fail(base, ERROR_INPUT, "the %s data is damaged near its byte %llu (%s); what came before is kept",
			            noun(stream), position(stream), stream->z.msg ? stream->z.msg : "no reason given");
			break;
		}
	}
	return cap - stream->z.avail_out;
}

static void
inflate_close(struct stream *base)
{
	inflateEnd(&((struct inflate_stream *)base)->z);
}

struct stream *
stream_inflate(struct stream *under, bool gzip)
{
	struct inflate_stream *stream = xcalloc(1, sizeof *stream);

	stream->base = (struct stream){
		.read = inflate_read, .close = inflate_close, .under = under, .state = under->state,
	};
	stream->gzip = gzip;
	CHECK(inflateInit2(&stream->z, gzip ? MAX_WBITS + 16 : MAX_WBITS) == Z_OK);
	return &stream->base;
}

static bool
has_control(struct str head)
{
	for (size_t i = 0; i < head.len; i++)
		if ((unsigned char)head.at[i] < 0x20 && !memchr("\t\n\f\r\33", head.at[i], 5))
			return true;
	return false;
}

bool
inflate_trial(struct str head)
{
	unsigned char out[512];
	z_stream z = { .next_in = (Bytef *)(uintptr_t)head.at, .avail_in = (uInt)head.len, .next_out = out, .avail_out = sizeof out };

	if (head.len < 2)
		return false;
	unsigned char first = (unsigned char)head.at[0], second = (unsigned char)head.at[1];
	if (first != 0x78 || (second != 0x01 && second != 0x5e && second != 0x9c && second != 0xda))
		return false;
	if ((first * 256 + second) % 31 || inflateInit(&z) != Z_OK)
		return false;
	int status = inflate(&z, Z_NO_FLUSH);
	/* A few characters of text can pass for the start of compressed data. */
	bool going = (status == Z_OK || status == Z_BUF_ERROR) && z.total_out > 0;
	bool good = status == Z_STREAM_END || (going && (head.len == STREAM_PEEK_MAX || has_control(head)));
	inflateEnd(&z);
	return good;
}

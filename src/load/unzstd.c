/* SPDX-License-Identifier: MIT */
#include "config.h"

#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

#include "load/stream.h"

#include "util/alloc.h"

#ifdef HAVE_ZSTD

#define INPUT_SIZE ((size_t)64 << 10)

/* Frames one after another, skippable ones among them. */
struct zstd_stream {
	struct stream base;
	ZSTD_DStream *z;
	ZSTD_inBuffer in;
	uint64_t      compressed;    /* bytes taken from below */
	size_t        pending;       /* 0: between frames */
	bool          flush;         /* the decoder may hold output although its input is used up */
	char          bytes[INPUT_SIZE];
};

static unsigned long long
position(const struct zstd_stream *stream)
{
	return (unsigned long long)(stream->compressed - (stream->in.size - stream->in.pos));
}

static size_t
zstd_read(struct stream *base, char *into, size_t cap)
{
	struct zstd_stream *stream = (struct zstd_stream *)base;
	ZSTD_outBuffer out = { into, cap, 0 };

	while (out.pos == 0) {
		if (stream->in.pos == stream->in.size && !stream->flush) {
			size_t got = stream_read(base->under, stream->bytes, INPUT_SIZE);
			stream->in = (ZSTD_inBuffer){ stream->bytes, got, 0 };
			stream->compressed += got;
			if (got == 0 && stream->pending)
				return stream_fail(base, ERROR_INPUT, "the zstd data is cut short after %llu bytes; "
				                   "what came before is kept", position(stream));
			if (got == 0)
				return 0;
		}
		bool between = stream->pending == 0;
		unsigned long long at = position(stream);
		stream->pending = ZSTD_decompressStream(stream->z, &out, &stream->in);
		if (ZSTD_isError(stream->pending) && between && at > 0) {
			stream_fail(base, ERROR_INPUT, "what follows the zstd data (from its byte %llu) was left out", at);
			return out.pos;
		}
		if (ZSTD_isError(stream->pending)) {
			stream_fail(base, ERROR_INPUT, "the zstd data is damaged near its byte %llu (%s); what came before is kept",
			            position(stream), ZSTD_getErrorName(stream->pending));
			return out.pos;
		}
		stream->flush = out.pos == out.size && stream->pending;
	}
	return out.pos;
}

static void
zstd_close(struct stream *base)
{
	ZSTD_freeDStream(((struct zstd_stream *)base)->z);
}

struct stream *
stream_unzstd(struct stream *under)
{
	struct zstd_stream *stream = xcalloc(1, sizeof *stream);

	stream->base = (struct stream){ .read = zstd_read, .close = zstd_close, .under = under, .state = under->state };
	stream->z = ZSTD_createDStream();
	CHECK(stream->z != NULL);
	return &stream->base;
}

#else

struct stream *
stream_unzstd(struct stream *under)
{
	(void)under;
	return NULL;
}

#endif

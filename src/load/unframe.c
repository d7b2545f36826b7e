/* SPDX-License-Identifier: MIT */
#include "config.h"

#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

#include "load/stream.h"

#include "util/alloc.h"
#include "util/buf.h"

#ifdef HAVE_ZSTD

enum { HEAD = 4 };                              /* bytes of a record's length, big-endian */
#define STEP_SIZE  ((size_t)128 << 10)          /* read or inflated at a time */
#define RECORD_MAX ((size_t)512 << 20)          /* bytes of a record, compressed or not */

struct unframe_stream {
	struct stream base;
	ZSTD_DStream *z;
	uint64_t      at;         /* bytes taken from below */
	bool          begun;      /* is_text is known */
	bool          done;       /* nothing follows what out has */
	bool          is_text;    /* records are JSON, else protobuf */
	struct buf    packed;     /* the record at hand */
	struct buf    out;        /* the same as it is given */
	size_t        out_at;
};

static size_t
take(struct unframe_stream *stream, size_t want, struct buf *into)
{
	size_t got = 1, taken = 0;

	for (; got && taken < want; taken += got) {
		size_t step = want - taken < STEP_SIZE ? want - taken : STEP_SIZE;
		vec_reserve(into, into->len + step + 1);
		got = stream_read(stream->base.under, into->at + into->len, step);
		into->len += got;
	}
	stream->at += taken;
	return taken;
}

/* Ends the stream once all that out has is given. */
static bool
end_early(struct unframe_stream *stream, uint64_t from, bool cut)
{
	if (cut)
		stream_fail(&stream->base, ERROR_INPUT, "the last zstd record, at byte %llu, is cut short; what came before is kept",
		            (unsigned long long)from);
	else
		stream_fail(&stream->base, ERROR_INPUT, "what follows the zstd records (from byte %llu) was left out",
		            (unsigned long long)from);
	stream->base.ended = false;
	stream->done = true;
	return false;
}

/* The next record, packed.  False at the end. */
static bool
next_record(struct unframe_stream *stream, bool *cut_out)
{
	uint64_t from = stream->at;
	struct buf *packed = &stream->packed;

	buf_clear(packed);
	size_t head = take(stream, HEAD, packed);
	if (head == 0) {
		stream->done = true;
		return false;
	}
	const unsigned char *bytes = (const unsigned char *)packed->at;
	size_t len = head < HEAD ? HEAD : (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
	if (len < HEAD || len > RECORD_MAX)
		return end_early(stream, from, false);
	buf_clear(packed);
	*cut_out = head < HEAD || take(stream, len, packed) < len;
	if (packed->len >= HEAD && !str_starts(buf_str(packed), STR(STREAM_ZSTD_MAGIC)))
		return end_early(stream, from, false);
	return true;
}

/* Inflates the record behind what out has.  NULL, or what is wrong with it. */
static const char *
inflate_record(struct unframe_stream *stream)
{
	ZSTD_inBuffer in = { stream->packed.at, stream->packed.len, 0 };
	struct buf *out = &stream->out;
	size_t pending = 1;

	ZSTD_initDStream(stream->z);
	for (;;) {
		vec_reserve(out, out->len + STEP_SIZE);
		ZSTD_outBuffer part = { out->at + out->len, out->cap - out->len, 0 };
		pending = ZSTD_decompressStream(stream->z, &part, &in);
		if (ZSTD_isError(pending))
			return ZSTD_getErrorName(pending);
		out->len += part.pos;
		if (out->len > RECORD_MAX)
			return "it is too large";
		if (in.pos == in.size && (pending == 0 || part.pos < part.size))
			return pending ? "it ends early" : NULL;
	}
}

/* A record that is damaged costs no other one. */
static void
skip_record(struct unframe_stream *stream, uint64_t from, const char *why)
{
	struct error *problem = &stream->base.state->problem;

	stream->out.len = 0;
	if (problem->code == ERROR_NONE)
		error_set(problem, ERROR_INPUT, "a zstd record at byte %llu is damaged (%s): it was left out, as are others of the kind",
		          (unsigned long long)from, why);
}

static bool
is_json(struct str text)
{
	size_t at = 0;

	while (at < text.len && memchr(" \t\r\n", text.at[at], 4))
		at++;
	return at < text.len && (text.at[at] == '{' || text.at[at] == '[');
}

/* As plain files have it: text on a line of its own, messages behind their length.  What is cut declares more than there is. */
static void
frame_record(struct unframe_stream *stream, bool cut)
{
	struct buf *out = &stream->out;
	struct str record = { out->at + HEAD, out->len - HEAD };

	if (!stream->begun)
		stream->is_text = is_json(record);
	stream->begun = true;
	if (stream->is_text) {
		stream->out_at = HEAD;
		if (!cut && !str_ends(record, STR("\n")))
			buf_addc(out, '\n');
		return;
	}
	stream->out_at = 0;
	size_t len = record.len + cut;
	for (int i = 0; i < HEAD; i++)
		out->at[i] = (char)(len >> (24 - 8 * i));
}

static bool
refill(struct unframe_stream *stream)
{
	uint64_t from = stream->at;
	bool cut;

	stream->out.len = stream->out_at = 0;
	if (!next_record(stream, &cut))
		return false;
	buf_add(&stream->out, STR("\0\0\0\0"));
	const char *fault = inflate_record(stream);
	if (fault && !cut)
		skip_record(stream, from, fault);
	else if (stream->out.len == HEAD)
		stream->out.len = 0;
	else
		frame_record(stream, cut);
	if (cut)
		end_early(stream, from, true);
	return true;
}

static size_t
unframe_read(struct stream *base, char *into, size_t cap)
{
	struct unframe_stream *stream = (struct unframe_stream *)base;

	while (stream->out_at == stream->out.len)
		if (stream->done || !refill(stream)) {
			base->ended = true;
			return 0;
		}
	size_t left = stream->out.len - stream->out_at, len = left < cap ? left : cap;
	memcpy(into, stream->out.at + stream->out_at, len);
	stream->out_at += len;
	return len;
}

static void
unframe_close(struct stream *base)
{
	struct unframe_stream *stream = (struct unframe_stream *)base;

	ZSTD_freeDStream(stream->z);
	buf_fini(&stream->packed);
	buf_fini(&stream->out);
}

struct stream *
stream_unframe(struct stream *under)
{
	struct unframe_stream *stream = xcalloc(1, sizeof *stream);

	stream->base = (struct stream){ .read = unframe_read, .close = unframe_close, .under = under, .state = under->state };
	stream->z = ZSTD_createDStream();
	CHECK(stream->z != NULL);
	return &stream->base;
}

#else

struct stream *
stream_unframe(struct stream *under)
{
	(void)under;
	return NULL;
}

#endif

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/stream.h"

#include "util/alloc.h"

enum { HEAD = 4 };                      /* bytes of a record's length, big-endian */
#define RECORD_MAX ((size_t)512 << 20)

struct text_stream {
	struct stream base;
	uint64_t      at;       /* bytes taken from below */
	size_t        left;     /* of the record at hand */
	bool          begun;    /* there was one before */
};

static size_t
length_at(const char *head)
{
	const unsigned char *bytes = (const unsigned char *)head;

	return (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
}

bool
unframe_is_text(struct str head)
{
	size_t len;

	/* A document may well begin with blanks, which make a length too. */
	if (head.len <= HEAD || head.at[HEAD] != '{' || memchr(" \t\r\n", head.at[0], 4))
		return false;
	len = length_at(head.at);
	if (len < 2 || len > RECORD_MAX)
		return false;
	head = str_tail(head, HEAD);
	return len + HEAD >= head.len || head.at[len + HEAD] == '{';
}

static size_t
end_early(struct text_stream *stream, uint64_t from, bool cut)
{
	if (cut)
		return stream_fail(&stream->base, ERROR_INPUT, "the last record, at byte %llu, is cut short; what came before is kept",
		                   (unsigned long long)from);
	return stream_fail(&stream->base, ERROR_INPUT, "what follows the records (from byte %llu) was left out", (unsigned long long)from);
}

/* Takes the next length.  False: there is none, or no good one. */
static bool
next_record(struct text_stream *stream)
{
	uint64_t from = stream->at;
	char head[HEAD];
	size_t taken = 0, got = 1;

	for (; got && taken < HEAD; taken += got)
		got = stream_read(stream->base.under, head + taken, HEAD - taken);
	stream->at += taken;
	if (taken == HEAD && (stream->left = length_at(head)) <= RECORD_MAX)
		return true;
	if (taken)
		end_early(stream, from, taken < HEAD);
	stream->base.ended = true;
	return false;
}

static size_t
text_read(struct stream *base, char *into, size_t cap)
{
	struct text_stream *stream = (struct text_stream *)base;

	if (stream->left == 0) {
		bool begun = stream->begun;
		do {
			if (!next_record(stream))
				return 0;
		} while (stream->left == 0);
		stream->begun = true;
		if (begun) {
			*into = '\n';
			return 1;
		}
	}
	size_t got = stream_read(base->under, into, stream->left < cap ? stream->left : cap);
	if (got == 0)
		return end_early(stream, stream->at, true);
	stream->at += got;
	stream->left -= got;
	return got;
}

struct stream *
stream_unframe_text(struct stream *under)
{
	struct text_stream *stream = xcalloc(1, sizeof *stream);

	stream->base = (struct stream){ .read = text_read, .under = under, .state = under->state };
	return &stream->base;
}

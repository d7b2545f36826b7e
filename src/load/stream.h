/* SPDX-License-Identifier: MIT
 * Bytes that can only be read once, in order: a descriptor, memory, or what a decoder makes of the stream under it.
 * Input is read in small pieces, so that memory stays bounded however far it inflates and a stop is noticed soon.
 * A stream owns the one under it.  All streams of one input share what went wrong and whether it was stopped. */
#ifndef LOAD_STREAM_H
#define LOAD_STREAM_H

#include "util/error.h"
#include "util/job.h"
#include "util/str.h"

#define STREAM_ZSTD_MAGIC "\x28\xb5\x2f\xfd"
#define STREAM_PEEK_MAX ((size_t)4096)   /* most that stream_peek() can see */

struct stream_state {
	struct job  *job;       /* NULL: never stopped */
	struct error problem;   /* the first that came */
	bool         stopped;   /* by the job's wish */
};

struct stream {
	/* Up to cap bytes; 0 at the end, which a stop and a problem are too.  Streams above give what they still hold. */
	size_t (*read)(struct stream *stream, char *into, size_t cap);
	void   (*close)(struct stream *stream);    /* releases what follows this struct; NULL: nothing */
	struct stream       *under;                /* NULL for a source of bytes */
	struct stream_state *state;
	bool                 ended;
	char                *ahead;                /* peeked bytes [ahead_at, ahead_len); NULL until the first peek */
	size_t               ahead_at, ahead_len;
};

struct stream *stream_descriptor(int fd, struct stream_state *state);                /* takes fd; adds to job->done */
struct stream *stream_memory(struct str bytes, struct stream_state *state);          /* borrows the bytes */
struct stream *stream_inflate(struct stream *under, bool gzip);                      /* else zlib */
struct stream *stream_unzstd(struct stream *under);                                  /* NULL: built without zstd */
/* Records of a zstd frame each, behind its length in four bytes, big-endian: JSON on lines of its own, protobuf behind the length that
 * it has inflated.  NULL: built without zstd. */
struct stream *stream_unframe(struct stream *under);
/* Records of plain JSON, likewise, on lines of their own; whether first bytes are such. */
struct stream *stream_unframe_text(struct stream *under);
bool           unframe_is_text(struct str head);
struct stream *stream_utf16(struct stream *under, bool big_endian);

/* Whether these first bytes of a stream are a zlib stream: its header adds up and the rest inflates. */
bool           inflate_trial(struct str head);

size_t         stream_read(struct stream *stream, char *into, size_t cap);
struct str     stream_peek(struct stream *stream);    /* the next bytes, fewer than STREAM_PEEK_MAX only at the end */
void           stream_skip(struct stream *stream, size_t count);    /* peeked bytes */
void           stream_close(struct stream *stream);    /* with those under it; NULL is allowed */

/* For read functions: ends the stream with a problem, unless it was stopped or had one; 0 so that they can `return stream_fail(...)`. */
size_t         stream_fail(struct stream *stream, enum error_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif

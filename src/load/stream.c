/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "load/stream.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "util/alloc.h"

#define READ_MAX     ((size_t)256 << 10)   /* of one system call, so that progress moves and a stop is seen */
#define POLL_STEP_MS 40                    /* between looks at the job while a pipe has nothing */

struct descriptor_stream {
	struct stream base;
	int           fd;
};

struct memory_stream {
	struct stream base;
	struct str    left;
};

size_t
stream_fail(struct stream *stream, enum error_code code, const char *format, ...)
{
	struct error *problem = &stream->state->problem;
	va_list args;

	stream->ended = true;
	if (problem->code != ERROR_NONE || stream->state->stopped)
		return 0;
	problem->code = code;
	va_start(args, format);
	vsnprintf(problem->text, sizeof problem->text, format, args);
	va_end(args);
	return 0;
}

/* Whether a read will not block: true also at the end and on errors, which the read then tells. */
static bool
wait_readable(struct descriptor_stream *stream)
{
	struct pollfd poll_fd = { .fd = stream->fd, .events = POLLIN };

	for (;;) {
		if (job_stopped(stream->base.state->job)) {
			stream->base.state->stopped = true;
			return false;
		}
		int ready = poll(&poll_fd, 1, POLL_STEP_MS);
		if (ready > 0 || (ready < 0 && errno != EINTR))
			return true;
	}
}

static size_t
descriptor_read(struct stream *base, char *into, size_t cap)
{
	struct descriptor_stream *stream = (struct descriptor_stream *)base;

	while (wait_readable(stream)) {
		ssize_t got = read(stream->fd, into, cap < READ_MAX ? cap : READ_MAX);
		if (got < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (got < 0)
			return stream_fail(base, ERROR_SYSTEM, "reading failed: %s", strerror(errno));
		if (base->state->job)
			atomic_fetch_add_explicit(&base->state->job->done, (uint64_t)got, memory_order_relaxed);
		return (size_t)got;
	}
	return 0;
}

static void
descriptor_close(struct stream *base)
{
	struct descriptor_stream *stream = (struct descriptor_stream *)base;

	if (stream->fd != STDIN_FILENO)
		close(stream->fd);
}

struct stream *
stream_descriptor(int fd, struct stream_state *state)
{
	struct descriptor_stream *stream = xcalloc(1, sizeof *stream);

	stream->base = (struct stream){ .read = descriptor_read, .close = descriptor_close, .state = state };
	stream->fd = fd;
	return &stream->base;
}

static size_t
memory_read(struct stream *base, char *into, size_t cap)
{
	struct memory_stream *stream = (struct memory_stream *)base;
	size_t len = stream->left.len < cap ? stream->left.len : cap;

	if (job_stopped(base->state->job)) {
		base->state->stopped = true;
		return 0;
	}
	len = len < READ_MAX ? len : READ_MAX;
	if (len)
		memcpy(into, stream->left.at, len);
	stream->left.at += len;
	stream->left.len -= len;
	return len;
}

struct stream *
stream_memory(struct str bytes, struct stream_state *state)
{
	struct memory_stream *stream = xcalloc(1, sizeof *stream);

	stream->base = (struct stream){ .read = memory_read, .state = state };
	stream->left = bytes.at ? bytes : STR("");
	return &stream->base;
}

size_t
stream_read(struct stream *stream, char *into, size_t cap)
{
	size_t peeked = stream->ahead_len - stream->ahead_at;

	if (peeked) {
		size_t len = peeked < cap ? peeked : cap;
		memcpy(into, stream->ahead + stream->ahead_at, len);
		stream->ahead_at += len;
		return len;
	}
	return stream->ended ? 0 : stream->read(stream, into, cap);
}

struct str
stream_peek(struct stream *stream)
{
	size_t got = 1;

	if (!stream->ahead)
		stream->ahead = xmalloc(STREAM_PEEK_MAX);
	if (stream->ahead_at) {
		stream->ahead_len -= stream->ahead_at;
		memmove(stream->ahead, stream->ahead + stream->ahead_at, stream->ahead_len);
		stream->ahead_at = 0;
	}
	while (got && !stream->ended && stream->ahead_len < STREAM_PEEK_MAX) {
		got = stream->read(stream, stream->ahead + stream->ahead_len, STREAM_PEEK_MAX - stream->ahead_len);
		stream->ahead_len += got;
	}
	return (struct str){ stream->ahead, stream->ahead_len };
}

void
stream_skip(struct stream *stream, size_t count)
{
	CHECK(count <= stream->ahead_len - stream->ahead_at);
	stream->ahead_at += count;
}

void
stream_close(struct stream *stream)
{
	while (stream) {
		struct stream *under = stream->under;
		if (stream->close)
			stream->close(stream);
		free(stream->ahead);
		free(stream);
		stream = under;
	}
}

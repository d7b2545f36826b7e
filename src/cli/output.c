/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/message.h"
#include "util/text.h"

enum { FLUSH_BYTES = 1 << 16 };

void
output_begin(struct output *out, enum output_kind kind)
{
	struct winsize size;

	*out = (struct output){ .terminal = isatty(STDOUT_FILENO) };
	out->safe = out->terminal || kind == OUTPUT_TEXT;
	if (out->terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		out->cols = size.ws_col;
}

static void
send(struct output *out, struct str bytes)
{
	while (bytes.len && !out->failed) {
		ssize_t sent = write(STDOUT_FILENO, bytes.at, bytes.len);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0) {
			out->failed = true;
			if (errno != EPIPE)
				message("cannot write to standard output: %s", strerror(errno));
			return;
		}
		bytes.at += sent;
		bytes.len -= (size_t)sent;
	}
}

/* Line by line: a newline of ours stays one. */
static void
send_safely(struct output *out, struct str bytes)
{
	struct buf safe = { 0 };

	while (bytes.len) {
		const char *newline = memchr(bytes.at, '\n', bytes.len);
		size_t len = newline ? (size_t)(newline - bytes.at) : bytes.len;
		text_sanitise((struct str){ bytes.at, len }, &safe);
		if (newline)
			buf_addc(&safe, '\n');
		len += newline != NULL;
		bytes.at += len;
		bytes.len -= len;
	}
	send(out, buf_str(&safe));
	buf_fini(&safe);
}

static void
send_all(struct output *out)
{
	if (out->safe)
		send_safely(out, buf_str(&out->text));
	else
		send(out, buf_str(&out->text));
	buf_clear(&out->text);
}

void
output_flush(struct output *out)
{
	if (out->text.len >= FLUSH_BYTES)
		send_all(out);
}

int
output_end(struct output *out)
{
	send_all(out);
	buf_fini(&out->text);
	if (!out->failed && close(STDOUT_FILENO) != 0 && errno != EINTR) {
		message("cannot write to standard output: %s", strerror(errno));
		out->failed = true;
	}
	return out->failed ? ERROR_SYSTEM : ERROR_NONE;
}

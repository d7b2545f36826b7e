/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "ui/input.h"

enum { ANSWER_WAIT_MS = 330, WRITE_WAIT_MS = 10000 };

int
tty_open_keys(struct error *err)
{
	if (isatty(STDIN_FILENO))
		return STDIN_FILENO;
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		error_set(err, ERROR_SYSTEM, "no terminal to read keys from: standard input is none and /dev/tty: %s", strerror(errno));
	return fd;
}

long
tty_read(int keys_fd, struct buf *typed, char *bytes, size_t cap)
{
	struct pollfd ready = { .fd = keys_fd, .events = POLLIN };

	if (typed->len > 0) {
		size_t len = typed->len < cap ? typed->len : cap;
		memcpy(bytes, typed->at, len);
		memmove(typed->at, typed->at + len, typed->len - len);
		typed->len -= len;
		return (long)len;
	}
	if (poll(&ready, 1, 0) <= 0)
		return -1;
	ssize_t count = read(keys_fd, bytes, cap);
	if (count < 0)
		return errno == EINTR || errno == EAGAIN ? -1 : 0;
	return count;
}

bool
tty_write(int fd, struct str bytes)
{
	while (bytes.len > 0) {
		ssize_t sent = write(fd, bytes.at, bytes.len);
		if (sent < 0 && errno == EAGAIN) {
			struct pollfd wait = { .fd = fd, .events = POLLOUT };
			if (poll(&wait, 1, WRITE_WAIT_MS) <= 0)
				return false;
			continue;
		}
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		bytes.at += sent;
		bytes.len -= (size_t)sent;
	}
	return true;
}

static long
clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The column that a position report names, or -1; the report is taken out of the bytes. */
static int
await_column(int fd, struct buf *bytes)
{
	long until = clock_ms() + ANSWER_WAIT_MS;

	for (;;) {
		size_t start, end;
		int row, col;
		if (input_find_position(buf_str(bytes), &start, &end, &row, &col)) {
			memmove(bytes->at + start, bytes->at + end, bytes->len - end);
			bytes->len -= end - start;
			return col;
		}
		long left = until - clock_ms();
		struct pollfd wait = { .fd = fd, .events = POLLIN };
		if (left <= 0 || poll(&wait, 1, (int)left) <= 0)
			return -1;
		char more[256];
		ssize_t count = read(fd, more, sizeof more);
		if (count <= 0)
			return -1;
		buf_add(bytes, (struct str){ more, (size_t)count });
	}
}

bool
tty_shows_utf8(int keys_fd, int out_fd, struct buf *typed)
{
	struct termios before, raw;

	if (tcgetattr(keys_fd, &before) != 0)
		return false;
	raw = before;
	cfmakeraw(&raw);
	tcsetattr(keys_fd, TCSADRAIN, &raw);
	int column = -1;
	if (tty_write(out_fd, STR("\r\x1b[K\xc3\xb6\x1b[6n")))
		column = await_column(keys_fd, typed);
	tty_write(out_fd, STR("\r\x1b[K"));
	tcsetattr(keys_fd, TCSADRAIN, &before);
	return column == 2;
}

static bool
is_utf8_now(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static bool
names_utf8(const char *locale)
{
	const char *charset = strchr(locale, '.');

	return charset && (strncasecmp(charset, ".utf-8", 6) == 0 || strncasecmp(charset, ".utf8", 5) == 0);
}

bool
tty_set_locale(bool (*probe)(void *self), void *self)
{
	static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *said = NULL;

	for (size_t i = 0; i < sizeof variables / sizeof *variables && !said; i++) {
		const char *value = getenv(variables[i]);
		if (value && *value)
			said = value;
	}
	if (setlocale(LC_CTYPE, "") && is_utf8_now())
		return true;
	/* A locale that is not installed here, as it came over SSH, still tells what the terminal shows. */
	if (said ? !names_utf8(said) : !probe(self))
		return false;
	return setlocale(LC_CTYPE, "C.UTF-8") && is_utf8_now();
}

bool
tty_takes_osc(const char *term)
{
	static const char *const kinds[] = { "xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "kitty", "konsole", "vte", "gnome",
		"st-", "wezterm", "ghostty", "iterm", "mintty", "contour", "rio" };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strncmp(term, kinds[i], strlen(kinds[i])) == 0)
			return true;
	return false;
}

void
tty_unpad(const char *capability, struct buf *out)
{
	while (capability && *capability) {
		const char *end = capability[0] == '$' && capability[1] == '<' ? strchr(capability, '>') : NULL;
		if (end)
			capability = end + 1;
		else
			buf_addc(out, *capability++);
	}
}

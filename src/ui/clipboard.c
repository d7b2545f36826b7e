/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/clipboard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/tty.h"
#include "util/alloc.h"
#include "util/base64.h"

/* GNU screen takes no longer string in one piece. */
enum { SCREEN_PIECE = 256, SCREEN_STRING = 512 };

/* As they name themselves. */
enum { IDENTITY_SCREEN = 83, IDENTITY_TMUX = 84 };

bool
clipboard_sequence(struct str text, enum clipboard_wrap wrap, struct buf *out)
{
	struct buf bare = { 0 };

	if (text.len > CLIPBOARD_LIMIT)
		return false;
	buf_add(&bare, STR("\x1b]52;c;"));
	base64_add(text, &bare);
	buf_addc(&bare, '\a');
	switch (wrap) {
	case CLIPBOARD_PLAIN:
		buf_add(out, buf_str(&bare));
		break;
	case CLIPBOARD_TMUX:
		buf_add(out, buf_str(&bare));
		buf_add(out, STR("\x1bPtmux;\x1b"));    /* inside, each Escape is doubled: there is one, in front */
		buf_add(out, buf_str(&bare));
		buf_add(out, STR("\x1b\\"));
		break;
	case CLIPBOARD_EITHER:
	case CLIPBOARD_SCREEN:
		if (wrap == CLIPBOARD_EITHER && bare.len <= SCREEN_STRING)
			buf_add(out, buf_str(&bare));
		for (size_t at = 0; at < bare.len; at += SCREEN_PIECE) {
			size_t len = bare.len - at < SCREEN_PIECE ? bare.len - at : SCREEN_PIECE;
			buf_add(out, STR("\x1bP"));
			buf_add(out, (struct str){ bare.at + at, len });
			buf_add(out, STR("\x1b\\"));
		}
		break;
	}
	buf_fini(&bare);
	return true;
}

static bool
begins(const char *name, const char *const *prefixes)
{
	for (; name && *prefixes; prefixes++)
		if (strncmp(name, *prefixes, strlen(*prefixes)) == 0)
			return true;
	return false;
}

enum clipboard_wrap
clipboard_wrap_here(void)
{
	static const char *const tmux[] = { "tmux", NULL }, *const either[] = { "screen", NULL };
	const char *term = getenv("TERM");

	if (getenv("TMUX") || getenv("STY"))
		return getenv("TMUX") ? CLIPBOARD_TMUX : CLIPBOARD_SCREEN;
	return begins(term, tmux) ? CLIPBOARD_TMUX : begins(term, either) ? CLIPBOARD_EITHER : CLIPBOARD_PLAIN;
}

enum clipboard_wrap
clipboard_wrap_of(uint32_t identity, enum clipboard_wrap so_far)
{
	return identity == IDENTITY_TMUX ? CLIPBOARD_TMUX : identity == IDENTITY_SCREEN ? CLIPBOARD_SCREEN : so_far;
}

bool
clipboard_is_known(void)
{
	static const char *const terms[] = { "xterm-kitty", "foot", "alacritty", "wezterm", "xterm-ghostty", "contour", "rio", NULL };
	static const char *const programs[] = { "WezTerm", "ghostty", "rio", "vscode", NULL };

	/* Through tmux or screen it depends on how they are configured. */
	if (getenv("TMUX") || getenv("STY"))
		return false;
	return begins(getenv("TERM"), terms) || begins(getenv("TERM_PROGRAM"), programs) || getenv("KITTY_WINDOW_ID") || getenv("WT_SESSION");
}

static int
make_file(char **path)
{
	const char *folders[] = { getenv("XDG_RUNTIME_DIR"), getenv("TMPDIR"), "/tmp" };

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		if (!folders[i] || folders[i][0] != '/')
			continue;
		char *name = xasprintf("%s/spanfire-copy-XXXXXX", folders[i]);
		int fd = mkostemp(name, O_CLOEXEC);
		if (fd >= 0) {
			*path = name;
			return fd;
		}
		free(name);
	}
	return -1;
}

bool
clipboard_keep(struct str text, char **path, struct error *err)
{
	int fd = *path ? open(*path, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC) : -1;

	if (fd < 0) {
		free(*path);
		*path = NULL;
		fd = make_file(path);
	}
	if (fd < 0)
		return error_set(err, ERROR_SYSTEM, "no file for it: %s", strerror(errno));
	bool done = tty_write(fd, text);
	return close(fd) == 0 && done ? true : error_set(err, ERROR_SYSTEM, "the file for it could not be written");
}

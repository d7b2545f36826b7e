/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/clipboard.h"

/* GNU screen takes no longer string in one piece. */
enum { SCREEN_PIECE = 256 };

static void
add_base64(struct str text, struct buf *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *at = (const unsigned char *)text.at;

	for (size_t i = 0; i < text.len; i += 3) {
		size_t left = text.len - i;
		unsigned bits = (unsigned)at[i] << 16 | (left > 1 ? (unsigned)at[i + 1] << 8 : 0) | (left > 2 ? at[i + 2] : 0);
		buf_addc(out, digits[bits >> 18]);
		buf_addc(out, digits[bits >> 12 & 63]);
		buf_addc(out, left > 1 ? digits[bits >> 6 & 63] : '=');
		buf_addc(out, left > 2 ? digits[bits & 63] : '=');
	}
}

bool
clipboard_sequence(struct str text, enum clipboard_wrap wrap, struct buf *out)
{
	struct buf bare = { 0 };

	if (text.len > CLIPBOARD_LIMIT)
		return false;
	buf_add(&bare, STR("\x1b]52;c;"));
	add_base64(text, &bare);
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
	case CLIPBOARD_SCREEN:
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

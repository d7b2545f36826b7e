/* SPDX-License-Identifier: MIT
 * What the user does, decoded: the only input that views and actions know. */
#ifndef UI_EVENT_H
#define UI_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "util/str.h"

enum event_kind {
	EVENT_NONE,
	EVENT_KEY,
	EVENT_MOUSE,
	EVENT_PASTE,        /* text: bracketed paste, raw bytes */
	EVENT_RESIZE,       /* cols, rows */
	EVENT_BACKGROUND,   /* the terminal's answer to OSC 11: rgb */
	EVENT_IDENTITY,     /* the terminal's answer to what it is (secondary device attributes): identity */
	EVENT_TICK,         /* a time limit that the app asked for has passed */
	EVENT_LOAD,         /* the loader has news: progress, or it is done */
	EVENT_CONTINUE,     /* back from a stop (SIGCONT): everything must be drawn */
};

/* A key is a code point, or one of these. */
enum key_code {
	K_FIRST_NAMED = 0x110000,
	K_ENTER = K_FIRST_NAMED, K_ESC, K_TAB, K_BACKTAB, K_BACKSPACE, K_DELETE, K_INSERT,
	K_UP, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PAGE_UP, K_PAGE_DOWN,
	K_F1, K_F2, K_F3, K_F4, K_F5, K_F6, K_F7, K_F8, K_F9, K_F10, K_F11, K_F12,
	K_LAST_NAMED = K_F12,
};

enum modifier { MOD_SHIFT = 1, MOD_ALT = 2, MOD_CTRL = 4 };    /* MOD_SHIFT only with named keys */

enum mouse_what { MOUSE_MOVE, MOUSE_PRESS, MOUSE_RELEASE, MOUSE_DRAG, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN, MOUSE_WHEEL_LEFT, MOUSE_WHEEL_RIGHT };
enum mouse_button { BUTTON_NONE, BUTTON_LEFT, BUTTON_MIDDLE, BUTTON_RIGHT };

struct event {
	enum event_kind   kind;
	uint32_t          key;            /* code point or enum key_code; Ctrl-A is 'a' with MOD_CTRL */
	uint8_t           mods;           /* enum modifier, for keys and mouse */
	enum mouse_what   what;
	enum mouse_button button;
	int               clicks;         /* of a press: 1, or 2 for the second within 400 ms on the same cell */
	int               col, row;       /* of the mouse, from 0 */
	int               cols, rows;     /* EVENT_RESIZE */
	uint32_t          rgb;            /* EVENT_BACKGROUND: 0xRRGGBB */
	uint32_t          identity;       /* EVENT_IDENTITY */
	struct str        text;           /* EVENT_PASTE: valid until the next event is decoded */
};

/* Names as users write them: "j", "Enter", "Ctrl-c", "Alt-x", "Space", "F2".  key_parse: false when it is none. */
bool key_parse(struct str name, uint32_t *key_out, uint8_t *mods_out);
struct buf;
void key_format(uint32_t key, uint8_t mods, struct buf *out);

#endif

/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/event.h"

#include <unistr.h>

#include "util/buf.h"
#include "util/chars.h"

struct key_name {
	const char *name;
	uint32_t    key;
};

/* The first name of a key is how it is written out. */
static const struct key_name names[] = {
	{ "Enter", K_ENTER }, { "Return", K_ENTER }, { "Esc", K_ESC }, { "Escape", K_ESC }, { "Tab", K_TAB }, { "Shift-Tab", K_BACKTAB },
	{ "BackTab", K_BACKTAB }, { "Backspace", K_BACKSPACE }, { "Delete", K_DELETE }, { "Del", K_DELETE }, { "Insert", K_INSERT },
	{ "Ins", K_INSERT }, { "Up", K_UP }, { "Down", K_DOWN }, { "Left", K_LEFT }, { "Right", K_RIGHT }, { "Home", K_HOME }, { "End", K_END },
	{ "PgUp", K_PAGE_UP }, { "PageUp", K_PAGE_UP }, { "PgDn", K_PAGE_DOWN }, { "PageDown", K_PAGE_DOWN }, { "F1", K_F1 }, { "F2", K_F2 },
	{ "F3", K_F3 }, { "F4", K_F4 }, { "F5", K_F5 }, { "F6", K_F6 }, { "F7", K_F7 }, { "F8", K_F8 }, { "F9", K_F9 }, { "F10", K_F10 },
	{ "F11", K_F11 }, { "F12", K_F12 }, { "Space", ' ' },
};

static const struct { const char *prefix; uint8_t mod; } prefixes[] = {
	{ "Ctrl-", MOD_CTRL }, { "Alt-", MOD_ALT }, { "Shift-", MOD_SHIFT },
};

enum { NAMES = sizeof names / sizeof *names, PREFIXES = sizeof prefixes / sizeof *prefixes };

static char
lower(char c)
{
	return char_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

static bool
starts_with(struct str text, struct str prefix)
{
	if (text.len < prefix.len)
		return false;
	for (size_t i = 0; i < prefix.len; i++)
		if (lower(text.at[i]) != lower(prefix.at[i]))
			return false;
	return true;
}

static bool
find_name(struct str text, uint32_t *key_out)
{
	for (int i = 0; i < NAMES; i++) {
		struct str name = str_of(names[i].name);
		if (name.len == text.len && starts_with(text, name)) {
			*key_out = names[i].key;
			return true;
		}
	}
	return false;
}

static bool
find_point(struct str text, uint32_t *key_out)
{
	ucs4_t point;

	if (text.len == 0 || text.len > 4 || u8_mbtoucr(&point, (const uint8_t *)text.at, text.len) != (int)text.len)
		return false;
	*key_out = point;
	return point > ' ' && point != 0x7f && (point < 0x80 || point >= 0xa0);
}

bool
key_parse(struct str name, uint32_t *key_out, uint8_t *mods_out)
{
	uint32_t key = 0;
	uint8_t mods = 0;

	for (int i = 0; i < PREFIXES && !find_name(name, &key); i++) {
		struct str prefix = str_of(prefixes[i].prefix);
		if (!starts_with(name, prefix) || name.len == prefix.len || (mods & prefixes[i].mod))
			continue;
		mods |= prefixes[i].mod;
		name = str_tail(name, prefix.len);
		i = -1;
	}
	if (!find_name(name, &key) && !find_point(name, &key))
		return false;
	if ((mods & MOD_SHIFT) && key < K_FIRST_NAMED)
		return false;
	if ((mods & MOD_CTRL) && key >= 'A' && key <= 'Z')
		key += 'a' - 'A';
	*key_out = key;
	*mods_out = mods;
	return true;
}

void
key_format(uint32_t key, uint8_t mods, struct buf *out)
{
	uint8_t bytes[6];

	for (int i = 0; i < PREFIXES; i++)
		if (mods & prefixes[i].mod)
			buf_add(out, str_of(prefixes[i].prefix));
	for (int i = 0; i < NAMES; i++)
		if (names[i].key == key) {
			buf_add(out, str_of(names[i].name));
			return;
		}
	int len = u8_uctomb(bytes, key, sizeof bytes);
	if (len > 0)
		buf_add(out, (struct str){ (const char *)bytes, (size_t)len });
}

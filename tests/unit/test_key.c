/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/event.h"

#include "tests/tap.h"
#include "util/buf.h"

static const struct {
	const char *name;
	uint32_t    key;
	uint8_t     mods;
	const char *format;    /* how it is written back; NULL: as it came */
} good[] = {
	{ "j", 'j', 0, NULL },
	{ "J", 'J', 0, NULL },
	{ "-", '-', 0, NULL },
	{ "ö", 0xf6, 0, NULL },
	{ "日", 0x65e5, 0, NULL },
	{ "Enter", K_ENTER, 0, NULL },
	{ "enter", K_ENTER, 0, "Enter" },
	{ "Return", K_ENTER, 0, "Enter" },
	{ "Space", ' ', 0, NULL },
	{ "Ctrl-c", 'c', MOD_CTRL, NULL },
	{ "ctrl-C", 'c', MOD_CTRL, "Ctrl-c" },
	{ "Ctrl-Space", ' ', MOD_CTRL, NULL },
	{ "Alt-x", 'x', MOD_ALT, NULL },
	{ "Alt-X", 'X', MOD_ALT, NULL },
	{ "Alt--", '-', MOD_ALT, NULL },
	{ "Alt-Ctrl-x", 'x', MOD_ALT | MOD_CTRL, "Ctrl-Alt-x" },
	{ "Shift-Tab", K_BACKTAB, 0, NULL },
	{ "Shift-Up", K_UP, MOD_SHIFT, NULL },
	{ "Ctrl-Alt-Shift-PgDn", K_PAGE_DOWN, MOD_CTRL | MOD_ALT | MOD_SHIFT, NULL },
	{ "PageUp", K_PAGE_UP, 0, "PgUp" },
	{ "F2", K_F2, 0, NULL },
	{ "F12", K_F12, 0, NULL },
};

static const char *const bad[] = { "", "jj", "Ctrl-", "Ctrl-Ctrl-c", "Shift-a", "F13", "Enterr", "\x80", "\x01", "\x7f", " ", "Alt-jj", "\xc2\x85" };

int
main(void)
{
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		uint32_t key = 0;
		uint8_t mods = 0xff;
		struct buf text = { 0 };
		bool found = key_parse(str_of(good[i].name), &key, &mods);

		if (!ok(found && key == good[i].key && mods == good[i].mods, "parse %s", good[i].name))
			diag("got %d: key 0x%x mods %d", found, (unsigned)key, mods);
		key_format(good[i].key, good[i].mods, &text);
		is_text(text.at, good[i].format ? good[i].format : good[i].name, "format it");
		buf_fini(&text);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		uint32_t key;
		uint8_t mods;
		ok(!key_parse(str_of(bad[i]), &key, &mods), "no key is called %zu of the bad names", i);
	}
	for (uint32_t key = K_FIRST_NAMED; key <= K_LAST_NAMED; key++) {
		uint32_t again = 0;
		uint8_t mods;
		struct buf text = { 0 };
		key_format(key, MOD_CTRL, &text);
		ok(key_parse(buf_str(&text), &again, &mods) && again == key && mods == MOD_CTRL, "%s comes back", text.at);
		buf_fini(&text);
	}
	return done();
}

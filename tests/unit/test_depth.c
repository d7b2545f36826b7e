/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/depth.h"

#include "tests/tap.h"

enum { RGB = 1 << 24 };

/* Descriptions that are installed, "name colours", by the letters that cases name them with. */
static const struct { char letter; const char *name; int colors; } known[] = {
	{ 'x', "xterm", 8 }, { 'X', "xterm-256color", 256 }, { 'D', "xterm-direct", RGB }, { 't', "tmux-256color", 256 }, { 'T', "tmux-direct", RGB },
	{ 's', "screen", 8 }, { 'S', "screen-256color", 256 }, { 'v', "vt100", 0 }, { 'l', "linux", 8 }, { '6', "xterm-16color", 16 },
	{ 'k', "xterm-kitty", 256 }, { 'K', "kitty-direct", RGB }, { 'r', "rgbterm", RGB },
};

static int
colors(void *self, const char *name)
{
	const char *installed = self;

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i].name, name) == 0 && strchr(installed, known[i].letter))
			return known[i].colors;
	return -1;
}

static const struct {
	const char *term, *colorterm, *no_color;
	int         wanted;
	const char *installed;
	enum color_depth depth;
	const char *name;
} cases[] = {
	{ "xterm-256color", NULL, NULL, -1, "xXD", DEPTH_256, "xterm-256color" },
	{ "xterm-256color", "truecolor", NULL, -1, "xXD", DEPTH_24BIT, "xterm-direct" },
	{ "xterm-256color", "24bit", NULL, -1, "xXD", DEPTH_24BIT, "xterm-direct" },
	{ "xterm-256color", "truecolor", NULL, -1, "xX", DEPTH_256, "xterm-256color" },
	{ "xterm-256color", "yes", NULL, -1, "xXD", DEPTH_256, "xterm-256color" },
	{ "xterm-256color", "truecolor", "1", -1, "xXD", DEPTH_MONO, "xterm-256color" },
	{ "xterm-256color", "truecolor", "", -1, "xXD", DEPTH_24BIT, "xterm-direct" },
	{ "xterm-256color", NULL, "1", DEPTH_256, "xXD", DEPTH_256, "xterm-256color" },
	{ "xterm-256color", NULL, NULL, DEPTH_24BIT, "xXD", DEPTH_24BIT, "xterm-direct" },
	{ "xterm-256color", NULL, NULL, DEPTH_24BIT, "xX", DEPTH_256, "xterm-256color" },
	{ "xterm-256color", NULL, NULL, DEPTH_16, "xXD", DEPTH_16, "xterm-256color" },
	{ "xterm-256color", NULL, NULL, DEPTH_MONO, "xXD", DEPTH_MONO, "xterm-256color" },
	{ "tmux-256color", "truecolor", NULL, -1, "tTXD", DEPTH_24BIT, "tmux-direct" },
	{ "tmux-256color", "truecolor", NULL, -1, "tXD", DEPTH_256, "tmux-256color" },
	{ "screen-256color", "truecolor", NULL, -1, "sSTXD", DEPTH_256, "screen-256color" },
	{ "screen", NULL, NULL, -1, "sS", DEPTH_16, "screen" },
	{ "screen", NULL, NULL, DEPTH_256, "sS", DEPTH_256, "screen-256color" },
	{ "xterm", NULL, NULL, -1, "xX", DEPTH_16, "xterm" },
	{ "xterm", "truecolor", NULL, -1, "xX", DEPTH_256, "xterm-256color" },
	{ "xterm-16color", NULL, NULL, -1, "6", DEPTH_16, "xterm-16color" },
	{ "vt100", NULL, NULL, -1, "vxX", DEPTH_MONO, "vt100" },
	{ "vt100", NULL, NULL, DEPTH_256, "vxX", DEPTH_MONO, "vt100" },
	{ "linux", NULL, NULL, -1, "lX", DEPTH_16, "linux" },
	{ "xterm-kitty", "truecolor", NULL, -1, "kKXD", DEPTH_24BIT, "kitty-direct" },
	{ "xterm-kitty", "truecolor", NULL, -1, "kXD", DEPTH_24BIT, "xterm-direct" },
	{ "rgbterm", NULL, NULL, -1, "rX", DEPTH_24BIT, "rgbterm" },
	{ "rgbterm", NULL, NULL, DEPTH_256, "rX", DEPTH_256, "xterm-256color" },
	{ "xterm-unheard", NULL, NULL, -1, "xX", DEPTH_256, "xterm-256color" },
	{ "xterm-unheard", NULL, NULL, -1, "x", DEPTH_16, "xterm" },
	{ "unheard", NULL, NULL, -1, "xX", DEPTH_256, "xterm-256color" },
	{ "unheard-256color", NULL, NULL, -1, "v", DEPTH_MONO, "" },
	{ "", NULL, NULL, -1, "xX", DEPTH_MONO, "" },
};

int
main(void)
{
	char long_name[400];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct depth_facts facts = {
			.term = cases[i].term, .colorterm = cases[i].colorterm, .no_color = cases[i].no_color, .wanted = cases[i].wanted,
			.colors = colors, .self = (void *)(uintptr_t)cases[i].installed,
		};
		struct depth_choice choice = depth_choose(&facts);
		if (!ok(choice.depth == cases[i].depth && strcmp(choice.name, cases[i].name) == 0, "case %zu: %s is %s", i, cases[i].term, cases[i].name))
			diag("got depth %d, name '%s'", choice.depth, choice.name);
	}
	memset(long_name, 'a', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = '\0';
	struct depth_facts facts = { .term = long_name, .wanted = -1, .colors = colors, .self = (void *)(uintptr_t)"X" };
	is_text(depth_choose(&facts).name, "xterm-256color", "a name that is too long is none");
	return done();
}

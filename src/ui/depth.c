/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/depth.h"

#include <stdio.h>

enum { RGB_COLORS = 1 << 24 };

/* The name without what it says about colours: "xterm" of "xterm-256color". */
static struct str
base_name(const char *term)
{
	static const char *const endings[] = { "-256color", "-88color", "-16color", "-color", "-direct", "-truecolor" };
	struct str base = str_of(term);

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_ends(base, str_of(endings[i]))) {
			base.len -= strlen(endings[i]);
			break;
		}
	return base;
}

/* Takes a description if it is installed and has that many colours. */
static bool
take(const struct depth_facts *facts, struct str base, const char *ending, int least, struct depth_choice *choice)
{
	char name[DEPTH_NAME_BYTES];

	if (base.len == 0 || base.len + strlen(ending) >= sizeof name)
		return false;
	snprintf(name, sizeof name, "%.*s%s", (int)base.len, base.at, ending);
	int colors = facts->colors(facts->self, name);
	if (colors < least)
		return false;
	snprintf(choice->name, sizeof choice->name, "%s", name);
	choice->depth = colors >= RGB_COLORS ? DEPTH_24BIT : colors >= 256 ? DEPTH_256 : colors >= 8 ? DEPTH_16 : DEPTH_MONO;
	return true;
}

static bool
take_direct(const struct depth_facts *facts, struct depth_choice *choice)
{
	struct str base = base_name(facts->term);

	if (take(facts, str_of(facts->term), "", RGB_COLORS, choice) || take(facts, base, "-direct", RGB_COLORS, choice))
		return true;
	if (str_starts(base, STR("xterm-")))    /* xterm-kitty is described by kitty-direct */
		return take(facts, str_tail(base, 6), "-direct", RGB_COLORS, choice) ||
		       take(facts, STR("xterm"), "-direct", RGB_COLORS, choice);
	return false;
}

struct depth_choice
depth_choose(const struct depth_facts *facts)
{
	struct depth_choice choice = { .depth = DEPTH_MONO };
	struct str term = str_of(facts->term), colorterm = facts->colorterm ? str_of(facts->colorterm) : STR("");
	bool truecolor = str_equal(colorterm, STR("truecolor")) || str_equal(colorterm, STR("24bit"));
	int wanted = facts->wanted;

	if (wanted < 0 && facts->no_color && *facts->no_color)
		wanted = DEPTH_MONO;
	/* On many servers the description of a modern terminal is missing; nearly all of those speak xterm's language. */
	bool known = take(facts, term, "", 0, &choice) || take(facts, base_name(facts->term), "", 0, &choice) ||
	             (term.len > 0 && (take(facts, STR("xterm"), "-256color", 256, &choice) || take(facts, STR("xterm"), "", 0, &choice)));
	if (!known)
		return choice;
	if ((wanted == DEPTH_24BIT || (wanted < 0 && truecolor)) && take_direct(facts, &choice))
		return choice;
	if (choice.depth < DEPTH_256 && (wanted >= DEPTH_256 || (wanted < 0 && truecolor))) {
		if (take(facts, base_name(facts->term), "-256color", 256, &choice))
			return choice;
	}
	if (choice.depth == DEPTH_24BIT && wanted >= 0 && wanted < DEPTH_24BIT)
		(void)(take(facts, base_name(facts->term), "-256color", 256, &choice) || take(facts, STR("xterm"), "-256color", 256, &choice));
	if (wanted >= 0 && (int)choice.depth > wanted)
		choice.depth = (enum color_depth)wanted;
	return choice;
}

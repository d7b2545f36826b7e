/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <ctype.h>

#include "tests/unit/viewer_test.h"
#include "ui/bindings.h"

static void
test_actions(void)
{
	for (int i = ACT_NONE + 1; i < ACTION_COUNT; i++) {
		const struct action_info *info = &action_infos[i];
		ok(info->name && *info->name && action_find(str_of(info->name)) == (enum action)i, "%s: its name finds it", info->name);
		ok(info->places != 0, "%s works somewhere", info->name);
		ok(isupper((unsigned char)info->sentence[0]) && !strchr(info->sentence, '\n') && info->sentence[strlen(info->sentence) - 1] != '.',
		   "%s has a sentence", info->name);
	}
	is_int(action_find(STR("no-such-action")), ACT_NONE, "an unknown name finds nothing");
	is_int(action_find(STR("")), ACT_NONE, "no name finds nothing");
}

/* The places that there can be at once, as app_places() gives them. */
static const unsigned together[] = { IN_FLAME, IN_TABLE, IN_FLAME | IN_BOTH, IN_TABLE | IN_BOTH, IN_TREE, IN_TIMELINE, IN_FLAME | IN_BOTH | IN_DETAILS,
                                   IN_TABLE | IN_BOTH | IN_DETAILS, IN_TREE | IN_BOTH | IN_DETAILS, IN_TIMELINE | IN_BOTH | IN_DETAILS };

static void
test_keys(void)
{
	int clashes = 0;

	for (const struct binding *a = bindings; a->key; a++) {
		uint32_t key;
		uint8_t mods;
		if (!ok(key_parse(str_of(a->key), &key, &mods), "%s is a key", a->key))
			continue;
		for (size_t i = 0; i < sizeof together / sizeof *together; i++) {
			bool here = action_infos[a->action].places & together[i];
			enum action found = binding_find(key, mods, together[i]);
			clashes += here && found != a->action;
			if (here && found != a->action)
				diag("%s: %s or %s", a->key, action_infos[a->action].name, action_infos[found].name);
		}
	}
	is_int(clashes, 0, "no key means two things in one place");
	is_int(binding_find('j', 0, IN_FLAME), ACT_MOVE_DOWN, "j moves down");
	is_int(binding_find('j', MOD_ALT, IN_FLAME), ACT_NONE, "with Alt it does not");
	is_int(binding_find('r', 0, IN_FLAME), ACT_NONE, "sorting is for the table");
	is_int(binding_find('r', 0, IN_TABLE), ACT_SORT_REVERSE, "where its key works");
	is_int(binding_find(K_TAB, 0, IN_FLAME), ACT_NONE, "Tab means nothing in a single pane");
	is_int(binding_find(K_TAB, 0, IN_FLAME | IN_BOTH), ACT_PANE_NEXT, "and the other pane where there are two");
}

/* What is listed in a popup, scrolling through all of it. */
static bool
popup_lists(struct viewer *viewer, const char *want)
{
	for (int page = 0; page < 20; page++) {
		if (viewer_shows(viewer, want))
			return true;
		viewer_keys(viewer, "PageDown");
	}
	return false;
}

static void
test_help_and_palette(void)
{
	struct viewer viewer;
	int missing = 0;

	viewer_open(&viewer, checkout_trace(), 140, 50);
	for (int i = ACT_NONE + 1; i < ACTION_COUNT; i++) {
		viewer_keys(&viewer, "?");
		bool listed = popup_lists(&viewer, action_infos[i].sentence);
		viewer_keys(&viewer, "Esc :");
		listed &= popup_lists(&viewer, action_infos[i].name);
		viewer_keys(&viewer, "Esc");
		if (!listed)
			diag("%s is missing", action_infos[i].name);
		missing += !listed;
	}
	is_int(missing, 0, "help and palette list every action");
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "both");
	viewer_keys(&viewer, "Enter");
	is_int(viewer.app->state.view, VIEW_BOTH, "the palette does what is chosen");
	viewer_keys(&viewer, ":");
	viewer_type(&viewer, "color-by self");
	ok(viewer_shows(&viewer, "What boxes get their colour from"), "settings are there with what they are for");
	viewer_keys(&viewer, "Enter");
	is_int(viewer.app->state.color, COLOR_SELF, "and can be set");
	viewer_close(&viewer);
}

int
main(void)
{
	test_actions();
	test_keys();
	test_help_and_palette();
	return done();
}

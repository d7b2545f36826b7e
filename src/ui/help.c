/* SPDX-License-Identifier: MIT
 * What can be done: the help and the menu, made from the tables of actions and keys; and what can be taken back. */
#include "config.h"

#include "ui/bindings.h"
#include "ui/pills.h"
#include "ui/popup.h"
#include "ui/viewer.h"
#include "util/unit.h"

enum { KEY_COLS = 16, MENU_NAME_COLS = 16 };

/* ---- help: chapters with their actions */

static void
add_chapter(struct app *app, enum action_group group)
{
	popup_add(app, &(struct popup_line){ .text = str_of(action_group_titles[group]), .heading = true }, 0);
	for (int action = ACT_NONE + 1; action < ACTION_COUNT; action++) {
		struct buf keys = { 0 };
		if (action_infos[action].group != group)
			continue;
		binding_keys((enum action)action, &keys);
		if (keys.len == 0)
			buf_addf(&keys, ":%s", action_infos[action].name);
		popup_add(app, &(struct popup_line){ .left = buf_str(&keys), .text = str_of(action_infos[action].sentence) },
		          popup_text_cols(app, KEY_COLS));
		buf_fini(&keys);
	}
}

static void
add_mouse(struct app *app)
{
	static const char *const lines[][2] = {
		{ "click", "Select; tabs, pills, headers, footer keys and the minimap can be clicked too" },
		{ "double click", "Go in" },
		{ "right click", "What can be done here" },
		{ "wheel", "Scroll; over the minimap, or with Ctrl or Alt, zoom at the pointer" },
		{ "drag", "Shift the picture" },
	};

	popup_add(app, &(struct popup_line){ .text = STR("the mouse"), .heading = true }, 0);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		popup_add(app, &(struct popup_line){ .left = str_of(lines[i][0]), .text = str_of(lines[i][1]) },
		          popup_text_cols(app, KEY_COLS));
}

static const struct popup_ops help = {
	.title = "help", .left_cols = KEY_COLS, .count = popup_line_count, .item = popup_line_item,
};

unsigned
help_open(struct app *app)
{
	popup_begin(app);
	for (int group = 0; group < GROUP_COUNT; group++)
		add_chapter(app, (enum action_group)group);
	add_mouse(app);
	return popup_open(app, &help);
}

/* ---- menu */

static const enum action menu_actions[] = {
	ACT_ENTER, ACT_BACK, ACT_RESET, ACT_DETAILS, ACT_SANDWICH, ACT_SEARCH_HERE, ACT_HIDE, ACT_HIDE_SERVICE, ACT_ONLY, ACT_IGNORE, ACT_SHOW_FROM,
	ACT_RECURSION, ACT_FOLD, ACT_FOLD_ALL, ACT_UNFOLD_ALL, ACT_UNFOLD_TO, ACT_CHAINS, ACT_FIT, ACT_ROOT_HERE, ACT_RANGE, ACT_ONLY_MATCHES,
	ACT_PARENT, ACT_SLOWEST, ACT_SIBLING_NEXT, ACT_SIBLING_PREV, ACT_GAP,
	ACT_INVERT, ACT_COPY, ACT_COPY_STACK, ACT_LINK, ACT_EDIT, ACT_WRITE_HERE, ACT_WRITE, ACT_TRACK, ACT_METRIC, ACT_MERGE, ACT_GROUP, ACT_LABEL, ACT_GRAIN,
	ACT_ORDER,
};

enum { MENU_ACTIONS = sizeof menu_actions / sizeof *menu_actions };

static enum action
menu_action(struct app *app, uint32_t index)
{
	for (int i = 0; i < MENU_ACTIONS; i++)
		if (app_can(app, menu_actions[i]) && index-- == 0)
			return menu_actions[i];
	return ACT_NONE;
}

static uint32_t
menu_count(struct app *app)
{
	uint32_t count = 0;

	for (int i = 0; i < MENU_ACTIONS; i++)
		count += app_can(app, menu_actions[i]);
	return count;
}

static void
menu_item(struct app *app, uint32_t index, struct popup_item *item)
{
	enum action action = menu_action(app, index);

	buf_add(&item->left, str_of(action_infos[action].name));
	buf_add(&item->text, str_of(action_infos[action].sentence));
	binding_keys(action, &item->right);
}

static unsigned
menu_choose(struct app *app, uint32_t index)
{
	return app_act(app, menu_action(app, index));
}

static const struct popup_ops menu = {
	.title = "here", .left_cols = MENU_NAME_COLS, .count = menu_count, .item = menu_item, .choose = menu_choose,
};

unsigned
menu_open(struct app *app, int col, int row)
{
	struct buf subject = { 0 };
	uint32_t gathered = app_pane(app) == PANE_FLAME ? flame_gathered(app, app->state.cursor) : 1;

	popup_open(app, &menu);
	buf_add(&subject, names_get(&app->names, app_frame(app))->text);
	if (gathered > 1) {
		buf_add(&subject, STR(", one of "));
		unit_count(gathered, &subject);
		buf_add(&subject, STR(" small"));
	}
	popup_subject(app, buf_str(&subject));
	buf_fini(&subject);
	app->popup.has_anchor = col >= 0;
	app->popup.anchor_col = col;
	app->popup.anchor_row = row;
	return UPDATE_DRAW;
}

/* ---- pills, where not all have room */

static uint32_t
pills_count(struct app *app)
{
	return pill_count(app);
}

static void
pills_item(struct app *app, uint32_t index, struct popup_item *item)
{
	pill_text(app, pill_at(app, index), &item->text);
}

static unsigned
pills_choose(struct app *app, uint32_t index)
{
	return pill_remove(app, pill_at(app, index));
}

static const struct popup_ops pills = {
	.title = "take back", .count = pills_count, .item = pills_item, .choose = pills_choose,
};

unsigned
pills_open(struct app *app)
{
	if (pill_count(app) == 0)
		return app_say(app, "nothing differs from the usual picture");
	return popup_open(app, &pills);
}

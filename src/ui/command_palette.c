/* SPDX-License-Identifier: MIT
 * The palette: all actions, what can be set and chosen, and what differs now, found by their names; verbs are typed with a word. */
#include "config.h"

#include "ui/bindings.h"
#include "ui/filters.h"
#include "ui/granularity.h"
#include "ui/grouping.h"
#include "ui/labels.h"
#include "ui/link.h"
#include "ui/pickers.h"
#include "ui/pills.h"
#include "ui/popup.h"
#include "ui/settings.h"
#include "ui/verbs.h"

enum { NAME_COLS = 22, TRACKS_MOST = 500 };    /* of more tracks the picker knows */

/* Some of the lines. */
struct palette_source {
	uint32_t (*count)(struct app *app);
	void     (*item)(struct app *app, uint32_t index, struct popup_item *item);    /* NULL: add makes them all */
	unsigned (*choose)(struct app *app, uint32_t index);
	void     (*add)(struct app *app);
};

/* ---- actions */

static uint32_t
action_count(struct app *app)
{
	(void)app;
	return ACTION_COUNT - 1;
}

static void
action_item(struct app *app, uint32_t index, struct popup_item *item)
{
	enum action action = (enum action)(index + 1);

	buf_add(&item->left, str_of(action_infos[action].name));
	buf_add(&item->text, str_of(action_infos[action].sentence));
	binding_keys(action, &item->right);
	item->faint = !app_can(app, action);
}

static unsigned
action_choose(struct app *app, uint32_t index)
{
	return app_act(app, (enum action)(index + 1));
}

/* ---- matters of taste that can be set to a word; views are actions already */

static const struct config_row *
setting_at(uint32_t index, const char **word_out)
{
	for (const struct config_row *row = config_rows; row->name; row++)
		for (int i = 0; link_is_usual(row->name) && strcmp(row->name, "view") != 0 && row->words && row->words[i]; i++)
			if (index-- == 0) {
				*word_out = row->words[i];
				return row;
			}
	return NULL;
}

static uint32_t
setting_count(struct app *app)
{
	uint32_t count = 0;
	const char *word;

	(void)app;
	while (setting_at(count, &word))
		count++;
	return count;
}

static void
setting_item(struct app *app, uint32_t index, struct popup_item *item)
{
	const char *word;
	const struct config_row *row = setting_at(index, &word);

	(void)app;
	buf_addf(&item->left, "%s %s", row->name, word);
	buf_add(&item->text, str_of(row->sentence));
}

static unsigned
setting_choose(struct app *app, uint32_t index)
{
	const char *word;
	const struct config_row *row = setting_at(index, &word);

	app_remember(app, 0);
	link_apply(app, &app->state, &(struct setting){ row->name, word });
	return UPDATE_DRAW;
}

/* ---- how the tree is built */

static unsigned
set_order(struct app *app, int value)
{
	struct tree_spec spec = app->state.recipe.spec;

	spec.order = (enum tree_order)value;
	return app_change_spec(app, &spec);
}

static unsigned
set_merge(struct app *app, int value)
{
	return app_scene(app)->tree->timed == (value == MERGE_TIME) ? UPDATE_DRAW : app_act(app, ACT_MERGE);
}

static unsigned
set_recursion(struct app *app, int value)
{
	return filter_set_recursion(app, (enum recursion)value);
}

static unsigned
set_grain(struct app *app, int value)
{
	return grain_set(app, (enum grain)value);
}

/* By the clock, so that it can be seen. */
static unsigned
set_utc(struct app *app, int value)
{
	app_remember(app, 0);
	app->state.absolute = true;
	app->state.utc = value != 0;
	return app_say(app, "times %s", value ? "in UTC" : "by the clock here");
}

static const struct build_word {
	const char *name;
	unsigned  (*set)(struct app *app, int value);
	int         value;
	const char *meaning;
} build_words[] = {
	{ "order heaviest",     set_order,     ORDER_HEAVIEST,     "Siblings heaviest first" },
	{ "order alphabetical", set_order,     ORDER_ALPHABETICAL, "Siblings by their names" },
	{ "order first",        set_order,     ORDER_FIRST,        "Siblings by their first start" },
	{ "merge merged",       set_merge,     MERGE_MERGED,       "Equal frames under equal parents are one box" },
	{ "merge time",         set_merge,     MERGE_TIME,         "Boxes stand where they ran" },
	{ "granularity function", set_grain,   GRAIN_FUNCTION,     "A box for each function" },
	{ "granularity file",   set_grain,     GRAIN_FILE,         "Calls inside one file are one box" },
	{ "granularity package", set_grain,    GRAIN_PACKAGE,      "Calls inside one package are one box" },
	{ "granularity line",   set_grain,     GRAIN_LINE,         "A box for each line of a function" },
	{ "granularity address", set_grain,    GRAIN_ADDRESS,      "A box for each address in a function" },
	{ "utc on",             set_utc,       1,                  "Moments by the clock are in UTC" },
	{ "utc off",            set_utc,       0,                  "Moments by the clock are in the time of the place" },
	{ "recursion keep",     set_recursion, RECURSION_KEEP,     "Recursion is shown as it is" },
	{ "recursion direct",   set_recursion, RECURSION_DIRECT,   "A frame right under itself joins it" },
	{ "recursion all",      set_recursion, RECURSION_ALL,      "A frame anywhere under itself joins it" },
};

static uint32_t
build_count(struct app *app)
{
	(void)app;
	return sizeof build_words / sizeof *build_words;
}

static void
build_item(struct app *app, uint32_t index, struct popup_item *item)
{
	(void)app;
	buf_add(&item->left, str_of(build_words[index].name));
	buf_add(&item->text, str_of(build_words[index].meaning));
}

static unsigned
build_choose(struct app *app, uint32_t index)
{
	return build_words[index].set(app, build_words[index].value);
}

/* ---- actions by the names of the options that ask for the same */

static const struct { const char *option; enum action action; } option_words[] = {
	{ "invert", ACT_INVERT }, { "adjust-skew", ACT_SKEW }, { "export", ACT_WRITE }, { "no-mouse", ACT_MOUSE }, { "focus", ACT_ENTER },
};

static uint32_t
option_count(struct app *app)
{
	(void)app;
	return sizeof option_words / sizeof *option_words;
}

static void
option_item(struct app *app, uint32_t index, struct popup_item *item)
{
	enum action action = option_words[index].action;

	action_item(app, (uint32_t)action - 1, item);
	buf_clear(&item->left);
	buf_add(&item->left, str_of(option_words[index].option));
}

static unsigned
option_choose(struct app *app, uint32_t index)
{
	return app_act(app, option_words[index].action);
}

/* ---- pickers, each line behind the picker's word */

static void
put_behind(const char *word, const struct popup_ops *ops, struct app *app, uint32_t index, struct popup_item *item)
{
	struct popup_item inner = { 0 };

	ops->item(app, index, &inner);
	buf_addf(&item->left, "%s ", word);
	buf_add(&item->left, buf_str(inner.left.len ? &inner.left : &inner.text));
	if (inner.left.len)
		buf_add(&item->text, buf_str(&inner.text));
	buf_add(&item->right, buf_str(&inner.right));
	item->marked = inner.marked;
	popup_item_fini(&inner);
}

static uint32_t
metric_count(struct app *app)
{
	return metric_picker.count(app);
}

static void
metric_item(struct app *app, uint32_t index, struct popup_item *item)
{
	put_behind("metric", &metric_picker, app, index, item);
}

static uint32_t
key_count(struct app *app)
{
	return group_can(app) ? group_picker.count(app) : 0;
}

static void
key_item(struct app *app, uint32_t index, struct popup_item *item)
{
	put_behind("group-by", &group_picker, app, index, item);
}

static unsigned
key_choose(struct app *app, uint32_t index)
{
	return group_picker.choose(app, index);
}

static uint32_t
theme_count(struct app *app)
{
	return theme_picker.count(app);
}

static void
theme_item(struct app *app, uint32_t index, struct popup_item *item)
{
	put_behind("theme", &theme_picker, app, index, item);
}

static uint32_t
track_count(struct app *app)
{
	uint32_t count = track_picker.count(app);

	return count <= TRACKS_MOST ? count : 0;
}

static void
track_item(struct app *app, uint32_t index, struct popup_item *item)
{
	put_behind("track", &track_picker, app, index, item);
}

static unsigned
metric_choose(struct app *app, uint32_t index)
{
	return metric_picker.choose(app, index);
}

static unsigned
theme_choose(struct app *app, uint32_t index)
{
	return theme_picker.choose(app, index);
}

static unsigned
track_choose(struct app *app, uint32_t index)
{
	return track_picker.choose(app, index);
}

/* ---- what differs now */

static uint32_t
difference_count(struct app *app)
{
	return pill_count(app);
}

static void
difference_item(struct app *app, uint32_t index, struct popup_item *item)
{
	buf_add(&item->left, STR("without "));
	pill_text(app, pill_at(app, index), &item->left);
	buf_add(&item->text, STR("Take this difference back"));
}

static unsigned
difference_choose(struct app *app, uint32_t index)
{
	return pill_remove(app, pill_at(app, index));
}

/* ---- all of them */

static const struct palette_source sources[] = {
	{ action_count,     action_item,     action_choose, NULL },
	{ setting_count,    setting_item,    setting_choose, NULL },
	{ build_count,      build_item,      build_choose, NULL },
	{ option_count,     option_item,     option_choose, NULL },
	{ verb_lines,       verb_line,       verb_choose, NULL },
	{ metric_count,     metric_item,     metric_choose, NULL },
	{ key_count,        key_item,        key_choose, NULL },
	{ label_lines,      NULL,            label_choose_line, label_add_lines },
	{ theme_count,      theme_item,      theme_choose, NULL },
	{ track_count,      track_item,      track_choose, NULL },
	{ difference_count, difference_item, difference_choose, NULL },
};

enum { SOURCES = sizeof sources / sizeof *sources };

/* The source of a line, and the line's place in it. */
static const struct palette_source *
source_of(struct app *app, uint32_t *index)
{
	for (int i = 0; i < SOURCES; i++) {
		uint32_t count = sources[i].count(app);
		if (*index < count)
			return &sources[i];
		*index -= count;
	}
	return NULL;
}

/* All lines once: nothing changes while the palette is open. */
static void
add_lines(struct app *app)
{
	for (int i = 0; i < SOURCES; i++) {
		uint32_t count = sources[i].count(app);
		if (count && sources[i].add)
			sources[i].add(app);
		for (uint32_t index = 0; index < count && sources[i].item; index++) {
			struct popup_item item = { 0 };
			sources[i].item(app, index, &item);
			popup_add(app, &(struct popup_line){
				.left = buf_str(&item.left), .text = buf_str(&item.text), .right = buf_str(&item.right),
				.bad = item.bad, .marked = item.marked, .faint = item.faint,
			}, 0);
			popup_item_fini(&item);
		}
	}
}

static unsigned
choose(struct app *app, uint32_t index)
{
	const struct palette_source *source = source_of(app, &index);

	return source ? source->choose(app, index) : UPDATE_NONE;
}

static const struct popup_ops palette = {
	.title = "palette", .filter = true, .left_cols = NAME_COLS, .count = popup_line_count, .item = popup_line_item, .choose = choose,
	.offer = verb_offer, .take = verb_take,
};

unsigned
palette_open(struct app *app)
{
	themes_look(app);
	popup_begin(app);
	add_lines(app);
	return popup_open(app, &palette);
}

/* SPDX-License-Identifier: MIT
 * Choosing a theme: those that come with the program, and the user's own. */
#include "config.h"

#include <dirent.h>
#include <stdlib.h>

#include "ui/pickers.h"
#include "ui/theme_file.h"
#include "util/alloc.h"

enum { THEME_NAME_COLS = 20, OWN_MAX = 256 };

static const struct { const char *name, *meaning; } shipped[] = {
	{ "dark", "for a dark background" },
	{ "light", "for a light background" },
	{ "color-blind", "blue and yellow, for eyes that do not tell red from green" },
	{ "mono", "shades of grey" },
};

enum { SHIPPED = sizeof shipped / sizeof *shipped };

static bool
is_listed(const struct own_themes *own, const char *name)
{
	for (int i = 0; i < SHIPPED; i++)
		if (strcmp(shipped[i].name, name) == 0)
			return true;
	for (size_t i = 0; i < own->len; i++)
		if (strcmp(own->at[i], name) == 0)
			return true;
	return false;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
own_themes_fini(struct own_themes *own)
{
	for (size_t i = 0; i < own->len; i++)
		free(own->at[i]);
	vec_fini(own);
}

/* One of a shipped one's name takes its place. */
static void
read_folder(const char *folder, struct own_themes *own)
{
	DIR *dir = folder ? opendir(folder) : NULL;
	struct dirent *entry;

	own_themes_fini(own);
	while (dir && own->len < OWN_MAX && (entry = readdir(dir))) {
		struct str name = str_of(entry->d_name);
		if (!str_ends(name, STR(".json")))
			continue;
		char *base = xstrndup(name.at, name.len - strlen(".json"));
		if (theme_is_name(base) && !is_listed(own, base))
			vec_push(own, base);
		else
			free(base);
	}
	if (dir)
		closedir(dir);
	if (own->len > 1)
		qsort(own->at, own->len, sizeof *own->at, compare);
}

static uint32_t
theme_count(struct app *app)
{
	return SHIPPED + (uint32_t)app->own_themes.len;
}

static const char *
name_of(const struct app *app, uint32_t index)
{
	return index < SHIPPED ? shipped[index].name : app->own_themes.at[index - SHIPPED];
}

static void
theme_item(struct app *app, uint32_t index, struct popup_item *item)
{
	buf_add(&item->left, str_of(name_of(app, index)));
	buf_add(&item->text, index < SHIPPED ? str_of(shipped[index].meaning) : STR("your own"));
	item->marked = strcmp(theme_name(app->theme), name_of(app, index)) == 0;
}

static unsigned
theme_choose(struct app *app, uint32_t index)
{
	struct error err = { 0 };
	struct buf text = { 0 };
	/* Read again: it may have been changed meanwhile. */
	const struct theme *theme = theme_load(name_of(app, index), app->options.theme_folder, &err);

	if (!theme) {
		error_format(&err, &text);
		app_say(app, "%.*s", (int)text.len, text.at);
		buf_fini(&text);
		return UPDATE_DRAW;
	}
	app->theme = theme;
	app->theme_chosen = true;
	return UPDATE_DRAW | UPDATE_REDRAW;
}

const struct popup_ops theme_picker = {
	.title = "theme", .filter = true, .left_cols = THEME_NAME_COLS, .count = theme_count, .item = theme_item, .choose = theme_choose,
};

void
themes_look(struct app *app)
{
	read_folder(app->options.theme_folder, &app->own_themes);
}

unsigned
theme_picker_open(struct app *app)
{
	themes_look(app);
	popup_open(app, &theme_picker);
	for (uint32_t i = 0; i < theme_count(app); i++)
		if (strcmp(theme_name(app->theme), name_of(app, i)) == 0)
			popup_choose_row(app, i);
	return UPDATE_DRAW;
}

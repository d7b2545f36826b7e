/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/write.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "export/export.h"
#include "ui/change.h"
#include "ui/filters.h"
#include "ui/viewer.h"
#include "ui/writing.h"
#include "util/alloc.h"
#include "util/text.h"

enum { FORMAT_COLS = 12, NAME_COLS = 40 };

/* ---- what is written */

struct choice { enum write_scope scope; const struct export_format *format; };

static const char *const scope_words[] = {
	[WRITE_FOCUS] = "the focus", [WRITE_CALLEES] = "callees of", [WRITE_CALLERS] = "callers of", [WRITE_SELECTION] = "what is selected", [WRITE_ALL] = "all tracks", [WRITE_HERE] = "this box",
};

static node_id
cursor_of(struct app *app)
{
	return app_pane(app) == PANE_TABLE ? NODE_ALL : app->state.cursor;
}

static bool
is_sandwich(const struct app *app)
{
	return app->state.view == VIEW_SANDWICH;
}

bool
write_has_here(struct app *app)
{
	return cursor_of(app) != NODE_ALL;
}

static bool
has_scope(struct app *app, enum write_scope scope)
{
	switch (scope) {
	case WRITE_FOCUS: return app->state.focus != NODE_ALL;
	case WRITE_CALLEES:
	case WRITE_CALLERS: return is_sandwich(app) && app_scene(app)->tree->count > 1;
	case WRITE_ALL:   return app->state.recipe.spec.track != TRACK_ALL && app->session->ds->track_count > 1;
	case WRITE_HERE:  return write_has_here(app) && app->state.cursor != app->state.focus;
	default:          return true;
	}
}

/* The node on screen that stands for the scope. */
static node_id
scope_node(struct app *app, enum write_scope scope)
{
	return scope == WRITE_FOCUS ? app->state.focus : scope == WRITE_HERE ? cursor_of(app) : NODE_ALL;
}

/* Which half of the sandwich it is in. */
static enum writing_half
scope_half(struct app *app, enum write_scope scope)
{
	node_id node = scope_node(app, scope);

	if (!is_sandwich(app) || scope == WRITE_SELECTION || scope == WRITE_ALL)
		return WRITING_WHOLE;
	return scope == WRITE_CALLERS || scene_is_caller(app_scene(app), node) ? WRITING_CALLERS : WRITING_CALLEES;
}

/* Whether it is written in the order of time: when it is looked at so, and the format has a way to say it. */
static bool
keeps_time(struct app *app, const struct choice *choice)
{
	return choice->format->keeps_time && app->write.nested[choice->scope];
}

/* Once, since it takes a walk through the tree. */
static void
look_at_scopes(struct app *app)
{
	for (int scope = 0; scope < WRITE_SCOPES; scope++)
		app->write.nested[scope] = scope != WRITE_ALL && !is_sandwich(app) &&
		                           export_is_nested(app_scene(app)->tree, scope_node(app, (enum write_scope)scope));
}

/* "the focus PlaceOrder". */
static void
choice_text(struct app *app, const struct choice *choice, struct buf *out)
{
	node_id node = scope_node(app, choice->scope);

	if (choice->scope == WRITE_SELECTION && app->state.recipe.filter_count == 0 && !has_scope(app, WRITE_ALL))
		buf_add(out, STR("everything"));
	else
		buf_add(out, str_of(scope_words[choice->scope]));
	if (choice->scope == WRITE_SELECTION && app->state.recipe.filter_count)
		buf_add(out, STR(", filtered"));
	if (choice->scope == WRITE_CALLEES || choice->scope == WRITE_CALLERS) {
		struct buf name = { 0 };
		pattern_text(app, app->state.sandwich, &name);
		buf_addc(out, ' ');
		text_fit(buf_str(&name), NAME_COLS, false, app->options.ascii, out);
		buf_fini(&name);
	}
	if (node != NODE_ALL) {
		buf_addc(out, ' ');
		text_fit(names_get(&app->names, app_scene(app)->tree->frame[node])->text, NAME_COLS, false, app->options.ascii, out);
	}
	if (app_scene(app)->tree->timed)
		buf_add(out, keeps_time(app, choice) ? STR(", in the order of time") : STR(", merged"));
}

/* What is laid out in time is merged where the format cannot say it. */
static struct scene_key
choice_key(struct app *app, const struct choice *choice)
{
	struct scene *shown = app_scene(app);
	struct scene_key key = { .recipe = app->state.recipe };
	enum write_scope scope = choice->scope;

	if (scope != WRITE_ALL && (!shown->tree->timed || keeps_time(app, choice)) && !is_sandwich(app))
		return shown->key;
	key.recipe.inverted &= !is_sandwich(app);
	key.recipe.spec.merge = MERGE_MERGED;
	if (scope == WRITE_ALL)
		key.recipe.spec.track = TRACK_ALL;
	return key;
}

/* ---- choosing */

/* Scope by scope, each in all formats; false behind the last. */
static bool
choice_at(struct app *app, bool here, uint32_t index, struct choice *out)
{
	static const enum write_scope order[] = { WRITE_FOCUS, WRITE_CALLEES, WRITE_CALLERS, WRITE_SELECTION, WRITE_ALL, WRITE_HERE };

	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		if (here ? order[i] != WRITE_HERE : !has_scope(app, order[i]))
			continue;
		for (size_t f = 0; export_formats[f]; f++)
			if (index-- == 0) {
				*out = (struct choice){ order[i], export_formats[f] };
				return true;
			}
	}
	return false;
}

static void
choice_item(struct app *app, bool here, uint32_t index, struct popup_item *item)
{
	struct choice choice;

	if (!choice_at(app, here, index, &choice))
		return;
	buf_add(&item->left, str_of(choice.format->name));
	choice_text(app, &choice, &item->text);
	buf_add(&item->right, str_of(choice.format->suffix));
}

static uint32_t
choice_count(struct app *app, bool here)
{
	struct choice choice;
	uint32_t count = 0;

	while (choice_at(app, here, count, &choice))
		count++;
	return count;
}

static unsigned
choose(struct app *app, bool here, uint32_t index)
{
	struct choice choice;

	if (!choice_at(app, here, index, &choice))
		return UPDATE_NONE;
	app->write.scope = choice.scope;
	app->write.format = choice.format;
	return prompt_open(app, PROMPT_WRITE);
}

static uint32_t
count_all(struct app *app)
{
	return choice_count(app, false);
}

static void
item_all(struct app *app, uint32_t index, struct popup_item *item)
{
	choice_item(app, false, index, item);
}

static unsigned
choose_all(struct app *app, uint32_t index)
{
	return choose(app, false, index);
}

static uint32_t
count_here(struct app *app)
{
	return choice_count(app, true);
}

static void
item_here(struct app *app, uint32_t index, struct popup_item *item)
{
	choice_item(app, true, index, item);
}

static unsigned
choose_here(struct app *app, uint32_t index)
{
	return choose(app, true, index);
}

static const struct popup_ops picker = {
	.title = "write stacks", .left_cols = FORMAT_COLS, .count = count_all, .item = item_all, .choose = choose_all,
};
static const struct popup_ops picker_here = {
	.title = "write stacks", .left_cols = FORMAT_COLS, .count = count_here, .item = item_here, .choose = choose_here,
};

static unsigned
say_busy(struct app *app)
{
	return app_say(app, "one file at a time: Esc stops the one that is being written");
}

unsigned
write_pick(struct app *app)
{
	if (writing_is_on(app))
		return say_busy(app);
	look_at_scopes(app);
	return popup_open(app, &picker);
}

unsigned
write_pick_here(struct app *app)
{
	if (writing_is_on(app))
		return say_busy(app);
	look_at_scopes(app);
	return write_has_here(app) ? popup_open(app, &picker_here) : app_say(app, "this is everything: w writes it");
}

/* ---- the name */

/* That of the input, with another suffix. */
static void
suggest(struct app *app, const char *suffix, struct buf *out)
{
	const char *base = strrchr(app->title, '/'), *dot;

	base = base ? base + 1 : app->title;
	dot = strchr(base, '.');
	size_t len = dot && dot > base ? (size_t)(dot - base) : strlen(base);
	if (len == 0 || (len == 1 && *base == '-'))
		buf_add(out, STR("spanfire"));
	else
		buf_add(out, (struct str){ base, len });
	buf_add(out, str_of(suffix));
}

void
write_suggest(struct app *app, struct buf *out)
{
	suggest(app, app->write.format->suffix, out);
}

void
save_suggest(struct app *app, struct buf *out)
{
	suggest(app, ".svg", out);
}

/* The name's suffix decides where it is one of ours. */
static const struct export_format *
format_of(struct app *app, struct str path)
{
	for (size_t i = 0; export_formats[i]; i++)
		if (str_ends(path, str_of(export_formats[i]->suffix)))
			return export_formats[i];
	return app->write.format;
}

void
write_note(struct app *app, struct str path, struct buf *out)
{
	struct choice choice = { app->write.scope, format_of(app, path) };

	buf_addf(out, "%s of ", choice.format->name);
	choice_text(app, &choice, out);
}

/* ---- writing */

/* The name with ~ as the shell reads it: the user's own folder; free(). */
static char *
expand_home(struct str path)
{
	const char *home = getenv("HOME");

	if (!home || home[0] != '/' || path.at[0] != '~' || (path.len > 1 && path.at[1] != '/'))
		return xstrndup(path.at, path.len);
	return xasprintf("%s%.*s", home, (int)path.len - 1, path.at + 1);
}

/* The tree is there. */
static unsigned
write_fetched(struct app *app)
{
	const char *path = app->write.path;
	struct choice choice = { app->write.scope, format_of(app, str_of(path)) };
	struct scene_key key = choice_key(app, &choice);
	struct scene *scene = session_scene(app->session, &key);
	node_id node = scope_node(app, choice.scope);
	struct writing_wish wish = {
		.format = choice.format, .scene = scene, .half = scope_half(app, choice.scope), .seen = app_scene(app), .of = node,
		.path = path, .force = app->write.force,
	};
	if (wish.half != WRITING_WHOLE)
		wish.pattern = strtab_get(app->patterns, app->state.sandwich);
	else if (node != NODE_ALL)
		wish.within = scene_map(app_scene(app), node, scene);
	unsigned update = writing_start(app, &wish);

	free(app->write.path);
	app->write.path = NULL;
	return update;
}

static unsigned
write_now(struct app *app, struct str path, bool force)
{
	struct choice choice = { app->write.scope, format_of(app, path) };
	struct scene_key key = choice_key(app, &choice);
	char *copy = expand_home(path);

	free(app->write.path);
	app->write.path = copy;
	if (writing_is_on(app))
		return say_busy(app);
	app->write.force = force;
	return app_fetch(app, &key, write_fetched);
}

static unsigned
save_now(struct app *app, struct str path)
{
	free(app->save);
	app->save = expand_home(path);
	return UPDATE_DRAW | UPDATE_SAVE;
}

/* ---- a file that is there already */

static uint32_t
replace_count(struct app *app)
{
	(void)app;
	return 2;
}

static void
replace_item(struct app *app, uint32_t index, struct popup_item *item)
{
	buf_add(&item->text, index == 0 ? STR("another name") : STR("replace "));
	if (index == 1)
		names_safe(str_of(app->write.path), &item->text);
}

static unsigned
replace_choose(struct app *app, uint32_t index)
{
	char *path = app->write.path;
	unsigned update;

	app->write.path = NULL;
	if (index == 0)
		update = prompt_open_with(app, app->write.screen ? PROMPT_SAVE : PROMPT_WRITE, str_of(path));
	else
		update = app->write.screen ? save_now(app, str_of(path)) : write_now(app, str_of(path), true);
	free(path);
	return update;
}

static const struct popup_ops replace = {
	.title = "the file is there already", .count = replace_count, .item = replace_item, .choose = replace_choose,
};

/* True when one has to be asked, and is. */
static bool
ask(struct app *app, struct str path, bool screen)
{
	struct stat there;

	free(app->write.path);
	app->write.path = expand_home(path);
	app->write.screen = screen;
	if (stat(app->write.path, &there) == 0 && S_ISREG(there.st_mode)) {
		popup_open(app, &replace);
		return true;
	}
	free(app->write.path);
	app->write.path = NULL;
	return false;
}

unsigned
write_stacks(struct app *app, struct str path)
{
	if (path.len == 0 || ask(app, path, false))
		return UPDATE_DRAW;
	return write_now(app, path, false);
}

unsigned
write_stacks_to(struct app *app, struct str path)
{
	look_at_scopes(app);
	app->write.scope = has_scope(app, WRITE_FOCUS) ? WRITE_FOCUS : has_scope(app, WRITE_CALLEES) ? WRITE_CALLEES : WRITE_SELECTION;
	app->write.format = export_formats[0];
	return write_stacks(app, path);
}

unsigned
save_screen(struct app *app, struct str path)
{
	if (path.len == 0)
		return UPDATE_DRAW;
	if (!str_ends(path, STR(".txt")) && !str_ends(path, STR(".svg")))
		return app_say(app, "the name must end in .txt or .svg");
	return ask(app, path, true) ? UPDATE_DRAW : save_now(app, path);
}

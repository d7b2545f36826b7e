/* SPDX-License-Identifier: MIT
 * Changing which frames and stacks the graph is made of, and from which end it is seen. */
#include "config.h"

#include <limits.h>

#include "ui/change.h"
#include "ui/filters.h"
#include "util/exact.h"
#include "util/text.h"
#include "util/unit.h"

enum { PATH_COLS = 18 };    /* of files in pills, whose ends tell them apart */

static unsigned
change(struct app *app, const struct recipe *recipe)
{
	unsigned update = app_change_recipe(app, recipe);

	if (!app_is_building(app) && app_scene(app)->tree->count == 1)
		update |= app_say(app, "nothing is left: u takes it back");
	return update;
}

unsigned
filter_by(struct app *app, enum filter_kind kind, struct str pattern)
{
	struct recipe recipe = app->state.recipe;
	struct error err = { 0 };

	if (pattern.len == 0)
		return UPDATE_DRAW;
	if (!recipe_add(&recipe, app->patterns, kind, pattern, &err))
		return app_say(app, "%s", err.text);
	return recipe_equal(&recipe, &app->state.recipe) ? app_say(app, "this filter is there already") : change(app, &recipe);
}

static unsigned
add(struct app *app, enum filter_kind kind)
{
	frame_id frame = app_frame(app);
	struct buf pattern = { 0 };

	if (frame == ID_NONE)
		return app_say(app, "this is everything: choose a box first");
	exact_quote(frame_name(app->session->ds, frame), &pattern);
	unsigned update = filter_by(app, kind, buf_str(&pattern));
	buf_fini(&pattern);
	return update;
}

unsigned
filter_hide(struct app *app)
{
	return add(app, FILTER_HIDE);
}

unsigned
filter_hide_service(struct app *app)
{
	frame_id frame = app_frame(app);
	struct buf pattern = { 0 };

	if (frame == ID_NONE || frame_module(app->session->ds, frame).len == 0)
		return app_say(app, frame == ID_NONE ? "this is everything: choose a box first" : "it belongs to no service");
	exact_quote(frame_module(app->session->ds, frame), &pattern);
	unsigned update = filter_by(app, FILTER_HIDE_SERVICE, buf_str(&pattern));
	buf_fini(&pattern);
	return update;
}

unsigned
filter_only(struct app *app)
{
	return add(app, FILTER_ONLY);
}

unsigned
filter_ignore(struct app *app)
{
	return add(app, FILTER_IGNORE);
}

unsigned
filter_show_from(struct app *app)
{
	return add(app, FILTER_SHOW_FROM);
}

unsigned
filter_hide_by(struct app *app, struct str pattern)
{
	return filter_by(app, FILTER_HIDE, pattern);
}

unsigned
filter_only_by(struct app *app, struct str pattern)
{
	return filter_by(app, FILTER_ONLY, pattern);
}

unsigned
filter_ignore_by(struct app *app, struct str pattern)
{
	return filter_by(app, FILTER_IGNORE, pattern);
}

unsigned
filter_show_from_by(struct app *app, struct str pattern)
{
	return filter_by(app, FILTER_SHOW_FROM, pattern);
}

unsigned
filter_hide_ask(struct app *app)
{
	return prompt_open(app, PROMPT_HIDE);
}

unsigned
filter_only_ask(struct app *app)
{
	return prompt_open(app, PROMPT_ONLY);
}

unsigned
filter_ignore_ask(struct app *app)
{
	return prompt_open(app, PROMPT_IGNORE);
}

unsigned
filter_show_from_ask(struct app *app)
{
	return prompt_open(app, PROMPT_SHOW_FROM);
}

unsigned
filter_set_recursion(struct app *app, enum recursion recursion)
{
	static const char *const sentences[] = {
		[RECURSION_KEEP]   = "recursion is shown as it is",
		[RECURSION_DIRECT] = "a frame right under itself joins it",
		[RECURSION_ALL]    = "a frame anywhere under itself joins it",
	};
	struct recipe recipe = app->state.recipe;

	recipe.recursion = recursion;
	unsigned update = change(app, &recipe);
	return update | app_say(app, "%s", sentences[recipe.recursion]);
}

unsigned
filter_recursion(struct app *app)
{
	return filter_set_recursion(app, (enum recursion)((app->state.recipe.recursion + 1) % (RECURSION_ALL + 1)));
}

unsigned
filter_invert(struct app *app)
{
	struct recipe recipe = app->state.recipe;

	if (app->state.view == VIEW_SANDWICH)
		return app_say(app, "the sandwich shows both ways");
	recipe.inverted = !recipe.inverted;
	unsigned update = change(app, &recipe);
	return update | app_say(app, "%s", recipe.inverted ? "bottom-up: what has the weight itself, and its callers under it" : "top-down");
}

void
filter_text(struct app *app, unsigned index, struct buf *out)
{
	struct recipe_filter filter = recipe_filter(&app->state.recipe, app->patterns, index);

	if (filter.kind == FILTER_HIDE_SERVICE && app_shows_spans(app)) {
		uint32_t count = scene_hidden(app_scene(app), app->session->ds, app->patterns, index);
		unit_count(count, out);
		buf_add(out, count == 1 ? STR(" span hidden: ") : STR(" spans hidden: "));
	} else {
		buf_addf(out, "%s ", filter_kind_name(filter.kind));
	}
	bool path = filter.kind == FILTER_HIDE_FILE || filter.kind == FILTER_ONLY_FILE;
	struct buf text = { 0 };
	pattern_text(app, filter.pattern, &text);
	text_fit(buf_str(&text), path ? PATH_COLS : INT_MAX / 2, path, app->options.ascii, out);
	buf_fini(&text);
}

unsigned
filter_remove(struct app *app, unsigned index)
{
	struct recipe recipe = app->state.recipe;

	recipe_remove(&recipe, app->patterns, index);
	return change(app, &recipe);
}

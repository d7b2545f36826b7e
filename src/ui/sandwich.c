/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/sandwich.h"

#include "ui/change.h"
#include "ui/filters.h"
#include "util/exact.h"
#include "util/regex.h"

static unsigned
open_pattern(struct app *app, str_id pattern)
{
	struct view_state target = app->state;

	state_turn_to(&target, VIEW_SANDWICH);
	target.sandwich = pattern;
	app->hover.on = false;
	app_remember(app, 0);
	unsigned update = app_go(app, &target, GO_CENTRE);
	if (!app_is_building(app) && app_scene(app)->tree->count == 1)
		update |= app_say(app, "no function of that name is in the graph: u goes back");
	return update;
}

unsigned
sandwich_of(struct app *app, struct str pattern)
{
	struct error err = { 0 };
	struct regex *regex = regex_compile(pattern, REGEX_SMART, &err);

	if (pattern.len == 0 || !regex) {
		regex_free(regex);
		return pattern.len == 0 ? UPDATE_DRAW : app_say(app, "%s", err.text);
	}
	regex_free(regex);
	return open_pattern(app, strtab_intern(app->patterns, pattern));
}

unsigned
sandwich_here(struct app *app)
{
	frame_id frame = app_frame(app);
	struct buf pattern = { 0 };

	if (frame == ID_NONE)
		return sandwich_ask(app);
	exact_quote(frame_name(app->session->ds, frame), &pattern);
	unsigned update = sandwich_of(app, buf_str(&pattern));
	buf_fini(&pattern);
	return update;
}

unsigned
sandwich_again(struct app *app)
{
	if (app->state.view == VIEW_SANDWICH)
		return UPDATE_NONE;
	return app->state.sandwich != STR_EMPTY ? open_pattern(app, app->state.sandwich) : sandwich_here(app);
}

unsigned
sandwich_ask(struct app *app)
{
	return prompt_open(app, PROMPT_SANDWICH);
}

void
sandwich_centre(struct app *app)
{
	const struct scene *scene = app_scene(app);
	uint32_t visible = (uint32_t)app_screen(app).flame.rows;
	uint32_t rows = scene->plane->rows, below = rows - scene->hub;

	/* Where one half is short, the other gets its room. */
	uint32_t above = below < visible / 2 ? visible - below : visible / 2;
	app->state.top_row = scene->hub > above ? scene->hub - above : 0;
}

void
sandwich_text(struct app *app, struct buf *out)
{
	buf_add(out, STR("sandwich "));
	pattern_text(app, app->state.sandwich, out);
}

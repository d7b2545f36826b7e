/* SPDX-License-Identifier: MIT
 * Pills of how the tree is shown. */
#include "config.h"

#include "ui/pills_core.h"

#include "ui/chain.h"
#include "ui/shown_attribute.h"
#include "ui/table.h"
#include "ui/table_groups.h"
#include "ui/value_column.h"
#include "util/choices.h"
#include "util/text.h"

enum { SEARCH_COLS = 80 };    /* of a search with all that it finds */

static bool
focus_on(struct app *app)
{
	return app->state.focus != NODE_ALL;
}

static void
focus_text(struct app *app, struct buf *out)
{
	const struct name *name = names_get(&app->names, app_scene(app)->tree->frame[app->state.focus]);

	buf_add(out, STR("focus "));
	text_fit(name->text, PILL_NAME_COLS, false, app->options.ascii, out);
}

static unsigned
focus_remove(struct app *app)
{
	node_id cursor = app->state.cursor;

	flame_focus_on(app, NODE_ALL);
	app->state.cursor = cursor;
	return UPDATE_DRAW;
}

static bool
search_on(struct app *app)
{
	return app->state.search != STR_EMPTY;
}

static void
search_text(struct app *app, struct buf *out)
{
	search_pill_text(app, SEARCH_COLS, out);
}

static unsigned
search_remove(struct app *app)
{
	app_remember(app, 0);
	app_set_search(app, STR(""));
	return UPDATE_DRAW;
}

static bool
zoom_on(struct app *app)
{
	const struct focus_info *focus = scene_focus(app_scene(app), app->state.focus);

	return app->state.from > focus->from || app->state.to < focus->to;
}

static void
zoom_text(struct app *app, struct buf *out)
{
	const struct focus_info *focus = scene_focus(app_scene(app), app->state.focus);
	double times = (focus->to - focus->from) / (app->state.to - app->state.from);

	buf_add(out, STR("zoom "));
	if (times < 1e6)
		buf_addf(out, times < 10 ? "%.1f" : "%.0f", times);
	else
		buf_addf(out, "%.1e", times);
	buf_add(out, STR("×"));
}

static unsigned
whole_focus(struct app *app)
{
	const struct focus_info *focus = scene_focus(app_scene(app), app->state.focus);

	app_remember(app, 0);
	app->state.from = focus->from;
	app->state.to = focus->to;
	return UPDATE_DRAW;
}

static bool
rows_on(struct app *app)
{
	return view_has_table(app->state.view) && app->state.table_by != app->start.table_by;
}

static void
rows_text(struct app *app, struct buf *out)
{
	buf_addf(out, "by %s", table_by_word(app, app->state.table_by));
}

static unsigned
rows_remove(struct app *app)
{
	app_remember(app, 0);
	app->state.table_by = app->start.table_by;
	app->state.table_row = app->state.table_top = 0;
	return UPDATE_DRAW;
}

static bool
matches_on(struct app *app)
{
	bool timeline = app->state.view == VIEW_TIMELINE, listed = view_has_table(app->state.view) || app->state.view == VIEW_TRACES || timeline;

	return app->state.only_matches && ((app->state.search != STR_EMPTY && listed) || (timeline && app->state.recipe.select.query_count > 0));
}

static void
matches_text(struct app *app, struct buf *out)
{
	(void)app;
	buf_add(out, STR("only matches"));
}

static bool
chains_on(struct app *app)
{
	return app_scene(app)->chain_size != NULL;
}

static void
chains_text(struct app *app, struct buf *out)
{
	buf_add(out, app->state.chains ? STR("chains folded") : STR("a chain folded"));
}

static unsigned
chains_remove(struct app *app)
{
	app_remember(app, 0);
	app->state.chains = false;
	app->state.chain_step = app->state.aside.chain_step = 0;
	chain_apply(app);
	return UPDATE_DRAW;
}

static bool
flip_on(struct app *app)
{
	return app->state.flipped != app->start.flipped;
}

static void
flip_text(struct app *app, struct buf *out)
{
	buf_add(out, app->state.flipped ? STR("upside down") : STR("roots on top"));
}

static unsigned
flip_remove(struct app *app)
{
	app_remember(app, 0);
	app->state.flipped = app->start.flipped;
	return UPDATE_DRAW;
}

static bool
colour_on(struct app *app)
{
	return app->state.color != app->start.color;
}

static void
colour_text(struct app *app, struct buf *out)
{
	buf_add(out, STR("colour "));
	if (app->state.color == COLOR_ATTRIBUTE) {
		names_safe(strtab_get(app->patterns, app->state.color_key), out);
		shown_attribute_progress(app, app->state.color_key, out);
	} else {
		buf_add(out, str_of(choices_color_by[app->state.color]));
	}
}

static unsigned
colour_remove(struct app *app)
{
	app_remember(app, 0);
	app->state.color = app->start.color;
	return UPDATE_DRAW;
}

static bool
column_on(struct app *app)
{
	return app->state.column_key != STR_EMPTY && app->state.view == VIEW_TIMELINE;
}

static void
column_text(struct app *app, struct buf *out)
{
	buf_add(out, STR("column "));
	names_safe(value_column_key(app), out);
	shown_attribute_progress(app, app->state.column_key, out);
}

static bool
align_on(struct app *app)
{
	return app->state.align != app->start.align;
}

static void
align_text(struct app *app, struct buf *out)
{
	buf_add(out, app->state.align == FIT_RIGHT ? STR("ends of names") : STR("starts of names"));
}

static unsigned
align_remove(struct app *app)
{
	app_remember(app, 0);
	app->state.align = app->start.align;
	return UPDATE_DRAW;
}

static bool
names_on(struct app *app)
{
	return app->state.brief != app->start.brief;
}

static void
names_text(struct app *app, struct buf *out)
{
	buf_add(out, app->state.brief ? STR("short names") : STR("names in full"));
}

static unsigned
names_remove(struct app *app)
{
	app_remember(app, 0);
	app->state.brief = app->start.brief;
	return UPDATE_DRAW;
}

const struct pill view_pills[PILL_COUNT] = {
	[PILL_FOCUS]   = { focus_on,   focus_text,   focus_remove },
	[PILL_SEARCH]  = { search_on,  search_text,  search_remove },
	[PILL_ROWS]    = { rows_on,    rows_text,    rows_remove },
	[PILL_MATCHES] = { matches_on, matches_text, table_only_matches },
	[PILL_CHAINS]  = { chains_on,  chains_text,  chains_remove },
	[PILL_ZOOM]    = { zoom_on,    zoom_text,    whole_focus },
	[PILL_FLIP]    = { flip_on,    flip_text,    flip_remove },
	[PILL_COLUMN]  = { column_on,  column_text,  value_column_remove },
	[PILL_COLOUR]  = { colour_on,  colour_text,  colour_remove },
	[PILL_ALIGN]   = { align_on,   align_text,   align_remove },
	[PILL_NAMES]   = { names_on,   names_text,   names_remove },
};

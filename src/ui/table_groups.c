/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/table_groups.h"

#include "ui/change.h"
#include "ui/copying.h"
#include "ui/filters.h"
#include "ui/grouping.h"
#include "ui/table.h"
#include "util/choices.h"
#include "util/exact.h"

static const struct row_kind {
	const char      *field;         /* how a search names it */
	enum filter_kind only, hide;
} packages = { "pkg:", FILTER_ONLY_PACKAGE, FILTER_HIDE_PACKAGE },
  services = { "service:", FILTER_ONLY_SERVICE, FILTER_HIDE_SERVICE },
  files = { "file:", FILTER_ONLY_FILE, FILTER_HIDE_FILE };

/* A label's row is a box too; but without its box the samples would stay, under no name. */
static bool
is_label(struct app *app)
{
	const struct top_row *row = app_pane(app) == PANE_TABLE && app->state.table_by == TOP_LABELS ? table_chosen(app) : NULL;

	return row && app->session->ds->frames[row->frame].of_label;
}

const char *
table_by_word(struct app *app, enum top_by by)
{
	static const char *const of_spans[] = { [TOP_FUNCTIONS] = "operation", [TOP_PACKAGES] = "service", [TOP_FILES] = "file", [TOP_LABELS] = "label" };

	return app_shows_spans(app) ? of_spans[by] : choices_table_by[by];
}

static const struct row_kind *
kind_here(struct app *app)
{
	if (app_pane(app) != PANE_TABLE || view_is_bare(app->state.view) || !table_chosen(app))
		return NULL;
	switch (app->state.table_by) {
	case TOP_PACKAGES: return app_shows_spans(app) ? &services : &packages;
	case TOP_FILES:    return &files;
	default:           return NULL;
	}
}

static struct str
key_here(struct app *app)
{
	return top_key(app->session->ds, table_chosen(app)->frame, app->state.table_by);
}

static unsigned
search_for(struct app *app, const struct row_kind *kind)
{
	struct buf pattern = { 0 };

	buf_add(&pattern, str_of(kind->field));
	search_quote(key_here(app), &pattern);
	app_remember(app, 0);
	app_set_search(app, buf_str(&pattern));
	buf_fini(&pattern);
	return UPDATE_DRAW;
}

static unsigned
filter_for(struct app *app, enum filter_kind filter)
{
	struct buf pattern = { 0 };

	exact_quote(key_here(app), &pattern);
	unsigned update = filter_by(app, filter, buf_str(&pattern));
	buf_fini(&pattern);
	return update;
}

static unsigned
copy_key(struct app *app)
{
	struct buf text = { 0 };

	buf_add(&text, key_here(app));
	unsigned update = copy_put(app, buf_str(&text));
	buf_fini(&text);
	return app_say(app, "copied %s", app->copy) | update;
}

bool
table_group_can(struct app *app, enum action action, bool *can_out)
{
	const struct row_kind *kind = kind_here(app);

	if (action == ACT_HIDE && is_label(app)) {
		*can_out = true;
		return true;
	}
	if (!kind)
		return false;
	switch (action) {
	case ACT_HIDE:
	case ACT_ONLY:
	case ACT_SEARCH_HERE:
	case ACT_COPY:
		*can_out = key_here(app).len > 0;
		return true;
	case ACT_SANDWICH:
	case ACT_HIDE_SERVICE:
	case ACT_IGNORE:
	case ACT_SHOW_FROM:
		*can_out = false;
		return true;
	default:
		return false;
	}
}

bool
table_group_act(struct app *app, enum action action, unsigned *update_out)
{
	const struct row_kind *kind = kind_here(app);
	bool can;

	if (!table_group_can(app, action, &can))
		return false;
	if (!can)
		*update_out = app_say(app, key_here(app).len ? "%s is not for a whole %s: B makes rows of functions" : "%s: no name is known of this %s",
		                      action_infos[action].name, table_by_word(app, app->state.table_by));
	else if (!kind)
		*update_out = filter_for(app, FILTER_IGNORE);
	else if (action == ACT_SEARCH_HERE)
		*update_out = search_for(app, kind);
	else if (action == ACT_COPY)
		*update_out = copy_key(app);
	else
		*update_out = filter_for(app, action == ACT_HIDE ? kind->hide : kind->only);
	return true;
}

/* ---- rows for the values of a key; the first line of the picker of keys takes all of them away */

static uint32_t
key_count(struct app *app)
{
	return group_picker.count(app) - 1;
}

static void
key_item(struct app *app, uint32_t index, struct popup_item *item)
{
	group_picker.item(app, index + 1, item);
	if (!app_shows_spans(app)) {
		buf_clear(&item->text);
		buf_add(&item->text, STR("rows, and levels in the graph"));
	}
}

static unsigned
key_choose(struct app *app, uint32_t index)
{
	unsigned update = group_picker.choose(app, index + 1);

	/* Boxes of spans are the values themselves. */
	app->state.table_by = app_shows_spans(app) ? TOP_FUNCTIONS : TOP_LABELS;
	app->state.table_row = app->state.table_top = 0;
	return update;
}

static const struct popup_ops key_picker = {
	.title = "a row for each value of", .filter = true, .left_cols = 28, .count = key_count, .item = key_item, .choose = key_choose,
};

unsigned
table_key_open(struct app *app)
{
	return popup_open(app, &key_picker);
}

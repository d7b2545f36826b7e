/* SPDX-License-Identifier: MIT
 * The parts of the view state, each as its option. */
#include "config.h"

#include "ui/link.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/path.h"
#include "ui/link_folds.h"
#include "util/unit.h"

enum { ID_DIGITS = 32, NUMBER_BYTES = 32 };

static const char *const pane_words[] = { [PANE_FLAME] = "flame", [PANE_TABLE] = "table", NULL };
static const char *const align_words[] = { [FIT_LEFT] = "left", [FIT_RIGHT] = "right", NULL };
static const char *const sort_words[] = {
	[TOP_SELF] = "self", [TOP_TOTAL] = "total", [TOP_COUNT] = "count", [TOP_NAME] = "name", NULL,
};

static int
word_index(const char *const *words, struct str word)
{
	for (int i = 0; words[i]; i++)
		if (str_equal(str_of(words[i]), word))
			return i;
	return -1;
}

bool
link_number(struct str text, uint32_t *out)
{
	uint64_t value = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9' || value > UINT32_MAX)
			return false;
		value = value * 10 + (uint64_t)(text.at[i] - '0');
	}
	*out = (uint32_t)value;
	return text.len > 0 && value <= UINT32_MAX;
}

/* ---- which tree */

static struct tree_spec
usual_spec(const struct app *app)
{
	return tree_spec_default(app->session->ds);
}

/* The trace's id, when it alone names it. */
static bool
trace_id(const struct dataset *ds, track_id track, char text[ID_DIGITS + 1])
{
	static const uint8_t none[16];
	const uint8_t *id = ds->tracks[track].trace_id;

	if (ds->tracks[track].kind != TRACK_TRACE || memcmp(id, none, sizeof none) == 0)
		return false;
	for (track_id i = 0; i < ds->track_count; i++)
		if (i != track && ds->tracks[i].kind == TRACK_TRACE && memcmp(ds->tracks[i].trace_id, id, sizeof none) == 0)
			return false;
	for (int i = 0; i < ID_DIGITS / 2; i++)
		snprintf(text + 2 * i, 3, "%02x", id[i]);
	return true;
}

static bool
is_other_track(const struct app *app)
{
	return app->state.recipe.spec.track != usual_spec(app).track;
}

static bool
print_trace(struct app *app, unsigned at, struct buf *out)
{
	char text[ID_DIGITS + 1];

	if (at > 0 || !is_other_track(app) || app->state.recipe.spec.track == TRACK_ALL || !trace_id(app->session->ds, app->state.recipe.spec.track, text))
		return false;
	buf_add(out, str_of(text));
	return true;
}

static bool
is_track_name(const struct dataset *ds, struct str name)
{
	for (track_id i = 0; i < ds->track_count; i++)
		if (ds->tracks[i].name != STR_EMPTY && str_equal(dataset_str(ds, ds->tracks[i].name), name))
			return true;
	return false;
}

/* By its number, unless another one has that number for a name. */
static bool
print_track(struct app *app, unsigned at, struct buf *out)
{
	const struct dataset *ds = app->session->ds;
	track_id track = app->state.recipe.spec.track;
	char text[ID_DIGITS + 1];

	if (at > 0 || !is_other_track(app) || (track != TRACK_ALL && trace_id(ds, track, text)))
		return false;
	snprintf(text, sizeof text, "%" PRIu32, track + 1);
	if (track == TRACK_ALL)
		buf_add(out, STR("all"));
	else
		buf_add(out, is_track_name(ds, str_of(text)) ? dataset_str(ds, ds->tracks[track].name) : str_of(text));
	return true;
}

static bool
is_other_metric(const struct app *app)
{
	return is_other_track(app) || !metric_equal(app->state.recipe.spec.metric, usual_spec(app).metric);
}

static bool
print_metric(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || !is_other_metric(app))
		return false;
	buf_add(out, metric_describe(app->session->ds, app->state.recipe.spec.metric).name);
	return true;
}

static bool
print_merge(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || (!is_other_metric(app) && app->state.recipe.spec.merge == usual_spec(app).merge))
		return false;
	buf_add(out, str_of(merge_mode_name(app->state.recipe.spec.merge)));
	return true;
}

static bool
print_order(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || app->state.recipe.spec.order == usual_spec(app).order)
		return false;
	buf_add(out, str_of(tree_order_name(app->state.recipe.spec.order)));
	return true;
}

/* The at-th filter of a kind. */
static bool
print_filter(const struct app *app, enum filter_kind kind, unsigned at, struct buf *out)
{
	const struct recipe *recipe = &app->state.recipe;

	for (unsigned i = 0; i < recipe->filter_count; i++)
		if (recipe->filters[i].kind == kind && at-- == 0) {
			buf_add(out, strtab_get(app->session->patterns, recipe->filters[i].pattern));
			return true;
		}
	return false;
}

static bool
print_ignore(struct app *app, unsigned at, struct buf *out)
{
	return print_filter(app, FILTER_IGNORE, at, out);
}

static bool
print_only(struct app *app, unsigned at, struct buf *out)
{
	return print_filter(app, FILTER_ONLY, at, out);
}

static bool
print_show_from(struct app *app, unsigned at, struct buf *out)
{
	return print_filter(app, FILTER_SHOW_FROM, at, out);
}

static bool
print_hide(struct app *app, unsigned at, struct buf *out)
{
	return print_filter(app, FILTER_HIDE, at, out);
}

static bool
print_recursion(struct app *app, unsigned at, struct buf *out)
{
	static const char *const words[] = { [RECURSION_KEEP] = "keep", [RECURSION_DIRECT] = "direct", [RECURSION_ALL] = "all" };

	if (at > 0 || app->state.recipe.recursion == RECURSION_KEEP)
		return false;
	buf_add(out, str_of(words[app->state.recipe.recursion]));
	return true;
}

static bool
print_invert(struct app *app, unsigned at, struct buf *out)
{
	(void)out;
	return at == 0 && app->state.recipe.inverted;
}

static bool
print_sandwich(struct app *app, unsigned at, struct buf *out)
{
	buf_add(out, strtab_get(app->patterns, app->state.sandwich));
	return at == 0 && app->state.sandwich != STR_EMPTY;
}

/* ---- which view of it */

/* Said unless it is so without saying, whatever the configuration holds. */
static bool
print_word(unsigned at, const char *const *words, int value, int start, struct buf *out)
{
	if (at > 0 || (value == 0 && start == 0))
		return false;
	buf_add(out, str_of(words[value]));
	return true;
}

static bool
print_view(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || (app->state.view == VIEW_FLAME && app->start.view == VIEW_FLAME && app->state.sandwich == STR_EMPTY))
		return false;
	buf_add(out, str_of(view_name(app->state.view)));
	return true;
}

static bool
apply_view(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	for (int i = 0; i < VIEW_COUNT; i++)
		if (str_equal(value, str_of(view_name((enum view_id)i)))) {
			state->view = (enum view_id)i;
			state->pane = view_pane((enum view_id)i);
			return true;
		}
	return false;
}

static bool
print_pane(struct app *app, unsigned at, struct buf *out)
{
	return app->state.view == VIEW_BOTH && print_word(at, pane_words, (int)app->state.pane, PANE_FLAME, out);
}

static bool
apply_pane(struct app *app, struct view_state *state, struct str value)
{
	int pane = word_index(pane_words, value);

	(void)app;
	if (pane >= 0 && state->view == VIEW_BOTH)
		state->pane = (enum pane)pane;
	return pane >= 0;
}

static bool
print_color(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || (app->state.color == COLOR_PACKAGE && app->start.color == COLOR_PACKAGE))
		return false;
	buf_add(out, str_of(color_mode_name(app->state.color)));
	return true;
}

static bool
apply_color(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	for (int i = 0; i < COLOR_MODES; i++)
		if (str_equal(value, str_of(color_mode_name((enum color_mode)i)))) {
			state->color = (enum color_mode)i;
			return true;
		}
	return false;
}

static bool
print_align(struct app *app, unsigned at, struct buf *out)
{
	return print_word(at, align_words, (int)app->state.align, (int)app->start.align, out);
}

static bool
apply_align(struct app *app, struct view_state *state, struct str value)
{
	int align = word_index(align_words, value);

	(void)app;
	if (align >= 0)
		state->align = (enum fit_align)align;
	return align >= 0;
}

static const char *const name_words[] = { "full", "short", NULL };

static bool
print_names(struct app *app, unsigned at, struct buf *out)
{
	return print_word(at, name_words, app->state.brief, app->start.brief, out);
}

static bool
apply_names(struct app *app, struct view_state *state, struct str value)
{
	int how = word_index(name_words, value);

	(void)app;
	if (how >= 0)
		state->brief = how == 1;
	return how >= 0;
}

static const char *const side_words[] = { "top", "bottom", NULL };

static bool
print_roots(struct app *app, unsigned at, struct buf *out)
{
	return print_word(at, side_words, app->state.flipped, app->start.flipped, out);
}

static bool
apply_roots(struct app *app, struct view_state *state, struct str value)
{
	int side = word_index(side_words, value);

	(void)app;
	if (side >= 0)
		state->flipped = side == 1;
	return side >= 0;
}

static bool
print_sort(struct app *app, unsigned at, struct buf *out)
{
	return print_word(at, sort_words, (int)app->state.sort, (int)app->start.sort, out);
}

static bool
apply_sort(struct app *app, struct view_state *state, struct str value)
{
	int sort = word_index(sort_words, value);

	(void)app;
	if (sort >= 0)
		state->sort = (enum top_sort)sort;
	return sort >= 0;
}

static const char *const direction_words[] = { "down", "up", NULL };

static bool
print_direction(struct app *app, unsigned at, struct buf *out)
{
	return print_word(at, direction_words, app->state.ascending, app->start.ascending, out);
}

static bool
apply_direction(struct app *app, struct view_state *state, struct str value)
{
	int direction = word_index(direction_words, value);

	(void)app;
	if (direction >= 0)
		state->ascending = direction == 1;
	return direction >= 0;
}

/* ---- which part of it */

static bool
print_search(struct app *app, unsigned at, struct buf *out)
{
	buf_add(out, str_of(app->state.search));
	return at == 0 && app->state.search[0];
}

static bool
print_focus(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || app->state.focus == NODE_ALL)
		return false;
	path_format(app_scene(app)->tree, app->session->ds, app->state.focus, out);
	return true;
}

static bool
print_cursor(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || app->state.cursor == app->state.focus)
		return false;
	path_format(app_scene(app)->tree, app->session->ds, app->state.cursor, out);
	return true;
}

static bool
apply_cursor(struct app *app, struct view_state *state, struct str value)
{
	return path_find(app_scene(app)->tree, app->session->ds, value, &state->cursor, NULL);
}

static bool
print_viewport(struct app *app, unsigned at, struct buf *out)
{
	const struct focus_info *focus = scene_focus(app_scene(app), app->state.focus);

	if (at > 0 || (app->state.from <= focus->from && app->state.to >= focus->to))
		return false;
	number_format(app->state.from, out);
	buf_addc(out, ',');
	number_format(app->state.to, out);
	return true;
}

static bool
read_decimal(struct str text, double *out)
{
	struct buf copy = { 0 };
	char *end;

	buf_add(&copy, text);
	buf_addc(&copy, '\0');
	*out = strtod(copy.at, &end);
	bool whole = text.len > 0 && end == copy.at + text.len && isfinite(*out);
	buf_fini(&copy);
	return whole;
}

static bool
apply_viewport(struct app *app, struct view_state *state, struct str value)
{
	const char *comma = value.len ? memchr(value.at, ',', value.len) : NULL;
	size_t len = comma ? (size_t)(comma - value.at) : 0;
	double from, to;

	(void)app;
	if (!comma || !read_decimal((struct str){ value.at, len }, &from) ||
	    !read_decimal((struct str){ comma + 1, value.len - len - 1 }, &to) || !(to > from))
		return false;
	state->from = from;
	state->to = to;
	return true;
}

static bool
print_number(unsigned at, uint32_t value, struct buf *out)
{
	buf_addf(out, "%" PRIu32, value);
	return at == 0 && value > 0;
}

static bool
print_scroll(struct app *app, unsigned at, struct buf *out)
{
	buf_addf(out, "%" PRIu32, app->state.top_row);
	return at == 0 && (app->state.top_row > 0 || app->state.focus != NODE_ALL || app->state.view == VIEW_SANDWICH);
}

static bool
apply_scroll(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	return link_number(value, &state->top_row);
}

static bool
print_table_row(struct app *app, unsigned at, struct buf *out)
{
	return print_number(at, app->state.table_row, out);
}

static bool
apply_table_row(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	return link_number(value, &state->table_row);
}

static bool
print_table_scroll(struct app *app, unsigned at, struct buf *out)
{
	return print_number(at, app->state.table_top, out);
}

static bool
apply_table_scroll(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	return link_number(value, &state->table_top);
}

/* ---- how it looks */

static bool
print_theme(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || !app->theme_chosen)
		return false;
	buf_add(out, str_of(theme_name(app->theme)));
	return true;
}

const struct link_field link_fields[] = {
	{ "trace",        LINK_WORD, print_trace,        NULL,               false },
	{ "track",        LINK_TEXT, print_track,        NULL,               false },
	{ "metric",       LINK_TEXT, print_metric,       NULL,               false },
	{ "merge",        LINK_WORD, print_merge,        NULL,               false },
	{ "order",        LINK_WORD, print_order,        NULL,               false },
	{ "ignore",       LINK_TEXT, print_ignore,       NULL,               false },
	{ "only",         LINK_TEXT, print_only,         NULL,               false },
	{ "show-from",    LINK_TEXT, print_show_from,    NULL,               false },
	{ "hide",         LINK_TEXT, print_hide,         NULL,               false },
	{ "recursion",    LINK_WORD, print_recursion,    NULL,               false },
	{ "invert",       LINK_FLAG, print_invert,       NULL,               false },
	{ "sandwich",     LINK_TEXT, print_sandwich,     NULL,               false },
	{ "view",         LINK_WORD, print_view,         apply_view,         true },
	{ "pane",         LINK_WORD, print_pane,         apply_pane,         false },
	{ "color-by",     LINK_WORD, print_color,        apply_color,        true },
	{ "names",        LINK_WORD, print_names,        apply_names,        true },
	{ "align",        LINK_WORD, print_align,        apply_align,        true },
	{ "roots",        LINK_WORD, print_roots,        apply_roots,        true },
	{ "sort",         LINK_WORD, print_sort,         apply_sort,         true },
	{ "sort-order",   LINK_WORD, print_direction,    apply_direction,    true },
	{ "chains",       LINK_WORD, link_print_chains,  link_apply_chains,  false },
	{ "chain",        LINK_PATH, link_print_chain,   link_apply_chain,   false },
	{ "search",       LINK_TEXT, print_search,       NULL,               false },
	{ "focus",        LINK_PATH, print_focus,        NULL,               false },
	{ "cursor",       LINK_PATH, print_cursor,       apply_cursor,       false },
	{ "viewport",     LINK_WORD, print_viewport,     apply_viewport,     false },
	{ "scroll",       LINK_WORD, print_scroll,       apply_scroll,       false },
	{ "table-row",    LINK_WORD, print_table_row,    apply_table_row,    false },
	{ "table-scroll", LINK_WORD, print_table_scroll, apply_table_scroll, false },
	{ "unfold",       LINK_WORD, link_print_unfold,       link_apply_unfold,       false },
	{ "fold",         LINK_PATH, link_print_fold,         link_apply_fold,         false },
	{ "tree-scroll",  LINK_WORD, link_print_tree_scroll,  link_apply_tree_scroll,  false },
	{ "theme",        LINK_WORD, print_theme,        NULL,               false },
	{ NULL, LINK_FLAG, NULL, NULL, false },
};

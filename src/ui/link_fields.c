/* SPDX-License-Identifier: MIT
 * The parts of the view state, each as its option. */
#include "config.h"

#include "ui/granularity.h"
#include "ui/grouping.h"
#include "ui/link.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/path.h"
#include "ui/hue.h"
#include "ui/labels.h"
#include "ui/link_details.h"
#include "ui/link_folds.h"
#include "ui/link_table.h"
#include "ui/link_timeline.h"
#include "ui/link_traces.h"
#include "ui/link_tree.h"
#include "ui/selection.h"
#include "ui/traces.h"
#include "ui/value_column.h"
#include "util/text.h"
#include "util/unit.h"

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
	bool usual = app->start.view == VIEW_FLAME && app->state.sandwich == STR_EMPTY && !traces_lead(app->session->ds);

	if (at > 0 || (app->state.view == VIEW_FLAME && usual))
		return false;
	buf_add(out, str_of(view_name(app->state.view)));
	return true;
}

static bool
apply_view(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	if (str_equal(value, STR("auto")))
		return true;
	for (int i = 0; i < VIEW_COUNT; i++)
		if (str_equal(value, str_of(view_name((enum view_id)i)))) {
			state->view = (enum view_id)i;
			state->pane = view_pane((enum view_id)i);
			return true;
		}
	return false;
}

/* Two of them may have to be said: which of the view's has the keys, and that the details have them now. */
static bool
print_pane(struct app *app, unsigned at, struct buf *out)
{
	bool of_view = app->state.view == VIEW_BOTH && app->state.pane != PANE_FLAME;
	bool of_chart = app->state.view == VIEW_TRACES && app->state.pane == PANE_CHART;

	if (of_chart && at == 0) {
		buf_add(out, STR("chart"));
		return true;
	}
	if (of_view && at == 0)
		return print_word(at, pane_words, (int)app->state.pane, PANE_FLAME, out);
	buf_add(out, STR("details"));
	return app->state.in_details && at == (of_view || of_chart);
}

static bool
apply_pane(struct app *app, struct view_state *state, struct str value)
{
	int pane = word_index(pane_words, value);

	(void)app;
	if (str_equal(value, STR("details"))) {
		state->in_details = true;
		return true;
	}
	if (str_equal(value, STR("chart"))) {
		state->pane = state->view == VIEW_TRACES ? PANE_CHART : state->pane;
		return true;
	}
	if (pane >= 0 && state->view == VIEW_BOTH)
		state->pane = (enum pane)pane;
	return pane >= 0;
}

static bool
print_color(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || app->state.color == COLOR_ATTRIBUTE || (app->state.color == COLOR_PACKAGE && app->start.color == COLOR_PACKAGE))
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
print_color_attribute(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || app->state.color != COLOR_ATTRIBUTE)
		return false;
	text_escape(strtab_get(app->patterns, app->state.color_key), out);
	return true;
}

static bool
apply_color_attribute(struct app *app, struct view_state *state, struct str value)
{
	struct buf key = { 0 };
	bool fine = text_unescape(value, &key) && key.len > 0;

	if (fine)
		hue_by_attribute(app, state, buf_str(&key));
	buf_fini(&key);
	return fine;
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
static const char *const mark_words[] = { "nothing", "critical", NULL };
static const char *const times_words[] = { "relative", "absolute", NULL };

static bool
print_names(struct app *app, unsigned at, struct buf *out)
{
	return print_word(at, name_words, app->state.brief, app->start.brief, out);
}

static bool
print_mark(struct app *app, unsigned at, struct buf *out)
{
	return print_word(at, mark_words, app->state.critical, app->start.critical, out);
}

static bool
apply_mark(struct app *app, struct view_state *state, struct str value)
{
	int what = word_index(mark_words, value);

	(void)app;
	if (what >= 0)
		state->critical = what == 1;
	return what >= 0;
}

static bool
print_times(struct app *app, unsigned at, struct buf *out)
{
	return print_word(at, times_words, app->state.absolute, app->start.absolute, out);
}

static bool
apply_times(struct app *app, struct view_state *state, struct str value)
{
	int how = word_index(times_words, value);

	(void)app;
	if (how >= 0)
		state->absolute = how == 1;
	return how >= 0;
}

static bool
print_utc(struct app *app, unsigned at, struct buf *out)
{
	(void)out;
	return at == 0 && app->state.utc;
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
	{ "trace",        LINK_WORD, link_print_trace,        NULL,               false },
	{ "track",        LINK_TEXT, link_print_track,        NULL,               false },
	{ "query",        LINK_TEXT, link_print_query,        NULL,               false },
	{ "from-time",    LINK_WORD, link_print_from_time,    NULL,               false },
	{ "to-time",      LINK_WORD, link_print_to_time,      NULL,               false },
	{ "metric",       LINK_TEXT, link_print_metric,       NULL,               false },
	{ "merge",        LINK_WORD, link_print_merge,        NULL,               false },
	{ "order",        LINK_WORD, link_print_order,        NULL,               false },
	{ "group-by",     LINK_TEXT, link_print_group,        NULL,               false },
	{ "granularity",  LINK_WORD, link_print_grain,        NULL,               false },
	{ "label",        LINK_TEXT, link_print_label,        NULL,               false },
	{ "ignore",       LINK_FILTER, link_print_filter,     NULL,               false },
	{ "only",         LINK_FILTER, NULL,                  NULL,               false },
	{ "show-from",    LINK_FILTER, NULL,                  NULL,               false },
	{ "hide-service", LINK_FILTER, NULL,                  NULL,               false },
	{ "only-service", LINK_FILTER, NULL,                  NULL,               false },
	{ "hide-package", LINK_FILTER, NULL,                  NULL,               false },
	{ "only-package", LINK_FILTER, NULL,                  NULL,               false },
	{ "hide",         LINK_FILTER, NULL,                  NULL,               false },
	{ "recursion",    LINK_WORD, link_print_recursion,    NULL,               false },
	{ "critical-path", LINK_FLAG, link_print_critical,    NULL,               false },
	{ "adjust-skew",  LINK_FLAG, link_print_skew,         NULL,               false },
	{ "invert",       LINK_FLAG, link_print_invert,       NULL,               false },
	{ "sandwich",     LINK_TEXT, link_print_sandwich,     NULL,               false },
	{ "view",         LINK_WORD, print_view,         apply_view,         true },
	{ "pane",         LINK_WORD, print_pane,         apply_pane,         false },
	{ "color-by",     LINK_WORD, print_color,        apply_color,        true },
	{ "column",       LINK_PATH, link_print_column,  link_apply_column,  false },
	{ "color-attribute", LINK_PATH, print_color_attribute, apply_color_attribute, false },
	{ "names",        LINK_WORD, print_names,        apply_names,        true },
	{ "mark",         LINK_WORD, print_mark,         apply_mark,         true },
	{ "times",        LINK_WORD, print_times,        apply_times,        true },
	{ "utc",          LINK_FLAG, print_utc,          NULL,               false },
	{ "align",        LINK_WORD, print_align,        apply_align,        true },
	{ "roots",        LINK_WORD, print_roots,        apply_roots,        true },
	{ "sort",         LINK_WORD, print_sort,         apply_sort,         true },
	{ "sort-order",   LINK_WORD, print_direction,    apply_direction,    true },
	{ "chains",       LINK_WORD, link_print_chains,  link_apply_chains,  false },
	{ "chain",        LINK_PATH, link_print_chain,   link_apply_chain,   false },
	{ "table-by",     LINK_WORD, link_print_table_by, link_apply_table_by, true },
	{ "table-rows",   LINK_WORD, link_print_table_rows, link_apply_table_rows, true },
	{ "list-sort",    LINK_WORD, link_print_list_sort,    link_apply_list_sort,    true },
	{ "list-order",   LINK_WORD, link_print_list_order,   link_apply_list_order,   true },
	{ "chart",        LINK_WORD, link_print_chart,        link_apply_chart,        true },
	{ "search",       LINK_TEXT, print_search,       NULL,               false },
	{ "focus",        LINK_PATH, print_focus,        NULL,               false },
	{ "cursor",       LINK_PATH, print_cursor,       apply_cursor,       false },
	{ "viewport",     LINK_WORD, print_viewport,     apply_viewport,     false },
	{ "scroll",       LINK_WORD, print_scroll,       apply_scroll,       false },
	{ "table-row",    LINK_WORD, print_table_row,    apply_table_row,    false },
	{ "table-scroll", LINK_WORD, print_table_scroll, apply_table_scroll, false },
	{ "details",        LINK_WORD, link_print_details,        link_apply_details,        false },
	{ "details-span",   LINK_WORD, link_print_details_span,   link_apply_details_span,   false },
	{ "details-row",    LINK_WORD, link_print_details_row,    link_apply_details_row,    false },
	{ "details-scroll", LINK_WORD, link_print_details_scroll, link_apply_details_scroll, false },
	{ "unfold",       LINK_WORD, link_print_unfold,       link_apply_unfold,       false },
	{ "fold",         LINK_PATH, link_print_fold,         link_apply_fold,         false },
	{ "similar",      LINK_PATH, link_print_similar,      link_apply_similar,      false },
	{ "name-width",   LINK_WORD, link_print_name_width,   link_apply_name_width,   false },
	{ "tree-scroll",  LINK_WORD, link_print_tree_scroll,  link_apply_tree_scroll,  false },
	{ "list-unfold",  LINK_WORD, link_print_list_unfold,  link_apply_list_unfold,  false },
	{ "list-row",     LINK_WORD, link_print_list_row,     link_apply_list_row,     false },
	{ "list-scroll",  LINK_WORD, link_print_list_scroll,  link_apply_list_scroll,  false },
	{ "theme",        LINK_WORD, print_theme,        NULL,               false },
	{ NULL, LINK_FLAG, NULL, NULL, false },
};

/* SPDX-License-Identifier: MIT
 * The parts of the view state, each as its option. */
#include "config.h"

#include "ui/link.h"

#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "analysis/path.h"
#include "ui/granularity.h"
#include "ui/grouping.h"
#include "ui/hue.h"
#include "ui/labels.h"
#include "ui/link_details.h"
#include "ui/link_folds.h"
#include "ui/link_timeline.h"
#include "ui/link_traces.h"
#include "ui/link_tree.h"
#include "ui/selection.h"
#include "ui/traces.h"
#include "ui/value_column.h"
#include "util/choices.h"
#include "util/text.h"
#include "util/unit.h"

/* Of the view with both. */
static const char *const pane_words[] = { [PANE_FLAME] = "flame", [PANE_TABLE] = "table", NULL };

/* ---- which view of it */

static bool
print_view(struct app *app, unsigned at, struct buf *out)
{
	bool usual = app->start.view == VIEW_FLAME && app->state.sandwich == STR_EMPTY && !traces_lead(app->session->ds);

	if (at > 0 || (app->state.view == VIEW_FLAME && usual))
		return false;
	buf_add(out, str_of(choices_view[app->state.view]));
	return true;
}

static bool
apply_view(struct app *app, struct view_state *state, struct str value)
{
	int view = choice_index(choices_view, value);

	(void)app;
	if (str_equal(value, STR("auto")))
		return true;
	if (view < 0)
		return false;
	state->view = (enum view_id)view;
	state->pane = view_pane(state->view);
	return true;
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
	if (of_view && at == 0) {
		buf_add(out, str_of(pane_words[app->state.pane]));
		return true;
	}
	buf_add(out, STR("details"));
	return app->state.in_details && at == (of_view || of_chart);
}

static bool
apply_pane(struct app *app, struct view_state *state, struct str value)
{
	int pane = choice_index(pane_words, value);

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
print_utc(struct app *app, unsigned at, struct buf *out)
{
	(void)out;
	return at == 0 && app->state.utc;
}

/* ---- which part of it */

static bool
print_search(struct app *app, unsigned at, struct buf *out)
{
	buf_add(out, str_of(app_search(app)));
	return at == 0 && app->state.search != STR_EMPTY;
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

/* ---- how it looks */

static bool
print_theme(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || !app->theme_chosen)
		return false;
	buf_add(out, str_of(theme_name(app->theme)));
	return true;
}

/* A part of the state that is a number, or one of some words. */
#define NUMBER(part)       .offset = offsetof(struct view_state, part), .bytes = sizeof ((struct view_state *)NULL)->part
#define ONE_OF(list, part) .words = list, NUMBER(part)

const struct link_field link_fields[] = {
	{ "trace",           LINK_WORD, .print = link_print_trace },
	{ "track",           LINK_TEXT, .print = link_print_track },
	{ "query",           LINK_TEXT, .print = link_print_query },
	{ "from-time",       LINK_WORD, .print = link_print_from_time },
	{ "to-time",         LINK_WORD, .print = link_print_to_time },
	{ "metric",          LINK_TEXT, .print = link_print_metric },
	{ "merge",           LINK_WORD, .print = link_print_merge },
	{ "order",           LINK_WORD, .print = link_print_order },
	{ "group-by",        LINK_TEXT, .print = link_print_group },
	{ "granularity",     LINK_WORD, .print = link_print_grain },
	{ "label",           LINK_TEXT, .print = link_print_label },
	{ "ignore",          LINK_FILTER, .print = link_print_filter },
	{ "only",            LINK_FILTER, .print = NULL },
	{ "show-from",       LINK_FILTER, .print = NULL },
	{ "hide-service",    LINK_FILTER, .print = NULL },
	{ "only-service",    LINK_FILTER, .print = NULL },
	{ "hide-package",    LINK_FILTER, .print = NULL },
	{ "only-package",    LINK_FILTER, .print = NULL },
	{ "hide-kind",       LINK_FILTER, .print = NULL },
	{ "only-kind",       LINK_FILTER, .print = NULL },
	{ "hide-file",       LINK_FILTER, .print = NULL },
	{ "only-file",       LINK_FILTER, .print = NULL },
	{ "hide",            LINK_FILTER, .print = NULL },
	{ "recursion",       LINK_WORD, .print = link_print_recursion },
	{ "critical-path",   LINK_FLAG, .print = link_print_critical },
	{ "adjust-skew",     LINK_FLAG, .print = link_print_skew },
	{ "invert",          LINK_FLAG, .print = link_print_invert },
	{ "sandwich",        LINK_TEXT, .print = link_print_sandwich },
	{ "view",            LINK_WORD, .print = print_view, .apply = apply_view, .usual = true },
	{ "pane",            LINK_WORD, .print = print_pane, .apply = apply_pane },
	{ "color-by",        LINK_WORD, ONE_OF(choices_color_by, color), .usual = true },
	{ "column",          LINK_PATH, .print = link_print_column, .apply = link_apply_column },
	{ "color-attribute", LINK_PATH, .print = print_color_attribute, .apply = apply_color_attribute },
	{ "names",           LINK_WORD, ONE_OF(choices_names, brief), .usual = true },
	{ "mark",            LINK_WORD, ONE_OF(choices_mark, critical), .usual = true },
	{ "times",           LINK_WORD, ONE_OF(choices_times, absolute), .usual = true },
	{ "utc",             LINK_FLAG, .print = print_utc },
	{ "align",           LINK_WORD, ONE_OF(choices_align, align), .usual = true },
	{ "roots",           LINK_WORD, ONE_OF(choices_roots, flipped), .usual = true },
	{ "sort",            LINK_WORD, ONE_OF(choices_sort, sort), .usual = true },
	{ "sort-order",      LINK_WORD, ONE_OF(choices_sort_order, ascending), .usual = true },
	{ "chains",          LINK_WORD, .print = link_print_chains, .apply = link_apply_chains },
	{ "chain",           LINK_PATH, .print = link_print_chain, .apply = link_apply_chain },
	{ "table-by",        LINK_WORD, ONE_OF(choices_table_by, table_by), .usual = true },
	{ "table-rows",      LINK_WORD, ONE_OF(choices_table_rows, only_matches), .usual = true },
	{ "list-sort",       LINK_WORD, ONE_OF(choices_list_sort, traces.sort), .usual = true },
	{ "list-order",      LINK_WORD, ONE_OF(choices_list_order, traces.descending), .usual = true },
	{ "chart",           LINK_WORD, ONE_OF(choices_chart, traces.chart), .usual = true },
	{ "search",          LINK_TEXT, .print = print_search },
	{ "focus",           LINK_PATH, .print = print_focus },
	{ "cursor",          LINK_PATH, .print = print_cursor, .apply = apply_cursor },
	{ "viewport",        LINK_WORD, .print = print_viewport, .apply = apply_viewport },
	{ "scroll",          LINK_WORD, .print = print_scroll, .apply = apply_scroll },
	{ "table-row",       LINK_WORD, NUMBER(table_row) },
	{ "table-scroll",    LINK_WORD, NUMBER(table_top) },
	{ "details",         LINK_WORD, .print = link_print_details, .apply = link_apply_details },
	{ "details-span",    LINK_WORD, .print = link_print_details_span, .apply = link_apply_details_span },
	{ "details-row",     LINK_WORD, .print = link_print_details_row, .apply = link_apply_details_row },
	{ "details-scroll",  LINK_WORD, .print = link_print_details_scroll, .apply = link_apply_details_scroll },
	{ "unfold",          LINK_WORD, .print = link_print_unfold, .apply = link_apply_unfold },
	{ "fold",            LINK_PATH, .print = link_print_fold, .apply = link_apply_fold },
	{ "similar",         LINK_PATH, .print = link_print_similar, .apply = link_apply_similar },
	{ "name-width",      LINK_WORD, NUMBER(name_cols), .usual = true },
	{ "tree-scroll",     LINK_WORD, .print = link_print_tree_scroll, .apply = link_apply_tree_scroll },
	{ "list-unfold",     LINK_WORD, .print = link_print_list_unfold, .apply = link_apply_list_unfold },
	{ "list-row",        LINK_WORD, .print = link_print_list_row, .apply = link_apply_list_row },
	{ "list-scroll",     LINK_WORD, .print = link_print_list_scroll, .apply = link_apply_list_scroll },
	{ "theme",           LINK_WORD, .print = print_theme },
	{ .option = NULL },
};

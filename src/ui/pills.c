/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/pills.h"

#include "ui/chain.h"
#include "ui/change.h"
#include "ui/clocks.h"
#include "ui/critical.h"
#include "ui/filters.h"
#include "ui/granularity.h"
#include "ui/grouping.h"
#include "ui/pickers.h"
#include "ui/sandwich.h"
#include "ui/selection.h"
#include "ui/table.h"
#include "ui/value_column.h"
#include "util/text.h"
#include "util/unit.h"

enum { NAME_COLS = 28, SEARCH_COLS = 80 };    /* of names inside pills; of a search with all that it finds */

static struct tree_spec
default_spec(const struct app *app)
{
	return session_default_spec(app->session, app->state.recipe.spec.track);
}

static bool
sandwich_on(struct app *app)
{
	return app->state.view == VIEW_SANDWICH;
}

static bool
focus_on(struct app *app)
{
	return app->state.focus != NODE_ALL;
}

static bool
search_on(struct app *app)
{
	return app->state.search[0] != '\0';
}

static bool
track_on(struct app *app)
{
	return app->state.recipe.spec.track != app->start.recipe.spec.track;
}

static bool
metric_on(struct app *app)
{
	return !metric_equal(app->state.recipe.spec.metric, app->start.recipe.spec.metric) && !tree_is_packed(app_scene(app)->tree);
}

static bool
merge_on(struct app *app)
{
	struct tree_spec usual = default_spec(app);

	return app->state.view != VIEW_SANDWICH && !app->state.recipe.inverted && !group_on(app) && app_scene(app)->tree->timed != tree_spec_is_timed(app->session->ds, &usual);
}

static bool
recursion_on(struct app *app)
{
	return app->state.recipe.recursion != RECURSION_KEEP;
}

static bool
invert_on(struct app *app)
{
	return app->state.recipe.inverted && app->state.view != VIEW_SANDWICH;
}

static bool
order_on(struct app *app)
{
	return app->state.recipe.spec.order != app->start.recipe.spec.order && !app_scene(app)->tree->timed;
}

static bool
zoom_on(struct app *app)
{
	const struct focus_info *focus = scene_focus(app_scene(app), app->state.focus);

	return app->state.from > focus->from || app->state.to < focus->to;
}

static bool
flip_on(struct app *app)
{
	return app->state.flipped != app->start.flipped;
}

static bool
colour_on(struct app *app)
{
	return app->state.color != app->start.color;
}

static bool
align_on(struct app *app)
{
	return app->state.align != app->start.align;
}

static bool
names_on(struct app *app)
{
	return app->state.brief != app->start.brief;
}

static void
focus_text(struct app *app, struct buf *out)
{
	const struct name *name = names_get(&app->names, app_scene(app)->tree->frame[app->state.focus]);

	buf_add(out, STR("focus "));
	text_fit(name->text, NAME_COLS, false, app->options.ascii, out);
}

static void
search_text(struct app *app, struct buf *out)
{
	search_pill_text(app, SEARCH_COLS, out);
}

static void
track_text(struct app *app, struct buf *out)
{
	buf_add(out, STR("track "));
	struct buf name = { 0 };
	track_name(app, app->state.recipe.spec.track, &name);
	text_fit(buf_str(&name), NAME_COLS, false, app->options.ascii, out);
	buf_fini(&name);
}

static void
metric_text(struct app *app, struct buf *out)
{
	struct metric_info info = metric_describe(app->session->ds, app->state.recipe.spec.metric);

	buf_add(out, STR("metric "));
	names_safe(info.name, out);
}

static void
merge_text(struct app *app, struct buf *out)
{
	buf_add(out, app_scene(app)->tree->timed ? STR("in time order") : STR("merged"));
}

static bool
rows_on(struct app *app)
{
	return view_has_table(app->state.view) && app->state.table_by != app->start.table_by;
}

static void
rows_text(struct app *app, struct buf *out)
{
	buf_addf(out, "by %s", table_by_names[app->state.table_by]);
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

	return app->state.only_matches && ((app->state.search[0] && listed) || (timeline && app->state.recipe.select.query_count > 0));
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

static void
recursion_text(struct app *app, struct buf *out)
{
	buf_add(out, app->state.recipe.recursion == RECURSION_DIRECT ? STR("direct recursion joined") : STR("recursion joined"));
}

static void
invert_text(struct app *app, struct buf *out)
{
	(void)app;
	buf_add(out, STR("bottom-up"));
}

static void
order_text(struct app *app, struct buf *out)
{
	buf_addf(out, "order %s", tree_order_name(app->state.recipe.spec.order));
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

static void
flip_text(struct app *app, struct buf *out)
{
	buf_add(out, app->state.flipped ? STR("upside down") : STR("roots on top"));
}

static void
colour_text(struct app *app, struct buf *out)
{
	buf_add(out, STR("colour "));
	if (app->state.color == COLOR_ATTRIBUTE)
		names_safe(strtab_get(app->patterns, app->state.color_key), out);
	else
		buf_add(out, str_of(color_mode_name(app->state.color)));
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
}

static void
align_text(struct app *app, struct buf *out)
{
	buf_add(out, app->state.align == FIT_RIGHT ? STR("ends of names") : STR("starts of names"));
}

static bool
critical_on(struct app *app)
{
	return app->state.recipe.spec.critical || app->state.critical;
}

static void
critical_text(struct app *app, struct buf *out)
{
	buf_add(out, app->state.recipe.spec.critical ? STR("critical path only") : STR("critical path"));
}

static bool
skew_on(struct app *app)
{
	return app->state.recipe.spec.adjusted;
}

static void
skew_text(struct app *app, struct buf *out)
{
	const struct skew *skew = build_cache_skew(app->session->cache);

	buf_add(out, STR("clocks corrected"));
	if (skew) {
		buf_add(out, STR(" · "));
		unit_count(skew->moved, out);
		buf_add(out, STR(" moved"));
	}
}

static unsigned
recursion_remove(struct app *app)
{
	struct recipe recipe = app->state.recipe;

	recipe.recursion = RECURSION_KEEP;
	return app_change_recipe(app, &recipe);
}

static unsigned
invert_remove(struct app *app)
{
	return filter_invert(app);
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

static unsigned
sandwich_remove(struct app *app)
{
	return app_change_view(app, VIEW_FLAME);
}

static unsigned
focus_remove(struct app *app)
{
	node_id cursor = app->state.cursor;

	flame_focus_on(app, NODE_ALL);
	app->state.cursor = cursor;
	return UPDATE_DRAW;
}

static unsigned
search_remove(struct app *app)
{
	app_remember(app, 0);
	app_set_search(app, STR(""));
	return UPDATE_DRAW;
}

static unsigned
track_remove(struct app *app)
{
	struct tree_spec spec = session_default_spec(app->session, app->start.recipe.spec.track);

	return app_change_spec(app, &spec);
}

static unsigned
metric_remove(struct app *app)
{
	struct tree_spec spec = app->state.recipe.spec;

	spec.metric = app->start.recipe.spec.metric;
	return app_change_spec(app, &spec);
}

static unsigned
merge_remove(struct app *app)
{
	struct tree_spec spec = app->state.recipe.spec;

	spec.merge = default_spec(app).merge;
	return app_change_spec(app, &spec);
}

static unsigned
order_remove(struct app *app)
{
	struct tree_spec spec = app->state.recipe.spec;

	spec.order = app->start.recipe.spec.order;
	return app_change_spec(app, &spec);
}

static unsigned
flip_remove(struct app *app)
{
	app->state.flipped = app->start.flipped;
	return UPDATE_DRAW;
}

static unsigned
colour_remove(struct app *app)
{
	app->state.color = app->start.color;
	return UPDATE_DRAW;
}

static void
names_text(struct app *app, struct buf *out)
{
	buf_add(out, app->state.brief ? STR("short names") : STR("names in full"));
}

static unsigned
names_remove(struct app *app)
{
	app->state.brief = app->start.brief;
	return UPDATE_DRAW;
}

static unsigned
align_remove(struct app *app)
{
	app->state.align = app->start.align;
	return UPDATE_DRAW;
}

static const struct {
	bool     (*is_on)(struct app *app);
	void     (*text)(struct app *app, struct buf *out);
	unsigned (*remove)(struct app *app);
} kinds[PILL_COUNT] = {
	[PILL_SANDWICH] = { sandwich_on, sandwich_text, sandwich_remove },
	[PILL_FOCUS]  = { focus_on,  focus_text,  focus_remove },
	[PILL_SEARCH] = { search_on, search_text, search_remove },
	[PILL_RANGE]  = { selection_has_range, selection_range_text, selection_range_remove },
	[PILL_GROUP]  = { group_on,  group_text,  group_remove },
	[PILL_GRAIN]  = { grain_on,  grain_text,  grain_remove },
	[PILL_RECURSION] = { recursion_on, recursion_text, recursion_remove },
	[PILL_ROWS]   = { rows_on,   rows_text,   rows_remove },
	[PILL_MATCHES] = { matches_on, matches_text, table_only_matches },
	[PILL_CHAINS] = { chains_on, chains_text, chains_remove },
	[PILL_INVERT] = { invert_on, invert_text, invert_remove },
	[PILL_CRITICAL] = { critical_on, critical_text, critical_remove },
	[PILL_SKEW]   = { skew_on,   skew_text,   clocks_turn_skew },
	[PILL_TRACK]  = { track_on,  track_text,  track_remove },
	[PILL_METRIC] = { metric_on, metric_text, metric_remove },
	[PILL_MERGE]  = { merge_on,  merge_text,  merge_remove },
	[PILL_ORDER]  = { order_on,  order_text,  order_remove },
	[PILL_ZOOM]   = { zoom_on,   zoom_text,   whole_focus },
	[PILL_FLIP]   = { flip_on,   flip_text,   flip_remove },
	[PILL_COLUMN] = { column_on, column_text, value_column_remove },
	[PILL_COLOUR] = { colour_on, colour_text, colour_remove },
	[PILL_ALIGN]  = { align_on,  align_text,  align_remove },
	[PILL_NAMES]  = { names_on,  names_text,  names_remove },
};

static bool
is_filter(enum pill_kind kind)
{
	return kind >= PILL_FILTER && kind <= PILL_FILTER_LAST;
}

static bool
is_query(enum pill_kind kind)
{
	return kind >= PILL_QUERY && kind <= PILL_QUERY_LAST;
}

static bool
is_label(enum pill_kind kind)
{
	return kind >= PILL_LABEL && kind <= PILL_LABEL_LAST;
}

bool
pill_is_on(struct app *app, enum pill_kind kind)
{
	if (is_label(kind))
		return label_on(app, (unsigned)(kind - PILL_LABEL));
	if (is_query(kind))
		return (unsigned)(kind - PILL_QUERY) < app->state.recipe.select.query_count;
	/* What the list of traces does not show, it does not say. */
	if (view_is_bare(app->state.view) && kind != PILL_SEARCH && kind != PILL_MATCHES && !is_query(kind) && kind != PILL_RANGE)
		return false;
	if (is_filter(kind))
		return (unsigned)(kind - PILL_FILTER) < app->state.recipe.filter_count;
	return kinds[kind].is_on(app);
}

unsigned
pill_count(struct app *app)
{
	unsigned count = 0;

	for (int kind = 0; kind < PILL_COUNT; kind++)
		count += pill_is_on(app, (enum pill_kind)kind);
	return count;
}

enum pill_kind
pill_at(struct app *app, uint32_t index)
{
	for (int kind = 0; kind < PILL_COUNT; kind++)
		if (pill_is_on(app, (enum pill_kind)kind) && index-- == 0)
			return (enum pill_kind)kind;
	return PILL_COUNT;
}

void
pill_text(struct app *app, enum pill_kind kind, struct buf *out)
{
	struct buf text = { 0 };

	if (is_filter(kind) || is_query(kind) || is_label(kind) || kind == PILL_SANDWICH) {
		if (is_label(kind))
			label_text(app, (unsigned)(kind - PILL_LABEL), &text);
		else if (is_query(kind))
			selection_query_text(app, (unsigned)(kind - PILL_QUERY), &text);
		else if (kind == PILL_SANDWICH)
			sandwich_text(app, &text);
		else
			filter_text(app, (unsigned)(kind - PILL_FILTER), &text);
		text_fit(buf_str(&text), NAME_COLS, false, app->options.ascii, out);
		buf_fini(&text);
		return;
	}
	kinds[kind].text(app, out);
}

/* Of a search the pattern is cut, not what it finds. */
void
pill_text_cut(struct app *app, enum pill_kind kind, int cols, struct buf *out)
{
	struct buf text = { 0 };

	if (kind == PILL_SEARCH)
		search_pill_text(app, cols, &text);
	else
		pill_text(app, kind, &text);
	text_fit(buf_str(&text), cols, false, app->options.ascii, out);
	buf_fini(&text);
}

unsigned
pill_remove(struct app *app, enum pill_kind kind)
{
	if (is_query(kind))
		return selection_query_remove(app, (unsigned)(kind - PILL_QUERY));
	if (is_label(kind))
		return label_remove(app, (unsigned)(kind - PILL_LABEL));
	return is_filter(kind) ? filter_remove(app, (unsigned)(kind - PILL_FILTER)) : kinds[kind].remove(app);
}

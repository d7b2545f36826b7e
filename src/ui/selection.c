/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/selection.h"

#include <inttypes.h>

#include "analysis/query_hint.h"
#include "ui/change.h"
#include "ui/charts.h"
#include "ui/goto.h"
#include "util/clock.h"
#include "util/instant.h"
#include "util/text.h"

/* Why: the word of the latest query that nothing goes by, and what may have been meant. */
static unsigned
say_nothing_left(struct app *app)
{
	const struct select_spec *select = &app->state.recipe.select;
	struct str text = select->query_count ? strtab_get(app->patterns, select->queries[select->query_count - 1]) : STR("");
	struct query *query = query_parse(text, NULL);
	struct buf said = { 0 }, meant = { 0 };
	unsigned update;

	if (query && query_hint(query, app->session->cache, &said, &meant))
		update = app_say(app, "no trace is left: %s%s%s", said.at, meant.len ? ": " : "", buf_str(&meant).at);
	else
		update = app_say(app, "no trace is left: u takes it back");
	query_free(query);
	buf_fini(&said);
	buf_fini(&meant);
	return update;
}

static unsigned
change(struct app *app, const struct select_spec *select)
{
	struct recipe recipe = app->state.recipe;

	recipe.select = *select;
	unsigned update = app_change_recipe(app, &recipe);
	if (app_is_building(app))
		return update;
	const struct selected *selected = selection_now(app);
	if (selected && selected->track_count == 0)
		update |= say_nothing_left(app);
	return update;
}

unsigned
selection_add(struct app *app, struct str query)
{
	struct select_spec select = app->state.recipe.select;
	struct error err = { 0 };

	while (query.len && query.at[query.len - 1] == ' ')
		query.len--;
	while (query.len && query.at[0] == ' ') {
		query.at++;
		query.len--;
	}
	if (!dataset_has_spans(app->session->ds))
		return app_say(app, "there are no spans to ask");
	if (!select_add(&select, app->patterns, query, &err))
		return err.has_byte ? app_say(app, "at %" PRIu64 ": %s", err.byte + 1, err.text) : app_say(app, "%s", err.text);
	return select_equal(&select, &app->state.recipe.select) ? app_say(app, "this query is there already") : change(app, &select);
}

unsigned
selection_set_range(struct app *app, const int64_t *from_ns, const int64_t *to_ns)
{
	struct select_spec select = app->state.recipe.select;

	if ((from_ns || to_ns) && dataset_lacks_times(app->session->ds))
		return app_say(app, "the samples have no times");
	select.has_from = from_ns != NULL;
	select.has_to = to_ns != NULL;
	select.from_ns = from_ns ? *from_ns : 0;
	select.to_ns = to_ns ? *to_ns : 0;
	return select_equal(&select, &app->state.recipe.select) ? UPDATE_NONE : change(app, &select);
}

const struct selected *
selection_now(struct app *app)
{
	const struct selected *selected = NULL;

	if (!app_is_building(app))
		selected_get(app->session->cache, &app->state.recipe.select, app->patterns, NULL, &selected);
	return selected;
}

unsigned
selection_open_trace(struct app *app, track_id track, span_id span)
{
	struct view_state target = app->state;
	struct tree_spec *spec = &target.recipe.spec;
	enum view_id view = history_tree_view(&app->history);
	bool left_out = !selected_has_track(selection_now(app), track);

	if (spec->track == track && app_scene(app)->tree->timed && !left_out)
		return span == ID_NONE ? app_say(app, "this trace is open already") : app_go_to_span(app, span);
	spec->track = track;
	spec->merge = MERGE_TIME;
	if (!metric_is_of_spans(spec->metric))
		spec->metric = (struct metric){ .kind = METRIC_WALL };
	target.recipe.inverted = false;
	if (left_out)
		target.recipe.select = (struct select_spec){ 0 };
	app_remember(app, 0);
	if (target.view == VIEW_SANDWICH)
		app->state.view = target.view = VIEW_FLAME;
	state_leave_bare(&target, view);
	app->wanted = span;
	unsigned update = app_go(app, &target, GO_MAP);
	return left_out ? update | app_say(app, "the selection left this trace out: it is dropped") : update;
}

void
selection_query_text(struct app *app, unsigned index, struct buf *out)
{
	struct str query = strtab_get(app->patterns, app->state.recipe.select.queries[index]);

	if (!charts_range_text(query, app->options.ascii, out))
		text_sanitise(query, out);
}

unsigned
selection_query_remove(struct app *app, unsigned index)
{
	struct select_spec select = app->state.recipe.select;

	select_remove(&select, index);
	return change(app, &select);
}

bool
selection_has_range(struct app *app)
{
	return app->state.recipe.select.has_from || app->state.recipe.select.has_to;
}

void
selection_range_text(struct app *app, struct buf *out)
{
	const struct select_spec *select = &app->state.recipe.select;
	bool ascii = app->options.ascii;
	int64_t start = 0, end;

	dataset_extent(app->session->ds, &start, &end);
	buf_add(out, STR("time "));
	if (select->has_from)
		clock_moment(select->from_ns, start, CLOCK_RELATIVE, ascii, out);
	buf_add(out, ascii ? STR("..") : STR("…"));
	if (select->has_to)
		clock_moment(select->to_ns, start, CLOCK_RELATIVE, ascii, out);
}

unsigned
selection_range_remove(struct app *app)
{
	return selection_set_range(app, NULL, NULL);
}

bool
link_print_query(struct app *app, unsigned at, struct buf *out)
{
	const struct select_spec *select = &app->state.recipe.select;

	if (at >= select->query_count)
		return false;
	buf_add(out, strtab_get(app->patterns, select->queries[at]));
	return true;
}

bool
link_print_from_time(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || !app->state.recipe.select.has_from)
		return false;
	instant_format(app->state.recipe.select.from_ns, out);
	return true;
}

bool
link_print_to_time(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || !app->state.recipe.select.has_to)
		return false;
	instant_format(app->state.recipe.select.to_ns, out);
	return true;
}

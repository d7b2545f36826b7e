/* SPDX-License-Identifier: MIT
 * What keys and mouse do in the list of traces. */
#include "config.h"

#include "ui/traces.h"

#include <stdio.h>

#include "analysis/trace_ref.h"
#include "ui/change.h"
#include "ui/charts.h"
#include "ui/copying.h"
#include "ui/list_act.h"
#include "util/bits.h"

enum { WHEEL_ROWS = 3 };

const struct trace_line *
traces_chosen(struct app *app)
{
	const struct traces *traces = traces_of(app);
	track_id track = app->state.traces.track;
	uint32_t line = track < traces->ds->track_count ? traces->line_of[track] : ID_NONE;

	if (line == ID_NONE)
		return NULL;
	line += app->state.traces.part;
	return line < traces->lines.len && traces->lines.at[line].part == app->state.traces.part ? &traces->lines.at[line] : NULL;
}

static const struct trace_row *
chosen_row(struct app *app)
{
	const struct trace_line *line = traces_chosen(app);

	return line ? &traces_of(app)->list->rows[line->row] : NULL;
}

frame_id
traces_frame(struct app *app)
{
	const struct trace_row *row = chosen_row(app);

	return row && row->root != ID_NONE ? app->session->ds->spans.frame[row->root] : ID_NONE;
}

static struct list
list_now(struct app *app)
{
	const struct traces *traces = traces_of(app);
	const struct trace_line *line = traces_chosen(app);
	int rows = traces_list_rect(app).rows - 1;    /* less the heading */

	return (struct list){
		.count = (uint32_t)traces->lines.len,
		.cursor = line ? (uint32_t)(line - traces->lines.at) : 0,
		.top = app->state.traces.top,
		.visible = rows > 0 ? (uint32_t)rows : 1,
	};
}

static unsigned
put_list(struct app *app, const struct list *list)
{
	const struct traces *traces = traces_of(app);

	app->state.traces.top = list->top;
	if (list->cursor < traces->lines.len) {
		app->state.traces.track = traces->list->rows[traces->lines.at[list->cursor].row].track;
		app->state.traces.part = traces->lines.at[list->cursor].part;
	}
	return UPDATE_DRAW;
}

void
traces_settle(struct app *app, enum follow follow)
{
	traces_of(app);
	if (app->state.pane == PANE_CHART && charts_layout(app).count == 0)
		app->state.pane = PANE_TRACES;
	charts_settle(app);
	/* A service whose trace has been folded gives way to it. */
	if (app->state.traces.part && !traces_chosen(app))
		app->state.traces.part = 0;
	struct list list = list_now(app);
	if (follow == FOLLOW_CURSOR)
		list_settle(&list);
	else
		list_scroll(&list, 0);
	put_list(app, &list);
}

struct rect
traces_list_rect(const struct app *app)
{
	return charts_layout(app).list;
}

static unsigned
move(struct app *app, int64_t by)
{
	struct list list = list_now(app);

	list_move(&list, by);
	return put_list(app, &list);
}

/* The chosen row keeps its height on the screen as far as it can. */
static unsigned
sort_by(struct app *app, enum trace_sort sort)
{
	struct traces_state *state = &app->state.traces;
	bool grows = trace_sort_grows(sort);

	app_remember(app, HISTORY_SORT);
	state->descending = state->sort == sort ? !state->descending : !grows;
	state->sort = sort;
	state->top = 0;
	struct list list = list_now(app);
	list.cursor = 0;
	return put_list(app, &list);
}

static unsigned
sort_step(struct app *app, int by)
{
	int sort = (int)app->state.traces.sort;

	do
		sort = (sort + by + TRACE_SORTS) % TRACE_SORTS;
	while (!traces_can_sort(traces_of(app), (enum trace_sort)sort));
	return sort_by(app, (enum trace_sort)sort);
}

static unsigned
fold(struct app *app, enum fold_kind kind, uint32_t what)
{
	app_remember(app, HISTORY_FOLD);
	app->state.traces.folds = folds_add(&app->folds, app->state.traces.folds, kind, what);
	return UPDATE_DRAW;
}

static unsigned
toggle(struct app *app)
{
	const struct trace_row *row = chosen_row(app);

	if (!row || row->services == 0 || traces_of(app)->threads)
		return app_say(app, "there are no services to show");
	app->state.traces.part = 0;
	return fold(app, FOLD_TOGGLE, row->track);
}

/* In: unfolds, then to the first service.  Out: to the trace, then folds. */
static unsigned
step(struct app *app, bool in)
{
	const struct traces *traces = traces_of(app);
	const struct trace_row *row = chosen_row(app);
	bool open = row && bits_has(traces->unfolded, row->track);

	if (!row)
		return UPDATE_NONE;
	if (app->state.traces.part) {
		app->state.traces.part = in ? app->state.traces.part : 0;
		return UPDATE_DRAW;
	}
	if (open && in)
		return move(app, 1);
	return open != in && row->services && !traces->threads ? toggle(app) : UPDATE_DRAW;
}

unsigned
traces_open(struct app *app, track_id track)
{
	struct view_state target = app->state;
	struct tree_spec usual = session_default_spec(app->session, track);
	bool same = target.recipe.spec.track == usual.track;

	target.traces.track = track;
	target.traces.part = 0;
	target.recipe.spec.track = usual.track;
	if (!same)
		target.recipe.spec.merge = usual.merge;
	if (!same)
		target.aside = (struct spot){ 0 };
	state_turn_to(&target, history_tree_view(&app->history));
	app_remember(app, 0);
	return app_go(app, &target, GO_STATE);
}

static unsigned
go_in(struct app *app)
{
	const struct trace_row *row = chosen_row(app);

	return row ? traces_open(app, row->track) : UPDATE_NONE;
}

unsigned
traces_copy(struct app *app)
{
	const struct trace_row *row = chosen_row(app);
	struct buf text = { 0 };

	if (!row)
		return app_say(app, "there is nothing to copy");
	const struct track *track = &app->session->ds->tracks[row->track];
	if (track->kind == TRACK_TRACE)
		trace_id_add(track, &text);
	if (text.len == 0)
		traces_name(app, row, &text);
	unsigned update = copy_put(app, buf_str(&text));
	buf_fini(&text);
	return app_say(app, "copied %s", app->copy) | update;
}

/* To the next line of which that can be said, going round. */
static bool
seek(struct app *app, bool backwards, bool (*is_it)(const struct traces *traces, uint32_t row))
{
	struct list list = list_now(app);
	const struct traces *traces = traces_of(app);

	for (uint32_t step = 1; step <= list.count; step++) {
		uint32_t at = (uint32_t)(((uint64_t)list.cursor + (backwards ? list.count - step : step)) % list.count);
		if (traces->lines.at[at].part == 0 && is_it(traces, traces->lines.at[at].row)) {
			list.cursor = at;
			put_list(app, &list);
			return true;
		}
	}
	return false;
}

static bool
has_failed(const struct traces *traces, uint32_t row)
{
	return traces->list->rows[row].errors > 0;
}

unsigned
traces_search(struct app *app, bool backwards)
{
	return seek(app, backwards, traces_finds) ? UPDATE_DRAW : app_say(app, "nothing listed matches %s", app_search(app));
}

unsigned
traces_error(struct app *app, bool backwards)
{
	return seek(app, backwards, has_failed) ? UPDATE_DRAW : app_say(app, "nothing listed has an error");
}

/* From the list to the details, to the charts, as far as they are there. */
unsigned
traces_next_pane(struct app *app)
{
	struct view_state *state = &app->state;
	bool from_list = state->pane == PANE_TRACES && !state->in_details, from_chart = state->pane == PANE_CHART && !state->in_details;

	app->charting = (struct charting){ 0 };
	state->in_details = from_list && state->details;
	state->pane = state->in_details || from_chart ? PANE_TRACES : PANE_CHART;
	if (state->pane == PANE_TRACES || charts_layout(app).count)
		return UPDATE_DRAW;
	state->pane = PANE_TRACES;
	return from_list ? app_say(app, "no chart is shown: D shows one") : UPDATE_DRAW;
}

bool
traces_decides(enum action action)
{
	static const enum action own[] = {
		ACT_ENTER, ACT_COPY, ACT_FOLD, ACT_SEARCH_NEXT, ACT_SEARCH_PREV, ACT_ERROR_NEXT, ACT_ERROR_PREV,
	};

	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (own[i] == action)
			return true;
	return false;
}

bool
traces_can(struct app *app, enum action action)
{
	const struct traces *traces = traces_of(app);

	switch (action) {
	case ACT_ENTER:
	case ACT_COPY:        return traces->lines.len > 0;
	case ACT_FOLD:        return !traces->threads && traces->lines.len > 0;
	case ACT_SEARCH_NEXT:
	case ACT_SEARCH_PREV: return traces->found_count > 0;
	case ACT_ERROR_NEXT:
	case ACT_ERROR_PREV:  return app->session->facts.errors > 0;
	default:              return false;
	}
}

bool
traces_act(struct app *app, enum action action, unsigned *update_out)
{
	if (app->state.pane == PANE_CHART)
		return charts_act(app, action, update_out);
	int rows = traces_list_rect(app).rows;
	int64_t page = rows > 2 ? rows - 2 : 1;
	unsigned update;
	int64_t by;

	if (list_way(action, page, &by)) {
		*update_out = move(app, by);
		return true;
	}
	switch (action) {
	case ACT_MOVE_LEFT:    update = step(app, false); break;
	case ACT_MOVE_RIGHT:   update = step(app, true); break;
	case ACT_CHART:        charts_act(app, action, &update); break;
	case ACT_ENTER:        update = go_in(app); break;
	case ACT_FOLD:         update = toggle(app); break;
	case ACT_UNFOLD_ALL:   update = fold(app, FOLD_ALL, 0); break;
	case ACT_FOLD_ALL:     update = fold(app, FOLD_USUAL, 0); break;
	case ACT_SORT_PREV:    update = sort_step(app, -1); break;
	case ACT_SORT_NEXT:    update = sort_step(app, 1); break;
	case ACT_SORT_REVERSE: update = sort_by(app, app->state.traces.sort); break;
	default:               return false;
	}
	*update_out = update;
	return true;
}

unsigned
traces_click(struct app *app, enum hit_kind kind, uint32_t arg)
{
	if (kind == HIT_CHART)
		return charts_choose(app, (enum trace_chart)arg);
	if (kind == HIT_COLUMN)
		return sort_by(app, (enum trace_sort)arg);
	app->state.traces.track = arg;
	app->state.traces.part = 0;
	app->state.pane = PANE_TRACES;
	return toggle(app);
}

unsigned
traces_mouse(struct app *app, const struct event *event)
{
	struct rect rect = traces_list_rect(app);
	struct list list = list_now(app);

	if (event->row < rect.row)
		return charts_mouse(app, event);
	if (event->what == MOUSE_WHEEL_UP || event->what == MOUSE_WHEEL_DOWN) {
		app->follow = FOLLOW_SCREEN;
		list_scroll(&list, event->what == MOUSE_WHEEL_UP ? -WHEEL_ROWS : WHEEL_ROWS);
		return put_list(app, &list);
	}
	if (event->what != MOUSE_PRESS || event->row <= rect.row)
		return UPDATE_NONE;
	uint32_t row = list.top + (uint32_t)(event->row - rect.row - 1);
	app->state.pane = PANE_TRACES;
	if (row >= list.count)
		return UPDATE_DRAW;
	list.cursor = row;
	put_list(app, &list);
	if (event->button == BUTTON_RIGHT)
		return menu_open(app, event->col, event->row);
	return event->clicks == 2 ? go_in(app) : UPDATE_DRAW;
}

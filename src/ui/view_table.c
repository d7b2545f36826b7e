/* SPDX-License-Identifier: MIT
 * What keys and mouse do in the table of functions. */
#include "config.h"

#include "ui/change.h"
#include "ui/grouping.h"
#include "ui/list_act.h"
#include "ui/table_groups.h"
#include "ui/table.h"
#include "util/choices.h"


static const enum top_sort sort_order[] = { TOP_NAME, TOP_SELF, TOP_TOTAL, TOP_COUNT };    /* as the columns stand */

enum { SORTS = sizeof sort_order / sizeof *sort_order, WHEEL_ROWS = 3 };

const struct top *
table_rows(struct app *app)
{
	const struct view_state *state = &app->state;

	struct table_want want = { state->focus, state->table_by, state->sort, state->ascending, state->only_matches };

	return scene_table(app_scene(app), app->session->ds, &want);
}

node_id
table_node(struct app *app, const struct top_row *row)
{
	return row ? scene_heaviest(app_scene(app), row, app->state.table_by, app->state.focus) : NODE_ALL;
}

static struct list
table_list(struct app *app)
{
	int rows = app_screen(app).table.rows - 1;    /* less the header */

	return (struct list){
		.count = table_rows(app)->count,
		.cursor = app->state.table_row,
		.top = app->state.table_top,
		.visible = rows > 0 ? (uint32_t)rows : 1,
	};
}

static unsigned
put_list(struct app *app, const struct list *list)
{
	app->state.table_row = list->cursor;
	app->state.table_top = list->top;
	return UPDATE_DRAW;
}

void
table_reveal(struct app *app)
{
	const struct dataset *ds = app->session->ds;
	const struct top *top = table_rows(app);
	frame_id frame = app_scene(app)->tree->frame[app->state.cursor];

	if (frame == ID_NONE)
		return;
	frame_id *first = top_firsts(ds, app->state.table_by);
	for (uint32_t i = 0; i < top->count; i++)
		if (first[top->rows[i].frame] == first[frame]) {
			app->state.table_row = i;
			break;
		}
	free(first);
}

const struct top_row *
table_chosen(struct app *app)
{
	const struct top *top = table_rows(app);

	return app->state.table_row < top->count ? &top->rows[app->state.table_row] : NULL;
}

frame_id
table_frame(struct app *app)
{
	const struct top_row *row = table_chosen(app);

	bool is_box = app->state.table_by == TOP_FUNCTIONS || (app->state.table_by == TOP_LABELS && row && app->session->ds->frames[row->frame].of_label);

	return row && is_box ? row->frame : ID_NONE;
}

void
table_name(struct app *app, const struct top_row *row, struct buf *out)
{
	if (app->state.table_by == TOP_FUNCTIONS) {
		buf_add(out, names_show(&app->names, row->frame, app->state.brief, NULL));
		return;
	}
	names_safe(top_key(app->session->ds, row->frame, app->state.table_by), out);
	if (out->len == 0)
		buf_add(out, app->state.table_by == TOP_LABELS ? group_on(app) ? STR("no label is above it") : STR("no labels are shown: J puts some above the stacks") : STR("no file is known"));
}

unsigned
table_by_next(struct app *app)
{
	struct view_state target = app->state;

	app_remember(app, 0);
	target.table_by = (enum top_by)((target.table_by + 1) % (TOP_LABELS + 1));
	target.table_row = target.table_top = 0;
	if (target.table_by == TOP_LABELS && (!group_on(app) || dataset_has_spans(app->session->ds))) {
		target.table_by = TOP_FUNCTIONS;
		if (!group_on(app) && group_can(app)) {
			app->state = target;
			return table_key_open(app);
		}
	}
	return app_go(app, &target, GO_STATE) | app_say(app, "a row for each %s", table_by_word(app, target.table_by));
}

unsigned
table_only_matches(struct app *app)
{
	app_remember(app, 0);
	app->state.only_matches = !app->state.only_matches;
	app->state.table_row = app->state.table_top = 0;
	/* Without a search there is nothing to leave: it is asked for. */
	if (app->state.only_matches && app->state.search == STR_EMPTY && app_pane(app) == PANE_TABLE)
		return prompt_open(app, PROMPT_SEARCH);
	if (app->state.view == VIEW_TIMELINE)
		return app_say(app, "%s", app->state.only_matches ? "only spans that a search or query finds, and those above them" : "all spans");
	return app_say(app, "%s", app->state.only_matches ? "a search leaves only what it finds in the list" : "a search leaves all rows in the list");
}

void
table_settle(struct app *app, enum follow follow)
{
	struct list list = table_list(app);

	if (follow == FOLLOW_CURSOR)
		list_settle(&list);
	else
		list_scroll(&list, 0);
	put_list(app, &list);
}

unsigned
table_sort_by(struct app *app, enum top_sort sort)
{
	struct view_state *state = &app->state;

	app_remember(app, HISTORY_SORT);
	state->ascending = state->sort == sort ? !state->ascending : sort == TOP_NAME;
	state->sort = sort;
	state->table_row = state->table_top = 0;
	return UPDATE_DRAW;
}

static unsigned
sort_step(struct app *app, int by)
{
	for (int i = 0; i < SORTS; i++)
		if (sort_order[i] == app->state.sort)
			return table_sort_by(app, sort_order[(i + by + SORTS) % SORTS]);
	return UPDATE_NONE;
}

static unsigned
move(struct app *app, int64_t by)
{
	struct list list = table_list(app);

	list_move(&list, by);
	return put_list(app, &list);
}

static unsigned
go_to_graph(struct app *app)
{
	const struct top *top = table_rows(app);

	if (app->state.table_row >= top->count)
		return UPDATE_NONE;
	node_id node = table_node(app, &top->rows[app->state.table_row]);
	if (!flame_has_width(app, node))
		return UPDATE_DRAW;
	app_remember(app, 0);
	if (app->state.view == VIEW_TABLE)
		app->state.view = VIEW_FLAME;
	app->state.pane = PANE_FLAME;
	return flame_bring(app, node);
}

bool
table_act(struct app *app, enum action action, unsigned *update_out)
{
	int64_t page = app_screen(app).table.rows > 2 ? app_screen(app).table.rows - 2 : 1;
	unsigned update;
	int64_t by;

	if (list_way(action, page, &by)) {
		*update_out = move(app, by);
		return true;
	}
	switch (action) {
	case ACT_ENTER:        update = go_to_graph(app); break;
	case ACT_SORT_PREV:    update = sort_step(app, -1); break;
	case ACT_SORT_NEXT:    update = sort_step(app, 1); break;
	case ACT_SORT_REVERSE: update = table_sort_by(app, app->state.sort); break;
	default:               return false;
	}
	*update_out = update;
	return true;
}

unsigned
table_mouse(struct app *app, const struct event *event)
{
	struct rect rect = app_screen(app).table;
	struct list list = table_list(app);

	if (event->what == MOUSE_WHEEL_UP || event->what == MOUSE_WHEEL_DOWN) {
		list_scroll(&list, event->what == MOUSE_WHEEL_UP ? -WHEEL_ROWS : WHEEL_ROWS);
		return put_list(app, &list);
	}
	if (event->what != MOUSE_PRESS || event->row == rect.row)
		return UPDATE_NONE;
	uint32_t row = list.top + (uint32_t)(event->row - rect.row - 1);
	app->state.pane = PANE_TABLE;
	if (row >= list.count)
		return UPDATE_DRAW;
	list.cursor = row;
	put_list(app, &list);
	if (event->button == BUTTON_RIGHT)
		return menu_open(app, event->col, event->row);
	return event->clicks == 2 ? go_to_graph(app) : UPDATE_DRAW;
}

/* SPDX-License-Identifier: MIT
 * What keys and mouse do in the call tree. */
#include "config.h"

#include "ui/calltree.h"
#include "ui/list_act.h"
#include "util/unit.h"

enum { WHEEL_ROWS = 3, LEVELS_MOST = 100000 };

const struct folding *
calltree_folding(struct app *app)
{
	struct scene *scene = app_scene(app);

	folding_show(&scene->folding, &app->folds, app->state.folds, app->state.focus);
	return &scene->folding;
}

const struct folding *
calltree_rows(struct app *app)
{
	calltree_folding(app);
	folding_list(&app_scene(app)->folding);
	return &app_scene(app)->folding;
}

static struct list
tree_list(struct app *app)
{
	const struct folding *folding = calltree_rows(app);
	int rows = app_screen(app).table.rows - 1;    /* less the heading */

	return (struct list){
		.count = folding->count,
		.cursor = folding_row(folding, app->state.cursor),
		.top = app->state.tree_top,
		.visible = rows > 0 ? (uint32_t)rows : 1,
	};
}

static unsigned
put_list(struct app *app, const struct list *list)
{
	app->state.cursor = folding_at(calltree_rows(app), list->cursor);
	app->state.tree_top = list->top;
	return UPDATE_DRAW;
}

void
calltree_settle(struct app *app, enum follow follow)
{
	const struct tree *tree = app_scene(app)->tree;

	if (app->state.focus >= tree->count)
		app->state.focus = NODE_ALL;
	if (app->state.cursor >= tree->count || !tree_is_inside(tree, app->state.cursor, app->state.focus))
		app->state.cursor = app->state.focus;
	struct list list = tree_list(app);
	if (follow == FOLLOW_CURSOR)
		list_settle(&list);
	else
		list_scroll(&list, 0);
	put_list(app, &list);
}

static bool
has_children(const struct tree *tree, node_id node)
{
	return tree->end[node] > node + 1;
}

static void
fold(struct app *app, enum fold_kind kind, uint32_t what)
{
	app->state.folds = folds_add(&app->folds, app->state.folds, kind, what);
}

void
calltree_reveal(struct app *app)
{
	const struct tree *tree = app_scene(app)->tree;
	const struct folding *folding = calltree_rows(app);

	for (;;) {
		node_id shown = folding_at(folding, folding_row(folding, app->state.cursor));
		if (shown == app->state.cursor || !tree_is_inside(tree, app->state.cursor, shown))
			return;
		fold(app, FOLD_TOGGLE, shown);
		calltree_rows(app);
	}
}

unsigned
calltree_go_to(struct app *app, node_id node)
{
	app_remember(app, HISTORY_FIND);
	if (!tree_is_inside(app_scene(app)->tree, node, app->state.focus))
		app->state.focus = NODE_ALL;
	app->state.cursor = node;
	calltree_reveal(app);
	return UPDATE_DRAW;
}

static unsigned
toggle(struct app *app)
{
	node_id node = app->state.cursor;

	if (!has_children(app_scene(app)->tree, node))
		return app_say(app, "there is nothing below it");
	if (node == app->state.focus)
		return app_say(app, "the first row stays open");
	app_remember(app, HISTORY_FOLD);
	fold(app, FOLD_TOGGLE, node);
	return UPDATE_DRAW;
}

/* In: unfolds, then to the first child.  Out: folds, then to the parent. */
static unsigned
step(struct app *app, bool in)
{
	const struct tree *tree = app_scene(app)->tree;
	const struct folding *folding = calltree_folding(app);
	node_id node = app->state.cursor;
	bool open = has_children(tree, node) && folding_is_open(folding, node);

	if (in ? has_children(tree, node) && !open : open && node != app->state.focus)
		return toggle(app);
	if (in && open)
		app->state.cursor = node + 1;
	if (!in && node != app->state.focus)
		app->state.cursor = tree->parent[node];
	return UPDATE_DRAW;
}

static unsigned
move(struct app *app, int64_t by)
{
	struct list list = tree_list(app);

	list_move(&list, by);
	return put_list(app, &list);
}

static unsigned
go_in(struct app *app)
{
	node_id node = app->state.cursor;

	if (!flame_has_width(app, node))
		return UPDATE_DRAW;
	flame_focus_on(app, node);
	app->state.view = VIEW_FLAME;
	app->state.pane = PANE_FLAME;
	return UPDATE_DRAW;
}

static unsigned
fold_base(struct app *app, enum fold_kind kind, uint32_t what)
{
	app_remember(app, HISTORY_FOLD);
	fold(app, kind, what);
	return UPDATE_DRAW;
}

unsigned
calltree_unfold_to(struct app *app, struct str levels)
{
	double number;

	if (!number_parse(levels, &number) || number < 1 || number > LEVELS_MOST)
		return app_say(app, "how many levels to unfold is a number from 1");
	return fold_base(app, FOLD_LEVEL, (uint32_t)number);
}

bool
calltree_act(struct app *app, enum action action, unsigned *update_out)
{
	int64_t page = app_screen(app).table.rows > 2 ? app_screen(app).table.rows - 2 : 1;
	unsigned update;
	int64_t by;

	if (list_way(action, page, &by)) {
		*update_out = move(app, by);
		return true;
	}
	switch (action) {
	case ACT_MOVE_LEFT:  update = step(app, false); break;
	case ACT_MOVE_RIGHT: update = step(app, true); break;
	case ACT_ENTER:      update = go_in(app); break;
	case ACT_FOLD:       update = toggle(app); break;
	case ACT_UNFOLD_ALL: update = fold_base(app, FOLD_ALL, 0); break;
	case ACT_FOLD_ALL:   update = fold_base(app, FOLD_LEVEL, 1); break;
	case ACT_UNFOLD_TO:  update = prompt_open(app, PROMPT_LEVELS); break;
	default:             return false;
	}
	*update_out = update;
	return true;
}

unsigned
calltree_mouse(struct app *app, const struct event *event)
{
	struct rect rect = app_screen(app).table;
	struct list list = tree_list(app);

	if (event->what == MOUSE_WHEEL_UP || event->what == MOUSE_WHEEL_DOWN) {
		app->follow = FOLLOW_SCREEN;
		list_scroll(&list, event->what == MOUSE_WHEEL_UP ? -WHEEL_ROWS : WHEEL_ROWS);
		return put_list(app, &list);
	}
	if (event->what != MOUSE_PRESS || event->row == rect.row)
		return UPDATE_NONE;
	uint32_t row = list.top + (uint32_t)(event->row - rect.row - 1);
	if (row >= list.count)
		return UPDATE_NONE;
	list.cursor = row;
	put_list(app, &list);
	if (event->button == BUTTON_RIGHT)
		return menu_open(app, event->col, event->row);
	return event->clicks == 2 ? go_in(app) : UPDATE_DRAW;
}

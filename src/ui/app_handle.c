/* SPDX-License-Identifier: MIT
 * Who an event is for, and the state made one that can be drawn after it. */
#include "config.h"

#include "ui/app.h"

#include "ui/bindings.h"
#include "ui/calltree.h"
#include "ui/change.h"
#include "ui/charts.h"
#include "ui/details.h"
#include "ui/fetch.h"
#include "ui/goto.h"
#include "ui/pills.h"
#include "ui/shown_attribute.h"
#include "ui/timeline.h"
#include "ui/traces.h"
#include "ui/viewer.h"
#include "ui/work.h"
#include "ui/writing.h"

enum { SAME_MS = 80 };    /* that the cursor rests before the boxes of its frame are highlighted */

void
app_settle(struct app *app)
{
	node_id cursor = app->state.cursor;

	/* What is merged by now is shown by the graph. */
	if (app->state.view == VIEW_TIMELINE && !app->scene->tree->timed)
		state_turn_to(&app->state, VIEW_FLAME);
	flame_settle(app, app->follow);
	/* Drawn in the graph or not: another view has a row for every node, or leaves the cursor for the graph that comes after it. */
	const struct tree *tree = app->scene->tree;
	bool outside = cursor >= tree->count || (!tree_is_inside(tree, cursor, app->state.focus) && !tree_is_inside(tree, app->state.focus, cursor));
	if (!view_has_flame(app->state.view) && !outside)
		app->state.cursor = cursor;
	if (app->state.view == VIEW_TREE)
		calltree_settle(app, app->follow);
	app->more_events = false;
	if (app->state.view == VIEW_TIMELINE)
		timeline_settle(app, app->follow);
	if (app->state.view == VIEW_TRACES)
		traces_settle(app, app->follow);
	if (app_pane(app) == PANE_TABLE || app->state.view == VIEW_BOTH)
		table_settle(app, app->follow);
	if (app->state.details)
		details_settle(app);
	app_note_span(app);
	/* The old highlight goes at once: what it leaves need not be drawn twice. */
	if (app->same != app_frame(app)) {
		app->same = ID_NONE;
		if (!app->same_due)
			app->same_due = app->now + SAME_MS;
	}
}

static unsigned
handle_key(struct app *app, const struct event *event)
{
	bool hovered = app->hover.on;
	enum action action = binding_find(event->key, event->mods, app_places(app));

	app->hover.on = false;
	return (action != ACT_NONE ? app_act(app, action) : UPDATE_NONE) | (hovered ? UPDATE_DRAW : UPDATE_NONE);
}

static unsigned
handle_hit(struct app *app, struct hit hit)
{
	if (app->state.view == VIEW_TRACES && (hit.kind == HIT_FOLD || hit.kind == HIT_COLUMN || hit.kind == HIT_CHART))
		return traces_click(app, hit.kind, hit.arg);
	switch (hit.kind) {
	case HIT_ACTION: return app_act(app, (enum action)hit.arg);
	case HIT_PILL:   return pill_remove(app, (enum pill_kind)hit.arg);
	case HIT_FOLD:   app->state.cursor = hit.arg; return app_act(app, ACT_FOLD);
	case HIT_SECTION: return details_go_to_entry(app, hit.arg);
	case HIT_COLUMN: return table_sort_by(app, (enum top_sort)hit.arg);
	default:         return UPDATE_NONE;
	}
}

/* The edge of the details pane: the detail bar, which draws it up, or the line at its side. */
static unsigned
press_edge(struct app *app, const struct event *event)
{
	if (event->button != BUTTON_LEFT)
		return UPDATE_NONE;
	if (event->clicks == 2)
		return details_toggle(app);
	app->drag.kind = DRAG_DETAILS;
	return UPDATE_NONE;
}

/* Where the pointer is decides, but a drag belongs to where it began. */
unsigned
app_mouse(struct app *app, const struct event *event)
{
	struct screen screen = app_screen(app);
	struct hit hit = hits_at(&app->hits, event->col, event->row);
	bool hovered = app->hover.on;

	if (event->what == MOUSE_RELEASE) {
		unsigned update = app->drag.kind == DRAG_CHART ? charts_release(app)
		                  : app->drag.kind == DRAG_FLAME ? flame_release(app)
		                                                 : timeline_release(app);
		app->drag.kind = DRAG_NONE;
		return update;
	}
	if (event->what == MOUSE_DRAG && app->drag.kind == DRAG_DETAILS)
		return details_drag(app, event);
	if (event->what == MOUSE_DRAG && app->state.view == VIEW_TRACES)
		return charts_mouse(app, event);
	if (event->what == MOUSE_DRAG && app->state.view == VIEW_TIMELINE)
		return timeline_mouse(app, event);
	if (event->what == MOUSE_DRAG)
		return app->drag.kind == DRAG_MINIMAP ? minimap_mouse(app, event, screen.minimap) : flame_mouse(app, event);
	if (hit.kind != HIT_NONE && event->what == MOUSE_PRESS)
		return event->button == BUTTON_LEFT ? handle_hit(app, hit) : UPDATE_NONE;
	if (rect_has(screen.details, event->col, event->row) && screen.details.rows)
		return details_mouse(app, event);
	if (event->what == MOUSE_PRESS && (rect_has(screen.detail, event->col, event->row) || rect_has(screen.grip, event->col, event->row)))
		return press_edge(app, event);
	if (event->what == MOUSE_PRESS)
		app->state.in_details = false;
	if ((view_has_table(app->state.view) || app->state.view == VIEW_TREE) && rect_has(screen.table, event->col, event->row)) {
		if (event->what == MOUSE_MOVE)
			return app_hover(app, event);
		app->hover.on = false;
		return (app->state.view == VIEW_TREE ? calltree_mouse : table_mouse)(app, event) | (hovered ? UPDATE_DRAW : UPDATE_NONE);
	}
	if (app->state.view == VIEW_TIMELINE &&
	    (rect_has(screen.table, event->col, event->row) || rect_has(screen.axis, event->col, event->row) || rect_has(screen.work, event->col, event->row) ||
	     rect_has(screen.minimap, event->col, event->row)))
		return timeline_mouse(app, event);
	if (app->state.view == VIEW_TRACES && rect_has(screen.table, event->col, event->row))
		return traces_mouse(app, event);
	if (view_has_flame(app->state.view) && rect_has(screen.minimap, event->col, event->row)) {
		app->hover.on = false;
		return minimap_mouse(app, event, screen.minimap) | (hovered ? UPDATE_DRAW : UPDATE_NONE);
	}
	if (view_has_flame(app->state.view) && rect_has(screen.work, event->col, event->row))
		return work_mouse(app, event, screen.work);
	if (view_has_flame(app->state.view) && rect_has(screen.flame, event->col, event->row))
		return flame_mouse(app, event);
	app->hover.on = false;
	return hovered ? UPDATE_DRAW : UPDATE_NONE;
}

/* The picture stands still until the next one is there, or is not wanted any more. */
static unsigned
handle_while_building(struct app *app, const struct event *event)
{
	if (event->kind != EVENT_KEY)
		return UPDATE_NONE;
	if (event->key == 'z' && event->mods == MOD_CTRL)
		return UPDATE_STOP;
	if (event->key == K_ESC || event->key == 'q' || (event->key == 'c' && event->mods == MOD_CTRL)) {
		app->ahead.count = 0;
		return app_stop_building(app);
	}
	if (app->ahead.count < sizeof app->ahead.keys / sizeof *app->ahead.keys)
		app->ahead.keys[app->ahead.count++] = *event;
	return UPDATE_NONE;
}

static unsigned
handle_input(struct app *app, const struct event *event)
{
	if (app->loading.job || !app->scene)
		return loading_handle(app, event);
	if (app_is_building(app))
		return handle_while_building(app, event);
	if (event->kind == EVENT_MOUSE && !app->mouse)
		return UPDATE_NONE;
	if (app->popup.ops)
		return popup_handle(app, event);
	if (app->prompt.kind != PROMPT_NONE)
		return prompt_handle(app, event);
	bool stops = event->kind == EVENT_KEY && (event->key == K_ESC || (event->key == 'c' && event->mods == MOD_CTRL));
	if (stops && shown_attribute_stop(app))
		return app_say(app, "stopped: the picture does without the attribute");
	if (stops && writing_stop(app))
		return UPDATE_DRAW;
	if (event->kind == EVENT_KEY)
		return handle_key(app, event);
	return event->kind == EVENT_MOUSE ? app_mouse(app, event) : UPDATE_NONE;
}

/* Takes the keys typed ahead, until one of them begins to build again.  Those after a reload are for nothing that is there. */
static unsigned
type_ahead(struct app *app)
{
	struct ahead ahead = app->ahead;
	unsigned update = UPDATE_NONE;
	size_t taken = 0;

	app->ahead.count = 0;
	while (taken < ahead.count && app->scene && !app_is_building(app) && !app->quit && !(update & UPDATE_RELOAD)) {
		app_settle(app);
		update |= handle_input(app, &ahead.keys[taken++]);
	}
	while (taken < ahead.count && app_is_building(app))
		app->ahead.keys[app->ahead.count++] = ahead.keys[taken++];
	return update;
}

static unsigned
handle_tick(struct app *app)
{
	unsigned update = app_poll_building(app) | fetch_poll(app) | writing_poll(app);

	if (app->reload && !app_is_building(app)) {
		app->reload = false;
		app->ahead.count = 0;
		return update | UPDATE_RELOAD;
	}
	if (app->ahead.count && !app_is_building(app))
		update |= type_ahead(app);
	if (app->message && app->now >= app->message_until) {
		free(app->message);
		app->message = NULL;
		update |= UPDATE_DRAW;
	}
	if (app->scene && app->same_due && app->now >= app->same_due) {
		frame_id frame = app_frame(app);
		if (frame != app->same)
			update |= UPDATE_DRAW;
		app->same = frame;
		app->same_due = 0;
	}
	if (app->hover.on && app->options.hover_delay_ms)
		update |= UPDATE_DRAW;
	if (app->loading.job || app_is_building(app) || app->more_events)
		update |= UPDATE_DRAW;
	return update;
}

static unsigned
handle_background(struct app *app, uint32_t rgb)
{
	uint32_t luma = 299 * (rgb >> 16 & 0xff) + 587 * (rgb >> 8 & 0xff) + 114 * (rgb & 0xff);
	const struct theme *theme = theme_find(luma > 127500 ? STR("light") : STR("dark"));

	if (app->theme_chosen || theme == app->theme)
		return UPDATE_NONE;
	app->theme = theme;
	return UPDATE_DRAW | UPDATE_REDRAW;
}

/* The builder may still look at patterns that the next dataset adds to, and what it makes is to be kept. */
static unsigned
put_off_reload(struct app *app, unsigned update)
{
	if (!(update & UPDATE_RELOAD) || !app_is_building(app))
		return update;
	app->reload = true;
	return update & ~(unsigned)UPDATE_RELOAD;
}

unsigned
app_handle(struct app *app, const struct event *event, uint64_t now_ms)
{
	unsigned update = UPDATE_NONE;

	app->now = now_ms;
	app->follow = FOLLOW_CURSOR;
	if (app->quit)
		return UPDATE_QUIT;
	switch (event->kind) {
	case EVENT_RESIZE:
		app->cols = event->cols > 0 ? event->cols : 1;
		app->rows = event->rows > 0 ? event->rows : 1;
		app->hover.on = false;
		app->drag.kind = DRAG_NONE;
		app->range.on = false;
		update = UPDATE_DRAW;
		break;
	case EVENT_BACKGROUND: update = handle_background(app, event->rgb); break;
	case EVENT_CONTINUE:   update = UPDATE_DRAW | UPDATE_REDRAW; break;
	case EVENT_TICK:       update = handle_tick(app); break;
	case EVENT_LOAD:       update = UPDATE_DRAW; break;
	case EVENT_NONE:       break;
	default:               update = handle_input(app, event); break;
	}
	update = put_off_reload(app, update);
	if (app->scene && (event->kind != EVENT_TICK || update)) {
		if (event->kind == EVENT_KEY && app->same_due)
			app->same_due = now_ms + SAME_MS;
		app_settle(app);
	}
	return app->quit ? update | UPDATE_QUIT : update;
}

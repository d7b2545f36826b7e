/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/app.h"

#include <stdarg.h>
#include <stdio.h>

#include "ui/bindings.h"
#include "ui/calltree.h"
#include "ui/change.h"
#include "ui/charts.h"
#include "ui/details.h"
#include "ui/goto.h"
#include "ui/keep.h"
#include "ui/pills.h"
#include "ui/timeline.h"
#include "ui/traces.h"
#include "ui/viewer.h"
#include "ui/work.h"
#include "util/alloc.h"
#include "util/text.h"

enum { MESSAGE_MS = 3000, SAME_MS = 80, PROGRESS_MS = 100, BUILD_POLL_MS = 20, PATIENCE = 50 * 1000 };

/* ---- life */

static char *
copy_text(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

void
app_set_recipe(struct app *app, const struct recipe *recipe)
{
	app->recipe = *recipe;
	app->asked = true;
}

struct strtab *
app_patterns(struct app *app)
{
	return app->patterns;
}

struct app *
app_new(const struct app_options *options, int cols, int rows)
{
	struct app *app = xcalloc(1, sizeof *app);

	app->options = *options;
	app->options.title = app->title = xstrdup(options->title ? options->title : "");
	app->options.version = app->version = xstrdup(options->version ? options->version : "");
	app->options.search = app->search = copy_text(options->search);
	app->options.sandwich = app->sandwich = copy_text(options->sandwich);
	app->options.focus = app->focus = copy_text(options->focus);
	app->options.theme_folder = app->theme_folder = copy_text(options->theme_folder);
	app->patterns = strtab_new();
	app->cols = cols > 0 ? cols : 1;
	app->rows = rows > 0 ? rows : 1;
	app->theme = options->theme ? theme_find(str_of(options->theme)) : NULL;
	app->theme_chosen = app->theme || options->light;
	if (!app->theme)
		app->theme = theme_find(options->light ? STR("light") : STR("dark"));
	app->mouse = !options->no_mouse;
	app->patience = PATIENCE;
	app->trail = NODE_NONE;
	app->same = ID_NONE;
	app->wanted = app->latest = ID_NONE;
	return app;
}

void
app_drop_session(struct app *app)
{
	if (app->building.builder) {
		app_stop_building(app);
		scene_free(builder_finish(app->building.builder));
		app->building.builder = NULL;
	}
	app->ahead.count = 0;
	popup_close(app);
	if (app->prompt.kind != PROMPT_NONE)
		prompt_close(app);
	details_forget(app);
	app->color_values = NULL;
	names_fini(&app->names);
	session_free(app->session);
	history_fini(&app->history);
	vec_fini(&app->folds);
	app->session = NULL;
	app->scene = NULL;
	app->same = ID_NONE;
	app->trail = NODE_NONE;
	app->wanted = app->latest = ID_NONE;
	app->hover.on = false;
	app->drag.kind = DRAG_NONE;
	app->range.on = false;
}

void
app_free(struct app *app)
{
	if (!app)
		return;
	app_drop_session(app);
	details_free(app);
	for (int i = 0; i < PROMPT_COUNT; i++)
		line_history_fini(&app->prompt.lines[i]);
	vec_fini(&app->hits);
	strtab_free(app->patterns);
	free(app->loading.failure);
	free(app->message);
	free(app->copy);
	free(app->save);
	free(app->write.path);
	free(app->theme_folder);
	own_themes_fini(&app->own_themes);
	kept_free(app->kept);
	free(app->edit);
	free(app->title);
	free(app->version);
	free(app->search);
	free(app->focus);
	free(app->sandwich);
	free(app);
}

/* ---- queries */

struct scene *
app_scene(struct app *app)
{
	return app->scene;
}

struct screen
app_screen(const struct app *app)
{
	return screen_split(app->cols, app->rows, &app->state, app->scene && app->scene->tree->timed && app->scene->tree->span);
}

enum pane
app_pane(const struct app *app)
{
	enum view_id view = app->state.view;

	return view == VIEW_BOTH || view == VIEW_TRACES ? app->state.pane : view_pane(view);
}

unsigned
app_places(const struct app *app)
{
	static const unsigned places[] = {
		[PANE_FLAME] = IN_FLAME, [PANE_TABLE] = IN_TABLE, [PANE_TREE] = IN_TREE, [PANE_TIMELINE] = IN_TIMELINE, [PANE_TRACES] = IN_TRACES,
		[PANE_CHART] = IN_CHART,
	};
	unsigned pane = places[app_pane(app)];

	return pane | (app->state.view == VIEW_BOTH || app->state.details ? IN_BOTH : 0) | (app->state.in_details ? IN_DETAILS : 0);
}

const struct theme *
app_theme(const struct app *app)
{
	return app->theme;
}

bool
app_wants_mouse(const struct app *app)
{
	return app->mouse;
}

bool
app_is_loading(const struct app *app)
{
	return app->loading.job || app_is_building(app);
}

char *
app_take_copy(struct app *app)
{
	char *text = app->copy;

	app->copy = NULL;
	return text;
}

char *
app_take_save(struct app *app)
{
	char *path = app->save;

	app->save = NULL;
	return path;
}

bool
app_take_edit(struct app *app, char **path_out, uint32_t *line_out)
{
	*path_out = app->edit;
	*line_out = app->edit_line;
	app->edit = NULL;
	return *path_out != NULL;
}

/* ---- changes of the state */

unsigned
app_say(struct app *app, const char *format, ...)
{
	struct buf safe = { 0 };
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	text_sanitise(str_of(text), &safe);
	free(app->message);
	app->message = xstrndup(buf_str(&safe).at, safe.len);
	app->message_until = app->now + MESSAGE_MS;
	buf_fini(&safe);
	return UPDATE_DRAW;
}

void
app_message(struct app *app, const char *text, uint64_t now_ms)
{
	app->now = now_ms;
	app_say(app, "%s", text);
}

/* ---- events */

frame_id
app_frame(struct app *app)
{
	return app->state.view == VIEW_TRACES ? traces_frame(app) : app_pane(app) == PANE_TABLE ? table_frame(app) : app->scene->tree->frame[app->state.cursor];
}

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
static unsigned
handle_mouse(struct app *app, const struct event *event)
{
	struct screen screen = app_screen(app);
	struct hit hit = hits_at(&app->hits, event->col, event->row);
	bool hovered = app->hover.on;

	if (event->what == MOUSE_RELEASE) {
		unsigned update = app->drag.kind == DRAG_CHART ? charts_release(app) : timeline_release(app);
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
	if (view_has_table(app->state.view) && rect_has(screen.table, event->col, event->row)) {
		app->hover.on = false;
		return table_mouse(app, event) | (hovered ? UPDATE_DRAW : UPDATE_NONE);
	}
	if (app->state.view == VIEW_TREE && rect_has(screen.table, event->col, event->row))
		return calltree_mouse(app, event);
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
	if (event->kind == EVENT_KEY)
		return handle_key(app, event);
	return event->kind == EVENT_MOUSE ? handle_mouse(app, event) : UPDATE_NONE;
}

/* Takes the keys typed ahead, until one of them begins to build again. */
static unsigned
type_ahead(struct app *app)
{
	struct ahead ahead = app->ahead;
	unsigned update = UPDATE_NONE;
	size_t taken = 0;

	app->ahead.count = 0;
	while (taken < ahead.count && app->scene && !app_is_building(app) && !app->quit) {
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
	unsigned update = app_poll_building(app);

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
	if (app->scene && (event->kind != EVENT_TICK || update)) {
		if (event->kind == EVENT_KEY && app->same_due)
			app->same_due = now_ms + SAME_MS;
		app_settle(app);
	}
	return app->quit ? update | UPDATE_QUIT : update;
}

static void
sooner(int64_t *due, uint64_t when, uint64_t now)
{
	int64_t left = when > now ? (int64_t)(when - now) : 0;

	if (*due < 0 || left < *due)
		*due = left;
}

int
app_next_tick_ms(const struct app *app, uint64_t now_ms)
{
	int64_t due = -1;

	if (app->quit)
		return 0;
	if (app->message)
		sooner(&due, app->message_until, now_ms);
	if (app->same_due && app->scene)
		sooner(&due, app->same_due, now_ms);
	if (app->hover.on && app->hover.due > now_ms)
		sooner(&due, app->hover.due, now_ms);
	if (app->more_events)
		sooner(&due, app->now, now_ms);
	if (app->loading.job)
		sooner(&due, app->now + PROGRESS_MS, now_ms);
	if (app_is_building(app))
		sooner(&due, app->now + BUILD_POLL_MS, now_ms);
	return (int)due;
}

/* ---- drawing */

static void
draw_views(struct app *app, struct grid *grid, const struct screen *screen)
{
	if (app->state.view == VIEW_TREE)
		calltree_draw(app, grid, screen->table);
	if (app->state.view == VIEW_TIMELINE)
		timeline_draw(app, grid);
	if (app->state.view == VIEW_TRACES)
		traces_draw(app, grid, screen->table);
	if (view_has_table(app->state.view))
		table_draw(app, grid, screen->table);
	if (!view_has_flame(app->state.view))
		return;
	if (screen->minimap.rows)
		minimap_draw(app, grid, screen->minimap);
	if (screen->work.rows)
		work_draw(app, grid, screen->work);
	if (app->state.view == VIEW_BOTH && screen->table.rows && screen->flame.row == screen->table.row && screen->flame.col == screen->table.col)
		return;
	flame_draw(app, grid, screen->flame);
}

/* The detail bar, and the pane with its sections at its upper edge. */
static void
draw_details(struct app *app, struct grid *grid, const struct screen *screen)
{
	struct rect bar = screen->detail;
	struct style edge = { PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 };

	if (bar.rows) {
		grid_fill(grid, bar.col, bar.row, bar.cols, (struct style){ PAINT(ROLE_TEXT), PAINT(ROLE_BAR), 0 });
		if (screen->details.rows && !screen->grip.rows)
			bar.cols -= details_sections_draw(app, grid, (struct rect){ bar.col + bar.cols / 2, bar.row, bar.cols - bar.cols / 2, 1 });
		detail_bar_draw(app, grid, bar);
	}
	if (!screen->details.rows)
		return;
	for (int row = 0; row < screen->grip.rows; row++)
		grid_glyph(grid, screen->grip.col, screen->grip.row + row, GLYPH_VLINE, edge);
	if (screen->details_head.rows)
		details_head_draw(app, grid, screen->details_head);
	details_draw(app, grid, screen->details);
}

void
app_draw(struct app *app, struct grid *grid)
{
	struct screen screen = app_screen(app);

	grid->ascii = app->options.ascii;
	grid_clear(grid, (struct style){ .fg = PAINT(ROLE_TEXT), .bg = PAINT(ROLE_BACKGROUND) });
	app->hits.len = 0;
	if (app->loading.job || !app->scene) {
		loading_draw(app, grid);
		return;
	}
	draw_views(app, grid, &screen);
	if (screen.header.rows)
		header_draw(app, grid, screen.header);
	if (screen.tabs.rows)
		tabs_draw(app, grid, screen.tabs);
	draw_details(app, grid, &screen);
	if (screen.stack.rows)
		stack_line_draw(app, grid, screen.stack);
	if (screen.footer.rows)
		footer_draw(app, grid, screen.footer);
	if (view_has_flame(app->state.view))
		tooltip_draw(app, grid, screen.flame);
	else if (app->state.view == VIEW_TIMELINE)
		tooltip_draw(app, grid, screen.table);
	too_small_draw(grid);
	if (app->popup.ops)
		popup_draw(app, grid);
	if (app->prompt.kind != PROMPT_NONE)
		prompt_draw(app, grid);
}

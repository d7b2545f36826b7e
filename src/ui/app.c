/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/app.h"

#include <stdarg.h>
#include <stdio.h>

#include "analysis/label.h"
#include "ui/bindings.h"
#include "ui/pills.h"
#include "ui/viewer.h"
#include "util/alloc.h"
#include "util/text.h"

enum { MESSAGE_MS = 3000, SAME_MS = 80, PROGRESS_MS = 100 };

/* ---- life */

static char *
copy_text(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

void
app_set_spec(struct app *app, const struct tree_spec *spec)
{
	app->spec = *spec;
	app->options.spec = &app->spec;
}

struct app *
app_new(const struct app_options *options, int cols, int rows)
{
	struct app *app = xcalloc(1, sizeof *app);

	app->options = *options;
	app->options.title = app->title = xstrdup(options->title ? options->title : "");
	app->options.version = app->version = xstrdup(options->version ? options->version : "");
	app->options.search = app->search = copy_text(options->search);
	app->options.focus = app->focus = copy_text(options->focus);
	if (options->spec)
		app_set_spec(app, options->spec);
	app->cols = cols > 0 ? cols : 1;
	app->rows = rows > 0 ? rows : 1;
	app->theme = theme_find(options->light ? STR("light") : STR("dark"));
	app->theme_chosen = options->light;
	app->mouse = !options->no_mouse;
	app->trail = NODE_NONE;
	app->same = ID_NONE;
	return app;
}

static void
drop_session(struct app *app)
{
	popup_close(app);
	if (app->prompt.kind != PROMPT_NONE)
		prompt_close(app);
	names_fini(&app->names);
	session_free(app->session);
	history_fini(&app->history);
	app->session = NULL;
	app->scene = NULL;
	app->same = ID_NONE;
	app->trail = NODE_NONE;
	app->hover.on = false;
	app->drag.kind = DRAG_NONE;
}

void
app_free(struct app *app)
{
	if (!app)
		return;
	drop_session(app);
	for (int i = 0; i < PROMPT_COUNT; i++)
		line_history_fini(&app->prompt.lines[i]);
	vec_fini(&app->hits);
	free(app->loading.failure);
	free(app->message);
	free(app->copy);
	free(app->save);
	free(app->title);
	free(app->version);
	free(app->search);
	free(app->focus);
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
	return screen_split(app->cols, app->rows, app->state.view, app->state.pane);
}

enum pane
app_pane(const struct app *app)
{
	return app->state.view == VIEW_FLAME ? PANE_FLAME : app->state.view == VIEW_TABLE ? PANE_TABLE : app->state.pane;
}

unsigned
app_places(const struct app *app)
{
	unsigned pane = app_pane(app) == PANE_FLAME ? IN_FLAME : IN_TABLE;

	return app->state.view == VIEW_BOTH ? pane | IN_BOTH : pane;
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
	return app->loading.job != NULL;
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

void
app_remember(struct app *app, int kind)
{
	history_push(&app->history, &app->state, kind);
}

/* The scene of the present spec, searched for the present pattern. */
static void
take_scene(struct app *app)
{
	app->scene = session_scene(app->session, &app->state.spec);
	scene_search(app->scene, app->session->ds, app->state.search);
}

unsigned
app_change_spec(struct app *app, const struct tree_spec *spec)
{
	struct scene *before = app->scene;
	node_id focus = app->state.focus, cursor = app->state.cursor;

	app->state.spec = *spec;
	take_scene(app);
	if (app->scene == before)
		return UPDATE_DRAW;
	app->state.focus = scene_map(before, focus, app->scene);
	app->state.focus = app->scene->plane->box[app->scene->plane->index_of[app->state.focus]];
	app->state.cursor = scene_map(before, cursor, app->scene);
	const struct focus_info *info = scene_focus(app->scene, app->state.focus);
	app->state.from = info->from;
	app->state.to = info->to;
	app->state.table_row = app->state.table_top = 0;
	app->trail = NODE_NONE;
	return UPDATE_DRAW;
}

void
app_set_search(struct app *app, struct str pattern)
{
	size_t len = pattern.len < SEARCH_BYTES ? pattern.len : SEARCH_BYTES - 1;

	while (len < pattern.len && len > 0 && ((unsigned char)pattern.at[len] & 0xc0) == 0x80)
		len--;
	memset(app->state.search, 0, SEARCH_BYTES);
	memcpy(app->state.search, len ? pattern.at : "", len);
	scene_search(app->scene, app->session->ds, app->state.search);
}

static bool
looks_the_same(const struct app *app, const struct view_state *a, const struct view_state *b)
{
	return a->view == b->view && session_same_tree(app->session, &a->spec, &b->spec) && a->focus == b->focus && a->from == b->from &&
	       a->to == b->to && strcmp(a->search, b->search) == 0;
}

/* Colours and the like are a matter of taste, not of place: they stay as they are. */
unsigned
app_restore(struct app *app, bool forward)
{
	struct view_state before = app->state;
	bool moved = false;

	do {
		if (!history_go(&app->history, &app->state, forward))
			break;
		moved = true;
	} while (looks_the_same(app, &before, &app->state));
	if (!moved)
		return app_say(app, forward ? "nothing to go forward to" : "nothing to go back to");
	app->state.align = before.align;
	app->state.color = before.color;
	app->state.flipped = before.flipped;
	app->trail = NODE_NONE;
	take_scene(app);
	return UPDATE_DRAW;
}

/* ---- loading */

void
app_loading(struct app *app, struct job *job, uint64_t now_ms)
{
	app->now = now_ms;
	app->loading.job = job;
	app->loading.since = now_ms;
	app->loading.asking = false;
	free(app->loading.failure);
	app->loading.failure = NULL;
}

/* The child of this name, whatever way names are shown. */
static node_id
child_named(const struct app *app, node_id parent, struct str name)
{
	const struct tree *tree = app->scene->tree;
	const struct dataset *ds = app->session->ds;
	node_id child = tree_first_child(tree, parent);

	for (; child != NODE_NONE; child = tree_next_sibling(tree, child)) {
		struct buf shown = { 0 };
		label_show(ds, tree->frame[child], &shown);
		bool same = str_equal(buf_str(&shown), name) || str_equal(frame_name(ds, tree->frame[child]), name);
		buf_fini(&shown);
		if (same)
			return child;
	}
	return NODE_NONE;
}

static void
focus_on_path(struct app *app, const char *path)
{
	node_id node = NODE_ALL;

	while (*path && node != NODE_NONE) {
		size_t len = strcspn(path, ";");
		struct buf name = { 0 };
		node = text_unescape((struct str){ path, len }, &name) ? child_named(app, node, buf_str(&name)) : NODE_NONE;
		buf_fini(&name);
		path += len + (path[len] == ';');
	}
	if (node == NODE_NONE)
		app_say(app, "there is no such path to focus on");
	else if (node != NODE_ALL)
		flame_focus_on(app, node);
	app->history.len = app->history.now = 0;
}

static bool
spec_exists(const struct dataset *ds, const struct tree_spec *spec)
{
	return (spec->track == TRACK_ALL || spec->track < ds->track_count) &&
	       (spec->metric.kind == METRIC_SAMPLE_TYPE ? spec->metric.sample_type < ds->sample_type_count : dataset_has_spans(ds));
}

static void
settle(struct app *app)
{
	flame_settle(app, app->follow);
	if (app_pane(app) == PANE_TABLE || app->state.view == VIEW_BOTH)
		table_settle(app, app->follow);
}

static void
open_session(struct app *app, struct dataset *ds)
{
	struct view_state before = app->state;
	bool again = app->session != NULL;
	uint32_t tracks = again ? app->session->ds->track_count : 0;

	drop_session(app);
	app->session = session_new(ds, app->options.spec);
	names_init(&app->names, ds);
	app->start = (struct view_state){ .spec = app->session->start, .sort = TOP_SELF };
	if (app->options.view >= 0 && app->options.view < VIEW_COUNT)
		app->start.view = (enum view_id)app->options.view;
	app->start.pane = app->start.view == VIEW_TABLE ? PANE_TABLE : PANE_FLAME;
	app->state = app->start;
	if (again) {
		app->state = before;
		app->state.focus = app->state.cursor = NODE_ALL;
		if (tracks != ds->track_count || !spec_exists(ds, &app->state.spec))
			app->state.spec = app->start.spec;
	}
	take_scene(app);
	const struct focus_info *info = scene_focus(app->scene, NODE_ALL);
	app->start.from = app->state.from = info->from;
	app->start.to = app->state.to = info->to;
	if (!again && app->search)
		app_set_search(app, str_of(app->search));
	if (!again && app->focus)
		focus_on_path(app, app->focus);
	app->follow = FOLLOW_CURSOR;
	settle(app);
	app->same_due = app->now + SAME_MS;
}

void
app_loaded(struct app *app, struct dataset *ds, const struct error *err, uint64_t now_ms)
{
	struct buf text = { 0 };

	app->now = now_ms;
	app->loading.job = NULL;
	app->loading.asking = false;
	if (ds) {
		open_session(app, ds);
		return;
	}
	if (err)
		error_format(err, &text);
	if (app->session)
		app_say(app, "not read again: %s", buf_str(&text).at);
	else if (err && err->code == ERROR_CANCELLED)
		app->quit = true;
	else
		app->loading.failure = xstrndup(buf_str(&text).at, text.len);
	buf_fini(&text);
}

/* ---- events */

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
	switch (hit.kind) {
	case HIT_ACTION: return app_act(app, (enum action)hit.arg);
	case HIT_PILL:   return pill_remove(app, (enum pill_kind)hit.arg);
	case HIT_COLUMN: return table_sort_by(app, (enum top_sort)hit.arg);
	default:         return UPDATE_NONE;
	}
}

/* Where the pointer is decides, but a drag belongs to where it began. */
static unsigned
handle_mouse(struct app *app, const struct event *event)
{
	struct screen screen = app_screen(app);
	struct hit hit = hits_at(&app->hits, event->col, event->row);
	bool hovered = app->hover.on;

	if (event->what == MOUSE_RELEASE) {
		app->drag.kind = DRAG_NONE;
		return UPDATE_NONE;
	}
	if (event->what == MOUSE_DRAG)
		return app->drag.kind == DRAG_MINIMAP ? minimap_mouse(app, event, screen.minimap) : flame_mouse(app, event);
	if (hit.kind != HIT_NONE && event->what == MOUSE_PRESS)
		return event->button == BUTTON_LEFT ? handle_hit(app, hit) : UPDATE_NONE;
	if (app->state.view != VIEW_FLAME && rect_has(screen.table, event->col, event->row)) {
		app->hover.on = false;
		return table_mouse(app, event) | (hovered ? UPDATE_DRAW : UPDATE_NONE);
	}
	if (app->state.view != VIEW_TABLE && rect_has(screen.minimap, event->col, event->row)) {
		app->hover.on = false;
		return minimap_mouse(app, event, screen.minimap) | (hovered ? UPDATE_DRAW : UPDATE_NONE);
	}
	if (app->state.view != VIEW_TABLE && rect_has(screen.flame, event->col, event->row))
		return flame_mouse(app, event);
	app->hover.on = false;
	return hovered ? UPDATE_DRAW : UPDATE_NONE;
}

static unsigned
handle_input(struct app *app, const struct event *event)
{
	if (app->loading.job || !app->session)
		return loading_handle(app, event);
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

static frame_id
frame_here(struct app *app)
{
	return app_pane(app) == PANE_TABLE ? table_frame(app) : app->scene->tree->frame[app->state.cursor];
}

static unsigned
handle_tick(struct app *app)
{
	unsigned update = UPDATE_NONE;

	if (app->message && app->now >= app->message_until) {
		free(app->message);
		app->message = NULL;
		update |= UPDATE_DRAW;
	}
	if (app->session && app->same_due && app->now >= app->same_due) {
		frame_id frame = frame_here(app);
		if (frame != app->same)
			update |= UPDATE_DRAW;
		app->same = frame;
		app->same_due = 0;
	}
	if (app->hover.on && app->options.hover_delay_ms)
		update |= UPDATE_DRAW;
	if (app->loading.job)
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
		update = UPDATE_DRAW;
		break;
	case EVENT_BACKGROUND: update = handle_background(app, event->rgb); break;
	case EVENT_CONTINUE:   update = UPDATE_DRAW | UPDATE_REDRAW; break;
	case EVENT_TICK:       update = handle_tick(app); break;
	case EVENT_LOAD:       update = UPDATE_DRAW; break;
	case EVENT_NONE:       break;
	default:               update = handle_input(app, event); break;
	}
	if (app->session && event->kind != EVENT_TICK) {
		settle(app);
		if (frame_here(app) != app->same && (update & UPDATE_DRAW))
			app->same_due = now_ms + SAME_MS;
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
	if (app->same_due && app->session)
		sooner(&due, app->same_due, now_ms);
	if (app->hover.on && app->hover.due > now_ms)
		sooner(&due, app->hover.due, now_ms);
	if (app->loading.job)
		sooner(&due, app->now + PROGRESS_MS, now_ms);
	return (int)due;
}

/* ---- drawing */

static void
draw_views(struct app *app, struct grid *grid, const struct screen *screen)
{
	if (app->state.view != VIEW_FLAME)
		table_draw(app, grid, screen->table);
	if (app->state.view == VIEW_TABLE)
		return;
	if (screen->minimap.rows)
		minimap_draw(app, grid, screen->minimap);
	if (app->state.view == VIEW_BOTH && screen->table.rows && screen->flame.row == screen->table.row && screen->flame.col == screen->table.col)
		return;
	flame_draw(app, grid, screen->flame);
}

void
app_draw(struct app *app, struct grid *grid)
{
	struct screen screen = app_screen(app);

	grid->ascii = app->options.ascii;
	grid_clear(grid, (struct style){ .fg = PAINT(ROLE_TEXT), .bg = PAINT(ROLE_BACKGROUND) });
	app->hits.len = 0;
	if (app->loading.job || !app->session) {
		loading_draw(app, grid);
		return;
	}
	draw_views(app, grid, &screen);
	if (screen.header.rows)
		header_draw(app, grid, screen.header);
	if (screen.tabs.rows)
		tabs_draw(app, grid, screen.tabs);
	if (screen.detail.rows)
		detail_bar_draw(app, grid, screen.detail);
	if (screen.stack.rows)
		stack_line_draw(app, grid, screen.stack);
	if (screen.footer.rows)
		footer_draw(app, grid, screen.footer);
	if (app->state.view != VIEW_TABLE)
		tooltip_draw(app, grid, screen.flame);
	if (app->popup.ops)
		popup_draw(app, grid);
	if (app->prompt.kind != PROMPT_NONE)
		prompt_draw(app, grid);
}

/* SPDX-License-Identifier: MIT
 * What keys and mouse do in the details pane. */
#include "config.h"

#include "ui/details_core.h"
#include "ui/goto.h"
#include "ui/instances.h"

enum { WHEEL_LINES = 3, SHARE_STEP = 10 };

/* ---- its size */

static unsigned
set_share(struct app *app, int share)
{
	share = share < DETAILS_SHARE_LEAST ? DETAILS_SHARE_LEAST : share > DETAILS_SHARE_MOST ? DETAILS_SHARE_MOST : share;
	app->state.details = (uint8_t)share;
	return UPDATE_DRAW;
}

unsigned
details_toggle(struct app *app)
{
	struct view_state *state = &app->state;

	if (state->details) {
		state->details = 0;
		state->in_details = false;
		return UPDATE_DRAW;
	}
	state->details = DETAILS_SHARE;
	app->hover.on = false;
	if (app_screen(app).details.rows)
		return UPDATE_DRAW;
	state->details = 0;
	return app_say(app, "there is no room for details: make the window higher");
}

unsigned
details_enter(struct app *app)
{
	if (!app->state.details)
		return details_toggle(app);
	app->state.in_details = true;
	return UPDATE_DRAW;
}

/* Where the pane would begin if its edge were under the pointer. */
unsigned
details_drag(struct app *app, const struct event *event)
{
	struct screen screen = app_screen(app);
	bool aside = screen.details.rows > 0 && screen.details.col > 0;
	int bottom = screen.footer.rows ? screen.footer.row : app->rows;
	int share = aside ? (app->cols - event->col - 1) * 100 / app->cols : (bottom - event->row - 1) * 100 / app->rows;

	if (!app->state.details && share < DETAILS_SHARE_LEAST)
		return UPDATE_NONE;
	if (share < DETAILS_SHARE_LEAST / 2) {
		app->state.details = 0;
		app->state.in_details = false;
		return UPDATE_DRAW;
	}
	return set_share(app, share);
}

/* ---- moving */

static uint32_t
next_entry(const struct details_pane *pane, uint32_t row, bool down)
{
	for (uint32_t at = row; down ? at + 1 < pane->entries.len : at > 0;) {
		at = down ? at + 1 : at - 1;
		if (entry_can_be_chosen(&pane->entries.at[at]))
			return at;
	}
	return row;
}

static void
scroll(struct app *app, int64_t by)
{
	struct details_pane *pane = details_pane(app);
	int64_t visible = details_visible(app), most = (int64_t)pane->lines.len - visible, top = (int64_t)app->state.details_top + by;

	app->state.details_top = (uint32_t)(top < 0 || most < 0 ? 0 : top > most ? most : top);
}

/* What is left of a long entry is read before the next one is gone to. */
static unsigned
step(struct app *app, bool down)
{
	struct details_pane *pane = details_pane(app);
	struct view_state *state = &app->state;
	uint32_t first = pane->lines.first[state->details_row], end = pane->lines.first[state->details_row + 1];
	bool more = down ? end > state->details_top + details_visible(app) : first < state->details_top;
	uint32_t next = next_entry(pane, state->details_row, down);

	if (more)
		scroll(app, down ? 1 : -1);
	else if (next == state->details_row && !down)
		state->details_top = 0;
	state->details_row = more ? state->details_row : next;
	return UPDATE_DRAW;
}

static unsigned
page(struct app *app, bool down)
{
	int64_t by = details_visible(app) > 1 ? details_visible(app) - 1 : 1;
	uint32_t before = app->state.details_top;

	scroll(app, down ? by : -by);
	if (app->state.details_top == before)
		app->state.details_row = down ? (uint32_t)details_pane(app)->entries.len - 1 : 0;
	else
		app->follow = FOLLOW_SCREEN;
	return UPDATE_DRAW;
}

static unsigned
move_to(struct app *app, uint32_t row)
{
	app->state.details_row = row;
	return UPDATE_DRAW;
}

unsigned
details_go_to_entry(struct app *app, uint32_t entry)
{
	struct details_pane *pane = details_pane(app);

	if (entry >= pane->entries.len)
		return UPDATE_NONE;
	app->state.details_row = entry;
	app->state.details_top = pane->lines.first[entry] + (entry > 0 && pane->entries.at[entry].kind == ENTRY_HEADING);
	app->state.in_details = true;
	return UPDATE_DRAW;
}

static unsigned
next_section(struct app *app, bool down)
{
	struct details_pane *pane = details_pane(app);
	uint32_t row = app->state.details_row, own = row;

	while (own > 0 && pane->entries.at[own].kind != ENTRY_HEADING)
		own--;
	uint32_t at = down ? row : own;
	while (down ? at + 1 < pane->entries.len : at > 0) {
		at = down ? at + 1 : at - 1;
		if (pane->entries.at[at].kind == ENTRY_HEADING || at == 0)
			return details_go_to_entry(app, at);
	}
	return UPDATE_DRAW;
}

/* ---- searching */

static unsigned
hit_go(struct app *app, bool backwards)
{
	struct details_pane *pane = details_pane(app);
	struct view_state *state = &app->state;
	uint32_t count = (uint32_t)pane->lines.len, row = state->details_row;

	if (!pane->hits)
		return app_say(app, "nothing to look for in the details: / begins a search");
	if (pane->hit_count == 0)
		return app_say(app, "no line matches %s", pane->search);
	bool inside = pane->hit != ID_NONE && pane->hit >= pane->lines.first[row] && pane->hit < pane->lines.first[row + 1];
	uint32_t at = inside ? pane->hit : pane->lines.first[row];
	if (!inside && !backwards && pane->hits[at])
		at = at ? at - 1 : count - 1;
	do
		at = backwards ? (at ? at - 1 : count - 1) : at + 1 < count ? at + 1 : 0;
	while (!pane->hits[at]);
	pane->hit = at;
	state->details_row = pane->lines.at[at].entry;
	uint32_t visible = details_visible(app);
	if (at < state->details_top || at >= state->details_top + visible)
		state->details_top = at > visible / 3 ? at - visible / 3 : 0;
	scroll(app, 0);
	return UPDATE_DRAW;
}

unsigned
details_find(struct app *app, struct str pattern)
{
	details_search(app, pattern);
	return pattern.len ? hit_go(app, false) : UPDATE_DRAW;
}

static unsigned
cancel(struct app *app)
{
	if (details_pane(app)->regex)
		details_search(app, STR(""));
	else
		app->state.in_details = false;
	return UPDATE_DRAW;
}

/* ---- going where an entry leads */

static unsigned
enter(struct app *app)
{
	const struct entry *entry = details_chosen(app);

	if (!entry)
		return UPDATE_NONE;
	if (entry->kind == ENTRY_SPAN)
		return app_go_to_span(app, entry->span);
	if (entry->kind != ENTRY_INSTANCE)
		return details_menu_open(app, -1, 0);
	app_remember(app, 0);
	app->state.details_nth = entry->nth;
	app->state.details_row = app->state.details_top = 0;
	return UPDATE_DRAW;
}

unsigned
details_step(struct app *app, int by)
{
	uint32_t count = instances_of(app, details_node(app)).count;
	uint32_t nth = app->state.details_nth;

	if (count < 2)
		return app_say(app, "this box stands for one span");
	if (!app->state.details)
		details_toggle(app);
	if (nth > count)
		nth = 0;
	nth = by > 0 ? (nth < count ? nth + 1 : 1) : nth > 1 ? nth - 1 : count;
	app_remember(app, HISTORY_STEP);
	app->state.details_nth = nth;
	return UPDATE_DRAW;
}

bool
details_act(struct app *app, enum action action, unsigned *update_out)
{
	struct details_pane *pane = details_pane(app);
	unsigned update;

	if (!pane->entries.len)
		return false;
	switch (action) {
	case ACT_MOVE_UP:       update = step(app, false); break;
	case ACT_MOVE_DOWN:     update = step(app, true); break;
	case ACT_PAGE_UP:       update = page(app, false); break;
	case ACT_PAGE_DOWN:     update = page(app, true); break;
	case ACT_FIRST:
	case ACT_ROW_START:     app->state.details_top = 0; update = move_to(app, 0); break;
	case ACT_LAST:
	case ACT_ROW_END:       scroll(app, INT32_MAX); update = move_to(app, (uint32_t)pane->entries.len - 1); break;
	case ACT_SECTION_PREV:  update = next_section(app, false); break;
	case ACT_SECTION_NEXT:  update = next_section(app, true); break;
	case ACT_ENTER:         update = enter(app); break;
	case ACT_COPY:
	case ACT_MENU:          update = details_menu_open(app, -1, 0); break;
	case ACT_SEARCH:        update = prompt_open(app, PROMPT_DETAILS); break;
	case ACT_SEARCH_NEXT:   update = hit_go(app, false); break;
	case ACT_SEARCH_PREV:   update = hit_go(app, true); break;
	case ACT_ZOOM_IN:       update = set_share(app, app->state.details + SHARE_STEP); break;
	case ACT_ZOOM_OUT:      update = set_share(app, app->state.details - SHARE_STEP); break;
	case ACT_CANCEL:        update = cancel(app); break;
	default:                return false;
	}
	*update_out = update;
	return true;
}

bool
details_can(struct app *app, enum action action, bool *can_out)
{
	static const enum action own[] = {
		ACT_MOVE_UP, ACT_MOVE_DOWN, ACT_PAGE_UP, ACT_PAGE_DOWN, ACT_FIRST, ACT_LAST, ACT_ENTER, ACT_COPY, ACT_SEARCH, ACT_ZOOM_IN, ACT_ZOOM_OUT,
		ACT_CANCEL, ACT_SEARCH_NEXT, ACT_SEARCH_PREV, ACT_SECTION_NEXT, ACT_SECTION_PREV,
	};
	const struct details_pane *pane = details_pane(app);
	bool is_own = false;

	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		is_own |= own[i] == action;
	*can_out = action == ACT_SEARCH_NEXT || action == ACT_SEARCH_PREV     ? pane->hit_count > 0
	           : action == ACT_SECTION_NEXT || action == ACT_SECTION_PREV ? details_visible(app) < pane->lines.len
	                                                                      : pane->entries.len > 0;
	return is_own;
}

/* ---- the mouse */

static unsigned
press(struct app *app, const struct event *event, struct rect rect)
{
	struct details_pane *pane = details_pane(app);
	uint32_t at = app->state.details_top + (uint32_t)(event->row - rect.row);

	app->state.in_details = true;
	if (at >= pane->lines.len)
		return UPDATE_DRAW;
	const struct entry *entry = &pane->entries.at[pane->lines.at[at].entry];
	if (!entry_can_be_chosen(entry))
		return UPDATE_DRAW;
	app->state.details_row = pane->lines.at[at].entry;
	app->follow = FOLLOW_SCREEN;
	if (event->button == BUTTON_RIGHT)
		return details_menu_open(app, event->col, event->row);
	return event->clicks == 2 ? enter(app) : UPDATE_DRAW;
}

unsigned
details_mouse(struct app *app, const struct event *event)
{
	struct rect rect = app_screen(app).details;

	if (event->what == MOUSE_WHEEL_UP || event->what == MOUSE_WHEEL_DOWN) {
		app->follow = FOLLOW_SCREEN;
		scroll(app, event->what == MOUSE_WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES);
		return UPDATE_DRAW;
	}
	return event->what == MOUSE_PRESS && event->button != BUTTON_MIDDLE ? press(app, event, rect) : UPDATE_NONE;
}

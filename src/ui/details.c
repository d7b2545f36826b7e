/* SPDX-License-Identifier: MIT
 * The details pane: what is in it, and keeping it in order. */
#include "config.h"

#include "ui/details_core.h"

#include "ui/change.h"
#include "ui/fetch.h"
#include "ui/table.h"
#include "ui/traces.h"
#include "util/alloc.h"

struct details_pane *
details_pane(struct app *app)
{
	if (!app->details)
		app->details = xcalloc(1, sizeof *app->details);
	return app->details;
}

static void
drop_hits(struct details_pane *pane)
{
	free(pane->hits);
	pane->hits = NULL;
	pane->hit_count = 0;
	pane->hit = ID_NONE;
}

static void
clear(struct details_pane *pane)
{
	entries_fini(&pane->entries);
	entry_lines_fini(&pane->lines);
	drop_hits(pane);
	pane->entries = (struct entries){ 0 };
	pane->fresh = false;
}

void
details_free(struct app *app)
{
	if (!app->details)
		return;
	clear(app->details);
	regex_free(app->details->regex);
	free(app->details);
	app->details = NULL;
}

void
details_forget(struct app *app)
{
	if (app->details)
		clear(app->details);
}

node_id
details_node(struct app *app)
{
	if (app_pane(app) != PANE_TABLE)
		return app->state.cursor;
	return table_node(app, table_chosen(app));
}

/* What it is about, as the state has it: a node, or in the list of traces a track. */
static uint32_t
subject(struct app *app)
{
	const struct trace_line *line;

	if (app->state.view != VIEW_TRACES)
		return details_node(app);
	line = traces_chosen(app);
	return line ? traces_of(app)->list->rows[line->row].track : NODE_NONE;
}

uint32_t
details_visible(const struct app *app)
{
	struct rect rect = app_screen(app).details;

	return rect.rows > 0 ? (uint32_t)rect.rows : 1;
}

const struct entry *
details_chosen(struct app *app)
{
	struct details_pane *pane = details_pane(app);

	return app->state.details_row < pane->entries.len ? &pane->entries.at[app->state.details_row] : NULL;
}

/* ---- searching */

static bool
finds(const struct regex *regex, struct str text)
{
	return regex_search(regex, text, NULL, NULL) == REGEX_YES;
}

/* A match that goes over the end of a line counts where its entry begins. */
static void
find_hits(struct details_pane *pane)
{
	drop_hits(pane);
	if (!pane->regex || !pane->fresh)
		return;
	pane->hits = xcalloc(pane->lines.len ? pane->lines.len : 1, sizeof *pane->hits);
	for (size_t i = 0; i < pane->entries.len; i++) {
		const struct entry *entry = &pane->entries.at[i];
		uint32_t before = pane->hit_count;
		for (uint32_t at = pane->lines.first[i]; at < pane->lines.first[i + 1]; at++) {
			const struct entry_line *line = &pane->lines.at[at];
			pane->hits[at] = finds(pane->regex, line->text) || finds(pane->regex, line->key);
			pane->hit_count += pane->hits[at];
		}
		if (pane->hit_count == before && (finds(pane->regex, entry->value) || finds(pane->regex, entry->key))) {
			pane->hits[pane->lines.first[i]] = true;
			pane->hit_count++;
		}
	}
}

void
details_search(struct app *app, struct str pattern)
{
	struct details_pane *pane = details_pane(app);
	size_t len = pattern.len < SEARCH_BYTES ? pattern.len : SEARCH_BYTES - 1;

	regex_free(pane->regex);
	pane->regex = NULL;
	memcpy(pane->search, len ? pattern.at : "", len);
	pane->search[len] = '\0';
	if (len) {
		pattern = str_of(pane->search);
		pane->regex = regex_compile(pattern, REGEX_SMART, NULL);
		if (!pane->regex)
			pane->regex = regex_literal(pattern, REGEX_SMART);
	}
	find_hits(pane);
}

uint32_t
details_hit_count(struct app *app)
{
	return details_pane(app)->hit_count;
}

/* ---- keeping it in order */

/* Whether it has what the state says. */
static bool
is_read(const struct details_pane *pane, const struct view_state *state)
{
	return pane->fresh && pane->of_track == (state->view == VIEW_TRACES) && pane->node == state->details_of && pane->nth == state->details_nth &&
	       pane->focus == state->focus;
}

static void
refresh(struct app *app, struct rect rect)
{
	struct details_pane *pane = details_pane(app);
	const struct view_state *state = &app->state;
	bool of_track = state->view == VIEW_TRACES, same = is_read(pane, state);

	if (same && pane->cols == rect.cols)
		return;
	if (!same) {
		clear(pane);
		if (of_track)
			entries_read_track(app, state->details_of, &pane->entries);
		else
			entries_read(app, state->details_of, state->details_nth, &pane->entries);
		pane->of_track = of_track;
		pane->node = state->details_of;
		pane->nth = state->details_nth;
		pane->focus = state->focus;
	}
	entry_lines_fini(&pane->lines);
	entry_lines_make(&pane->entries, rect.cols, &pane->lines);
	pane->cols = rect.cols;
	pane->fresh = true;
	find_hits(pane);
}

/* The entry itself, or the nearest one after it, else before it, that can be chosen. */
static uint32_t
choosable(const struct details_pane *pane, uint32_t row)
{
	uint32_t count = (uint32_t)pane->entries.len, at = row;

	while (at < count && !entry_can_be_chosen(&pane->entries.at[at]))
		at++;
	if (at < count)
		return at;
	for (at = row < count ? row : count; at > 0; at--)
		if (entry_can_be_chosen(&pane->entries.at[at - 1]))
			return at - 1;
	return 0;
}

/* An entry that is longer than the pane may begin or end outside of it; a heading is seen with the first entry below it. */
static void
entry_to_screen(struct app *app, struct details_pane *pane, uint32_t visible)
{
	struct view_state *state = &app->state;
	uint32_t first = pane->lines.first[state->details_row], end = pane->lines.first[state->details_row + 1], top = state->details_top;
	bool is_long = end - first > visible;

	if (first < top && end <= top)
		top = is_long ? end - visible : first;
	else if (first >= top + visible || (end > top + visible && !is_long))
		top = is_long ? first : end - visible;
	else if (first < top && !is_long)
		top = first;
	if (top != state->details_top && top == first && first > 0 && visible > 1 &&
	    !entry_can_be_chosen(&pane->entries.at[pane->lines.at[first - 1].entry]))
		top--;
	state->details_top = top;
}

static void
entry_from_screen(struct app *app, struct details_pane *pane, uint32_t visible)
{
	struct view_state *state = &app->state;
	uint32_t first = pane->lines.first[state->details_row], end = pane->lines.first[state->details_row + 1];

	if (end <= state->details_top)
		state->details_row = choosable(pane, pane->lines.at[state->details_top].entry);
	else if (first >= state->details_top + visible)
		state->details_row = pane->lines.at[state->details_top + visible - 1].entry;
	if (!entry_can_be_chosen(&pane->entries.at[state->details_row]) && state->details_row > 0)
		state->details_row--;
}

void
details_settle(struct app *app)
{
	struct view_state *state = &app->state;
	struct rect rect = app_screen(app).details;
	uint32_t visible = details_visible(app);
	uint32_t node;

	if (rect.rows <= 0) {
		state->in_details = false;
		return;
	}
	node = subject(app);
	if (state->details_of == DETAILS_OF_ANY)
		state->details_of = node;
	if (state->details_of != node) {
		state->details_of = node;
		state->details_nth = state->details_row = state->details_top = 0;
	}
	struct details_pane *pane = details_pane(app);
	/* They are read by way of what the builder has now: until the picture is there, there are none. */
	if (app_is_building(app) && !is_read(pane, state)) {
		clear(pane);
		return;
	}
	if (pane->entries.waits && fetch_links(app))
		pane->fresh = false;
	refresh(app, rect);
	uint32_t count = (uint32_t)pane->entries.len, lines = (uint32_t)pane->lines.len;
	if (!count) {
		state->details_row = state->details_top = 0;
		return;
	}
	uint32_t last_top = lines > visible ? lines - visible : 0;
	if (state->details_top > last_top)
		state->details_top = last_top;
	if (state->details_row >= count)
		state->details_row = count - 1;
	if (app->follow == FOLLOW_CURSOR) {
		state->details_row = choosable(pane, state->details_row);
		entry_to_screen(app, pane, visible);
	} else {
		entry_from_screen(app, pane, visible);
	}
}

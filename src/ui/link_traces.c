/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/link_traces.h"

#include <inttypes.h>

#include "analysis/trace_ref.h"
#include "ui/link.h"
#include "ui/traces.h"
#include "util/bits.h"

static bool
is_shown(const struct app *app)
{
	return app->state.view == VIEW_TRACES;
}

/* A trace by its id, with which it is found again in other files; what has none by a number. */
static void
print_track(const struct dataset *ds, track_id track, uint32_t number, struct buf *out)
{
	if (ds->tracks[track].kind == TRACK_TRACE)
		trace_id_add(&ds->tracks[track], out);
	else
		buf_addf(out, "%" PRIu32, number);
}

/* The trace of a whole id. */
static bool
find_by_id(const struct dataset *ds, struct str id, track_id *out)
{
	struct trace_ref ref;
	span_id span;

	return id.len == TRACE_ID_DIGITS && trace_ref_parse(id, &ref) && !ref.has_span && trace_ref_find(ds, &ref, out, &span, NULL, NULL);
}

/* "all" first where all have been unfolded, then each trace that is the other way round. */
bool
link_print_list_unfold(struct app *app, unsigned at, struct buf *out)
{
	uint32_t base = app->state.traces.folds, tracks = app->session->ds->track_count;

	if (!is_shown(app) || base == 0)
		return false;
	while (base && app->folds.at[base - 1].kind == FOLD_TOGGLE)
		base = app->folds.at[base - 1].before;
	bool all = base && app->folds.at[base - 1].kind == FOLD_ALL;
	if (all && at == 0) {
		buf_add(out, STR("all"));
		return true;
	}
	const struct traces *traces = traces_of(app);
	at -= all;
	for (track_id track = 0; track < tracks; track++)
		if (bits_has(traces->unfolded, track) != all && at-- == 0) {
			print_track(traces->ds, track, track + 1, out);
			return true;
		}
	return false;
}

bool
link_apply_list_unfold(struct app *app, struct view_state *state, struct str value)
{
	uint32_t number;
	track_id track;

	if (str_equal(value, STR("all"))) {
		state->traces.folds = folds_add(&app->folds, 0, FOLD_ALL, 0);
		return true;
	}
	if (!find_by_id(app->session->ds, value, &track)) {
		if (!link_number(value, &number) || number == 0 || number > app->session->ds->track_count)
			return false;
		track = number - 1;
	}
	state->traces.folds = folds_add(&app->folds, state->traces.folds, FOLD_TOGGLE, track);
	return true;
}

bool
link_print_list_row(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || !is_shown(app) || !traces_chosen(app))
		return false;
	const struct traces *traces = traces_of(app);
	const struct trace_line *line = traces_chosen(app);
	print_track(traces->ds, traces->list->rows[line->row].track, (uint32_t)(line - traces->lines.at), out);
	if (line->part)
		buf_addf(out, ":%" PRIu32, line->part);
	return line != traces->lines.at;
}

/* "ID" or "ID:N", the service of that number. */
static bool
apply_id(struct app *app, struct view_state *state, struct str value)
{
	const char *colon = memchr(value.at, ':', value.len);
	size_t len = colon ? (size_t)(colon - value.at) : value.len;
	uint32_t part = 0;
	track_id track;

	if (!find_by_id(app->session->ds, (struct str){ value.at, len }, &track) ||
	    (colon && !link_number((struct str){ colon + 1, value.len - len - 1 }, &part)))
		return false;
	state->traces.track = track;
	state->traces.part = part;
	return true;
}

/* The other parts of the state are in force already: they stand before this one. */
bool
link_apply_list_row(struct app *app, struct view_state *state, struct str value)
{
	const struct traces *traces = traces_of(app);
	uint32_t row;

	if (apply_id(app, state, value))
		return true;
	if (!link_number(value, &row))
		return false;
	if (row >= traces->lines.len)
		return traces->lines.len == 0;
	state->traces.track = traces->list->rows[traces->lines.at[row].row].track;
	state->traces.part = traces->lines.at[row].part;
	return true;
}

bool
link_print_list_scroll(struct app *app, unsigned at, struct buf *out)
{
	buf_addf(out, "%" PRIu32, app->state.traces.top);
	return at == 0 && is_shown(app) && app->state.traces.top > 0;
}

bool
link_apply_list_scroll(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	return link_number(value, &state->traces.top);
}

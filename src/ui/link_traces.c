/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/link_traces.h"

#include <inttypes.h>

#include "ui/link.h"
#include "ui/traces.h"

static bool
is_shown(const struct app *app)
{
	return app->state.view == VIEW_TRACES;
}

/* "all" first where all have been unfolded, then each trace that is the other way round, by its number. */
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
		if ((traces->unfolded[track / 64] >> (track % 64) & 1) != all && at-- == 0) {
			buf_addf(out, "%" PRIu32, track + 1);
			return true;
		}
	return false;
}

bool
link_apply_list_unfold(struct app *app, struct view_state *state, struct str value)
{
	uint32_t number;

	if (str_equal(value, STR("all"))) {
		state->traces.folds = folds_add(&app->folds, 0, FOLD_ALL, 0);
		return true;
	}
	if (!link_number(value, &number) || number == 0 || number > app->session->ds->track_count)
		return false;
	state->traces.folds = folds_add(&app->folds, state->traces.folds, FOLD_TOGGLE, number - 1);
	return true;
}

bool
link_print_list_row(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || !is_shown(app) || !traces_chosen(app))
		return false;
	const struct traces *traces = traces_of(app);
	buf_addf(out, "%" PRIu32, (uint32_t)(traces_chosen(app) - traces->lines.at));
	return traces_chosen(app) != traces->lines.at;
}

/* The other parts of the state are in force already: they stand before this one. */
bool
link_apply_list_row(struct app *app, struct view_state *state, struct str value)
{
	const struct traces *traces = traces_of(app);
	uint32_t row;

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

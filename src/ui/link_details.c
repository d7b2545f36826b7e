/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/link_details.h"

#include <inttypes.h>

#include "ui/details.h"

/* While the pane is closed nothing of it is to be seen. */
static bool
print(struct app *app, unsigned at, uint32_t value, struct buf *out)
{
	buf_addf(out, "%" PRIu32, value);
	return at == 0 && app->state.details && value > 0;
}

/* Whatever the cursor will be on, it is about that. */
static bool
apply(struct view_state *state, struct str value, uint32_t *to)
{
	state->details_of = DETAILS_OF_ANY;
	return link_number(value, to);
}

bool
link_print_details(struct app *app, unsigned at, struct buf *out)
{
	return print(app, at, app->state.details, out);
}

bool
link_apply_details(struct app *app, struct view_state *state, struct str value)
{
	uint32_t share;

	(void)app;
	if (!link_number(value, &share) || (share && share < DETAILS_SHARE_LEAST) || share > DETAILS_SHARE_MOST)
		return false;
	state->details = (uint8_t)share;
	return true;
}

bool
link_print_details_span(struct app *app, unsigned at, struct buf *out)
{
	return print(app, at, app->state.details_nth, out);
}

bool
link_apply_details_span(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	return apply(state, value, &state->details_nth);
}

bool
link_print_details_row(struct app *app, unsigned at, struct buf *out)
{
	return print(app, at, app->state.details_row, out);
}

bool
link_apply_details_row(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	return apply(state, value, &state->details_row);
}

bool
link_print_details_scroll(struct app *app, unsigned at, struct buf *out)
{
	return print(app, at, app->state.details_top, out);
}

bool
link_apply_details_scroll(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	return apply(state, value, &state->details_top);
}

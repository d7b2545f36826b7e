/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/link_table.h"

#include "ui/table.h"

bool
link_print_table_by(struct app *app, unsigned at, struct buf *out)
{
	buf_add(out, str_of(table_by_names[app->state.table_by]));
	return at == 0 && (app->state.table_by != TOP_FUNCTIONS || app->start.table_by != TOP_FUNCTIONS);
}

bool
link_apply_table_by(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	for (int i = 0; table_by_names[i]; i++)
		if (str_equal(value, str_of(table_by_names[i]))) {
			state->table_by = (enum top_by)i;
			return true;
		}
	return false;
}

bool
link_print_table_rows(struct app *app, unsigned at, struct buf *out)
{
	buf_add(out, app->state.only_matches ? STR("matches") : STR("all"));
	return at == 0 && (app->state.only_matches || app->start.only_matches);
}

bool
link_apply_table_rows(struct app *app, struct view_state *state, struct str value)
{
	(void)app;
	state->only_matches = str_equal(value, STR("matches"));
	return state->only_matches || str_equal(value, STR("all"));
}

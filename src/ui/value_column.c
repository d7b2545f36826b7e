/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/value_column.h"

#include "ui/shown_attribute.h"
#include "util/text.h"

enum { NAME_COLS_LEAST = 16, COLS_LEAST = 8, COLS_MOST = 28 };

void
value_column_set(struct app *app, struct view_state *state, struct str key)
{
	state->column_key = strtab_intern(app->patterns, key);
}

unsigned
value_column_remove(struct app *app)
{
	app_remember(app, 0);
	app->state.column_key = STR_EMPTY;
	return UPDATE_DRAW;
}

struct str
value_column_key(const struct app *app)
{
	return strtab_get(app->patterns, app->state.column_key);
}

int
value_column_cols(const struct app *app, int name_cols)
{
	int cols = name_cols / 3;

	if (app->state.column_key == STR_EMPTY || cols < COLS_LEAST || name_cols - cols < NAME_COLS_LEAST)
		return 0;
	return cols < COLS_MOST ? cols : COLS_MOST;
}

void
value_column_text(struct app *app, node_id node, struct buf *out)
{
	const struct tree *tree = app_scene(app)->tree;
	span_id span = tree->span && node != NODE_ALL ? tree->span[node] : ID_NONE;
	const struct column *column = shown_attribute(app, &app->column_values, app->state.column_key);

	if (span != ID_NONE && column && column_has(column, span))
		names_safe(strtab_get(column->strings, column->string[span]), out);
}

bool
link_print_column(struct app *app, unsigned at, struct buf *out)
{
	if (at > 0 || app->state.column_key == STR_EMPTY)
		return false;
	text_escape(value_column_key(app), out);
	return true;
}

bool
link_apply_column(struct app *app, struct view_state *state, struct str value)
{
	struct buf key = { 0 };
	bool fine = text_unescape(value, &key) && key.len > 0;

	if (fine)
		value_column_set(app, state, buf_str(&key));
	buf_fini(&key);
	return fine;
}

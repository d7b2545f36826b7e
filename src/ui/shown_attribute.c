/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/shown_attribute.h"

#include "ui/fetch.h"

const struct column *
shown_attribute(struct app *app, struct shown_attribute *shown, str_id key)
{
	if (!shown->column || shown->key != key)
		*shown = (struct shown_attribute){ fetch_column(app, strtab_get(app->patterns, key), true), key };
	return shown->column;
}

static bool
is_read(const struct app *app, str_id key)
{
	return key != STR_EMPTY && fetch_reads(app, strtab_get(app->patterns, key));
}

void
shown_attribute_progress(struct app *app, str_id key, struct buf *out)
{
	if (is_read(app, key))
		buf_addf(out, " %.0f%%", 100 * fetch_share(app));
}

bool
shown_attribute_stop(struct app *app)
{
	bool of_column = is_read(app, app->state.column_key), of_color = app->state.color == COLOR_ATTRIBUTE && is_read(app, app->state.color_key);

	if (!of_column && !of_color)
		return false;
	fetch_stop(app, false);
	if (of_column)
		app->state.column_key = STR_EMPTY;
	if (of_color)
		app->state.color = app->start.color == COLOR_ATTRIBUTE ? COLOR_PACKAGE : app->start.color;
	return true;
}

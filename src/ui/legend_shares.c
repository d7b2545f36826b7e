/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/legend_shares.h"

#include <math.h>

#include "ui/filters.h"
#include "util/exact.h"

enum { PATTERN_MOST = 1024 * 1024 };    /* bytes */

static const double shares[LEGEND_SHARES] = { 1, 0.5, 0.2, 0.1, 0.05, 0.01, 0 };

double
legend_share(uint32_t line)
{
	return shares[line];
}

void
legend_share_text(const struct app *app, uint32_t line, struct buf *out)
{
	bool last = line == LEGEND_SHARES - 1;

	buf_addf(out, "%s%g%% of the view %s", last ? "less than " : "", shares[last ? line - 1 : line] * 100, app->state.color == COLOR_SELF ? "itself" : "in all");
}

/* The names of the line's functions as one pattern; how many they are. */
static uint32_t
make_pattern(struct app *app, uint32_t line, struct buf *out)
{
	const struct dataset *ds = app->session->ds;
	const struct top *top = scene_top(app_scene(app), ds, app->state.focus, TOP_SELF, false);
	double whole = app_scene(app)->tree->total[app->state.focus];
	double from = shares[line], to = line == 0 ? INFINITY : shares[line - 1];
	uint32_t count = 0;

	buf_add(out, STR("(?:"));
	for (uint32_t i = 0; i < top->count && out->len <= PATTERN_MOST; i++) {
		double share = whole > 0 ? (app->state.color == COLOR_SELF ? top->rows[i].self : top->rows[i].total) / whole : 0;
		if (share < from || share >= to)
			continue;
		if (count++)
			buf_addc(out, '|');
		exact_quote(frame_name(ds, top->rows[i].frame), out);
	}
	buf_addc(out, ')');
	return count;
}

static unsigned
search_for(struct app *app, struct str pattern)
{
	struct buf term = { 0 };

	buf_add(&term, STR("name:\""));
	for (size_t i = 0; i < pattern.len; i++) {
		if (pattern.at[i] == '"')
			buf_addc(&term, '\\');
		buf_addc(&term, pattern.at[i]);
	}
	buf_addc(&term, '"');
	app_remember(app, 0);
	app_set_search(app, buf_str(&term));
	buf_fini(&term);
	return UPDATE_DRAW;
}

unsigned
legend_share_choose(struct app *app, uint32_t line)
{
	struct buf pattern = { 0 };
	unsigned update;

	if (make_pattern(app, line, &pattern) == 0)
		update = app_say(app, "no function has so much");
	else if (pattern.len > PATTERN_MOST)
		update = app_say(app, "the names of these functions are more than can be looked for");
	else if (app->legend_verb == LEGEND_SEARCH)
		update = search_for(app, buf_str(&pattern));
	else
		update = filter_by(app, app->legend_verb == LEGEND_ONLY ? FILTER_ONLY : FILTER_HIDE, buf_str(&pattern));
	buf_fini(&pattern);
	return update;
}

/* SPDX-License-Identifier: MIT
 * Going from match to match. */
#include "config.h"

#include "analysis/label.h"
#include "analysis/search.h"
#include "ui/goto.h"
#include "ui/table.h"
#include "ui/traces.h"
#include "util/exact.h"
#include "util/text.h"
#include "util/unit.h"

enum { PATTERN_COLS = 28, PATTERN_COLS_LEAST = 6 };    /* in the pill */

/* What a search finds; without one what queries do. */
static const struct match *
match_of(struct app *app)
{
	struct scene *scene = app_scene(app);

	return scene->match ? scene->match : scene->found;
}

/* The match after the cursor among matches [low, high), going round; NODE_NONE when none can be seen. */
static node_id
next_match(struct app *app, uint32_t low, uint32_t high, bool backwards)
{
	struct scene *scene = app_scene(app);
	const struct match *match = match_of(app);
	const node_id *nodes = match->nodes;
	uint32_t count = high - low, at = match_index(match, app->state.cursor);

	if (count == 0)
		return NODE_NONE;
	at = at < low ? low : at > high ? high : at;
	bool on_match = at < high && nodes[at] == app->state.cursor;
	uint32_t begin = backwards ? at - low + count - 1 : at - low + on_match;
	for (uint32_t step = 0; step < count; step++) {
		uint32_t i = low + (backwards ? (begin % count + count - step) % count : (begin + step) % count);
		if (plane_has_box(scene->plane, nodes[i]) || scene_is_folded(scene, nodes[i]))
			return nodes[i];
	}
	return NODE_NONE;
}

static unsigned
table_search(struct app *app, bool backwards)
{
	const struct top *top = table_rows(app);
	struct scene *scene = app_scene(app);

	for (uint32_t step = 1; step <= top->count; step++) {
		uint32_t at = app->state.table_row;
		uint32_t i = (uint32_t)(((uint64_t)at + (backwards ? top->count - step : step)) % top->count);
		if (scene_row_hit(scene, app->session->ds, &top->rows[i], app->state.table_by)) {
			app->state.table_row = i;
			return UPDATE_DRAW;
		}
	}
	return app_say(app, "no row of the table matches %s", app_search(app));
}

/* Every match has its row, however narrow it is. */
static unsigned
tree_search(struct app *app, bool backwards)
{
	const struct match *match = match_of(app);
	node_id node = match_next(match, app->state.cursor, backwards);

	if (node == NODE_NONE)
		return app_say(app, "nothing matches %s", app_search(app));
	bool outside = !tree_is_inside(app_scene(app)->tree, node, app->state.focus);
	unsigned update = app_go_to(app, node);
	return outside ? update | app_say(app, "this match is outside the focus") : update;
}

unsigned
search_go(struct app *app, bool backwards)
{
	struct scene *scene = app_scene(app);

	if (app->state.view == VIEW_TRACES && scene->match)
		return traces_search(app, backwards);
	const struct match *match = view_is_bare(app->state.view) ? NULL : match_of(app);
	if (!match || (!scene->match && app_pane(app) == PANE_TABLE))
		return app_say(app, "nothing to look for: / begins a search");
	if (app_pane(app) == PANE_TABLE)
		return table_search(app, backwards);
	if (app_pane(app) != PANE_FLAME)
		return tree_search(app, backwards);
	uint32_t low = match_index(match, app->state.focus);
	uint32_t high = match_index(match, scene->tree->end[app->state.focus]);
	node_id node = next_match(app, low, high, backwards);
	if (node != NODE_NONE)
		return flame_go_to(app, node);
	node = next_match(app, 0, match->node_count, backwards);
	if (node == NODE_NONE && match->node_count > 0)
		return app_say(app, "what matches weighs nothing here: the call tree (5) and the table (2) list it");
	if (node == NODE_NONE)
		return app_say(app, "nothing matches %s", app_search(app));
	return flame_go_to(app, node) | app_say(app, "no match inside the focus: this one is outside");
}

unsigned
search_here(struct app *app)
{
	frame_id frame = app_frame(app);
	struct buf raw = { 0 }, pattern = { 0 };

	if (frame == ID_NONE)
		return app_say(app, "this is everything: choose a box first");
	label_show(app->session->ds, frame, &raw);
	search_quote(buf_str(&raw), &pattern);
	app_remember(app, 0);
	app_set_search(app, buf_str(&pattern));
	buf_fini(&raw);
	buf_fini(&pattern);
	return UPDATE_DRAW;
}

/* How much of what is found is told. */
enum telling { TELL_ALL, TELL_SHARES, TELL_LEAST };

/* The same samples may come through what matches above and below: each half has its share.  With least room arrows tell them apart. */
static void
add_halves(struct app *app, bool arrows, struct str between, struct buf *out)
{
	static const char *const words[] = { "callees ", "callers " };
	struct scene *scene = app_scene(app);
	size_t begin = out->len;

	for (int callers = 1; callers >= 0; callers--) {
		struct found_half half = scene_found(scene, app->state.focus).half[callers];
		if (half.nodes == 0)
			continue;
		buf_add(out, out->len == begin ? STR("") : arrows ? STR(" ") : between);
		if (!arrows)
			buf_add(out, str_of(words[callers]));
		else
			buf_add(out, glyph_text(app->state.flipped == !callers ? GLYPH_ARROW_UP : GLYPH_ARROW_DOWN, app->options.ascii));
		unit_percent(half.weight, scene->tree->total[app->state.focus], out);
	}
}

/* What is found in the view. */
static void
add_found(struct app *app, enum telling telling, struct buf *out)
{
	struct scene *scene = app_scene(app);
	struct buf between = { 0 };
	struct found found;

	if (scene->match && scene->match_literal)
		buf_add(out, STR("  as text"));
	if (!scene->match)
		return;
	if (app->state.view == VIEW_TRACES) {
		traces_found_text(app, out);
		return;
	}
	found = scene_found(scene, app->state.focus);
	buf_add(out, found.nodes ? STR("  ") : STR("  nothing"));
	if (found.nodes == 0)
		return;
	buf_addc(&between, ' ');
	buf_add(&between, glyph_text(GLYPH_DOT, app->options.ascii));
	buf_addc(&between, ' ');
	if (telling == TELL_ALL) {
		unit_count(found.frames, out);
		buf_add(out, found.frames == 1 ? STR(" frame") : STR(" frames"));
		buf_add(out, buf_str(&between));
		unit_count(found.nodes, out);
		buf_add(out, found.nodes == 1 ? STR(" box") : STR(" boxes"));
		buf_add(out, buf_str(&between));
	}
	if (app->state.view == VIEW_SANDWICH)
		add_halves(app, telling == TELL_LEAST, buf_str(&between), out);
	else
		unit_percent(found.weight, found.whole, out);
	buf_fini(&between);
}

/* Names that were quoted, as they are read; false: the search is what was typed. */
static bool
add_names(struct str search, struct buf *out)
{
	struct buf name = { 0 };
	struct str field, pattern;
	bool quoted = search_quoted(search, &field, &pattern);
	size_t count = quoted ? exact_count(pattern) : 0;

	if (count > 1) {
		unit_count(count, out);
		buf_add(out, STR(" names"));
	} else if (quoted && exact_unquote(pattern, &name)) {
		buf_add(out, field);
		buf_addc(out, '"');
		names_safe(buf_str(&name), out);
		buf_addc(out, '"');
	}
	buf_fini(&name);
	return out->len > 0;
}

/* While an expression for a filter or a sandwich is typed, what it finds is shown as a search. */
static struct str
pill_pattern(const struct app *app)
{
	bool tried = app->prompt.kind >= PROMPT_SANDWICH && app->prompt.kind <= PROMPT_HIDE;

	return tried ? buf_str(&app->prompt.edit.text) : str_of(app_search(app));
}

void
search_pill_text(struct app *app, int cols, struct buf *out)
{
	struct buf pattern = { 0 }, found = { 0 };
	struct str search = pill_pattern(app);

	if (!add_names(search, &pattern))
		names_safe(search, &pattern);
	int least = text_width(buf_str(&pattern));
	least = least < PATTERN_COLS_LEAST ? least : PATTERN_COLS_LEAST;
	for (int telling = TELL_ALL; telling <= TELL_LEAST; telling++) {
		buf_clear(&found);
		add_found(app, (enum telling)telling, &found);
		if (cols - text_width(buf_str(&found)) - 1 >= least)
			break;
	}
	buf_addc(out, '/');
	int room = cols - text_width(buf_str(&found)) - 1;
	text_fit(buf_str(&pattern), room > PATTERN_COLS ? PATTERN_COLS : room < least ? least : room, false, app->options.ascii, out);
	buf_add(out, buf_str(&found));
	buf_fini(&pattern);
	buf_fini(&found);
}

/* SPDX-License-Identifier: MIT
 * The row of tabs, with the pills at its right end. */
#include "config.h"

#include <ctype.h>
#include <limits.h>

#include "ui/bindings.h"
#include "ui/line.h"
#include "ui/pills.h"
#include "ui/viewer.h"
#include "util/choices.h"
#include "util/text.h"

enum { PILL_PADDING = 4, PILL_COLS_MIN = 12, PILLS_SHOWN = 64 };    /* a space, the text, a space, the cross, a space */

static const enum action tab_actions[VIEW_COUNT] = {
	ACT_VIEW_FLAME, ACT_VIEW_TABLE, ACT_VIEW_BOTH, ACT_VIEW_SANDWICH, ACT_VIEW_TREE, ACT_VIEW_TIMELINE,
	ACT_VIEW_TRACES,
};

/* Without room for its name a tab that is not open is its key; without room for that it is not there. */
enum tab_look { TABS_NAMES, TABS_KEYS, TABS_OPEN };

static void
put_tab(struct app *app, struct line *line, enum view_id view, enum tab_look look)
{
	bool open = app->state.view == view;
	struct buf text = { 0 };
	int from = line->col;

	if (look != TABS_NAMES && !open)
		buf_addf(&text, " %s ", binding_key(tab_actions[view]));
	else
		buf_addf(&text, " %s ", choices_view[view]);
	text.at[1] = (char)toupper((unsigned char)text.at[1]);
	if (open)
		grid_fill(line->grid, from, line->row, text_width(buf_str(&text)), (struct style){ PAINT(ROLE_INK), PAINT(ROLE_ACCENT), 0 });
	line_put(line, buf_str(&text), open ? ROLE_INK : ROLE_TEXT, open ? ATTR_BOLD : 0);
	hits_add(&app->hits, (struct rect){ from, line->row, line->col - from, 1 }, HIT_ACTION, tab_actions[view]);
	buf_fini(&text);
	line_space(line, look == TABS_NAMES ? 1 : 0);
}

/* Which pills have room, the most telling first; the others are counted. */
struct pill_row {
	struct {
		enum pill_kind kind;
		struct buf     text;
	} shown[PILLS_SHOWN];
	int count, cols;    /* of what is shown */
	int hidden;
};

static void
pill_row_fini(struct pill_row *row)
{
	for (int i = 0; i < row->count; i++)
		buf_fini(&row->shown[i].text);
}

static int
more_cols(int hidden)
{
	return hidden ? 4 + (hidden > 9) + (hidden > 99) + (hidden > 999) : 0;
}

/* The least that a search with all that is told of it needs; 0: there is none. */
static int
search_cols(struct app *app)
{
	struct buf text = { 0 };
	int cols = 0;

	if (pill_is_on(app, PILL_SEARCH)) {
		search_pill_text(app, 0, &text);
		cols = text_width(buf_str(&text)) + PILL_PADDING + 1;
	}
	buf_fini(&text);
	return cols;
}

/* What stands before the search leaves it room, where there is some for both. */
static void
choose_pills(struct app *app, struct pill_row *row, int room)
{
	int at = 0, kept = search_cols(app);

	row->hidden = (int)pill_count(app);
	for (uint32_t i = 0; i < PILLS_SHOWN && row->hidden > 0; i++) {
		enum pill_kind kind = pill_at(app, i);
		struct buf text = { 0 };
		pill_text(app, kind, &text);
		int cols = text_width(buf_str(&text)) + PILL_PADDING + 1;
		kept = kind == PILL_SEARCH ? 0 : kept;
		int spare = room - at - more_cols(row->hidden - 1);
		if (at > 0 || spare - kept >= PILL_COLS_MIN)
			spare -= kept;
		if (cols > spare && (at == 0 || kept || kind == PILL_SEARCH) && spare >= PILL_COLS_MIN) {
			buf_clear(&text);
			pill_text_cut(app, kind, spare - PILL_PADDING - 1, &text);
			cols = text_width(buf_str(&text)) + PILL_PADDING + 1;
		}
		if (cols > spare) {
			buf_fini(&text);
			if (kept)
				continue;
			break;
		}
		row->shown[row->count].kind = kind;
		row->shown[row->count++].text = text;
		row->hidden--;
		at += cols;
	}
	row->cols = at + more_cols(row->hidden);
}

/* What has room beside the pills; where little has, those are cut. */
static enum tab_look
choose_look(struct app *app, const struct line *line)
{
	struct pill_row row = { 0 };
	int names = 1, keys = 1;

	for (int view = 0; view < VIEW_COUNT; view++) {
		int cols = (int)strlen(choices_view[view]) + 3;
		names += cols;
		keys += app->state.view == (enum view_id)view ? cols - 1 : 3;
	}
	choose_pills(app, &row, INT_MAX / 2);
	pill_row_fini(&row);
	if (line_left(line) >= names + row.cols + (row.cols > 0))
		return TABS_NAMES;
	return line_left(line) >= keys + (row.cols ? PILL_COLS_MIN + more_cols(10) : 0) ? TABS_KEYS : TABS_OPEN;
}

static void
put_pill(struct app *app, struct line *line, struct str text, bool cross, enum hit_kind hit, uint32_t arg)
{
	int from = line->col, cols = text_width(text) + (cross ? PILL_PADDING : 2);

	grid_fill(line->grid, from, line->row, cols, (struct style){ PAINT(ROLE_PILL_INK), PAINT(ROLE_PILL), 0 });
	line_space(line, 1);
	line_put(line, text, ROLE_PILL_INK, 0);
	if (cross) {
		line_space(line, 1);
		line_put(line, glyph_text(GLYPH_CLOSE, line->grid->ascii), ROLE_ACCENT, 0);
	}
	line_space(line, 1);
	hits_add(&app->hits, (struct rect){ from, line->row, cols, 1 }, hit, arg);
	line_space(line, 1);
}

static void
put_pills(struct app *app, struct line *line)
{
	struct pill_row row = { 0 };

	choose_pills(app, &row, line_left(line) - 1);
	if (row.cols > 0 && row.cols <= line_left(line)) {
		line->col = line->end - row.cols;
		for (int i = 0; i < row.count; i++)
			put_pill(app, line, buf_str(&row.shown[i].text), true, HIT_PILL, (uint32_t)row.shown[i].kind);
		if (row.hidden) {
			struct buf more = { 0 };
			buf_addf(&more, "+%d", row.hidden);
			put_pill(app, line, buf_str(&more), false, HIT_ACTION, ACT_PILLS);
			buf_fini(&more);
		}
	}
	pill_row_fini(&row);
}

void
tabs_draw(struct app *app, struct grid *grid, struct rect rect)
{
	struct line line = line_begin(grid, rect, ROLE_BACKGROUND);
	enum tab_look look = choose_look(app, &line);

	line_space(&line, 1);
	for (int view = 0; view < VIEW_COUNT; view++)
		if (look != TABS_OPEN || app->state.view == (enum view_id)view)
			put_tab(app, &line, (enum view_id)view, look);
	put_pills(app, &line);
}

/* SPDX-License-Identifier: MIT
 * The last row: the keys that do something here and now, or for a while a message, which takes the rows above it too where it is long. */
#include "config.h"

#include <ctype.h>

#include "ui/bindings.h"
#include "ui/line.h"
#include "ui/viewer.h"
#include "ui/writing.h"
#include "util/text.h"

enum {
	HELP_COLS_LEAST = 30,    /* where what can be done here is more than how to find it */
	KEYS_MAX        = 64,    /* more do not fit */
	MESSAGE_ROWS    = 3,
};

/* Candidates in the order of their use; those that would do nothing are left out.  The help stands behind them, however many fit. */
static const enum action flame_keys[] = {
	ACT_SEARCH_NEXT, ACT_SEARCH_PREV, ACT_ENTER, ACT_CANCEL, ACT_BACK, ACT_SANDWICH, ACT_SEARCH, ACT_PANE_NEXT, ACT_ERROR_NEXT,
	ACT_TRACK, ACT_QUERY, ACT_METRIC, ACT_MERGE, ACT_ORDER, ACT_DETAILS, ACT_HIDE, ACT_ONLY, ACT_INVERT, ACT_CHAINS, ACT_NOTES,
	ACT_SEARCH_HERE, ACT_COLOUR, ACT_FLIP, ACT_ALIGN, ACT_MENU, ACT_COPY, ACT_WRITE, ACT_NONE,
};
static const enum action table_keys[] = {
	ACT_SEARCH_NEXT, ACT_SEARCH_PREV, ACT_ENTER, ACT_CANCEL, ACT_BACK, ACT_SANDWICH, ACT_SEARCH, ACT_PANE_NEXT, ACT_SORT_NEXT,
	ACT_SORT_REVERSE, ACT_TABLE_BY, ACT_ONLY_MATCHES, ACT_TRACK, ACT_QUERY, ACT_METRIC, ACT_MERGE, ACT_DETAILS, ACT_HIDE, ACT_ONLY, ACT_NOTES,
	ACT_SEARCH_HERE, ACT_MENU, ACT_COPY, ACT_WRITE, ACT_NONE,
};

/* Named keys are written small among the words. */
static void
key_text(enum action action, struct buf *out)
{
	buf_add(out, str_of(binding_key(action)));
	if (out->len > 1 && !strchr(out->at, '-'))
		out->at[0] = (char)tolower((unsigned char)out->at[0]);
}

/* Of the key and its word. */
static int
key_cols(enum action action)
{
	struct buf key = { 0 };

	if (!binding_key(action))
		return 0;
	key_text(action, &key);
	int cols = text_width(buf_str(&key)) + 1 + text_width(str_of(action_infos[action].word));
	buf_fini(&key);
	return cols;
}

static bool
put_key(struct app *app, struct line *line, enum action action)
{
	struct str word = str_of(action_infos[action].word);
	struct buf key = { 0 };

	if (!binding_key(action))
		return line_left(line) > 0;
	key_text(action, &key);
	int from = line->col, cols = key_cols(action);
	bool fits = line_left(line) > cols;
	if (fits) {
		line_put(line, buf_str(&key), ROLE_ACCENT, ATTR_BOLD);
		line_space(line, 1);
		line_put(line, word, ROLE_DIM, 0);
		hits_add(&app->hits, (struct rect){ from, line->row, cols, 1 }, HIT_ACTION, action);
		line_space(line, 2);
	}
	buf_fini(&key);
	return fits;
}

static const enum action tree_keys[] = {
	ACT_SEARCH_NEXT, ACT_SEARCH_PREV, ACT_FOLD, ACT_ENTER, ACT_CANCEL, ACT_BACK, ACT_SANDWICH, ACT_SEARCH, ACT_TRACK, ACT_QUERY, ACT_METRIC, ACT_MERGE,
	ACT_ORDER, ACT_DETAILS, ACT_HIDE, ACT_ONLY, ACT_INVERT, ACT_NOTES, ACT_SEARCH_HERE, ACT_MENU, ACT_COPY, ACT_WRITE,
	ACT_NONE,
};
static const enum action timeline_keys[] = {
	ACT_SEARCH_NEXT, ACT_SEARCH_PREV, ACT_DETAILS, ACT_FOLD, ACT_CANCEL, ACT_BACK, ACT_SEARCH, ACT_QUERY, ACT_ERROR_NEXT, ACT_FIT, ACT_ROOT_HERE,
	ACT_ZOOM_IN, ACT_TRACK, ACT_ONLY_MATCHES, ACT_VIEW_FLAME, ACT_COLOUR, ACT_HIDE, ACT_ONLY, ACT_SEARCH_HERE, ACT_NOTES, ACT_MENU, ACT_COPY,
	ACT_NONE,
};
static const enum action traces_keys[] = {
	ACT_SEARCH_NEXT, ACT_SEARCH_PREV, ACT_ENTER, ACT_CANCEL, ACT_BACK, ACT_SEARCH, ACT_QUERY, ACT_SORT_NEXT, ACT_SORT_REVERSE, ACT_FOLD, ACT_CHART, ACT_PANE_NEXT,
	ACT_VIEW_TIMELINE, ACT_VIEW_FLAME, ACT_ONLY_MATCHES, ACT_ERROR_NEXT, ACT_COPY, ACT_NOTES, ACT_SEARCH_HERE, ACT_METRIC, ACT_MENU, ACT_NONE,
};
static const enum action chart_keys[] = {
	ACT_ENTER, ACT_RANGE, ACT_CHART, ACT_PANE_NEXT, ACT_CANCEL, ACT_BACK, ACT_SEARCH, ACT_VIEW_FLAME, ACT_NONE,
};
static const enum action *const pane_keys[] = {
	[PANE_FLAME] = flame_keys, [PANE_TABLE] = table_keys, [PANE_TREE] = tree_keys, [PANE_TIMELINE] = timeline_keys,
	[PANE_TRACES] = traces_keys, [PANE_CHART] = chart_keys,
};

static const enum action details_keys[] = {
	ACT_SEARCH_NEXT, ACT_SEARCH_PREV, ACT_ENTER, ACT_SPAN_NEXT, ACT_COPY, ACT_SEARCH, ACT_SECTION_NEXT, ACT_ZOOM_IN, ACT_PANE_NEXT, ACT_DETAILS,
	ACT_BACK, ACT_ERROR_NEXT, ACT_MERGE, ACT_TRACK, ACT_NONE,
};

/* Whether a key comes and goes with the cursor.  Those stand behind the others, which need not be sent again because of them. */
static bool
is_fleeting(enum action action)
{
	switch (action) {
	case ACT_SEARCH_NEXT:
	case ACT_SEARCH_PREV:
	case ACT_ENTER:
	case ACT_CANCEL:
	case ACT_BACK:
	case ACT_FOLD:
	case ACT_ERROR_NEXT:
		return true;
	default:
		return false;
	}
}

/* As many as there is room for, the first ones of the list. */
static void
put_keys(struct app *app, struct line *line, const enum action *keys)
{
	enum action chosen[KEYS_MAX];
	int count = 0, left = line_left(line);

	for (; *keys != ACT_NONE && count < KEYS_MAX; keys++) {
		if (!app_can(app, *keys) || !binding_key(*keys))
			continue;
		int cols = key_cols(*keys);
		if (left <= cols)
			break;
		chosen[count++] = *keys;
		left -= cols + 2;
	}
	for (int fleeting = 0; fleeting < 2; fleeting++)
		for (int i = 0; i < count; i++)
			if (is_fleeting(chosen[i]) == (fleeting == 1))
				put_key(app, line, chosen[i]);
}

/* What is being written, and how to stop it: with the mouse too. */
static void
put_writing(struct app *app, struct line *line)
{
	struct buf text = { 0 };

	writing_text(app, &text);
	line_put(line, buf_str(&text), ROLE_ACCENT, 0);
	buf_fini(&text);
	int from = line->col + 1;
	line_put(line, STR("  Esc stops"), ROLE_DIM, 0);
	hits_add(&app->hits, (struct rect){ from, line->row, line->col - from, 1 }, HIT_ACTION, ACT_CANCEL);
	line_space(line, 2);
}

/* How much of a text a row of so many columns takes: whole words where that leaves no more than half of it empty. */
static size_t
row_of(struct str text, int cols)
{
	size_t len = text_prefix(text, cols, NULL), at = len;

	if (len == text.len)
		return len;
	while (at > len / 2 && text.at[at] != ' ')
		at--;
	return at > len / 2 ? at : len ? len : text.len;
}

static void
put_message(struct app *app, struct grid *grid, struct rect rect)
{
	struct str rest = str_of(app->message), rows[MESSAGE_ROWS];
	int count = 0, most = rect.row + 1 < MESSAGE_ROWS ? rect.row + 1 : MESSAGE_ROWS;

	while (count < most && (rest.len || count == 0)) {
		size_t len = count + 1 < most ? row_of(rest, rect.cols - 1) : rest.len;
		rows[count++] = (struct str){ rest.at, len };
		rest = str_tail(rest, len + (len < rest.len && rest.at[len] == ' '));
	}
	for (int i = 0; i < count; i++) {
		struct line line = line_begin(grid, (struct rect){ rect.col, rect.row - (count - 1 - i), rect.cols, 1 }, ROLE_BACKGROUND);
		line_space(&line, 1);
		line_put_cut(&line, rows[i], ROLE_ACCENT, 0);
	}
}

void
footer_draw(struct app *app, struct grid *grid, struct rect rect)
{
	struct line line = line_begin(grid, rect, ROLE_BACKGROUND);

	line_space(&line, 1);
	if (app->building.builder) {
		struct buf text = { 0 };

		building_text(app, &text);
		line_put(&line, buf_str(&text), ROLE_ACCENT, 0);
		buf_fini(&text);
		line_put(&line, STR("  Ctrl-C stops"), ROLE_DIM, 0);
		return;
	}
	if (app->message) {
		put_message(app, grid, rect);
		return;
	}
	if (writing_is_on(app))
		put_writing(app, &line);
	int kept = rect.cols >= HELP_COLS_LEAST ? key_cols(ACT_HELP) + 2 : 0;
	line.end -= kept;
	put_keys(app, &line, app->state.in_details ? details_keys : pane_keys[app_pane(app)]);
	line.end += kept;
	if (put_key(app, &line, ACT_HELP))
		put_key(app, &line, ACT_QUIT);
}

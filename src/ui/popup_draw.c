/* SPDX-License-Identifier: MIT
 * Drawing a popup: where it stands, its title, its filter, and the lines that are on screen. */
#include "config.h"

#include "ui/line.h"
#include "ui/popup.h"
#include "ui/viewer.h"
#include "util/text.h"

enum { POPUP_COLS = 96, POPUP_ROWS = 40, ANCHORED_COLS = 76, EDGE = 2, COLS_FOR_EDGE = 20, TEXT_COLS_LEAST = 16, SWATCH_COLS = 3 };

int
popup_text_cols(const struct app *app, int left_cols)
{
	int cols = app->cols - 2 * EDGE < POPUP_COLS ? app->cols - 2 * EDGE : POPUP_COLS;

	if (cols < COLS_FOR_EDGE)
		cols = app->cols;
	cols -= left_cols + 3;
	return cols < TEXT_COLS_LEAST ? TEXT_COLS_LEAST : cols;
}

/* High enough for all that there is, whatever the filter leaves of it: the popup does not jump while one types. */
static struct rect
place(const struct popup *popup, uint32_t count, int cols, int rows)
{
	struct rect rect = { .cols = cols - 2 * EDGE, .rows = (int)(count < POPUP_ROWS ? count : POPUP_ROWS) };

	rect.rows += 1 + popup->ops->filter;
	if (rect.rows < 3)
		rect.rows = 3;
	if (rect.cols > POPUP_COLS)
		rect.cols = POPUP_COLS;
	if (rect.cols < COLS_FOR_EDGE)
		rect.cols = cols;
	if (rect.rows > rows - 2)
		rect.rows = rows > 6 ? rows - 2 : rows;
	rect.col = (cols - rect.cols) / 2;
	rect.row = (rows - rect.rows) / 3;
	if (popup->has_anchor) {
		if (rect.cols > ANCHORED_COLS)
			rect.cols = ANCHORED_COLS;
		rect.col = popup->anchor_col + rect.cols < cols ? popup->anchor_col : cols - rect.cols;
		rect.row = popup->anchor_row + 1 + rect.rows <= rows ? popup->anchor_row + 1 : rows - rect.rows;
	}
	return rect;
}

/* As many of a note's last parts, which stand two blanks or more apart, as leave the text its columns; one at least. */
static struct str
last_parts(struct str note, int cols)
{
	while (text_width(note) > cols) {
		size_t at = 0;
		while (at + 1 < note.len && (note.at[at] != ' ' || note.at[at + 1] != ' '))
			at++;
		while (at < note.len && note.at[at] == ' ')
			at++;
		if (at + 1 >= note.len)
			break;
		note = str_tail(note, at);
	}
	return note;
}

static void
draw_item(struct app *app, struct grid *grid, struct rect line_rect, uint32_t shown, bool chosen)
{
	const struct popup *popup = &app->popup;
	struct popup_item item = { 0 };
	struct line line = line_begin(grid, line_rect, chosen ? ROLE_SELECTED : ROLE_POPUP);
	enum role faint = chosen ? ROLE_SELECTED_TEXT : ROLE_DIM;

	popup_shown_item(app, shown, &item);
	enum role ink = chosen ? ROLE_SELECTED_TEXT : item.faint ? ROLE_DIM : ROLE_POPUP_TEXT;
	grid_text_over(grid, line.col, line.row, 1, chosen ? STR(">") : item.marked ? glyph_text(GLYPH_BULLET, grid->ascii) : STR(" "),
	               PAINT(chosen ? ROLE_SELECTED_TEXT : ROLE_ACCENT), ATTR_BOLD);
	line_space(&line, 2);
	line.end--;
	struct str note = last_parts(buf_str(&item.right), line_left(&line) - popup->ops->left_cols - text_width(buf_str(&item.text)) - 1);
	int right = text_width(note);
	if (right && right + popup->ops->left_cols + 12 < line_left(&line)) {
		grid_text_over(grid, line.end - right, line.row, right, note, PAINT(faint), 0);
		line.end -= right + 1;
	}
	if (item.heading) {
		line_put_cut(&line, buf_str(&item.text), ROLE_ACCENT, ATTR_BOLD);
	} else {
		int half = line_rect.cols / 2, text_at = line.col + (popup->ops->left_cols < half ? popup->ops->left_cols : half);
		line_put(&line, buf_str(&item.left), chosen || item.faint ? ink : item.bad ? ROLE_WARNING : ROLE_ACCENT, 0);
		if (item.swatch)
			grid_fill(grid, line.col, line.row, SWATCH_COLS, (struct style){ PAINT(ROLE_INK), { .role = ROLE_BOX, .hue = item.hue }, 0 });
		line.col = line.col < text_at ? text_at : line.col + (popup->ops->left_cols > 0);
		line_put_cut(&line, buf_str(&item.text), ink, item.marked ? ATTR_BOLD : 0);
	}
	popup_item_fini(&item);
}

static void
draw_title(struct app *app, struct grid *grid, struct rect rect)
{
	const struct popup *popup = &app->popup;
	struct line line = line_begin(grid, rect, ROLE_BAR);
	struct buf count = { 0 };

	line_space(&line, 1);
	line_put(&line, str_of(popup->ops->title), ROLE_ACCENT, ATTR_BOLD);
	if (popup->subject.len) {
		line_space(&line, 2);
		line_put_cut(&line, popup->subject, ROLE_TEXT, 0);
	}
	if (popup->ops->arrange) {
		int from = line.col;
		line_put(&line, STR(", "), ROLE_DIM, 0);
		line_put(&line, str_of(popup->order_word), ROLE_TEXT, ATTR_UNDERLINE);
		line_put(&line, STR("  tab"), ROLE_DIM, 0);
		hits_add(&app->hits, (struct rect){ from, rect.row, line.col - from, 1 }, HIT_ORDER, 0);
	}
	if (popup->list.count > popup->list.visible)
		buf_addf(&count, "%u/%u  ", (popup->ops->choose ? popup->list.cursor : popup->list.top) + 1, popup->list.count);
	if (popup->ops->offer)
		buf_add(&count, STR("tab complete  "));
	buf_add(&count, popup->ops->choose ? STR("enter choose  esc close") : STR("esc close"));
	int cols = text_width(buf_str(&count));
	if (cols + 2 < line_left(&line))
		grid_text_over(grid, line.end - cols - 1, rect.row, cols, buf_str(&count), PAINT(ROLE_DIM), 0);
	buf_fini(&count);
}

static void
draw_filter(struct app *app, struct grid *grid, struct rect rect)
{
	const struct line_edit *edit = &app->popup.filter;
	struct line line = line_begin(grid, rect, ROLE_POPUP);
	int before = text_width((struct str){ buf_str(&edit->text).at, edit->at });

	line_space(&line, 2);
	if (edit->text.len == 0)
		grid_text_over(grid, line.col, line.row, line_left(&line), STR("type to narrow"), PAINT(ROLE_DIM), 0);
	line_put(&line, buf_str(&edit->text), ROLE_POPUP_TEXT, ATTR_BOLD);
	if (rect.col + 2 + before < rect.col + rect.cols) {
		grid->cursor_col = rect.col + 2 + before;
		grid->cursor_row = rect.row;
	}
}

void
popup_draw(struct app *app, struct grid *grid)
{
	struct popup *popup = &app->popup;
	struct rect rect = place(popup, popup->ops->count(app), grid->cols, grid->rows), line = { rect.col, rect.row, rect.cols, 1 };
	bool title = rect.rows > 1, filter = popup->ops->filter && rect.rows > 2;
	int last = rect.row + rect.rows;

	app->hits.len = 0;
	hits_add(&app->hits, rect, HIT_POPUP, 0);
	popup->list.visible = (uint32_t)(rect.rows - title - filter);
	if (popup->ops->choose)
		list_settle(&popup->list);
	else
		list_scroll(&popup->list, 0);
	if (title) {
		draw_title(app, grid, line);
		line.row++;
	}
	if (filter) {
		draw_filter(app, grid, line);
		line.row++;
	}
	for (uint32_t i = popup->list.top; line.row < last; i++, line.row++) {
		if (i >= popup->list.count) {
			struct line rest = line_begin(grid, line, ROLE_POPUP);
			line_space(&rest, 2);
			if (i == 0 && popup->filter.text.len)
				line_put(&rest, STR("nothing matches"), ROLE_DIM, 0);
			continue;
		}
		hits_add(&app->hits, line, HIT_ITEM, i);
		draw_item(app, grid, line, i, popup->ops->choose && i == popup->list.cursor);
	}
}

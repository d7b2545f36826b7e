/* SPDX-License-Identifier: MIT
 * Drawing the details pane. */
#include "config.h"

#include "ui/details_core.h"
#include "ui/line.h"
#include "util/text.h"

enum { KEY_COL = 2, SECTION_GAP = 2 };

/* Text with what the search finds in it made to stand out. */
static void
put_text(const struct details_pane *pane, struct line *line, struct str text, enum role ink, uint8_t attrs)
{
	size_t begin, end;

	while (pane->regex && text.len && regex_search(pane->regex, text, &begin, &end) == REGEX_YES && end > begin) {
		int cols = text_width((struct str){ text.at + begin, end - begin });
		line_put(line, (struct str){ text.at, begin }, ink, attrs);
		if (cols > line_left(line))
			cols = line_left(line);
		if (cols > 0)
			grid_fill(line->grid, line->col, line->row, cols, (struct style){ PAINT(ROLE_INK), PAINT(ROLE_CURSOR), ATTR_BOLD });
		line_put(line, (struct str){ text.at + begin, end - begin }, ROLE_INK, ATTR_BOLD);
		text.at += end;
		text.len -= end;
	}
	line_put(line, text, ink, attrs);
}

static void
draw_heading(struct line *line, const struct entry_line *at)
{
	line_space(line, 1);
	line_put(line, at->key, ROLE_ACCENT, ATTR_BOLD);
	line_space(line, 1);
	line_put(line, at->text, ROLE_DIM, 0);
	line_space(line, 1);
	while (line_left(line) > 1)
		line_put(line, glyph_text(GLYPH_HLINE, line->grid->ascii), ROLE_DIM, 0);
}

static void
draw_line(struct app *app, struct grid *grid, struct rect rect, uint32_t index)
{
	const struct details_pane *pane = details_pane(app);
	const struct entry_line *at = &pane->lines.at[index];
	const struct entry *entry = &pane->entries.at[at->entry];
	bool chosen = app->state.in_details && at->entry == app->state.details_row;
	bool first = pane->lines.first[at->entry] == index;
	struct line line = line_begin(grid, rect, chosen && first ? ROLE_BAR : ROLE_BACKGROUND);
	int from = line.col, right = text_width(at->right);

	if (entry->kind == ENTRY_HEADING) {
		if (at->key.len)
			draw_heading(&line, at);
		return;
	}
	if (chosen)
		line_put(&line, first ? STR(">") : glyph_text(GLYPH_VLINE, grid->ascii), ROLE_ACCENT, ATTR_BOLD);
	if (right && at->col + right + 2 < rect.cols)
		grid_text_over(grid, line.end - right - 1, line.row, right, at->right, PAINT(ROLE_DIM), 0);
	line.col = from + KEY_COL;
	if (at->key.len)
		put_text(pane, &line, at->key, entry->kind == ENTRY_EVENT ? entry->ink == ROLE_ERROR ? ROLE_ERROR : ROLE_ACCENT : ROLE_DIM,
		         chosen ? ATTR_BOLD : 0);
	if (at->col)
		line.col = from + at->col;
	bool leads = entry->kind == ENTRY_SPAN || entry->kind == ENTRY_INSTANCE;
	if (leads && first) {
		line.col -= 2;
		line_put(&line, glyph_text(GLYPH_CHEVRON, grid->ascii), ROLE_ACCENT, ATTR_BOLD);
		line_space(&line, 1);
	}
	put_text(pane, &line, at->text, entry->ink, leads && chosen ? ATTR_UNDERLINE : 0);
}

/* Where there are lines out of sight. */
static void
draw_more(struct app *app, struct grid *grid, struct rect rect)
{
	const struct details_pane *pane = details_pane(app);
	uint32_t visible = (uint32_t)rect.rows, top = app->state.details_top;
	struct style style = { PAINT(ROLE_DIM), PAINT(ROLE_BACKGROUND), 0 };

	if (rect.cols < 4 || rect.rows < 2)
		return;
	if (top > 0)
		grid_glyph(grid, rect.col + rect.cols - 1, rect.row, GLYPH_SORT_UP, style);
	if (top + visible < pane->lines.len)
		grid_glyph(grid, rect.col + rect.cols - 1, rect.row + rect.rows - 1, GLYPH_SORT_DOWN, style);
}

void
details_draw(struct app *app, struct grid *grid, struct rect rect)
{
	const struct details_pane *pane = details_pane(app);

	for (int row = 0; row < rect.rows; row++) {
		uint32_t index = app->state.details_top + (uint32_t)row;
		struct rect line = { rect.col, rect.row + row, rect.cols, 1 };
		if (index < pane->lines.len)
			draw_line(app, grid, line, index);
		else
			line_begin(grid, line, ROLE_BACKGROUND);
	}
	draw_more(app, grid, rect);
}

/* ---- the sections, to be clicked */

static void
section_text(const struct entry *entry, bool open, bool counted, struct buf *out)
{
	buf_addc(out, open ? '[' : ' ');
	buf_add(out, entry->key);
	if (counted) {
		buf_addc(out, ' ');
		buf_add(out, entry->value);
	}
	buf_addc(out, open ? ']' : ' ');
}

static int
sections_width(const struct details_pane *pane, bool counted)
{
	int cols = 0;

	for (size_t i = 0; i < pane->entries.len; i++)
		if (pane->entries.at[i].kind == ENTRY_HEADING)
			cols += text_width(pane->entries.at[i].key) + 2 + (counted ? text_width(pane->entries.at[i].value) + 1 : 0);
	return cols;
}

/* The section of the chosen entry. */
static uint32_t
open_section(struct app *app, const struct details_pane *pane)
{
	uint32_t at = app->state.details_row;

	while (at > 0 && at < pane->entries.len && pane->entries.at[at].kind != ENTRY_HEADING)
		at--;
	return at;
}

int
details_sections_draw(struct app *app, struct grid *grid, struct rect rect)
{
	const struct details_pane *pane = details_pane(app);
	bool counted = sections_width(pane, true) <= rect.cols;
	int cols = pane->fresh ? sections_width(pane, counted) : 0;
	uint32_t open = open_section(app, pane);

	if (cols == 0 || cols > rect.cols)
		return 0;
	struct line line = { grid, rect.row, rect.col + rect.cols - cols, rect.col + rect.cols };
	for (uint32_t i = 0; i < pane->entries.len; i++) {
		struct buf text = { 0 };
		int from = line.col;
		if (pane->entries.at[i].kind != ENTRY_HEADING)
			continue;
		section_text(&pane->entries.at[i], i == open, counted, &text);
		line_put(&line, buf_str(&text), i == open ? ROLE_ACCENT : ROLE_DIM, i == open ? ATTR_BOLD : 0);
		hits_add(&app->hits, (struct rect){ from, line.row, line.col - from, 1 }, HIT_SECTION, i);
		buf_fini(&text);
	}
	return cols;
}

void
details_head_draw(struct app *app, struct grid *grid, struct rect rect)
{
	struct line line = line_begin(grid, rect, ROLE_BAR);

	line_space(&line, 1);
	line_put(&line, STR("details"), app->state.in_details ? ROLE_ACCENT : ROLE_DIM, ATTR_BOLD);
	line_space(&line, 1);
	details_sections_draw(app, grid, (struct rect){ line.col, line.row, line_left(&line), 1 });
}

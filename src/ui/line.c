/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/line.h"

#include "util/buf.h"
#include "util/text.h"

struct line
line_begin(struct grid *grid, struct rect rect, enum role background)
{
	grid_fill(grid, rect.col, rect.row, rect.cols, (struct style){ PAINT(ROLE_TEXT), PAINT(background), 0 });
	return (struct line){ grid, rect.row, rect.col, rect.col + rect.cols };
}

void
line_put(struct line *line, struct str safe, enum role ink, uint8_t attrs)
{
	if (line_left(line) > 0)
		line->col += grid_text_over(line->grid, line->col, line->row, line_left(line), safe, PAINT(ink), attrs);
}

void
line_put_cut(struct line *line, struct str safe, enum role ink, uint8_t attrs)
{
	struct buf text = { 0 };

	if (line_left(line) > 0)
		text_fit(safe, line_left(line), false, line->grid->ascii, &text);
	line_put(line, buf_str(&text), ink, attrs);
	buf_fini(&text);
}

void
line_space(struct line *line, int cols)
{
	line->col += cols;
}
